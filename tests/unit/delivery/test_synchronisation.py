"""The national portal has each step of a dossier once and in order, whatever fails, dies, comes twice or late."""

import json
import re
from datetime import date, timedelta

import msgspec
import pytest
from msgspec import structs

from chalicelib.contracts.delivery import PortalAskedAgain
from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.delivery.refusals import NothingToRedeliver
from chalicelib.delivery.service import Order
from chalicelib.delivery.synchronisation import events, model
from chalicelib.delivery.synchronisation.model import WAITS
from chalicelib.delivery.synchronisation.payloads import Record, Step
from chalicelib.delivery.synchronisation.ports import Known, NotLoggedIn, RefusedByPortal
from chalicelib.delivery.synchronisation.store import Table
from chalicelib.delivery.synchronisation.synchronising import STEPS, TAKES, Synchronised, codes_of, has
from chalicelib.delivery.synchronisation.told import Telling
from chalicelib.dossier import fed, synchronising
from chalicelib.dossier.national_portal import CodeLists
from chalicelib.dossier.synchronised import PARTS
from chalicelib.kernel import log, waiting
from chalicelib.kernel.problem import ContentErased, KeyReused, NotAllowed, NotFound
from chalicelib.kernel.record import log_row
from chalicelib.law.packs import pack_on
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.payment import Owed, Paid, Payments
from chalicelib.onestop.given import SupplementGiven
from infra.stack.functions import FUNCTIONS
from infra.stack.watch import alarms
from tests.fakes import people
from tests.support.parcels import Died, Mail, Mortal
from tests.support.portalled import Connected, mortal, on

__all__ = ["on"]
pytestmark = pytest.mark.usefixtures("on")
LIFE = ["1", "2", "4", "9", "10"]


@pytest.fixture
def there(hall):
    return Connected(hall)


@pytest.fixture
def accepted(there):
    """A dossier that has its code, and all its steps noted."""
    reference = there.hall.at("receive")
    there.note(reference)
    return reference


def states(there):
    return [each.state for each in there.portal.steps]


def another(there):
    """A second dossier that was accepted, of somebody else."""
    reference = there.hall.ready(people.NEIGHBOUR)
    there.hall.submit(reference, people.NEIGHBOUR, key="submit-2")
    there.hall.complete(reference, "receive", key="task-2")
    there.note(reference)
    return reference


def finished(there):
    """A dossier through its whole life."""
    reference = there.hall.at("receive", "verify", "approve")
    Mail(there.hall).signed(reference)
    there.note(reference)
    return reference


# --- steps -----------------------------------------------------------------------------------------------------------


def test_a_dossier_is_told_through_its_life_each_step_once_and_in_order(there):
    reference = finished(there)
    there.run()
    assert states(there) == LIFE
    code = there.hall.head(reference)["dossier_code"]
    assert {each.code for each in (*there.portal.steps, *there.portal.records)} == {code}
    assert [each.state for each in there.portal.records] == LIFE
    times = [each.at for each in there.portal.steps]
    assert times == sorted(times)
    assert all(re.fullmatch(r"20\d{12}", each) for each in times)
    assert there.of(reference).progress == "synchronised"
    before = list(there.portal.kept)
    there.note(reference)
    assert there.run(timedelta(days=9)) == Synchronised()
    assert there.portal.kept == before


def test_a_further_step_is_told_alone(there, accepted):
    there.run()
    assert states(there) == ["1", "2", "4"][: len(states(there))]
    had, asked = len(there.portal.steps), there.portal.asked
    there.hall.complete(accepted, "verify")
    there.hall.complete(accepted, "approve")
    Mail(there.hall).signed(accepted)
    there.note(accepted)
    there.run()
    assert states(there) == LIFE
    assert len(there.portal.steps) > had
    assert there.portal.asked == asked, "a portal that has the dossier, and nothing that was cut off, is not asked"


def test_what_has_no_code_waits_for_it(there):
    reference = there.hall.submitted()
    there.note(reference)
    there.run()
    assert (there.portal.kept, there.of(reference).due_at) == ([], None)
    there.hall.complete(reference, "receive")
    there.note(reference)
    there.run()
    assert states(there)[:2] == ["1", "2"]


