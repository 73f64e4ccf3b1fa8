"""A parent or guardian stands for whom the population register says so of (Civil Code Art. 136, 140(4))."""

from datetime import date

import pytest

from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.stored import typed
from chalicelib.identity.fence import active
from chalicelib.identity.refusals import (
    CameOfAge,
    NotItsRepresentative,
    NumberNeeded,
    RegisterUnavailable,
    RepresentationStands,
)
from chalicelib.identity.registers.representing import Named
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import BodyInvalid, KeyReused, LevelTooLow, NotAllowed, NotFound
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.unit.identity.registers.conftest import row

ME, OTHER = people.CITIZEN, people.NEIGHBOUR
CHILD = Named(name="Lê Nguyễn Minh Anh", born_on=date(2020, 5, 5), number="086320000077", ground="parent")
WARD = Named(name="Phạm Gia Huy", born_on=date(2016, 2, 29), number="086316000055", ground="guardian")
BODY = b'{"ground":"parent"}'
CHILD_SELF = Principal("child", "CITIZEN", CHILD.name, 1, CHILD.number)


def begin(representing, named=CHILD, who=ME, key="k1", body=BODY):
    return representing.begin(who, named, key, body)[0]


def told(tables, representation):
    rows = tables.events("Identity", f"REPRESENTATION#{representation}")
    return [typed(RepresentationKept, row["data"], row) for row in rows]


def holds(said, now):
    try:
        aws.transact({"fence": active(said.id, said.version, stamp(now))})
    except aws.Lost:
        return False
    return True


def test_what_the_register_confirms_is_kept_told_and_fenced_at_once(representing, tables, clock):
    said = begin(representing).said
    assert (said.kind, said.state, said.version, said.procedures) == ("parent", "active", 1, ())
    assert (said.represented, said.representative) == (keyed_hash("holder", CHILD.number), ME.holder)
    assert said.may == ("file", "supplement", "withdraw", "pay", "notices")
    assert said.closes == "2038-05-04T17:00:00.000+00:00", "midnight of the eighteenth birthday, in Vietnam"
    sides = unseal(said.id, said.sealed)
    assert sides["represented"] == {
        "name": CHILD.name, "personal_id": CHILD.number, "kind": "CITIZEN", "born_on": "2020-05-05"
    }  # fmt: skip
    assert sides["representative"] == {"name": ME.name, "personal_id": ME.personal_id, "kind": "CITIZEN"}
    assert told(tables, said.id) == [said]
    assert holds(said, clock())
    assert tables.unbroken("Identity", f"REPRESENTATION#{said.id}")
    assert CHILD.number not in str(tables.everything("Identity"))
    assert CHILD.name not in str(tables.everything("Identity"))


def test_it_ends_with_the_day_of_majority_by_itself(representing, clock):
    said = begin(representing).said
    clock.at("2038-05-04T23:59:59")
    assert holds(said, clock())
    clock.at("2038-05-05T00:00:00")
    assert not holds(said, clock())


def test_both_sides_see_it_and_nobody_else(representing):
    made = begin(representing).said.id
    for who, side in ((ME, "representative"), (CHILD_SELF, "represented")):
        assert [(head.said.id, role) for head, role in representing.mine(who)] == [(made, side)]
        assert representing.read(who, made)[1] == side
    assert representing.mine(OTHER) == []
    for name in (made, "LR-NOTHING"):
        with pytest.raises(NotFound):
            representing.read(OTHER, name)


def test_the_same_request_again_makes_nothing_and_asks_nobody(representing, stand_in, tables):
    first = begin(representing)
    writes = tables.writes
    assert begin(representing).pk == first.pk
    assert (len(stand_in.questions), tables.writes) == (1, writes)
    with pytest.raises(KeyReused):
        begin(representing, body=b"{}")


def test_a_second_one_of_the_same_two_is_refused_by_name_until_the_first_ended(representing):
    made = begin(representing).said.id
    with pytest.raises(RepresentationStands) as refused:
        begin(representing, key="k2")
    assert refused.value.facts["representation"] == made
    representing.end(ME, made)
    again = begin(representing, key="k3").said.id
    assert again != made
    assert [head.said.id for head, _ in representing.mine(ME)] == [again]
    assert representing.read(ME, made)[0].said.state == "ended"


def test_two_requests_at_a_time_make_one(representing, tables):
    tables.meanwhile(lambda: None)  # the line in the ledger is the first write
    tables.meanwhile(lambda: begin(representing, key="other"))
    with pytest.raises(RepresentationStands):
        begin(representing)
    assert len(representing.mine(ME)) == 1


