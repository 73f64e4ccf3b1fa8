"""A register is asked what was registered and nothing else, after the line in the person's ledger."""

from datetime import date, datetime

import msgspec
import pytest

from chalicelib.identity.refusals import (
    GroundInsufficient,
    NotRegistered,
    RegisterOff,
    RegisterSaysOtherwise,
    RegisterUnavailable,
)
from chalicelib.identity.registers import registrations
from chalicelib.identity.registers.asking import Asking, require_match
from chalicelib.identity.registers.model import (
    Answer,
    Claim,
    Confirmed,
    Difference,
    Organisation,
    Parcel,
    Person,
    Told,
    alike,
    differences,
)
from chalicelib.identity.registers.registrations import BadRegistration, Registration, registration_of
from chalicelib.identity.registers.store import Ledgers
from chalicelib.kernel.ids import keyed_hash
from tests.fakes import people
from tests.support.ledgers import lines_of

ME = people.CITIZEN
AT = datetime.fromisoformat("2026-07-01T00:00:00+07:00")
SELF = Person(name=ME.name, born_on="1995-04-12", number=ME.personal_id)


def lines(number):
    return [line.said for line in lines_of(keyed_hash("holder", number))]


def test_a_question_carries_purpose_and_ground_and_the_answer_no_more_than_was_asked(asking, stand_in):
    answer = asking.ask(ME, "population", "1.001193", SELF, fields=["person.birth_year"], reference="MC-1")
    assert answer == Answer(verdict="match", fields=(Told("person.birth_year", 1995, AT),)), (
        "the register told the sex too, and nobody took it"
    )
    (sent,) = stand_in.questions
    assert sent["subject"] == {"type": "person", "name": ME.name, "born_on": "1995-04-12", "number": ME.personal_id}
    assert (sent["use"], sent["reference"], sent["fields"]) == ("1.001193", "MC-1", ["person.birth_year"])
    assert sent["purpose"]
    assert sent["basis"]


def test_the_line_stands_before_the_register_is_asked_and_names_fields_without_values(asking, stand_in):
    stand_in.behave(population="down")
    with pytest.raises(RegisterUnavailable):
        asking.ask(ME, "population", "1.001193", SELF, fields=["person.full_name"], reference="MC-1")
    (line,) = lines(ME.personal_id)
    assert (line.act, line.document, line.by, line.officer) == ("read", "register.population", "owner", None)
    assert line.asked.register == "population"
    assert (line.asked.use, line.asked.fields, line.reference) == ("1.001193", ("person.full_name",), "MC-1")
    assert line.asked.purpose
    assert line.basis
    assert ME.name not in str(line)
    assert ME.personal_id not in str(line)


def test_an_officers_question_names_agency_and_officer_and_anothers_names_neither(asking):
    asking.ask(people.RECEPTION, "population", "1.001193", SELF, fields=["person.full_name"])
    asking.ask(people.NEIGHBOUR, "population", "1.001193", SELF, fields=["person.full_name"])
    assert [(x.by, x.officer) for x in lines(ME.personal_id)] == [
        (people.OFFICE["id"], people.RECEPTION.name),
        ("person", None),
    ]


@pytest.mark.parametrize(
    ("register", "use", "fields", "claims", "named"),
    [
        ("population", "1.001193", ["person.full_name", "person.sex"], [], ["person.sex"]),
        ("population", "1.001193", [], [Claim("relation.parent", "x")], ["relation.parent"]),
        ("population", "9.999999", ["person.full_name"], [], []),
        ("population", "representation", ["relation.parent"], [], ["relation.parent"]),
        ("land", "1.001193", ["person.full_name"], [], []),
    ],
)
def test_what_is_not_registered_is_refused_by_name_before_anything_leaves(
    asking, stand_in, register, use, fields, claims, named
):
    with pytest.raises(NotRegistered) as refused:
        asking.ask(ME, register, use, SELF, fields=fields, claims=claims)
    assert refused.value.facts["names"] == named
    assert not stand_in.questions
    assert not lines(ME.personal_id)


def test_an_installation_without_registers_says_so_and_leaves_no_line(asking, registers):
    registers.on = False
    with pytest.raises(RegisterOff) as refused:
        asking.ask(ME, "population", "1.001193", SELF, fields=["person.full_name"])
    assert refused.value.facts == {"register": "population"}
    assert not lines(ME.personal_id)