def test_one_that_ends_without_a_code_is_told_under_its_reference(there):
    reference = there.hall.submitted()
    there.hall.complete(
        reference, "receive", outcome="refused", reason="Không thuộc thẩm quyền", basis="61/2018 Điều 17"
    )
    there.note(reference)
    there.run()
    assert states(there) == ["1", "3"]
    record = there.portal.records[-1]
    assert (record.code, record.accepted_at) == (reference, None)
    assert record.refused_at == record.ended_at == there.portal.steps[-1].at


def test_whatever_the_order_of_the_outbox_the_log_gives_the_order(there):
    reference = there.hall.at("receive")
    last = fed.events_of(reference, 1, 999)[-1].number
    there.note(reference, last - 1)
    there.run()
    told = states(there)
    there.note(reference)
    there.run(timedelta(hours=1))
    assert states(there) == told == sorted(told, key=int)


def test_a_stage_without_a_portal_notes_and_reads_nothing(there, monkeypatch):
    monkeypatch.setenv("MOTCUA_NATIONAL_PORTAL", "none")
    reference = there.hall.at("receive")
    before = there.hall.stores.writes, there.hall.rows.everything()
    rows = dict(enumerate((reference, row) for row in fed.events_of(reference, 1, 999)))
    assert synchronising.queue(rows, there.hall.clock()) == {}
    assert (there.hall.stores.writes, there.hall.rows.everything()) == before
    monkeypatch.setattr("chalicelib.kernel.aws.found", lambda *_, **__: pytest.fail("read"))
    assert events.delivery_synchronise({}, None) == {"turned": 0, "told": 0, "parked": 0, "late": 0, "failed": 0}


def test_what_is_no_dossier_and_what_is_no_step_is_noted_nowhere(there):
    reference = there.hall.at("receive")
    rows = fed.events_of(reference, 1, 999)
    quiet = next(row for row in rows if not row.state)
    moved = next(row for row in rows if row.state)
    synchronising.queue({0: (reference, quiet), 1: ("OWNER#1", moved)}, there.hall.clock())
    assert synchronising.one(reference) is None
    assert synchronising.one("OWNER#1") is None


def test_a_row_that_cannot_be_noted_is_told_by_its_places(there, monkeypatch):
    reference = there.hall.at("receive")
    rows = dict(enumerate((reference, row) for row in fed.events_of(reference, 1, 999)))
    monkeypatch.setattr("chalicelib.kernel.aws.get", lambda *_: 1 / 0)
    failed = synchronising.queue(rows, there.hall.clock())
    assert failed.keys() == {place for place, (_, row) in rows.items() if row.state}
    assert all(isinstance(each, ZeroDivisionError) for each in failed.values())


# --- a portal that misbehaves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["mute", "slow"])
def test_whose_answer_was_lost_is_asked_and_told_nothing_twice(there, way):
    reference = finished(there)
    for wait in WAITS:
        there.portal.way = way
        there.run(wait * 1.1)
        there.portal.way = "well"
        there.portal.asked = 0
        there.run(wait * 1.1)
    assert states(there) == LIFE
    assert there.of(reference).progress == "synchronised"


@pytest.mark.parametrize("failing", range(1, 16))
def test_one_answer_lost_anywhere_tells_nothing_twice(there, failing):
    reference, portal = finished(there), there.portal
    take, calls = portal._take, []

    def taken(what):
        calls.append(what)
        portal.way = "mute" if len(calls) == failing else "well"
        try:
            take(what)
        finally:
            portal.way = "well"

    portal._take = taken
    there.run()
    for wait in WAITS[:2]:
        there.run(wait * 1.1)
    assert states(there) == LIFE
    assert there.of(reference).progress == "synchronised"


def test_one_that_is_down_is_tried_by_the_schedule_and_then_left_to_a_person(there, accepted, monkeypatch):
    measured = []
    monkeypatch.setattr(log, "measure", lambda **counts: measured.append(counts))
    there.portal.way = "down"
    assert there.run().parked == 0
    assert there.of(accepted).progress == "retrying"
    for wait in WAITS[:-1]:
        assert there.run(wait - timedelta(seconds=30)).turned == 0, "not before its time"
        assert there.run(timedelta(seconds=60)).parked == 0
    assert there.run(WAITS[-1] + timedelta(seconds=60)).parked == 1
    found = there.of(accepted)
    assert (found.progress, found.why, found.due_at) == ("parked", "unreachable", None)
    assert {each.outcome for each in found.attempts} == {"unreachable"}
    assert there.run(timedelta(days=14)).turned == 0
    there.portal.way = "well"
    assert there.redeliver(accepted).sync.progress == "waiting"
    there.run()
    assert states(there)[:2] == ["1", "2"]
    assert there.of(accepted).progress == "synchronised"


