"""Drafts and their submission, pure: what is missing, what the seal says, who acts first."""

from collections.abc import Container, Sequence
from datetime import datetime, time, timedelta
from typing import Final

import msgspec

from chalicelib.contracts.plan import Plan, PlannedComponent, PlannedCondition
from chalicelib.contracts.submission import SealLine
from chalicelib.dossier.demanded import is_here, missing
from chalicelib.dossier.items import Component, Task, Upload, leg_name
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.registered import stages_of
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import calendars, clock, packs
from chalicelib.submission.refusals import (
    AlreadySubmitted,
    ComponentMissing,
    ComponentUnchecked,
    FormInvalid,
    UploadRefused,
)

REGISTERED: Final = 1
SECRET_PAPER: Final = "secret"  # noqa: S105 - a kind of paper, not a password
MAX_UPLOADS: Final = 40
MAX_UPLOAD_BYTES: Final = 20 * 1024 * 1024
ACCEPTED: Final = (
    "image/jpeg",
    "image/png",
    "application/pdf",
    "image/tiff",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
)


class Came(msgspec.Struct, frozen=True):
    """How a dossier comes: its way of filing, and the channel of Decree 137/2024 Art. 8(5) that brings it."""

    channel: str
    service_channel: str
    acts_for: str | None = None
    """The representation by which it is filed for another; None: for oneself."""


class UsedBy(msgspec.Struct, frozen=True):
    """Under whose Idempotency-Key something is done: the asker's keyed hash, the key, a digest of the body.

    `account`: the organisation by whose account it is done, which may be locked; empty for a person. `organ`: the
    person (keyed hash) who acts for it.
    """

    holder: str
    key: str
    body: str
    account: str = ""
    organ: str = ""


class Beside(msgspec.Struct, frozen=True):
    """What is said beside the form, when a draft is submitted, of who pays, for how many, of which sum."""

    payer: str | None = None
    quantity: int | None = None
    value: int | None = None
    capital: int | None = None


NOTHING_BESIDE: Final = Beside()


class Announcement(msgspec.Struct, frozen=True):
    """A file that its holder is about to upload; `size` in bytes."""

    component: str
    filename: str
    media_type: str
    size: int


class ReceivedComponent(msgspec.Struct, frozen=True):
    """A line of the seal with the name that its holder gave the file: for the applicant's eyes only."""

    line: SealLine
    filename: str


class Submitted(msgspec.Struct, frozen=True):
    """What the applicant is told: the reference, the official reception time, and exactly what was received."""

    reference: str
    received_at: str
    components: tuple[ReceivedComponent, ...]
    seal_sha256: str


def kept_until(changed: datetime, days: int) -> datetime:
    """When a draft expires that its owner changed then: after so many whole Vietnamese days, at midnight.

    So what is changed more than once a day moves once a day in the index of those that expire.
    """
    return datetime.combine(changed.astimezone(ZONE).date() + timedelta(days=days + 1), time(), ZONE)


def undecided(draft: Dossier) -> list[PlannedComponent]:
    """Components of which the answers do not say yet whether they are asked for."""
    form = draft.form
    told = {*(form.asked or ()), *(form.spared or ())} if form else set[str]()
    return [c for c in draft.plan.components if c.when and is_here(c, draft) and c.code not in told]


def spared(draft: Dossier) -> list[tuple[PlannedComponent, PlannedCondition]]:
    """Components that the answers spare, each with its condition."""
    told = (draft.form.spared if draft.form else None) or ()
    return [(c, c.when) for c in draft.plan.components if c.when and c.code in told]


