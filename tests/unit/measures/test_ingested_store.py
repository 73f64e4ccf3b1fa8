"""Reported figures in the store: each condition of a write by itself, rows in their order, lists read to their end."""

import pytest
from msgspec import structs

from chalicelib.contracts.stored import Unreadable, written
from chalicelib.kernel import aws
from chalicelib.measures.ingested import store
from chalicelib.measures.ingested.dialects import LARGEST, encoded, rows_of
from chalicelib.measures.ingested.model import Admitted, Arrived, Given, Sources
from chalicelib.measures.ingested.store import DroppedFiles, ReportTable
from chalicelib.measures.reported import Report
from chalicelib.measures.rows import TABLE
from tests.support.ingested import kept_batch

CITY, WARD, OTHER = "H01", "H01.10.21", "H02"
AT = "2026-11-27T01:00:00.000000Z"


def emc(number):
    """A row; those of numbers of two digits are as long as each other."""
    row = {"SiteId": WARD, "CodeTTHC": "1.001193", "MaHoSo": f"{number:02d}", "Status": 3, "FormsReception": 1}
    return rows_of("emc", [row])[0]


def given(count=1):
    return Given(CITY, "one-stop", "emc", 1, "2026-10", tuple(map(emc, range(count))))


BATCH = kept_batch(received_at=AT)
ARRIVED = Arrived(id="a1", agency=CITY, way="drop", at=AT, verdict="taken", batch="b1", listed=True)


def report(version=1, **more):
    told = {"unit": WARD, "period": "2026-10", "agency": CITY, "system": "one-stop", "dialect": "emc"}
    return Report(**told | {"batch": "b1", "received_at": AT, "figures": (), **more}, version=version)


@pytest.fixture
def reports(tables):
    return ReportTable()


def lost(reports, batch, arrived, some=(), newer=()):
    """The parts for which a batch is not kept."""
    with pytest.raises(aws.Lost) as caught:
        reports.keep(given(), batch, arrived, some, newer)
    return caught.value.parts


def another(**more):
    """A batch and a verdict that have nothing in common with the first ones."""
    return structs.replace(BATCH, id="b2", **more), structs.replace(ARRIVED, id="a2", batch="b2")


# --- what is written once ---------------------------------------------------------------------------------------


def test_a_batch_is_put_once_whatever_its_verdict_is_called(reports):
    reports.keep(given(), BATCH, ARRIVED, [], [])
    assert lost(reports, structs.replace(BATCH, version=2), structs.replace(ARRIVED, id="a2")) == {"batch", "rows 0"}
    assert reports.batch("b1") == BATCH
    assert reports.judged(CITY, "a2") is None, "nothing of such a batch is kept"
    assert reports.batch("b9") is None


def test_a_verdict_is_given_once_and_stands_once_on_its_list(reports):
    reports.keep(given(), BATCH, ARRIVED, [], [])
    assert lost(reports, another()[0], structs.replace(ARRIVED, batch="b2")) == {"verdict", "listed"}
    later = structs.replace(ARRIVED, at="2026-11-28T01:00:00.000000Z")
    assert lost(reports, another()[0], later) == {"verdict"}
    assert reports.batch("b2") is None
    assert reports.judged(CITY, "a1") == ARRIVED


def test_a_verdict_alone_is_given_once(reports):
    refused = structs.replace(ARRIVED, verdict="refused", batch="")
    assert reports.judge(refused)
    assert not reports.judge(ARRIVED)
    assert reports.judged(CITY, "a1") == refused
    assert reports.judged(OTHER, "a1") is None


def test_a_version_is_put_once(reports):
    reports.keep(given(), BATCH, ARRIVED, [report()], [])
    assert lost(reports, *another(), [report(batch="b2")]) == {"version 0"}
    assert reports.version(report(batch="b2")) == report()
    assert reports.version(report(2)) is None


@pytest.mark.parametrize("version", [1, 2])
def test_what_is_shown_is_replaced_by_a_higher_version_alone(reports, version):
    reports.keep(given(), BATCH, ARRIVED, [], [report(2)])
    assert lost(reports, *another(), [], [report(version, batch="b2")]) == {"current 0"}
    assert reports.current(report()) == report(2)
    reports.keep(given(), *another(), [], [report(3)])
    assert reports.current(report()) == report(3)
    assert reports.current(report(system="another")) is None


# --- who reports ------------------------------------------------------------------------------------------------


def admitted(known, *names, period="2026-10"):
    return Admitted(WARD, period, Sources(names=known) if known is not None else None, Sources(names=names))


def test_who_comes_first_to_a_place_is_kept_by_one_of_two(reports):
    assert reports.sources(WARD, "2026-10") is None
    reports.admit([admitted(None, "a"), admitted(None, "a", period="2026-09")])
    with pytest.raises(aws.Lost) as caught:
        reports.admit([admitted(None, "b", period="2026-08"), admitted(None, "b")])
    assert caught.value.parts == {"source 1"}
    assert reports.sources(WARD, "2026-10").names == reports.sources(WARD, "2026-09").names == ("a",)
    assert reports.sources(WARD, "2026-08") is None, "all of them, or none"


def test_who_comes_next_is_added_to_those_that_were_seen_alone(reports):
    reports.admit([admitted(None, "a")])
    reports.admit([admitted(("a",), "a", "b")])
    for known in (("a",), ("a", "b", "c")):
        with pytest.raises(aws.Lost):
            reports.admit([admitted(known, *known, "d")])
    assert reports.sources(WARD, "2026-10").names == ("a", "b")


