"""Agencies enrol their officers: roles by date, four eyes, absences with deputies, leaving; on the real stores."""

import pytest
from msgspec import structs

from chalicelib.contracts.identity import RoleHeld
from chalicelib.identity.acts import KEEP_STAFF
from chalicelib.identity.refusals import (
    AlreadyEnrolled,
    LastAdministrator,
    NotFirst,
    NothingToConfirm,
    OfficerGone,
    SamePerson,
)
from chalicelib.identity.staff.author import By, officer_hash
from chalicelib.identity.staff.model import OPERATOR, Absence, Enrolment, OfficerHead
from chalicelib.identity.staff.ports import Administration, Kept
from chalicelib.identity.staff.service import Changes
from chalicelib.kernel.access import may
from chalicelib.kernel.problem import BodyInvalid, KeyReused, LostUpdate, NotAllowed, NotFound
from tests.support.logs import history
from tests.support.office import AGENCY, CHIEF, SECOND, Office, token

TODAY, TOMORROW, LATER, LATEST = "2026-11-25", "2026-11-26", "2026-12-01", "2026-12-05"


@pytest.fixture
def office(hall):
    return Office(hall).open()


def rules_of(refused):
    return {(error.pointer, error.rule) for error in refused.value.fields}


def grants(head):
    return [(g.role, g.valid_from, g.valid_to, g.confirmed) for g in head.officer.roles]


def held(role, opens=TODAY, closes=None):
    return RoleHeld(role=role, valid_from=opens, valid_to=closes)


# --- enrolment and four eyes ---------------------------------


def test_an_officer_is_enrolled_sealed_and_told(office):
    head = office.enrol("anh", "reception", position="Chuyên viên", kinds=("receive",), areas=("H01",))
    assert office.staff.named(head) == ("Cán bộ anh", "anh")
    row = office.rows.get(head.pk, "HEAD")
    assert "Cán bộ" not in str(row)
    assert "'anh'" not in str(row)
    log, proved = history("identity", head.pk, OfficerHead)
    assert proved == head
    assert [(e.type, e.actor, e.data["act"]) for e in log] == [
        ("vn.motcua.officer.kept", officer_hash(CHIEF), "enrolled"),
        ("vn.motcua.officer.kept", officer_hash(SECOND), "confirmed"),
    ]


def test_a_role_is_held_only_when_another_administrator_confirmed_it(office):
    made = office.staff.enrol(
        office.by(CHIEF), Enrolment(subject="lan", name="Lan", roles=(held("leader"), held("reception")))
    )
    office.tell()
    assert office.post("lan").roles == frozenset()
    for same in (CHIEF, "lan"):
        with pytest.raises((SamePerson, NotAllowed)):
            office.confirm("lan", by=same)
    with pytest.raises(LostUpdate):
        office.staff.confirm(office.by(SECOND), officer_hash("lan"), made.version - 1)
    office.confirm("lan")
    office.tell()
    assert office.post("lan").roles == {"reception", "leader"}
    with pytest.raises(NothingToConfirm):
        office.confirm("lan")


def test_a_first_number_that_an_earlier_release_took_from_one_administrator_counts(office):
    head = office.enrol("lan", "reception")
    earlier = structs.replace(head.officer, person="earlier")
    everybody = Administration(*(office.staff.register.roster(AGENCY),) * 2, officer_hash(CHIEF))
    office.staff.register.keep([Kept(office.head("lan"), earlier, "changed")], everybody, office.hall.clock())
    office.tell()
    assert office.staff.numbers(AGENCY, [office.head("lan")]) == {officer_hash("lan"): (True, False)}
    assert office.post("lan").persons == {"earlier"}


def test_what_waits_and_another_officer_gives_again_stays_whose_proposal_it_was(office):
    office.enrol("lan", "reception")
    for who in (CHIEF, SECOND):
        office.staff.change(office.by(who), officer_hash("lan"), Changes(person="new"), office.head("lan").version)
    with pytest.raises(SamePerson):
        office.confirm("lan", by=CHIEF)
    office.confirm("lan", by=SECOND)
    office.tell()
    assert office.post("lan").persons == {"new"}
    assert office.head("lan").officer.formers == ()


