"""The national ID app has each connected paper once, in the law's time, whatever fails, dies, comes twice or late."""

import json
from datetime import date, timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.delivery import PaperIntegrated, PaperNotIntegrated
from chalicelib.contracts.event import heard, told
from chalicelib.contracts.vault import DocumentFlagged, DocumentKept
from chalicelib.delivery.idapp import events, model
from chalicelib.delivery.idapp.integrating import Integrated, times_of
from chalicelib.delivery.idapp.model import LEASE, WAITS
from chalicelib.delivery.idapp.refusals import KindNotConnected, NoAppLevels, NotInTrouble, PaperNotShowable
from chalicelib.delivery.idapp.store import Table
from chalicelib.delivery.refusals import DestinationNotConnected
from chalicelib.dossier import integrating
from chalicelib.dossier.holding import CoHolder, Named
from chalicelib.dossier.id_app import AppUnconfigured, connection_of, unfit
from chalicelib.dossier.integrated import PREFIX, id_of, owner_list
from chalicelib.dossier.kept import remember_kept
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import KeyReused, LevelTooLow, NotFound
from chalicelib.kernel.record import LogRow
from chalicelib.law.packs import pack_on
from chalicelib.sealing.door import seal
from tests.fakes import people
from tests.support.apped import CONNECTED, KIND, Connected, on
from tests.support.parcels import Died, Mortal

__all__ = ["on"]
pytestmark = pytest.mark.usefixtures("on")
DAY = timedelta(days=1)
LATER = Principal("citizen-7", "CITIZEN", "Đỗ Thị Bảy", 2, "001195000888")


@pytest.fixture
def there(hall):
    return Connected(hall)


@pytest.fixture
def reference(there):
    return there.hall.submitted()


@pytest.fixture
def paper(there, reference):
    return there.paper(reference)


def row(kind, paper, at="2026-11-26T02:00:00.000+00:00", **more):
    data = told(kind(paper=paper, **more))
    return LogRow(sk="EVENT#000001", type=kind.type, at=at, hash="", prev="", data=data, stored={"pk": "OWNER#1"})


def kinds(there, name):
    return [row["type"] for row in there.hall.rows.events(f"{PREFIX}{name}")]


# --- what comes into a vault -----------------------------------------------------------------------------------------


