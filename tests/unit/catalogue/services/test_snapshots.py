"""The file that search reads: the newest wins whatever comes last, and a process reads each once."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.catalogue.services import store
from chalicelib.catalogue.services.listing import SEARCH, index_of
from chalicelib.catalogue.services.search import Entry, encode
from chalicelib.catalogue.services.store import SnapshotFiles
from chalicelib.kernel.clock import stamp

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(tables):
    store._held.clear()
    yield SnapshotFiles()
    store._held.clear()


def named(name):
    return encode([Entry(code="1.000001", name_vi=name)])


def at(minute):
    return stamp(NOW + timedelta(minutes=minute))


def test_the_newer_snapshot_wins_whatever_comes_last(files):
    assert files.pointer(SEARCH) is None
    kept = files.keep(SEARCH, named("Mới"), 1, at(1))
    assert files.keep(SEARCH, named("Cũ"), 1, at(0)) == kept
    assert files.keep(SEARCH, named("Cùng lúc"), 1, at(1)) == kept
    assert files.pointer(SEARCH) == kept
    later = files.keep(SEARCH, named("Sau"), 1, at(2))
    assert files.pointer(SEARCH) == later
    assert later.sha256 != kept.sha256


def test_a_pointer_of_an_earlier_release_is_read(files, tables):
    kept = files.keep(SEARCH, named("Mới"), 1, at(1))
    item = tables.get("Catalogue", "SNAPSHOT", SEARCH)
    tables.put("Catalogue", {name: value for name, value in item.items() if name != "shape"})
    assert files.pointer(SEARCH) == kept


def test_a_snapshot_is_read_once_by_a_process_until_another_is_pointed_to(files):
    made = []

    def make(data):
        made.append(data)
        return index_of(data)

    pointer = files.keep(SEARCH, named("Một"), 1, at(0))
    assert files.held(pointer, make) is files.held(pointer, make)
    newer = files.keep(SEARCH, named("Hai"), 1, at(1))
    (hit,) = files.held(newer, make).search("hai").hits
    assert (hit.entry.name_vi, len(made)) == ("Hai", 2)