def test_who_would_hold_a_role_does_not_confirm_it_though_another_proposed_it(office):
    roles = (held("administrator"), held("publisher"))
    office.staff.change(office.by(CHIEF), officer_hash(SECOND), Changes(roles=roles), office.head(SECOND).version)
    with pytest.raises(SamePerson):
        office.confirm(SECOND, by=SECOND)


@pytest.mark.parametrize("role", ["leader", "reception"])
def test_a_longer_role_is_proposed_for_its_new_days_only(office, role):
    office.enrol("ba", role)
    office.enrol("lan", role, valid_from=TODAY, valid_to=LATER)
    head = office.staff.change(
        office.by(CHIEF),
        officer_hash("lan"),
        Changes(roles=(held(role, TODAY, LATEST),)),
        office.head("lan").version,
    )
    assert grants(head) == [(role, TODAY, LATER, True), (role, LATER, LATEST, False)]
    shorter = office.staff.change(
        office.by(CHIEF), officer_hash("lan"), Changes(roles=(held(role, TODAY, TOMORROW),)), head.version
    )
    assert grants(shorter) == [(role, TODAY, TOMORROW, True)]


def test_what_is_wrong_with_roles_is_named_by_field_and_rule(office):
    wrong = (
        held("reception", "2026-13-01"),
        held("scanning", LATER, TODAY),
        held("processing"),
        held("processing", LATER),
    )
    with pytest.raises(BodyInvalid) as refused:
        office.staff.enrol(office.by(CHIEF), Enrolment(subject="anh", name="Anh", roles=wrong))
    assert rules_of(refused) == {
        ("/roles/0/valid_from", "date"), ("/roles/1/valid_to", "order"), ("/roles/3/valid_from", "overlap"),
    }  # fmt: skip
    with pytest.raises(BodyInvalid) as refused:
        office.staff.enrol(office.by(CHIEF), Enrolment(subject="anh", name="Anh", roles=()))
    assert rules_of(refused) == {("/roles", "min_length")}


def test_nobody_is_enrolled_twice_and_the_same_request_is_told_the_same(office):
    given = Enrolment(subject="anh", name="Anh", roles=(held("reception"),))
    who = By(AGENCY, officer_hash(CHIEF), key="k1", body="b1")
    first = office.staff.enrol(who, given)
    assert office.staff.enrol(who, given) == first
    with pytest.raises(KeyReused):
        office.staff.enrol(By(AGENCY, officer_hash(CHIEF), key="k1", body="b2"), given)
    with pytest.raises(AlreadyEnrolled):
        office.staff.enrol(office.by(CHIEF), given)


def test_another_agencys_officer_looks_like_none(office):
    made = office.enrol("anh", "reception")
    for name in (made.officer.officer, officer_hash("nobody"), "x"):
        with pytest.raises(NotFound):
            office.staff.read("H01.10.25", name)


# --- when staff is kept ---------------------------------


def test_tokens_count_until_the_agency_has_an_administrator_here_and_nothing_of_them_after(hall):
    office = Office(hall)
    boss = token("boss", AGENCY, "administrator", "reception")
    assert office.staff.known_as(boss) == boss
    office.staff.enrol(office.by("boss"), Enrolment(subject="boss", name="Boss", roles=(held("administrator"),)))
    office.tell()
    assert office.staff.known_as(boss) == boss, "proposed only: the agency keeps no staff here yet"
    assert office.post("other", AGENCY, "reception").roles == {"reception"}
    office.confirm("boss", by="deputy boss")
    office.tell()
    assert office.staff.known_as(boss).roles == {"administrator"}
    assert office.post("other", AGENCY, "reception", "leader").roles == frozenset()
    assert not may(office.staff.known_as(token("deputy boss", AGENCY, "administrator")), KEEP_STAFF)


