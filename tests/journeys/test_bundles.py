"""A child is born, and somebody dies: one e-form each, several agencies, each result as soon as it is there.

Every event is delivered twice. Times pass by the clock that the sweep is given.
"""

import itertools
from collections import Counter
from contextlib import closing
from types import SimpleNamespace

import pytest

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.resume import Resumption
from chalicelib.onestop.store import StepFunctions, Table
from infra.command.place import Place
from infra.demo import story
from tests.support.asserts import problem
from tests.support.bundles import (
    BIRTH,
    DEATH,
    Bus,
    birth_form,
    children_of,
    death_form,
    desk,
    missed,
    opened,
    settle,
    start,
    sweep,
)
from tests.support.world import aws, between, events, flows_of, parked, partition

POLICE, CARDS, INSURANCE = "H01.10.24.01", "H01.60.01", "H01.60.02"
TIMES = {("sync", False), ("sync", True), ("acknowledge", False), ("acknowledge", True), ("defects", False)}
REFUSAL = {"reason": "Nơi đăng ký thường trú không thuộc xã này", "basis": "Luật Cư trú, Điều 20"}
ASKED = {
    "items": [
        {
            "target": "1.014137.C1",
            "reason": "INACCURATE",
            "basis": "Nghị định 188/2025/NĐ-CP",
            "remedy": "Nộp bản chụp rõ giấy khai sinh",
        }
    ]
}


def lived(cloud, scan, procedure, form, stages):
    """A bundle from its e-form to the last result, so late that each of its times passes."""
    where, bus, later = cloud.where(), Bus(), itertools.count(30, 30)
    me = story.citizen(where, **story.somebody())
    with between(cloud, bus), closing(bus):
        bus.gate.clear()
        parent = start(me, procedure, form, scan)
        for legs in stages:
            for leg in legs:
                story.until(f"{leg}: its turn", lambda leg=leg: opened(where, parent, leg))
            for _ in range(2):  # once for the miss, once for the time to mend it
                sweep(where, me, parent, days=next(later))
            bus.gate.set()
            for leg in legs:
                story.until(leg, lambda leg=leg: children_of(me, parent).get(leg))
            for _ in range(2):
                sweep(where, me, parent, days=next(later))
            children = [children_of(me, parent)[leg] for leg in legs]
            for child in children:
                desk(where, child, "receive", "accepted").ok()
            sweep(where, me, parent, days=next(later))
            *others, last = children
            for child in others:
                settle(where, me, child, accepted=True)
            bus.gate.clear()
            if legs is stages[-1]:
                bus.gate.set()
            settle(where, me, last, accepted=True)
        done = story.until("the bundle", lambda: story.returned(me, parent))
        cloud.wait_idle(120)
    return SimpleNamespace(
        where=where, me=me, parent=parent, done=done, bus=bus, legs=[leg for legs in stages for leg in legs]
    )


@pytest.fixture(scope="module")
def birth(cloud, small_scan):
    """A birth with an identity card."""
    stages = (("0-birth",), ("1-health_card", "1-residence"), ("2-identity_card",))
    return lived(cloud, small_scan, BIRTH, birth_form(wants_card=True), stages)


@pytest.fixture(scope="module")
def death(cloud, small_scan):
    """A death with a monthly benefit that ends, and the allowance for persons of merit after it."""
    stages = (("0-death",), ("1-deletion", "1-stop_benefit"), ("2-merit",))
    return lived(cloud, small_scan, DEATH, death_form(), stages)


@pytest.fixture(params=["birth", "death"])
def life(request):
    """Each of both bundles."""
    return request.getfixturevalue(request.param)


def test_a_bundle_goes_from_the_form_to_the_last_result(life):
    assert life.done["state"]["code"] == 10
    children = children_of(life.me, life.parent)
    assert {leg: children[leg]["outcome"] for leg in life.legs} == dict.fromkeys(life.legs, "done")
    line = life.me.get(f"/v1/dossiers/{life.parent}/timeline").ok().body
    assert line["unbroken"]
    assert [e["state"]["code"] for e in line["events"] if e["state"]] == [1, 2, 4, 9, 10]


