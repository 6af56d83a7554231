"""The examples in config/ that run crosspost for months are loaded by the tools that will load them."""

import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import lacking
from crosspost.cli import crosspost

CONFIG = Path(__file__).parents[2] / "config"
SERVICES = ["crosspost.service", "crosspost-publish.service"]


@pytest.fixture
def analyze():
    if not shutil.which("systemd-analyze"):
        lacking("systemd-analyze")
    return lambda *arguments: subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("unit", [*SERVICES, "crosspost-publish.timer"])
def test_systemd_understands_every_line_of_the_units(analyze, tmp_path, unit):
    for name in (*SERVICES, "crosspost-publish.timer"):
        text = (CONFIG / "systemd" / name).read_text().replace("/usr/local/bin/crosspost", sys.executable)
        (tmp_path / name).write_text(text)
    result = analyze("verify", str(tmp_path / unit))
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVICES)
def test_systemd_finds_the_services_well_shut(analyze, service):
    result = analyze("security", "--offline=true", "--threshold=20", str(CONFIG / "systemd" / service))
    assert result.returncode == 0, result.stdout
    assert re.search(r"exposure level.*: [01]\.\d OK", result.stdout)


def test_launchd_gets_a_property_list_that_runs_the_daemon():
    with (CONFIG / "launchd" / "crosspost.daemon.plist").open("rb") as file:
        agent = plistlib.load(file)
    assert_is_a_command(agent["ProgramArguments"][1:])
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_the_container_runs_the_daemon_keeps_the_ledger_and_waits_for_a_post_on_its_way():
    compose = yaml.safe_load((CONFIG / "container" / "compose.yaml").read_text())["services"]["crosspost"]
    assert (CONFIG / "container" / compose["build"]["context"] / compose["build"]["dockerfile"]).is_file()
    assert "ledger:/state" in compose["volumes"]
    assert compose["stop_grace_period"] == "60s"
    steps = (CONFIG / "container" / "Containerfile").read_text()
    assert_is_a_command(yaml.safe_load(re.search(r"^CMD (\[.*\])$", steps, re.MULTILINE)[1]))
    root = CONFIG.parent
    copied = [name for line in re.findall(r"^COPY (.*) \S+$", steps, re.MULTILINE) for name in line.split()]
    assert [name for name in copied if not (root / name).exists()] == []


def assert_is_a_command(arguments):
    command = crosspost.get_command(None, arguments[0])
    command.make_context(arguments[0], arguments[1:])


# What cannot be run here: how a comment or page names a file of ours, and where that file is.
NAMED = {
    r"systemctl .*enable --now (\S+)\.timer": "systemd/{}.timer",
    r"systemctl .*enable --now (\S+?)(?<!\.timer)\s": "systemd/{}.service",
    r"journalctl -u (\S+)": "systemd/{}.service",
    r"started by (\S+)\.timer": "systemd/{}.timer",
    r"launchctl bootstrap gui/\$\(id -u\) \S+/(\S+)": "launchd/{}",
    r"build -f config/(\S+)": "{}",
    r"\S+/crosspost/config/(\S+)": "{}",
}


def test_commands_that_cannot_run_here_name_files_that_are_there():
    pages = [*CONFIG.rglob("*"), *(CONFIG.parent / "docs").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages if page.is_file())
    for pattern, place in NAMED.items():
        names = set(re.findall(pattern, text))
        assert names, pattern
        assert {name for name in names if not (CONFIG / place.format(name)).is_file()} == set(), pattern


def test_a_unit_says_in_how_many_places_its_folder_stands():
    unit = (CONFIG / "systemd" / "crosspost.service").read_text()
    assert "set the folder (three places)" in unit
    assert len(re.findall(r"^\w+=/srv/blog$", unit, re.MULTILINE)) == 3
