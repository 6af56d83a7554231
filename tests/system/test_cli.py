"""The commands as a user meets them: real files, a real ledger, real HTTP to the sandbox."""

import io
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crosspost import __version__
from crosspost.cli import _COMMANDS, main

PUBLISH_KEYS = ["post", "account", "outcome", "reason", "urn", "url", "error"]
PREVIEW_KEYS = [
    *("post", "title", "text", "wire", "length", "limit", "fold", "shortened", "article", "media", "hashtags"),
    *("link", "repairs", "warnings", "errors"),
]
CHECK_KEYS = ["post", "line", "column", "code", "severity", "message", "fix"]


def test_a_due_post_arrives_as_meant_and_its_file_says_where(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Costs (all of them) in C#.\n\n[Check this post in LinkedIn](link)")
    before = path.read_text()
    result = site.run("publish", "--due", "--json")
    (post,) = sandbox.posts
    url = f"https://www.linkedin.com/feed/update/{post.urn}/"
    assert result.code == 0
    assert [list(line) for line in result.lines] == [PUBLISH_KEYS]
    assert result.lines[0] | {"post": f"_posts/{path.name}", "outcome": "published", "url": url} == result.lines[0]
    assert post.rendered == "hello\n\nCosts (all of them) in C#.\n\nhttps://blog.example/hello/"
    assert not post.truncated
    assert path.read_text() == before.replace("---\n\nC", f"linkedin_url: {url}\n---\n\nC").replace(
        "](link)", f"]({url})"
    )
    again = site.run("publish", "--json")
    assert (again.code, [line["outcome"] for line in again.lines], len(sandbox.posts)) == (0, ["skipped"], 1)


def test_preview_shows_character_for_character_what_publish_sends(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "A *list*:\n\n- one (1)\n- two_2 #three\n", extra="tags: [deep work]\n")
    (shown,) = site.run("preview", "--json").lines
    site.run("publish")
    (post,) = sandbox.posts
    assert list(shown) == PREVIEW_KEYS
    assert (shown["wire"], shown["text"]) == (post.raw, post.rendered)
    assert shown["length"] == len(post.raw.encode("utf-16-le")) // 2


def test_preview_needs_no_credentials_no_ledger_and_no_settings(site):
    site.post("hello", "Text.")
    assert site.run("preview").code == 0
    assert not list(site.folder.rglob("*.sqlite3"))


def test_preview_of_a_broken_post_gives_its_errors_and_goes_on(site):
    site.post("good", "Text.")
    (site.folder / "_posts" / "2026-01-01-broken.md").write_text("---\ntitle: a: b: c\n---\nText.\n")
    result = site.run("preview", "--json")
    broken, good = sorted(result.lines, key=lambda line: line["post"])
    assert result.code == 1
    assert list(broken) == PREVIEW_KEYS == list(good)
    assert broken["text"] is None
    assert broken["errors"][0]["code"] == "XP004"
    assert good["errors"] == []


def test_check_names_file_line_and_remedy_and_fails_on_errors(site):
    site.post("good", "Text.", extra="linkedin: {link: false}\n")  # a card would lack a picture
    assert site.run("check").code == 0
    (site.folder / "_posts" / "2026-01-01-broken.md").write_text("---\ntitle: a: b: c\n---\nText.\n")
    result = site.run("check", "--json")
    assert result.code == 1
    assert [list(line) for line in result.lines] == [CHECK_KEYS]
    assert (result.lines[0]["post"], result.lines[0]["line"]) == ("_posts/2026-01-01-broken.md", 2)
    human = site.run("check")
    assert "_posts/2026-01-01-broken.md:2:" in human.out
    assert "Traceback" not in human.err


def test_a_first_run_publishes_nothing_old(site, sandbox):
    site.point_to(sandbox)
    site.configure(f'[linkedin]\napi_url = "{sandbox.url}"\n')
    for number in range(5):
        site.post(f"old-{number}", f"Text {number}.", age=timedelta(days=number + 1))
    result = site.run("publish", "--json")
    assert {line["outcome"] for line in result.lines} == {"skipped"}
    assert (result.code, sandbox.posts) == (0, ())
    assert "no baseline is set" in result.err


def test_a_named_post_goes_out_whatever_its_date(site, sandbox):
    site.point_to(sandbox)
    old = site.post("old", "Text.", age=timedelta(days=900))
    assert site.run("publish", str(old)).code == 0
    assert len(sandbox.posts) == 1


def test_a_dry_run_changes_nothing(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    before = path.read_bytes()
    (line,) = site.run("publish", "--dry-run", "--json").lines
    assert line["outcome"] == "would-publish"
    assert (path.read_bytes(), sandbox.requests) == (before, ())


def test_a_missed_post_needs_a_person(site, sandbox):
    site.point_to(sandbox)
    site.post("late", "Text.", age=timedelta(days=4))
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (4, "missed")


def test_the_calendar_shows_what_goes_out_by_itself_in_order_of_time(site, sandbox):
    site.point_to(sandbox)
    for name, age in [("later", -50), ("sooner", -2), ("missed", 24 * 9), ("old", 24 * 90)]:
        site.post(name, f"Text of {name}.", age=timedelta(hours=age))
    accounts, *lines = site.run("status", "--calendar", "--json").lines
    assert list(accounts) == ["accounts"]
    assert [line["post"].rpartition("-")[2] for line in lines] == ["sooner.md", "later.md"]
    assert all(line["due"] > datetime.now(UTC).isoformat() for line in lines)
    shown = site.run("status", "--calendar").out.splitlines()
    assert [line.endswith((".md", "UTC")) for line in shown[1:]] == [False, True, False, True]
    assert sandbox.requests == ()


def test_slots_publish_nothing_before_their_time_and_status_names_it(site, sandbox):
    site.point_to(sandbox)
    site.configure(
        f'since = 2026-01-01\n[linkedin]\napi_url = "{sandbox.url}"\n'
        f'[schedule]\nwhen = "slots"\nslots = ["{datetime.now(UTC) - timedelta(hours=2):%a %H:%M}"]\n[site]\ntimezone = "UTC"\n'
    )
    site.post("queued", "Text.", age=timedelta(days=4))
    (line,) = site.run("publish", "--json").lines
    assert (line["outcome"], sandbox.posts) == ("waiting", ())
    (_, line) = site.run("status", "--json").lines
    assert (line["outcome"], line["reason"][:4]) == ("waiting", "due ")
    assert line["due"] > datetime.now(UTC).isoformat()


@pytest.mark.parametrize("fault", ["drop-before-commit", "drop-after-commit", "500", "504-after-commit"])
def test_a_lost_answer_is_uncertain_until_a_person_settles_it(site, sandbox, fault):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    sandbox.fault(fault)
    first = site.run("publish", "--json")
    assert (first.code, first.lines[0]["outcome"]) == (4, "uncertain")
    arrived = len(sandbox.posts)
    assert site.run("publish", str(path)).code == 4
    assert site.run("publish").code == 4
    assert len(sandbox.posts) == arrived
    told = site.run("publish").out
    assert "crosspost resolve _posts/" in told
    if arrived:
        url = f"https://www.linkedin.com/feed/update/{sandbox.posts[0].urn}/"
        assert site.run("resolve", str(path), "--url", url).code == 0
        assert f"linkedin_url: {url}\n" in path.read_text()
    else:
        settled = site.run("resolve", str(path), "--not-posted", "--json")
        assert (settled.code, settled.lines[0]["outcome"], settled.lines[0]["post"]) == (
            0,
            "waiting",
            f"_posts/{path.name}",
        )
        assert site.run("publish").code == 0
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize("fault", ["500", "500-after-commit"])
def test_what_is_said_of_an_uncertain_post_holds_when_its_file_has_another_name(site, sandbox, fault):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    sandbox.fault(fault)
    site.run("publish")
    renamed = path.rename(path.with_name(path.name.replace("hello", "moved")))
    told = site.run("status")
    assert (told.code, f"resolve _posts/{path.name} --url URL | --not-posted" in told.out) == (4, True)
    posts = sandbox.posts
    word = ["--url", f"https://www.linkedin.com/feed/update/{posts[0].urn}/"] if posts else ["--not-posted"]
    assert site.run("resolve", str(path), *word).code == 0
    assert site.run("publish").code == 0
    assert (len(sandbox.posts), "linkedin_url: " in renamed.read_text()) == (1, True)


def test_a_published_post_whose_file_is_gone_can_be_deleted(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    site.run("publish")
    path.unlink()
    result = site.run("delete", str(path), "--yes")
    assert (result.code, sandbox.posts) == (0, ()), result.out + result.err


def test_a_post_without_a_known_address_gets_it_from_a_person(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    sandbox.fault("no-id")
    first = site.run("publish", "--json")
    assert (first.code, first.lines[0]["outcome"], first.lines[0]["url"]) == (1, "published", None)
    assert "resolve" in first.lines[0]["error"]
    url = f"https://www.linkedin.com/feed/update/{sandbox.posts[0].urn}/"
    assert site.run("resolve", str(path), "--url", url).code == 0
    assert f"linkedin_url: {url}\n" in path.read_text()
    assert (site.run("publish").code, len(sandbox.posts)) == (0, 1)


def test_one_bad_post_stops_nothing_but_itself(site, sandbox):
    site.point_to(sandbox)
    (site.folder / "_posts" / "2026-01-01-broken.md").write_text("---\ntitle: a: b: c\n---\nText.\n")
    site.post("empty", "", title=" ")
    site.post("good", "Text.")
    result = site.run("publish", "--json")
    outcomes = {line["post"][-8:-3]: line["outcome"] for line in result.lines}
    assert outcomes == {"roken": "failed", "empty": "failed", "-good": "published"}
    assert result.code == 1


def test_without_a_token_nothing_is_sent_and_the_choices_are_named(site, sandbox):
    site.point_to(sandbox)
    site.monkeypatch.delenv("LINKEDIN_ACCESS_TOKEN")
    site.post("hello", "Text.")
    result = site.run("publish")
    assert result.code == 3
    assert "LINKEDIN_ACCESS_TOKEN" in result.out + result.err
    assert sandbox.requests == ()


def test_a_token_is_not_sent_over_plain_http_to_another_machine(site):
    site.configure('since = 2020-01-01\n[linkedin]\napi_url = "http://linkedin.example"\n')
    site.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", "AQ-marked-token")
    site.post("hello", "Text.")
    assert site.run("publish").code == 2


def test_a_server_that_is_not_there_means_nothing_was_sent_and_the_next_run_tries_again(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    site.monkeypatch.setenv("CROSSPOST_LINKEDIN__API_URL", "http://127.0.0.1:9")
    site.monkeypatch.setenv("LINKEDIN_PERSON_URN", "sandbox-member")
    assert site.run("publish", "--json").lines[0]["outcome"] == "failed"
    site.monkeypatch.delenv("CROSSPOST_LINKEDIN__API_URL")
    assert site.run("publish").code == 0
    assert len(sandbox.posts) == 1


def test_a_damaged_ledger_stops_everything(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    ledger = site.folder / "ledger.sqlite3"
    ledger.write_bytes(b"this is no database" * 100)
    site.monkeypatch.setenv("CROSSPOST_LEDGER__URL", f"sqlite:///{ledger}")
    result = site.run("publish")
    assert (result.code, sandbox.posts) == (5, ())
    assert ledger.read_bytes() == b"this is no database" * 100


def test_status_says_where_to_look_when_a_due_post_has_not_gone_out(site, sandbox):
    site.point_to(sandbox)
    site.post("later", "Text.", age=-timedelta(hours=1))
    assert "crosspost doctor" not in site.run("status").err
    site.post("hello", "Text.")
    sandbox.fault("revoked", on="GET /v2/userinfo", times=9)
    assert site.run("publish").code == 3
    told = site.run("status").err
    assert "1 post is due" in told
    assert "crosspost doctor" in told


def test_status_shows_accounts_first_and_then_every_post(site, sandbox):
    site.point_to(sandbox)
    site.post("there", "Text 1.", age=timedelta(hours=2))
    site.run("publish")
    site.post("due", "Text 2.")
    site.post("soon", "Text 3.", age=-timedelta(days=2))
    head, *lines = site.run("status", "--json").lines
    assert list(head["accounts"][0]) == ["name", "author", "token_expires_at", "token_days_left"]
    assert [list(line) for line in lines] == [[*PUBLISH_KEYS, "state", "due", "attempts"]] * 3
    by_name = {line["post"][18:-3]: (line["outcome"], line["state"], line["attempts"]) for line in lines}
    assert by_name == {
        "there": ("skipped", "published", 1),
        "due": ("would-publish", None, 0),
        "soon": ("waiting", None, 0),
    }
    assert len(sandbox.posts) == 1


def test_doctor_says_what_is_there_and_what_is_missing(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    result = site.run("doctor", "--json")
    assert [list(line) for line in result.lines] == [["check", "ok", "detail", "fix"]] * len(result.lines)
    assert result.code == 0, result.out
    site.monkeypatch.delenv("LINKEDIN_ACCESS_TOKEN")
    site.monkeypatch.setenv("CROSSPOST_LINKEDIN__API_VERSION", "202401")
    worse = {line["check"]: line for line in site.run("doctor", "--json").lines}
    assert not worse["token"]["ok"]
    assert not worse["API version"]["ok"]
    assert "202609" in worse["API version"]["fix"]
    assert (
        "CROSSPOST_LINKEDIN__API_VERSION" in worse["origins"]["detail"] or "environment" in worse["origins"]["detail"]
    )


def linkedin_check(site):
    return next(line for line in site.run("doctor", "--json").lines if line["check"] == "LinkedIn")


def test_doctor_asks_linkedin_whether_the_token_may_post_and_publishes_nothing(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    assert linkedin_check(site) | {"ok": True, "detail": "urn:li:person:sandbox-member may post"} == linkedin_check(
        site
    )
    assert sandbox.posts == ()
    asked = len(sandbox.requests)
    assert all(line["check"] != "LinkedIn" for line in site.run("doctor", "--json", "--offline").lines)
    assert len(sandbox.requests) == asked


@pytest.mark.parametrize(
    ("variables", "code", "fix"),
    [
        ({"LINKEDIN_ACCESS_TOKEN": "unknown"}, 3, "crosspost auth login"),
        ({"CROSSPOST_LINKEDIN__API_VERSION": "202401"}, 1, "linkedin.api_version"),
        ({"CROSSPOST_LINKEDIN__API_URL": "http://127.0.0.1:9"}, 1, "linkedin.api_url"),
    ],
    ids=["token", "version", "server"],
)
def test_doctor_says_what_linkedin_objects_to(site, sandbox, variables, code, fix):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    for name, value in variables.items():
        site.monkeypatch.setenv(name, value)
    check = linkedin_check(site)
    assert (check["ok"], fix in check["fix"]) == (False, True)
    assert site.run("doctor").code == code


def test_two_accounts_each_get_the_post_and_their_own_key(site, sandbox):
    site.point_to(sandbox)
    text = (site.folder / "crosspost.toml").read_text()
    site.configure(
        text
        + '[accounts.company]\nauthor = "urn:li:organization:9"\n[accounts.company.writeback]\nkey = "company_url"\n'
    )
    path = site.post("hello", "Text.")
    assert [line["outcome"] for line in site.run("publish", "--json", "--account", "default").lines] == ["published"]
    # The sandbox's member has no role in that page: what matters is that the post is tried, not skipped as published.
    (line,) = site.run("publish", "--json", "--account", "company").lines
    assert (line["account"], line["outcome"]) == ("company", "failed")
    assert "linkedin_url: " in path.read_text()


def test_a_post_outside_the_site_and_a_missing_one_are_wrong_usage(site, tmp_path_factory):
    assert site.run("preview", "_posts/no-such.md").code == 2
    outside = tmp_path_factory.mktemp("elsewhere") / "2026-01-01-a.md"
    outside.write_text("---\n---\nText.\n")
    assert site.run("preview", str(outside)).code == 2


@pytest.mark.parametrize(
    "arguments", [["publish", "--no-such"], ["no-such"], ["resolve", "x"], ["publish", "--due", "x"]]
)
def test_wrong_usage_is_2(site, arguments):
    assert site.run(*arguments).code == 2


@pytest.mark.parametrize("command", [["preview"], ["check"], ["publish"], ["status"], ["auth", "status"]])
def test_an_unknown_account_is_told_with_the_known_ones_by_every_command(site, command):
    result = site.run(*command, "--account", "nope")
    assert result.code == 2
    assert "there is no account 'nope'" in result.err
    assert "known accounts: default" in result.err


def test_common_flags_may_stand_before_the_command_too(site):
    site.post("hello", "Text.")
    site.configure("since = 2026-01-01\n")
    assert site.run("--json", "--config", "crosspost.toml", "status").out == site.run("status", "--json").out
    assert "there is no file nope.toml" in site.run("--config", "nope.toml", "status").err
    assert site.run("--quiet", "status").err == ""


@pytest.mark.parametrize("command", [["publish"], ["auth", "status"]])
def test_every_command_says_the_version(site, command):
    assert site.run(*command, "--version").out == site.run("--version").out


def test_what_helps_against_several_wrong_settings_is_said_once(site):
    site.configure('[text]\nlimit = "x"\nbody = "y"\n')
    assert site.run("status").err.count("see config/crosspost.toml") == 1


def test_wrong_settings_are_2_and_all_are_told(site):
    site.configure('nonsense = 1\n[text]\nlimit = "x"\n')
    result = site.run("publish")
    assert result.code == 2
    assert "nonsense: unknown key" in result.err
    assert "text.limit" in result.err
    assert "Traceback" not in result.err


def test_control_characters_of_a_title_never_reach_the_terminal(site):
    site.post("evil", "Text.", title="a\\e[2Jb")
    assert "\x1b" not in site.run("preview").out


@pytest.mark.parametrize(
    "command",
    [
        *(
            "adopt --dry-run",
            "approve POST",
            "auth login --paste",
            "auth logout",
            "auth status",
            "check",
            "check --diff",
        ),
        *("delete POST --yes", "demo", "doctor --offline", "edit POST", "init --yes", "ledger check", "ledger export"),
        *("preview", "publish", "publish --dry-run", "resolve POST --not-posted", "status", "status --calendar"),
    ],
)
def test_with_json_each_line_of_standard_output_is_an_object(site, sandbox, command):
    site.point_to(sandbox)
    post = site.post("hello", "It\u00e2\u20ac\u2122s \U0001d5ee post.")
    site.monkeypatch.setattr("sys.stdin", io.StringIO("AQ-pasted\n"))
    result = site.run(*command.replace("POST", str(post)).split(), "--json")
    assert "Traceback" not in result.err
    assert all(isinstance(line, dict) for line in result.lines)


def test_every_command_explains_itself(site):
    for name in _COMMANDS:
        result = site.run(name, "--help")
        assert result.code == 0
        assert "Usage: crosspost" in result.out


def test_the_version_is_told_without_importing_anything_heavy():
    program = (
        "import sys; sys.argv[1:] = ['--version']; from crosspost.__main__ import main; main(); "
        "print(sorted({'httpx', 'pydantic_settings', 'apscheduler', 'keyring', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == f"crosspost {__version__}\n[]\n"


def test_a_reader_that_leaves_early_is_no_error(site):
    for number in range(30):
        site.post(f"p{number}", "Text. " * 300)
    command = f"{sys.executable} -m crosspost preview | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=site.folder)
    assert done.stderr == ""


def test_the_written_file_keeps_its_mode(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    path.chmod(0o640)
    site.run("publish")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_nothing_that_crosspost_leaves_behind_holds_the_token(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    result = site.run("publish", "--verbose")
    assert result.code == 0
    folders = (site.folder, Path(os.environ["HOME"]))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite3" for path in files)
    assert [path for path in files if b"AQ-marked-token" in path.read_bytes()] == []


def test_a_post_can_be_named_from_a_folder_below(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    site.monkeypatch.chdir(path.parent)
    assert site.run("publish", path.name).code == 0
    assert len(sandbox.posts) == 1


def test_the_demonstration_publishes_what_is_due_and_nothing_else(capsys):
    assert main(["demo"]) == 0
    told = capsys.readouterr().out
    assert "first run:  4 published, 1 waiting, 1 skipped" in told
    assert "second run: 1 waiting, 5 skipped" in told
    assert "+linkedin_url: https://www.linkedin.com/feed/update/urn:li:share:" in told
    assert "Why your bold title is silent" in told
    assert "shortened to 2," in told
    assert "(mojibake), first: CafÃ© → Café" in told
    assert "Café notes: what the umlauts taught us" in told


def test_a_post_waits_for_approval_and_goes_out_as_approved(site, sandbox):
    site.point_to(sandbox)
    site.configure((site.folder / "crosspost.toml").read_text() + "[schedule]\napprove = true\n")
    path = site.post("hello", "Text.")
    (line,) = site.run("publish", "--json").lines
    assert (line["outcome"], line["reason"]) == ("waiting", f"waits for approval: crosspost approve _posts/{path.name}")
    (approved,) = site.run("approve", str(path), "--json").lines
    assert approved == {"post": f"_posts/{path.name}", "account": "default", "approved": True, "error": None}
    assert [line["outcome"] for line in site.run("publish", "--json").lines] == ["published"]
    site.point_to(sandbox)
    assert site.run("approve", str(path)).code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full here")
def test_results_that_find_no_room_are_told_without_a_traceback(site, sandbox):
    site.point_to(sandbox)
    site.post("hello", "Text.")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crosspost", "publish"], check=False, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert [line["state"] for line in site.run("status", "--json").lines[1:]] == ["published"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes streams otherwise there")
def test_a_run_without_standard_output_is_no_defect_whatever_the_locale(site):
    site.post("hello", "Text.", title="Größe")
    done = subprocess.run(
        f"{sys.executable} -X utf8=0 -m crosspost preview --json >&-",
        shell=True,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_the_sandbox_says_how_to_point_crosspost_at_it():
    command = [sys.executable, "-m", "crosspost", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        url = server.stdout.readline().split()[-1]
        said = [server.stderr.readline() for _ in range(2)]
        server.terminate()
    assert said[0].startswith("in another terminal")
    assert f"CROSSPOST_LINKEDIN__API_URL={url} " in said[1]
    assert "LINKEDIN_ACCESS_TOKEN=sandbox-token" in said[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the folder that a program runs in stays there")
@pytest.mark.parametrize("command", ["status", "init", "daemon", "dashboard"])
def test_a_working_folder_that_is_gone_is_told_without_a_traceback(site, command):
    gone = site.folder / "gone"
    gone.mkdir()
    site.monkeypatch.chdir(gone)
    gone.rmdir()
    result = site.run(command)
    assert (result.code, "is not there any more" in result.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])  # Ctrl-C; `timeout`, a cancelled CI job, a shutdown
def test_a_publish_that_is_stopped_tells_of_the_post_on_its_way(site, sandbox, number):
    site.point_to(sandbox)
    post = site.post("hello", "Text.")
    sandbox.fault("slow", seconds=30)
    command = [sys.executable, "-m", "crosspost", "publish", str(post)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        while not sandbox.posts:
            assert run.poll() is None
            time.sleep(0.02)
        run.send_signal(number)
        told, said = run.communicate(timeout=20)
    assert run.returncode == 130, said
    assert "uncertain" in told
    assert "crosspost resolve" in told + said
    assert "Traceback" not in said
