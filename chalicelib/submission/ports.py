"""What the submission's use cases ask of the world; `store.py` answers."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Protocol

import msgspec

from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.plan import Office
from chalicelib.contracts.submission import (
    ComponentReferred,
    DossierSubmitted,
    DraftCleared,
    DraftEnrolled,
    DraftExpired,
    DraftOpened,
    DraftPinnedAnew,
    DraftSaved,
    HolderNamed,
    HoldingConfirmed,
    ReliedPaperFlagged,
    UploadAnnounced,
)
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.holding import Acting, CoHolder
from chalicelib.dossier.items import Component, FormItem, Head, Task, Upload
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.offered import OfferedPlan
from chalicelib.dossier.plans import PlanItem
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.references import UsedKey
from chalicelib.kernel.access import Principal, Relation
from chalicelib.submission.model import UsedBy


class PostForm(Protocol):
    """Where and with which fields a browser posts one file."""

    @property
    def url(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, str]: ...


class Drafts(Protocol):
    """Where drafts are kept."""

    def procedure(self, code: str, day: date) -> OfferedPlan | None: ...
    def pinned(self, offer: OfferedPlan, office: Office, service_channel: str | None) -> PlanItem: ...
    def form(self, code: str, version: int) -> str | None: ...
    def agency(self, agency: str) -> Agency | None: ...
    def used_key(self, holder: str, key: str) -> UsedKey | None: ...
    def draft(self, reference: str) -> Dossier | None: ...
    def submitted(self, reference: str, number: int) -> DossierSubmitted: ...
    def expires_at(self, changed: datetime) -> str: ...
    def is_used_up(self, said: RepresentationKept) -> bool: ...
    def representation(self, representation: str) -> Representation | None: ...
    def relation(self, who: Principal, head: Head, now: datetime) -> Relation: ...
    def among(self, who: Principal, holders: Collection[str]) -> str | None: ...
    def open(self, head: Head, plan: PlanItem, event: DraftOpened, used: UsedBy, now: datetime) -> None: ...
    def pin_anew(self, draft: Dossier, plan: PlanItem, event: DraftPinnedAnew, now: datetime) -> None: ...
    def save_form(
        self, draft: Dossier, form: FormItem, sha256: str, event: DraftSaved, now: datetime, *, account: str
    ) -> None: ...
    def announce(
        self, draft: Dossier, upload: Upload, event: UploadAnnounced, now: datetime, *, account: str
    ) -> None: ...
    def arrived(self, key: str) -> bool: ...
    def presigned(self, key: str, media_type: str, max_bytes: int) -> PostForm: ...
    def submit(
        self,
        draft: Dossier,
        event: DossierSubmitted,
        task: Task | None,
        used: UsedBy,
        acting: Acting | None,
        now: datetime,
    ) -> None: ...


class Renewed(msgspec.Struct, frozen=True):
    """What a draft becomes under the version in force; without a form it had none.

    `dropped` are components that it does not ask for, `refused` uploads of such, `min_level` its level of identity.
    """

    event: DraftPinnedAnew
    form: FormItem | None
    form_sha256: str | None
    dropped: tuple[Component, ...]
    refused: tuple[Upload, ...]
    min_level: int


class Renewing(Protocol):
    """Where drafts are that go on under another version."""

    def procedure(self, code: str, day: date) -> OfferedPlan | None: ...
    def pinned(self, offer: OfferedPlan, office: Office, service_channel: str | None) -> PlanItem: ...
    def form(self, code: str, version: int) -> str | None: ...
    def agency(self, agency: str) -> Agency | None: ...
    def arrived(self, key: str) -> bool: ...
    def renew(self, draft: Dossier, renewed: Renewed, plan: PlanItem, now: datetime, *, account: str) -> None: ...


class Supplementing(Protocol):
    """Where dossiers are that wait for a supplement."""

    def announce_more(
        self, dossier: Dossier, upload: Upload, event: UploadAnnounced, now: datetime, *, account: str
    ) -> None: ...
    def presigned(self, key: str, media_type: str, max_bytes: int) -> PostForm: ...


class Shared(Protocol):
    """Where drafts are that several hold."""

    def draft(self, reference: str) -> Dossier | None: ...
    def among(self, who: Principal, holders: Collection[str]) -> str | None: ...
    def set_holders(
        self,
        draft: Dossier,
        holders: tuple[CoHolder, ...],
        event: HolderNamed | HoldingConfirmed,
        now: datetime,
        *,
        account: str,
        joins: str | None = None,
    ) -> None: ...


class Reusing(Protocol):
    """Where drafts are that rely on documents of vaults, and what is known of these."""

    def numbers(self, holder: str) -> Iterator[str]: ...
    def kept(self, owner: str, document: str) -> Kept | None: ...
    def refer(
        self, draft: Dossier, component: Component, event: ComponentReferred, now: datetime, *, account: str
    ) -> None: ...
    def relying(self, document: str) -> list[str]: ...
    def relied(self, reference: str) -> Dossier | None: ...
    def fall_away(
        self, dossier: Dossier, before: Component, after: Component | None, event: ReliedPaperFlagged, now: datetime
    ) -> None: ...


class Expiring(Protocol):
    """Where drafts are whose time is over."""

    def expired(self, now: datetime) -> Iterator[str]: ...
    def head(self, reference: str) -> Head | None: ...
    def held(self, reference: str) -> list[str]: ...
    def expire(self, head: Head, held: list[str], event: DraftExpired, now: datetime) -> None: ...
    def destroy_keys(self, reference: str, now: datetime) -> bool: ...
    def remove_uploads(self, reference: str) -> int: ...
    def clear(self, head: Head, event: DraftCleared, now: datetime) -> None: ...
    def changed_last(self, reference: str) -> datetime | None: ...
    def enrol(self, head: Head, event: DraftEnrolled, now: datetime) -> None: ...
