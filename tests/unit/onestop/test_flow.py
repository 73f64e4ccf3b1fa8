"""The driver, the decision, the result and its return; each event may come twice and out of order."""

import itertools
from copy import replace
from datetime import UTC, datetime

import pytest

from chalicelib.contracts.onestop import DossierDecided, DossierProcessed, FlowInput, LegInput, LegOutcome
from chalicelib.contracts.plan import PlannedLeg
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.numbers import _blocks
from chalicelib.dossier.reading import read_leg
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.law.states import DossierState
from chalicelib.onestop.flow import LEG_TIMEOUT, AlreadyDriven
from chalicelib.sealing.door import unseal
from chalicelib.vault.model import document_of
from infra.local.meter import KB, item_size
from tests.fakes import people
from tests.support.hall import LEG, Hall, signed_result

APPROVED = LegOutcome(outcome="approved", leg=LEG)


def result_of(hall, reference, number=1):
    return signed_result(reference, f"{hall.head(reference)['dossier_code']}-KQ{number}")


def stored(hall, reference):
    document = f"{hall.head(reference)['dossier_code']}-KQ1"
    return VaultStored(reference=reference, document=document, stored_at=stamp(hall.clock()))


def submitted_fact(hall, reference):
    return hall.told(reference, DossierSubmitted)[0]


def opened(hall, reference, token="token", attempt=1):
    leg = PlannedLeg(leg="commune", agency=people.OFFICE["id"])
    execution = f"{reference}-{attempt}"
    hall.flow.open_leg(LegInput(dossier=reference, stage=0, leg=leg, token=token, execution=execution))


# --- the driver ------------------------------------------------------------------------------------------------------


def test_a_submitted_dossier_is_driven_under_its_own_name_once(hall):
    reference = hall.submitted()
    for _ in range(2):
        hall.flow.start(submitted_fact(hall, reference))
    assert hall.driver.started == {
        f"{reference}-1": FlowInput(
            dossier=reference,
            attempt=1,
            stages=((PlannedLeg(leg="commune", agency=people.OFFICE["id"]),),),
            timeout=LEG_TIMEOUT,
        )
    }


def test_a_route_of_one_leg_needs_no_driver_and_is_decided_when_its_leg_is_reported(hall):
    reference = hall.submitted()
    hall.flow.start(submitted_fact(hall, reference), 2)
    for kind in ("receive", "verify", "approve"):
        assert "decided_at" not in hall.head(reference)
        hall.complete(reference, kind)
        for _ in range(2):
            hall.flow.report_leg(reference, LEG)
    assert hall.driver.started == {}
    assert hall.driver.calls == 0
    assert hall.rows.types(reference).count("dossier.decided") == 1


def test_a_route_of_two_legs_is_driven_also_where_one_is_not(tables):
    hall = two_legs(tables)
    reference = hall.submitted()
    hall.flow.start(submitted_fact(hall, reference), 2)
    assert list(hall.driver.started) == [f"{reference}-1"]


def two_legs(tables):
    """A hall whose procedure needs a part of another agency too."""
    (first,) = people.facts()["route"][0]
    return Hall(tables, route=[[first, {**first, "leg": "police", "agency": people.OTHER_OFFICE["id"]}]])


def test_the_driver_waits_and_is_told_when_the_leg_is_done(hall):
    reference = hall.submitted()
    opened(hall, reference)
    for kind in ("receive", "verify"):
        hall.complete(reference, kind)
        hall.flow.report_leg(reference, LEG)
    assert hall.driver.told == {}
    hall.complete(reference, "approve")
    assert hall.driver.told == {}, "the request itself never talks to the driver"
    for _ in range(2):
        hall.flow.report_leg(reference, LEG)
    assert hall.driver.told == {"token": APPROVED}


