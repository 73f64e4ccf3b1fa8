"""Borders of what comes in and goes out: figures of other systems, drafts, scans, signed papers, events that leave."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from chalicelib.digitisation.archives.service import PAGE, Keeping
from chalicelib.digitisation.archives.sheet import read_sheet
from chalicelib.digitisation.sheets import SHEET, pieces_of
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.measures.ingested import counted
from chalicelib.measures.ingested.service import MOST_SOURCES, Ingestion
from chalicelib.messages.model import retained_until, until_text
from chalicelib.messages.registers import ROWS, days, part_of
from chalicelib.messages.stamping import Stampings, months
from chalicelib.messages.stamps import judged_at
from chalicelib.submission.holders import MOST, _require_another, require_confirmed
from chalicelib.submission.model import same_bytes
from chalicelib.submission.refusals import HoldersUnconfirmed
from tests.support.index_sheet import sheet

NOW = datetime(2026, 12, 3, 3, tzinfo=UTC)
T0, T1, T2 = (stamp(NOW + timedelta(minutes=n)) for n in range(3))
EVE, NIGHT = datetime(2026, 12, 3, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 3, 17, tzinfo=UTC)


# --- figures of other systems ----------------------------------------------------------------------------------------


def sync(received, due, ended):
    return SimpleNamespace(received=received, due=due, ended=ended, state=10, result=None, channel=1)


@pytest.mark.parametrize(
    ("ended", "found"),
    [
        ("20261009235959", (1, 0, 0)),
        ("20261010000000", (0, 1, 0)),
        ("20261010170000", (0, 1, 0)),
        ("20261010170001", (0, 0, 1)),
    ],
)
def test_a_day_before_its_due_day_is_early_and_its_very_second_on_time(ended, found):
    counts, faults = counted._Counts(), []
    row = sync("20261005080000", "20261010170000", ended)
    period = counted.period_of("2026-10", NOW)
    faults += counted._synchronised(row, 0, period, NOW, counts)
    assert (faults, (counts.early, counts.on_time, counts.late)) == ([], found)


@pytest.mark.parametrize(
    ("ended", "rules"),
    [("20261005080000", []), ("20261005075959", ["ends_before_reception"]), ("20261005080001", [])],
)
def test_what_ends_in_the_second_of_its_reception_is_no_fault_and_doubted(ended, rules):
    counts = counted._Counts()
    row = sync("20261005080000", "20261010170000", ended)
    faults = counted._synchronised(row, 0, counted.period_of("2026-10", NOW), NOW, counts)
    assert [each.rule for each in faults] == rules
    assert bool(counts.doubts) == (ended == "20261005080000")


def test_a_time_that_is_now_is_not_to_come():
    now = datetime.fromisoformat("2026-10-10T08:00:00+07:00")
    for text, rules in (("20261010080000", []), ("20261010080001", ["period_to_come"])):
        _, faults = counted._times(sync("20261005080000", None, text), 0, now)
        assert [each.rule for each in faults] == rules
    _, faults = counted._times(sync("20261005080000", "20261231000000", None), 0, now)
    assert faults == [], "a due time may come"


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        ("2026-10-01", None, True),
        ("2026-10-02", None, False),
        ("2026-01-01", date(2026, 12, 28), True),
        ("2026-01-01", date(2026, 11, 30), False),
        ("2026-01-01", date(2026, 10, 31), False),
    ],
)
def test_a_set_holds_for_a_quarter_that_it_begins_with_and_ends_after(first, last, holds):
    assert counted._holds(first, last, counted.period_of("2026-Q4", NOW)) == holds


def ingestion(**reports):
    return Ingestion(SimpleNamespace(**reports), None, lambda: NOW)


def reported(received_at, version=1, period="2026-Q3"):
    names = {"agency": "H01", "system": "s", "dialect": "portal_report", "figures": ()}
    return SimpleNamespace(period=period, version=version, received_at=received_at, **names)


def asked_final(monkeypatch, stands, told, version=2):
    """What is said to be final of the quarter that stands when figures of a month come."""
    from chalicelib.measures.ingested import service

    asked = []
    monkeypatch.setattr(service, "over_what_stands", lambda new, old, is_final: asked.append((new, is_final)))
    reports = ingestion(of_year=lambda unit, year: [stands])
    given = SimpleNamespace(agency="H01", system="s", dialect="portal_report", version=version)
    reports._over_what_stands(given, {("U", told): ()}, NOW)
    ((new, is_final),) = asked
    return new, is_final


@pytest.mark.parametrize(
    ("received_at", "is_final"),
    [("2026-08-01T00:00:00.000+00:00", False), ("2026-09-30T16:59:59.000+00:00", False),
     ("2026-09-30T17:00:00.000+00:00", True)],
)  # fmt: skip
def test_a_quarter_is_final_when_it_came_after_its_last_month_in_viet_nam(monkeypatch, received_at, is_final):
    _, final = asked_final(monkeypatch, reported(received_at), "2026-08")
    assert final(("U", "2026-Q3")) == is_final


@pytest.mark.parametrize(("version", "is_held"), [(1, False), (2, False), (3, True)])
def test_a_version_that_will_not_be_shown_is_held_to_nothing(monkeypatch, version, is_held):
    new, _ = asked_final(monkeypatch, reported(T0, 2, "2026-Q3"), "2026-Q3", version)
    assert bool(new) == is_held


@pytest.mark.parametrize("known", [MOST_SOURCES - 1, MOST_SOURCES])
def test_the_last_source_that_fits_is_admitted_and_one_more_is_not(known):
    kept = []
    names = SimpleNamespace(names=tuple(f"s{n}" for n in range(known)))
    reports = ingestion(sources=lambda *_: names, admit=kept.extend)
    new = SimpleNamespace(unit="U", period="2026", source="new")
    if known < MOST_SOURCES:
        reports._admit([new])
        assert len(kept[0].now.names) == MOST_SOURCES
    else:
        with pytest.raises(BodyInvalid):
            reports._admit([new])
        assert kept == []


# --- drafts and bundles ----------------------------------------------------------------------------------------------


def holder(name, confirmed_at=T0, form="f"):
    return SimpleNamespace(holder=name, confirmed_at=confirmed_at, form_sha256=form)


def test_of_several_holders_each_has_to_confirm_the_form_as_it_stands():
    done, open_one, changed = holder("a"), holder("b", None), holder("c", form="old")
    require_confirmed(SimpleNamespace(co_holders=(done, done), form_sha256="f"))
    for some, found in (
        ((done, open_one), (1, 0)),
        ((open_one, done), (1, 0)),
        ((changed, done), (0, 1)),
        ((done, changed), (0, 1)),
        ((open_one, changed, done), (1, 1)),
    ):
        with pytest.raises(HoldersUnconfirmed) as refused:
            require_confirmed(SimpleNamespace(co_holders=some, form_sha256="f"))
        assert (refused.value.facts["unconfirmed"], refused.value.facts["changed_since"]) == found


def test_the_last_holder_that_fits_is_named_and_one_more_is_not():
    _require_another(SimpleNamespace(holder="me"), "you", MOST - 1)
    for theirs, known in (("you", MOST), ("me", 0)):
        with pytest.raises(BodyInvalid):
            _require_another(SimpleNamespace(holder="me"), theirs, known)


def test_of_three_files_with_the_same_bytes_the_first_that_came_is_named():
    def came(name, at, sha256="s"):
        return SimpleNamespace(id=name, sha256=sha256, key=f"uploads/MC/{name}", received_at=at)

    some = [came("c", T2), came("a", T0), came("b", T1), came("x", T0, "t")]
    assert same_bytes(SimpleNamespace(components=some)) == {"b": "a", "c": "a"}


# --- scans and archives ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "is_fault"), [("2026-12-03", False), ("2026-12-04", True)])
def test_a_paper_was_issued_today_at_the_latest(day, is_fault):
    _, faults = read_sheet(sheet({"issued_on": day}), date(2026, 12, 3), ())
    assert [each.column for each in faults] == (["issued_on"] if is_fault else [])


@pytest.mark.parametrize(("now", "is_taken"), [(EVE, False), (NIGHT, True)])
def test_a_sheet_is_read_on_the_day_of_viet_nam(now, is_taken):
    def keep(*_):
        raise KeyError

    archives = SimpleNamespace(archive=lambda _: None, keep_sheet=keep)
    who = SimpleNamespace(agency="H01", name="n", subject="s")
    with pytest.raises(KeyError if is_taken else BodyInvalid):
        Keeping(archives, lambda: now, ()).open(who, "n", sheet({"issued_on": "2026-12-04"}), 3)


@pytest.mark.parametrize(("lines", "goes_on"), [(PAGE - 1, False), (PAGE, False), (PAGE + 1, True)])
@pytest.mark.parametrize(("now", "is_late"), [(T0, False), (T1, False), (T2, True)])
def test_an_archive_goes_on_behind_a_full_page_and_is_late_after_its_moment(lines, goes_on, now, is_late):
    found = SimpleNamespace(agency="H01", files_by=T1)
    shown = SimpleNamespace(lines=[SimpleNamespace(line=n) for n in range(lines)])
    archives = SimpleNamespace(
        archive=lambda _: found, sheet=lambda _: shown, states=lambda _: {}, records=lambda _: [], papers=lambda _: []
    )
    progress = Keeping(archives, lambda: moment(now), ()).look(SimpleNamespace(agencies={"H01"}), "A", None, "")
    assert (progress.following is not None, progress.is_late, progress.counts["waiting"]) == (goes_on, is_late, lines)


def test_of_two_sheets_behind_each_other_the_second_names_the_paper():
    one, two = (f"{SHEET}MC-{n * 16}|A" for n in "01")
    found = SimpleNamespace(codes=(one,), sheets=((1, two), (3, one)), pages=range(5))
    pieces = pieces_of(found)
    assert [(each.named.dossier, each.pages) for each in pieces] == [
        ("MC-" + "1" * 16, (2, 3)),
        ("MC-" + "0" * 16, (4, 5)),
    ]


# --- signed papers ---------------------------------------------------------------------------------------------------


def test_a_time_that_ends_its_day_in_viet_nam_is_told_by_the_day_alone():
    assert until_text(EVE) == "hết ngày 03 tháng 12 năm 2026"
    assert until_text(EVE.replace(minute=58)) == "23 giờ 58 phút, ngày 03 tháng 12 năm 2026"
    assert until_text(NIGHT) == "00 giờ 00 phút, ngày 04 tháng 12 năm 2026"


@pytest.mark.parametrize(
    ("signed", "last"),
    [
        ("2026-12-03T16:59:59+00:00", "2036-12-03T17:00:00+00:00"),
        ("2026-12-03T17:00:00+00:00", "2036-12-04T17:00:00+00:00"),
        ("2024-02-29T03:00:00+00:00", "2034-03-01T17:00:00+00:00"),
    ],
)
def test_a_paper_is_kept_to_the_end_of_the_day_of_viet_nam(signed, last):
    assert retained_until(datetime.fromisoformat(signed), 10) == datetime.fromisoformat(last)


def test_a_register_has_every_day_and_every_row_once():
    first, last = date(2026, 12, 31), date(2027, 1, 2)
    assert list(days(first, last)) == [first, date(2027, 1, 1), last]
    assert list(days(first, first)) == [first]
    rows = range(2 * ROWS + 1)
    assert [len(part_of(rows, n)) for n in (1, 2, 3, 4)] == [ROWS, ROWS, 1, 0]
    assert [row for n in (1, 2, 3) for row in part_of(rows, n)] == list(rows)


def test_months_in_which_is_looked_go_over_the_turn_of_the_year():
    found = list(months(datetime(2026, 12, 31, tzinfo=UTC), 1))
    assert (found[0], found[-2:], len(found)) == ("2024-12", ["2026-12", "2027-01"], 26)
    assert list(months(datetime(2026, 12, 31, tzinfo=UTC), 0))[-1] == "2026-12"


@pytest.mark.parametrize(("seconds", "is_due"), [(-1, True), (0, False), (1, False)])
def test_a_paper_is_due_when_its_timestamp_ends_before_the_days_are_over(seconds, is_due):
    stampings = Stampings(None, None, 365, lambda: NOW)
    assert stampings._is_due(stamp(NOW + timedelta(days=365, seconds=seconds)), NOW) == is_due


def test_what_ends_there_is_judged_at_the_first_good_timestamp_over_it():
    def over(end, at, *, ok=True):
        return SimpleNamespace(end=end, ok=ok, fact=SimpleNamespace(stamped_at=at))

    stamps = [over(10, moment(T0)), over(20, moment(T1), ok=False), over(30, moment(T1)), over(40, moment(T2))]
    assert judged_at(9, stamps, NOW) == moment(T0)
    assert judged_at(10, stamps, NOW + timedelta(days=1)) == moment(T1), "a timestamp is not over its own end"
    assert judged_at(40, stamps, NOW + timedelta(days=1)) == NOW + timedelta(days=1)
