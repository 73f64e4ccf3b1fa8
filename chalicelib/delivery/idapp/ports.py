"""What the telling of the ID app asks of the world; `store.py` and `app.py` answer."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from msgspec import Struct

from chalicelib.contracts.event import Event
from chalicelib.delivery.idapp.model import AppWord
from chalicelib.dossier.integrated import AppPaper, DuePaper
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.reading import Dossier, Part

type Standing = Literal["valid", "withdrawn", "replaced"]


class Statement(Struct, frozen=True, kw_only=True):
    """What the app is told of a paper: personal data, never logged. `id` is the same at each try of a revision.

    A higher `revision` of a `paper` stands for all lower ones. `link` opens the file for five minutes, where it is
    `shown`.
    """

    id: str
    paper: str
    revision: int
    receiver: str
    kind: str
    document: str
    title: str
    agency: str
    sha256: str
    standing: Standing
    shown: bool
    valid_until: str | None = None
    replaced_by: str | None = None
    link: str | None = None


class App(Protocol):
    """The national ID app. Raises delivery.ports.Unreachable."""

    def find(self, statement: str) -> AppWord | None: ...
    def tell(self, statement: Statement) -> AppWord: ...


class AppPapers(Protocol):
    """How far the app was told, and what the vaults hold."""

    def due(self, now: datetime) -> Iterator[DuePaper]: ...
    def one(self, paper: str) -> AppPaper | None: ...
    def several(self, papers: Sequence[str]) -> list[AppPaper]: ...
    def put_off(self, row: DuePaper, by: timedelta, at: datetime) -> None: ...
    def keep(self, was: AppPaper | None, now: AppPaper, at: datetime, *events: Event, actor: str = "") -> None: ...
    def papers_of(self, owner: str, limit: int, start: Any) -> tuple[list[AppPaper], Any]: ...
    def open_of(self, agency: str, limit: int, start: Any) -> tuple[list[DuePaper], Any]: ...
    def numbers(self, owner: str) -> Sequence[str]: ...
    def kept(self, owner: str, document: str) -> Kept | None: ...
    def dossier(self, reference: str, *parts: Part) -> Dossier | None: ...
    def hand_out_paper(self, paper: AppPaper, now: datetime) -> str: ...
