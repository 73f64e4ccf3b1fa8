"""An own upload: announced by its owner, judged by the checks of what arrives, a document of their vault then. Pure.

Nobody but its owner says what it is. So it is of a group and a provenance of its own, and no component of a dossier:
an agency that has the paper before it converts it (Circular 01/2023/TT-VPCP Art. 7), and only that result is reused.
"""

from datetime import timedelta
from typing import Final, Literal

from msgspec import Struct

from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.stored import Stored
from chalicelib.vault.model import VaultDocument

FOLDER: Final = "vaults"
MAX_BYTES: Final = 20 * 1024 * 1024
"""The largest file that the checks open."""
MOST_AWAITED: Final = 20
"""Announced uploads of one owner that did not arrive yet."""
AWAITED: Final = timedelta(hours=1)
"""For which room is kept: a form lives a quarter of an hour, and the checks come after it."""
type MediaType = Literal["application/pdf", "image/jpeg", "image/png", "image/tiff"]


class Said(Struct, frozen=True, kw_only=True):
    """What an owner says of a file; days are of Viet Nam, `size` in bytes."""

    title: str
    media_type: MediaType
    size: int
    kind: str = ""
    number: str = ""
    issued_on: str | None = None
    valid_until: str | None = None


class OwnUpload(Stored, frozen=True, kw_only=True):
    """A file that an owner (a keyed hash) announced; `body` is a digest of the request, `until` a stored stamp.

    Its version and hash stand in the document that it became, and nowhere else: when that is erased they are. `client`
    is to whom the token was issued by which it was announced.
    """

    shape = 1

    id: str
    owner: str
    body: str
    announced_at: str
    until: str
    title: str
    media_type: str
    size: int
    min_level: int = UNSAID_LEVEL
    kind: str | None = None
    number: str | None = None
    issued_on: str | None = None
    valid_until: str | None = None
    state: Literal["awaited", "kept", "refused", "erased"] = "awaited"
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
    client: str | None = None

    @property
    def key(self) -> str:
        """Where its file stands in the intake bucket."""
        return f"{FOLDER}/{self.owner}/{self.id}"

    def standing(self, now: str) -> Literal["awaited", "kept", "refused", "erased", "lapsed"]:
        """Its state at a stored stamp: what did not come in time is not waited for, and is kept if there is room."""
        return "lapsed" if self.state == "awaited" and self.until <= now else self.state

    def reason(self, language: str) -> str | None:
        """Why it was refused, for a reader of this language."""
        return self.reason_en if language == "en" else self.reason_vi


def document_of(upload: OwnUpload, told: OwnFileChecked, by_number: str | None, at: str) -> VaultDocument:
    """The document that an upload becomes at a stored stamp."""
    return VaultDocument(
        id=upload.id,
        code=upload.id,
        key=told.key,
        version_id=told.version_id,
        sha256=told.sha256 or "",
        size=told.size,
        title=upload.title,
        procedure="",
        reference="",
        dossier_code="",
        agency="",
        stored_at=at,
        provenance="SELF_UPLOADED",
        min_level=upload.min_level,
        group="self_uploaded",
        kind=upload.kind,
        number=upload.number,
        issued_on=upload.issued_on,
        valid_until=upload.valid_until,
        media_type=told.media_type,
        by_number=by_number,
    )
