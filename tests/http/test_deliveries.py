"""Where a result goes beside the vault, over HTTP: wished for, brought once, handed over against a proof."""

import pytest
import requests

from chalicelib.kernel import aws
from infra.demo import story
from tests.http.test_supplement import dropped_slip
from tests.support.asserts import problem, rules
from tests.support.world import OTHER_AGENCY, officer_of, partition, ready

HOME = {"name": "Nguyễn Thị Hoa", "phone": "0912345678", "address": "số 12, thôn Đông, xã Vĩnh Phước"}
AGENT = {"to": "agent", "name": "Trần Văn Thưởng", "number": "087084000999", "proof": "signature"}


@pytest.fixture(scope="module")
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture(scope="module")
def submitted(me, small_scan):
    """A dossier whose holder may say where its result is to go."""
    return str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])


def deliveries(who, reference):
    return who.get(f"/v1/dossiers/{reference}/deliveries").ok().body


def of(who, reference):
    return {each["destination"]: each for each in deliveries(who, reference)["deliveries"]}


def ask(who, reference, destination, *, key=None, **more):
    return who.post(f"/v1/dossiers/{reference}/deliveries", {"destination": destination, **more}, key=key)


def hand(who, reference, destination="counter", *, key=None, **said):
    body = {"to": "applicant", "proof": "signature", "paper": "print", **said}
    return who.post(f"/v1/dossiers/{reference}/deliveries/{destination}/handover", body, key=key)


def flows(cloud, reference):
    """The executions that show where a dossier's result goes."""
    cloud.wait_idle()
    return [each for each in cloud.executions("Delivery") if each["name"].startswith(f"{reference}.")]


def ends(flow):
    """What an execution ended with, by destination."""
    return {each["destination"]: (each["outcome"], each["document"]) for each in flow["output"]}


def entered(flow):
    """How many states an execution entered."""
    machine = aws.client("stepfunctions")
    (arn,) = [m["stateMachineArn"] for m in machine.list_state_machines()["stateMachines"] if m["name"] == "Delivery"]
    run = f"{arn.replace(':stateMachine:', ':execution:')}:{flow['name']}"
    told = machine.get_execution_history(executionArn=run, maxResults=1000)
    return sum(event["type"].endswith("StateEntered") for event in told["events"])


def test_a_result_goes_where_its_holder_wishes_and_is_returned_then(cloud, where, me, submitted):
    desk = story.officer(where, "reception")
    assert {name: each["progress"] for name, each in of(me, submitted).items()} == {"vault": "asked"}
    ask(me, submitted, "app").ok(201)
    ask(me, submitted, "post", address=HOME).ok(201)
    ask(desk, submitted, "counter").ok(201)
    problem(hand(desk, submitted), 409, "no_result_yet")
    story.through_the_desks(where, me, submitted)
    cloud.wait_idle()
    story.until("the app", lambda: of(me, submitted)["app"]["progress"] == "delivered")
    cloud.wait_idle()
    seen = of(me, submitted)
    assert {name: each["progress"] for name, each in seen.items()} == {
        "vault": "delivered", "app": "delivered", "post": "delivered", "counter": "waiting",
    }  # fmt: skip
    code = seen["vault"]["document"]
    assert {each["document"] for each in seen.values()} == {code}
    assert seen["app"]["receipt"].startswith("app-")
    assert [each["outcome"] for each in seen["app"]["attempts"]] == ["delivered"]
    assert deliveries(me, submitted)["waits"] is True
    assert story.dossier(me, submitted)["state"]["code"] == 9
    kept = {name: [p for p in cloud.carriers.kept[name] if p["document"] == code] for name in ("app", "post")}
    assert [len(each) for each in kept.values()] == [1, 1]
    assert (kept["app"][0]["receiver"], kept["app"][0]["address"]) != (None, HOME)
    assert kept["post"][0]["address"] == HOME
    assert requests.get(kept["app"][0]["link"], timeout=60).content.startswith(b"%PDF")

    (flow,) = flows(cloud, submitted)
    assert flow["status"] == "RUNNING", "the counter is waited for"

    problem(hand(desk, submitted, paper="original", conversion="none"), 409, "conversion_not_valid")
    assert story.dossier(me, submitted)["state"]["code"] == 9
    them = {**AGENT, "authorisation": dropped_slip(desk, submitted)}
    done = hand(desk, submitted, key="hand", **them).ok().body
    assert hand(desk, submitted, key="hand", **them).ok().body["deliveries"] == done["deliveries"]
    problem(hand(desk, submitted, key="hand"), 409, "key_reused")
    problem(hand(desk, submitted), 409, "not_handed_over")
    cloud.wait_idle()
    assert story.dossier(me, submitted)["state"]["code"] == 10
    assert deliveries(me, submitted)["waits"] is False
    (flow,) = flows(cloud, submitted)
    assert flow["status"] == "SUCCEEDED"
    assert ends(flow) == {"app": ("delivered", code), "post": ("delivered", code), "counter": ("handed_over", code)}
    assert entered(flow) == 1 + 3, "one, and one a destination"
    assert partition(where, "Dossiers", f"AWAITED#{submitted}") == []
    taken = of(me, submitted)["counter"]
    assert taken["progress"] == "handed_over"
    assert (taken["handed_over"]["to"], taken["handed_over"]["proof"]) == (AGENT["name"], "signature")
    line = next(x for x in me.get("/v1/vault/access?order=newest").ok().body["lines"] if x["route"] == "deliveries")
    assert (line["document"], line["officer"]) == (code, "Ứng dụng định danh quốc gia")