def test_a_paper_is_told_once_and_so_is_what_becomes_of_it(there, paper):
    name = there.note(paper)
    assert there.run() == Integrated(turned=1, told=1)
    (first,) = there.app.kept
    assert (first.id, first.receiver, first.standing) == (f"{name}.1", people.CITIZEN.personal_id, "valid")
    assert (first.shown, first.link) == (False, None), "showing is the person's own wish"
    assert there.run(DAY) == Integrated()
    there.note(structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00"), 5)
    there.run()
    there.note(paper, -50)
    there.run()
    assert [(each.revision, each.standing) for each in there.app.kept] == [(1, "valid"), (2, "withdrawn")]
    assert there.of(name).progress == "integrated"
    assert kinds(there, name) == [PaperIntegrated.type] * 2
    assert there.hall.rows.unbroken(f"{PREFIX}{name}")


def test_a_replaced_paper_names_the_one_in_its_place(there, paper):
    there.note(structs.replace(paper, replaced_by="KQ2"))
    there.run()
    assert [(each.standing, each.replaced_by) for each in there.app.kept] == [("replaced", "KQ2")]


def test_the_outbox_notes_connected_kinds_alone(there, paper):
    other = structs.replace(paper, document="KQ7", kind="another")
    rows = {0: ("OWNER#1", row(DocumentKept, paper)), 1: ("OWNER#1", row(DocumentKept, other))}
    rows |= {2: ("OWNER#1", row(DocumentFlagged, paper, why="withdrawn")), 3: ("OWNER#1", row(DocumentKept, None))}
    assert integrating.queue(rows, there.hall.clock()) == {}
    assert integrating.one(id_of(paper.owner, "KQ7")) is None
    assert there.of(id_of(paper.owner, "KQ1")).revision == 1
    assert [each["sk"] for each in there.hall.rows.partition(owner_list(paper.owner))] == [id_of(paper.owner, "KQ1")]


def test_a_row_that_cannot_be_noted_is_told_by_its_place(there, paper, monkeypatch):
    monkeypatch.setattr("chalicelib.kernel.aws.get", lambda *_: 1 / 0)
    rows = {4: ("OWNER#1", row(DocumentKept, paper)), 5: ("MC-1", structs.replace(row(DocumentKept, None), type="x"))}
    assert list(integrating.queue(rows, there.hall.clock())) == [4]


def test_a_stage_without_the_app_notes_and_reads_nothing(there, paper, monkeypatch):
    monkeypatch.setenv("MOTCUA_ID_APP", "none")
    monkeypatch.setattr("chalicelib.kernel.aws.get", lambda *_: pytest.fail("read"))
    monkeypatch.setattr("chalicelib.kernel.aws.found", lambda *_, **__: pytest.fail("read"))
    assert integrating.queue({0: ("OWNER#1", row(DocumentKept, paper))}, there.hall.clock()) == {}
    assert events.delivery_integrate({}, None) == {"turned": 0, "told": 0, "parked": 0, "late": 0, "failed": 0}


def test_the_clock_tells_through_the_gateway_of_the_stage(there, paper, monkeypatch):
    there.note(paper)
    there.hall.clock.advance(seconds=1)
    monkeypatch.setattr("chalicelib.delivery.idapp.wiring.utc_now", there.hall.clock)
    monkeypatch.setattr("chalicelib.delivery.idapp.wiring.RemoteApp", lambda url, key: there.app)
    assert events.delivery_integrate({}, None)["told"] == 1


# --- whose it is -----------------------------------------------------------------------------------------------------


def test_what_is_kept_for_another_is_not_told(there, paper):
    name = there.note(structs.replace(paper, owner=people.NEIGHBOUR.holder))
    there.run()
    assert (there.app.kept, there.of(name).why, there.of(name).progress) == ([], "kept_for_another", "ended")


def test_accounts_without_levels_get_no_paper(there, paper, monkeypatch):
    monkeypatch.setattr("chalicelib.delivery.idapp.integrating._parties", lambda _: ("ORGANISATION",))
    name = there.note(paper)
    there.run()
    assert (there.app.kept, there.of(name).why) == ([], "no_levels")


def test_whose_number_nobody_knows_waits_for_a_person(there, paper):
    name = there.note(structs.replace(paper, reference="archive-1"))
    assert there.run() == Integrated(turned=1, parked=1)
    found = there.of(name)
    assert (found.progress, found.why, there.app.kept) == ("parked", "holder_unknown", [])
    listed, following = there.showing.troubled(people.LEADER, "")
    assert ([each.id for each in listed], following) == ([name], None)
    other = people.officer("leader", agency="H01.10.25")
    assert there.showing.troubled(other, "") == ([], None)
    with pytest.raises(NotFound):
        there.showing.by_hand(there.wish("h", other), name)
    with pytest.raises(NotFound):
        there.showing.by_hand(there.wish("h", people.LEADER), "0" * 16)
    done = there.showing.by_hand(there.wish("h", people.LEADER), name)
    assert (done.progress, bool(done.by_hand_at)) == ("integrated", True)
    assert there.showing.by_hand(there.wish("h", people.LEADER), name).by_hand_at == done.by_hand_at
    assert there.showing.troubled(people.LEADER, "") == ([], None)
    with pytest.raises(KeyReused):
        there.showing.again(there.wish("h", people.LEADER), name)
    with pytest.raises(NotInTrouble):
        there.showing.by_hand(there.wish("h2", people.LEADER), name)
    with pytest.raises(NotInTrouble):
        there.showing.again(there.wish("h3", people.LEADER), name)


def test_of_an_erased_dossier_nothing_is_told(there, paper, reference):
    name = there.note(paper)
    there.hall.put(reference, erased_at=stamp(there.hall.clock()))
    there.run()
    assert (there.app.kept, there.of(name).why) == ([], "erased")
    there.note(structs.replace(paper, replaced_by="KQ2"), 5)
    assert there.of(name).revision == 1


# --- an app that misbehaves ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["mute", "slow", "down", "breaks"])
def test_nothing_is_told_twice(there, paper, way):
    name = there.note(paper)
    for wait in (timedelta(), *WAITS):
        there.app.way = way
        there.run(wait)
        assert len(there.app.kept) <= 1
    there.app.way = "well"
    assert there.of(name).progress == ("integrated" if way == "mute" else "parked"), "who is asked says what it has"
    if way != "mute":
        there.showing.again(there.wish("again", people.LEADER), name)
        there.run()
    assert (len(there.app.kept), there.of(name).progress) == (1, "integrated")


def test_what_it_took_once_is_never_sent_again(there, paper):
    there.app.way = "slow"
    name = there.note(paper)
    there.run()
    assert there.of(name).attempts[-1].outcome == "taken"
    there.app.kept.clear()
    there.app.way = "well"
    there.run(WAITS[0])
    assert (there.app.kept, there.of(name).attempts[-1].outcome) == ([], "unreachable")


def test_what_it_refuses_is_parked_and_begun_again(there, paper):
    there.app.way = "refuses"
    name = there.note(paper)
    assert there.run() == Integrated(turned=1, parked=1)
    assert (there.of(name).progress, there.of(name).why) == ("parked", "refused")
    there.app.way = "well"
    there.showing.again(there.wish("again", people.LEADER), name)
    assert there.run() == Integrated(turned=1, told=1)


def test_a_withdrawal_brings_what_is_parked_back(there, paper):
    there.app.way = "refuses"
    name = there.note(paper)
    there.run()
    there.app.way = "well"
    there.note(structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00"), 5)
    there.run()
    assert [each.revision for each in there.app.kept] == [2]
    assert there.of(name).progress == "integrated"


def test_what_comes_while_it_is_told_is_told_next(there, paper):
    name, gone = there.note(paper), structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00")
    take = there.app.tell

    def tell(statement):
        if statement.revision == 1:
            there.note(gone, 5)
        return take(statement)

    there.app.tell = tell
    there.run()
    assert (there.of(name).told, there.of(name).revision, there.of(name).progress) == (1, 2, "waiting")
    there.run()
    assert [each.revision for each in there.app.kept] == [1, 2]


def test_what_comes_while_the_app_refuses_is_told_and_not_parked(there, paper):
    name, gone = there.note(paper), structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00")
    take = there.app.tell

    def tell(_):
        there.note(gone, 5)
        return model.AppWord(state="refused")

    there.app.tell = tell
    assert there.run() == Integrated(turned=1)
    found = there.of(name)
    assert (found.progress, found.tries, found.attempts[-1].outcome) == ("waiting", 0, "refused")
    there.app.tell = take
    assert there.run() == Integrated(turned=1, told=1)
    assert [(each.revision, each.standing) for each in there.app.kept] == [(2, "withdrawn")]


@pytest.mark.parametrize("word", ["refused", "integrated"])
def test_an_older_revision_answered_late_moves_nothing_of_the_newer_one(there, paper, word):
    name, gone = there.note(paper), structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00")
    take = there.app.tell

    def tell(_):
        there.note(gone, 5)
        there.hall.clock.advance(seconds=LEASE.total_seconds() + 1)
        there.app.tell = take
        there.worker.turn(name)
        return model.AppWord(state=word)

    there.app.tell = tell
    there.run()
    assert (there.of(name).progress, there.of(name).due_at, len(there.app.kept)) == ("integrated", None, 1)


def test_what_comes_while_the_app_is_down_goes_without_waiting(there, paper):
    name, gone = there.note(paper), structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00")

    def tell(_):
        there.note(gone, 5)
        return model.AppWord(state="taken")

    take, there.app.tell = there.app.tell, tell
    there.run()
    there.app.tell = take
    assert there.of(name).due_at == stamp(there.hall.clock())


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 8))
def test_a_worker_dies_at_any_call_and_the_app_has_it_once(there, paper, at, after):
    life = Mortal(at, after=after)
    name = there.note(paper)
    there.hall.clock.advance(seconds=1)
    worker = there.worker_over(life.over(Table()), life.over(there.app))
    try:
        worker.run()
    except Died:
        there.run(LEASE)
    assert life.calls, "it lived"
    assert [each.id for each in there.app.kept] == [f"{name}.1"]
    assert there.of(name).progress == "integrated"