def test_steps_that_come_while_one_waits_or_is_parked_wait_behind_it(there, accepted):
    there.portal.way = "refuses"
    assert there.run().parked == 1
    found = there.of(accepted)
    assert (found.why, found.code) == ("refused", "99")
    there.portal.way = "well"
    there.hall.complete(accepted, "verify")
    there.hall.complete(accepted, "approve")
    Mail(there.hall).signed(accepted)
    there.note(accepted)
    assert there.run(timedelta(days=1)).turned == 0
    assert there.portal.kept == []
    there.redeliver(accepted)
    there.run()
    assert states(there) == LIFE


def test_what_a_portal_cannot_say_is_not_told_twice(there, accepted):
    there.portal.says_steps = False
    there.portal.way = "loses"
    there.run()
    there.portal.way = "well"
    kept = list(there.portal.kept)
    there.run(WAITS[0] * 1.1)
    assert there.portal.kept == kept
    assert there.of(accepted).progress == "retrying"
    there.portal.says_steps = True
    there.run(WAITS[1] * 1.1)
    assert [each.state for each in there.portal.steps] == sorted({each.state for each in there.portal.steps}, key=int)


@pytest.mark.parametrize("way", ["down", "mute"])
def test_what_failed_before_its_step_was_sent_is_in_no_doubt(there, accepted, way):
    there.portal.says_steps, there.portal.way = False, way
    there.run()
    found = there.of(accepted)
    assert (found.sending, found.progress, found.attempts[-1].step > 0) == (None, "retrying", True)
    there.portal.way = "well"
    there.run(WAITS[0] * 1.1)
    assert (states(there)[:2], there.of(accepted).progress) == (["1", "2"], "synchronised")


def test_what_a_run_had_no_time_for_is_in_no_doubt(there, accepted, monkeypatch):
    there.portal.says_steps = False
    left = iter((TAKES, TAKES, TAKES - 1))
    with monkeypatch.context() as patch:
        patch.setattr(waiting, "left", lambda: next(left))
        there.run()
    assert (states(there), there.of(accepted).sending) == (["1"], None)
    there.run()
    assert (states(there)[:2], there.of(accepted).progress) == (["1", "2"], "synchronised")


@pytest.mark.parametrize("kind", [Record, Step])
def test_what_was_refused_is_in_no_doubt(there, accepted, kind):
    there.portal.says_steps, take = False, there.portal._take

    def taken(what):
        if isinstance(what, kind):
            raise RefusedByPortal("99")
        take(what)

    there.portal._take = taken
    assert there.run().parked == 1
    found = there.of(accepted)
    assert (found.sending, found.attempts[-1].outcome, found.attempts[-1].step > 0) == (None, "refused", True)
    there.portal._take = take
    there.redeliver(accepted)
    there.run()
    assert (states(there)[:2], there.of(accepted).progress) == (["1", "2"], "synchronised")


@pytest.mark.parametrize("has_step", [True, False])
def test_who_looked_at_the_portal_says_whether_a_step_in_doubt_is_there(there, accepted, has_step):
    there.portal.says_steps, there.portal.way = False, "loses"
    there.run()
    there.portal.way = "well"
    if not has_step:
        there.portal.kept = there.portal.records
    for wait in WAITS:
        there.run(wait * 1.1)
    found = there.of(accepted)
    assert (found.progress, found.why, bool(found.sending)) == ("parked", "unreachable", True)
    there.redeliver(accepted, has_step=has_step)
    there.run()
    assert (states(there)[:2], len(set(states(there)))) == (["1", "2"], len(states(there)))
    assert there.of(accepted).progress == "synchronised"


def test_a_dossier_that_the_portal_had_before_is_updated_and_its_steps_told(there, accepted):
    there.run()
    told = states(there)
    there.portal.kept, there.portal.says_steps = there.portal.records[:1], False
    soon = "2026-01-01T00:00:00.000+00:00"
    there.hall.rows.change(f"PORTAL#{accepted}", "SYNC", told=0, is_there=False, due_at=soon)
    there.worker.turn(accepted)
    assert states(there) == told, "it was never told of them by us, so it is not asked which it has"