def test_the_first_two_come_by_command_and_no_third(office):
    office.staff.first(AGENCY, CHIEF, "Quản trị")
    with pytest.raises(NotFirst):
        office.staff.first(AGENCY, "third", "Người thứ ba")


def test_an_agency_never_is_without_an_administrator(office):
    office.enrol("anh", "reception")
    office.leave(SECOND, LATER, "anh", by=SECOND)
    with pytest.raises(LastAdministrator) as refused:
        office.leave(CHIEF, LATEST, "anh")
    assert refused.value.facts == {"since": LATEST}
    with pytest.raises(LastAdministrator):
        office.staff.change(
            office.by(CHIEF), officer_hash(CHIEF), Changes(roles=(held("reception"),)), office.head(CHIEF).version
        )
    roles = (held("administrator", TODAY, LATEST),)
    with pytest.raises(LastAdministrator):
        office.staff.change(office.by(CHIEF), officer_hash(CHIEF), Changes(roles=roles), office.head(CHIEF).version)


def test_of_two_administrators_who_leave_at_once_one_stays(office):
    office.enrol("anh", "reception")
    office.hall.stores.meanwhile(lambda: office.leave(SECOND, TODAY, "anh", by=SECOND, tell=False))
    with pytest.raises((LastAdministrator, NotAllowed)):
        office.leave(CHIEF, TODAY, "anh", by=CHIEF, tell=False)
    assert office.head(CHIEF).officer.left_on is None


def test_of_two_administrators_who_go_absent_at_once_one_stays(office):
    office.hall.stores.meanwhile(lambda: office.away(SECOND, TODAY, LATEST, by=SECOND))
    with pytest.raises(LastAdministrator) as refused:
        office.away(CHIEF, TODAY, LATEST, by=CHIEF)
    assert refused.value.facts == {"since": TODAY}
    assert office.head(CHIEF).officer.absences == ()


def test_a_deputy_who_goes_in_the_moment_in_which_they_are_needed_is_no_deputy(office):
    for subject in ("anh", "lan"):
        office.enrol(subject, "reception")
    office.away(SECOND, TODAY, LATEST, "anh", by=SECOND)
    office.confirm(SECOND, by=CHIEF)
    anh, lan = officer_hash("anh"), officer_hash("lan")
    waits = office.staff.leave(office.by(CHIEF), anh, LATER, lan).officer.departure
    assert waits, "one of two administrators sends nobody away who stands in for the other one"
    operator = By(AGENCY, OPERATOR)
    office.hall.stores.meanwhile(lambda: office.staff.leave(operator, anh, LATER, lan))
    with pytest.raises(LastAdministrator) as refused:
        office.away(CHIEF, TODAY, LATEST)
    assert refused.value.facts == {"since": LATER}


def test_nobody_confirms_that_they_do_dangerous_acts_as_a_deputy(office):
    office.enrol("ba", "leader")
    office.enrol("third", "administrator")
    office.enrol("lan", "leader")
    office.away("lan", TODAY, LATER, SECOND)
    with pytest.raises(SamePerson):
        office.confirm("lan", by=SECOND)
    assert office.confirm("lan", by="third").officer.absences[0].grave


def test_an_agency_that_has_nobody_since_before_is_mended_step_by_step(office):
    """What an earlier release let happen: both are absent. A change that leaves no further day to nobody is taken."""
    known = office.head(CHIEF), office.head(SECOND)
    for head in known:
        gone = structs.replace(head.officer, absences=(Absence(valid_from=TODAY, valid_to="2199-01-01"),))
        office.staff.register.keep([Kept(head, gone, "absent")], _as_it_is(office), office.hall.clock())
    office.tell()
    assert not may(office.staff.known_as(token(CHIEF)), KEEP_STAFF)
    office.staff.first(AGENCY, "third", "Người thứ ba")
    office.staff.first(AGENCY, CHIEF, "Quản trị")
    assert may(office.staff.known_as(token(CHIEF)), KEEP_STAFF), "who is made one anew is there again"
    with pytest.raises(NotFirst):
        office.staff.first(AGENCY, "fourth", "Người thứ tư")


