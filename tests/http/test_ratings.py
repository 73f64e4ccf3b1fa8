"""The rating of a dossier: once, after its result, by whoever filed it; it counts as satisfaction."""

import pytest

from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from tests.support.asserts import problem, rules, same_shape
from tests.support.world import NOBODYS, OTHER_AGENCY, events, finish, officer_of, ready, whole_list


def rating(reference):
    return f"/v1/dossiers/{reference}/rating"


def share(where):
    """Ratings of the agency this year, as its officers see them: how many are satisfied, of how many."""
    year, desk = utc_now().astimezone(ZONE).year, officer_of(where, story.AGENCY, "leader")
    told = desk.get(f"/v1/measures/{story.AGENCY}?period={year}&alone=true").ok().body
    one = next(each for each in told["indicators"] if each["id"] == "satisfaction_share")
    return one["numerator"], one["denominator"]


@pytest.fixture(scope="module")
def filed(cloud, small_scan):
    """Somebody and their dossier with its result, which nobody rated."""
    claims = story.somebody()
    life = finish(cloud.where(), small_scan, claims=claims)
    cloud.wait_idle()
    return story.citizen(cloud.where(), **claims), life.reference


def test_whoever_filed_a_dossier_rates_it_once_after_its_result_and_it_counts(cloud, where, filed):
    me, reference = filed
    satisfied, rated = share(where)
    assert me.get(rating(reference)).ok().body == {"rated_at": None, "satisfied": None}
    for other in (story.citizen(where, **story.somebody()), officer_of(where, OTHER_AGENCY, "reception")):
        assert other.post(rating(reference), {"satisfied": True}).status in (403, 404)
    desk = officer_of(where, story.AGENCY, "reception")
    problem(desk.post(rating(reference), {"satisfied": True}), 403, "not_allowed")

    given = me.post(rating(reference), {"satisfied": False}, key="rate-1").ok(201).body
    assert given["satisfied"] is False
    assert me.post(rating(reference), {"satisfied": False}, key="rate-1").ok(201).body == given
    problem(me.post(rating(reference), {"satisfied": True}, key="rate-1"), 409, "key_reused")
    assert problem(me.post(rating(reference), {"satisfied": True}), 409, "already_rated")["satisfied"] is False
    assert me.get(rating(reference)).ok().body == given == desk.get(rating(reference)).ok().body
    assert sum(each["type"] == "vn.motcua.dossier.rated" for each in events(where, reference)) == 1

    cloud.wait_idle()
    assert share(where) == (satisfied, rated + 1)
    year = utc_now().astimezone(ZONE).year
    month = f"{utc_now().astimezone(ZONE):%Y-%m}"
    told = story.citizen(where).get(f"/v1/measures?unit={story.AGENCY}&period={month}").ok().body
    one = next(each for each in told["indicators"] if each["id"] == "satisfaction_share")
    assert (one["numerator"], one["denominator"], one["ratio"]) == (None, None, None), "a month that runs tells nobody"
    assert one["dataQualityStatus"] == "withheld"
    behind = whole_list(desk, f"/v1/measures/{story.AGENCY}/dossiers?count=rated&period={year}", "dossiers")
    assert [each["dossier"] for each in behind].count(reference) == 1


def test_a_dossier_without_a_result_is_not_rated_and_a_strangers_is_none(where, small_scan):
    me = story.citizen(where, **story.somebody())
    sent = story.submit(me, ready(me, small_scan)).ok(201).body["reference"]
    problem(me.post(rating(sent), {"satisfied": True}), 409, "forbidden_step")
    stranger = story.citizen(where, **story.somebody())
    same_shape(stranger.post(rating(sent), {"satisfied": True}), stranger.post(rating(NOBODYS), {"satisfied": True}))
    assert rules(me.post(rating(sent), {"satisfied": "yes"})) == {"/satisfied": "bool_type"}
