"""A refusal says why in words and by a clause, ends the dossier, and leaves nobody waiting (R09)."""

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped, PaperPrivate
from chalicelib.contracts.onestop import DossierDecided, LegInput, LegOutcome
from chalicelib.contracts.plan import PlannedLeg
from chalicelib.dossier.reading import read_leg
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep
from chalicelib.law.states import DossierState
from chalicelib.onestop.refusals import TaskClosed
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import LEG, Hall

WHY = {"reason": "Nơi cư trú của cha mẹ không thuộc xã này", "basis": "Luật Hộ tịch 60/2014/QH13, Điều 13"}
NOTHING = LegOutcome(outcome="refused", leg=LEG)


def refuse(hall, reference, kind="receive", **said):
    return hall.complete(reference, kind, outcome="refused", **{**WHY, **said})


def wait(hall, reference, stage=0, leg="commune"):
    given = PlannedLeg(leg=leg, agency=people.OFFICE["id"])
    token = f"{stage}-{leg}"
    hall.flow.open_leg(LegInput(dossier=reference, stage=stage, leg=given, token=token, execution=f"{reference}-1"))


@pytest.mark.parametrize(
    ("kind", "before", "state", "event"),
    [("receive", (), 3, DossierRefused), ("verify", ("receive",), 8, DossierStopped)],
)
def test_a_refusal_is_one_notice_with_its_reason_and_ends_the_dossier(hall, kind, before, state, event):
    reference = hall.at(*before)
    wait(hall, reference)
    refuse(hall, reference, kind)
    dossier = hall.draft(reference)
    assert dossier.head.state == state
    assert dossier.head.open_pk is None
    assert dossier.open_task is None
    assert read_leg(reference, LEG).outcome == NOTHING
    (told,) = hall.told(reference, event)
    assert told.why == "refused"
    private = heard(PaperPrivate, unseal(reference, told.sealed))
    assert (private.reason, private.basis, private.name) == (WHY["reason"], WHY["basis"], people.CITIZEN.name)
    assert WHY["reason"] not in str(hall.rows.events(reference)[-1])
    assert [row.get("state") for row in hall.rows.events(reference)][-1] == state

    hall.flow.release(reference)
    assert hall.driver.told == {"0-commune": NOTHING}
    hall.flow.decide(reference)  # the machine goes on to its last step
    assert hall.told(reference, DossierDecided) == []


@pytest.mark.rule("R09", "empty", "technical")
@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"reason": ""}, {"/reason": "plain_words"}),
        ({"reason": "ERR_4_RESIDENCE"}, {"/reason": "plain_words"}),
        ({"basis": " "}, {"/basis": "required"}),
        ({"reason": "", "basis": ""}, {"/reason": "plain_words", "/basis": "required"}),
    ],
)
def test_an_empty_or_technical_reason_is_none_and_changes_nothing(hall, said, at):
    reference = hall.submitted()
    writes = hall.rows.writes
    with pytest.raises(BodyInvalid) as refused:
        refuse(hall, reference, **said)
    assert {each.pointer: each.rule for each in refused.value.fields} == at
    assert hall.rows.writes == writes


def test_a_refused_dossier_is_refused_once_and_goes_nowhere(hall):
    reference = hall.submitted()
    refuse(hall, reference)
    writes = hall.rows.writes
    assert refuse(hall, reference).outcome == "refused"  # the same key: the answer was lost
    assert hall.rows.writes == writes
    with pytest.raises(TaskClosed):
        hall.complete(reference, "receive", key="other")
    assert hall.head(reference)["state"] == DossierState.NOT_ACCEPTED


def test_verification_refuses_no_dossier_that_waits_for_its_applicant(hall):
    reference = hall.at("receive")
    hall.put(reference, state=5)
    with pytest.raises(ForbiddenStep):
        refuse(hall, reference, "verify")


def test_legs_of_later_stages_come_to_nothing_too_and_those_that_are_done_stay(tables):
    route = [
        [{"leg": "commune", "agency": "@receiving"}, {"leg": "police", "agency": people.OTHER_OFFICE["id"]}],
        [{"leg": "province", "agency": people.OTHER_OFFICE["id"]}],
    ]
    hall = Hall(tables, route=route)
    reference = hall.at("receive")
    wait(hall, reference)
    done = LegOutcome(outcome="approved", leg="0-police")
    hall.dossiers.change(hall.draft(reference), hall.clock()).complete_leg("0-police", done).write()
    refuse(hall, reference, "verify")
    assert [read_leg(reference, name).outcome.outcome for name in (LEG, "0-police", "1-province")] == [
        "refused",
        "approved",
        "refused",
    ]
    hall.flow.release(reference)
    wait(hall, reference, 1, "province")  # the machine opens the next stage: it hears the end at once
    assert hall.driver.told == {"0-commune": NOTHING, "1-province": LegOutcome(outcome="refused", leg="1-province")}