@pytest.mark.parametrize("first", [0, 1, 2])
def test_where_nobody_is_logged_in_the_run_ends_and_no_dossier_has_a_try_less(there, accepted, first):
    """At the look-up, at the dossier, at its step."""
    other = another(there)
    there.portal.says_steps = False
    calls = ("find", "keep", "add")[first]
    well = getattr(there.portal, calls)
    seen = []

    def nobody(*_, **__):
        seen.append(1)
        raise NotLoggedIn

    setattr(there.portal, calls, nobody)
    for minutes in range(1, 20):
        assert there.run(timedelta(minutes=1)).parked == 0
        assert len(seen) == minutes, "the run ends"
    for each in (accepted, other):
        found = there.of(each)
        assert (found.tries, found.attempts, found.sending, found.parked_at) == (0, (), None, None)
    assert there.run(timedelta(minutes=1)).late == 1
    setattr(there.portal, calls, well)
    there.run(timedelta(minutes=1))
    assert {there.of(each).progress for each in (accepted, other)} == {"synchronised"}
    assert len(there.portal.steps) == len({(each.code, each.mark) for each in there.portal.steps})


def test_a_step_in_doubt_stays_so_where_nobody_is_logged_in(there, accepted):
    there.portal.way = "loses"
    there.run()
    doubtful = there.of(accepted).sending
    there.portal.way = "logs nobody in"
    there.run(WAITS[0] * 1.1)
    assert there.of(accepted).sending == doubtful is not None
    there.portal.way = "well"
    there.run(timedelta(minutes=1))
    assert len(states(there)) == len(set(states(there)))


def test_one_worker_runs_at_a_time():
    assert FUNCTIONS["delivery_synchronise"].reserved == 1, "an account at the portal has one session"


def test_a_step_that_waits_too_long_is_counted_as_late(there, accepted):
    there.portal.way = "down"
    assert there.run().late == 0
    assert there.run(timedelta(minutes=11)).late == 1
    there.portal.way = "well"
    there.run(timedelta(hours=1))
    assert there.of(accepted).waits_since is None


def test_two_steps_that_look_alike_are_told_both(there, accepted):
    there.run()
    rows = [row for row in there.hall.rows.events(accepted) if row.get("state")]
    last = rows[-1]
    head, seq = there.hall.head(accepted), len(there.hall.rows.events(accepted))
    alike = {**last, "sk": f"EVENT#{seq + 1:06d}"}
    dossier = there.hall.draft(accepted)
    twice = structs.replace(dossier, _events=(*dossier.events, log_row(alike)))
    telling = Telling(twice, head["dossier_code"], codes_of(pack_on(date(2026, 11, 25)).rules, CodeLists()))
    row = twice.events[-1]
    assert telling.step(row).mark == there.portal.steps[-1].mark
    assert telling.same_before(row) == telling.same_before(dossier.events[int(last["sk"][-6:]) - 1]) + 1
    assert not has(Known(marks=tuple(each.mark for each in there.portal.steps)), telling, row)


# --- death, and others at the same time ------------------------------------------------------------------------------


def calls_of_a_run(there):
    life = Mortal()
    worker = mortal(there, life)
    there.hall.clock.advance(seconds=1)
    worker.run()
    return life.calls


def test_a_worker_killed_before_and_after_every_call_leaves_each_step_once(hall):
    first = Connected(hall)
    reference = finished(first)
    hall.clock.advance(seconds=1)
    kept, now = hall.stores.kept(), hall.clock()
    calls = calls_of_a_run(first)
    assert calls > 20
    for after in (False, True):
        for at in range(1, calls + 1):
            hall.stores.put_back(kept, 0)
            hall.clock.now = now
            there = Connected(hall)
            with pytest.raises(Died):
                mortal(there, Mortal(at, after=after)).run()
            for _ in range(3):
                there.later()
            assert states(there) == LIFE, (at, after)
            assert there.of(reference).progress == "synchronised", (at, after)


