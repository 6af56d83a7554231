"""Whole documents, damaged as real ones are: in part, by two code pages at once, beside code, addresses and clean lines."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from crosspost.text import repair, unstyle

POSTS = [path.read_text("utf-8") for path in sorted((Path(__file__).parent.parent / "corpus" / "posts").glob("*.txt"))]
DAMAGED_PAGES = ("cp1252", "cp1254", "latin-1", "cp1250", "cp1251", "mac-roman", "cp437", "iso8859-15")
FOREIGN_PAGES = ("shift_jis", "gbk", "euc_kr", "big5", "koi8-r", "cp866", "cp850", "cp1256")
LOSSES = ("surrogateescape", "ignore", "replace")
SCALARS = (
    "title: '{single}'",
    'title: "{double}"',
    "title: >-\n  {}",
    "title: |\n  {}",
    "socials: {{a: \"{double}\", b: [x, '{single}']}}",
    'tags:\n- "{double}"\n- b # {}',
)
VERBATIM = ("\n```\n{}\n```\n\n", "`{}` ", "https://example.com/{} ", "{{% include {}.html %}}\n", "<code>{}</code> ")
PROSE = ("{}\n", "- {}\n", "> {}\n", "# {}\n", "<b>{}</b>\n", "\\*{}\\_ &amp; \\[x\\]\n", "| {} | x |\n")
SEEDS = range(60)


@dataclass
class Piece:
    """A part of a document: as it was, as it stands, and what it is."""

    clean: str
    text: str
    kind: str


def damage(text, page, loss):
    """Read UTF-8 with a code page; undefined bytes are controls, dropped or replaced."""
    if loss == "surrogateescape" and page not in FOREIGN_PAGES:
        return "".join(chr(one) if _undefined(one, page) else bytes([one]).decode(page) for one in text.encode())
    return text.encode().decode(page, "replace" if loss == "surrogateescape" else loss)


def _undefined(byte, page):
    return bytes([byte]).decode(page, "replace") == "\ufffd"


def document(source):
    """Write a post, and damage some of it, all of it or nearly none."""
    lines = [line for line in source.choice(POSTS).split("\n") if line.strip()]
    pages = [(source.choice(DAMAGED_PAGES + FOREIGN_PAGES[:2]), source.choice(LOSSES)) for _ in range(2)]
    share, newline = source.choice((1, 0.5, 0.15)), source.choice(("\n", "\n", "\r\n"))
    pieces = [Piece("---\n", "---\n", "bar")]
    for number, form in enumerate(source.sample(SCALARS, 2)):
        text = source.choice(lines)[:80]
        single, double = text.replace("'", "''"), text.replace("\\", "").replace('"', '\\"')
        pieces.append(
            piece(f"k{number}-{form.format(text, single=single, double=double)}\n", "matter", source, pages, share)
        )
    pieces.append(Piece("---\n\n", "---\n\n", "bar"))
    for line in source.sample(lines, min(len(lines), 5)):
        pieces.append(piece(source.choice(PROSE).format(line), "prose", source, pages, share))
        if source.random() < 0.4:
            word = re.sub(r"[\s()<>\"'`%{}]", "", source.choice(line.split()))
            pieces.append(piece(source.choice(VERBATIM).format(word), "verbatim", source, pages, share))
    for one in pieces:
        one.clean, one.text = one.clean.replace("\n", newline), one.text.replace("\n", newline)
    return pieces


def piece(clean, kind, source, pages, share):
    text = damage(clean, *source.choice(pages)) if source.random() < share else clean
    return Piece(clean, text, kind)


def replayed(text, repairs):
    """Make the alterations one after the other, each at any place of its line that says what stood there before."""
    lines = [{line} for line in text.split("\n")]
    for one in repairs:
        places = ((line, at) for line in lines[one.line - 1] for at in found(one.before, line))
        lines[one.line - 1] = {line[:at] + one.after + line[at + len(one.before) :] for line, at in places}
    return lines


def found(part, line):
    return [match.start() for match in re.finditer(f"(?={re.escape(part)})", line)]


def shape(value):
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    return [shape(one) for one in value] if isinstance(value, list) else type(value)


def matter(text):
    return yaml.safe_load(re.match(r"---\r?\n(.*?)\r?\n---", text, re.DOTALL)[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_document(seed):
    pieces = document(random.Random(f"crosspost document {seed}"))
    text = "".join(one.text for one in pieces)
    made = repair(text)
    lines = made.text.split("\n")
    assert repair(made.text).text is made.text, "twice changes nothing more"
    assert all(line in lines for line, lines in zip(lines, replayed(text, made.repairs), strict=True)), "all is listed"
    assert all(offer.before in lines[offer.line - 1] for offer in made.offers), "what is offered stands there"
    assert all(one.text.strip() in made.text for one in pieces if one.kind == "verbatim"), "code and addresses stay"
    assert all(one.clean.strip() in made.text for one in pieces if one.text == one.clean), "clean lines stay"
    try:
        before = matter(text)
    except yaml.YAMLError:
        return  # a control that YAML refuses
    assert shape(matter(made.text)) == shape(before), "YAML means the same"


@pytest.mark.parametrize("page", FOREIGN_PAGES)
@pytest.mark.parametrize("text", POSTS[::3], ids=lambda text: text[:12])
def test_what_another_code_page_has_damaged_is_told_or_left(page, text):
    """Nobody undoes these; an alteration without an offer would be a text that is wrong and looks right."""
    damaged = damage(text, page, "replace")
    made = repair(damaged)
    assert made.offers or made.text in (damaged, text)
    assert unstyle(made.text).text.count("\n") == text.count("\n")
