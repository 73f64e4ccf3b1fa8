"""Until when nobody deletes a receipt or a result: told with it, and locked in a stage that locks what it signs."""

from datetime import date

import pytest
from botocore.exceptions import ClientError
from moto.s3.models import s3_backends
from msgspec.structs import replace

from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import ReceiptSigned, ResultSigned
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import packs
from chalicelib.messages.fence import preview_key
from chalicelib.messages.model import message_key, retained_until
from chalicelib.messages.store import Table
from chalicelib.messages.wiring import kept_years
from infra.local.names import ACCOUNT, REGION
from tests.unit.messages_service.conftest import CODE

SIGNED = "2026-11-25T02:20:05.000+00:00"
TEN_YEARS = "2036-11-25T17:00:00.000+00:00"
RECEIPT, RESULT = f"RECEIPT.{CODE}", f"{CODE}-KQ1"


@pytest.fixture
def locked(tables, stage):
    """A messages bucket whose objects can be locked, as the data stack makes it."""
    s3, region = tables.client("s3"), {"LocationConstraint": REGION}
    if known := s3_backends[ACCOUNT]["aws"].buckets.get("locked"):
        known.keys.clear()
    else:
        s3.create_bucket(Bucket="locked", CreateBucketConfiguration=region, ObjectLockEnabledForBucket=True)
    stage.setenv("MOTCUA_MESSAGES_BUCKET", "locked")
    return s3


@pytest.fixture
def locking(stage):
    stage.setenv("MOTCUA_RETAIN_YEARS", "10")
    stage.setenv("MOTCUA_LOCK_MODE", "GOVERNANCE")


def head_of(tables, message):
    return tables.get("Messages", message_key(message), "HEAD")


def lock_of(s3, file):
    found = s3.head_object(Bucket="locked", Key=file["key"], VersionId=file["version_id"])
    until = found.get("ObjectLockRetainUntilDate")
    return found.get("ObjectLockMode"), stamp(until) if until else None


@pytest.mark.parametrize(
    ("signed", "years", "until"),
    [
        (SIGNED, 10, TEN_YEARS),
        ("2026-11-25T17:00:00.000+00:00", 10, "2036-11-26T17:00:00.000+00:00"),
        ("2028-02-29T02:00:00.000+00:00", 1, "2029-03-01T17:00:00.000+00:00"),
        ("2028-02-29T02:00:00.000+00:00", 4, "2032-02-29T17:00:00.000+00:00"),
    ],
)
def test_a_paper_is_kept_to_the_end_of_the_vietnamese_day_so_many_years_later(signed, years, until):
    assert stamp(retained_until(moment(signed), years)) == until


def test_where_neither_law_nor_stage_says_how_long_no_end_is_told_and_nothing_is_locked(
    desk, accepted, tables, locked, stage
):
    stage.setenv("MOTCUA_LOCK_MODE", "GOVERNANCE")
    desk.issue_receipt(accepted)
    head = head_of(tables, RECEIPT)
    assert "retain_until" not in head
    assert lock_of(locked, head) == (None, None)


def test_a_stage_that_says_how_long_tells_it_and_locks_only_if_it_says_so(desk, accepted, tables, locked, stage):
    stage.setenv("MOTCUA_RETAIN_YEARS", "10")
    desk.issue_receipt(accepted)
    head = head_of(tables, RECEIPT)
    assert head["retain_until"] == TEN_YEARS
    assert lock_of(locked, head) == (None, None)


def test_a_receipt_and_a_result_are_locked_until_the_time_that_is_told(
    desk, accepted, decided, tables, locked, locking
):
    desk.issue_receipt(accepted)
    desk.issue_result(decided)
    for message, kind in ((RECEIPT, ReceiptSigned), (RESULT, ResultSigned)):
        head = head_of(tables, message)
        (told,) = (heard(kind, row["data"]) for row in tables.events("Messages", message_key(message)))
        assert head["retain_until"] == told.retain_until == TEN_YEARS
        assert lock_of(locked, head) == ("GOVERNANCE", TEN_YEARS)
        with pytest.raises(ClientError, match="AccessDenied"):
            locked.delete_object(Bucket="locked", Key=head["key"], VersionId=head["version_id"])


def test_a_preview_and_a_paper_on_its_way_can_be_deleted(tables, locked, locking):
    Table().keep_preview("MC-1", 1, b"%PDF")
    Table().keep("papers/MC-1/c1/copy.pdf", b"%PDF")
    for key in (preview_key("MC-1", 1), "papers/MC-1/c1/copy.pdf"):
        found = locked.head_object(Bucket="locked", Key=key)
        assert "ObjectLockMode" not in found
        locked.delete_object(Bucket="locked", Key=key, VersionId=found["VersionId"])


def test_what_is_locked_carries_a_checksum_without_which_s3_refuses_it(tables, locked, locking):
    seen = []

    def look(request, **_):
        seen.append({name.lower() for name in request.headers})

    locked.meta.events.register_first("before-send.s3.PutObject", look)
    try:
        Table().keep("results/MC-1/r.pdf", b"%PDF", TEN_YEARS)
    finally:
        locked.meta.events.unregister("before-send.s3.PutObject", look)
    (headers,) = seen
    assert {"x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date"} <= headers
    assert {"x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"} <= headers


def test_years_of_the_law_come_before_those_of_the_stage(stage, monkeypatch):
    stage.setenv("MOTCUA_RETAIN_YEARS", "10")
    day, pack = date(2026, 11, 25), packs.newest()
    assert pack.rules.papers_kept_years.value is None, "no text that was read says how many"
    assert kept_years(day) == 10
    rules = replace(pack.rules, papers_kept_years=replace(pack.rules.papers_kept_years, value=70))
    monkeypatch.setattr(packs, "pack_on", lambda _: replace(pack, rules=rules))
    assert kept_years(day) == 70


def test_a_day_before_there_was_such_a_rule_has_the_stages_years(stage):
    stage.setenv("MOTCUA_RETAIN_YEARS", "10")
    assert packs.pack_on(date(2025, 1, 2)).rules.papers_kept_years is None
    assert kept_years(date(2025, 1, 2)) == 10


def test_what_an_earlier_release_signed_has_no_end(desk, accepted, tables):
    desk.issue_receipt(accepted)
    assert Table().message(RECEIPT).retain_until is None
