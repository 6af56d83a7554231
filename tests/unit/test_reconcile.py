"""What a person says of an uncertain attempt."""

from dataclasses import replace

import pytest

from crosspost.errors import Problem, SettingsError
from crosspost.model import State, Unclear
from crosspost.pipeline.publish import publish
from crosspost.reconcile import resolve
from doubles import a_post, a_run, receipt

A, B = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "ab")
LOST = Unclear(problem=Problem(what="the answer was lost", fix="look"))


def a_published_and_an_uncertain():
    run = a_run(A, B, answers=[receipt(), LOST])
    list(publish(run, [A.key, B.key], named=False))
    return run


AS_A_BROWSER_SHOWS_IT = f"https://www.linkedin.com/posts/jo_a-b-share-{receipt().urn.rpartition(':')[2]}-TZin"


@pytest.mark.parametrize("said", [receipt().url, receipt().urn, AS_A_BROWSER_SHOWS_IT])
def test_the_address_of_another_post_is_refused_with_its_name(said):
    run = a_published_and_an_uncertain()
    with pytest.raises(SettingsError, match=r"is where _posts/2026-11-22-a\.md is on LinkedIn"):
        resolve(run.ledger, run.key(B.key), url=said, clock=run.clock)
    assert run.ledger.get(run.key(B.key)).state is State.UNCERTAIN


def test_the_post_of_another_account_is_named_with_it():
    run = a_published_and_an_uncertain()
    company = a_run(A, answers=[receipt(5)], ledger=run.ledger)
    company.publisher.who = "urn:li:organization:5"
    list(publish(replace(company, policy=replace(run.policy, name="company")), [A.key], named=False))
    with pytest.raises(SettingsError, match=r"2026-11-22-a\.md \(company\) is on LinkedIn"):
        resolve(run.ledger, run.key(B.key), url=receipt(5).url, clock=run.clock)


def test_an_address_of_its_own_settles_it():
    run = a_published_and_an_uncertain()
    resolve(run.ledger, run.key(B.key), url="urn:li:share:77", clock=run.clock)
    assert run.ledger.get(run.key(B.key)).urn == "urn:li:share:77"