def test_a_dossier_whose_driver_is_gone_is_decided_without_it(hall):
    """An execution lives a year, a dossier as long as it has to: here 400 days."""
    reference = hall.submitted()
    opened(hall, reference)
    hall.complete(reference, "receive")
    hall.driver.gone.add("token")
    hall.clock.advance(days=400)
    for kind in ("verify", "approve"):
        hall.complete(reference, kind)
        hall.flow.report_leg(reference, LEG)
    hall.flow.report_leg(reference, LEG)
    assert hall.rows.types(reference).count("dossier.decided") == 1
    assert hall.head(reference)["decided_at"] == stamp(hall.clock())
    hall.flow.record_result(result_of(hall, reference))
    hall.flow.record_delivery(stored(hall, reference))
    assert hall.head(reference)["state"] == DossierState.RESULT_RETURNED


def test_nothing_is_decided_while_a_leg_of_another_agency_has_no_outcome(tables):
    hall = two_legs(tables)
    reference = hall.submitted()
    opened(hall, reference)
    hall.driver.gone.add("token")
    for kind in ("receive", "verify"):
        hall.complete(reference, kind)
    hall.complete(reference, "approve", outcome="agreed")
    hall.flow.report_leg(reference, LEG)
    assert "decided_at" not in hall.head(reference)


def test_a_driver_that_still_waits_decides_itself(hall):
    reference = hall.submitted()
    opened(hall, reference)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    hall.flow.report_leg(reference, LEG)
    assert "decided_at" not in hall.head(reference)


def test_a_driver_that_comes_after_the_leg_is_done_is_told_at_once(hall):
    reference = hall.at("receive", "verify", "approve")
    hall.flow.report_leg(reference, LEG)
    assert hall.driver.calls == 0
    opened(hall, reference)
    assert hall.driver.told == {"token": APPROVED}
    hall.flow.decide(reference)
    assert hall.rows.types(reference).count("dossier.decided") == 1


def test_a_report_of_a_leg_nobody_opened_is_no_news(hall):
    reference = hall.submitted()
    hall.flow.report_leg(reference, LEG)
    assert hall.driver.calls == 0


def test_a_later_attempt_takes_a_leg_over_and_an_earlier_one_does_not(hall):
    reference = hall.submitted()
    opened(hall, reference, "token", 2)
    with pytest.raises(AlreadyDriven):
        opened(hall, reference, "older", 1)
    opened(hall, reference, "newer", 3)
    assert hall.dossiers.leg(reference, LEG).token == "newer"


def test_the_same_execution_driven_again_waits_with_its_new_token(hall):
    reference = hall.submitted()
    opened(hall, reference, "lost")
    opened(hall, reference, "new")
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    hall.flow.report_leg(reference, LEG)
    assert list(hall.driver.told) == ["new"]


# --- the decision --------------------------------------------------------------------------------------------------


def test_the_decision_is_recorded_once_with_what_its_paper_needs(hall):
    reference = hall.at("receive", "verify", "approve")
    for _ in range(2):
        hall.flow.decide(reference)
    (told,) = hall.told(reference, DossierDecided)
    code = hall.head(reference)["dossier_code"]
    assert told.result_code == f"{code}-KQ1"
    assert told.result.template == "birth_certificate"
    assert told.decided_at == hall.head(reference)["decided_at"]
    sealed = unseal(told.reference, told.sealed)
    assert sealed["form"] == people.kept(people.form())
    assert sealed["answers"] == [], "the certificate prints none of them in words"
    assert (sealed["approver"], sealed["approver_id"]) == (people.LEADER.name, people.LEADER.subject)
    assert people.CITIZEN.name not in repr(told)
    assert hall.head(reference)["state"] == DossierState.PROCESSING, "decided is not signed"


def test_a_result_that_prints_the_answers_is_told_them(tables):
    hall = Hall(tables, result={"template": "decision", "name_vi": "Thông báo", "code": "KQ.G15.000031"})
    (told,) = hall.told(hall.decided(), DossierDecided)
    answers = unseal(told.reference, told.sealed)["answers"]
    assert {"Nguyễn Thị Bích Liễu"} <= {each["value"] for each in answers}