def test_two_workers_at_once_tell_it_once(there, paper):
    name = there.note(paper)
    there.hall.clock.advance(seconds=1)
    there.hall.stores.meanwhile(lambda: there.worker.turn(name))
    there.worker.turn(name)
    assert len(there.app.kept) == 1


def test_one_that_breaks_stops_no_other(there, reference):
    for document in ("KQ1", "KQ2"):
        there.note(there.paper(reference, document))
    take = there.app.tell

    def tell(statement):
        return take(statement) if statement.document == "KQ2" else 1 / 0

    there.app.tell = tell
    assert there.run() == Integrated(turned=1, told=1, failed=1)


def test_a_run_ends_with_its_time(there, paper, monkeypatch):
    there.note(paper)
    monkeypatch.setattr("chalicelib.kernel.waiting.left", lambda: 29.0)
    assert there.run() == Integrated()


# --- the times of the law --------------------------------------------------------------------------------------------


def test_the_times_are_those_of_the_law_of_its_day(there, paper):
    assert pack_on(date(2026, 9, 27)).rules.id_app_times is None
    times = pack_on(date(2026, 9, 28)).rules.id_app_times
    assert (times.value.hours, times.value.asked_minutes, times.value.by_hand) == (24, 5, "5wd")
    found = there.of(there.note(paper))
    since = moment(found.since)
    assert times_of(found) == times.value
    assert model.due_by(found, times.value) == since + timedelta(hours=24)
    asked = model.shown(found, since + timedelta(hours=1))
    assert model.due_by(asked, times.value) == since + timedelta(hours=1, minutes=5)
    assert model.due_by(model.shown(found, since + timedelta(hours=23, minutes=58)), times.value) == since + DAY
    parked = model.parked(structs.replace(found, since="2026-11-26T02:00:00.000+00:00"), "refused", since)
    assert model.due_by(parked, times.value).date() == date(2026, 12, 3), "five working days"
    assert model.due_by(structs.replace(found, since="2026-09-01T02:00:00.000+00:00"), None) is None
    early = structs.replace(found, since="2026-09-01T02:00:00.000+00:00")
    assert times_of(early) is None