def test_examples_count_on_a_developers_machine_alone(tables, registers, clock):
    deployed = Asking(registers, Ledgers(), registrations.shipped_registrations(), False, clock)
    with pytest.raises(NotRegistered):
        deployed.ask(ME, "population", "1.001193", SELF, fields=["person.full_name"])


def test_business_and_land_registers_are_asked_by_the_same_port(asking):
    found = asking.ask(
        ME,
        "business",
        "standing",
        Organisation(number="0100109107"),
        fields=["organisation.standing"],
        claims=[Claim("organisation.acting_person", ME.personal_id)],
    )
    assert found.told("organisation.standing") == "locked"
    assert found.confirms("organisation.acting_person")
    parcel = Parcel(commune="29773", sheet="12", plot="345", holder=ME.personal_id)
    found = asking.ask(
        ME, "land", "parcel", parcel, fields=["land.area"], claims=[Claim("land.holder", ME.personal_id)]
    )
    assert (found.told("land.area"), found.confirms("land.holder")) == ("250", True)
    assert [line.document for line in lines(ME.personal_id)] == ["register.land"]


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "match"),
        ({"name": "Khác"}, "no_match"),
        ({"born_on": "1995-04-13"}, "no_match"),
        ({"number": "0" * 12}, "no_data"),
    ],
)
def test_the_four_verdicts(asking, stand_in, change, verdict):
    subject = msgspec.structs.replace(SELF, **change)
    assert asking.ask(ME, "population", "1.001193", subject, fields=["person.full_name"]).verdict == verdict
    stand_in.behave(population="ground")
    answer = asking.ask(ME, "population", "1.001193", subject, fields=["person.full_name"])
    assert answer.verdict == "insufficient_ground"
    with pytest.raises(GroundInsufficient):
        require_match(answer)


def test_only_a_match_is_about_the_person():
    assert require_match(Answer(verdict="match"))
    for verdict in ("no_match", "no_data"):
        with pytest.raises(RegisterSaysOtherwise) as refused:
            require_match(Answer(verdict=verdict))
        assert refused.value.facts["verdict"] == verdict
    assert not Answer(verdict="no_match", confirmed=(Confirmed("a", holds=True),)).confirms("a")


def test_a_difference_warns_or_refuses_as_the_procedure_says():
    answer = Answer(
        verdict="match",
        fields=(
            Told("person.full_name", "Nguyễn  Thị Hoa", AT),
            Told("person.birth_year", 1995, AT),
            Told("x.y", ("a",), AT),
        ),
    )
    said = {"person.full_name": "nguyễn thị hoa", "person.birth_year": "1995", "x.y": "b", "z.z": "1"}
    assert differences(said, answer, ["person.full_name"]) == ()
    said |= {"person.full_name": "Nguyen Thi Hoa", "person.birth_year": "1996"}
    assert differences(said, answer, ["person.full_name"]) == (
        Difference("person.full_name", "refuse"),
        Difference("person.birth_year", "warn"),
    )
    assert alike("Nguyễn", "Nguyễn"), "composed and decomposed letters are the same"


def registered(**changes):
    given = {
        "register": "population", "use": "1.0", "purpose": "p", "basis": "b", "number": "n", "fields": [],
        "confirms": [], "refuses": [], "effective_from": "2026-07-01", "effective_to": "2026-12-31",
    }  # fmt: skip
    return msgspec.convert({**given, **changes}, Registration)


@pytest.mark.parametrize("wrong", [{"purpose": ""}, {"basis": ""}, {"fields": ["person.portrait"]}, {"number": ""}])
def test_a_registration_without_purpose_ground_or_number_or_with_biometrics_to_take_is_none(wrong):
    registered()
    registered(confirms=["person.portrait"])
    registered(number="", is_example=True)
    with pytest.raises(msgspec.ValidationError):
        registered(**wrong)


def test_a_registration_holds_on_its_days():
    known = [registered()]
    for day, holds in (("2026-06-30", False), ("2026-07-01", True), ("2026-12-31", True), ("2027-01-01", False)):
        found = registration_of(known, "population", "1.0", date.fromisoformat(day), examples=False)
        assert (found is not None) is holds
    assert issubclass(BadRegistration, ValueError)