def _as_it_is(office):
    roster = office.staff.register.roster(AGENCY)
    return Administration(roster, roster, OPERATOR)


def test_who_lost_the_role_a_moment_ago_changes_nothing_more(office):
    office.enrol("anh", "reception")
    office.hall.stores.meanwhile(lambda: office.leave(SECOND, TODAY, "anh", by=SECOND, tell=False))
    with pytest.raises(NotAllowed):
        office.staff.enrol(office.by(SECOND), Enrolment(subject="x", name="X", roles=(held("reception"),)))


# --- absence and deputies ---------------------------------


def test_a_deputy_does_the_work_of_who_is_absent_on_their_days_only(office):
    office.enrol("anh", "reception", "processing")
    office.enrol("lan", "scanning")
    office.away("anh", TOMORROW, LATER, "lan")
    assert office.post("lan").roles == {"scanning"}
    office.hall.clock.at(f"{TOMORROW}T08:00:00")
    assert office.post("anh").roles == frozenset()
    there = office.post("lan")
    assert there.roles == {"scanning", "reception", "processing"}
    assert set(there.post.stands_in.values()) == {officer_hash("anh")}
    office.hall.clock.at(f"{LATER}T08:00:00")
    assert office.post("lan").roles == {"scanning"}
    assert office.post("anh").roles == {"reception", "processing"}


def test_a_deputy_approves_only_when_a_second_administrator_confirmed_that(office):
    office.enrol("ba", "leader")
    office.enrol("lan", "leader", "reception")
    office.enrol("anh", "processing")
    office.away("lan", TODAY, LATER, "anh")
    assert office.post("anh").roles == {"processing", "reception"}
    with pytest.raises(SamePerson):
        office.confirm("lan", by=CHIEF)
    office.confirm("lan")
    office.tell()
    assert office.post("anh").roles == {"processing", "reception", "leader"}
    assert [s.grave for s in office.head("anh").officer.stands_in] == [True]


def test_deputies_neither_chain_nor_ring_nor_leave_gaps(office):
    for subject in ("anh", "lan", "minh"):
        office.enrol(subject, "reception")
    office.away("anh", TODAY, LATER, "lan")

    def refused_for(subject, first, until, deputy):
        with pytest.raises(BodyInvalid) as refused:
            office.away(subject, first, until, deputy)
        return rules_of(refused)

    assert refused_for("lan", TOMORROW, LATEST, "minh") == {("/valid_from", "chain")}
    assert refused_for("minh", TOMORROW, LATEST, "anh") == {("/deputy", "chain")}
    assert refused_for("minh", TOMORROW, LATEST, "minh") == {("/deputy", "self")}
    assert refused_for("minh", TOMORROW, LATEST, "nobody") == {("/deputy", "unknown")}
    assert refused_for("anh", TOMORROW, LATEST, None) == {("/valid_from", "overlap")}
    assert refused_for("minh", "2026-11-01", TODAY, None) == {("/valid_to", "past")}
    assert refused_for("minh", LATER, TODAY, None) == {("/valid_to", "order")}
    office.leave("lan", LATEST, "anh")
    assert refused_for("minh", LATER, "2026-12-09", "lan") == {("/deputy", "gap")}


def test_two_absences_at_once_do_not_make_a_ring(office):
    office.enrol("anh", "reception")
    office.enrol("lan", "reception")
    office.hall.stores.meanwhile(lambda: office.away("lan", TODAY, LATER, "anh"))
    with pytest.raises(BodyInvalid) as refused:
        office.away("anh", TODAY, LATER, "lan")
    assert {rule for _, rule in rules_of(refused)} == {"chain"}


