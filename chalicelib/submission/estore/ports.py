"""What the use cases ask of the world; `remote.py` answers for the store, `store.py` for what is kept here."""

from datetime import datetime
from typing import Protocol

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.submission import UploadAnnounced
from chalicelib.dossier.holding import Acting
from chalicelib.dossier.items import Upload
from chalicelib.dossier.reading import Dossier
from chalicelib.submission.estore.connection import Connection
from chalicelib.submission.estore.model import HeldPaper, Question


class NationalStore(Protocol):
    """The national e-data store, and how it is connected. What asks it raises Unanswered."""

    @property
    def connection(self) -> Connection: ...
    def look_up(self, question: Question) -> tuple[HeldPaper, ...]: ...
    def fetch(self, issuer: str, path: str) -> bytes: ...


class Kept(Protocol):
    """Drafts, their files, and the access ledgers of those for whom somebody files."""

    def note(self, owner: str, line: LineWritten, now: datetime, acting: Acting | None) -> None: ...
    def announce(
        self, draft: Dossier, upload: Upload, event: UploadAnnounced, now: datetime, *, account: str
    ) -> None: ...
    def put(self, upload: Upload, content: bytes) -> None: ...