# --- what is read -----------------------------------------------------------------------------------------------


def test_what_is_shown_is_of_its_period_and_of_its_year_alone(reports):
    periods = ("2025", "2025-12", "2026", "2026-10", "2026-Q4")
    some = [report(period=each, system=system) for each in periods for system in ("a", "b")]
    reports.keep(given(), BATCH, ARRIVED, [], some)
    assert [(each.period, each.system) for each in reports.shown(WARD, "2026")] == [("2026", "a"), ("2026", "b")]
    assert [each.period for each in reports.shown(WARD, "2026-10")] == ["2026-10"] * 2
    assert sorted({each.period for each in reports.of_year(WARD, "2026")}) == ["2026", "2026-10", "2026-Q4"]
    assert reports.shown(WARD, "2026-11") == reports.of_year(CITY, "2026") == []


def test_rows_stand_in_their_order_over_more_items_than_a_digit_counts(reports, monkeypatch):
    monkeypatch.setattr(store, "MOST_BYTES", 2 * len(encoded((emc(0),))))
    reports.keep(given(24), BATCH, ARRIVED, [], [])
    assert reports.rows(BATCH) == given(24).rows
    assert len(aws.query(TABLE(), "INGESTED#b1", "ROWS#")) == 12, "as many together as an item holds"


def test_a_row_that_is_longer_than_an_item_should_be_stands_alone(monkeypatch):
    monkeypatch.setattr(store, "MOST_BYTES", 1)
    some = [emc(number) for number in range(3)]
    assert list(store._cut(some)) == [[each] for each in some]
    assert list(store._cut([])) == []


@pytest.mark.parametrize("body", ["{", '[{"SiteId": 1}]', '{"rows": []}'])
def test_rows_that_nobody_wrote_are_unreadable_and_name_their_batch(reports, body):
    reports.keep(given(), BATCH, ARRIVED, [], [])
    row = {"pk": "INGESTED#b1", "sk": "ROWS#0000", **written(store.Rows(body=body))}
    aws.alone(aws.put(TABLE(), row))
    with pytest.raises(Unreadable) as told:
        reports.rows(BATCH)
    assert told.value.record == "INGESTED#b1"


def arrive(agency, number, *, listed=True):
    """What came of an agency in a minute; what is not listed came before there was a list."""
    name = f"{agency}-{number}-{listed}"
    told = Arrived(id=name, agency=agency, way="api", at=f"2026-11-27T01:{number:02d}", verdict="taken", listed=listed)
    if listed:
        assert ReportTable().judge(told)
    else:
        aws.alone(aws.put_new(TABLE(), {"pk": f"ARRIVED#{agency}", "sk": name, **written(told)}))
    return told


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 50])
def test_lists_of_several_agencies_are_read_to_their_end_and_then_what_has_no_place(reports, monkeypatch, size):
    monkeypatch.setattr(store, "PAGE", size)
    timed = [arrive((CITY, OTHER, OTHER)[number % 3], number) for number in range(7)]
    former = {arrive(agency, number, listed=False).id for agency in (CITY, OTHER) for number in range(3)}
    arrive("H03", 1)
    found, after = [], ""
    for _ in range(40):
        some, after = reports.arrived([CITY, OTHER], after)
        assert len(some) <= size
        found += some
        if after is None:
            break
    assert after is None, "no page is told for ever"
    assert found[:7] == timed[::-1]
    assert sorted(each.id for each in found[7:]) == sorted(former), "each once"


def test_what_its_list_names_and_is_not_there_is_left_out(reports):
    arrive(CITY, 1)
    arrive(CITY, 2)
    aws.alone(aws.delete(TABLE(), (f"ARRIVED#{CITY}", f"{CITY}-2-True")))
    found, after = reports.arrived([CITY], "")
    assert ([each.id for each in found], after) == ([f"{CITY}-1-True"], None)


# --- files ------------------------------------------------------------------------------------------------------


def reading(monkeypatch, blocks):
    """A file of these blocks; answers what is read of it, and how many blocks that took."""
    taken = []

    def some(*_):
        for each in blocks:
            taken.append(each)
            yield each

    monkeypatch.setattr(store, "blocks", some)
    monkeypatch.setattr(store, "INTAKE_BUCKET", lambda: "intake")
    return DroppedFiles().read("figures/x", "1"), len(taken)


def test_a_file_that_is_too_large_is_read_so_far_that_it_shows(monkeypatch):
    whole = b"x" * LARGEST
    data, _ = reading(monkeypatch, [whole, b"y"])
    assert len(data) == LARGEST + 1, "cut at the most it would be taken, without its end"
    assert reading(monkeypatch, [whole, b"y", b"z"])[1] == 2, "and no block more"
    assert reading(monkeypatch, [whole])[0] == whole
    assert reading(monkeypatch, [b"a", b"b"])[0] == b"ab"
    monkeypatch.setattr(store, "blocks", lambda *_: None)
    assert DroppedFiles().read("figures/x", "1") is None


def test_a_form_is_for_one_file_of_the_bucket_and_of_the_size_that_is_taken(monkeypatch):
    monkeypatch.setattr(store, "INTAKE_BUCKET", lambda: "intake")
    monkeypatch.setattr(store, "post_form", lambda *asked: asked)
    assert DroppedFiles().form("figures/x.csv", "text/csv") == ("intake", "figures/x.csv", "text/csv", LARGEST)