def test_who_comes_back_early_works_again_and_the_deputy_no_more(office):
    office.enrol("anh", "reception")
    office.enrol("lan", "scanning")
    office.away("anh", TODAY, LATER, "lan")
    office.staff.come_back(office.by(CHIEF), officer_hash("anh"), TOMORROW)
    office.tell()
    office.hall.clock.at(f"{TOMORROW}T00:00:01")
    assert office.post("anh").roles == {"reception"}
    assert office.post("lan").roles == {"scanning"}
    for day, rule in ((TODAY, "past"), (LATEST, "present")):
        with pytest.raises(BodyInvalid) as refused:
            office.staff.come_back(office.by(CHIEF), officer_hash("anh"), day)
        assert rules_of(refused) == {("/on", rule)}


# --- leaving ---------------------------------


def test_the_last_day_of_who_leaves_ends_at_midnight_of_viet_nam(office):
    office.enrol("ba", "reception")
    office.enrol("anh", "reception")
    office.enrol("lan", "processing")
    office.leave("anh", TOMORROW, "lan")
    office.hall.clock.at(f"{TODAY}T16:59:59+00:00")  # a second before midnight in Viet Nam
    office.leave("anh", TOMORROW, "lan")
    office.hall.clock.at(f"{TODAY}T17:00:00+00:00")
    with pytest.raises(OfficerGone):
        office.leave("anh", TOMORROW, "lan")


def test_who_left_acts_no_more_and_nothing_of_them_changes_until_they_are_enrolled_again(office):
    office.enrol("ba", "reception")
    office.enrol("anh", "reception")
    office.enrol("lan", "processing")
    office.leave("anh", TOMORROW, "lan")
    assert office.post("anh").roles == {"reception"}
    office.hall.clock.at(f"{TOMORROW}T00:00:00")
    assert office.post("anh").roles == frozenset()
    assert office.head("anh").officer.hand_over_to == officer_hash("lan")
    for act in (
        lambda: office.leave("anh", LATER, "lan"),
        lambda: office.away("anh", LATER, LATEST),
        lambda: office.staff.change(office.by(CHIEF), officer_hash("anh"), Changes(), office.head("anh").version),
    ):
        with pytest.raises(OfficerGone):
            act()
    office.enrol("anh", "scanning", valid_from=TOMORROW)
    assert office.post("anh").roles == {"scanning"}


def test_what_is_wrong_with_a_leaving_is_named(office):
    office.enrol("anh", "reception", valid_from=TODAY)
    office.enrol("lan", "processing", valid_from=LATER)

    def refused_for(day, to):
        with pytest.raises(BodyInvalid) as refused:
            office.leave("anh", day, to)
        return rules_of(refused)

    assert refused_for("2026-02-30", "lan") == {("/left_on", "date")}
    assert refused_for("2026-11-01", "lan") == {("/left_on", "order")}
    assert refused_for(LATER, "nobody") == {("/hand_over_to", "unknown")}
    assert refused_for(LATER, "anh") == {("/hand_over_to", "self")}
    assert refused_for(TOMORROW, "lan") == {("/hand_over_to", "gap")}


def test_a_change_names_the_version_that_it_knows(office):
    head = office.enrol("anh", "reception")
    with pytest.raises(LostUpdate):
        office.staff.change(office.by(CHIEF), officer_hash("anh"), Changes(position="X"), head.version + 1)
    after = office.staff.change(
        office.by(CHIEF), officer_hash("anh"), Changes(position="X", name="Tên Mới"), head.version
    )
    assert office.staff.named(after) == office.staff.named(head)
    assert office.staff.proposed_name(after) == "Tên Mới"
    assert structs.replace(after.officer, renaming=None) == structs.replace(head.officer, position="X")
    assert "Tên Mới" not in repr(after), "a name lies nowhere in clear"


def test_times_without_number_are_refused_before_the_fence_has_no_room(office):
    office.enrol("ba", "reception")
    office.enrol("anh", "reception")
    for day in range(1, 8):
        office.away("anh", f"2026-12-{2 * day:02}", f"2026-12-{2 * day + 1:02}")
    with pytest.raises(BodyInvalid) as refused:
        office.away("anh", "2027-01-01", "2027-01-02")
    assert rules_of(refused) == {("/valid_from", "max_length")}