def test_two_workers_at_once_tell_a_dossier_once(there, accepted):
    there.hall.clock.advance(seconds=1)
    other, find = there.worker_over(Table(), there.portal), there.portal.find

    def meanwhile(code):
        there.portal.find = find
        assert not other.turn(accepted)
        return find(code)

    there.portal.find = meanwhile
    assert there.worker.turn(accepted)
    assert states(there)[:2] == ["1", "2"]
    assert len(set(states(there))) == len(states(there))


def test_whose_lease_ended_writes_and_tells_nothing_more(there, accepted):
    there.hall.clock.advance(seconds=1)
    keep, begun = there.portal.keep, []

    def stalls(record, *, is_there):
        keep(record, is_there=is_there)
        if not begun:
            begun.append(record)
            there.hall.rows.change(f"PORTAL#{accepted}", "SYNC", due_at="2099-01-01T00:00:00.000+00:00", version=99)

    there.portal.keep = stalls
    assert there.worker.turn(accepted)
    assert there.portal.steps == [], "it sees before it tells a step that another has the dossier"
    assert there.of(accepted).version == 99


def test_a_step_that_comes_while_its_dossier_is_told_is_told_next(there, accepted):
    there.hall.clock.advance(seconds=1)
    find, grew = there.portal.find, []

    def meanwhile(code):
        if not grew:
            grew.append(code)
            there.hall.complete(accepted, "verify")
            there.hall.complete(accepted, "approve")
            Mail(there.hall).signed(accepted)
            there.note(accepted)
        return find(code)

    there.portal.find = meanwhile
    there.worker.turn(accepted)
    assert states(there) != LIFE
    assert there.of(accepted).progress == "waiting"
    there.run()
    assert states(there) == LIFE


def test_a_long_log_is_told_in_pieces(there, monkeypatch):
    monkeypatch.setattr("chalicelib.delivery.synchronisation.synchronising.STEPS", 2)
    reference = finished(there)
    there.run()
    assert states(there) == LIFE[:2]
    there.run()
    there.run()
    assert states(there) == LIFE
    assert there.of(reference).progress == "synchronised"
    assert model.LEASE.total_seconds() >= STEPS * TAKES / 1.5


