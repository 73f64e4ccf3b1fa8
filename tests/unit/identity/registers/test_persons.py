"""Numbers joined by the register, never by name; what became of somebody; what registers say of who asks."""

from copy import replace
from datetime import date

import pytest
from msgspec import structs

from chalicelib.identity.refusals import (
    NumberNeeded,
    NumbersContested,
    OrganisationNeeded,
    RegisterSaysOtherwise,
    RegisterUnavailable,
)
from chalicelib.identity.registers.facts import OrganisationStanding
from chalicelib.identity.registers.numbers import hashes_of
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import LevelTooLow
from tests.fakes import people
from tests.support.ledgers import lines_of
from tests.unit.identity.registers.conftest import row
from tests.unit.identity.registers.test_representing import CHILD, CHILD_SELF, OTHER, begin

ME = people.CITIZEN
BORN = date(1995, 4, 12)
ADMINISTRATOR = people.officer("administrator")


def of(number):
    return keyed_hash("holder", number)


def mine(*former, number=ME.personal_id, name=ME.name):
    return row(number, name, "1995-04-12", former=list(former))


# --- numbers ------------------------------------------------------------------------------------------------------


def test_former_numbers_are_joined_under_each_of_them_and_none_is_kept(numbers, table, stand_in, tables):
    stand_in.add(people=[mine("086195000001", "331195001")])
    assert numbers.join(ME, BORN) == 3
    for number in (ME.personal_id, "086195000001", "331195001"):
        assert set(hashes_of(table, of(number))) == {ME.holder, of("086195000001"), of("331195001")}
    assert hashes_of(table, of(ME.personal_id))[0] == ME.holder
    stored = str(tables.everything("Identity"))
    assert not any(number in stored for number in (ME.personal_id, "086195000001", "331195001"))
    (event,) = tables.events("Identity", f"PERSON#{ME.holder}")
    assert (event["data"]["kind"], len(event["data"]["former"])) == ("renumbered", 2)


def test_a_passport_of_before_the_number_is_joined_where_that_is_registered(numbers, table, stand_in, asking):
    stand_in.add(people=[{**mine("331195001"), "documents": ["USA:X1234567"]}])
    bare = [
        structs.replace(each, fields=("person.former_personal_id",)) for each in asking.known if each.use == "numbers"
    ]
    assert replace(numbers, asking=replace(asking, known=bare)).join(ME, BORN) == 2
    assert numbers.join(ME, BORN) == 3
    passport = Principal("visitor-1", "FOREIGNER", ME.name, 0, document="USA:X1234567")
    assert hashes_of(table, passport.holder)[0] == ME.holder
    assert hashes_of(table, of("USA:X1234567")) == (of("USA:X1234567"),)


def test_joining_again_writes_nothing_new_and_who_has_one_number_has_no_alias(numbers, tables, stand_in, table):
    assert numbers.join(ME, BORN) == 1
    assert tables.everything("Identity") == []
    assert hashes_of(table, ME.holder) == (ME.holder,)
    stand_in.add(people=[mine("331195001")])
    numbers.join(ME, BORN)
    before = tables.everything("Identity")
    numbers.join(ME, BORN)
    assert tables.everything("Identity") == before


def test_a_number_replaced_a_second_time_takes_all_along_and_one_taken_back_leaves(numbers, table, stand_in):
    stand_in.add(people=[mine("331195001")])
    numbers.join(ME, BORN)
    newer = Principal("citizen-1", "CITIZEN", ME.name, 2, "086195000009")
    stand_in.add(people=[mine(ME.personal_id, "331195001", number="086195000009")])
    assert numbers.join(newer, BORN) == 3
    assert hashes_of(table, of("331195001"))[0] == newer.holder
    stand_in.add(people=[mine(ME.personal_id, number="086195000009")])
    assert numbers.join(newer, BORN) == 2
    assert hashes_of(table, of("331195001")) == (of("331195001"),)


