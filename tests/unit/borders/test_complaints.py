"""Borders of petitions, registers and what other systems report: the moment itself, the second of two, an open end."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from chalicelib.identity.petitions import handling, model
from chalicelib.identity.petitions.erasure import Erasing
from chalicelib.identity.petitions.filing import Filing, Filings
from chalicelib.identity.petitions.handling import Handling
from chalicelib.identity.petitions.items import ErasureReason, Passed, PetitionHead
from chalicelib.identity.petitions.orders import Order
from chalicelib.identity.petitions.ports import Deletion
from chalicelib.identity.petitions.refusals import PetitionAskTooLate
from chalicelib.identity.petitions.watching import Told, Watch
from chalicelib.identity.refusals import NotItsRepresentative, NotRegistered
from chalicelib.identity.registers.asking import Asking
from chalicelib.identity.registers.items import RepresentationHead, stands
from chalicelib.identity.registers.model import Answer, Confirmed
from chalicelib.identity.registers.registrations import Registration, registration_of
from chalicelib.identity.registers.representing import Named, Representing
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.law.packs import pack_on
from tests.fakes import people

NOW = datetime(2026, 12, 3, 3, tzinfo=UTC)
T0, T1, T2 = (stamp(NOW + timedelta(minutes=n)) for n in range(3))
RULES = pack_on(date(2026, 12, 3)).rules
EVE, NIGHT = datetime(2026, 12, 3, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 3, 17, tzinfo=UTC)


def petition(**said):
    given = {"pk": "PETITION#P", "id": "P", "agency": "H01", "came_at": T0, "due_at": T1, "filed_at": T0}
    return PetitionHead(**(given | said))


# --- petitions -------------------------------------------------------------------------------------------------------


def test_a_time_is_over_after_its_moment_and_not_at_it():
    assert not petition().is_past(moment(T1))
    assert petition().is_past(moment(T2))
    assert not petition(due_at=None).is_past(moment(T2)), "what has no end is never late"


def test_each_step_that_was_late_stays_told_and_once():
    head = petition(state="taken_up", missed=("take_up",))
    assert model.noted(head, moment(T2)).missed == ("take_up", "answer")
    assert model.noted(replace(head, missed=("take_up", "answer")), moment(T2)).missed == ("take_up", "answer")
    assert model.noted(head, moment(T1)).missed == ("take_up",)


def test_what_was_taken_up_before_keeps_its_day():
    head = petition(state="taken_up", taken_up_at=T0, due_at=T2)
    for after in (model.asked(head, "q", moment(T1), RULES), model.answered(head, "a", moment(T1), RULES)):
        assert after.taken_up_at == T0
    fresh = petition(due_at=T2)
    for after in (model.asked(fresh, "q", moment(T1), RULES), model.answered(fresh, "a", moment(T1), RULES)):
        assert after.taken_up_at == T1


def test_what_did_not_come_gives_the_agency_its_time_from_the_end_of_the_persons():
    head = petition(state="asked", asked_until=stamp(NOW + timedelta(days=20)), due_at=None)
    late, early = model.unsupplied(head, RULES), model.unsupplied(replace(head, asked_until=None), RULES)
    assert moment(late.due_at) > moment(early.due_at)
    assert moment(late.due_at) > moment(head.asked_until)


def test_of_many_requests_the_newest_are_known():
    head = petition()
    for number in range(model.KEYS_KEPT + 2):
        head = model.remembered(head, (f"k{number}", "b"))
    assert len(head.keys) == model.KEYS_KEPT
    assert (head.keys[0][0], head.keys[-1][0]) == ("k2", f"k{model.KEYS_KEPT + 1}")


def test_whoever_had_it_before_stays_told_in_order():
    there = model.Receiver(agency="H02")
    once = model.forwarded(petition(), there, moment(T1), RULES)
    twice = model.forwarded(once, model.Receiver(agency="H03"), moment(T2), RULES)
    assert [(each.agency, each.came_at, each.left_at) for each in twice.before] == [("H01", T0, T1), ("H02", T1, T2)]
    assert (twice.missed, twice.told, twice.reminded, twice.came_at) == ((), (), (), T2)


def test_a_step_of_which_nothing_was_told_is_looked_at_whatever_was_told_of_the_one_before():
    head = petition(state="taken_up", told=("take_up",), reminded=("take_up",), due_at=stamp(NOW + timedelta(days=30)))
    first = model.look_at(head, RULES)
    assert first is not None
    assert moment(first) <= moment(head.due_at)
    assert model.look_at(replace(head, reminded=("take_up", "answer")), RULES) == head.due_at
    assert model.look_at(replace(head, told=("take_up", "answer")), RULES) is None


def test_a_refusal_is_late_by_the_time_to_take_it_up_however_long_there_is_to_answer():
    taken = model.taken_up(petition(due_at=stamp(NOW + timedelta(days=1))), NOW, RULES)
    assert model.refused(taken, "r", NOW + timedelta(days=9), RULES).missed == ("take_up",)
    assert model.refused(taken, "r", NOW + timedelta(hours=1), RULES).missed == ()


class Records:
    """A record as it is given, and what was asked of it."""

    def __init__(self, head):
        self.kept, self.days, self.written = head, [], []

    def head(self, petition):
        return self.kept

    def due(self, now):
        return [self.kept.id]

    def write(self, before, after, event, *_):
        self.written.append(after)

    def receiver(self, agency, day):
        self.days.append(day)
        return model.Receiver(agency=agency)

    def above(self, agency, day):
        self.days.append(day)


@pytest.mark.parametrize(("now", "is_told"), [(T0, False), (T1, True), (T2, True)])
def test_the_clock_looks_at_a_petition_at_its_moment(now, is_told):
    head = petition(state="asked", asked_until=T1, due_at=None, pack=pack_on(NOW.date()).id)
    records = Records(head)
    Watch(records, lambda: moment(now)).run(done := Told())
    assert (done.petitions_unsupplied, len(records.written)) == (int(is_told), int(is_told))
    assert done.petitions_failed == 0


@pytest.fixture(autouse=True)
def impartial(monkeypatch):
    """Whom a petition concerns is another test's."""
    monkeypatch.setattr(handling, "require_impartial", lambda *_: None)


