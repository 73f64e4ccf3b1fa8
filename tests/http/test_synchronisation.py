"""The national portal is told of a dossier through its life, over HTTP: each step once, in order, seen by who may."""

import json

import pytest

from infra.demo import story
from infra.local.cloud import LocalCloud
from infra.local.national_portal import MOUNT, UNIT, USERNAME
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, ready


@pytest.fixture(scope="module")
def portal(cloud):
    """The portal of a stage that is connected to one, while this file runs."""
    if not isinstance(cloud, LocalCloud):
        pytest.skip("a deployed stage has its portal from its parameters")
    base = cloud.url + MOUNT
    connection = {"auth": f"{base}/auth", "data": f"{base}/data", "unit": UNIT, "username": USERNAME}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_NATIONAL_PORTAL", json.dumps(connection))
        patch.setenv("MOTCUA_NATIONAL_PORTAL_KEY", "password")
        yield cloud.national_portal
    cloud.national_portal.behave("well")


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def submitted(portal, me, small_scan):
    return str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])


def synchronisation(who, reference):
    return who.get(f"/v1/dossiers/{reference}/synchronisation").ok().body


def redeliver(who, reference, key=None):
    return who.post(f"/v1/dossiers/{reference}/synchronisation/redelivery", {}, key=key)


def tick(cloud):
    """The clock calls, once all that was told before is noted."""
    cloud.wait_idle()
    cloud.functions.call("delivery_synchronise", {})


def test_the_portal_has_each_step_of_a_dossier_once_and_in_order(cloud, where, portal, me, submitted):
    tick(cloud)
    assert synchronisation(me, submitted)["progress"] == "waiting", "it has no code yet"
    story.through_the_desks(where, me, submitted)
    portal.behave("exists")
    for _ in range(2):
        tick(cloud)
    portal.behave("well")
    found = synchronisation(me, submitted)
    code = story.dossier(me, submitted)["dossier_code"]
    assert (found["progress"], found["portal_code"]) == ("synchronised", code)
    steps = [each for each in me.get(f"/v1/dossiers/{submitted}/timeline").ok().body["events"] if each["state"]]
    told = portal.steps_of(code)
    assert [each["TrangThai"] for each in told] == [str(each["state"]["code"]) for each in steps]
    assert [each["TrangThaiHoSo"] for each in portal.records[code]] == [each["TrangThai"] for each in told]
    assert found["told_step"] == found["newest_step"] == steps[-1]["number"]
    record = portal.records[code][-1]
    assert record["DanhSachGiayToKetQua"][0]["MaGiayToKetQua"] == f"{code}-KQ1"
    assert synchronisation(story.officer(where, "processing"), submitted) == found

    assert redeliver(story.officer(where, "reception"), submitted).ok().body["progress"] == "waiting"
    problem(redeliver(story.officer(where, "reception"), submitted), 409, "nothing_to_redeliver")
    tick(cloud)
    assert portal.steps_of(code) == told
    assert len(portal.records[code]) == len(told) + 1


def test_what_the_portal_refuses_is_listed_to_its_agency_and_told_on_request(cloud, where, portal, me, submitted):
    story.through_the_desks(where, me, submitted)
    portal.behave("refuses")
    tick(cloud)
    portal.behave("well")
    found = synchronisation(me, submitted)
    assert (found["progress"], found["why"], found["error_code"]) == ("parked", "refused", "99")
    leader = story.officer(where, "leader")
    listed = leader.get("/v1/synchronisations/parked").ok().body["synchronisations"]
    assert submitted in [each["reference"] for each in listed]
    other = officer_of(where, OTHER_AGENCY, "leader").get("/v1/synchronisations/parked").ok().body
    assert submitted not in [each["reference"] for each in other["synchronisations"]]
    problem(redeliver(me, submitted), 403, "not_allowed")
    redeliver(leader, submitted).ok()
    tick(cloud)
    assert synchronisation(me, submitted)["progress"] == "synchronised"
    code = story.dossier(me, submitted)["dossier_code"]
    states = [int(each["TrangThai"]) for each in portal.steps_of(code)]
    assert states == sorted(set(states))


@pytest.mark.parametrize("way", ["mute", "slow", "nonsense"])
def test_what_the_portal_does_is_seen_and_nothing_is_told_twice(cloud, where, portal, me, submitted, way):
    story.through_the_desks(where, me, submitted)
    portal.behave(way)
    for _ in range(2):
        tick(cloud)
    portal.behave("well")
    found = synchronisation(me, submitted)
    assert (found["progress"], found["attempts"][-1]["outcome"]) == ("retrying", "unreachable")
    assert found["next_at"]
    assert len(portal.steps_of(story.dossier(me, submitted)["dossier_code"])) <= 1


def test_a_portal_that_logs_nobody_in_costs_no_try(cloud, where, portal, me, submitted):
    story.through_the_desks(where, me, submitted)
    portal.behave("down")
    for _ in range(2):
        tick(cloud)
    portal.behave("well")
    found = synchronisation(me, submitted)
    assert (found["progress"], found["attempts"], found["doubtful_step"]) == ("waiting", [], None)
    tick(cloud)
    assert synchronisation(me, submitted)["progress"] == "synchronised"


def test_who_may_not_read_the_dossier_sees_none(cloud, where, portal, submitted):
    tick(cloud)
    stranger = story.citizen(where, **story.somebody())
    for who in (stranger, officer_of(where, OTHER_AGENCY, "reception")):
        problem(who.get(f"/v1/dossiers/{submitted}/synchronisation"), 404, "not_found")
        problem(redeliver(who, submitted), *((403, "not_allowed") if who is stranger else (404, "not_found")))
