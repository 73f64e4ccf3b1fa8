"""When the dossier's clock stood, the clocks of its open legs stood with it (Decree 61/2018 Art. 19(6))."""

import pytest

from chalicelib.dossier.items import task_id
from chalicelib.kernel.clock import moment
from chalicelib.law.policy import ZONE
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.payment import Owed, Paid, Payments
from chalicelib.onestop.given import Given
from chalicelib.onestop.previewing.confirmations import Confirmations
from chalicelib.onestop.store import Previews
from tests.fakes import people
from tests.support.hall import Hall

POLICE = people.OTHER_OFFICE["id"]
PAID = {"reason": "payment", "citation": "Luật phí và lệ phí, Điều 8"}
FIVE = {"text": "5wd", "record": "5 WORKING_DAY"}
POLICES = {"leg": "police", "agency": POLICE, "deadline": "1wd"}
COMMUNES = {"leg": "commune", "agency": "@receiving", "deadline": "2wd"}
ROUTE = [[COMMUNES, POLICES]]


def day_of(hall, reference, leg, kind="verify"):
    """The Vietnamese day on which a leg's task is due."""
    task = next(t for t in hall.draft(reference).tasks if (t.leg, t.kind, t.is_open) == (leg, kind, True))
    return moment(task.due_at).astimezone(ZONE).date().isoformat()


def received(tables, route=ROUTE, **facts):
    """An accepted dossier before both agencies, on Wednesday 2026-11-25."""
    hall = Hall(tables, route=route, **facts)
    reference = hall.submitted()
    hall.complete(reference, "receive")
    return hall, reference


def done(hall, reference, leg, kind, outcome, agency, role):
    """An agency completes its task of a leg."""
    who = people.officer(role, agency=agency, name=f"Cán bộ {kind}")
    task = task_id(reference, leg, kind, 1)
    hall.desk.complete(who, task, Given(outcome=outcome), f"{leg}-{kind}", b"{}")


@pytest.mark.parametrize(("stops", "due"), [([PAID], "2026-12-01"), ([], "2026-11-26")])
def test_after_a_payment_for_which_the_clock_stood_a_leg_has_the_days_that_it_lost(tables, stops, due):
    hall, reference = received(tables, term={**FIVE, "stops": stops})
    assert day_of(hall, reference, "0-police") == "2026-11-26"
    payments = Payments(Acts(hall.dossiers, hall.views, hall.clock))
    payments.ask(Asked(people.RECEPTION, reference, "pay-1", b"{}"), Owed(8000, "VND", "Lệ phí cấp giấy"))
    assert day_of(hall, reference, "0-police") == "2026-11-26"
    hall.clock.advance(days=5)  # Monday: Thursday, Friday and Monday were touched by the stop
    payments.record(Asked(people.PROCESSING, reference, "paid-1", b"{}"), Paid(proof="BL-0017"))
    assert day_of(hall, reference, "0-police") == due
    assert moment(hall.head(reference)["due_at"]) > hall.clock()


def test_an_approval_has_the_time_of_its_leg_and_not_a_new_one(tables):
    hall, reference = received(tables, term={**FIVE, "stops": [PAID]})
    hall.clock.advance(hours=2)
    done(hall, reference, "0-police", "verify", "verified", POLICE, "processing")
    payments = Payments(Acts(hall.dossiers, hall.views, hall.clock))
    payments.ask(Asked(people.RECEPTION, reference, "pay-1", b"{}"), Owed(8000, "VND", "Lệ phí cấp giấy"))
    hall.clock.advance(hours=1)
    payments.record(Asked(people.PROCESSING, reference, "paid-1", b"{}"), Paid(proof="BL-0017"))
    assert day_of(hall, reference, "0-police", "approve") == "2026-11-26", "the day of its beginning counts for nobody"


def test_while_the_applicant_looks_at_the_draft_the_other_legs_stand_too(tables):
    hall, reference = received(tables, route=[[{**COMMUNES, "lead": True}, POLICES]], term=FIVE, confirm_within="1d")
    hall.stores.register("agencies", POLICE)
    done(hall, reference, "0-commune", "verify", "verified", people.OFFICE["id"], "processing")
    assert day_of(hall, reference, "0-police") == "2026-11-26"
    hall.clock.advance(days=1)
    hall.draw(reference)
    drafts = Confirmations(Acts(hall.dossiers, hall.views, hall.clock), Previews())
    drafts.confirm(Asked(people.CITIZEN, reference, "confirm-1", b"{}"))
    assert day_of(hall, reference, "0-police") == "2026-11-27", "Thursday was touched by the stop"
    assert day_of(hall, reference, "0-commune", "approve") <= hall.head(reference)["due_at"]


def test_the_verification_of_an_agency_that_does_not_lead_asks_the_applicant_nothing(tables):
    hall, reference = received(tables, route=[[{**COMMUNES, "lead": True}, POLICES]], term=FIVE, confirm_within="1d")
    done(hall, reference, "0-police", "verify", "verified", POLICE, "processing")
    assert not [task for task in hall.draft(reference).tasks if task.kind == "confirm"]
    assert day_of(hall, reference, "0-police", "approve") == "2026-11-26"
