"""A file that could not learn its address when the post went out learns it from the next run."""

import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell who has a file open for writing")
def test_after_a_refusal_the_next_run_writes_back(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    with path.open("a") as editor:
        editor.write("")
        first = site.run("publish", "--json")
        assert (first.code, first.lines[0]["outcome"]) == (1, "published")
        assert "being written by another program" in first.lines[0]["error"]
    again = site.run("publish", "--json")
    assert (again.code, again.lines[0]["outcome"]) == (0, "written-back")
    assert f"linkedin_url: {first.lines[0]['url']}\n" in path.read_text()
    assert len(sandbox.posts) == 1
