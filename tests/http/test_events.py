"""Events for other houses over HTTP: an agency's system subscribes, reads its feed, and is refused by name."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, ready

EVENTS, SUBSCRIPTIONS = "/v1/events", "/v1/subscriptions"


def system(where, agency):
    """An agency's system with credentials of its own."""
    return Client.login(where, sub=f"lgsp-{agency}", kind="SERVICE", name="LGSP", agency=agency, roles=["integration"])


@pytest.fixture(scope="module")
def followed(cloud, where, small_scan):
    """The systems of two agencies that follow their dossiers, and a dossier before the first."""
    ours, others = system(where, story.AGENCY), system(where, OTHER_AGENCY)
    for each in (ours, others):
        each.post(SUBSCRIPTIONS, {}).ok(201)
    me = story.citizen(where, **story.somebody())
    reference = story.submit(me, ready(me, small_scan)).ok(201).body["reference"]
    cloud.wait_idle()
    return ours, others, reference


def all_of(client, reference=""):
    """All events of a feed, of one dossier where it is said."""
    found, after = [], ""
    while True:
        page = client.get(f"{EVENTS}?limit=100&after={after}").ok().body
        found += page["events"]
        after = page["next"]
        if not page["more"]:
            return [each for each in found if reference in ("", each["subject"])], after


def test_an_agencys_system_reads_what_happened_to_its_dossiers(cloud, followed):
    ours, others, reference = followed
    events, after = all_of(ours, reference)
    assert [each["type"] for each in events] == ["vn.motcua.dossier.submitted"]
    assert events[0]["data"]["agency"] == story.AGENCY
    assert all_of(others, reference)[0] == []
    assert ours.get(f"{EVENTS}?after={after}").ok().body["events"] == []
    desk = story.officer(ours.where, "reception")
    desk.post(f"/v1/tasks/{reference}.0-commune.receive/complete", {"outcome": "accepted"}).ok()
    cloud.wait_idle()
    later = ours.get(f"{EVENTS}?after={after}").ok().body["events"]
    assert "vn.motcua.dossier.accepted" in {each["type"] for each in later if each["subject"] == reference}
    assert [each["sequence"] for each in later] == sorted(each["sequence"] for each in later)


def test_an_officer_reads_the_feed_of_their_agency(followed, where):
    _, _, reference = followed
    assert all_of(officer_of(where, story.AGENCY, "processing"), reference)[0]


def test_who_never_subscribed_is_told_how(where):
    problem(system(where, "H01.10.99").get(EVENTS), 404, "not_followed")


def test_a_systems_other_role_reads_its_events_and_keeps_no_subscription(where):
    scanner = Client.login(where, sub="s", kind="SERVICE", name="S", agency=story.AGENCY, roles=["scanning"])
    problem(scanner.get(SUBSCRIPTIONS), 403, "not_allowed")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("after=x", "/after"), ("limit=9", "/limit"), ("limit=101", "/limit"), ("limit=x", "/limit"), ("x=1", "/x")],
)
def test_a_wrong_query_is_refused_by_name(followed, query, pointer):
    answer = followed[0].get(f"{EVENTS}?{query}")
    problem(answer, 422, "body_invalid")
    assert answer.body["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"url": "https://127.0.0.1/"}, "/url"),
        ({"url": "http://nhan.example.vn/"}, "/url"),
        ({"url": "https://nhan.example.vn@10.0.0.1/"}, "/url"),
        ({"url": 1}, "/url"),
        ({"types": ["vn.motcua.draft.saved"]}, "/types/0"),
        ({"secret": "whsec_x"}, "/secret"),
    ],
)
def test_a_wrong_subscription_is_refused_by_name(followed, body, pointer):
    answer = followed[0].post(SUBSCRIPTIONS, body)
    problem(answer, 422, "body_invalid")
    assert answer.body["errors"][0]["pointer"] == pointer


def test_a_webhook_lives_from_its_secret_to_its_end(where):
    ours = system(where, "H01.10.77")
    opened = ours.post(SUBSCRIPTIONS, {"url": "https://nhan.example.vn/hooks"}).ok(201)
    name = opened.body["id"]
    assert opened.body["secret"].startswith("whsec_")
    at = f"{SUBSCRIPTIONS}/{name}"
    shown = ours.get(at).ok().body
    assert "secret" not in shown
    assert (shown["delivery"], shown["secrets_until"], shown["version"]) == ("active", [None], 1)
    fresh = ours.post(f"{at}/secrets", {}).ok().body
    assert fresh["secret"] not in (opened.body["secret"], None)
    assert len(fresh["secrets_until"]) == 2
    assert ours.post(f"{at}/redelivery", {}).ok().body["version"] == 3
    problem(ours.post(f"{at}/redelivery", {"since": "2026-11-27T00:00:00"}), 422, "body_invalid")
    assert [each["id"] for each in ours.get(SUBSCRIPTIONS).ok().body["subscriptions"]] == [name]
    ours.post(f"{at}/end", {}).ok()
    problem(ours.get(at), 404, "not_found")


def test_a_portal_follows_what_it_filed(where):
    dvc = Client.login(where, sub="dvc", kind="PORTAL", client_id="dvc-events", roles=[])
    dvc.post(SUBSCRIPTIONS, {}).ok(201)
    assert dvc.get(EVENTS).ok().body["events"] == []
