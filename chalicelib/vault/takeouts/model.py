"""A take-out: documents of a vault as one archive, asked for, made by a worker, kept for a time. Pure.

Its owner may have what was sent and what came of it at any time (Decree 45/2020/ND-CP Art. 5). No text was found that
says in which form, how much at a time or for how long it is kept: those are ours.
"""

from datetime import timedelta
from typing import Final, Literal

from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.stored import Stored
from chalicelib.vault.model import VaultDocument

KEPT_DAYS: Final = 7
"""Days for which an archive can be fetched; then the bucket deletes it (`infra/stack/data.py`)."""
KEPT: Final = timedelta(days=KEPT_DAYS)
TAKES: Final = timedelta(hours=1)
"""After which one that was never made keeps no other from being asked for."""
FOLDER: Final = "takeouts"
MOST_DOCUMENTS: Final = 1000
MOST_BYTES: Final = 1 << 30
"""What one archive holds, by whole pages of the list: a worker has 15 minutes. Where more is left, another begins."""


class Takeout(Stored, frozen=True, kw_only=True):
    """What an owner (a keyed hash) takes away; times are stored stamps (UTC), `body` is a digest of the request.

    `dossier` is the code of the only dossier whose documents are wanted, empty for all. `level` is the level of
    identity with which it was asked for, `min_level` that of the documents in it. `following` is the cursor of what did
    not fit. The archive's version and hash are not named `version_id` and `sha256`: the nightly look would ask for a
    file that is meant to go.
    """

    shape = 1

    id: str
    owner: str
    body: str
    asked_at: str
    level: int
    dossier: str = ""
    after: str = ""
    state: Literal["being_made", "ready", "empty", "failed"] = "being_made"
    min_level: int = UNSAID_LEVEL
    documents: int = 0
    withheld: int = 0
    """How many a higher level of identity would take."""
    ends_at: str | None = None
    archive_version: str | None = None
    archive_sha256: str | None = None
    archive_size: int = 0
    broken: str | None = None
    """The document whose file is not what was registered: then there is no archive."""
    following: str | None = None

    @property
    def key(self) -> str:
        """Where the archive stands in the bucket."""
        return f"{FOLDER}/{self.id}.zip"

    def standing(self, now: str) -> Literal["being_made", "ready", "empty", "failed", "ended"]:
        """Its state at a stored stamp."""
        return "ended" if self.ends_at and self.ends_at <= now else self.state

    def wants(self, document: VaultDocument) -> bool:
        """Whether a document belongs to what is taken, at whatever level."""
        return self.dossier in ("", document.dossier_code)


class Underway(Stored, frozen=True, kw_only=True):
    """That an archive of a vault is being made, until a stored stamp at most: one at a time."""

    shape = 1

    takeout: str
    until: str
