"""Notices leave the portal by e-mail, SMS and the app, over HTTP: once each, with failover, seen by who may."""

import json

import pytest

from infra.demo import story
from infra.local.cloud import LocalCloud
from infra.local.senders import CHANNELS, MOUNT
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, ready


@pytest.fixture(scope="module")
def senders(cloud):
    """The providers of a stage that has them, while this file runs."""
    if not isinstance(cloud, LocalCloud):
        pytest.skip("a deployed stage has its channels from its parameters")
    urls = [f"{cloud.url}{MOUNT}/{name}" for name in ("first", "second")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_NOTICES", json.dumps(dict.fromkeys(CHANNELS, urls)))
        yield cloud.senders
    cloud.senders.behave(first="well", second="well")


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def submitted(senders, me, small_scan):
    return str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])


def sendings(who, reference):
    return who.get(f"/v1/dossiers/{reference}/notices/sendings").ok().body["sendings"]


def tick(cloud):
    """The clock calls, once all that was told before is queued."""
    cloud.wait_idle()
    cloud.functions.call("delivery_notify", {})


def kept(senders, reference, provider="first"):
    return [each for each in senders.kept[provider] if each["id"].startswith(reference)]


def test_each_transition_reaches_its_person_once_and_is_seen_beside_its_notices(cloud, where, senders, me, submitted):
    tick(cloud)
    story.through_the_desks(where, me, submitted)
    for _ in range(2):
        tick(cloud)
    notices = me.get(f"/v1/dossiers/{submitted}/notices").ok().body["notices"]
    seen = sendings(me, submitted)
    assert {each["progress"] for each in seen} == {"delivered"}
    for channel, receiver in (("sms", "applicant"), ("app", "holder")):
        mine = [each for each in seen if each["channel"] == channel]
        assert {each["receiver"] for each in mine} == {receiver}
        assert [each["notice_at"] for each in mine] == [each["at"] for each in notices]
        assert len([each for each in kept(senders, submitted) if each["channel"] == channel]) == len(notices)
    code = story.dossier(me, submitted)["dossier_code"]
    texts = [each["text"] for each in kept(senders, submitted) if each["channel"] == "sms"]
    assert code in texts[-1]
    assert not any(word in text for text in texts for word in ("Liễu", "Lieu", "khai sinh"))
    assert sendings(story.officer(where, "processing"), submitted) == seen


def test_a_provider_that_refuses_is_followed_by_the_second(cloud, senders, me, submitted):
    senders.behave(first="refuses")
    tick(cloud)
    senders.behave(first="well")
    for each in sendings(me, submitted):
        tries = [(a["provider"], a["outcome"]) for a in each["attempts"]]
        assert (each["progress"], tries) == ("delivered", [(1, "refused"), (2, "accepted")])
    assert (kept(senders, submitted), len(kept(senders, submitted, "second"))) == ([], len(sendings(me, submitted)))


@pytest.mark.parametrize(
    ("way", "progress"), [("bounces", "bounced"), ("slow", "sent"), ("mute", "queued"), ("nonsense", "queued")]
)
def test_what_a_provider_does_is_seen(cloud, senders, me, submitted, way, progress):
    senders.behave(first=way)
    for _ in range(2):
        tick(cloud)
    senders.behave(first="well")
    assert {each["progress"] for each in sendings(me, submitted)} == {progress}
    held = 0 if way == "nonsense" else len(sendings(me, submitted))
    assert len(kept(senders, submitted)) == held


def test_who_may_not_read_the_dossier_sees_none(cloud, where, senders, submitted):
    tick(cloud)
    stranger = story.citizen(where, **story.somebody())
    for who in (stranger, officer_of(where, OTHER_AGENCY, "reception")):
        problem(who.get(f"/v1/dossiers/{submitted}/notices/sendings"), 404, "not_found")


def test_an_officer_has_a_notice_begun_again_that_was_given_up(cloud, where, senders, me, submitted):
    def renew(who, name, key=None):
        return who.post(f"/v1/dossiers/{submitted}/notices/sendings/{name}/retry", {}, key=key)

    senders.behave(first="refuses", second="refuses")
    tick(cloud)
    stopped = sendings(me, submitted)[0]
    assert (stopped["progress"], stopped["why"]) == ("given_up", "refused")
    name, desk = stopped["name"], story.officer(where, "reception")
    problem(renew(me, name), 403, "not_allowed")
    problem(renew(officer_of(where, OTHER_AGENCY, "reception"), name), 404, "not_found")
    problem(renew(desk, "000099.sms.applicant"), 404, "not_found")
    senders.behave(first="well", second="well")
    for _ in range(2):
        seen = {each["name"]: each for each in renew(desk, name, key="again").ok().body["sendings"]}
    assert (seen[name]["progress"], seen[name]["why"], bool(seen[name]["renewed_at"])) == ("queued", None, True)
    tick(cloud)
    seen = {each["name"]: each for each in sendings(me, submitted)}
    assert seen[name]["progress"] == "delivered"
    assert problem(renew(desk, name), 409, "notice_not_given_up")["progress"] == "delivered"
