"""Settings: order of sources, all problems at once, nothing ignored that would change what is published."""

from datetime import UTC, date, timedelta, timezone
from pathlib import Path

import pytest

from crosspost.errors import SettingsError
from crosspost.policy import Slot
from crosspost.settings.load import load
from crosspost.settings.policies import account_policy
from crosspost.settings.schema import Tables

CONFIG = Path(__file__).parents[2] / "config" / "crosspost.toml"


@pytest.fixture
def site(tmp_path):
    """A folder whose crosspost.toml is written by calling the fixture."""

    def write(text=""):
        (tmp_path / "crosspost.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def problems(start, **options):
    with pytest.raises(SettingsError) as caught:
        load(start, **options)
    return [problem.what for problem in caught.value.problems]


@pytest.mark.parametrize(
    "wrong",
    [
        "[text]\nlimit = 3",
        "[text]\nlimitt = 3",
        "[schedule]\nslots = [1]",
        "[accounts.two]\nautor = 'x'\n[accounts.two.writeback]\nkey = 'two_url'",
        "sinc = 2026-01-01",
    ],
)
def test_what_is_wrong_with_an_account_is_told_beside_what_is_wrong_elsewhere(site, wrong):
    account = (
        "[accounts.company]\n[accounts.company.text]\nlimitt = 3\n[accounts.company.writeback]\nkey = 'company_url'\n"
    )
    told = problems(site(f"{wrong}\n{account}"))
    assert len(told) == 2
    assert "accounts.company.text.limitt: unknown key" in told[1]


def test_the_explained_file_holds_every_setting_with_its_default(tmp_path):
    loaded = load(tmp_path, config=CONFIG)
    assert loaded.settings == Tables()
    tables = {path[0] for path in loaded.origins}
    assert tables | {"since", "accounts"} == set(Tables.model_fields)
    for name, table in Tables.model_fields.items():
        if hasattr(table.annotation, "model_fields"):
            assert {path[1] for path in loaded.origins if path[0] == name} == set(table.annotation.model_fields), name


def test_the_command_line_beats_the_environment_beats_the_file_beats_the_default(site, monkeypatch):
    folder = site('[text]\nlimit = 200\nlinks = "drop"\nbody = "full"\n')
    monkeypatch.setenv("CROSSPOST_TEXT__LIMIT", "300")
    monkeypatch.setenv("CROSSPOST_TEXT__LINKS", "footnotes")
    text = load(folder, overrides={"text": {"limit": 400}}).settings.text
    assert (text.limit, text.links, text.body, text.hashtags) == (400, "footnotes", "full", "tags")


def test_the_origin_of_each_value_is_known(site, monkeypatch):
    folder = site("[text]\nlimit = 200\nunstyle = false\n")
    monkeypatch.setenv("CROSSPOST_TEXT__LIMIT", "300")
    origins = load(folder).origins
    assert origins["text", "limit"] == "environment"
    assert origins["text", "unstyle"] == str(folder / "crosspost.toml")
    assert ("text", "repair") not in origins


def test_names_that_people_already_have_in_their_environment_are_read(tmp_path, monkeypatch):
    monkeypatch.setenv("LINKEDIN_PERSON_URN", "Ab_9-x")
    monkeypatch.setenv("LINKEDIN_API_VERSION", "202608")
    linkedin = load(tmp_path).settings.linkedin
    assert (linkedin.author, linkedin.api_version) == ("urn:li:person:Ab_9-x", "202608")
    monkeypatch.setenv("CROSSPOST_LINKEDIN__API_VERSION", "202607")
    assert load(tmp_path).settings.linkedin.api_version == "202607"


def test_all_problems_are_told_at_once_with_file_key_and_what_is_allowed(site, monkeypatch):
    folder = site(
        'nonsense = 1\n[text]\nlimit = "3000"\n[schedule]\ngrace = "3 nights"\n[site]\ntimezone = "Mars/Base"\n'
    )
    monkeypatch.setenv("CROSSPOST_CARD__KIND", "poster")
    monkeypatch.setenv("CROSSPOST_TXT__LIMIT", "1")
    told = "\n".join(problems(folder))
    for expected in (
        "crosspost.toml: nonsense: unknown key",
        "crosspost.toml: text.limit: write a whole number, at least 140, at most 4000",
        'crosspost.toml: schedule.grace: write a number and a unit, for example "90s"',
        "crosspost.toml: site.timezone: write a name from the IANA",
        'environment: CROSSPOST_CARD__KIND: write "article", "image", "document" or "none"',
        "environment: CROSSPOST_TXT__LIMIT: unknown key",
    ):
        assert expected in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[schedule]\napprove = "yes"', "schedule.approve: write true or false"),
        ('[site]\nposts = "_posts"', "site.posts: write a list of: text"),
        ("[card]\nimage = [1]", "card.image.0: write text"),
        ("text = 3", "text: write a table"),
        ('since = "yesterday"', "since: write a day or a moment, without quotes"),
        ("[linkedin]\ntimeout = 0", "linkedin.timeout: write a number, over 0, at most 600"),
        ('[text]\ntemplate = "{titel}"', "text.template: {titel} is unknown; known are {title}, {body}"),
        ('[ledger]\nurl = "mysql://x"', 'ledger.url: write "sqlite:///path/ledger.db", "postgresql://'),
        ('[accounts.company.text]\nbody = "most"', 'accounts.company.text.body: write "full", "excerpt" or "auto"'),
        ("[text.hashtag_map]\nAI = 1", "text.hashtag_map.AI: write text"),
    ],
)
def test_what_is_allowed_is_told_in_the_words_of_the_reference(site, text, told):
    (problem,) = [one for one in problems(site(text + "\n")) if "front matter key" not in one]
    assert f"crosspost.toml: {told}" in problem


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("[text]\nlimitt = 3", "did you mean 'limit'? known are body, limit, links"),
        ("[txet]\nlimit = 3", "did you mean 'text'? known are "),
        ("[notify]\nx = 1", "known are urls"),
        ("[accounts.company.card]\nknd = 1", "did you mean 'kind'?"),
        ('[linkedin]\nclient_secret = "x"', "crosspost auth login"),
    ],
)
def test_an_unknown_key_is_told_with_those_that_are_known_beside_it(site, text, fix):
    with pytest.raises(SettingsError) as caught:
        load(site(text + "\n"))
    assert fix in caught.value.problems[0].fix