def test_two_decisions_at_once_are_one(hall):
    reference = hall.at("receive", "verify", "approve")
    hall.rows.meanwhile(lambda: hall.flow.decide(reference))
    hall.flow.decide(reference)
    assert hall.rows.types(reference).count("dossier.decided") == 1


def numbers_of(hall):
    """The numbers that were given, in the order of the decisions."""
    told = [r for r in hall.rows.everything() if r.get("type") == DossierDecided.type]
    return [row["data"]["number"] for row in sorted(told, key=lambda row: row["at"])]


_count = itertools.count()


def approved(hall):
    """The reference of one more dossier, of one more person, that waits for its decision."""
    who = replace(people.CITIZEN, subject=f"citizen-{next(_count)}")
    reference = hall.ready(who)
    hall.submit(reference, who, key=reference)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    return reference


def test_results_are_numbered_without_gaps_in_the_series_of_their_agency_and_year(hall):
    """Whatever restarts, and however often a decision is told: codes of dossiers come in blocks, numbers do not."""
    for _ in range(3):
        reference = approved(hall)
        _blocks.clear()  # a process that starts anew has none
        for _ in range(2):
            hall.flow.decide(reference)
        hall.clock.advance(seconds=1)
    assert numbers_of(hall) == ["01/2026", "02/2026", "03/2026"]
    assert hall.head(reference)["number"] == "03/2026", "the dossier keeps it"
    reference = approved(hall)
    hall.clock.now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Vietnam: a new year, a new series
    hall.flow.decide(reference)
    assert numbers_of(hall)[-1] == "01/2027"


def test_a_code_that_another_dossier_has_is_passed_over(hall):
    """A counter that a restore set back, or a block of other tables: whoever accepts is answered nevertheless."""
    first = approved(hall)
    (block,) = _blocks.values()
    block.append(1)  # which the first one has
    second = approved(hall)
    assert [hall.head(each)["dossier_code"][-7:] for each in (first, second)] == ["0000001", "0000002"]


def test_two_decisions_of_one_agency_at_once_both_get_a_number(hall):
    first, second = approved(hall), approved(hall)
    hall.rows.meanwhile(lambda: hall.flow.decide(second))
    hall.flow.decide(first)
    assert sorted(numbers_of(hall)) == ["01/2026", "02/2026"]
    assert (hall.head(second)["number"], hall.head(first)["number"]) == ("01/2026", "02/2026")


def test_a_decision_that_is_not_written_uses_no_number(hall):
    reference = approved(hall)
    hall.rows.contend(1)
    hall.rows.meanwhile(lambda: hall.stores.touch("Dossiers", reference))
    hall.flow.decide(reference)
    assert numbers_of(hall) == ["01/2026"]


# --- the result --------------------------------------------------------------------------------------------------


def test_a_signed_result_and_only_that_makes_the_dossier_processed(hall):
    reference = hall.decided()
    hall.flow.record_result(result_of(hall, reference))
    assert hall.head(reference)["state"] == DossierState.PROCESSED
    (row,) = hall.rows.partition(reference, "RESULT#")
    assert row["sk"] == "RESULT#KQ1"
    assert row["sha256"] == "cd" * 32


def test_the_processed_fact_carries_what_the_vault_keeps(hall):
    reference = hall.decided()
    hall.flow.record_result(result_of(hall, reference))
    (told,) = hall.told(reference, DossierProcessed)
    assert document_of(told, told.holder, "-").sha256 == "cd" * 32
    assert told.holder == people.CITIZEN.holder


def test_a_result_that_is_told_twice_is_one_result(hall):
    reference = hall.decided()
    for _ in range(2):
        hall.flow.record_result(result_of(hall, reference))
    hall.flow.record_delivery(stored(hall, reference))
    hall.flow.record_result(result_of(hall, reference))
    assert len(hall.rows.partition(reference, "RESULT#")) == 1
    assert hall.head(reference)["state"] == DossierState.RESULT_RETURNED


