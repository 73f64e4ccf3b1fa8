"""One case a condition of a dossier's items: the part that lost is told by name, and nothing at all was written."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.contracts.catalogue import AgencyPublished, ProcedureWithdrawn
from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.onestop import LegOutcome
from chalicelib.contracts.plan import Window
from chalicelib.contracts.submission import DraftOpened
from chalicelib.dossier import items, legs, lists, numbers, offered, reading, references
from chalicelib.dossier.change import Change
from chalicelib.dossier.unheld import unheld
from chalicelib.kernel import aws
from tests.fakes import people
from tests.fakes.clock import Clock

NOW = Clock()()
ONE, OTHER = "MC-0000000000000001", "MC-0000000000000002"
LEG = "0-commune"
CODE = "H01.10.24-20261125-0000001"
AGENCY, OWNER, NEIGHBOUR = people.OFFICE["id"], "0123abcd", "4567ef01"
OPENED = DraftOpened(procedure=people.PROCEDURE, agency=AGENCY, channel="portal")


@pytest.fixture(autouse=True)
def _tables(tables):
    return tables


def head_of(reference, version=0):
    return items.Head(
        pk=reference, version=version, state=0, procedure=people.PROCEDURE, procedure_version=1, agency=AGENCY,
        holder=OWNER, sealed="x", channel="portal", mine_pk=f"HOLDER#{OWNER}", mine_sk=reference, expires_at="2027",
    )  # fmt: skip


def begun(reference=ONE):
    """HEAD of a draft that was just opened."""
    Change(head_of(reference), NOW).tell(OPENED).write()
    return reading.read(reference).head


def change(reference=ONE):
    return Change(reading.read(reference).head, NOW)


def upload(**more):
    given = {"id": "u1", "component": people.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 9}
    return items.Upload(**{**given, "key": "uploads/u1", "body": "b", "announced_at": "2026", **more})


def component(**more):
    given = {"id": "c1", "code": people.BIRTH_NOTICE, "filename": "a.jpg", "key": "k", "version_id": "v1", "size": 9}
    given |= {"sha256": "a" * 64, "media_type": "image/jpeg", "pages": 1, "origin": "upload", "received_at": "2026"}
    return items.Component(**given, digitisation=Digitisation(status="waiting"), **more)


def task(**more):
    given = {
        "leg": LEG,
        "kind": "receive",
        "agency": AGENCY,
        "opened_at": "2026-11-25T00:00:00.000+00:00",
        "due_at": "2026-11-26T00:00:00.000+00:00",
    }
    return items.Task(**{**given, "procedure": people.PROCEDURE, **more})


def slip():
    return items.Slip(giver="A", receiver="B", at="2026", due_at="2027", result="Trước hạn")


def result():
    return items.ResultItem(code="X-KQ1", key="k", version_id="v", sha256="s", size=1, title="T", message="X-KQ1")


def done(given, version=1, slip=None):
    return given.close_task(task(version=version), outcome="accepted", by="A", key="k", body="b", slip=slip)


def judged(given):
    return given.judge(upload(), "accepted", version_id="v1")


OUTCOME = LegOutcome(outcome="approved", leg=LEG)
SETTLED = Digitisation(status="exempt")
BEFORE = {
    "task": lambda c: c.open_task(task()),
    "overdue": lambda c: c.open_task(task()),
    "verdict": lambda c: c.announce(upload()),
    "settled": lambda c: c.add_component(component()),
}
ONCE = {  # what may be written once: part, the change
    "upload": lambda c: c.announce(upload()),
    "verdict": judged,
    "component": lambda c: c.add_component(component()),
    f"opened task {LEG} receive": lambda c: c.open_task(task()),
    "second task": lambda c: c.open_task(task(round=2)),
    "task": done,
    "overdue": lambda c: c.mark_overdue(task()),
    "leg": lambda c: c.complete_leg(LEG, OUTCOME),
    "result": lambda c: c.add_result(1, result()),
    "code head": lambda c: c.name(CODE),
    "key": lambda c: c.use_key(OWNER, "k", "body"),
}
PART = {"verdict": "upload", "overdue": "task", "second task": f"opened task {LEG} receive"}


@pytest.mark.parametrize("name", ONCE)
def test_what_may_be_written_once_is_lost_by_name_the_second_time(tables, name):
    begun()
    if name in BEFORE:
        BEFORE[name](change()).write()
    ONCE[name](change()).write()
    before = tables.everything("Dossiers")
    with pytest.raises(aws.Lost) as lost:
        ONCE[name](change().move(state=1)).write()
    assert lost.value.parts == {PART.get(name, name)}
    assert tables.everything("Dossiers") == before


MISSING = {
    "upload": judged,
    "task": done,
    "component": lambda c: c.settle_component(component(), SETTLED),
}


@pytest.mark.parametrize("part", MISSING)
def test_what_is_not_there_cannot_be_changed(tables, part):
    begun()
    before = tables.everything("Dossiers")
    with pytest.raises(aws.Lost) as lost:
        MISSING[part](change()).write()
    assert lost.value.parts == {part}
    assert tables.everything("Dossiers") == before


def test_a_form_is_a_part_by_its_name(tables):
    begun()
    assert set(change().save_form(items.FormItem(sealed="x", version=1)).parts()) == {"head", "form"}


def test_what_was_not_read_as_it_stands_is_lost_by_its_head(tables):
    head = begun()
    change().move(state=1).write()
    before = tables.everything("Dossiers")
    for late in (Change(head, NOW).move(state=2), Change(head_of(ONE), NOW).tell(OPENED)):
        with pytest.raises(aws.Lost) as lost:
            late.write()
        assert "head" in lost.value
    assert tables.everything("Dossiers") == before


def test_a_code_is_one_dossiers(tables):
    begun(ONE), begun(OTHER)
    change(ONE).name(CODE).write()
    with pytest.raises(aws.Lost) as lost:
        change(OTHER).name(CODE).write()
    assert lost.value.parts == {"code head"}
    assert references.by_code(CODE) == references.keyed(CODE) == ONE
    assert reading.read(OTHER).head.dossier_code is None
    assert reading.read(ONE).head.dossier_code == CODE


def test_two_drafts_under_one_key_at_once_are_one(tables):
    """Both looked before either wrote: only the item's own condition is left to say no."""
    begun(ONE), begun(OTHER)
    first, second = change(ONE), change(OTHER)
    assert references.read_used_key(OWNER, "k") is None
    first.move(state=1).use_key(OWNER, "k", "one", event=2).write()
    with pytest.raises(aws.Lost) as lost:
        second.move(state=1).use_key(OWNER, "k", "two", event=2).write()
    assert lost.value.parts == {"key"}
    assert reading.read(OTHER).head.state == items.DRAFT
    used = references.read_used_key(OWNER, "k")
    assert (used.reference, used.body, used.event) == (ONE, "one", 2)
    change(OTHER).use_key(NEIGHBOUR, "k", "two").write()
    assert references.read_used_key(NEIGHBOUR, "k").reference == OTHER, "a key is its holder's"