def test_what_is_late_is_told_once_and_listed(there, paper):
    there.app.way = "down"
    name = there.note(paper)
    late = [there.run(wait).late for wait in (timedelta(), DAY - timedelta(minutes=1), timedelta(hours=20), DAY)]
    assert late == [0, 0, 1, 0]
    assert kinds(there, name) == [PaperNotIntegrated.type]
    assert [each.id for each in there.showing.troubled(people.LEADER, "")[0]] == [name]
    there.app.way = "well"
    there.run(DAY * 2)
    assert there.showing.troubled(people.LEADER, "") == ([], None)


def test_what_waits_for_a_person_is_late_after_its_working_days(there, paper):
    there.app.way = "refuses"
    name = there.note(paper)
    there.run()
    end = moment(there.of(name).due_at)
    assert model.is_late(there.of(name), times_of(there.of(name)), end + timedelta(seconds=1))
    assert there.run(DAY) == Integrated()
    done = there.run(end - there.hall.clock() + timedelta(seconds=1))
    assert done == Integrated(turned=1, late=1)
    found = there.of(name)
    assert (found.due_at, found.progress, bool(found.late_at)) == (None, "parked", True)
    told_of = [heard(PaperNotIntegrated, each["data"]).why for each in there.hall.rows.events(f"{PREFIX}{name}")]
    assert told_of == ["refused", "late"]
    assert [each.id for each in there.showing.troubled(people.LEADER, "")[0]] == [name]


