"""What is read of figures that came: rows and versions by whom they are, and why something was refused."""

from types import SimpleNamespace

import pytest

from chalicelib.kernel.problem import NotAllowed, NotFound
from chalicelib.measures.ingested.dialects import rows_of
from chalicelib.measures.ingested.model import Place
from chalicelib.measures.ingested.service import faults_of
from chalicelib.measures.refusals import VersionTaken
from tests.support.ingested import Shelf, kept_batch, taking
from tests.support.provinces import CITY, OTHER, WARDS, moved

BATCH = kept_batch(rows=6, places=(Place(unit=WARDS[0], period="2026-10"), Place(unit=WARDS[1], period="2026-10")))


def reading():
    """A batch that the city sent, of two wards: one stands below another city now."""
    emc = {"CodeTTHC": "1", "Status": 1, "FormsReception": 1}
    rows = rows_of("emc", [emc | {"MaHoSo": str(n), "SiteId": WARDS[n % 2]} for n in range(6)])
    shelf = Shelf(batches=[BATCH])
    shelf.rows = lambda _: rows
    shelf.versions = lambda *asked: (asked, None)
    shelf.arrived = lambda *asked: (asked, None)
    return taking(shelf, moved())


def who(*agencies):
    return SimpleNamespace(agencies=frozenset(agencies))


@pytest.mark.parametrize(
    ("agency", "unit", "page", "numbers", "withheld", "following"),
    [
        (CITY, "", (0, 6), [0, 1, 2, 3, 4, 5], 0, None),
        (CITY, "", (0, 5), [0, 1, 2, 3, 4], 0, 5),
        (CITY, "", (5, 5), [5], 0, None),
        (OTHER, "", (0, 4), [1, 3], 2, 4),
        (OTHER, "", (4, 4), [5], 1, None),
        (OTHER, WARDS[1], (0, 2), [1, 3], 0, 2),
        (OTHER, WARDS[1], (0, 3), [1, 3, 5], 0, None),
        (OTHER, WARDS[0], (0, 3), [], 3, None),
        (WARDS[0], "", (0, 6), [0, 2, 4], 3, None),
    ],
)
def test_rows_are_shown_to_who_sent_them_and_of_their_own_to_others(agency, unit, page, numbers, withheld, following):
    found = reading().rows(who(agency), "b1", unit, page)
    assert ([each.number for each in found.rows], found.withheld, found.next) == (numbers, withheld, following)


def test_a_batch_of_which_nothing_is_theirs_is_not_there():
    for agencies, name in (((WARDS[2],), "b1"), ((), "b1"), ((CITY,), "b2")):
        with pytest.raises(NotFound):
            reading().rows(who(*agencies), name, "", (0, 6))


@pytest.mark.parametrize(
    ("agency", "period", "may"),
    [
        (CITY, "2026-02", True),
        (CITY, "2026-03", False),
        (OTHER, "2026-02", False),
        (OTHER, "2026-Q1", True),
        (OTHER, "2026", True),
    ],
)
def test_versions_are_read_by_who_stands_above_in_their_period(agency, period, may):
    if may:
        assert reading().versions(who(agency), WARDS[1], period, "x") == ((WARDS[1], period, "x"), None)
    else:
        with pytest.raises(NotAllowed):
            reading().versions(who(agency), WARDS[1], period)


def test_what_came_is_asked_of_all_agencies_of_the_asker_in_one_order():
    assert reading().arrived(who(OTHER, CITY), "x") == (([CITY, OTHER], "x"), None)


def test_why_a_file_was_refused_is_told_with_its_facts():
    (told,) = faults_of(VersionTaken(unit=CITY, period="2026", version=1))
    assert (told.pointer, told.rule) == ("", "version_taken")
    for text, title in ((told.vi, VersionTaken.row.title_vi), (told.en, VersionTaken.row.title_en)):
        assert text == f"{title} (unit: H01, period: 2026, version: 1)"