@pytest.mark.parametrize("done", [(), ("receive",), ("receive", "verify"), ("receive", "verify", "approve")])
def test_no_result_is_taken_before_the_decision(hall, done):
    reference = hall.at(*done)
    hall.put(reference, dossier_code="H01.10.24-261125-0001", due_at=stamp(hall.clock()))
    with pytest.raises(ForbiddenStep):
        hall.flow.record_result(result_of(hall, reference))
    assert hall.rows.partition(reference, "RESULT#") == []


def test_no_other_result_is_taken_after_the_return(hall):
    reference = hall.decided()
    hall.flow.record_result(result_of(hall, reference))
    hall.flow.record_delivery(stored(hall, reference))
    with pytest.raises(ForbiddenStep):
        hall.flow.record_result(result_of(hall, reference, 2))


def test_a_stored_result_returns_the_dossier_once(hall):
    reference = hall.decided()
    hall.flow.record_result(result_of(hall, reference))
    hall.clock.advance(minutes=1)
    for _ in range(2):
        hall.flow.record_delivery(stored(hall, reference))
        hall.clock.advance(minutes=1)
    head = hall.head(reference)
    assert head["state"] == DossierState.RESULT_RETURNED
    assert head["vault_document"] == f"{head['dossier_code']}-KQ1"
    assert hall.rows.types(reference).count("dossier.returned") == 1


def test_a_return_that_overtakes_its_result_is_tried_again_later(hall):
    reference = hall.decided()
    with pytest.raises(ForbiddenStep):
        hall.flow.record_delivery(stored(hall, reference))
    hall.flow.record_result(result_of(hall, reference))
    hall.flow.record_delivery(stored(hall, reference))
    assert hall.head(reference)["state"] == DossierState.RESULT_RETURNED


def test_an_event_of_an_unknown_dossier_is_not_swallowed(hall):
    for act in (
        lambda: hall.flow.decide("MC-NEVER"),
        lambda: hall.flow.record_result(signed_result("MC-NEVER", "X-KQ1")),
        lambda: hall.flow.record_delivery(VaultStored(reference="MC-NEVER", document="X", stored_at="-")),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_whole_log_is_one_unbroken_chain(hall):
    reference = hall.decided()
    hall.flow.record_result(result_of(hall, reference))
    hall.flow.record_delivery(stored(hall, reference))
    assert hall.rows.unbroken(reference)
    assert hall.rows.types(reference) == [
        "draft.opened",
        "draft.saved",
        "component.received",
        "dossier.submitted",
        "dossier.accepted",
        "dossier.forwarded",
        "dossier.verified",
        "leg.completed",
        "dossier.decided",
        "dossier.processed",
        "dossier.returned",
    ]


def test_the_last_head_is_under_a_kilobyte_whatever_its_holder_is_called(hall):
    """More is a unit more, twice in a transaction; HEAD is written thirteen times, and the last one is the largest."""
    who = replace(people.CITIZEN, name="Tôn Nữ Nguyễn Phan Hoàng Thị Thanh Thủy Tiên")
    reference = hall.ready(who)
    hall.submit(reference, who)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    assert hall.head(reference)["waits_for_preview"]
    hall.flow.decide(reference)
    assert "waits_for_preview" not in hall.head(reference), "nobody approves it any more"
    hall.flow.record_result(result_of(hall, reference))
    assert hall.head(reference)["approved_at"], "since when it waits for its return"
    largest = item_size(aws.packed(hall.head(reference)))
    hall.flow.record_delivery(stored(hall, reference))
    head = hall.head(reference)
    assert not head.keys() & {"approved_at", "processed_at"}
    assert max(largest, item_size(aws.packed(head))) <= KB
    leg = read_leg(reference, LEG)
    assert leg
    assert leg.done_at, "when it was approved is not forgotten"