# --- showing ---------------------------------------------------------------------------------------------------------


def test_a_paper_is_shown_by_its_owners_wish_and_hidden_again(there, paper):
    name = there.note(paper)
    there.run()
    asked = there.showing.show(there.wish("s"), "KQ1")
    assert (asked.shown, asked.progress) == (True, "waiting")
    assert there.showing.show(there.wish("s"), "KQ1").revision == asked.revision
    assert there.showing.show(there.wish("s2"), "KQ1").revision == asked.revision, "once is enough"
    there.run()
    assert there.app.kept[-1].shown
    assert "none.pdf" in (there.app.kept[-1].link or "")
    with pytest.raises(KeyReused):
        there.showing.hide(there.wish("s"), "KQ1")
    hidden = there.showing.hide(there.wish("h"), "KQ1")
    there.showing.hide(there.wish("h2"), "KQ1")
    there.run()
    assert (hidden.shown, there.app.kept[-1].shown, there.app.kept[-1].link) == (False, False, None)
    assert [each.revision for each in there.app.kept] == [1, 2, 3]
    assert there.of(name).progress == "integrated"
    (line,) = [
        row for row in there.hall.stores.events("Ledgers", f"LEDGER#{paper.owner}") if row["data"]["act"] == "read"
    ]
    assert (line["data"]["document"], line["data"]["basis"]) == ("KQ1", "69/2024 Art. 9(6)")


def test_a_paper_that_came_before_the_connection_is_told_when_it_is_shown(there, paper, monkeypatch):
    there.note(structs.replace(paper, document="KQ5"))
    early = structs.replace(paper, document="KQ9")
    monkeypatch.setattr("chalicelib.dossier.integrating.note", lambda *_: None)
    there.note(early)
    there.showing.show(there.wish("s"), "KQ9")
    there.run()
    assert sorted(each.document for each in there.app.kept) == ["KQ5", "KQ9"]


def test_a_withdrawn_paper_is_shown_no_more(there, paper):
    there.note(paper)
    there.showing.show(there.wish("s"), "KQ1")
    there.run()
    there.note(structs.replace(paper, withdrawn_at="2026-11-27T02:00:00.000+00:00"), 5)
    there.run()
    assert (there.app.kept[-1].shown, there.app.kept[-1].link) == (False, None)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"withdrawn_at": "2026-11-25T02:00:00.000+00:00"}, "withdrawn"),
        ({"replaced_by": "KQ2"}, "replaced"),
        ({"valid_until": "2026-01-01"}, "expired"),
    ],
)
def test_a_paper_that_is_worth_nothing_is_not_shown(there, paper, changes, why):
    there.note(structs.replace(paper, **changes))
    with pytest.raises(PaperNotShowable) as refused:
        there.showing.show(there.wish("s"), "KQ1")
    assert refused.value.facts["why"] == why


def test_who_may_show_what_is_refused_by_name(there, paper, monkeypatch):
    there.note(structs.replace(paper, min_level=2))
    there.note(structs.replace(paper, document="KQ3", kind="another"))
    half = structs.replace(people.CITIZEN, level=1)
    with pytest.raises(LevelTooLow):
        there.showing.show(there.wish("1", half), "KQ1")
    with pytest.raises(NotFound):
        there.showing.show(there.wish("1", people.NEIGHBOUR), "KQ1")
    with pytest.raises(KindNotConnected) as refused:
        there.showing.show(there.wish("1"), "KQ3")
    assert refused.value.facts == {"kind": "another", "connected": [KIND]}
    assert there.showing.mine(half, "").withheld == 1
    assert there.showing.mine(people.NEIGHBOUR, "").shown == []
    monkeypatch.setenv("MOTCUA_ID_APP", "none")
    with pytest.raises(DestinationNotConnected):
        there.showing.show(there.wish("1"), "KQ1")