def test_a_task_that_changed_since_it_was_read_stays_open(tables):
    begun()
    change().open_task(task()).write()
    for version in (0, 2):
        with pytest.raises(aws.Lost) as lost:
            done(change(), version).write()
        assert lost.value.parts == {"task"}
    done(change()).write()
    (closed,) = reading.read(ONE, reading.Part.TASKS).tasks
    assert (closed.status, closed.version, closed.outcome, closed.by) == ("done", 2, "accepted", "A")


def test_a_task_that_is_done_is_not_marked_and_one_that_is_marked_can_be_done(tables):
    begun()
    change().open_task(task()).write()
    change().mark_overdue(task()).write()
    done(change()).write()
    (row,) = tables.partition("Dossiers", ONE, "TASK#")
    assert not {"wl_pk", "wl_sk"} & row.keys()
    with pytest.raises(aws.Lost) as lost:
        change().mark_overdue(task()).write()
    assert lost.value.parts == {"task"}


def test_a_task_that_was_done_in_time_is_not_marked_later(tables):
    begun()
    change().open_task(task()).write()
    done(change()).write()
    with pytest.raises(aws.Lost) as lost:
        change().mark_overdue(task()).write()
    assert lost.value.parts == {"task"}
    (row,) = tables.partition("Dossiers", ONE, "TASK#")
    assert "overdue_at" not in row


# --- legs -----------------------------------------------------------------------------------------------------------


def execution(attempt):
    return f"{ONE}-{attempt}"


def test_a_leg_goes_to_the_newest_attempt_and_never_back():
    assert legs.open_leg(ONE, LEG, "t1", execution(1)).token == "t1"
    assert legs.open_leg(ONE, LEG, "t2", execution(2)).token == "t2"
    assert legs.open_leg(ONE, LEG, "t1", execution(1)) is None
    found = reading.read_leg(ONE, LEG)
    assert (found.token, found.execution, found.attempt) == ("t2", execution(2), 2)


