"""In whose hands a result comes: no officer sends it where they like, and nobody takes it by a name alone."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_deliveries import AGENT, HOME, ask, hand, of
from tests.http.test_supplement import dropped_slip
from tests.support.asserts import problem, rules
from tests.support.counter import holder_of, paper, scan, take_in
from tests.support.mandated import mandated, opened_for, person
from tests.support.world import ready


@pytest.fixture(scope="module")
def desk(where):
    return story.officer(where, "reception")


def take_back(who, reference, destination):
    return who.post(f"/v1/dossiers/{reference}/deliveries/{destination}/withdrawal", {})


def told(who, reference, about):
    """What the applicant is told beside the changes of state."""
    return [each["reason"] for each in notices(who, reference, about)]


def notices(who, reference, about):
    """The same, with their facts."""
    found = who.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"]
    return [each for each in found if each["about"] == about]


def test_no_officer_enters_an_address_for_who_filed_online(cloud, where, desk, small_scan):
    claims = story.somebody()
    me = story.citizen(where, **claims)
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    slip = {"name": "Nguyễn Thị Hoa", "number": claims["personal_id"], "slip": dropped_slip(desk, reference)}
    for role in ("reception", "processing", "leader"):
        officer = story.officer(where, role)
        for more in ({}, {"at_counter": slip}):
            assert rules(ask(officer, reference, "post", address=HOME, **more)) == {"/address": "applicants_own"}
    assert "post" not in of(me, reference)
    assert rules(ask(me, reference, "post", address=HOME, at_counter=slip)) == {"/at_counter": "forbidden"}
    ask(me, reference, "post", address=HOME).ok(201)
    assert told(me, reference, "delivery") == []


def test_at_the_counter_the_applicant_signs_for_the_address_and_may_take_it_back(where, desk, small_scan):
    body = paper()
    reference = take_in(desk, body).ok(201).body["reference"]
    me, number = holder_of(where, body), body["applicant"]["number"]
    assert rules(ask(desk, reference, "post", address=HOME)) == {"/at_counter": "required"}
    scan(desk, reference, small_scan)
    asked_for = story.until("the scan", lambda: story.dossier(me, reference)["components"])[0]["id"]
    present = {"name": "Nguyễn Thị Hoa", "number": "012345678901", "slip": asked_for}
    assert rules(ask(desk, reference, "post", address=HOME, at_counter=present)) == {
        "/at_counter/number": "not_concerned", "/at_counter/slip": "unknown",
    }  # fmt: skip
    present = {**present, "number": number, "slip": dropped_slip(desk, reference)}
    assert rules(ask(desk, reference, "counter", at_counter=present)) == {"/at_counter": "forbidden"}
    for _ in range(2):
        ask(desk, reference, "post", address=HOME, at_counter=present, key=f"slip-{number}").ok(201)
    (why,) = told(me, reference, "delivery")
    assert all(each in why for each in HOME.values()), "the applicant is told where it goes"
    problem(take_back(desk, reference, "post"), 403, "not_allowed")
    take_back(me, reference, "post").ok()
    assert of(me, reference)["post"]["progress"] == "withdrawn"
    ask(desk, reference, "counter").ok(201)
    problem(take_back(me, reference, "counter"), 403, "not_allowed")


def test_nobody_takes_a_result_by_a_name_alone(cloud, where, desk, small_scan):
    me = story.citizen(where, **story.somebody())
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    ask(desk, reference, "counter").ok(201)
    story.through_the_desks(where, me, reference)
    cloud.wait_idle()
    filed = story.dossier(me, reference)["components"][0]["id"]
    assert rules(hand(desk, reference, **AGENT)) == {"/authorisation": "required"}
    for wrong in ("nothing", filed):
        assert rules(hand(desk, reference, **AGENT, authorisation=wrong)) == {"/authorisation": "unknown"}
    assert of(me, reference)["counter"]["progress"] == "waiting"
    paper_of = dropped_slip(desk, reference)
    own = AGENT | {"number": story.somebody()["personal_id"]}
    officer = {"sub": "hand-own", "name": "Mai Tự Nhận", "agency": story.AGENCY, "personal_id": own["number"]}
    same = Client.login(where, kind="OFFICER", roles=["reception"], **officer)
    problem(hand(same, reference, **own, authorisation=paper_of), 403, "own_dossier")
    hand(desk, reference, **AGENT, authorisation=paper_of).ok()
    handed = of(me, reference)["counter"]["handed_over"]
    assert (handed["to"], handed["authorisation"]) == (AGENT["name"], paper_of)
    (why,) = told(me, reference, "handover")
    assert AGENT["name"] in why
    assert AGENT["number"] not in why


def test_the_applicant_is_told_that_they_took_a_paper_result(cloud, where, desk, small_scan):
    """Who never came hears of it: when, by which officer, by what proof."""
    me = story.citizen(where, **story.somebody())
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    ask(me, reference, "counter").ok(201)
    assert told(me, reference, "delivery") == [], "their own wish is told to nobody"
    story.through_the_desks(where, me, reference)
    cloud.wait_idle()
    hand(desk, reference, to="applicant", proof="identity_document", paper="print").ok()
    cloud.wait_idle()
    handed = of(me, reference)["counter"]["handed_over"]
    (found,) = notices(me, reference, "handover")
    assert (found["handler"], found["processed_at"]) == (handed["by"], handed["at"])
    assert "giấy tờ tùy thân" in found["reason"]
    assert "đứng tên" in found["reason"]


def test_whatever_an_officer_orders_of_a_result_is_told_however_it_was_filed(where, desk, small_scan):
    me = story.citizen(where, **story.somebody())
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    ask(desk, reference, "counter", key=f"counter-{reference}").ok(201)
    ask(desk, reference, "counter", key=f"counter-{reference}").ok(201)
    (why,) = told(me, reference, "delivery")
    assert "tại quầy" in why
    assert "at the counter" in why
    ask(desk, reference, "register").ok(201)
    _, second = told(me, reference, "delivery")
    assert "sổ đăng ký" in second
    assert "register" in second
    body = paper()
    on_paper = take_in(desk, body).ok(201).body["reference"]
    ask(desk, on_paper, "counter").ok(201)
    (found,) = notices(holder_of(where, body), on_paper, "delivery")
    assert (found["agency"], found["handler"]) == (story.AGENCY, story.OFFICERS["reception"]["name"])
    assert all((found["received_at"], found["processed_at"]))
    assert "tại quầy" in found["reason"]


def settle(where, reference, kind, role, outcome):
    officer = story.officer(where, role)
    story.complete(officer, story.until(kind, lambda: story.task_of(officer, reference, kind)), outcome).ok()


def test_no_officer_has_a_result_posted_to_a_representative_whose_mandate_was_revoked(cloud, where, small_scan):
    """One retried what was parked for it: the paper went to the former representative's home, and nobody was told."""
    principal, agent = person(where, "Nguyễn Thị Bích Liễu"), person(where, "Trần Văn Thưởng")
    mandate = mandated(cloud, principal, agent)
    reference = opened_for(agent, mandate)
    story.fill(agent.client, reference).ok()
    assert (
        story.checked(agent.client, reference, story.upload(agent.client, reference, small_scan))["status"]
        == "accepted"
    )
    story.submit(agent.client, reference).ok(201)
    ask(agent.client, reference, "post", address={**HOME, "name": agent.name}).ok(201)
    for step in story.STEPS[:2]:
        settle(where, reference, *step)
    cloud.wait_idle()
    story.confirm(principal.client, reference)
    principal.client.post(f"/v1/mandates/{mandate}/revocation", {"reason": "Tôi tự nhận kết quả"}).ok()
    cloud.wait_idle()
    settle(where, reference, "approve", "leader", "approved")
    story.until("parked", lambda: of(principal.client, reference)["post"]["progress"] == "parked" or None)
    officer = story.officer(where, "processing")
    problem(officer.post(f"/v1/dossiers/{reference}/deliveries/post/retry", {}), 409, "mandate_ended")
    assert of(principal.client, reference)["post"]["progress"] == "parked"
    take_back(principal.client, reference, "post").ok()
    ask(principal.client, reference, "post", address=HOME).ok(201)