def same_bytes(draft: Dossier) -> dict[str, str]:
    """Uploads whose file is, byte for byte, one that came before: its id -> the other component's."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for component in sorted(draft.components, key=lambda each: each.received_at):
        if (before := first.setdefault(component.sha256, component.id)) != component.id:
            found[component.key.rpartition("/")[2]] = before
    return found


def require_offered(plan: Plan, service_channel: str) -> None:
    """Raise BodyInvalid for a channel on which the service says that it is not offered (Decree 137/2024 Art. 8(5))."""
    offered = plan.online_channels
    if offered and service_channel not in offered:
        names = ", ".join(offered)
        vi, en = f"Dịch vụ chỉ có trên: {names}", f"The service is offered on {names} only"
        raise BodyInvalid(fields=[FieldError("/service_channel", "R44", vi, en)])


def require_ready(draft: Dossier, arrived: Container[str] = ()) -> None:
    """The automatic technical check (Decree 45/2020 Art. 11(1)): raises what keeps this draft from being submitted.

    `arrived` names uploads whose file is there but not checked yet: nothing that was sent may be left out of the seal.
    """
    if not draft.head.is_draft:
        raise AlreadySubmitted(reference=draft.reference)
    unchecked = [u.component for u in draft.uploads if u.status == "pending" and u.id in arrived]
    if unchecked:
        raise ComponentUnchecked(components=unchecked)
    absent = missing(draft)
    if absent:
        raise ComponentMissing(
            components=[{"code": c.code, "name_vi": c.name_vi, "name_en": c.name_en} for c in absent]
        )
    if draft.form is None:
        raise FormInvalid(fields=[FieldError("", "required", "Chưa điền biểu mẫu", "The form was not filled in")])
    if draft.form.errors:
        raise FormInvalid(fields=[FieldError(e.pointer, e.rule, e.message_vi, e.message_en) for e in draft.form.errors])


def expected(reference: str, upload: str, wanted: Announcement, body: str, now: datetime) -> Upload:
    """A file that was announced, under a key of ours; `body` is the digest of what was announced."""
    return Upload(
        id=upload,
        component=wanted.component,
        filename=wanted.filename,
        media_type=wanted.media_type,
        size=wanted.size,
        key=f"uploads/{reference}/{upload}",
        announced_at=stamp(now),
        body=body,
    )


def require_acceptable(draft: Dossier, wanted: Announcement, announced: int) -> None:
    """Raise UploadRefused, naming everything that is wrong with a file; `announced` counts those before it."""
    broken, known = [], {c.code: c for c in draft.plan.components}
    if wanted.component not in known:
        vi, en = "Không phải thành phần của thủ tục", "Not a component of this procedure"
        broken.append(FieldError("/component", "unknown", vi, en))
    elif known[wanted.component].exemption == SECRET_PAPER:
        vi, en = "Giấy tờ mật nộp trực tiếp tại cơ quan", "A paper secret under law is handed in at the agency"
        broken.append(FieldError("/component", "secret", vi, en))
    if wanted.media_type not in ACCEPTED:
        names = ", ".join(ACCEPTED)
        broken.append(FieldError("/media_type", "accepted_types", f"Chỉ nhận {names}", f"Only {names}"))
    if not 0 < wanted.size <= MAX_UPLOAD_BYTES:
        limit = f"1..{MAX_UPLOAD_BYTES} byte"
        broken.append(FieldError("/size", "max_bytes", f"Kích thước phải trong {limit}", f"The size must be {limit}"))
    if announced >= MAX_UPLOADS:
        broken.append(FieldError("", "max_uploads", f"Tối đa {MAX_UPLOADS} tệp", f"At most {MAX_UPLOADS} files"))
    if broken:
        raise UploadRefused(fields=broken)


def manifest(components: Sequence[Component]) -> tuple[SealLine, ...]:
    """The seal's lines: each component by key, version, size and SHA-256, as S3 held it when checked."""
    lines = [msgspec.convert(c, SealLine, from_attributes=True) for c in components]
    return tuple(sorted(lines, key=lambda line: (line.code, line.id)))


def reuse_part(component: Component) -> str:
    """The name of the fence by which a submission proves that a document of a vault is worth something still."""
    return f"document {component.id}"


def fallen_away(draft: Dossier, lost: Container[str]) -> list[str]:
    """The documents of vaults whose fence was lost."""
    return [c.reused.document for c in draft.components if c.reused and reuse_part(c) in lost]


def named(lines: Sequence[SealLine], components: Sequence[Component]) -> tuple[ReceivedComponent, ...]:
    """The lines with the names that people gave their files."""
    names = {c.id: c.filename for c in components}
    return tuple(ReceivedComponent(line, names[line.id]) for line in lines)


def first_task(draft: Dossier, now: datetime) -> Task | None:
    """The first task: the receiving unit's check within the pack's working hours (Decree 45/2020 Art. 11(3)).

    None of a bundle: the portal splits it, and each child has a reception of its own.
    """
    if draft.plan.is_bundle:
        return None
    hours = packs.pack_on(now.astimezone(clock.ZONE).date()).rules.reception_notify_working_hours.value
    due = clock.due(now, clock.Term(hours, "wh"), calendar=calendars.national())
    first = stages_of(draft.plan, draft.head.agency)[0][0]
    return Task(
        leg=leg_name(0, first.leg),
        kind="receive",
        agency=draft.head.agency,
        opened_at=stamp(now),
        due_at=stamp(due.due_at),
        reference=draft.reference,
        procedure=draft.plan.procedure,
    )
