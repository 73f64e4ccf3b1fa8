"""The taking of figures by itself: what a batch is held to, who is known, what is answered. Nothing is stored here.

The store's own conditions are in test_ingested_store.py; the two together in test_ingested.py.
"""

from datetime import datetime

import pytest

from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, TryAgain
from chalicelib.measures.ingested import service
from chalicelib.measures.ingested.dialects import MOST_FAULTS
from chalicelib.measures.ingested.model import Arrived, Place, Sources
from chalicelib.measures.ingested.service import MOST_PLACES, MOST_SOURCES
from chalicelib.measures.model import Unit, UnitEntry
from chalicelib.measures.refusals import VersionTaken
from chalicelib.measures.tree import Tree
from tests.support.ingested import MONTH, NOW, QUARTER, Shelf, at, batch, before, taking
from tests.support.provinces import CITY, OTHER, WARDS, moved


def rules(error):
    return [(each.pointer, each.rule) for each in error.value.fields]


def only(taken):
    ((figure,),) = (each.figures for each in taken.reports)
    return figure


# --- what a batch is held to ------------------------------------------------------------------------------------


def test_forty_places_are_taken_and_one_more_is_not():
    rows = [
        MONTH | {"departmentId": unit, "year": year, "month": month}
        for unit in (CITY, *WARDS[:2])
        for year in (2024, 2025)
        for month in range(1, 8)
    ]
    assert len(taking().take(batch(*rows[:MOST_PLACES]), "api").batch.places) == MOST_PLACES
    with pytest.raises(BodyInvalid) as caught:
        taking().take(batch(*rows[: MOST_PLACES + 1]), "api")
    assert rules(caught) == [("/rows", "too_many_places")]


