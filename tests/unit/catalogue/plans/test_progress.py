"""How far a planned service is, by what the catalogue offers and the day in Viet Nam."""

from datetime import date

import pytest
from msgspec.structs import replace

from chalicelib.catalogue.plans.items import Status
from chalicelib.catalogue.plans.model import Offered, is_reached, moved_wrong, tracked
from chalicelib.contracts.service_plans import PlannedService

ITEM = PlannedService(
    service="U.000001",
    kind="public_utility",
    name_vi="Cấp nước",
    name_en="Water",
    provider_vi="Công ty",
    provider_en="Company",
    channels=("national_portal", "authority_system"),
    current="none",
    target="partial",
    quarter="2026-Q3",
    owner="H01",
)
BOTH = ("authority_system", "national_portal")
LAST, AFTER = date(2026, 9, 30), date(2026, 10, 1)


def said(state, why=""):
    return replace(ITEM, state=state, why=why)


@pytest.mark.parametrize(
    ("item", "offered", "status", "day", "progress"),
    [
        (ITEM, Offered(), Status.ISSUED, LAST, "planned"),
        (ITEM, Offered(), Status.ISSUED, AFTER, "late"),
        (said("under_way"), Offered(), Status.ISSUED, LAST, "under_way"),
        (said("done"), Offered(), Status.ISSUED, LAST, "under_way"),
        (said("done"), Offered(), Status.ISSUED, AFTER, "late"),
        (ITEM, Offered("", "partial", BOTH), Status.ISSUED, AFTER, "reached"),
        (ITEM, Offered("", "full", BOTH), Status.ISSUED, AFTER, "reached"),
        (ITEM, Offered("", "none", BOTH), Status.ISSUED, AFTER, "late"),
        (ITEM, Offered("", "unknown", BOTH), Status.ISSUED, AFTER, "late"),
        (ITEM, Offered("", "full", BOTH[:1]), Status.ISSUED, AFTER, "late"),
        (said("dropped", "x"), Offered(), Status.ISSUED, AFTER, "dropped"),
        (ITEM, Offered(), Status.REPLACED, AFTER, "replaced"),
    ],
)
def test_what_is_late_is_said_by_the_catalogue_and_the_day(item, offered, status, day, progress):
    assert tracked(item, offered, status, day).progress == progress


def test_what_is_missing_is_named():
    assert tracked(ITEM, Offered("", "full", BOTH[:1]), Status.ISSUED, LAST).missing == ("national_portal",)
    assert is_reached(ITEM, Offered("", "partial", BOTH))


def test_done_is_what_is_offered_and_dropped_has_a_reason():
    assert [each.pointer for each in moved_wrong(ITEM, "done", "", Offered())] == ["/said"]
    assert moved_wrong(ITEM, "done", "", Offered("", "full", BOTH)) == ()
    assert [each.pointer for each in moved_wrong(ITEM, "dropped", " ", Offered())] == ["/why"]
    assert moved_wrong(ITEM, "dropped", "Sáp nhập", Offered()) == ()
    assert moved_wrong(ITEM, "under_way", "", Offered()) == ()
