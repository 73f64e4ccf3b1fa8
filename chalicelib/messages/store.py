"""Signed documents: a record each, and their files in the messages bucket."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

from msgspec import structs
from msgspec.structs import asdict

from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import (
    PaperOrdered,
    PaperSigned,
    PaperStamped,
    PaperWithdrawalDeclined,
    PaperWithdrawalProposed,
    PaperWithdrawn,
    PinnedFile,
    ResultUnprintable,
    SignatureRefused,
)
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment, stamp
from chalicelib.ledger import door
from chalicelib.messages.fence import preview_key
from chalicelib.messages.model import (
    Message,
    NeverSigned,
    Order,
    RefusedOrder,
    Undrawn,
    message_key,
    message_of,
    order_key,
    refused_key,
    undrawn_key,
)
from chalicelib.messages.public_record import (
    STAMP_PARTS,
    ByHash,
    HashOf,
    Registered,
    StampEnds,
    StampListed,
    by_hash,
    hash_key,
    lookup_key,
    registered,
    stamps_key,
    stamps_part,
)
from chalicelib.messages.recall import Recall, RecallListed, recalls_key
from chalicelib.messages.settings import BUCKET, LOCK_MODE, TABLE, UNLOCKED

PDF: Final = "application/pdf"
CSV: Final = "text/csv"


class SourceChanged(NeverSigned):
    """The file to sign is not the one that was ordered."""

    code = "file_changed"


class Table:
    """Messages in DynamoDB and S3."""

    def message(self, message: str) -> Message | None:
        """The record of a signed document."""
        item = aws.get(TABLE(), message_key(message), "HEAD")
        return read(Message, item) if item else None

    def by_lookup(self, code: str) -> Registered | None:
        """What is registered under a look-up code."""
        item = aws.get(TABLE(), lookup_key(code), "PAPER")
        return read(Registered, item) if item else None

    def register(self, signed: PaperSigned, now: datetime) -> None:
        """A signed document with its event; when it is registered already, nothing changes."""
        ends = signed.stamp_ends_at
        listed = stamps_part(ends, signed.message) if ends else None
        head = Message(pk=message_key(signed.message), **asdict(signed), stamps_in=listed)
        change = record.Change(TABLE(), head, now).tell(signed)
        if signed.lookup:
            change.also("lookup", aws.put_new(TABLE(), _registered(signed, signed.sha256)))
        else:  # an order of the release before may still be under way: its paper has none
            change.also("hash", _hash(signed.sha256, signed.message))
        try:
            change.write()
        except aws.Lost as lost:
            if "head" not in lost:
                raise

    def by_hash(self, sha256: str) -> Message | None:
        """The document of which a file is a version, by its SHA-256; of one signed a moment ago perhaps None."""
        for row in aws.found(TABLE(), "worklist", "wl_pk = :hash", {":hash": hash_key(sha256)}):
            return self.message(heard(ByHash, row).wl_sk)
        item = aws.get(TABLE(), hash_key(sha256), "PAPER")
        return self.message(read(HashOf, item).message) if item else None

    def stamps_ending(self, month: str) -> list[StampEnds]:
        """The documents whose last timestamp ends in a month (`2041-11`, UTC)."""
        found = {each.message: each for part in range(STAMP_PARTS) for each in _listed(f"{month}#{part:02d}")}
        tried = (read(StampEnds, item) for item in aws.query(TABLE(), stamps_key(month)))
        return list((found | {each.message: each for each in tried}).values())

    def stamp_tried(self, tried: StampEnds, now: datetime) -> None:
        """A document got no other timestamp; one that got it from another run meanwhile has left the month."""
        after = structs.replace(tried, tried_at=stamp(now))
        row = {"pk": stamps_key(tried.ends_at), "sk": tried.message, **written(after)}
        place, same = (message_key(tried.message), "HEAD"), "stamp_ends_at = :ends"
        still = aws.check(TABLE(), place, same, expect={"ends": tried.ends_at})
        with suppress(aws.Lost):
            aws.transact({"still": still, "tried": aws.put(TABLE(), row)})

    def stamp_again(self, before: Message, told: PaperStamped, now: datetime) -> None:
        """A new version of a document, under the version of its record that was read. Raises aws.Lost."""
        after = structs.replace(
            before,
            version_id=told.file.version_id,
            sha256=told.file.sha256,
            size=told.size,
            stamp_ends_at=told.stamp_ends_at,
            earlier=(*before.earlier, told.former),
        )
        after = structs.replace(after, stamps_in=stamps_part(told.stamp_ends_at, after.message))
        changed = ("version_id", "sha256", "size", "stamp_ends_at", "stamps_in", "earlier")
        change = record.Change(TABLE(), before, now).tell(told).put(**{name: getattr(after, name) for name in changed})
        change.also("hash", _hash(after.sha256, after.message))
        if before.stamp_ends_at:
            change.also("former stamp", aws.delete(TABLE(), (stamps_key(before.stamp_ends_at), before.message)))
        _public(change, after).write()

    def propose(self, before: Message, recall: Recall, told: PaperWithdrawalProposed, now: datetime) -> None:
        """A proposed withdrawal on the list of both who may confirm it, in the place of one before. Raises aws.Lost."""
        change = record.Change(TABLE(), before, now).tell(told, actor=recall.by).put(recall=recall)
        row = RecallListed(
            message=before.message,
            reference=before.reference,
            agency=before.agency,
            title=before.title,
            at=recall.at,
            decision=recall.decision,
            reason=recall.reason,
            number=recall.number,
        )
        lists = _lists(before.agency, recall)
        for agency in sorted(lists):
            item = {"pk": recalls_key(agency), "sk": before.message, **written(row)}
            change.also(f"on the list of {agency}", aws.put(TABLE(), item))
        gone = _lists(before.agency, before.recall) - lists if before.recall and before.recall.is_open else set()
        _off(change, before, gone).write()

    def decline(self, before: Message, recall: Recall, told: PaperWithdrawalDeclined, by: str, now: datetime) -> None:
        """A proposed withdrawal that comes to nothing by an officer (keyed hash). Raises aws.Lost."""
        declined = structs.replace(recall, declined_at=stamp(now))
        change = record.Change(TABLE(), before, now).tell(told, actor=by).put(recall=declined)
        _off(change, before, _lists(before.agency, recall)).write()

    def withdraw(self, before: Message, told: PaperWithdrawn, officer: str, now: datetime) -> None:
        """A document that its agency withdrew, under the version of its record that was read; `officer` confirmed it.

        Its holder's ledger says so in the same change. Raises aws.Lost.
        """
        by, decision = told.by, told.decision
        after = structs.replace(before, withdrawn_at=told.withdrawn_at, withdrawn_by=by, decision=decision)
        change = record.Change(TABLE(), before, now).tell(told)
        change.put(withdrawn_at=told.withdrawn_at, withdrawn_by=by, decision=decision)
        if before.holder:
            change.join("ledger", door.withdrawal(_read(before), before.agency, officer, decision, now, actor=by))
        if before.recall:
            _off(change, before, _lists(before.agency, before.recall))
        _public(change, after).write()

    def recalls(self, agency: str) -> list[RecallListed]:
        """The withdrawals that wait for a second leader of an agency."""
        return [read(RecallListed, item) for item in aws.query(TABLE(), recalls_key(agency))]

    def refuse(self, told: SignatureRefused, now: datetime) -> None:
        """An order that will never be carried out, told once for each time that it was given."""

        def once() -> None:
            item = aws.get(TABLE(), refused_key(told.order), "HEAD")
            head = read(RefusedOrder, item) if item else RefusedOrder(pk=refused_key(told.order), order=told.order)
            if head.order_event != told.order_event:
                record.Change(TABLE(), head, now).put(order_event=told.order_event).tell(told).write()

        record.settled(once)

    def order(self, event: PaperOrdered, now: datetime) -> None:
        """An order with its event; one that was given before is not given again."""
        head = Order(pk=order_key(event.order), order=event.order, form=event.form)
        try:
            record.Change(TABLE(), head, now).tell(event).write()
        except aws.Lost as lost:
            if "head" not in lost:
                raise

    def tell_unprintable(self, told: ResultUnprintable, now: datetime) -> None:
        """A result that cannot be drawn, told once for each reason."""

        def once() -> None:
            key = undrawn_key(told.dossier_code)
            item = aws.get(TABLE(), key, "HEAD")
            head = read(Undrawn, item) if item else Undrawn(pk=key, reference=told.reference)
            if head.reason_code != told.reason_code:
                record.Change(TABLE(), head, now).put(reason_code=told.reason_code).tell(told).write()

        record.settled(once)

    def source(self, source: PinnedFile) -> bytes:
        """The very file that was ordered. Raises SourceChanged when its hash is another."""
        found = aws.client("s3").get_object(Bucket=BUCKET(), Key=source.key, VersionId=source.version_id)
        body: bytes = found["Body"].read()
        if hashlib.sha256(body).hexdigest() != source.sha256:
            raise SourceChanged(source.key)
        return body

    def keep_sheet(self, key: str, table: bytes, retain_until: str | None = None) -> str:
        """Store the table beside a paper, locked alike; answers its version."""
        return self.keep(key, table, retain_until, CSV)

    def keep(self, key: str, pdf: bytes, retain_until: str | None = None, media_type: str = PDF) -> str:
        """Store a signed file, locked until then in a stage that locks; answers its version.

        Object by object: a rule of the bucket would lock previews, and scans that law wants deleted.
        """
        locked: dict[str, object] = {}
        if retain_until and LOCK_MODE() != UNLOCKED:
            locked = {"ObjectLockMode": LOCK_MODE(), "ObjectLockRetainUntilDate": moment(retain_until)}
            # S3 locks nothing without a checksum in the head of the request; botocore's own comes behind the body.
            locked |= {
                "ChecksumAlgorithm": "SHA256",
                "ChecksumSHA256": b64encode(hashlib.sha256(pdf).digest()).decode(),
            }
        kept = aws.client("s3").put_object(Bucket=BUCKET(), Key=key, Body=pdf, ContentType=media_type, **locked)
        version: str = kept["VersionId"]
        return version

    def keep_preview(self, reference: str, form_version: int, pdf: bytes) -> None:
        """Keep the result as a version of the form draws it where others look for it."""
        self.keep(preview_key(reference, form_version), pdf)

    def hand_out(self, message: Message, who: Principal, now: datetime, *, is_owner: bool) -> str:
        """A link to the very version that was registered; the holder's ledger says so.

        `is_owner`: the holder asks, perhaps under another number than that of the paper.
        """
        file = PinnedFile(key=message.key, version_id=message.version_id, sha256=message.sha256)
        return door.hand_out(_file(message, file, PDF, is_owner=is_owner), who, "messages", now)

    def hand_out_sheet(self, message: Message, who: Principal, now: datetime) -> str:
        """A link to the table beside a paper. Raises ValueError for a paper that has none."""
        if message.sheet is None:
            raise ValueError(f"no table: {message.message}")
        return door.hand_out(_file(message, message.sheet, CSV), who, "messages", now)


def _hash(sha256: str, message: str) -> aws.Op:
    return aws.put(TABLE(), {"pk": hash_key(sha256), "sk": "PAPER", **written(HashOf(message=message))})


def _listed(part: str) -> Iterator[StampEnds]:
    for row in aws.found(TABLE(), "stamps", "stamps_in = :part", {":part": part}):
        listed = heard(StampListed, row)
        yield StampEnds(message=message_of(listed.pk), ends_at=listed.stamp_ends_at)


def _registered(paper: PaperSigned | Message, first: str) -> aws.Item:
    """What anyone may know under a look-up code; it is found by the hash of the paper's first version, too."""
    place = {"pk": lookup_key(paper.lookup), "sk": "PAPER", **asdict(by_hash(first, paper.message))}
    return place | written(registered(paper))


