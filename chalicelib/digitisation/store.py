"""Papers in DynamoDB and their files in S3."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct, json, structs

from chalicelib.contracts.digitisation import DropAcknowledged, UploadRefused
from chalicelib.contracts.event import heard, told
from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.contracts.stored import read
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.drops import Drop, Verdict, list_key, own_file, refused_since
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.model import PDF, Limits, Refused
from chalicelib.digitisation.paper import (
    FIELD,
    SIGN_COPY,
    FilePart,
    FileVersion,
    Paper,
    Reading,
)
from chalicelib.digitisation.settings import INTAKE_BUCKET, MESSAGES_BUCKET, MESSAGES_TABLE
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.objects import Post, is_there, post_form, remove_all, status
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.ledger import door
from chalicelib.messages.fence import certificate_key

DESK: Final = "copies"
"""The part of the API by which an officer sees papers, as the ledger names it."""
GONE: Final = (404, 405)  # S3 answers 405 for the marker of a deletion
ROOTS: Final = "trust/roots.pem"
"""The key in the messages bucket under which whoever operates the service puts roots that they trust."""
WORKLIST: Final = ("wl_pk", "wl_sk")


class Named(Struct, frozen=True):
    """A record by its name."""

    pk: str


class Row(Struct, frozen=True):
    """A row of a record."""

    pk: str
    sk: str


class Listed(Row, frozen=True):
    """A row of a list: the record that stands on it, and where."""

    wl_pk: str
    wl_sk: str


class Table:
    """Records of papers."""

    def paper(self, reference: str, component: str) -> Paper | None:
        """The record of a paper."""
        item = aws.get(MESSAGES_TABLE(), paper_key(reference, component), "HEAD")
        return read(Paper, item) if item else None

    def waiting(self, agencies: Collection[str], after: str) -> tuple[list[Paper], str | None]:
        """A page of agencies' papers that wait for an officer, the oldest first. Raises BodyInvalid, NotFound."""
        heads, following = paged([list_key(agency, SIGN_COPY) for agency in sorted(agencies)], after)
        return [read(Paper, head) for head in heads], following

    def forget_values(self, paper: Paper) -> None:
        """The values that an officer had to look at are gone for good; which fields they were, and who looked, stays.

        Nothing is deleted: who may delete there could delete the paper's log.
        """
        for row in aws.query(MESSAGES_TABLE(), paper.pk, FIELD):
            place = (paper.pk, heard(Row, row).sk)
            aws.updated(aws.update(MESSAGES_TABLE(), place, put={"sealed": ""}, condition="attribute_exists(pk)"))