def test_slots_are_a_weekday_and_a_time(site):
    folder = site('[schedule]\nwhen = "slots"\nslots = ["Thu 18:05", "tue 09:40"]\n')
    assert account_policy(load(folder), "default", UTC).schedule.slots == (Slot(1, 9, 40), Slot(3, 18, 5))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('when = "slots"', 'when = "slots" needs slots'),
        ('slots = ["Tue 09:40"]', 'set when = "slots"'),
        ('when = "slots"\nslots = ["Tue 9:40"]', "write a weekday and a time"),
        ('when = "slots"\nslots = ["Tue 24:00"]', "write a weekday and a time"),
        ('when = "slots"\nslots = ["Son 09:40"]', "write a weekday and a time"),
    ],
)
def test_slots_that_would_not_work_are_told(site, text, told):
    assert told in problems(site(f"[schedule]\n{text}\n"))[0]


def test_an_account_may_publish_at_the_date_although_the_main_one_has_slots(site):
    folder = site(
        '[schedule]\nwhen = "slots"\nslots = ["Tue 09:40"]\n[accounts.company.schedule]\nwhen = "date"\n'
        '[accounts.company.writeback]\nkey = "c"\n'
    )
    assert account_policy(load(folder), "company", UTC).schedule.when == "date"


@pytest.mark.parametrize("text", ["since = ", "a = b = c", "\x00"])
def test_a_file_that_is_not_toml_is_one_clear_problem(site, text):
    assert "is not valid TOML" in problems(site(text))[0]


def test_a_file_that_is_not_utf8_is_one_clear_problem(tmp_path):
    (tmp_path / "crosspost.toml").write_bytes(b'since = "\xff"')
    assert "UTF-8" in problems(tmp_path)[0]


def test_a_named_file_must_exist(tmp_path):
    assert "there is no file" in problems(tmp_path, config=tmp_path / "no.toml")[0]


