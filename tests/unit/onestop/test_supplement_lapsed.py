"""A window that passed ends the dossier as its procedure says, once, and in one place stops nothing else."""

from datetime import timedelta

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import AskedItem, DossierRefused, DossierStopped, PaperPrivate
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import read_leg
from chalicelib.kernel.clock import moment
from chalicelib.law import packs
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.paid import NOTHING_OWED
from chalicelib.onestop.store import Table
from chalicelib.onestop.supplement.answering import Given
from chalicelib.onestop.supplement.lapse import WHY, Lapse
from chalicelib.onestop.sweep import Sweep, Swept
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import LEG, Hall

FIELD = AskedItem(
    target="/mother/year_of_birth", reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"
)
TASK = f"TASK#{LEG}#supplement"


def sweep(hall, dossiers=None):
    return Sweep(Table(), hall.clock, {"supplement": Lapse(dossiers or Table(), hall.clock).end})


def asked(hall, kind="receive", before=(), reference=None):
    """A dossier that waits for a supplement."""
    reference = reference or hall.at(*before)
    hall.complete(reference, kind, outcome="supplement", supplement=SupplementGiven(items=(FIELD,)), key="ask")
    return reference


def lapsed(hall, *given, **more):
    """The same, and a clock that stands just after the end of the window."""
    reference = asked(hall, *given, **more)
    hall.clock.now = moment(hall.rows.get(reference, TASK)["due_at"]) + timedelta(milliseconds=1)
    return reference


@pytest.mark.parametrize(
    ("kind", "before", "own", "state", "event"),
    [
        ("receive", (), None, 3, DossierRefused),
        ("verify", ("receive",), None, 8, DossierStopped),
        ("receive", (), "stopped", 8, DossierStopped),
        ("verify", ("receive",), "not_accepted", 3, DossierRefused),
    ],
)
def test_a_lapse_leads_where_the_procedure_or_else_the_pack_says(tables, kind, before, own, state, event):
    facts = {"supplement": {"lapses_to": own, "citation": "Nghị định 301/2026/NĐ-CP"}} if own else {}
    hall = Hall(tables, **facts)
    reference = lapsed(hall, kind, before)
    assert sweep(hall).run() == Swept(agencies=2, lapsed=1)
    dossier = hall.draft(reference)
    assert (dossier.head.state, dossier.head.back_to, dossier.head.open_pk) == (state, None, None)
    assert dossier.task(LEG, "supplement").outcome == "lapsed"
    assert dossier.open_task is None
    assert read_leg(reference, LEG).outcome.outcome == "lapsed"
    (told,) = hall.told(reference, event)
    assert (told.why, told.handler) == ("supplement_lapsed", "Hệ thống Một Cửa")
    private = heard(PaperPrivate, unseal(reference, told.sealed))
    assert (private.stage, private.finance) == ("Yêu cầu bổ sung giấy tờ", NOTHING_OWED)
    pack = packs.pack_on(hall.clock().date()).rules.supplement_lapses_to
    assert (private.reason, private.basis) == (WHY, "Nghị định 301/2026/NĐ-CP" if own else pack.citation)
    assert sweep(hall).run() == Swept(agencies=2)
    assert len(hall.told(reference, event)) == 1


def test_the_last_moment_of_the_window_is_in_time(hall):
    reference = lapsed(hall)
    hall.clock.now -= timedelta(milliseconds=1)
    assert sweep(hall).run().lapsed == 0
    assert hall.head(reference)["state"] == DossierState.SUPPLEMENT_REQUESTED


def answer(hall, reference):
    version = int(hall.head(reference)["version"])
    given = Given({"/mother/year_of_birth": 1996}, "answer", b"{}", version)
    hall.answers.answer(people.CITIZEN, reference, given)


def test_an_answer_that_came_first_counts(hall):
    reference = lapsed(hall)
    hall.rows.meanwhile(lambda: answer(hall, reference))
    assert sweep(hall).run() == Swept(agencies=2)
    assert hall.head(reference)["state"] == DossierState.REGISTERED


@pytest.mark.parametrize("state", [DossierState.WITHDRAWAL_REQUESTED, DossierState.STOPPED])
def test_a_dossier_that_waits_for_something_else_does_not_lapse(hall, state):
    reference = lapsed(hall)
    hall.put(reference, state=int(state))
    assert sweep(hall).run() == Swept(agencies=2)


@pytest.mark.parametrize("change", [{"status": "done"}, {"due_at": "2027-11-25T00:00:00.000+00:00"}])
def test_a_list_that_is_behind_ends_nothing(hall, change):
    reference = lapsed(hall)
    row = heard(TaskRow, hall.rows.get(reference, TASK))
    hall.rows.change(reference, TASK, **change)
    assert not Lapse(Table(), hall.clock).end(row)


def test_one_dossier_that_cannot_be_read_stops_no_other(hall):
    class Broken(Table):
        def dossier(self, reference, *parts):
            if reference == first:
                raise ConnectionError(reference)
            return super().dossier(reference, *parts)

    first = asked(hall)
    other = hall.ready(people.NEIGHBOUR)
    hall.submit(other, people.NEIGHBOUR, key="submit-2")
    lapsed(hall, reference=other)
    assert sweep(hall, Broken()).run() == Swept(agencies=2, lapsed=1, failed=1)
    assert [hall.head(each)["state"] for each in (first, other)] == [5, 3]