class DropTable:
    """Verdicts on dropped objects."""

    def drop(self, pk: str) -> Drop | None:
        """The verdict on one of them."""
        item = aws.get(MESSAGES_TABLE(), pk, "HEAD")
        return read(Drop, item) if item else None

    def listed(self, agencies: Collection[str], verdict: Verdict, after: str) -> tuple[list[Drop], str | None]:
        """A page of agencies' lists, the oldest first. Raises BodyInvalid, NotFound for a wrong cursor."""
        heads, following = paged([list_key(agency, verdict) for agency in sorted(agencies)], after)
        return [read(Drop, head) for head in heads], following

    def refuse(self, drop: Drop, told: UploadRefused, now: datetime) -> None:
        """A refused drop stands on its agency's list, once."""
        try:
            record.Change(MESSAGES_TABLE(), drop, now).tell(told).write()
        except aws.Lost:
            return  # told before

    def tell_owner(self, arrival: Arrival, told: OwnFileChecked, now: datetime) -> None:
        """The vault is told of a person's own file, once for each version of it."""
        try:
            record.Change(MESSAGES_TABLE(), own_file(arrival), now).tell(told).write()
        except aws.Lost:
            return  # told before

    def is_told(self, arrival: Arrival) -> bool:
        """Whether the vault was told of this version of a person's own file."""
        return aws.get(MESSAGES_TABLE(), own_file(arrival).pk, "HEAD") is not None

    def took(self, drop: Drop, now: datetime) -> record.Change:
        """The verdict on a drop that became a component, for the change that makes it one; one of a lot had another."""
        before = self.drop(drop.pk)
        if before is None:
            return record.Change(MESSAGES_TABLE(), drop, now)
        change = record.Change(MESSAGES_TABLE(), before, now).take_off("reason_code", "reason_vi", "reason_en")
        return change.put(
            kind=drop.kind,
            size=drop.size,
            reference=drop.reference,
            component=drop.component,
            same_as=drop.same_as,
            wl_pk=drop.wl_pk,
            wl_sk=drop.wl_sk,
        )

    def turn_down(self, drop: Drop, why: Refused, now: datetime) -> record.Change:
        """The verdict on a drop whose component ends as no paper, for the change that says so."""
        after = refused_since(drop, why, stamp(now))
        return record.Change(MESSAGES_TABLE(), drop, now).put(
            kind=after.kind,
            reason_code=after.reason_code,
            reason_vi=after.reason_vi,
            reason_en=after.reason_en,
            wl_pk=after.wl_pk,
            wl_sk=after.wl_sk,
        )

    def acknowledge(self, drop: Drop, by: str, subject: str, now: datetime) -> Drop:
        """An officer has seen to a refused drop: it goes to the list of those. Raises aws.Lost("head")."""
        at = stamp(now)
        agency = drop.pk.split("#")[1]
        after = structs.replace(
            drop,
            kind="acknowledged",
            acknowledged_by=by,
            acknowledged_at=at,
            wl_pk=list_key(agency, "acknowledged"),
            wl_sk=at,
        )
        change = record.Change(MESSAGES_TABLE(), drop, now).put(
            kind=after.kind, acknowledged_by=by, acknowledged_at=at, wl_pk=after.wl_pk, wl_sk=at
        )
        change.tell(DropAcknowledged(agency=agency, drop=drop.id), actor=subject).write()
        return after


def paged(partitions: list[str], after: str) -> tuple[list[aws.Item], str | None]:
    """A page of some lists, the oldest first, and the cursor that says of each where it was left."""
    starts, found, goes_on = starts_of(after, WORKLIST, partitions), list[Listed](), False
    for pk in partitions:
        rows, last = aws.page(MESSAGES_TABLE(), "worklist", WORKLIST[0], pk, limit=PAGE, start=starts.get(pk))
        found += [heard(Listed, row) for row in rows]
        goes_on = goes_on or last is not None
    shown = sorted(found, key=lambda row: row.wl_sk)[:PAGE]
    known = {heard(Named, head).pk: head for head in aws.many(MESSAGES_TABLE(), [(row.pk, "HEAD") for row in shown])}
    heads = [known[row.pk] for row in shown if row.pk in known]
    if not goes_on and len(found) == len(shown):
        return heads, None
    return heads, merged_cursor(starts | {row.wl_pk: told(row) for row in shown})


class Signers:
    """The register of those who can sign, as its owner lets others read it."""

    def has_officer(self, officer: str) -> bool:
        """Whether a certificate of this officer is registered."""
        key = certificate_key("officers", officer)
        return key is not None and is_there(MESSAGES_BUCKET(), key)


class IntakeBucket:
    """Where scanners drop."""

    def admit(self, key: str, media_type: str) -> Post:
        """A form for exactly one object under this key, of this type, no larger than the checks take."""
        return post_form(INTAKE_BUCKET(), key, media_type, Limits().max_bytes)


