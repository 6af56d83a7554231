"""`crosspost check`: excerpts, repairs of the files, SARIF."""

import json

BODY = "It’s “fine” – and it’s café time.\n"


def damaged(site):
    path = site.post("hello", BODY)
    clean = path.read_bytes()
    path.write_bytes(clean.decode().encode().decode("cp1252", "ignore").encode())
    return path, clean


def test_fix_makes_the_clean_original_of_a_damaged_file(site):
    path, clean = damaged(site)
    result = site.run("check", "--fix")
    assert result.code == 0
    assert path.read_bytes() == clean
    assert "+It’s “fine” – and it’s café time." in result.err
    again = site.run("check", "--fix")
    assert "+++" not in again.err


def test_diff_shows_and_changes_nothing(site):
    path, _ = damaged(site)
    before = path.read_bytes()
    result = site.run("check", "--diff", str(path))
    assert "+It’s “fine”" in result.err
    assert path.read_bytes() == before
    site.run("check", "--diff", "--fix")
    assert path.read_bytes() == before


def test_results_stay_alone_on_standard_output(site):
    damaged(site)
    lines = site.run("check", "--fix", "--json").lines
    assert all(line["code"].startswith("XP") for line in lines)


def test_a_file_that_cannot_be_mended_stops_nothing(site):
    path, clean = damaged(site)
    (site.folder / "_posts" / "2026-01-01-latin.md").write_bytes("---\ntitle: a\n---\nfaçade".encode("latin-1"))
    result = site.run("check", "--fix")
    assert (result.code, path.read_bytes()) == (1, clean)
    assert "Traceback" not in result.err


def test_a_finding_shows_its_line(site):
    site.post("liquid", "First.\n\nSee {% nonsense %} here.\n")
    result = site.run("check")
    assert result.code == 1
    assert "| See {% nonsense %} here." in result.out


def test_sarif_is_one_document(site):
    site.post("liquid", "See {% nonsense %} here.\n")
    result = site.run("check", "--format", "sarif")
    assert (result.code, json.loads(result.out)["version"]) == (1, "2.1.0")


def test_sarif_names_files_as_the_repository_has_them_on_github(site, monkeypatch):
    site.post("liquid", "See {% nonsense %} here.\n")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site.folder.parent))
    results = json.loads(site.run("check", "--format", "sarif").out)["runs"][0]["results"]
    (uri,) = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert uri.startswith(f"{site.folder.name}/_posts/")


def test_what_only_a_further_account_would_refuse_is_told_too_and_what_all_find_once(site):
    site.post("hello", "Text.", extra="image: nope.png\nlinkedin_company_url: mine\n")
    site.configure(
        '[accounts.company]\nauthor = "urn:li:organization:1"\n[accounts.company.writeback]\nkey = "linkedin_company_url"\n'
    )
    found = [(line["code"], line["severity"]) for line in site.run("check", "--json").lines]
    assert found.count(("XP009", "error")) == 1
    assert len(found) == len(set(found))
    assert "1 post: 1 error" in site.run("check").err
    assert site.run("check", "--account", "default").code == 0


def test_an_address_that_the_site_lacks_is_told_to_people_once(site):
    (site.folder / "_config.yml").write_text("title: Without an address\n")
    for name in ("one", "two", "three"):
        site.post(name, "Text.")
    result = site.run("check")
    assert result.out.count("XP008") == 1
    assert "XP008 holds for 2 further posts too" in result.err
    assert "3 warnings" in result.err
    assert [line["code"] for line in site.run("check", "--json").lines].count("XP008") == 3


def test_that_posts_have_no_picture_is_told_to_people_with_five_of_them(site):
    for number in range(7):
        site.post(f"post-{number}", f"Text {number}.")
    result = site.run("check")
    assert result.out.count("XP401") == 5
    assert "XP401 holds for 2 further posts too" in result.err
    assert "7 notes" in result.err
    assert [line["code"] for line in site.run("check", "--json").lines].count("XP401") == 7


def test_a_line_of_a_file_from_windows_is_shown_without_its_end(site):
    path = site.post("hello", "Caf\u00ad\u00e9.\n")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    result = site.run("check")
    assert "XP104" in result.out
    assert "x0d" not in result.out


def test_what_leaves_no_place_for_the_address_is_told_with_its_line(site):
    site.post("hello", "Text.", extra="linkedin_url: mine\n")
    (found,) = (line for line in site.run("check", "--json").lines if line["code"] == "XP009")
    assert site.post("hello", "Text.", extra="linkedin_url: mine\n").read_text().splitlines()[found["line"] - 1] == (
        "linkedin_url: mine"
    )


def test_posts_that_their_author_keeps_from_linkedin_are_not_checked_unless_named(site):
    site.post("in", "Text.", extra="crosspost: true\n")
    kept = site.post("out", "It was \ufffd years ago.", extra="crosspost: false\n")
    site.post("other", "It was \ufffd years ago.")
    site.configure('[site]\nselect = "opt-in"\n')
    result = site.run("check")
    assert (result.code, result.err) == (0, "1 post: 0 errors, 0 warnings, 1 note\n")
    assert [line["title"] for line in site.run("preview", "--json").lines] == ["in"]
    assert site.run("check", str(kept)).code == 1
