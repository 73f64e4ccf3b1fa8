"""An officer leaves: certificate, role and deputy end by date, the log is complete; a merged agency's queue goes on."""

from copy import replace

import pytest

from chalicelib.identity.staff.author import officer_hash
from chalicelib.identity.staff.model import OfficerHead
from chalicelib.kernel.problem import NoSigningCertificate, NotAllowed, NotFound
from tests.fakes import people
from tests.support.logs import history
from tests.support.office import AGENCY, CHIEF, LONG_AGO, SECOND, Office, certificate, token
from tests.unit.identity.staff.test_work import HEIR, listed, merge

ENDS, LEFT, MERGED = "2026-12-08", "2026-12-10", "2026-12-15"


def filed(hall, who):
    """A dossier of somebody."""
    reference = hall.ready(who)
    hall.submit(reference, who, key=f"submit-{who.subject}")
    return reference


def test_an_officer_leaves_and_a_merged_agencys_queue_goes_to_its_successor_on_its_day(hall):
    # Officers of two agencies: one who leads and receives, their deputy, a colleague; and the successor's.
    office, heirs = Office(hall).open(), Office(hall, HEIR).open()
    office.enrol("ky", "leader", "reception", certificate=certificate(LONG_AGO, ENDS))
    office.enrol("thay", "scanning")
    office.enrol("xuly", "processing")
    heirs.enrol("moi", "reception")
    hall.stores.register("officers", "ky")
    first = hall.at()
    hall.complete(first, "receive", who=office.post("ky"), key="a")
    hall.complete(first, "verify", who=office.post("xuly"))

    # The certificate ends by its date: no approval from that day on, and everything else goes on.
    hall.clock.at(f"{ENDS}T00:00:00")
    with pytest.raises(NoSigningCertificate):
        hall.complete(first, "approve", who=office.post("ky"))
    assert office.post("ky").roles == {"leader", "reception"}
    assert [each.kind for each in office.staff.unmanned(AGENCY)] == ["approve"]

    # A deputy for two days: in their days only, marked in the log, and no more from the day on which the officer left.
    office.away("ky", "2026-12-09", "2026-12-12", "thay")
    office.leave("ky", LEFT, "xuly")
    second = filed(hall, people.NEIGHBOUR)
    hall.clock.at("2026-12-09T23:59:59")
    hall.complete(second, "receive", who=office.post("thay"))
    assert hall.draft(second).task("0-commune", "receive").acted_for == officer_hash("ky")
    third = filed(hall, replace(people.CITIZEN, subject="citizen-9", personal_id="001095000009"))
    hall.clock.at(f"{LEFT}T00:00:00")
    for gone in ("ky", "thay"):
        assert "reception" not in office.post(gone).roles
        with pytest.raises(NotAllowed):
            hall.complete(third, "receive", who=office.post(gone))
    assert {each.kind for each in office.staff.unmanned(AGENCY)} == {"receive", "approve"}

    # The log is complete and unbroken, and says who did what.
    log, head = history("identity", office.head("ky").pk, OfficerHead)
    assert [(row.data["act"], row.actor) for row in log] == [
        ("enrolled", officer_hash(CHIEF)),
        ("confirmed", officer_hash(SECOND)),
        *[("changed", officer_hash(CHIEF)), ("confirmed", officer_hash(SECOND))] * 2,
    ]
    assert (head.officer.left_on, head.officer.hand_over_to) == (LEFT, officer_hash("xuly"))

    # The agency merges: until its day its own officers do the work, from then on its successor's alone.
    merge(hall, AGENCY, MERGED, HEIR)
    office.enrol("cuoi", "reception")
    hall.clock.at("2026-12-14T23:59:59")
    assert third in listed(office.post("cuoi"))
    assert listed(heirs.post("moi")) == []
    hall.clock.at(f"{MERGED}T00:00:00")
    assert listed(office.post("cuoi")) == []
    with pytest.raises((NotAllowed, NotFound)):
        hall.complete(third, "receive", who=office.post("cuoi"))
    assert listed(heirs.post("moi")) == [third]
    assert hall.views.read(heirs.post("moi"), third).reference == third
    assert hall.complete(third, "receive", who=heirs.post("moi")).status == "done"
    assert {(q.agency, q.kind) for q in heirs.staff.unmanned(HEIR)} == {(AGENCY, "verify"), (AGENCY, "approve")}
    assert token("moi", AGENCY, "reception").agencies == {AGENCY}, "by itself a token reaches its own agency alone"