def test_as_many_faults_as_help_are_named_and_no_more():
    rows = [MONTH | {"numerator": -1, "month": 1 + n % 9, "departmentId": WARDS[n // 9 % 2]} for n in range(60)]
    with pytest.raises(BodyInvalid) as caught:
        taking().take(batch(*rows), "api")
    assert rules(caught) == [(f"/rows/{n}/numerator", "negative") for n in range(MOST_FAULTS)]


@pytest.mark.parametrize(("received", "is_final"), [("2026-09-30 23:59", False), ("2026-10-01 00:00", True)])
def test_a_whole_is_final_when_it_came_after_its_last_month_of_vietnam(received, is_final):
    stands = Shelf([before("2026-Q3", 39, received=received)])
    if is_final:
        with pytest.raises(BodyInvalid) as caught:
            taking(stands).take(batch(MONTH), "api")
        assert rules(caught) == [("/rows/0", "over_the_whole")]
    else:
        assert only(taking(stands).take(batch(MONTH), "api")).doubts == ("over_the_whole",)
    stands = Shelf([before("2026-09", 41)])
    if is_final:
        with pytest.raises(BodyInvalid) as caught:
            taking(stands, now=at(received)).take(batch(QUARTER), "api")
        assert rules(caught) == [("/rows/0", "over_the_whole")]
    else:
        assert only(taking(stands, now=at(received)).take(batch(QUARTER), "api")).quality == "doubtful"


@pytest.mark.parametrize("version", [2, 3])
def test_a_version_that_is_not_shown_is_held_to_nothing(version):
    former = before("2026-09", 40, version=version)
    shelf = Shelf([former, before("2026-Q3", 39, version=3)], came=[former])
    assert only(taking(shelf).take(batch(MONTH, version=2), "api")).doubts == ()
    with pytest.raises(BodyInvalid):
        taking(shelf).take(batch(MONTH, version=4), "api")


@pytest.mark.parametrize("other", [{"agency": OTHER}, {"system": "another"}, {"dialect": "emc"}])
def test_a_batch_is_held_to_what_its_own_source_said_alone(other):
    assert only(taking(Shelf([before("2026-Q3", 1, **other)])).take(batch(MONTH), "api")).quality == "ok"


def test_what_is_doubted_keeps_what_else_is_known_of_it():
    early = {"received": "2026-09-01 08:00"}
    shelf = Shelf([before("2026-Q3", 39, **early), before("2026-09", 1, unit=WARDS[1])])
    more = MONTH | {"indicator": "reuse_share"}
    taken = taking(shelf).take(batch(MONTH | {"numerator": 51}, more, MONTH | {"departmentId": WARDS[1]}), "api")
    told = {(r.unit, each.indicator): (each.quality, each.doubts) for r in taken.reports for each in r.figures}
    assert told == {
        (WARDS[0], "online_share"): ("impossible", ("over_the_whole",)),
        (WARDS[0], "reuse_share"): ("ok", ()),
        (WARDS[1], "online_share"): ("ok", ()),
    }
    doubted = taking(shelf).take(batch(MONTH | {"dataQualityStatus": "estimated"}), "api")
    assert only(doubted).doubts == ("source_doubts", "over_the_whole")


# --- whose it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "above"),
    [
        ({"month": 2}, CITY),
        ({"month": 3}, OTHER),
        ({"timeType": "quarter", "month": None, "quarter": 1}, OTHER),
        ({"timeType": "quarter", "month": None, "quarter": 4, "year": 2025}, CITY),
        ({"timeType": "year", "month": None}, OTHER),
        ({"timeType": "year", "month": None, "year": 2025}, CITY),
    ],
)
def test_who_stands_above_is_asked_of_the_last_month_of_the_period(when, above):
    """The ward went over to the other city on 1 March."""
    row = {key: value for key, value in (MONTH | {"departmentId": WARDS[1]} | when).items() if value is not None}
    assert len(taking(known=moved()).take(batch(row, agency=above), "api").reports) == 1
    with pytest.raises(BodyInvalid) as caught:
        taking(known=moved()).take(batch(row, agency={CITY: OTHER, OTHER: CITY}[above]), "api")
    assert rules(caught) == [("/rows/0/departmentId", "not_yours")]


@pytest.mark.parametrize(("period", "above"), [("2026-02", CITY), ("2026-03", OTHER), ("2026", OTHER)])
@pytest.mark.parametrize(
    ("dialect", "name"), [("portal_sync", "MaDonVi"), ("emc", "SiteId")], ids=["portal_sync", "emc"]
)
def test_of_dossiers_the_period_of_their_batch_says_it(dialect, name, period, above):
    sync = {"MaHoSo": "a", "MaTTHC": "1", "NgayTiepNhan": "20260301080000", "TrangThaiHoSo": 4}
    sync |= {"NgayTiepNhan": "20260201080000"} if period == "2026-02" else {}
    emc = {"MaHoSo": "a", "CodeTTHC": "1", "Status": 1, "FormsReception": 1}
    row = {"portal_sync": sync, "emc": emc}[dialect] | {name: WARDS[1]}
    assert taking(known=moved()).take(batch(row, agency=above, dialect=dialect, period=period), "api").is_new
    other = {CITY: OTHER, OTHER: CITY}[above]
    with pytest.raises(BodyInvalid) as caught:
        taking(known=moved()).take(batch(row, agency=other, dialect=dialect, period=period), "api")
    assert rules(caught) == [(f"/rows/0/{name}", "not_yours")]


@pytest.mark.parametrize(("agency", "more"), [(OTHER, []), (CITY, [("/rows/0/departmentId", "not_yours")])])
def test_of_a_period_that_is_none_the_tree_of_today_says_it(agency, more):
    """One month more than there are is the fault of the period alone; whose it is, is said all the same."""
    row = MONTH | {"departmentId": WARDS[1], "month": 12}
    with pytest.raises(BodyInvalid) as caught:
        taking(known=moved()).take(batch(row, agency=agency), "api")
    assert rules(caught) == [("/rows/0/year", "period_to_come"), *more]


@pytest.mark.parametrize(("moment", "agency"), [("2026-12-31T16:59:59Z", CITY), ("2026-12-31T17:00:00Z", OTHER)])
def test_the_tree_of_today_is_that_of_the_year_of_viet_nam(moment, agency):
    """The ward stands below another city from 1 January, which begins seven hours before the year of UTC does."""
    entries = [UnitEntry(valid_from=day, parent=top) for day, top in (("2020-01-01", CITY), ("2027-01-01", OTHER))]
    units = moved().units | {WARDS[1]: Unit(id=WARDS[1], name="Phường", number=2, entries=tuple(entries))}
    row, there = MONTH | {"departmentId": WARDS[1], "year": 2027, "month": 12}, datetime.fromisoformat(moment)
    told = {}
    for each in (CITY, OTHER):
        with pytest.raises(BodyInvalid) as caught:
            taking(known=Tree(units.values()), now=there).take(batch(row, agency=each), "api")
        told[each] = [rule for _, rule in rules(caught)]
    assert told == {each: ["period_to_come", *(["not_yours"] if each != agency else [])] for each in (CITY, OTHER)}


# --- what is kept -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stands", "newer", "first"),
    [([], [2], 1), ([1], [2], 0), ([3], [], 0)],
    ids=["the first", "a correction", "one that comes late"],
)
def test_what_is_newer_is_shown_and_who_comes_first_is_admitted(stands, newer, first):
    shelf = Shelf([before("2026-09", 1, version=each) for each in stands])
    assert taking(shelf).take(batch(MONTH, version=2), "api").is_new
    ((_, _, fresh, shown),) = shelf.kept
    assert [each.version for each in fresh] == [2]
    assert [each.version for each in shown] == newer
    assert len(shelf.admitted) == first


def test_a_version_that_came_is_not_kept_again_and_says_one_thing():
    came = before("2026-09", 40, version=2)
    shelf = Shelf([came], came=[came])
    taking(shelf).take(batch(MONTH, MONTH | {"departmentId": WARDS[1]}, version=2), "api")
    ((_, _, fresh, shown),) = shelf.kept
    assert [each.unit for each in fresh] == [each.unit for each in shown] == [WARDS[1]]
    with pytest.raises(VersionTaken) as caught:
        taking(shelf).take(batch(MONTH | {"numerator": 39}, version=2), "api")
    assert caught.value.facts == {"unit": WARDS[0], "period": "2026-09", "version": 2}
    assert len(shelf.kept) == 1


PORTAL = f"{CITY}/one-stop/portal_report"
NINE = tuple(f"s{number}" for number in range(MOST_SOURCES - 1))


@pytest.mark.parametrize(
    ("known", "others", "names"),
    [
        (None, (), (PORTAL,)),
        (None, NINE, (*(f"{CITY}/{name}/portal_report" for name in NINE), PORTAL)),
        (NINE, (), (*NINE, PORTAL)),
        ((*NINE, PORTAL), (), None),
    ],
    ids=["nobody yet", "of before they were kept", "nine of them", "it was admitted already"],
)
def test_a_source_is_added_to_those_that_are_known(known, others, names):
    shelf = Shelf([before("2026-09", 1, system=each) for each in others], known=Sources(names=known) if known else None)
    taking(shelf).take(batch(MONTH), "api")
    assert [each.now.names for each in shelf.admitted] == ([names] if names else [])
    assert [each.known for each in shelf.admitted] == ([shelf.known] if names else [])


@pytest.mark.parametrize("kept", [True, False])
def test_an_eleventh_source_is_refused_before_anything_is_kept(kept):
    names = (*NINE, "another")
    others = [] if kept else [before("2026-09", 1, system=each) for each in names]
    shelf = Shelf(others, known=Sources(names=names) if kept else None)
    with pytest.raises(BodyInvalid) as caught:
        taking(shelf).take(batch(MONTH), "api")
    assert rules(caught) == [("/rows", "too_many_sources")]
    assert (shelf.admitted, shelf.kept) == ([], [])


@pytest.mark.parametrize("lost", [aws.Lost({"current 0"}), aws.WriteContended()])
def test_what_another_one_overtook_is_tried_so_long_as_there_is_time(monkeypatch, lost):
    monkeypatch.setattr(service.waiting, "turns", lambda: iter(range(3)))
    shelf = Shelf(lost=lost)
    with pytest.raises(TryAgain):
        taking(shelf).take(batch(MONTH), "api")
    assert len(shelf.kept) == 3
    assert shelf.judged == []


def test_a_batch_that_another_one_kept_meanwhile_is_known(monkeypatch):
    monkeypatch.setattr(service.waiting, "turns", lambda: iter(range(3)))
    shelf = Shelf(lost=aws.Lost({"batch"}))
    keep = shelf.keep

    def faster(given, each, *rest):
        shelf.batches.append(each)
        keep(given, each, *rest)

    shelf.keep = faster
    taken = taking(shelf).take(batch(MONTH), "api")
    assert (taken.is_new, taken.batch, len(shelf.kept)) == (False, shelf.batches[0], 1)


def test_what_comes_again_is_answered_as_it_was_judged_and_received_at_first():
    """A month over a quarter that was not over yet: doubtful, on whatever day its batch comes again."""
    shelf = Shelf([before("2026-Q3", 39, received="2026-09-01 08:00")])
    first = taking(shelf, now=at("2026-10-01 08:00")).take(batch(MONTH), "api")
    assert only(first).quality == "doubtful"
    shelf.stands += first.reports
    shelf.came += first.reports
    more = taking(shelf).take(batch(MONTH, MONTH | {"departmentId": WARDS[1]}), "api")
    assert [each.received_at for each in more.reports] == [first.batch.received_at, more.batch.received_at]
    assert more.reports[0] == first.reports[0]
    shelf.batches.append(first.batch)
    again = taking(shelf).take(batch(MONTH), "api")
    assert (again.is_new, again.reports) == (False, first.reports)


FILE = Arrived(id="f", agency=CITY, way="drop", at="2026", verdict="taken", file="x.csv", listed=True)


def test_a_batch_has_one_verdict_with_it_and_one_that_comes_again_has_its_own():
    shelf = Shelf()
    first = taking(shelf).take(batch(MONTH), "command")
    ((kept, verdict, _, _),) = shelf.kept
    assert shelf.judged == []
    assert (kept.places, kept.rows, kept.received_at) == ((Place(unit=WARDS[0], period="2026-09"),), 1, stamp(NOW))
    assert verdict == Arrived(
        id=kept.id, agency=CITY, way="command", at=stamp(NOW), verdict="taken", batch=kept.id, listed=True
    )
    shelf.batches.append(first.batch)
    again = taking(shelf).take(batch(MONTH), "command")
    assert (again.is_new, again.batch, shelf.judged) == (False, first.batch, [verdict])


def test_a_file_has_its_own_verdict_and_its_dropper_judges_one_that_came_before():
    shelf = Shelf()
    first = taking(shelf).take(batch(MONTH), "drop", FILE)
    ((kept, verdict, _, _),) = shelf.kept
    assert (verdict.id, verdict.file, verdict.batch) == ("f", "x.csv", kept.id)
    shelf.batches.append(first.batch)
    assert not taking(shelf).take(batch(MONTH), "drop", FILE).is_new
    assert shelf.judged == []


@pytest.mark.parametrize(
    "other",
    [{"agency": OTHER}, {"system": "b"}, {"dialect": "emc"}, {"version": 2}, {"period": "2026"}, {"rows": ()}],
)
def test_the_name_of_a_batch_is_of_all_that_it_says(other):
    one = batch(MONTH)
    assert one.id == batch(dict(reversed(MONTH.items()))).id, "the same row has the same name"
    assert one._replace(**other).id != one.id