class Desk(Handling):
    """A desk whose acts are not written: what they change is answered."""

    def _done(self, order, act, found, change):
        return change(self.petitions.kept, self.clock())

    def done_once(self, order, petition, act, change):
        return change(self.petitions.kept, self.clock())

    def _is_up(self, agency, to):
        return False


@pytest.mark.parametrize("to", ["H02", "H03"])
def test_it_goes_back_to_none_of_those_who_had_it(to):
    before = tuple(Passed(agency=each, came_at=T0, left_at=T0) for each in ("H02", "H03"))
    records = Records(petition(before=before, pack=pack_on(NOW.date()).id))
    with pytest.raises(BodyInvalid) as refused:
        Desk(records, lambda: NOW, None).forward(Order(people.LEADER, "k", b""), "P", to)
    assert [each.rule for each in refused.value.fields] == ["not_back"]


@pytest.mark.parametrize(("now", "day"), [(EVE, "2026-12-03"), (NIGHT, "2026-12-04")])
def test_an_agency_is_looked_up_on_the_day_of_viet_nam(now, day):
    records = Records(petition(before=(Passed(agency="H02", came_at=T0, left_at=T0),)))
    with pytest.raises(BodyInvalid):
        Desk(records, lambda: now, None).forward(Order(people.LEADER, "k", b""), "P", "H02")
    assert records.days == [day]


@pytest.mark.parametrize(("now", "day"), [(EVE, "2026-12-03"), (NIGHT, "2026-12-04")])
def test_the_agency_above_is_that_of_the_day_of_viet_nam(now, day):
    records = Records(petition(dossier="MC-1", due_at=stamp(NIGHT), pack=pack_on(NOW.date()).id))
    Desk(records, lambda: now, None).forward(Order(people.LEADER, "k", b""), "P", "H04")
    assert records.days == [day, day]
    filings = Filings(Records(PetitionHead(pk="PETITION#Q")), lambda: now)
    filings.petitions.receiver = lambda agency, day: records.days.append(day)
    with pytest.raises(BodyInvalid):
        filings.file(Order(people.CITIZEN, "k", b""), Filing(kind="petition", about="rules", agency="H09", words="w"))
    assert records.days[2:] == [day]


@pytest.mark.parametrize(("later", "is_in_time"), [(-1, True), (0, True), (1, False)])
def test_more_is_asked_for_up_to_the_moment_at_which_the_time_for_it_ends(monkeypatch, later, is_in_time):
    monkeypatch.setattr(handling, "sealed", lambda *_: "s")
    head = petition(due_at=stamp(NOW + timedelta(days=90)), pack=pack_on(NOW.date()).id)
    now = moment(model.may_ask_until(head, RULES)) + timedelta(seconds=later)
    asking = Desk(Records(head), lambda: now, None)
    if is_in_time:
        assert asking.ask(Order(people.LEADER, "k", b""), "P", "w").after.asked_at == stamp(now)
    else:
        with pytest.raises(PetitionAskTooLate):
            asking.ask(Order(people.LEADER, "k", b""), "P", "w")


ENDED = petition(state="refused", ended_at=T0, due_at=None, holder="present", pack=pack_on(NOW.date()).id)


