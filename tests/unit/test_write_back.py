"""The address goes into the file as it is now, whoever else is writing."""

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.jekyll import edit
from crosspost.jekyll import write_back as module
from crosspost.jekyll.replace import ChangedMeanwhile, replace_file
from crosspost.jekyll.write_back import write_back
from crosspost.policy import WriteBackPolicy

URL = "https://www.linkedin.com/feed/update/urn:li:share:1/"
POLICY = WriteBackPolicy()


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "2024-01-31-a.md"
    path.write_bytes(b"---\ntitle: A\n---\nText")
    return path


def test_the_file_changes_once_and_then_no_more(post):
    assert write_back(post, URL, POLICY) is True
    assert post.read_bytes() == f"---\ntitle: A\nlinkedin_url: {URL}\n---\nText".encode()
    inode = post.stat().st_ino
    assert write_back(post, URL, POLICY) is False
    assert post.stat().st_ino == inode


def test_an_author_who_saves_at_the_same_moment_keeps_the_edit_and_gets_the_address(post, monkeypatch):
    def save_first(path, before, after):
        if b"Edited" not in before:
            path.write_bytes(b"---\ntitle: A\n---\nEdited")
        replace_file(path, before, after)

    monkeypatch.setattr(module, "replace_file", save_first)
    assert write_back(post, URL, POLICY) is True
    assert post.read_bytes() == f"---\ntitle: A\nlinkedin_url: {URL}\n---\nEdited".encode()


def test_a_file_that_never_stands_still_is_left_alone_in_the_end(post, monkeypatch):
    saves = []

    def save_again(path, before, after):
        saves.append(before)
        path.write_bytes(b"---\ntitle: A\n---\n" + b"x" * len(saves))
        replace_file(path, before, after)

    monkeypatch.setattr(module, "replace_file", save_again)
    with pytest.raises(ChangedMeanwhile):
        write_back(post, URL, POLICY)
    assert 1 < len(saves) < 20
    assert b"linkedin_url" not in post.read_bytes()


@pytest.mark.parametrize("said", ["linkedin_url: mine", "mine: &a x\nlinkedin_url: *a"])
def test_what_stands_in_the_way_is_told_beforehand_without_an_address_that_is_none(post, said):
    post.write_text(f"---\n{said}\n---\nText")
    problem = module.obstacle(post, POLICY)
    assert problem.what.startswith("the file has no place for the address of its LinkedIn copy: ")
    assert "linkedin_url" in problem.fix
    assert "urn:li" not in f"{problem} {problem.linkedin_has}"


def test_a_file_with_room_for_the_address_has_no_obstacle(post):
    assert module.obstacle(post, POLICY) is None


def test_a_missing_file_is_refused_and_not_made(tmp_path):
    with pytest.raises(WriteBackRefused, match="not there any more"):
        write_back(tmp_path / "gone.md", URL, POLICY)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(WriteBackRefused, match="cannot be read"):
        write_back(tmp_path, URL, POLICY)


def test_a_file_without_a_safe_place_is_left_alone(post):
    post.write_bytes(b"Text")
    with pytest.raises(WriteBackRefused, match="no front matter"):
        write_back(post, URL, POLICY)
    assert post.read_bytes() == b"Text"


@pytest.mark.parametrize(
    ("metadata", "made"), [("title: A", 0), ("title: A\nlinkedin_url:", 1), ("title: A\nx: {a: 1}", 1)]
)
def test_an_edit_is_made_for_the_look_only_where_plain_front_matter_has_no_obvious_room(
    post, monkeypatch, metadata, made
):
    post.write_bytes(f"---\n{metadata}\n---\nText".encode())
    edits, insert = [], edit._insert
    monkeypatch.setattr(edit, "_insert", lambda *arguments: edits.append(arguments) or insert(*arguments))
    assert module.obstacle(post, POLICY) is None
    assert len(edits) == made