def test_each_child_is_one_dossier_with_one_result_though_every_event_came_twice(life):
    assert {"submission_start_child", "onestop_drive_bundle"} <= life.bus.twice
    told = Counter(
        e["type"].removeprefix("vn.motcua.") for e in events(life.where, life.parent) if e["pk"] == life.parent
    )
    assert told["bundle.child_started"] == told["bundle.leg_opened"] - told["bundle.leg_skipped"] == len(life.legs)
    assert told["bundle.settled"] == told["dossier.accepted"] == told["dossier.returned"] == 1
    for leg in life.legs:
        child = story.dossier(life.me, children_of(life.me, life.parent)[leg]["reference"])
        assert (child["parent"], child["leg"], len(child["results"])) == (life.parent, leg, 1)
        assert child["holder_name"] == life.done["holder_name"]
        assert child["state"]["code"] == 10


def test_each_time_of_each_leg_was_told_once(life):
    told = Counter(missed(life.where, life.parent))
    assert set(told.values()) == {1}
    assert {(leg, *time) for leg in life.legs for time in TIMES} <= set(told)


def test_the_owners_consent_has_a_time_of_its_own(birth):
    assert ("1-residence", "consent", False) in missed(birth.where, birth.parent)


def test_who_is_late_with_a_child_is_told_on_its_own_lists(life):
    for leg in life.legs:
        child = children_of(life.me, life.parent)[leg]["reference"]
        late = [
            e["data"] for e in events(life.where, child) if e["type"] == "vn.motcua.task.overdue" and e["pk"] == child
        ]
        assert {each["kind"] for each in late} >= {"receive", "verify"}


def test_children_are_before_their_own_agencies_with_the_terms_of_the_bundle(birth):
    children = children_of(birth.me, birth.parent)
    assert {leg: each["agency"] for leg, each in children.items()} == {
        "0-birth": story.AGENCY,
        "1-residence": POLICE,
        "1-health_card": INSURANCE,
        "2-identity_card": CARDS,
    }
    due = birth.me.get(f"/v1/dossiers/{children['0-birth']['reference']}/due").ok().body
    assert "24" in str(due["explanation"])
    assert {leg: each["deadline"] for leg, each in children.items()}["2-identity_card"] == "5wd"


def test_a_child_has_its_parents_files_and_earlier_results_without_a_second_upload(birth):
    children = children_of(birth.me, birth.parent)
    own = story.dossier(birth.me, birth.parent)["components"]
    first = story.dossier(birth.me, children["0-birth"]["reference"])
    assert [c["sha256"] for c in first["components"]] == [c["sha256"] for c in own]
    card = story.dossier(birth.me, children["1-health_card"]["reference"])
    assert [(c["origin"], c["filename"]) for c in card["components"]] == [("result", f"{first['results'][0]}.pdf")]
    link = birth.me.get(f"/v1/dossiers/{card['reference']}/components/{card['components'][0]['id']}").ok().body
    assert link["sha256"] == card["components"][0]["sha256"]


def test_the_form_of_a_child_is_what_the_parent_answered(birth):
    children = children_of(birth.me, birth.parent)
    form = story.dossier(birth.me, children["1-residence"]["reference"])["form"]
    said = story.dossier(birth.me, birth.parent)["form"]["bundle"]
    assert (form["address"], form["declarant"]["full_name"]) == (said["address"], said["declarant"])


def test_what_the_applicant_does_not_want_is_not_started(death):
    ends = {leg: each["outcome"] for leg, each in children_of(death.me, death.parent).items()}
    assert (ends["2-insurance"], ends["2-protection"]) == ("not_wanted", "not_wanted")