def test_the_representative_ends_it_once_and_the_represented_does_not(representing, tables, clock):
    made = begin(representing).said
    with pytest.raises(NotAllowed):
        representing.end(CHILD_SELF, made.id)
    with pytest.raises(NotFound):
        representing.end(OTHER, made.id)
    for _ in range(2):
        said = representing.end(ME, made.id).said
        assert (said.state, said.ended_why, said.ended_at) == ("ended", "representative", stamp(clock()))
    assert [each.state for each in told(tables, made.id)] == ["active", "ended"]
    assert not holds(made, clock())


REFUSED = [
    ("another's child", {}, OTHER),
    ("another name", {"name": "Lê Nguyễn Minh Ánh"}, ME),
    ("another day", {"born_on": date(2020, 5, 6)}, ME),
    ("no such person", {"number": "086320999999"}, ME),
    ("guardian and not parent", {"ground": "guardian"}, ME),
    ("oneself", {"name": ME.name, "born_on": date(2015, 4, 12), "number": ME.personal_id}, ME),
]


@pytest.mark.parametrize(("what", "change", "who"), REFUSED)
def test_whatever_the_register_does_not_confirm_is_one_refusal_after_the_same_calls(
    representing, stand_in, tables, monkeypatch, what, change, who
):
    named = Named(**{name: change.get(name, getattr(CHILD, name)) for name in CHILD.__struct_fields__})
    reads = []
    monkeypatch.setattr(aws, "get", lambda *a, real=aws.get: reads.append(a) or real(*a))
    with pytest.raises(NotItsRepresentative) as refused:
        begin(representing, named, who)
    assert (refused.value.facts, refused.value.fields) == ({}, ())
    assert (len(stand_in.questions), tables.writes, len(reads)) == (1, 1, 2), what
    assert tables.everything("Identity") == []


@pytest.mark.parametrize("way", ["otherwise", "ground"])
def test_a_register_that_says_otherwise_makes_none(representing, stand_in, tables, way):
    stand_in.behave(population=way)
    with pytest.raises(NotItsRepresentative):
        begin(representing)
    assert tables.everything("Identity") == []


def test_a_register_that_is_down_leaves_nothing_half_written_and_the_same_key_goes_on(representing, stand_in, tables):
    stand_in.behave(population="down")
    with pytest.raises(RegisterUnavailable):
        begin(representing)
    assert tables.everything("Identity") == []
    stand_in.behave(population="well")
    assert begin(representing).said.state == "active"


def test_a_ward_who_is_of_age_has_a_guardian_without_an_end_and_no_parent(representing, stand_in):
    stand_in.add(people=[row("086080000001", "Phạm Văn Già", "1980-01-01", guardians=[ME.personal_id])])
    adult = Named(name="Phạm Văn Già", born_on=date(1980, 1, 1), number="086080000001", ground="guardian")
    assert begin(representing, adult).said.closes is None
    parent = Named(name="Phạm Văn Già", born_on=date(1980, 1, 1), number="086080000001", ground="parent")
    asked = len(stand_in.questions)
    with pytest.raises(CameOfAge):
        begin(representing, parent, key="k2")
    assert len(stand_in.questions) == asked
    assert begin(representing, WARD, key="k3").said.closes == "2034-02-28T17:00:00.000+00:00"


def test_who_is_known_too_little_or_is_no_citizen_asks_nothing(representing, stand_in):
    with pytest.raises(LevelTooLow):
        begin(representing, who=people.HALF_KNOWN)
    company = Principal("o", "ORGANISATION", ME.name, 2, ME.personal_id, organisation="0100109106")
    with pytest.raises(NumberNeeded):
        begin(representing, who=company)
    unborn = Named(name="A", born_on=date(2026, 11, 26), number=CHILD.number, ground="parent")
    with pytest.raises(BodyInvalid):
        begin(representing, unborn)
    assert stand_in.questions == []


def test_a_birth_year_that_is_not_the_numbers_warns(representing, stand_in):
    stand_in.add(people=[row("086321000077", "Lê An", "2020-05-05", parents=[ME.personal_id])])
    named = Named(name="Lê An", born_on=date(2020, 5, 5), number="086321000077", ground="parent")
    head, warnings = representing.begin(ME, named, "k", BODY)
    assert [each.rule for each in warnings] == ["birth_year_differs"]
    assert head.said.state == "active"