def _public(change: record.Change, after: Message) -> record.Change:
    """What anyone may know changes with the record."""
    if not after.lookup:
        return change
    first = after.earlier[0].sha256 if after.earlier else after.sha256
    return change.also("lookup", aws.put(TABLE(), _registered(after, first)))


def _lists(agency: str, recall: Recall) -> set[str]:
    return {agency, recall.above or agency}


def _off(change: record.Change, message: Message, agencies: Iterable[str]) -> record.Change:
    """The document's proposed withdrawal leaves the lists of these agencies."""
    for agency in sorted(agencies):
        change.also(f"off the list of {agency}", aws.delete(TABLE(), (recalls_key(agency), message.message)))
    return change


def _read(message: Message) -> door.Read:
    return door.Read(
        owner=message.holder,
        document=message.message,
        reference=message.reference,
        sha256=message.sha256,
        min_level=message.min_level,
    )


def _file(message: Message, file: PinnedFile, media_type: str, *, is_owner: bool = False) -> door.File:
    return door.File(
        owner=message.holder,
        document=message.message,
        reference=message.reference,
        bucket=BUCKET(),
        key=file.key,
        version_id=file.version_id,
        sha256=file.sha256,
        media_type=media_type,
        filename=message.message + (".pdf" if media_type == PDF else ".csv"),
        min_level=message.min_level,
        by_owner=is_owner,
    )
