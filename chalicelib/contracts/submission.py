"""What the submission tells: drafts, their uploads, the submission with its completeness seal."""

from typing import Literal, get_args

from chalicelib.contracts.event import Event
from chalicelib.contracts.identity import RepresentationKind, Storage
from chalicelib.contracts.plan import Part, PlannedLeg
from chalicelib.contracts.vault import Provenance

Party = Literal["CITIZEN", "FOREIGNER", "ORGANISATION"]
"""What somebody is who holds a dossier: by it figures are told apart, and nobody is named."""


def party_of(kind: str) -> Party | None:
    """What somebody is whose token, or whose paper, is of this kind."""
    return next((each for each in get_args(Party) if each == kind), None)


class DraftOpened(Event, frozen=True, kw_only=True):
    """A draft was opened before an agency; `service_channel` is the one of Decree 137/2024 Art. 8(5) it came by."""

    type = "vn.motcua.draft.opened"

    procedure: str
    agency: str
    channel: str
    service_channel: str | None = None


class DraftSaved(Event, frozen=True, kw_only=True):
    """The form was saved; `broken` counts the rules that it still breaks."""

    type = "vn.motcua.draft.saved"

    form_version: int
    broken: int


class UploadAnnounced(Event, frozen=True, kw_only=True):
    """A file of a component is expected."""

    type = "vn.motcua.upload.announced"

    upload: str
    component: str
    held_by: str | None = None
    """The agency that keeps it, where it was taken from the national e-data store; None: somebody uploads it."""


class HolderNamed(Event, frozen=True, kw_only=True):
    """Somebody was named as a holder of the draft beside its holder; `named` counts them, confirmed or not."""

    type = "vn.motcua.holder.named"

    named: int


class HoldingConfirmed(Event, frozen=True, kw_only=True):
    """Somebody who was named confirmed with their own identity, for this version of the form."""

    type = "vn.motcua.holding.confirmed"

    form_version: int


class SealLine(Part, frozen=True, kw_only=True):
    """A component as S3 held it when it was checked: key, version, bytes, SHA-256."""

    id: str
    code: str
    key: str
    version_id: str
    size: int
    sha256: str
    media_type: str


class FiledLine(Part, frozen=True, kw_only=True):
    """A fee as it stood on the day of filing: before and after the preference that was taken, and why."""

    type: str | None = None
    before: int | None = None
    amount: int | None = None
    currency: str | None = None
    taken: str | None = None
    why_vi: str
    why_en: str


class FiledGiven(Part, frozen=True, kw_only=True):
    """What was said of the payer, the quantity, the value or the capital, by which field of the form.

    `field`: None, where it was said beside the form, when the draft was submitted.
    """

    name: str
    value: str | int
    field: str | None = None


class FiledFee(Part, frozen=True, kw_only=True):
    """What a dossier costs by the version and the law of its filing day; an amount of None is not known then.

    `given` is what was taken of the applicant's answers. Nobody's account is asked at filing, so no preference for one
    is counted in.
    """

    amount: int | None = None
    currency: str | None = None
    why_vi: str
    why_en: str
    lines: tuple[FiledLine, ...] = ()
    given: tuple[FiledGiven, ...] | None = None


class Represented(Part, frozen=True, kw_only=True):
    """By which representation, in which version, a dossier was submitted for its holder; `by` is a keyed hash.

    `storage`: where the result is kept by the mandate (Decree 137/2024 Art. 8(4)); None of a representation by law.
    """

    id: str
    version: int
    kind: RepresentationKind
    by: str
    storage: Storage | None = None


class DossierSubmitted(Event, frozen=True, kw_only=True):
    """A dossier has its official reception time and its completeness seal (Decree 45/2020 Art. 11(1)).

    `service_channel` is the one of Decree 137/2024 Art. 8(5) by which it came; earlier releases did not ask.
    """

    type = "vn.motcua.dossier.submitted"
    heard_by = ("onestop_start_flow", "onestop_drive_bundle", "catalogue_follow_dossier", "identity_end_mandates")
    leaves = (
        "agency",
        "procedure",
        "procedure_version",
        "channel",
        "service_channel",
        "received_at",
        "due_at",
        "corrects",
        "parent",
    )

    reference: str
    procedure: str
    procedure_version: int
    agency: str
    channel: str
    service_channel: str | None = None
    received_at: str
    due_at: str | None = None
    components: tuple[SealLine, ...]
    seal_sha256: str
    attempt: int = 1
    stages: tuple[tuple[PlannedLeg, ...], ...]
    fee: FiledFee | None = None
    """None where the procedure names no fee and no price, and in what an earlier release wrote."""
    representation: Represented | None = None
    """None where the holder submitted it."""
    portal: str | None = None
    """The portal that submitted it for them, by its client id."""
    corrects: str | None = None
    """The dossier whose error it mends: its agency opened it, for its holder (Decree 61/2018 Art. 21)."""
    is_bundle: bool | None = None
    """Whether its legs start dossiers of other procedures; None where they do not."""
    parent: str | None = None
    """The bundle that started it; None of a dossier of its own."""
    party: Party | None = None
    """What its holder is; None where who filed cannot tell, and in what earlier releases told."""


class DraftExpired(Event, frozen=True, kw_only=True):
    """Nobody changed or submitted a draft in time: what it held is deleted; `expires_at` is what its owner was told."""

    type = "vn.motcua.draft.expired"

    procedure: str
    agency: str
    expires_at: str


class DraftCleared(Event, frozen=True, kw_only=True):
    """The keys of an expired draft are destroyed and its uploads deleted; `files` counts their versions."""

    type = "vn.motcua.draft.cleared"

    files: int


class DraftEnrolled(Event, frozen=True, kw_only=True):
    """A draft of a release that let none expire expires from now on as others do, at `expires_at`."""

    type = "vn.motcua.draft.enrolled"

    expires_at: str


class LeftOut(Part, frozen=True, kw_only=True):
    """What of a draft did not fit the version in force: a field by JSON Pointer or a component by its code, and why.

    `why`: `not_asked`, or the rule of the form that the value breaks. The value itself is not told.
    """

    field: str | None = None
    component: str | None = None
    why: str


class DraftPinnedAnew(Event, frozen=True, kw_only=True):
    """A draft stands under the version in force from now on.

    Its person had it renewed, as the version it was opened with was closed (`former_version`): `left_out` names what
    did not fit, `sealed` has the values that were left out, encrypted. Or it is of a release that pinned plans
    otherwise: then nothing of this is said.
    """

    type = "vn.motcua.draft.pinned"

    procedure: str
    procedure_version: int
    former_version: int | None = None
    left_out: tuple[LeftOut, ...] = ()
    sealed: str = ""


class ComponentReferred(Event, frozen=True, kw_only=True):
    """A component of a draft is satisfied by a document of its holder's vault: counted as a reuse.

    `issuer` is the agency that issued or converted the document, `agency` the one before which the draft is.
    """

    type = "vn.motcua.component.referred"

    component: str
    document: str
    provenance: Provenance
    issuer: str
    agency: str


class ReliedPaperFlagged(Event, frozen=True, kw_only=True):
    """A document by which a component was satisfied is worth nothing any more (Decree 45/2020 Art. 14).

    It carries the five facts of a notice; `handler` is the agency that withdrew or replaced the document.
    """

    type = "vn.motcua.relied_paper.flagged"

    reference: str
    component: str
    document: str
    why: Literal["withdrawn", "replaced"]
    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None = None
