"""What the use cases of own uploads ask of the world; `store.py` answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.vault import DocumentErased, DocumentUploaded, OwnUploadAnnounced, OwnUploadRefused
from chalicelib.vault.model import Usage, VaultDocument, VaultHead
from chalicelib.vault.uploads.model import OwnUpload


class PostForm(Protocol):
    """A presigned form: where and with which fields one file is posted."""

    @property
    def url(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, str]: ...


class Uploaded(NamedTuple):
    """A page of own uploads, and the cursor to the next one."""

    uploads: list[OwnUpload]
    following: str | None


class Uploads(Protocol):
    """Where own uploads, and what they take of the quota, are kept."""

    def head(self, owner: str) -> VaultHead: ...
    def formers(self, owner: str) -> tuple[str, ...]: ...
    def document(self, owner: str, document: str) -> VaultDocument | None: ...
    def used(self, owner: str) -> Usage: ...
    def upload(self, owner: str, upload: str) -> OwnUpload | None: ...
    def uploads(self, owner: str, after: str) -> Uploaded: ...
    def presigned(self, upload: OwnUpload) -> PostForm: ...
    def announce(
        self, head: VaultHead, upload: OwnUpload, used: Usage, event: OwnUploadAnnounced, now: datetime
    ) -> None: ...
    def keep(
        self,
        head: VaultHead,
        upload: OwnUpload,
        document: VaultDocument,
        used: Usage,
        event: DocumentUploaded,
        now: datetime,
    ) -> None: ...
    def refuse(
        self, head: VaultHead, upload: OwnUpload, used: Usage, event: OwnUploadRefused, now: datetime
    ) -> None: ...
    def erase(
        self,
        head: VaultHead,
        upload: OwnUpload,
        used: Usage,
        event: DocumentErased,
        now: datetime,
        actor: str = "owner",
    ) -> None: ...
    def remove(self, key: str, version: str) -> None: ...
