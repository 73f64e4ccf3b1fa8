"""Somebody flatters the figures by the real services: it is listed with its evidence, to those who may read it."""

import pytest

from infra.demo import story
from tests.http.test_supplement import FIELD, answer, ask, ask_again
from tests.support.asserts import problem
from tests.support.recall import leader_of
from tests.support.world import OTHER_AGENCY, officer_of, ready

AT = f"/v1/measures/{story.AGENCY}/findings"


@pytest.fixture(scope="module")
def gamed(cloud, where, small_scan):
    """A dossier that was asked for a supplement twice, by two, the second with the word that there is no other way."""
    me, desk = story.citizen(where, **story.somebody()), story.officer(where, "reception")
    reference = ready(me, small_scan)
    told = story.submit(me, reference).ok(201).body
    ask(desk, reference, FIELD).ok()
    answer(me, reference, {FIELD["target"]: 1996}).ok()
    ask_again(leader_of(where, roles=("reception",)), reference).ok()
    cloud.wait_idle()
    return reference, told["received_at"][:4]


def listed(who, year, rule=None):
    found, cursor, withheld = [], "", 0
    by = f"&rule={rule}" if rule else ""
    while cursor is not None:
        page = who.get(f"{AT}?period={year}{by}&cursor={cursor}").ok().body
        found, withheld, cursor = [*found, *page["findings"]], withheld + page["withheld"], page["next"]
    return {each["dossier"]: each for each in found}, withheld


def test_a_second_supplement_is_listed_with_its_rule_and_events(where, gamed):
    reference, year = gamed
    found, withheld = listed(officer_of(where, story.AGENCY, "leader"), year, "second_supplement")
    told = found[reference]
    assert withheld == 0
    assert [each["what"] for each in told["evidence"]] == ["asked", "asked"]
    assert told["at"] == told["evidence"][-1]["at"]
    assert (told["rule"]["kind"], told["rule"]["thresholds"]) == ("policy", {"requests": 1})
    assert "Decree 61/2018" in told["rule"]["citation"]
    assert reference in listed(officer_of(where, story.AGENCY, "reception"), year)[0]
    assert reference not in listed(officer_of(where, story.AGENCY, "leader"), year, "cash_as_online")[0]


def test_the_dossier_itself_is_as_it_was(where, gamed):
    reference, _ = gamed
    assert story.officer(where, "reception").get(f"/v1/dossiers/{reference}").ok().body["state"]["code"] == 5


def test_others_are_shown_nothing(where, gamed):
    _, year = gamed
    problem(officer_of(where, OTHER_AGENCY, "leader").get(f"{AT}?period={year}"), 403, "not_allowed")
    problem(story.citizen(where).get(f"{AT}?period={year}"), 403, "not_allowed")
    problem(officer_of(where, story.AGENCY, "administrator").get(f"{AT}?period={year}"), 403, "not_allowed")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("period=2026-13", "/period"),
        ("rule=cash_as_online", "/period"),
        ("period=2026&rule=theft", "/rule"),
        ("period=2026&cursor=x", "/cursor"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_place(where, query, pointer):
    desk = officer_of(where, story.AGENCY, "reception")
    told = problem(desk.get(f"{AT}?{query}"), 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == [pointer]