@pytest.mark.parametrize("kind", ["ORGANISATION", "FOREIGNER"])
def test_accounts_without_levels_show_no_paper(there, paper, kind):
    number = {"ORGANISATION": {"organisation": "0101234567"}, "FOREIGNER": {"document": "USA:X1"}}[kind]
    who = Principal("x", kind, "X", 2, "001195012345", **number)
    there.note(structs.replace(paper, owner=who.holder))
    with pytest.raises(NoAppLevels) as refused:
        there.showing.show(there.wish("1", who), "KQ1")
    assert refused.value.facts == {"account": kind.lower()}


def test_what_ended_is_not_shown(there, paper, reference):
    there.note(paper)
    there.hall.put(reference, erased_at=stamp(there.hall.clock()))
    there.run()
    with pytest.raises(PaperNotShowable):
        there.showing.show(there.wish("s"), "KQ1")


def test_one_s_papers_come_in_pages(there, reference, monkeypatch):
    for number in range(3):
        there.note(there.paper(reference, f"KQ{number}"))
    monkeypatch.setattr("chalicelib.delivery.idapp.service.PAGE", 2)
    first = there.showing.mine(people.CITIZEN, "")
    second = there.showing.mine(people.CITIZEN, first.following or "")
    assert (len(first.shown), len(second.shown), second.following) == (2, 1, None)


# --- the connection --------------------------------------------------------------------------------------------------


def test_a_connection_tells_its_kinds_and_their_source():
    found = connection_of(CONNECTED)
    assert found is not None
    assert (found.takes(KIND), found.takes("another"), connection_of("none")) == (True, False, None)
    assert unfit(CONNECTED) == ""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"url": "http://app"}, "https"),
        ({"kinds": []}, "kinds"),
        ({"kinds": [{"code": "X", "source": " "}]}, "source"),
        ({"kinds": [{"code": "X"}]}, "source"),
        ({"other": 1}, "other"),
    ],
)
def test_an_unfit_connection_says_which_rule(changes, why):
    assert why in unfit(json.dumps(json.loads(CONNECTED) | changes))


def test_a_setting_that_is_no_json_is_refused():
    with pytest.raises(AppUnconfigured):
        connection_of("{")


def test_a_try_that_another_worker_took_over_ends_with_that_one(there, paper):
    name = there.note(paper)
    there.hall.clock.advance(seconds=1)
    take = there.app.tell

    def tell(statement):
        there.hall.clock.advance(seconds=LEASE.total_seconds() + 1)
        there.app.tell = take
        there.worker.turn(name)
        there.app.way = "down"
        return there.app.tell(statement)

    there.app.tell = tell
    there.worker.turn(name)
    assert there.of(name).progress == "integrated"


# --- what an app shows that is worth nothing, what breaks, what is late at once --------------------------------------

GONE = "2026-11-27T02:00:00.000+00:00"


@pytest.mark.parametrize("was_ended", [False, True])
def test_what_the_app_shows_as_valid_of_an_erased_dossier_is_taken_off_by_hand(there, paper, reference, was_ended):
    name = there.note(paper)
    there.run()
    there.hall.put(reference, erased_at=stamp(there.hall.clock()))
    if was_ended:
        there.showing.show(there.wish("s"), "KQ1")
        there.run()
        assert there.of(name).progress == "ended"
    there.note(structs.replace(paper, withdrawn_at=GONE), 5)
    assert there.run() == Integrated(turned=1, parked=1)
    assert (there.of(name).progress, there.of(name).why) == ("parked", "erased")
    assert [each.id for each in there.showing.troubled(people.LEADER, "")[0]] == [name]
    assert there.showing.by_hand(there.wish("h", people.LEADER), name).progress == "integrated"


def test_what_breaks_before_its_try_is_put_off_and_late_all_the_same(there, paper, monkeypatch):
    there.note(paper)
    monkeypatch.setattr("chalicelib.delivery.idapp.integrating._holder", lambda *_: 1 / 0)
    assert there.run() == Integrated(failed=1)
    assert there.run() == Integrated(), "it takes no run's time from the others"
    assert there.run(LEASE) == Integrated(failed=1)
    assert there.run(DAY) == Integrated(failed=1, late=1)
    assert there.run(DAY) == Integrated(failed=1)
    monkeypatch.undo()