def test_the_same_execution_may_say_it_again_and_another_of_the_same_attempt_may_not():
    legs.open_leg(ONE, LEG, "t", execution(2))
    assert legs.open_leg(ONE, LEG, "again", execution(2)).token == "again"
    assert legs.open_leg(ONE, LEG, "other", "MC-x-2") is None
    assert reading.read_leg(ONE, LEG).token == "again"


def test_a_leg_that_is_done_keeps_its_outcome_and_tells_it_to_whoever_waits():
    begun()
    change().complete_leg(LEG, OUTCOME).write()
    assert legs.open_leg(ONE, LEG, "t", execution(1)).outcome == OUTCOME


# --- what the catalogue told ----------------------------------------------------------------------------------------


def windows(*numbers):
    return tuple(Window(version=n, opens="2026-01-01T00:00:00.000+00:00") for n in numbers)


def withdrawn(number):
    return ProcedureWithdrawn(procedure="1.001193", version=9, reason="x", windows=windows(number))


def agency(name, **more):
    return AgencyPublished(**{**people.OFFICE, "name": name, **more})


@pytest.mark.parametrize(
    "second", ["2026-11-24T00:00:00.000+00:00", "2026-11-25T00:00:00.000+00:00"], ids=["older", "the same"]
)
def test_news_that_is_not_newer_changes_nothing(tables, second):
    for at, number, name in (("2026-11-25T00:00:00.000+00:00", 1, "A"), (second, 2, "B")):
        offered.remember_procedure(withdrawn(number), at)
        offered.remember_agency(agency(name), at)
    assert tables.get("Dossiers", "PROCEDURE#1.001193", "PUBLISHED")["windows"][0]["version"] == 1
    assert offered.agency_of(AGENCY).name == "A"
    assert tables.get("Dossiers", "AGENCIES", AGENCY)["at"] == "2026-11-25T00:00:00.000+00:00"


def test_newer_news_takes_the_place_of_older(tables):
    for at, number, name in (("2026-11-25T00:00:00.000+00:00", 1, "A"), ("2026-11-26T00:00:00.000+00:00", 2, "B")):
        offered.remember_procedure(withdrawn(number), at)
        offered.remember_agency(agency(name), at)
    assert tables.get("Dossiers", "PROCEDURE#1.001193", "PUBLISHED")["windows"][0]["version"] == 2
    assert offered.agency_of(AGENCY).name == "B"
    assert lists.agencies() == [AGENCY]
    assert tables.get("Dossiers", "AGENCIES", AGENCY)["at"] == "2026-11-26T00:00:00.000+00:00"


# --- numbers and lists ----------------------------------------------------------------------------------------------


def test_no_serial_is_given_twice_and_each_agency_and_day_has_its_own(tables):
    days = date(2026, 11, 25), date(2026, 11, 26)
    given = [numbers.next_serial("H01.serials", days[0]) for _ in range(2 * numbers.BLOCK + 1)]
    assert len(set(given)) == len(given)
    assert set(given) <= set(range(1, 3 * numbers.BLOCK + 1))
    numbers._blocks.clear()  # another process
    assert numbers.next_serial("H01.serials", days[0]) == 3 * numbers.BLOCK + 1
    assert numbers.next_serial("H01.serials", days[1]) <= numbers.BLOCK
    assert numbers.next_serial("H02.serials", days[0]) <= numbers.BLOCK


def test_what_is_overdue_is_open_due_before_now_and_not_marked(tables):
    for reference in (ONE, OTHER):
        begun(reference)
        due = "2026-11-20T00:00:00.000+00:00" if reference == ONE else "2027-01-01T00:00:00.000+00:00"
        change(reference).open_task(task(due_at=due)).write()
    (row,) = lists.overdue(AGENCY, "receive", NOW)
    assert (row.pk, row.leg, row.kind) == (ONE, LEG, "receive")
    change(ONE).mark_overdue(task()).write()
    assert list(lists.overdue(AGENCY, "receive", NOW)) == []
    found, last = lists.tasks([AGENCY], ["receive"], "")
    assert ([r.pk for r in found], last) == ([ONE, OTHER], None)