@pytest.mark.parametrize(("later", "may_go"), [(-1, False), (0, True), (1, True)])
def test_words_may_be_erased_from_the_end_of_their_time_on(later, may_go):
    now = moment(model.erase_at(ENDED, RULES)) + timedelta(seconds=later)
    erasing = Erasing(Desk(Records(ENDED), lambda: now, None), None)
    why = ErasureReason(ground="retention", basis="b")
    if may_go:
        assert erasing.propose(Order(people.LEADER, "k", b""), "P", why).after.proposal.ground == "retention"
    else:
        with pytest.raises(BodyInvalid):
            erasing.propose(Order(people.LEADER, "k", b""), "P", why)


@pytest.mark.parametrize(("now", "day"), [(EVE, "2026-12-03"), (NIGHT, "2026-12-04")])
@pytest.mark.parametrize(("holder", "is_theirs"), [("present", True), ("former", True), ("stranger", False)])
def test_an_erasure_is_founded_on_a_request_under_any_number_of_its_person(now, day, holder, is_theirs):
    records = Records(ENDED)
    asked = Deletion(kind="delete", state="asked", agency="H01", holder=holder, asked_at=stamp(now))
    records.deletion = lambda request: asked
    records.numbers = lambda present: ["present", "former"]
    erasing = Erasing(Desk(records, lambda: now, None), None)
    why = ErasureReason(ground="request", basis="b", request="DR-1")
    if is_theirs:
        assert erasing.propose(Order(people.LEADER, "k", b""), "P", why).after.proposal.request == "DR-1"
        assert records.days == [day], "the agency above is that of the day of Viet Nam"
    else:
        with pytest.raises(BodyInvalid):
            erasing.propose(Order(people.LEADER, "k", b""), "P", why)


# --- registers -------------------------------------------------------------------------------------------------------


def registered(first, last):
    return Registration(
        register="population", use="u", purpose="p", basis="b", number="n", fields=(), confirms=(), refuses=(),
        effective_from=first, effective_to=last,
    )  # fmt: skip


@pytest.mark.parametrize(("day", "holds"), [(date(2026, 7, 1), True), (date(2026, 6, 30), False), (date.max, True)])
def test_a_registration_without_an_end_holds_for_ever_and_of_two_the_one_of_the_day_is_asked(day, holds):
    known, over = registered(date(2026, 7, 1), None), registered(date(2026, 1, 1), date(2026, 6, 29))
    for some in ((known, over), (over, known)):
        found = registration_of(some, "population", "u", day, examples=False)
        assert found == (known if holds else None)


@pytest.mark.parametrize(("now", "is_known"), [(EVE, False), (NIGHT, True)])
def test_a_registration_begins_at_midnight_of_viet_nam(now, is_known):
    asking = Asking(None, None, [registered(date(2026, 12, 4), None)], False, lambda: now)
    if is_known:
        assert asking.registration("population", "u").effective_from == date(2026, 12, 4)
    else:
        with pytest.raises(NotRegistered):
            asking.registration("population", "u")


@pytest.mark.parametrize(
    ("state", "closes", "at", "it_stands"),
    [
        ("active", None, T2, True),
        ("active", T1, T0, True),
        ("active", T1, T1, False),
        ("active", T1, T2, False),
        ("ended", None, T0, False),
    ],
)
def test_a_representation_stands_until_its_end_and_without_one_for_ever(state, closes, at, it_stands):
    head = RepresentationHead(pk="R", said=SimpleNamespace(state=state, closes=closes))
    assert stands(head, moment(at)) == it_stands


@pytest.mark.parametrize("fields", [("a", "b"), ("b", "a")])
def test_one_yes_of_several_is_enough_and_none_without_a_match(fields):
    said = (Confirmed("a", False), Confirmed("b", True))
    assert Answer(verdict="match", confirmed=said).confirms(*fields)
    assert not Answer(verdict="match", confirmed=said[:1]).confirms(*fields)
    assert not Answer(verdict="no_match", confirmed=said).confirms(*fields)


@pytest.mark.parametrize(
    ("now", "born_on", "is_born"),
    [
        (EVE, date(2026, 12, 3), True),
        (EVE, date(2026, 12, 4), False),
        (NIGHT, date(2026, 12, 4), True),
        (NIGHT, date(2026, 12, 5), False),
    ],
)
def test_a_child_is_represented_from_the_day_of_its_birth_in_viet_nam(now, born_on, is_born):
    asking = SimpleNamespace(ask=lambda *_, **__: Answer(verdict="no_data"))
    representing = Representing(asking, SimpleNamespace(asked=lambda *_: None), None, lambda: now)
    named = Named(name="Nguyễn Thị Na", born_on=born_on, number="001326000001", ground="parent")
    with pytest.raises(NotItsRepresentative if is_born else BodyInvalid):
        representing.begin(people.CITIZEN, named, "k", b"{}")