def test_a_number_of_two_persons_is_joined_to_neither(numbers, table, stand_in, tables):
    stand_in.add(people=[mine("331195001"), row(OTHER.personal_id, OTHER.name, "1993-01-01", former=["331195001"])])
    numbers.join(ME, BORN)
    before = tables.everything("Identity")
    with pytest.raises(NumbersContested):
        numbers.join(OTHER, date(1993, 1, 1))
    assert tables.everything("Identity") == before


def test_two_who_join_the_same_number_at_a_time_are_told_apart(numbers, stand_in, tables, table):
    stand_in.add(people=[mine("331195001"), row(OTHER.personal_id, OTHER.name, "1993-01-01", former=["331195001"])])
    tables.meanwhile(lambda: None)
    tables.meanwhile(lambda: numbers.join(OTHER, date(1993, 1, 1)))
    with pytest.raises(NumbersContested):
        numbers.join(ME, BORN)
    assert hashes_of(table, of("331195001"))[0] == OTHER.holder


def test_a_namesake_is_joined_to_nobody(numbers, table, stand_in):
    stand_in.add(people=[mine("331195001"), row("086195777777", ME.name, "1995-04-12")])
    numbers.join(ME, BORN)
    assert hashes_of(table, of("086195777777")) == (of("086195777777"),)


def test_who_the_register_knows_otherwise_joins_nothing(numbers, stand_in, tables):
    with pytest.raises(RegisterSaysOtherwise):
        numbers.join(ME, date(1995, 4, 13))
    with pytest.raises(LevelTooLow):
        numbers.join(people.HALF_KNOWN, BORN)
    stand_in.add(people=[mine(*(f"33119500{n}" for n in range(11)))])
    with pytest.raises(RegisterUnavailable):
        numbers.join(ME, BORN)
    assert tables.everything("Identity") == []


def test_what_was_kept_under_a_former_number_is_still_theirs(representing, numbers, stand_in):
    made = begin(representing).said.id
    newer = Principal("citizen-1", "CITIZEN", ME.name, 2, "086195000009")
    assert representing.mine(newer) == []
    stand_in.add(people=[mine(ME.personal_id, number="086195000009")])
    numbers.join(newer, BORN)
    assert [(head.said.id, side) for head, side in representing.mine(newer)] == [(made, "representative")]
    assert representing.end(newer, made).said.state == "ended"


# --- changes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "kind", "flag", "ends"),
    [
        ("representative", "died", "dead", True),
        ("representative", "incapacitated", "incapacitated", True),
        ("represented", "died", "dead", True),
        ("represented", "incapacitated", "incapacitated", False),
    ],
)
def test_what_ends_by_law_ends_when_the_register_confirms_it(
    representing, changes, stand_in, tables, who, kind, flag, ends
):
    made = begin(representing).said.id
    name, born_on, number = (
        (ME.name, BORN, ME.personal_id) if who == "representative" else (CHILD.name, CHILD.born_on, CHILD.number)
    )
    assert not changes.of_person(ADMINISTRATOR, kind, name, born_on, number).is_confirmed
    assert representing.read(ME, made)[0].said.state == "active"
    stand_in.add(people=[row(number, name, born_on.isoformat(), **{flag: True})])
    for again in (False, True):
        outcome = changes.of_person(ADMINISTRATOR, kind, name, born_on, number)
        assert (outcome.is_confirmed, outcome.ended) == (True, int(ends and not again))
    said = representing.read(ME, made)[0].said
    assert (said.state, said.ended_why) == (("ended", kind) if ends else ("active", None))
    assert tables.types("Identity", f"PERSON#{of(number)}") == ["person.changed"]
    assert {line.said.officer for line in lines_of(of(number))} >= {ADMINISTRATOR.name}


