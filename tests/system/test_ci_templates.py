"""action.yml and the templates do what they say: their own shell steps, on fresh clones, against the sandbox.

A clone is what a CI machine begins with; it is thrown away after each run, and with it everything that was not pushed.
"""

import itertools
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from repositories import Repository, a_remote, a_repository

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITHUB = yaml.safe_load((CONFIG / "github-workflow.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((CONFIG / "gitlab-ci.yml").read_text(encoding="utf-8"))
TOKEN = "AQ-marked-token"  # as in conftest
LEDGER = "refs/crosspost/ledger"
# As GitHub runs `shell: bash` (docs: "jobs.<job_id>.steps[*].shell"); GitLab's runner sets the same options.
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
# Stands in for Python and pip, which would fetch from an index: what it makes is the crosspost under test.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$1 $2" in
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip") ln -sf {crosspost} "$(dirname "$0")/crosspost" ;;
esac
"""


def a_post(name, *, body="Text.", age=timedelta(hours=1)):
    date = datetime.now(UTC) - age
    path = f"blog/_posts/{date:%Y-%m-%d}-{name}.md"
    return path, f'---\ntitle: "{name}"\ndate: {date:%Y-%m-%d %H:%M:%S} +0000\n---\n\n{body}\n'


@dataclass
class Machine:
    """CI machines, one a run, each with a fresh clone of the remote."""

    remote: Repository
    sandbox: object
    work: Path
    variables: dict
    numbers: itertools.count = field(default_factory=itertools.count)

    def fresh(self, *options):
        """Return a new machine's folder with a shallow clone in it."""
        folder = self.work / f"machine {next(self.numbers)}"
        (folder / "bin").mkdir(parents=True)
        python = folder / "bin" / "python"
        python.write_text(PYTHON.format(crosspost=Path(sys.executable).parent / "crosspost"))
        python.chmod(0o755)
        return folder, self.remote.clone(folder / "clone", "--depth=1", *options)

    def shell(self, folder, script, cwd, **variables):
        """Run shell lines as the machine would; return exit code, standard output, standard error."""
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        own = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")}
        own |= {"PATH": path, "CALLS": str(folder / "calls")}
        environ = {**os.environ, **self.variables, **own, **variables}
        ran = subprocess.run(
            [*BASH, script], cwd=cwd, env=environ, capture_output=True, text=True, timeout=120, check=False
        )
        assert TOKEN not in ran.stdout + ran.stderr
        return ran.returncode, ran.stdout, ran.stderr


@pytest.fixture
def machine(sandbox, tmp_path):
    """A blog in a subfolder of its repository, one post of which is due."""
    since = datetime.now(UTC).date() - timedelta(days=30)
    settings = f'since = {since}\n[linkedin]\napi_url = "{sandbox.url}"\noauth_url = "{sandbox.url}"\n'
    path, text = a_post("hello")
    files = {"blog/_config.yml": "url: https://blog.example\n", "blog/crosspost.toml": settings, path: text}
    seed = a_repository(tmp_path / "seed", files=files)
    remote = a_remote(tmp_path / "remote.git", seed)
    return Machine(remote, sandbox, tmp_path, {})


def add(machine, path, text):
    """Somebody writes a post and pushes it."""
    _, clone = machine.fresh()
    clone.commit(path, files={path: text})
    clone.git("push", "--quiet")


def steps_of(action, inputs):
    """Return the shell steps of the action with inputs and defaults filled in."""
    values = {name: inputs.get(name, about.get("default", "")) for name, about in action["inputs"].items()}

    def fill(text):
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], text)

    for step in action["runs"]["steps"]:
        if "run" in step:
            environ = {name: fill(value) for name, value in step.get("env", {}).items()}
            yield step["name"], fill(step["run"]), fill(step.get("working-directory", ".")), environ


def on_github(machine, **inputs):
    """Run the action on a fresh machine, as actions/checkout leaves it; return code, output, errors, summary."""
    folder, clone = machine.fresh()
    summary = folder / "summary.md"
    runner = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(clone.folder),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_REF": "refs/heads/main",
        "RUNNER_ENVIRONMENT": "github-hosted",
        "RUNNER_TEMP": str(folder / "temp"),
    }
    given = {"access-token": TOKEN, "site": "blog"} | {name.replace("_", "-"): value for name, value in inputs.items()}
    code, out, err = 0, "", ""
    for _, script, cwd, environ in steps_of(ACTION, given):
        code, out, err = machine.shell(folder, script, clone.folder / cwd, **runner, **environ)
        if code:
            break
    return code, out, err, summary.read_text(encoding="utf-8") if summary.exists() else ""