def test_what_was_returned_may_go_to_the_app_later_and_stays_returned(cloud, where, finished, holder):
    cloud.carriers.behave(app="slow")
    ask(holder, finished.reference, "app", key="later").ok(201)
    ask(holder, finished.reference, "app", key="later").ok(201)
    cloud.wait_idle()
    assert of(holder, finished.reference)["app"]["progress"] == "waiting"
    cloud.carriers.behave(app="well")
    assert story.dossier(holder, finished.reference)["state"]["code"] == 10
    assert of(story.officer(where, "processing"), finished.reference)["app"]["attempts"][0]["outcome"] == "taken"


def test_who_refuses_is_parked_and_begun_again_by_an_officer(cloud, where, finished):
    desk, path = story.officer(where, "processing"), f"/v1/dossiers/{finished.reference}/deliveries/register/retry"
    problem(desk.post(path, {}), 404, "not_found")
    cloud.carriers.behave(register="refuses")
    ask(desk, finished.reference, "register").ok(201)
    cloud.wait_idle()
    parked = of(desk, finished.reference)["register"]
    assert (parked["progress"], parked["why"]) == ("parked", "refused")
    flow = flows(cloud, finished.reference)[-1]
    assert flow["status"] == "RUNNING", "a person begins it again"
    cloud.carriers.behave(register="well")
    desk.post(path, {}).ok()
    cloud.wait_idle()
    assert of(desk, finished.reference)["register"]["progress"] == "delivered"
    mine = [each for each in flows(cloud, finished.reference) if "register" in each["input"]["destinations"]]
    assert [(each["name"], each["status"]) for each in mine] == [(flow["name"], "SUCCEEDED")]
    problem(desk.post(path, {}), 409, "not_parked")


def test_the_app_is_its_holders_own_wish_and_a_register_the_agencys(where, finished, holder):
    desk = story.officer(where, "reception")
    problem(ask(desk, finished.reference, "app"), 403, "not_allowed")
    problem(ask(holder, finished.reference, "register"), 403, "not_allowed")
    stranger = story.citizen(where, **story.somebody())
    for who in (stranger, officer_of(where, OTHER_AGENCY, "reception")):
        problem(who.get(f"/v1/dossiers/{finished.reference}/deliveries"), 404, "not_found")
        problem(ask(who, finished.reference, "counter"), 404, "not_found")


def test_what_is_wrong_is_named(where, finished, holder):
    reference = finished.reference
    for body, pointer in ((("post", {}), "/address"), (("counter", {"address": HOME}), "/address")):
        answer = ask(holder, reference, body[0], **body[1])
        problem(answer, 422, "body_invalid")
        assert rules(answer) == {pointer: "address_of_post"}
    ask(holder, reference, "post", address=HOME).ok(201)
    problem(ask(holder, reference, "post", address=HOME), 409, "delivery_twice")
    desk = story.officer(where, "reception")
    problem(hand(desk, reference, "nowhere"), 404, "not_found")
    problem(ask(holder, reference, "moon"), 422, "body_invalid")


def test_by_post_the_number_of_its_receipt_is_the_proof(cloud, where, me, small_scan):
    cloud.carriers.behave(post="refuses")
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    ask(me, reference, "post", address=HOME).ok(201)
    story.through_the_desks(where, me, reference)
    cloud.wait_idle()
    cloud.carriers.behave(post="well")
    desk = story.officer(where, "reception")
    assert of(desk, reference)["post"]["progress"] == "parked"
    answer = hand(desk, reference, "post", to="agent", proof="postal_receipt")
    assert rules(answer) == {"/name": "required", "/number": "required", "/proof_number": "required"}
    hand(desk, reference, "post", proof="postal_receipt", proof_number="EM123456789VN").ok()
    cloud.wait_idle()
    assert story.dossier(me, reference)["state"]["code"] == 10


def test_a_wish_is_withdrawn_while_nothing_was_sent_and_refused_by_name_afterwards(cloud, where, me, small_scan):
    def take_back(who, destination, key=None):
        return who.post(f"/v1/dossiers/{reference}/deliveries/{destination}/withdrawal", {}, key=key)

    desk = story.officer(where, "reception")
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    problem(take_back(me, "post"), 404, "not_found")
    ask(me, reference, "post", address=HOME).ok(201)
    ask(me, reference, "app").ok(201)
    ask(desk, reference, "counter").ok(201)
    problem(take_back(me, "counter"), 403, "not_allowed")
    problem(take_back(desk, "post"), 403, "not_allowed")
    problem(take_back(story.citizen(where, **story.somebody()), "post"), 404, "not_found")
    for _ in range(2):
        done = take_back(me, "post", key="back").ok().body
    assert next(x for x in done["deliveries"] if x["destination"] == "post")["progress"] == "withdrawn"
    problem(take_back(me, "post"), 409, "delivery_under_way")
    assert flows(cloud, reference) == [], "there is no result yet"
    ask(me, reference, "post", address=HOME).ok(201)
    take_back(me, "post").ok()
    story.through_the_desks(where, me, reference)
    cloud.wait_idle()
    code = of(me, reference)["vault"]["document"]
    assert [p for p in cloud.carriers.kept["post"] if p["document"] == code] == []
    assert problem(take_back(me, "app"), 409, "delivery_under_way")["progress"] == "delivered"
    hand(desk, reference).ok()
    cloud.wait_idle()
    assert story.dossier(me, reference)["state"]["code"] == 10, "nobody waits for what was withdrawn"
    rows = [row for row in partition(where, "Dossiers", reference) if row["sk"].startswith("EVENT#")]
    told = [row["data"] for row in rows if row["type"] == "vn.motcua.delivery.settled"]
    assert [each["destination"] for each in told if each["outcome"] == "withdrawn"] == ["post", "post"]
    assert "sealed" not in next(r for r in partition(where, "Dossiers", reference) if r["sk"] == "DELIVERY#post")