def test_a_run_ends_with_its_time_and_one_that_breaks_stops_no_other(there, accepted, monkeypatch):
    there.hall.clock.advance(seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(waiting, "left", lambda: TAKES - 1)
        assert there.worker.run().turned == 0
    other = another(there)
    one = Table.one
    monkeypatch.setattr(Table, "one", lambda self, reference: 1 / 0 if reference == accepted else one(self, reference))
    done = there.run()
    assert (done.failed, done.turned) == (1, 1)
    assert {each.code for each in there.portal.steps} == {there.hall.head(other)["dossier_code"]}


def test_what_is_due_is_found_in_every_part(there, accepted):
    there.hall.clock.advance(seconds=1)
    assert [row.reference for row in synchronising.due(there.hall.clock())] == [accepted]
    for number in range(3 * PARTS):
        synchronising.note(f"MC-{number:016d}", 1, there.hall.clock())
    there.hall.clock.advance(seconds=1)
    assert len(list(synchronising.due(there.hall.clock()))) == 1 + 3 * PARTS


@pytest.mark.parametrize("is_begun", [False, True])
def test_one_that_breaks_us_is_put_off_then_left_to_a_person_and_the_others_are_told(
    there, accepted, monkeypatch, is_begun
):
    where = (Telling, "record") if is_begun else (Table, "dossier")
    well = getattr(*where)

    def breaks(self, *given):
        which = self.dossier.reference if is_begun else given[0]
        return 1 / 0 if which == accepted else well(self, *given)

    parked = 0
    with monkeypatch.context() as patch:
        patch.setattr(*where, breaks)
        assert there.run().failed == 1
        assert there.of(accepted).progress == "retrying"
        other = another(there)
        assert there.run().failed == 0, "not before its time"
        assert there.of(other).progress == "synchronised"
        for wait in (*WAITS, timedelta(days=2)):
            parked += there.run(wait * 1.1).parked
    found = there.of(accepted)
    assert (parked, found.progress, found.why, found.due_at) == (1, "parked", "broken", None)
    assert {each.outcome for each in found.attempts} == {"broken"}
    assert [each.reference for each in there.officers.parked(people.LEADER, "")[0]] == [accepted]
    there.redeliver(accepted)
    there.run()
    assert there.of(accepted).progress == "synchronised"


# --- what is told ----------------------------------------------------------------------------------------------------


def test_what_is_told_has_the_names_of_the_portal_and_nothing_is_made_up(there):
    finished(there)
    there.run()
    first, last = there.portal.records[0], there.portal.records[-1]
    told = msgspec.to_builtins(last)
    assert told["MaTTHC"] == people.PROCEDURE
    assert told["ChuHoSo"] == people.CITIZEN.name
    assert list(told["DinhDanhCHS"]) == [{"LoaiDinhDanh": "1", "SoDinhDanh": people.CITIZEN.personal_id}]
    assert (told["LoaiDoiTuong"], told["KenhThucHien"], told["HinhThuc"]) == ("1", "2", "0")
    assert told["DanhSachGiayToKetQua"][0]["MaGiayToKetQua"] == f"{last.code}-KQ1"
    assert told["NgayKetThucXuLy"] == there.portal.steps[3].at
    assert told["NgayTra"] == there.portal.steps[4].at
    assert told["DuocThanhToanTrucTuyen"] != "1", "nothing was paid through the portal"
    early = msgspec.to_builtins(first)
    for name in ("NgayTiepNhan", "NgayKetThucXuLy", "NgayTra", "NgayTuChoi", "DanhSachGiayToKetQua"):
        assert name not in early, "no fact stands in a step before it happened"
    step = msgspec.to_builtins(there.portal.steps[1])
    assert step.keys() == {
        "MaHoSo", "NguoiXuLy", "ChucDanh", "ThoiDiemXuLy", "PhongBanXuLy", "NoiDungXuLy", "TrangThai", "NgayBatDau",
        "NgayKetThucTheoQuyDinh",
    }  # fmt: skip
    assert step["PhongBanXuLy"] == people.OFFICE["name"]
    assert step["NgayBatDau"] == there.portal.steps[0].at
    assert all(isinstance(each, str) for each in step.values())


@pytest.mark.parametrize(
    ("paid", "code"),
    [
        (Paid("BL-0001", "portal", "PP-1"), "1"),
        (Paid("BL-0001", "counter", "PP-1"), "3"),
        (Paid("BL-0001", "portal"), "3"),
    ],
)
def test_only_what_the_log_has_as_paid_on_the_platform_is_told_as_paid_online(there, accepted, paid, code):
    payments = Payments(Acts(there.hall.dossiers, there.hall.views, there.hall.clock))
    payments.ask(Asked(people.PROCESSING, accepted, "pay-1", b"{}"), Owed(150_000, "VND", "Lệ phí"))
    payments.record(Asked(people.RECEPTION, accepted, "paid-1", b"{}"), paid)
    there.note(accepted)
    there.run()
    said = [each.paid_online for each in there.portal.records]
    assert (said[-1], set(said[:-1])) == (code, {"3"}), "not before it was recorded"


def test_a_dossier_that_waits_for_a_supplement_has_no_end_and_the_state_that_says_so(there):
    reference = there.hall.at("receive")
    paper = AskedItem(target=people.BIRTH_NOTICE, reason="INACCURATE", basis="Điều 16", remedy="Nộp bản rõ hơn")
    there.hall.complete(reference, "verify", outcome="supplement", supplement=SupplementGiven(items=(paper,)))
    there.note(reference)
    there.run()
    record = there.portal.records[-1]
    assert (states(there)[-1], record.state, record.ended_at, record.returned_at) == ("5", "5", None, None)
    (asked_for,) = record.supplements
    assert (asked_for.at, asked_for.due_after) == (there.portal.steps[-1].at, None)
    assert "Nộp bản rõ hơn" in asked_for.content


def test_an_installation_has_its_own_code_lists(there, accepted):
    lists = CodeLists(parties={"CITIZEN": "0"}, times="%Y-%m-%d %H:%M:%S")
    there.hall.clock.advance(seconds=1)
    there.worker_over(Table(), there.portal, lists).turn(accepted)
    record = there.portal.records[0]
    assert (record.party, record.channel) == ("0", "2")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", there.portal.steps[0].at)


def test_nothing_personal_is_logged(there, accepted, caplog):
    there.portal.way = "mute"
    there.run()
    there.portal.way = "refuses"
    there.run(WAITS[0] * 1.1)
    said = caplog.text
    assert "national portal unreachable" in said
    for word in (people.CITIZEN.name, people.CITIZEN.personal_id, "0912"):
        assert word not in said
    assert people.CITIZEN.personal_id not in json.dumps(there.hall.rows.get(f"PORTAL#{accepted}", "SYNC"), default=str)


def test_an_erased_dossier_is_told_no_more(there, accepted):
    there.hall.put(accepted, erased_at="2026-11-26T00:00:00.000+00:00")
    there.run()
    assert (there.portal.kept, there.of(accepted).progress) == ([], "ended")
    with pytest.raises((NothingToRedeliver, ContentErased)):
        there.redeliver(accepted)


# --- people ----------------------------------------------------------------------------------------------------------


def test_the_dossier_goes_once_more_on_request_and_no_step_does(there):
    reference = finished(there)
    there.run()
    there.redeliver(reference)
    assert there.redeliver(reference).sync.progress == "waiting", "the same key is only answered"
    with pytest.raises(NothingToRedeliver):
        there.redeliver(reference, key="another")
    there.run()
    assert states(there) == LIFE
    assert [each.state for each in there.portal.records] == [*LIFE, "10"]
    assert there.of(reference).progress == "synchronised"
    (told,) = there.hall.told(reference, PortalAskedAgain)
    assert told.step == there.of(reference).told
    assert there.hall.rows.unbroken(reference)


def test_who_may_not_has_nothing_told_again(there):
    reference = finished(there)
    there.run()
    with pytest.raises(NotAllowed):
        there.redeliver(reference, people.CITIZEN)
    with pytest.raises(NotFound):
        there.redeliver(reference, people.NEIGHBOUR)
    with pytest.raises(NotFound):
        there.redeliver("MC-0000000000000000")
    assert there.of(reference).progress == "synchronised"


def test_a_key_is_of_one_dossier(there):
    reference = finished(there)
    there.run()
    there.redeliver(reference)
    with pytest.raises(KeyReused):
        there.officers.redeliver(Order(people.RECEPTION, reference, "again", b'{"other": 1}'))


def test_a_worker_that_is_faster_than_the_officer_is_not_overwritten(there, accepted):
    there.portal.way = "refuses"
    there.run()
    was = there.of(accepted)
    there.hall.rows.meanwhile(
        lambda: there.hall.rows.change(
            f"PORTAL#{accepted}", "SYNC", parked_at=None, due_at="2099-01-01T00:00:00.000+00:00", version=50
        )
    )
    with pytest.raises(NothingToRedeliver):
        there.redeliver(accepted)
    assert there.of(accepted).version == 50 != was.version


def test_what_was_parked_is_listed_to_its_agency_in_pages(there, accepted, monkeypatch):
    there.portal.way = "refuses"
    there.run()
    found, following = there.officers.parked(people.LEADER, "")
    assert ([each.reference for each in found], following) == ([accepted], None)
    stranger = structs.replace(people.LEADER, agency="H99.99.99")
    assert there.officers.parked(stranger, "")[0] == []
    other = another(there)
    there.run()
    monkeypatch.setattr("chalicelib.delivery.synchronisation.service.PAGE", 1)
    found, following = there.officers.parked(people.LEADER, "")
    assert ([each.reference for each in found], bool(following)) == ([accepted], True)
    found, _ = there.officers.parked(people.LEADER, following)
    assert [each.reference for each in found] == [other]
    there.redeliver(accepted)
    assert [each.reference for each in there.officers.parked(people.LEADER, "")[0]] == [other]
    there.hall.put(other, erased_at="2026-11-26T00:00:00.000+00:00")
    assert there.officers.parked(people.LEADER, "")[0] == []


def test_what_is_measured_has_its_alarm(there, accepted, monkeypatch):
    measured = {}
    monkeypatch.setattr(log, "measure", lambda **counts: measured.update(counts))
    monkeypatch.setattr(events, "synchronising", lambda: there.worker)
    there.hall.clock.advance(seconds=1)
    assert events.delivery_synchronise({}, None)["turned"] == 1
    known = json.dumps(alarms())
    assert {name for name in measured if name != "StepsTold"} == {
        "SynchronisationsParked", "SynchronisationsLate", "SynchronisationFailures",
    }  # fmt: skip
    assert all(name in known for name in measured if name != "StepsTold")
    assert structs.replace(there.of(accepted), attempts=()).progress == "synchronised"