def committed(machine, ref="main"):
    return machine.remote.git("grep", "--count", "linkedin_url:", ref, check=False)


# --- the files ----------------------------------------------------------------------------------------------------


def test_the_action_is_one_that_github_accepts():
    """Metadata syntax: a composite action's `run` steps name their shell; what they use is declared."""
    assert {"name", "description", "runs", "inputs", "branding"} == set(ACTION)
    assert ACTION["runs"]["using"] == "composite"
    assert all("uses" in step or {"run", "shell"} <= set(step) for step in ACTION["runs"]["steps"])
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])
    assert all(set(about) <= {"description", "default", "required"} for about in ACTION["inputs"].values())


def test_no_input_is_pasted_into_a_shell_line():
    """An expression inside `run` would be a way in for whoever chooses the value (Security hardening: script injection)."""
    assert not [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_the_workflow_may_push_and_cannot_start_itself():
    (job,) = GITHUB["jobs"].values()
    checkout, action = job["steps"]
    triggers = GITHUB[True]  # YAML 1.1 reads the key `on` so
    assert GITHUB["permissions"] == {"contents": "write"}
    assert "cron" in triggers["schedule"][0]
    # A push with GITHUB_TOKEN starts no workflow (docs: "Triggering a workflow"); another token in checkout would.
    assert checkout == {"uses": "actions/checkout@v4"}
    assert set(action["with"]) <= set(ACTION["inputs"])
    assert all(value.startswith("${{ secrets.") for value in action["with"].values())


def test_the_gitlab_job_does_not_run_on_pushes():
    job = GITLAB["crosspost"]
    sources = [re.fullmatch(r'\$CI_PIPELINE_SOURCE == "(\w+)"', rule["if"])[1] for rule in job["rules"]]
    assert sources == ["schedule", "web"]
    assert not [name for name in job["variables"] if "TOKEN" in name or "SECRET" in name]


def test_the_crontab_has_five_times_and_a_command_that_is_there():
    lines = [line for line in (CONFIG / "crontab").read_text().splitlines() if line and line[0] not in "#M"]
    (line,) = lines
    assert re.match(r"(?:[\d*,/-]+ ){5}/\S+/config/publish-due /\S+$", line)
    assert os.access(CONFIG / "publish-due", os.X_OK)


def test_what_the_action_installs_is_locked_and_there():
    (_, script, _, _), _ = steps_of(ACTION, {})
    (lock,) = re.findall(r'--require-hashes -r "\$GITHUB_ACTION_PATH/(\S+)"', script)
    assert "--hash=sha256:" in (ROOT / lock).read_text()


# --- GitHub -------------------------------------------------------------------------------------------------------


def test_on_github_a_due_post_goes_out_once_from_two_fresh_machines_and_the_repository_knows_where(machine):
    code, _, err, summary = on_github(machine)
    (post,) = machine.sandbox.posts
    assert code == 0, err
    assert f"urn:li:share:{post.urn.rpartition(':')[2]}" in machine.remote.git("grep", "linkedin_url:", "main")
    assert machine.remote.git("log", "-1", "--format=%an", "main") == "github-actions[bot]"
    assert machine.remote.head(LEDGER)
    assert "| published | `_posts/" in summary
    assert "committed" in summary
    assert "::error" not in err
    before = machine.remote.head("main")
    again = on_github(machine)
    assert (again[0], len(machine.sandbox.posts), machine.remote.head("main")) == (0, 1, before)


def test_a_missing_token_is_red_although_nothing_is_due(machine):
    on_github(machine)
    code, _, err, summary = on_github(machine, access_token="")
    assert code == 3
    assert "::error title=crosspost::" in err
    assert "LINKEDIN_ACCESS_TOKEN" in summary.replace("\\_", "_")


def test_a_missing_token_is_red_and_sends_nothing_while_a_post_is_due(machine):
    code, _, err, summary = on_github(machine, access_token="")
    assert (code, machine.sandbox.posts) == (3, ())
    assert "::error title=crosspost::" in err
    assert "**error** there is no LinkedIn access token" in summary
    assert err.count("::error") == summary.count("**error**") == 1


def test_a_post_that_cannot_be_sent_is_annotated_at_its_line(machine):
    path, text = a_post("broken", body="Text\n\n{% post_url 2020-01-01-nowhere %}\n")
    add(machine, path, text)
    code, _, err, summary = on_github(machine)
    assert code == 1
    assert re.search(rf"^::error title=crosspost,file={re.escape(path)},line=8[,:]", err, re.MULTILINE)
    assert "| failed | `_posts/" in summary
    assert len(machine.sandbox.posts) == 1


def test_a_push_that_is_refused_is_red_and_made_good_by_the_next_machine(machine):
    """The clone that knew the address is gone; the ledger at the remote is not."""
    hook = machine.remote.hook(
        "pre-receive", "while read old new ref; do if [ $ref = refs/heads/main ]; then echo protected; exit 1; fi; done"
    )
    code, _, err, _ = on_github(machine)
    assert (code, len(machine.sandbox.posts), committed(machine)) == (1, 1, "")
    assert "origin refused the push to main: protected" in err
    hook.unlink()
    assert on_github(machine)[0] == 0
    assert (len(machine.sandbox.posts), committed(machine).rpartition(":")[2]) == (1, "1")


def test_on_a_protected_branch_a_request_is_proposed(machine):
    machine.remote.hook(
        "pre-receive", "while read old new ref; do if [ $ref = refs/heads/main ]; then echo protected; exit 1; fi; done"
    )
    machine.remote.hook("post-receive", "echo 'Create a request: https://git.example/compare'")
    code, _, err, summary = on_github(machine, write_back="branch")
    assert code == 0, err
    assert (
        "::notice title=crosspost::open a request to merge crosspost/write-back on origin: https://git.example/compare"
        in err
    )
    assert "https://git.example/compare" in summary
    again = on_github(machine, write_back="branch")
    assert (again[0], len(machine.sandbox.posts)) == (0, 1)


def test_the_days_that_the_token_has_left_are_told(machine):
    app = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
    _, _, err, summary = on_github(machine, **app)
    assert re.search(r"token of default: \d+ days left", summary), err


def test_an_api_version_that_ends_soon_is_a_warning(machine):
    machine.variables["CROSSPOST_LINKEDIN__API_VERSION"] = "202512"
    warnings = [line for line in on_github(machine)[2].splitlines() if line.startswith("::warning")]
    assert ["202512" in line for line in warnings] == [True]


def test_no_posts_and_a_forgetful_ledger_are_warnings(machine):
    _, clone = machine.fresh()
    clone.git("rm", "-r", "--quiet", "blog/_posts")
    clone.commit("empty", files={"blog/_posts/.keep": ""})
    clone.git("push", "--quiet")
    code, _, err, _ = on_github(machine, ledger="sqlite:///ledger.sqlite3")
    assert code == 0
    warnings = [line for line in err.splitlines() if line.startswith("::warning")]
    assert [("no posts found" in line, "thrown away" in line) for line in warnings] == [(False, True), (True, False)]


def test_two_machines_at_once_send_each_post_once(machine):
    for name in ("second", "third"):
        path, text = a_post(name, body=f"Text of {name}.")
        add(machine, path, text)
    script = next(script for name, script, _, _ in steps_of(ACTION, {}) if name == "Publish")
    running = []
    for _ in range(2):
        folder, clone = machine.fresh()
        (folder / "crosspost" / "bin").mkdir(parents=True)
        (folder / "crosspost/bin/crosspost").symlink_to(Path(sys.executable).parent / "crosspost")
        environ = {**os.environ, "LINKEDIN_ACCESS_TOKEN": TOKEN, "ARGUMENTS": "--due", "RUNNER_TEMP": str(folder)}
        environ |= {"WRITE_BACK": "push", "LEDGER": "git:origin", "GITHUB_ACTIONS": "true"}
        running.append(
            subprocess.Popen([*BASH, script], cwd=clone.folder / "blog", env=environ, stderr=subprocess.PIPE, text=True)
        )
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert len({post.raw for post in machine.sandbox.posts}) == len(machine.sandbox.posts) == 3
    on_github(machine)
    assert len(machine.sandbox.posts) == 3
    assert len(machine.remote.git("grep", "-l", "linkedin_url:", "main").splitlines()) == 3


# --- GitLab -------------------------------------------------------------------------------------------------------


def on_gitlab(machine, **variables):
    """Run the job on a fresh machine, as GitLab's runner leaves it: a detached commit; return code, output, errors, clone."""
    folder, clone = machine.fresh()
    clone.git("checkout", "--quiet", "--detach")
    clone.git("remote", "set-url", "origin", "http://gitlab-ci-token:t0k3n-marked@127.0.0.1:9/jo/blog.git")
    job = GITLAB["crosspost"]
    script = "\n".join(job["before_script"] + job["script"])
    runner = {
        "CI": "true",
        "GITLAB_CI": "true",
        "CI_BUILDS_DIR": str(folder / "builds"),
        "CI_COMMIT_BRANCH": "main",
        "CI_JOB_TOKEN": "job-token",
        "CI_PROJECT_DIR": str(clone.folder),
        "CI_PROJECT_URL": machine.remote.folder.as_uri().removesuffix(".git"),
        "LINKEDIN_ACCESS_TOKEN": TOKEN,
    }
    return *machine.shell(
        folder, script, clone.folder, **{**runner, **job["variables"], "SITE": "blog", **variables}
    ), clone


def test_on_gitlab_a_due_post_goes_out_once_and_the_repository_knows_where(machine):
    code, out, err, clone = on_gitlab(machine)
    assert code == 0, err
    assert '"outcome": "published"' in (clone.folder / "crosspost.jsonl").read_text() == out
    assert committed(machine).rpartition(":")[2] == "1"
    assert machine.remote.head(LEDGER)
    before = machine.remote.head("main")
    again = on_gitlab(machine)
    assert (again[0], len(machine.sandbox.posts), machine.remote.head("main")) == (0, 1, before)


def test_on_gitlab_a_missing_token_is_red(machine):
    code, _, err, _ = on_gitlab(machine, LINKEDIN_ACCESS_TOKEN="")
    assert code == 3
    assert re.search(r"^ERROR: .*LINKEDIN_ACCESS_TOKEN", err, re.MULTILINE)


@pytest.mark.parametrize(
    ("given", "expected"), [({"WRITE_BACK_TOKEN": "project-token"}, "project-token"), ({}, "job-token")]
)
def test_on_gitlab_git_gets_its_token_when_it_asks_and_it_is_written_nowhere(machine, given, expected):
    folder, clone = machine.fresh()
    ask = "git remote set-url origin x; printf 'protocol=https\\nhost=git.example\\n\\n' | git credential fill"
    setup = [line for line in GITLAB["crosspost"]["before_script"] if line.startswith("git config")]
    variables = {"CI_JOB_TOKEN": "job-token", "GIT_TERMINAL_PROMPT": "0", **given}
    code, out, err = machine.shell(folder, "\n".join([*setup, ask]), clone.folder, **variables)
    assert code == 0, err
    assert f"password={expected}\n" in out
    assert not [path for path in folder.rglob("*") if path.is_file() and expected.encode() in path.read_bytes()]


# --- cron ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def own(machine, tmp_path):
    """A machine of the author's own: a checkout that stays, and a file with the token."""
    clone = machine.remote.clone(tmp_path / "own blog")
    secrets = tmp_path / "environment"
    secrets.write_text(f"# for crosspost\nLINKEDIN_ACCESS_TOKEN={TOKEN}\nCROSSPOST_WRITEBACK__GIT=push\n")
    secrets.chmod(0o600)

    def run():
        program = Path(sys.executable).parent / "crosspost"
        arguments = [str(CONFIG / "publish-due"), str(clone.folder / "blog"), str(secrets)]
        environ = {**os.environ, "CROSSPOST": str(program), "PATH": os.environ["PATH"]}
        return subprocess.run(arguments, env=environ, capture_output=True, text=True, timeout=120, check=False, cwd="/")

    return clone, secrets, run


def test_cron_publishes_what_others_pushed_and_is_silent_when_there_is_nothing_to_do(machine, own):
    _, _, run = own
    path, text = a_post("pushed", body="Another text.")
    add(machine, path, text)
    first = run()
    assert (first.returncode, first.stderr, len(machine.sandbox.posts)) == (0, "", 2)
    assert len(machine.remote.git("grep", "-l", "linkedin_url:", "main").splitlines()) == 2
    second = run()
    assert (second.returncode, second.stdout, second.stderr, len(machine.sandbox.posts)) == (0, "", "", 2)


def test_cron_reads_no_secrets_that_others_may_read(machine, own):
    _, secrets, run = own
    secrets.chmod(0o644)
    ran = run()
    assert (ran.returncode, machine.sandbox.posts) == (3, ())
    assert "chmod 600" in ran.stderr


def test_cron_goes_on_with_what_is_here_when_the_checkout_cannot_be_brought_up_to_date(machine, own):
    clone, _, run = own
    clone.write("blog/_config.yml", "url: https://blog.example\n# changed here\n")
    add(machine, "blog/_config.yml", "url: https://blog.example\n# changed there\n")
    ran = run()
    assert "going on with what is here" in ran.stderr
    assert len(machine.sandbox.posts) == 1
    assert "# changed here" in (clone.folder / "blog/_config.yml").read_text()
