"""A post that a wrong encoding ruined, in a blog that is a git repository: what it was, its past says."""

import subprocess

import pytest

from repositories import Repository

TITLE = "Teams that repeat 🔁"
BODY = """It’s 🌎 that “we” mean.

▬▬▬▬▬▬▬▬▬▬

🔁 Ask again

▁▁▁▐▐▁▁▁

🌎 All of it

A line of words that any encoding leaves alone, as most of the lines of most of the posts are.
"""


def damage(path, page="cp1252"):
    path.write_bytes(path.read_bytes().decode().encode().decode(page, "ignore").encode())


@pytest.fixture
def home(site, sandbox):
    site.point_to(sandbox)
    home = Repository(site.folder)
    home.git("init", "--quiet", "--initial-branch=main")
    return home


@pytest.fixture
def path(site, home):
    path = site.post("repeat", BODY, title=TITLE)
    home.commit("write")
    return path


@pytest.fixture
def commands(monkeypatch):
    """The git commands that crosspost has run."""
    ran, popen = [], subprocess.Popen

    def counted(command, **options):
        ran.append(command)
        return popen(command, **options)

    monkeypatch.setattr(subprocess, "Popen", counted)
    return ran


@pytest.fixture(params=["on disk", "committed"])
def ruin(request, home, path):
    def ruin(page):
        damage(path, page)
        if request.param == "committed":
            home.commit("ruin")

    return ruin


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
def test_a_damaged_post_goes_out_as_it_was_written(site, sandbox, ruin, page):
    wanted = site.run("preview", "--json").lines[0]["text"]
    assert BODY.strip() in wanted
    ruin(page)
    shown = site.run("preview", "--json").lines[0]
    assert shown["text"] == wanted
    assert {"familiar"} == {repair["step"] for repair in shown["repairs"]}
    assert site.run("publish").code == 0
    (post,) = sandbox.posts
    assert post.commentary.rendered == wanted


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
def test_check_says_why_and_fix_brings_the_file_back(site, path, page):
    clean = path.read_bytes()
    damage(path, page)
    result = site.run("check")
    assert "as the author's other texts or earlier versions of this one have it" in " ".join(result.out.split())
    assert site.run("check", "--fix").code == 0
    assert path.read_bytes() == clean


def test_a_post_that_was_renamed_and_edited_since_is_known_by_its_past(site, home, path):
    clean = path.read_bytes()
    home.git("mv", str(path), str(path.with_name("2026-11-20-teams 📢.md")))
    path = path.with_name("2026-11-20-teams 📢.md")
    path.write_bytes(clean + "\nIt’s “new” – and isn’t in git.\n".encode())
    wanted = path.read_bytes()
    damage(path)
    home.commit("move and ruin")
    assert site.run("check", "--fix", str(path)).code == 0
    assert path.read_bytes() == wanted


def test_the_site_may_be_a_folder_of_the_repository(site, home, path, tmp_path_factory):
    top = tmp_path_factory.mktemp("top")
    inner = top / "blog"
    home.clone(inner)
    (inner / "crosspost.toml").write_bytes((site.folder / "crosspost.toml").read_bytes())
    site.monkeypatch.chdir(inner)
    damage(inner / path.relative_to(site.folder))
    assert site.run("check").code == 0


def test_a_post_behind_a_symbolic_link_has_the_past_of_its_file(site, home, path, tmp_path_factory):
    away = tmp_path_factory.mktemp("away") / "posts"
    home.clone(away)
    moved = away / path.relative_to(site.folder)
    (site.folder / ".git").rename(site.folder / "no-git")
    path.unlink()
    path.symlink_to(moved)
    damage(moved)
    assert site.run("check").code == 0


def test_without_its_past_the_post_waits(site, sandbox, home, path):
    damage(path)
    (site.folder / ".git").rename(site.folder / "no-git")
    for result in (site.run("check"), site.run("publish")):
        assert result.code == 1
        assert "Traceback" not in result.err
    assert sandbox.posts == ()


def test_a_checkout_of_the_last_commit_alone_has_no_past(site, home, path, tmp_path_factory):
    """As actions/checkout makes one, without `fetch-depth: 0`."""
    damage(path)
    home.commit("ruin")
    for depth, code in (("--depth=1", 1), ("--no-single-branch", 0)):
        folder = tmp_path_factory.mktemp("ci") / "work"
        home.clone(folder, depth)
        site.monkeypatch.chdir(folder)
        assert site.run("check").code == code


def test_git_is_asked_about_a_damaged_post_alone_and_once(site, path, commands):
    site.post("clear", "It isn’t dull, it’s “fun” and that’s all.\n")
    assert site.run("check").code == 0
    for clear in (site.folder / "_posts").glob("*-clear.md"):
        damage(clear)
    assert site.run("check").code == 0
    assert commands == []
    damage(path)
    assert site.run("check").code == 0
    assert len(commands) == 3
    assert site.run("publish", "--dry-run").code == 0
    assert len(commands) == 6


def test_the_title_is_known_from_the_file_s_name(site):
    """No repository, no other post."""
    path = site.post("Our plan for Monday 🔁", "It’s “all” – isn’t it?\n", title="Our plan for Monday 🔁")
    clean = path.read_bytes()
    damage(path)
    assert site.run("check", "--fix").code == 0
    assert path.read_bytes() == clean
    other = path.with_name(f"{path.name[:10]}-our-plan.md")
    other.write_bytes(clean)
    damage(other)
    path.unlink()
    assert site.run("check").code == 1