def test_a_false_notice_ends_nothing_whoever_it_names(representing, changes, tables):
    begin(representing)
    before = tables.everything("Identity")
    for name, number in ((ME.name, ME.personal_id), ("Không Ai", ME.personal_id), (ME.name, "0" * 12)):
        assert not changes.of_person(ADMINISTRATOR, "died", name, BORN, number).is_confirmed
    assert tables.everything("Identity") == before


def test_an_organisations_lock_is_told_each_time_that_it_changes(changes, stand_in, tables):
    number = "0100109106"
    kept = {"number": number, "acting": [], "at": "2026-07-01T00:00:00+07:00"}
    assert not changes.of_organisation(ADMINISTRATOR, "locked", number).is_confirmed
    for standing, kind in (("locked", "locked"), ("locked", "locked"), ("active", "reopened"), ("locked", "locked")):
        stand_in.add(organisations=[{**kept, "standing": standing}])
        assert changes.of_organisation(ADMINISTRATOR, kind, number).is_confirmed
    told = [row["data"]["kind"] for row in tables.events("Identity", f"PERSON#{holder_of('ORGANISATION', number)}")]
    assert told == ["locked", "reopened", "locked"]


# --- what is said of who asks -------------------------------------------------------------------------------------


def test_a_form_gets_what_is_registered_each_with_its_time(facts, tables):
    known = facts.for_form(ME, "1.001193", BORN, [], {})
    assert {each.field: each.value for each in known.fields} == {
        "person.full_name": ME.name,
        "person.personal_id": ME.personal_id,
        "person.birth_year": 1995,
        "residence.address": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
    }
    assert {each.at.isoformat() for each in known.fields} == {"2026-07-01T00:00:00+07:00"}
    assert known.basis
    assert known.differences == ()
    assert tables.everything("Identity") == [], "nothing of it is kept"


def test_a_difference_warns_and_where_the_procedure_says_so_refuses(facts):
    said = {"residence.address": "Hà Nội"}
    (found,) = facts.for_form(ME, "1.001193", BORN, ["residence.address"], said).differences
    assert (found.field, found.outcome) == ("residence.address", "warn")
    with pytest.raises(RegisterSaysOtherwise) as refused:
        facts.for_form(ME, "1.001193", BORN, ["person.full_name"], {"person.full_name": "Khác"})
    assert refused.value.facts["differences"] == ["person.full_name"]


def test_only_a_citizen_of_level_two_asks(facts):
    with pytest.raises(LevelTooLow):
        facts.for_form(people.HALF_KNOWN, "1.001193", BORN, [], {})
    foreigner = Principal("f", "FOREIGNER", "John", 2, document="USA:X1")
    with pytest.raises(NumberNeeded):
        facts.for_form(foreigner, "1.001193", BORN, [], {})


@pytest.mark.parametrize(
    ("number", "standing", "acting", "may"),
    [
        ("0100109106", "active", True, True),
        ("0100109107", "locked", True, False),
        ("0100109108", "dissolved", False, False),
    ],
)
def test_an_organisation_acts_when_its_account_is_open_and_this_person_is_registered(
    facts, number, standing, acting, may
):
    company = Principal("o", "ORGANISATION", ME.name, 2, ME.personal_id, organisation=number)
    found = facts.of_organisation(company)
    assert found == OrganisationStanding(standing, acting)
    assert found.may_act is may
    assert [line.said.by for line in lines_of(company.holder)] == ["owner"]


def test_nobody_but_an_organisation_asks_for_its_standing_and_a_strange_one_is_no_answer(facts, stand_in):
    with pytest.raises(OrganisationNeeded):
        facts.of_organisation(CHILD_SELF)
    stand_in.add(organisations=[{"number": "9", "standing": "?", "acting": [], "at": "2026-07-01T00:00:00Z"}])
    with pytest.raises(RegisterUnavailable):
        facts.of_organisation(Principal("o", "ORGANISATION", ME.name, 2, ME.personal_id, organisation="9"))
    assert not OrganisationStanding("active", is_acting_person=False).may_act
