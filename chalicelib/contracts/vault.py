"""What the vault tells: what it stored, what is worth nothing any more."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import UNSAID_LEVEL, Part

Provenance = Literal["NATIVE_ESIGNED", "CONVERTED_SIGNED", "SELF_UPLOADED"]
"""How a document came to be: issued and signed by an agency, converted from paper and signed by one, or uploaded by its
owner. The law has no such scale: it is ours (docs/explanation/vault.md)."""


class KeptPaper(Part, frozen=True, kw_only=True):
    """A document of an owner's vault (a keyed hash) as other rooms need it to reuse it; `kind` is its catalogue code.

    `reference` is the dossier from which it came; `valid_until` a day of Viet Nam, included.
    """

    owner: str
    document: str
    kind: str
    title: str
    agency: str
    reference: str
    key: str
    version_id: str
    sha256: str
    size: int
    provenance: Provenance
    min_level: int = UNSAID_LEVEL
    valid_until: str | None = None
    withdrawn_at: str | None = None
    replaced_by: str | None = None


class VaultStored(Event, frozen=True, kw_only=True):
    """A result is in its holder's vault."""

    type = "vn.motcua.vault.stored"
    heard_by = ("onestop_record_delivery", "submission_hear_people")

    reference: str
    document: str
    stored_at: str
    awaited: int | None = None
    """In how many further stores the result has to be before it is returned."""
    paper: KeptPaper | None = None
    """What may be reused; a release before did not say it."""


class DocumentKept(Event, frozen=True, kw_only=True):
    """A document came into a vault that is no result of a dossier: the data message of a converted paper."""

    type = "vn.motcua.document.kept"
    heard_by = ("submission_hear_people",)

    paper: KeptPaper | None = None


class OwnUploadAnnounced(Event, frozen=True, kw_only=True):
    """An owner (a keyed hash) is about to upload a file of their own into their vault; `size` in bytes."""

    type = "vn.motcua.own_upload.announced"

    owner: str
    upload: str
    size: int


class OwnUploadRefused(Event, frozen=True, kw_only=True):
    """A file of an owner's own became no document of their vault."""

    type = "vn.motcua.own_upload.refused"

    owner: str
    upload: str
    reason_code: str


class DocumentUploaded(Event, frozen=True, kw_only=True):
    """A file of an owner's own (a keyed hash) is a document of their vault; no agency stands for it.

    Nobody hears it who reuses documents: only what an agency issued or converted is reused.
    """

    type = "vn.motcua.document.uploaded"

    owner: str
    document: str
    sha256: str
    size: int
    min_level: int = UNSAID_LEVEL
    client: str | None = None
    """The client by whose token it was announced."""


class DocumentErased(Event, frozen=True, kw_only=True):
    """An owner (a keyed hash) erased a document that they had uploaded; its file is to go."""

    type = "vn.motcua.document.erased"
    heard_by = ("vault_keep_upload",)

    owner: str
    document: str
    key: str
    version_id: str


class DocumentFlagged(Event, frozen=True, kw_only=True):
    """A document of a vault is worth nothing any more: withdrawn, or replaced. It is kept, and reused no more."""

    type = "vn.motcua.document.flagged"
    heard_by = ("submission_hear_people",)

    paper: KeptPaper
    why: Literal["withdrawn", "replaced"]


class DocumentShared(Event, frozen=True, kw_only=True):
    """An owner (a keyed hash) lets somebody read a document, for a purpose, until a time (a stored stamp).

    `receiver` is a keyed hash, an agency as `AGENCY#<id>`, or empty for a link.
    """

    type = "vn.motcua.document.shared"

    grant: str
    owner: str
    document: str
    receiver_kind: Literal["person", "organisation", "agency", "link"]
    receiver: str
    purpose: str
    until: str


class GrantWithdrawn(Event, frozen=True, kw_only=True):
    """An owner lets a receiver read a document no more (Law 91/2025/QH15 Art. 10)."""

    type = "vn.motcua.grant.withdrawn"

    grant: str
    owner: str
    document: str


class TakeoutAsked(Event, frozen=True, kw_only=True):
    """An owner (a keyed hash) asked for an archive of their vault."""

    type = "vn.motcua.takeout.asked"
    heard_by = ("vault_make_takeout",)

    takeout: str
    owner: str


class TakeoutDone(Event, frozen=True, kw_only=True):
    """An archive of a vault is ready, or why there is none."""

    type = "vn.motcua.takeout.done"

    takeout: str
    owner: str
    state: Literal["being_made", "ready", "empty", "failed"]
    documents: int
    archive_sha256: str | None = None


class LinkOpened(Event, frozen=True, kw_only=True):
    """Somebody opened a one-time link: it opens nothing any more."""

    type = "vn.motcua.link.opened"

    grant: str
    owner: str
    document: str


class ReadsAnomalous(Event, frozen=True, kw_only=True):
    """An officer of an agency read more of people than their work explains by itself: for whoever supervises them."""

    type = "vn.motcua.reads.anomalous"

    anomaly: str
    agency: str
    kind: Literal["many_subjects", "no_open_dossier"]
    count: int
