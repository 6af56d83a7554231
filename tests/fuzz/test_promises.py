"""A short run of the fuzzers' promises with the same bytes each time, and of patterns that grow.

`scripts/fuzz` looks for new bytes with atheris and measures time; what it finds becomes a case here.
"""

import platform
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import lacking
from fuzz.growth import PATTERNS, WORK
from fuzz.promises import MARKS, PROMISES, text_of

RUNS = 80
HUNTED = {"repair": 250, "unstyle": 5000, "render": 1500, "compose": 1500}
LONGEST = 80  # bytes: a damaged text costs by its length, and more of short ones are met in the same time
INSTALLED = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)  # pyproject.toml
RUN = str(Path(__file__).with_name("run.py"))
MOST_CALLS = 10_000  # for each letter of a damaged word without end; 6,100 were counted
CASES = {
    "unended comments": b"<!-- a> <!-- b>",
    "address before a bracket": b"<https://a.example>\x83 [^1]: b",
}


@pytest.mark.parametrize("promise", PROMISES)
def test_random_bytes_keep_the_promise(promise):
    source = random.Random(f"crosspost {promise}")
    for _ in range(RUNS):
        PROMISES[promise](source.randbytes(source.randrange(60)))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("promise", PROMISES)
def test_what_was_once_broken_keeps_the_promise(promise, case):
    PROMISES[promise](CASES[case])


def test_every_mark_can_be_spelt_with_one_byte():
    assert len(MARKS) <= 128
    assert text_of(bytes(range(128, 128 + len(MARKS)))) == "".join(MARKS)


@pytest.mark.parametrize("work", WORK)
def test_steps_grow_with_the_length(work):
    """Calls of functions, Python's and C's, are counted: no other load on the machine disturbs that."""
    for name, pattern in PATTERNS.items():
        short, long = (calls(WORK[work], pattern * (length // len(pattern))) for length in (400, 3200))
        assert long <= 8 * 1.5 * short + 500, (name, short, long)


def test_a_damaged_word_without_end_takes_bounded_work():
    """No two stretches of it are alike, so that nothing is remembered, and nothing tells which bytes were lost."""
    source = random.Random("crosspost word")
    word = "".join(source.choices(("Ã©", "Ã¤", "â€", "ğ—", "ab", "ğŸ“", "Ã¼", "ï¸"), k=300))
    assert calls(WORK["repair"], word) <= MOST_CALLS * len(word)


def calls(work, text):
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    work(text[:40])  # what is imported or cached on first use
    sys.setprofile(seen)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("promise", PROMISES)
def test_a_short_hunt_by_atheris_finds_nothing(promise, tmp_path):
    """The same units each time; `scripts/fuzz` hunts for as long as one likes."""
    if find_spec("atheris") is None:
        lacking("atheris") if INSTALLED else pytest.skip("atheris is not made for this machine")
    source = random.Random(f"atheris {promise}")
    (seeds := tmp_path / "seeds").mkdir()
    for number in range(60):  # what it varies; left to itself it starts with single bytes
        marks = bytes(source.choices(range(128, 128 + len(MARKS)), k=3)) + b" ab\n"
        (seeds / str(number)).write_bytes(bytes(source.choices(marks, k=source.randrange(20, LONGEST))))
    options = (
        str(seeds),
        f"-runs={HUNTED[promise]}",
        "-seed=1",
        f"-max_len={LONGEST}",
        "-len_control=0",
        f"-artifact_prefix={tmp_path}/",
    )
    hunt = subprocess.run(
        [sys.executable, RUN, promise, *options], capture_output=True, text=True, timeout=600, check=False
    )
    assert hunt.returncode == 0, hunt.stderr[-2000:]
    assert f"Done {HUNTED[promise]}" in hunt.stderr, hunt.stderr[-500:]
