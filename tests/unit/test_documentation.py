"""The documentation says what is so: its examples run, its links lead somewhere."""

import ast
import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")], ids=lambda page: page.name
)
def test_the_examples_give_what_they_show(page):
    tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried.attempted
    assert tried.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page):
    prose = re.sub(r"^(```+|~~~+).*?^\1\s*$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in target and target[0] != "#"]
    assert [target for target in targets if not (page.parent / target.partition("#")[0]).exists()] == []


def test_every_page_can_be_reached_from_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert {page for page in pages if f"({page})" not in readme} == set()


def modules_of(package):
    return {one.stem for one in package.glob("[a-z]*.py")} | {one.parent.name for one in package.glob("*/__init__.py")}


def listed(package):
    """The modules that begin a line of what a package says of itself."""
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    named = set(re.findall(r"^[- `]*(\w+)`?(?::|  )", said, re.MULTILINE)) & modules_of(package)
    return named | set(re.findall(r"`(\w+)`", said)) if len(named) > 1 else set()


PACKAGES = sorted(init.parent for init in (ROOT / "src").rglob("__init__.py"))


@pytest.mark.parametrize("package", [one for one in PACKAGES if listed(one)], ids=lambda package: package.name)
def test_a_package_that_says_what_its_modules_are_for_leaves_none_out(package):
    assert modules_of(package) - listed(package) == set()