@pytest.mark.parametrize("damage", [{"due_at": "tomorrow"}, {"opened_at": "2026-11-25"}, {"procedure": ["x"]}])
def test_a_task_that_cannot_be_read_hides_no_other_one_on_a_list_and_stops_no_run_of_the_clock(tables, damage):
    for reference in (ONE, OTHER):
        begun(reference)
        change(reference).open_task(task(due_at="2026-11-20T00:00:00.000+00:00")).write()
    late = datetime(2026, 11, 19, tzinfo=UTC)

    def found():
        return [
            [row.pk for row in rows]
            for rows in (
                lists.tasks([AGENCY], ["receive"], "")[0],
                lists.listed(AGENCY, "receive", claimed=False, most=9)[0],
                lists.overdue(AGENCY, "receive", NOW),
                lists.due_within(AGENCY, "receive", late, NOW),
                unheld(AGENCY, "receive", NOW + timedelta(days=9)),
            )
        ]

    assert found() == [[ONE, OTHER]] * 5
    (row,) = tables.partition("Dossiers", ONE, "TASK#")
    tables.put("Dossiers", {**row, **damage})
    assert found() == [[OTHER]] * 5


def test_a_holder_has_the_newest_first_page_after_page(monkeypatch):
    begun(ONE), begun(OTHER)
    monkeypatch.setattr(lists, "PAGE", 1)
    found, after, _ = lists.mine(OWNER, "")
    assert [r.pk for r in found] == [OTHER]
    found, _, _ = lists.mine(OWNER, after)
    assert [r.pk for r in found] == [ONE]


@pytest.mark.parametrize("damage", [{"state": 11}, {"state": -1}, {"state": "x"}, {"due_at": "x"}])
def test_a_dossier_that_cannot_be_read_hides_no_other_one_of_its_holders_or_of_those_it_is_shared_with(tables, damage):
    for reference in (ONE, OTHER):
        begun(reference)
        change(reference).move(mine_sk=f"2026#{reference}").write()
        change(reference).share_with(NEIGHBOUR).write()
    assert {row.pk for row in lists.mine(NEIGHBOUR, "").rows} == {ONE, OTHER}
    tables.put("Dossiers", {**tables.get("Dossiers", ONE, "HEAD"), **damage})
    assert [row.pk for row in lists.mine(OWNER, "").rows] == [OTHER]
    assert [row.pk for row in lists.mine(NEIGHBOUR, "").rows] == [OTHER]


def test_an_agency_has_those_due_first_page_after_page(monkeypatch):
    for reference, due in ((ONE, "2026-12-02T00:00:00.000+00:00"), (OTHER, "2026-12-01T00:00:00.000+00:00")):
        begun(reference)
        change(reference).open_task(task(due_at=due)).write()
    monkeypatch.setattr(lists, "PAGE", 1)
    found, after = lists.tasks([AGENCY], ["receive"], "")
    assert [r.pk for r in found] == [OTHER]
    found, _ = lists.tasks([AGENCY], ["receive"], after)
    assert [r.pk for r in found] == [ONE]
    assert lists.tasks([AGENCY], ["verify"], "") == ([], None)


def whole(kinds):
    """Every page of an agency's list: the rows in their order, and how many pages there were."""
    found, after, pages = [], "", 0
    while after is not None:
        rows, after = lists.tasks([AGENCY], kinds, after)
        found += [(r.pk, r.kind) for r in rows]
        pages += 1
    return found, pages


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7, 50])
def test_pages_of_several_kinds_are_one_list_in_the_order_of_due_times(monkeypatch, size):
    """No row twice and none left out, wherever a page ends, also among those due at once."""
    due = {
        "receive": ["2026-12-02T00:00:00.000+00:00", "2026-12-02T00:00:00.000+00:00"],
        "verify": ["2026-12-01T00:00:00.000+00:00", "2026-12-02T00:00:00.000+00:00", "2026-12-09T00:00:00.000+00:00"],
    }
    wanted = []
    for kind, days in due.items():
        for n, day in enumerate(days):
            reference = f"MC-{kind.upper()}{n}"
            begun(reference)
            change(reference).open_task(task(kind=kind, due_at=day)).write()
            wanted.append((day, ["receive", "verify"].index(kind), reference, kind))
    monkeypatch.setattr(lists, "PAGE", size)
    found, pages = whole(["receive", "verify"])
    assert found == [(reference, kind) for _, _, reference, kind in sorted(wanted)]
    assert pages == -(-len(wanted) // size)
    assert whole(["verify"])[0] == [each for each in found if each[1] == "verify"]


def test_a_sweep_goes_on_where_the_last_one_left_off():
    assert lists.left_off() == ""
    lists.leave_off("H01")
    lists.leave_off("H02")
    assert lists.left_off() == "H02"
