"""The list that search reads and the open data: what is in them on a day, and when they are made again."""

import gzip
import json
from datetime import timedelta

import pytest

from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.services.listing import EXPORT, IN_FLIGHT, SEARCH
from chalicelib.catalogue.services.search import Filters
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.support.keepers import BIRTH, ours
from tests.unit.catalogue.records.given import read

TODAY, TOMORROW, LATER = "2026-11-25", "2026-11-26", "2026-12-10"


def listed(hall, text="", **filters):
    page, facets, as_of = hall.services.search(text, Filters(**filters), 0, 20)
    return {hit.entry.code: hit.entry for hit in page.hits}, facets, as_of


def refreshed(hall):
    hall.clock.advance(minutes=1)
    assert hall.listing.refresh(stamp(hall.clock())) == "made"
    return listed(hall)[0]


def exported(hall):
    hall.clock.advance(minutes=1)
    count = hall.listing.export()
    lines = gzip.decompress(hall.file(EXPORT)).decode().splitlines()
    assert count == hall.snapshots.pointer(EXPORT).count == len(lines)
    return {line["code"]: line for line in map(json.loads, lines)}


def test_before_the_first_list_nothing_is_found(hall):
    hall.ship()
    found, facets, as_of = listed(hall, "khai sinh")
    assert (found, dict(facets.kind), as_of) == ({}, {}, None)


def test_a_list_has_what_is_recorded_and_what_is_offered(hall):
    hall.ship()
    other = read("1.003197").typed
    hall.records.keep(other, ())
    found = refreshed(hall)
    assert {code: (e.offered, e.level) for code, e in found.items()} == {
        BIRTH: (True, "partial"),
        other.code: (False, "unknown"),
    }
    assert found[BIRTH].life_events == ("birth",)
    assert [*listed(hall, offered=True)[0]] == [BIRTH]
    assert next(iter(listed(hall, "khai sinh")[0])) == BIRTH


def test_a_draft_is_in_no_list(hall):
    hall.started()
    assert refreshed(hall) == {}
    assert exported(hall) == {}


@pytest.mark.rule("R41")
def test_a_version_of_tomorrow_is_offered_tomorrow(hall):
    hall.records.keep(ours(read(BIRTH).typed), ())
    hall.published(TOMORROW)
    assert refreshed(hall)[BIRTH].offered is False
    assert exported(hall)[BIRTH]["version"] is None
    hall.clock.at(f"{TOMORROW}T01:00:00")
    assert exported(hall)[BIRTH]["version"] == 1
    assert listed(hall)[0][BIRTH].offered is True, "the day's export makes the list again too"


@pytest.mark.rule("R41")
def test_a_service_without_a_record_is_listed_when_it_can_be_read(hall):
    hall.published(TOMORROW)
    assert refreshed(hall) == {}
    hall.clock.at(f"{TOMORROW}T01:00:00")
    assert refreshed(hall)[BIRTH].offered is True
    hall.withdraw(hall.kept())
    assert refreshed(hall) == {}
    assert exported(hall) == {}


@pytest.mark.rule("R41")
def test_open_data_has_the_version_in_force(hall):
    hall.published(TODAY)
    hall.published(LATER, "2", name_en="New")
    line = exported(hall)[BIRTH]
    assert (line["version"], line["name_en"], line["level"]) == (1, people.facts()["name_en"], "partial")
    hall.clock.at(f"{LATER}T01:00:00")
    assert (exported(hall)[BIRTH]["version"], exported(hall)[BIRTH]["name_en"]) == (2, "New")


def test_open_data_has_the_record_of_what_is_not_offered(hall):
    facts, _, typed = read("1.003197")
    hall.records.keep(typed, ())
    assert exported(hall) == {facts["code"]: {**facts, "version": None, "level": "unknown"}}


def test_a_withdrawn_version_leaves_the_record(hall):
    hall.records.keep(ours(read(BIRTH).typed), ())
    hall.withdraw(hall.published(TODAY))
    assert (refreshed(hall)[BIRTH].offered, exported(hall)[BIRTH]["version"]) == (False, None)


def test_a_change_that_the_list_knows_makes_no_list(hall):
    hall.ship()
    changed = stamp(hall.clock())
    hall.clock.advance(seconds=IN_FLIGHT.total_seconds() + 1)
    assert hall.listing.refresh(changed) == "made"
    made = hall.rows.writes
    assert [hall.listing.refresh(changed) for _ in range(1000)] == ["newer"] * 1000
    assert hall.rows.writes == made


def test_a_change_that_may_have_been_on_its_way_makes_the_list_again(hall):
    hall.listing.refresh(stamp(hall.clock()))
    made = hall.clock()
    hall.clock.advance(seconds=30)
    assert hall.listing.refresh(stamp(made - IN_FLIGHT)) == "made"
    hall.clock.advance(seconds=30)
    assert hall.listing.refresh(stamp(hall.clock() - timedelta(minutes=5))) == "newer"


def test_a_list_is_as_of_the_moment_before_its_reading(hall, monkeypatch):
    hall.ship()
    began = hall.clock()
    rows = ProcedureTable.rows

    def slow(table):
        hall.clock.advance(seconds=20)
        return rows(table)

    monkeypatch.setattr(ProcedureTable, "rows", slow)
    hall.listing.refresh(stamp(began))
    assert hall.snapshots.pointer(SEARCH).as_of == stamp(began)


def test_the_same_catalogue_is_the_same_file(hall):
    hall.ship()
    refreshed(hall)
    first = hall.snapshots.pointer(SEARCH)
    refreshed(hall)
    second = hall.snapshots.pointer(SEARCH)
    assert (second.sha256, second.as_of > first.as_of) == (first.sha256, True)