def test_an_allowance_that_follows_the_end_of_a_benefit_has_its_decision(death):
    children = children_of(death.me, death.parent)
    ended = story.dossier(death.me, children["1-stop_benefit"]["reference"])["results"]
    papers = story.dossier(death.me, children["2-merit"]["reference"])["components"]
    assert f"{ended[0]}.pdf" in {c["filename"] for c in papers}


# --- what does not go well ----------------------------------------------------------------------------------------


@pytest.fixture
def begun(cloud, small_scan):
    """A birth whose registration has its result."""
    where = cloud.where()
    me = story.citizen(where, **story.somebody())
    parent = start(me, BIRTH, birth_form(wants_card=True), small_scan)
    first = story.until("birth", lambda: children_of(me, parent).get("0-birth"))
    return SimpleNamespace(where=where, me=me, parent=parent, first=first)


def of(begun, leg):
    return story.until(leg, lambda: children_of(begun.me, begun.parent).get(leg))


def test_without_its_first_result_nothing_else_is_started(begun):
    desk(begun.where, begun.first, "receive", "refused", **REFUSAL).ok()
    done = story.until("8", lambda: story.dossier(begun.me, begun.parent)["state"]["code"] == 8)
    assert done
    ends = {leg: each["outcome"] for leg, each in children_of(begun.me, begun.parent).items()}
    assert ends == {
        "0-birth": "refused",
        "1-residence": "not_started",
        "1-health_card": "not_started",
        "2-identity_card": "not_started",
    }


def test_a_refused_child_stops_what_needs_it_and_nothing_else_and_a_lapsed_one_is_stopped(begun):
    settle(begun.where, begun.me, begun.first)
    residence, card = of(begun, "1-residence"), of(begun, "1-health_card")
    desk(begun.where, residence, "receive", "refused", **REFUSAL).ok()
    desk(begun.where, card, "receive", "supplement", supplement=ASKED).ok()
    shown = children_of(begun.me, begun.parent)["1-health_card"]
    assert (shown["state"]["code"], bool(shown["answer_by"])) == (5, True)
    assert sweep(begun.where, begun.me, begun.parent, days=30).lapsed
    done = story.until("the bundle", lambda: story.returned(begun.me, begun.parent))
    ends = {each["leg"]: (each["outcome"], each["state"] and each["state"]["code"]) for each in done["children"]}
    assert ends == {
        "0-birth": ("done", 10),
        "1-residence": ("refused", 3),
        "1-health_card": ("stopped", 8),
        "2-identity_card": ("not_started", None),
    }


def test_a_withdrawn_bundle_stops_the_children_that_nobody_decided_and_says_why(cloud, begun):
    settle(begun.where, begun.me, begun.first)
    residence, card = of(begun, "1-residence"), of(begun, "1-health_card")
    desk(begun.where, card, "receive", "accepted").ok()
    begun.me.post(f"/v1/dossiers/{begun.parent}/withdrawal", {"reason": "Tôi làm ở nơi khác"}).ok()
    reception = story.officer(begun.where, "reception")
    task = story.until("withdrawal", lambda: story.task_of(reception, begun.parent, "withdrawal"))
    reception.post(f"/v1/tasks/{task}/complete", {"outcome": "stopped"}).ok()
    for child in (residence, card):
        ended = story.until("8", lambda child=child: _stopped(begun.me, child["reference"]))
        assert ended["holding"]["task"] == "stopped"
        told = begun.me.get(f"/v1/dossiers/{child['reference']}/notices").ok().body["notices"]
        assert [each["state"]["code"] for each in told if each["about"] == "state"][-2:] == [7, 8]
    assert story.returned(begun.me, begun.first["reference"]), "what was decided stays"
    cloud.wait_idle(120)
    assert parked(cloud, begun.parent, *(child["reference"] for child in (begun.first, residence, card))) == []


def _stopped(me, reference):
    found = story.dossier(me, reference)
    return found if found["state"]["code"] == 8 else None


