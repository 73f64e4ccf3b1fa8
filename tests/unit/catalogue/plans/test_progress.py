"""How far a planned service is, by what the catalogue offers and the day in Viet Nam."""

from datetime import date

import pytest
from msgspec.structs import replace

from chalicelib.catalogue.plans.items import Status
from chalicelib.catalogue.plans.model import Offered, is_reached, left_out, moved_wrong, problems_of, tracked
from chalicelib.contracts.service_plans import PlannedService, ServicePlan

KIND = "public_utility"
ITEM = PlannedService(
    service="U.000001",
    kind=KIND,
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
        (ITEM, Offered(KIND, "partial", BOTH), Status.ISSUED, AFTER, "reached"),
        (ITEM, Offered(KIND, "full", BOTH), Status.ISSUED, AFTER, "reached"),
        (ITEM, Offered(KIND, "none", BOTH), Status.ISSUED, AFTER, "late"),
        (ITEM, Offered(KIND, "unknown", BOTH), Status.ISSUED, AFTER, "late"),
        (ITEM, Offered(KIND, "full", BOTH[:1]), Status.ISSUED, AFTER, "late"),
        (ITEM, Offered("public_non_business", "full", BOTH), Status.ISSUED, AFTER, "late"),
        (said("dropped", "x"), Offered(), Status.ISSUED, AFTER, "dropped"),
        (ITEM, Offered(), Status.REPLACED, AFTER, "replaced"),
    ],
)
def test_what_is_late_is_said_by_the_catalogue_and_the_day(item, offered, status, day, progress):
    assert tracked(item, offered, status, day).progress == progress


def test_what_is_missing_is_named():
    assert tracked(ITEM, Offered("", "full", BOTH[:1]), Status.ISSUED, LAST).missing == ("national_portal",)
    assert is_reached(ITEM, Offered(KIND, "partial", BOTH))


def test_done_is_what_is_offered_and_dropped_has_a_reason():
    assert [each.pointer for each in moved_wrong(ITEM, "done", "", Offered())] == ["/said"]
    assert moved_wrong(ITEM, "done", "", Offered(KIND, "full", BOTH)) == ()
    assert [each.pointer for each in moved_wrong(ITEM, "dropped", " ", Offered())] == ["/why"]
    assert moved_wrong(ITEM, "dropped", "Sáp nhập", Offered()) == ()
    assert moved_wrong(ITEM, "under_way", "", Offered()) == ()


def plan(*items):
    names = dict.fromkeys(("id", "issuer", "drafter", "title_vi", "title_en"), "x")
    return ServicePlan(**names, kinds=(KIND,), first="2026-Q1", last="2026-Q4", items=items)


@pytest.mark.parametrize(("said", "rule"), [("", "unsaid"), ("public_non_business", "kind"), (KIND, None)])
def test_a_service_is_planned_once_the_catalogue_says_of_which_kind_it_is(said, rule):
    wrong = problems_of(plan(ITEM), {ITEM.service: said}, {"H01"})
    assert [(each.pointer, each.rule) for each in wrong] == ([("/items/0/kind", rule)] if rule else [])


@pytest.mark.parametrize(
    ("former", "offered", "is_wrong"),
    [
        (ITEM, Offered(), True),
        (said("done"), Offered(), True),
        (said("dropped", "x"), Offered(), False),
        (ITEM, Offered(KIND, "partial", BOTH), False),
    ],
)
def test_what_was_late_is_not_wiped_out_by_another_plan(former, offered, is_wrong):
    other = replace(ITEM, service="U.000002")
    found = left_out(plan(other), plan(former), {former.service: offered})
    assert [(each.pointer, each.rule) for each in found] == ([("/items", "left_out")] if is_wrong else [])
    assert left_out(plan(other, ITEM), plan(former), {former.service: offered}) == ()