def test_a_value_that_should_be_json_in_the_environment_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSPOST_SITE__POSTS", "_posts")
    monkeypatch.setenv("CROSSPOST_SCHEDULE__SLOTS", "[")
    monkeypatch.setenv("CROSSPOST_TEXT__LIMIT", "many")
    assert problems(tmp_path) == [
        "environment: CROSSPOST_SITE__POSTS: no JSON",
        "environment: CROSSPOST_SCHEDULE__SLOTS: no JSON",
        "environment: CROSSPOST_TEXT__LIMIT: write a whole number, at least 140, at most 4000",
    ]


def test_a_problem_with_a_name_of_other_tools_names_that(tmp_path, monkeypatch):
    monkeypatch.setenv("LINKEDIN_API_VERSION", "newest")
    assert problems(tmp_path)[0].startswith("environment: LINKEDIN_API_VERSION: write year and month")


def test_a_secret_in_the_file_is_refused_and_not_repeated(site):
    told = "\n".join(problems(site('[linkedin]\naccess_token = "AQX-marked"\n')))
    assert "unknown key" in told
    assert "AQX-marked" not in told


def test_a_token_in_the_environment_is_no_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSPOST_LINKEDIN__ACCESS_TOKEN", "AQX-marked")
    assert "AQX-marked" not in repr(load(tmp_path))


def test_the_file_is_found_upward_and_its_folder_is_the_site(site):
    folder = site()
    deep = folder / "_posts" / "2026"
    deep.mkdir(parents=True)
    assert load(deep).root == folder.resolve()
    assert load(deep).file == folder / "crosspost.toml"


def test_without_a_file_the_site_is_where_config_yml_stands(tmp_path):
    (tmp_path / "_config.yml").touch()
    (tmp_path / "_posts").mkdir()
    assert load(tmp_path / "_posts").root == tmp_path.resolve()


def test_an_account_overrides_only_what_it_says(site):
    folder = site(
        '[text]\nlimit = 500\nlinks = "drop"\n[linkedin]\nvisibility = "CONNECTIONS"\n'
        '[accounts.company]\nauthor = "urn:li:organization:7"\n'
        '[accounts.company.text]\nlimit = 600\n[accounts.company.writeback]\nkey = "company_url"\n'
    )
    company = account_policy(load(folder), "company", UTC)
    assert (company.author, company.text.limit, company.text.links) == ("urn:li:organization:7", 600, "drop")
    assert (company.text.visibility, company.write_back.key) == ("CONNECTIONS", "company_url")
    assert account_policy(load(folder), "default", UTC).text.limit == 500


def test_a_wrong_value_in_an_account_names_the_account(site):
    folder = site('[accounts.company]\n[accounts.company.text]\nlimit = 1\n[accounts.company.writeback]\nkey = "c"\n')
    assert "accounts.company.text.limit" in problems(folder)[0]


def test_two_accounts_under_one_front_matter_key_are_refused(site):
    """The second URL would have no place, or worse, would look like the first account's."""
    assert "one front matter key" in problems(site('[accounts.company]\nauthor = "urn:li:organization:7"\n'))[0]


def test_an_unknown_account_is_told_with_the_known_ones(tmp_path):
    with pytest.raises(SettingsError, match="known accounts: default"):
        account_policy(load(tmp_path), "company", UTC)


def test_an_unknown_placeholder_in_the_template_is_told(site):
    with pytest.raises(SettingsError, match=r"text\.template"):
        account_policy(load(site('[text]\ntemplate = "{titel}"\n')), "default", UTC)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2026-11-22", "2026-11-22T00:00:00+02:00"),
        ("2026-11-22T09:00:00", "2026-11-22T09:00:00+02:00"),
        ("2026-11-22T09:00:00Z", "2026-11-22T09:00:00+00:00"),
    ],
)
def test_the_baseline_is_a_day_or_a_moment_in_the_sites_zone(site, since, expected):
    policy = account_policy(load(site(f"since = {since}\n")), "default", timezone(timedelta(hours=2)))
    assert policy.schedule.since.isoformat() == expected


def test_the_baseline_of_the_command_line_is_stronger(site):
    loaded = load(site("since = 2020-01-01\n"), overrides={"since": date(2026, 1, 2)})
    assert account_policy(loaded, "default", UTC).schedule.since.year == 2026
