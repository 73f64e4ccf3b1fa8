"""What an enrolment does to the work on dossiers: lists, reading, completing; absences, leaving, mergers, races."""

from datetime import datetime

import pytest

from chalicelib.contracts.catalogue import AgencyEntry, AgencyPublished
from chalicelib.contracts.identity import RoleHeld
from chalicelib.dossier import lists, offered
from chalicelib.dossier.staffed import as_enrolled, successions
from chalicelib.dossier.table import TABLE
from chalicelib.identity.staff.author import officer_hash
from chalicelib.identity.staff.service import Changes
from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.problem import NoSigningCertificate, NotAllowed, NotFound
from chalicelib.kernel.record import unbroken
from chalicelib.onestop.posts import kinds_of
from tests.fakes import people
from tests.support.hall import LEG
from tests.support.office import AGENCY, CHIEF, LONG_AGO, Office, certificate, token

TODAY, TOMORROW, LATER = "2026-11-25", "2026-11-26", "2026-12-01"
HEIR = people.OTHER_OFFICE["id"]


@pytest.fixture
def office(hall):
    made = Office(hall).open()
    made.enrol("tiep", "reception")
    made.enrol("xuly", "processing")
    made.enrol("ky", "leader", certificate=certificate(LONG_AGO, "2026-12-10"))
    hall.stores.register("officers", "ky")
    hall.stores.register("officers", "xuly")
    return made


def merge(hall, ended, day, *heirs):
    """The catalogue tells that an agency ends on a day, and who comes after it."""
    about = {"id": ended, "name": "Ủy ban nhân dân xã", "level": "commune", "valid_from": "2020-01-01"}
    entry = AgencyEntry(**about, valid_to=day, successors=heirs)
    told = AgencyPublished(id=ended, name=entry.name, entries=(entry,))
    hall.clock.advance(milliseconds=1)
    offered.remember_agency(told, stamp(hall.clock()))


def listed(who):
    return [row.pk for row in lists.tasks(who.agencies, kinds_of(who), "")[0]]


# --- who works ---------------------------------


def test_officers_work_as_enrolled_whatever_their_tokens_say(hall, office):
    reference = hall.at()
    assert listed(office.post("tiep")) == [reference]
    for nobody in (office.post("xuly", AGENCY, "reception"), office.post("la", AGENCY, "reception", "leader")):
        assert listed(nobody) == []
        with pytest.raises((NotAllowed, NotFound)):
            hall.complete(reference, "receive", who=nobody)
    hall.complete(reference, "receive", who=office.post("tiep"))
    hall.complete(reference, "verify", who=office.post("xuly"))
    assert hall.complete(reference, "approve", who=office.post("ky")).outcome == "approved"


def test_an_officer_of_another_agency_by_token_is_none_here(hall, office):
    elsewhere = office.post("tiep", HEIR, "reception")
    assert elsewhere == token("tiep", HEIR, "reception"), "that agency keeps no staff: its provider says"
    with pytest.raises(NotFound):
        hall.complete(hall.at(), "receive", who=elsewhere)


def test_kinds_and_areas_narrow_what_roles_allow(hall, office):
    office.enrol("ca", "reception", "processing", kinds=("verify",))
    office.enrol("noi", "reception", areas=("H01.11",))
    reference = hall.at()
    assert kinds_of(office.post("ca")) == ["verify"]
    with pytest.raises(NotAllowed):
        hall.complete(reference, "receive", who=office.post("ca"))
    assert listed(office.post("noi")) == []
    with pytest.raises(NotFound):
        hall.complete(reference, "receive", who=office.post("noi"))


def test_a_deputy_completes_and_the_log_says_for_whom(hall, office):
    office.away("tiep", TODAY, LATER, "xuly")
    reference = hall.at()
    with pytest.raises(NotAllowed):
        hall.complete(reference, "receive", who=office.post("tiep"))
    task = hall.complete(reference, "receive", who=office.post("xuly"))
    kept = hall.draft(reference).task(LEG, "receive")
    assert (kept.officer, kept.acted_for) == (officer_hash("xuly"), officer_hash("tiep"))
    assert task.status == "done"
    told = [row["data"].get("acted_for") for row in hall.rows.events(reference)][-2:]
    assert told == [officer_hash("tiep")] * 2
    assert unbroken(hall.views.read(office.post("xuly"), reference, "EVENT#").events, hall.draft(reference).head)


