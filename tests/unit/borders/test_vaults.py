"""Borders of vaults: the last day included, room that lapses, the second of two uses of one paper."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.ledger import LineWritten
from chalicelib.kernel.clock import stamp
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import Pending, Usage, VaultDocument, day_of, usage_of
from chalicelib.vault.quota import Quota
from chalicelib.vault.uploads.model import OwnUpload
from chalicelib.vault.uses import uses
from tests.fakes.clock import Clock

NOW = Clock()()
DOCUMENT = VaultDocument(
    id="D", code="D", key="k", version_id="v", sha256="a" * 64, size=1, title="t", procedure="p", reference="r",
    dossier_code="c", agency="H01", stored_at=stamp(NOW), provenance="NATIVE_ESIGNED", group="issued",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, "valid"),
        ({"valid_until": "2026-11-26"}, "valid"),
        ({"valid_until": "2026-11-27"}, "valid"),
        ({"valid_until": "2026-11-25"}, "expired"),
        ({"valid_until": "2026-11-25", "replaced_by": "E"}, "replaced"),
        ({"replaced_by": "E", "withdrawn_at": "x"}, "withdrawn"),
    ],
)
def test_a_document_is_valid_to_its_last_day_included(said, state):
    assert structs.replace(DOCUMENT, **said).state(date(2026, 11, 26)) == state


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-11-25T16:59:59.999+00:00", "2026-11-25"), ("2026-11-25T17:00:00.000+00:00", "2026-11-26")],
)
def test_a_day_is_one_of_viet_nam(at, day):
    assert day_of(at) == day


def test_room_is_kept_to_its_end_and_the_second_of_two_stays_when_the_first_lapses():
    at, after = (stamp(NOW + timedelta(hours=n)) for n in (0, 1))
    used = Usage(
        bytes=5, documents=1, pending=(Pending(upload="a", size=2, until=at), Pending(upload="b", size=3, until=after))
    )
    assert [each.upload for each in used.at(at).pending] == ["b"]
    assert used.at(stamp(NOW - timedelta(seconds=1))).taken == (10, 3)
    assert used.without("a").taken == (8, 2)
    assert used.without("b").taken == (7, 2)
    assert usage_of([used, used]).taken == (20, 6)
    assert used.plus(-5, -1).taken == (5, 2)


@pytest.mark.parametrize(
    ("size", "most", "fits"), [(5, (10, 2), True), (6, (10, 2), False), (5, (10, 1), False), (0, (5, 2), True)]
)
def test_a_quota_takes_as_much_as_it_says_and_no_more(size, most, fits):
    assert Quota(*most).takes(Usage(bytes=5, documents=1), size) == fits


@pytest.mark.parametrize(("ms", "standing"), [(-1, "awaited"), (0, "lapsed"), (1, "lapsed")])
def test_an_announced_file_is_awaited_until_its_end(ms, standing):
    upload = OwnUpload(
        id="U", owner="o", body="b", announced_at=stamp(NOW), until=stamp(NOW), title="t", media_type="m", size=1
    )
    now = stamp(NOW + timedelta(milliseconds=ms))
    assert upload.standing(now) == standing
    assert structs.replace(upload, state="kept").standing(now) == "kept"


def line(at, **said):
    given = {"act": "read", "document": "D", "by": "H01", "basis": "dossier MC-1", "reference": "", "sha256": ""}
    return Line(at, LineWritten(**(given | said)))


EVENING, NIGHT, MORNING = (
    f"2026-11-{day}:00.000+00:00" for day in ("25T16:59", "25T17:00", "26T02:00")
)  # fmt: skip


@pytest.mark.parametrize("order", [(NIGHT, MORNING), (MORNING, NIGHT)])
def test_two_uses_of_one_day_are_one_line_with_its_first_and_last_time_from_either_end(order):
    (use,) = uses([line(at) for at in order])
    assert (use.times, use.first_at, use.last_at, use.day) == (2, NIGHT, MORNING, date(2026, 11, 26))


def test_uses_before_and_after_midnight_of_viet_nam_are_two():
    assert [each.day for each in uses([line(EVENING), line(NIGHT)])] == [date(2026, 11, 25), date(2026, 11, 26)]


@pytest.mark.parametrize("changed", ["document", "basis", "by", "officer", "portal", "client"])
def test_the_second_use_by_another_or_for_something_else_is_a_line_of_its_own(changed):
    assert [each.times for each in uses([line(NIGHT), line(NIGHT, **{changed: "x"}), line(NIGHT)])] == [2, 1]


def test_what_was_stored_or_refused_is_no_use():
    assert uses([line(NIGHT, act="stored"), line(NIGHT, refused=True)]) == []