class Files:
    """What arrives in the intake bucket, and what is made of it in the messages bucket."""

    def size(self, key: str, version: str) -> int:
        """Bytes of one version of a file that arrived. Raises Refused when it is not there any more."""
        from botocore.exceptions import ClientError

        try:
            told = aws.client("s3").head_object(Bucket=INTAKE_BUCKET(), Key=key, VersionId=version)
        except ClientError as error:
            if status(error) not in GONE:
                raise
            raise Refused("missing", "Tệp không còn", "the file is not there any more") from None
        return int(told["ContentLength"])

    def scan(self, key: str, version: str) -> bytes:
        """One version of a file that arrived."""
        return _body(INTAKE_BUCKET(), key, version)

    def folder(self, prefix: str) -> dict[str, str]:
        """What is in a folder of the intake bucket now: keys, each with the version that is the latest."""
        pages = aws.client("s3").get_paginator("list_object_versions").paginate(Bucket=INTAKE_BUCKET(), Prefix=prefix)
        found = (each for page in pages for each in page.get("Versions", ()))
        return {str(each["Key"]): str(each["VersionId"]) for each in found if each["IsLatest"]}

    def keep_part(self, key: str, body: bytes, media_type: str) -> str:
        """Store one of several papers of a scan beside what arrived; answers its version."""
        told = aws.client("s3").put_object(Bucket=INTAKE_BUCKET(), Key=key, Body=body, ContentType=media_type)
        return str(told["VersionId"])

    def roots(self) -> tuple[bytes, ...]:
        """Certificates, in DER, to which signatures that are trusted lead; none when this installation keeps none."""
        from asn1crypto import pem

        if not is_there(MESSAGES_BUCKET(), ROOTS):
            return ()
        kept = aws.client("s3").get_object(Bucket=MESSAGES_BUCKET(), Key=ROOTS)["Body"].read()
        return tuple(der for _, _, der in pem.unarmor(kept, multiple=True))

    def remove(self, key: str, version: str) -> None:
        """One version of a file that arrived is gone for good."""
        aws.client("s3").delete_object(Bucket=INTAKE_BUCKET(), Key=key, VersionId=version)

    def discard_all(self, paper: Paper) -> None:
        """All that was made of a paper is gone for good in every version: copies, what was read, small pictures."""
        remove_all(MESSAGES_BUCKET(), paper.file(""))

    def reading(self, paper: Paper, who: Principal, now: datetime) -> Reading | None:
        """What was read of a paper, after its holder's ledger says who looked; None before it was read."""
        place = paper.reading
        if place is None:
            return None
        kept = door.Read(
            owner=paper.holder,
            document=paper.component,
            reference=paper.reference,
            sha256=paper.scan.sha256,
            min_level=paper.min_level,
        )
        door.note(kept, who, DESK, now)
        return read(Reading, json.decode(self.made(place)))

    def hand_out(self, paper: Paper, which: Literal["original", "copy"], who: Principal, now: datetime) -> str:
        """A link to the scan as it came, or to the copy before its signature, by the ledger's door."""
        is_original = which == "original"
        pinned = paper.scan if is_original else paper.copy
        file = door.File(
            owner=paper.holder,
            document=paper.component,
            reference=paper.reference,
            sha256=pinned.sha256,
            bucket=INTAKE_BUCKET() if is_original else MESSAGES_BUCKET(),
            key=pinned.key,
            version_id=pinned.version_id,
            media_type=paper.scan.media_type if is_original else PDF,
            filename=paper.scan.filename,
            min_level=paper.min_level,
        )
        return door.hand_out(file, who, DESK, now)

    def made(self, place: FileVersion) -> bytes:
        """A file of a paper that we made."""
        return _body(MESSAGES_BUCKET(), place.key, place.version_id)

    def part(self, place: FilePart) -> bytes:
        """Part of a file of a paper that we made."""
        within = f"bytes={place.start}-{place.start + place.size - 1}" if place.size else ""
        return _body(MESSAGES_BUCKET(), place.key, place.version_id, within)

    def keep(self, key: str, body: bytes, media_type: str) -> FileVersion:
        """Store a file of a paper."""
        told = aws.client("s3").put_object(Bucket=MESSAGES_BUCKET(), Key=key, Body=body, ContentType=media_type)
        return FileVersion(key=key, version_id=told["VersionId"])


def _body(bucket: str, key: str, version: str, within: str = "") -> bytes:
    part = {"Range": within} if within else {}
    body: bytes = aws.client("s3").get_object(Bucket=bucket, Key=key, VersionId=version, **part)["Body"].read()
    return body