def test_an_approval_needs_a_certificate_of_that_day(hall, office):
    reference = hall.at()
    hall.complete(reference, "receive", who=office.post("tiep"))
    hall.complete(reference, "verify", who=office.post("xuly"))
    hall.clock.at("2026-12-10T00:00:00")
    with pytest.raises(NoSigningCertificate):
        hall.complete(reference, "approve", who=office.post("ky"))
    hall.clock.at("2026-12-09T23:59:59")
    assert hall.complete(reference, "approve", who=office.post("ky")).outcome == "approved"


# --- races: what was read a moment ago does not count ---------------------------------


ENDS = {
    "left": lambda office: office.leave("tiep", TODAY, "xuly", tell=False),
    "absent": lambda office: office.away("tiep", TODAY, LATER),
    "another role": lambda office: office.staff.change(
        office.by(CHIEF),
        officer_hash("tiep"),
        Changes(roles=(RoleHeld(role="scanning", valid_from=LONG_AGO),)),
        office.head("tiep").version,
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_who_is_enrolled_no_more_completes_nothing_though_the_read_model_is_late(hall, office, how):
    office.enrol("khac", "reception")  # of who alone has a role nobody takes it
    reference, who = hall.at(), office.post("tiep")
    before = hall.rows.partition(reference)
    hall.stores.meanwhile(lambda: ENDS[how](office))
    with pytest.raises(NotAllowed):
        hall.complete(reference, "receive", who=who)
    assert hall.rows.partition(reference) == before


def test_a_deputy_stops_when_the_absence_ends_or_they_leave_themselves(hall, office):
    office.away("tiep", TODAY, LATER, "xuly")
    reference, who = hall.at(), office.post("xuly")
    hall.stores.meanwhile(lambda: office.staff.come_back(office.by(CHIEF), officer_hash("tiep"), TODAY))
    with pytest.raises(NotAllowed):
        hall.complete(reference, "receive", who=who)
    office.away("tiep", TODAY, LATER, "xuly")
    hall.stores.meanwhile(lambda: office.leave("xuly", TODAY, "ky", tell=False))
    with pytest.raises(NotAllowed):
        hall.complete(reference, "receive", who=who)


def test_a_certificate_that_was_ended_a_moment_ago_approves_nothing(hall, office):
    reference = hall.at()
    hall.complete(reference, "receive", who=office.post("tiep"))
    hall.complete(reference, "verify", who=office.post("xuly"))
    office.enrol("pho", "leader", certificate=certificate(LONG_AGO, "2026-12-10"))  # else it takes two to end it
    who, known = office.post("ky"), office.head("ky")
    ended = Changes(certificate=certificate(LONG_AGO, TODAY))
    hall.stores.meanwhile(lambda: office.staff.change(office.by(CHIEF), officer_hash("ky"), ended, known.version))
    with pytest.raises(NoSigningCertificate):
        hall.complete(reference, "approve", who=who)


# --- agencies that merged ---------------------------------


def test_the_queue_of_an_agency_that_merged_is_its_successors_from_the_day_on(hall):
    mine, theirs = token("a", AGENCY, "reception"), token("b", HEIR, "reception")
    merge(hall, AGENCY, TOMORROW, HEIR)
    reference = hall.at()

    def now(who):
        return as_enrolled(who, hall.clock())

    assert listed(now(mine)) == [reference]
    assert listed(now(theirs)) == []
    hall.clock.at(f"{TOMORROW}T00:00:00")
    assert listed(now(theirs)) == [reference]
    assert now(mine).roles == frozenset()
    with pytest.raises(NotFound):
        hall.views.read(now(mine), reference)
    assert hall.views.read(now(theirs), reference).reference == reference
    assert hall.complete(reference, "receive", who=now(theirs)).status == "done"


def test_a_successor_that_merged_too_hands_on_what_it_got_and_a_stranger_gets_nothing(hall):
    reference = hall.at()
    merge(hall, AGENCY, TODAY, HEIR)
    merge(hall, HEIR, TOMORROW, "H01.10.30", "H01.10.31")

    def sees(agency):
        return listed(as_enrolled(token("x", agency, "reception"), hall.clock())) == [reference]

    assert [sees(a) for a in (AGENCY, HEIR, "H01.10.30", "H01.10.99")] == [False, True, False, False]
    hall.clock.at(f"{TOMORROW}T00:00:00")
    assert [sees(a) for a in (AGENCY, HEIR, "H01.10.30", "H01.10.31")] == [False, False, True, True]


def test_a_merger_that_was_taken_back_gives_nothing_on(hall):
    reference = hall.at()
    merge(hall, AGENCY, TODAY, HEIR)
    merge(hall, AGENCY, TODAY, "H01.10.30")
    heir = as_enrolled(token("b", HEIR, "reception"), hall.clock())
    assert listed(heir) == []
    with pytest.raises(NotFound):
        hall.views.read(heir, reference)


def desk_of(agency):
    """What is kept of an agency's work, by sort key, with when it may be forgotten."""
    return {row["sk"]: row.get("forget_at") for row in aws.query(TABLE(), f"DESK#{agency}")}


def test_whoever_is_named_no_more_is_looked_from_no_more_and_what_ends_by_date_is_forgotten_then(hall):
    former, other = "H01.10.78", "H01.10.77"
    named = {"id": former, "name": "Xã Cũ", "level": "commune"}
    about = {**named, "valid_from": "2020-01-01"}

    def told(at, *entries):
        offered.remember_agency(AgencyPublished(id=former, name="Xã Cũ", entries=entries), at)

    told("1", AgencyEntry(**about, valid_to="2026-01-01", successors=(HEIR, other)))
    assert desk_of(HEIR)[f"FOLLOWS#{former}"] is None
    again = AgencyEntry(**named, valid_from="2027-01-01")
    told("2", AgencyEntry(**about, valid_to="2026-01-01", successors=(HEIR,)), again)
    assert desk_of(HEIR)[f"FOLLOWS#{former}"] == datetime(2027, 1, 1, tzinfo=ZONE).timestamp()
    assert f"FOLLOWS#{former}" not in desk_of(other)
    told("1", AgencyEntry(**about, valid_to="2026-01-01", successors=(HEIR, other)))
    assert f"FOLLOWS#{former}" not in desk_of(other), "told late"


def test_a_rename_is_no_succession():
    about = {"id": AGENCY, "name": "X", "level": "commune"}
    entries = [
        AgencyEntry(**about, valid_from="2020-01-01", valid_to="2025-01-01", successors=(HEIR,)),
        AgencyEntry(**about, valid_from="2025-01-01", valid_to="2026-01-01", successors=(HEIR,)),
        AgencyEntry(**about, valid_from="2027-01-01"),
    ]
    (one,) = successions(entries)
    assert (one.valid_from, one.valid_to, one.to) == ("2026-01-01", "2027-01-01", (HEIR,))


# --- nothing is stuck unseen ---------------------------------


def test_a_queue_that_nobody_may_do_is_listed_for_the_administrator(hall, office):
    reference = hall.at()
    assert office.staff.unmanned(AGENCY) == []
    office.away("tiep", TODAY, LATER)
    (left,) = office.staff.unmanned(AGENCY)
    assert (left.agency, left.kind) == (AGENCY, "receive")
    office.enrol("khac", "reception")
    assert office.staff.unmanned(AGENCY) == []
    hall.complete(reference, "receive", who=office.post("khac"))
    hall.complete(reference, "verify", who=office.post("xuly"))
    hall.clock.at("2026-12-10T08:00:00")
    (left,) = office.staff.unmanned(AGENCY)
    assert left.kind == "approve", "the only certificate has ended"


def test_a_deputy_mans_a_queue_and_one_who_left_does_not(hall, office):
    hall.at()
    office.away("tiep", TODAY, LATER, "xuly")
    assert office.staff.unmanned(AGENCY) == []
    office.leave("xuly", TODAY, "ky")
    assert [each.kind for each in office.staff.unmanned(AGENCY)] == ["receive"]


def test_the_queue_of_a_predecessor_is_the_successors_to_man(hall):
    heirs = Office(hall, HEIR).open()
    hall.at()
    merge(hall, AGENCY, TODAY, HEIR)
    assert [(each.agency, each.kind) for each in heirs.staff.unmanned(HEIR)] == [(AGENCY, "receive")]
    heirs.enrol("moi", "reception", areas=(HEIR,))
    assert len(heirs.staff.unmanned(HEIR)) == 1, "enrolled for the successor's own area only"
    heirs.enrol("nua", "reception", areas=(AGENCY, HEIR))
    assert heirs.staff.unmanned(HEIR) == []
    assert heirs.staff.unmanned("H01.10.77") == []