def test_the_time_of_the_law_is_looked_at_when_it_ends(there, paper):
    there.app.way = "down"
    name = there.note(paper)
    end = model.due_by(there.of(name), times_of(there.of(name)))
    for wait in WAITS[:7]:
        there.run(wait)
    found = there.of(name)
    assert (moment(found.due_at), found.late_at) == (end, None)
    assert there.run(end - there.hall.clock()).late == 1
    assert there.of(name).tries == found.tries + 1


def test_what_comes_too_late_is_told_as_late(there, paper):
    name = there.note(paper)
    assert there.run(DAY + timedelta(minutes=1)) == Integrated(turned=1, told=1, late=1)
    assert kinds(there, name) == [PaperNotIntegrated.type, PaperIntegrated.type]
    assert (there.of(name).late_at, there.of(name).progress) == (None, "integrated")


def test_what_came_while_it_was_told_has_a_time_of_its_own(there, paper):
    name, take = there.note(paper), there.app.tell

    def tell(statement):
        there.app.tell = take
        there.note(structs.replace(paper, withdrawn_at=GONE), 5)
        return take(statement)

    there.app.tell = tell
    there.run(timedelta(hours=23))
    found = there.of(name)
    assert (found.told, found.revision, found.since) == (1, 2, found.at)
    assert model.due_by(found, times_of(found)) == moment(found.at) + timedelta(hours=24)


def test_one_from_before_the_connection_has_its_time_from_its_owner_s_wish(there, paper):
    early = structs.replace(paper, document="KQ9")
    remember_kept(early, "2026-03-02T02:00:00.000+00:00")
    asked = there.showing.show(there.wish("s"), "KQ9")
    assert asked.since == stamp(there.hall.clock())
    by = there.hall.clock() + timedelta(minutes=5)
    assert model.due_by(asked, times_of(asked)) == by
    waited = structs.replace(asked, since="2026-03-02T02:00:00.000+00:00")
    assert times_of(waited) == times_of(asked), "the law of the day on which it was asked for"


def test_of_a_kind_that_is_connected_no_more_a_withdrawal_is_told(there, paper, monkeypatch):
    name = there.note(paper)
    there.run()
    other = json.loads(CONNECTED) | {"kinds": [{"code": "another", "source": "made up for tests"}]}
    monkeypatch.setenv("MOTCUA_ID_APP", json.dumps(other))
    gone, unknown = (structs.replace(paper, withdrawn_at=GONE, document=each) for each in ("KQ1", "KQ8"))
    rows = {0: ("OWNER#1", row(DocumentFlagged, gone, why="withdrawn"))}
    rows |= {1: ("OWNER#1", row(DocumentFlagged, unknown, why="withdrawn"))}
    rows |= {2: ("OWNER#1", row(DocumentKept, structs.replace(paper, document="KQ7")))}
    assert integrating.queue(rows, there.hall.clock()) == {}
    there.run()
    assert [(each.revision, each.standing) for each in there.app.kept] == [(1, "valid"), (2, "withdrawn")]
    assert there.of(name).progress == "integrated"
    assert [integrating.one(id_of(paper.owner, each)) for each in ("KQ7", "KQ8")] == [None, None]


@pytest.mark.parametrize("whose", [people.CITIZEN, people.NEIGHBOUR, LATER, people.HALF_KNOWN])
def test_of_three_who_hold_a_dossier_each_gets_their_own_paper_and_who_did_not_confirm_none(there, reference, whose):
    others = [(people.HALF_KNOWN, None), (people.NEIGHBOUR, "t"), (LATER, "t")]
    held = [
        told(CoHolder(holder=who.holder, sealed=seal(reference, told(_named(who))), confirmed_at=at))
        for who, at in others
    ]
    there.hall.put(reference, co_holders=held)
    there.note(there.paper(reference, owner=whose.holder))
    there.run()
    expected = [] if whose is people.HALF_KNOWN else [whose.personal_id]
    assert [each.receiver for each in there.app.kept] == expected


def _named(who):
    return Named(name=who.name, personal_id=who.personal_id, kind="CITIZEN")