@pytest.mark.parametrize("is_open", [False, True], ids=["opened by it", "open there"])
def test_an_error_in_an_earlier_result_goes_upstream_and_the_case_waits_for_the_new_one(begun, is_open):
    settle(begun.where, begun.me, begun.first)
    card = of(begun, "1-health_card")
    desk(begun.where, card, "receive", "accepted").ok()
    officer = story.officer(begun.where, "processing", agency=INSURANCE)
    path = f"/v1/dossiers/{card['reference']}/upstream"
    wrong = {"leg": "residence", "reason": "Ngày sinh không khớp giấy chứng sinh"}
    assert problem(officer.post(path, wrong), 422, "body_invalid")["errors"][0]["pointer"] == "/leg"
    story.until("10", lambda: story.returned(begun.me, begun.first["reference"]))
    first = f"/v1/dossiers/{begun.first['reference']}"
    if is_open:
        story.officer(begun.where, "processing").post(f"{first}/correction", {"reason": wrong["reason"]}).ok()
    correction = officer.post(path, wrong | {"leg": "birth"}).ok().body
    waits = story.dossier(begun.me, card["reference"])
    assert begun.me.get(first).ok().body["corrected_by"] == [waits["waits_for"]]
    told = begun.me.get(f"/v1/dossiers/{card['reference']}/notices").ok().body["notices"]
    assert [each["reason"] for each in told if each["about"] == "correction"] == [wrong["reason"]], "the clock stands"
    task = story.until("verify", lambda: story.task_of(officer, card["reference"], "verify"))
    refused = problem(officer.post(f"/v1/tasks/{task}/complete", {"outcome": "verified"}), 409, "waits_upstream")
    assert refused["correction"] == waits["waits_for"]
    assert correction["reference"] == card["reference"]
    settle(begun.where, begun.me, {**begun.first, "reference": waits["waits_for"]})
    again = story.until("on", lambda: _goes_on(begun.me, card["reference"]))
    told = begun.me.get(f"/v1/dossiers/{card['reference']}/notices").ok().body["notices"]
    (on,) = [each for each in told if each["about"] == "resumption"]
    assert (on["agency"], on["due_at"]) == (INSURANCE, again["due_at"]), "the clock runs, and to when"
    assert all((on["handler"], on["received_at"], on["processed_at"]))
    (corrected,) = story.dossier(begun.me, waits["waits_for"])["results"]
    assert all(f"{by} {corrected}" in on["reason"] for by in ("theo kết quả mới", "by the new result"))
    new = [c for c in again["components"] if c["superseded_by"] is None]
    assert [c["origin"] for c in new] == ["result"]
    assert new[0]["filename"] != next(c for c in waits["components"])["filename"]
    desk(begun.where, card, "verify", "verified").ok()
    (clock,) = (row for row in partition(begun.where, "Dossiers", card["reference"]) if row["sk"] == "CLOCK")
    assert [(mark["type"], mark["reason"]) for mark in clock["marks"]] == [("stop", "upstream"), ("resume", "upstream")]


def _goes_on(me, reference):
    found = story.dossier(me, reference)
    return None if found["waits_for"] else found


def test_a_bundle_whose_execution_was_killed_between_two_stages_goes_on(cloud, begun):
    with aws(begun.where, "stepfunctions") as client:
        machine = flows_of(client)
        arn = machine.replace(":stateMachine:", ":execution:") + f":{begun.parent}-1"
        client.stop_execution(executionArn=arn)
    settle(begun.where, begun.me, begun.first)
    with Place(begun.where).entered():
        resumption = Resumption(Table(), StepFunctions(), utc_now)
        story.until("the second attempt", lambda: resumption.resume(begun.parent).attempt == 2)  # once the first ended
    for leg in ("1-residence", "1-health_card"):
        assert of(begun, leg)["state"]["code"] == 1
