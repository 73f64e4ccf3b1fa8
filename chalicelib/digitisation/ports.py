"""What the use cases of digitisation ask of the world; `store.py` answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from chalicelib.contracts.digitisation import (
    ComponentConverted,
    ComponentRejected,
    Conversion,
    Digitisation,
    UploadRefused,
)
from chalicelib.contracts.messages import MessageConverted
from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.contracts.provenance import Compared
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.drops import Drop, Verdict
from chalicelib.digitisation.model import (
    ConversionMark,
    ConvertedPdf,
    CopyPdf,
    Field,
    Inspection,
    Limits,
    PageText,
    Place,
    Refused,
)
from chalicelib.digitisation.paper import FileVersion, Paper, Reading
from chalicelib.dossier.items import Component
from chalicelib.kernel.access import Principal
from chalicelib.kernel.record import Change


class Papers(Protocol):
    """Where records of papers are kept."""

    def paper(self, reference: str, component: str) -> Paper | None: ...
    def waiting(self, agencies: Collection[str], after: str) -> tuple[list[Paper], str | None]: ...
    def forget_values(self, paper: Paper) -> None: ...


class Drops(Protocol):
    """Where the verdicts on dropped objects are kept."""

    def drop(self, pk: str) -> Drop | None: ...
    def listed(self, agencies: Collection[str], verdict: Verdict, after: str) -> tuple[list[Drop], str | None]: ...
    def refuse(self, drop: Drop, told: UploadRefused, now: datetime) -> None: ...
    def is_told(self, arrival: Arrival) -> bool: ...
    def tell_owner(self, arrival: Arrival, told: OwnFileChecked, now: datetime) -> None: ...
    def took(self, drop: Drop, now: datetime) -> Change: ...
    def turn_down(self, drop: Drop, why: Refused, now: datetime) -> Change: ...
    def acknowledge(self, drop: Drop, by: str, subject: str, now: datetime) -> Drop: ...


class PostForm(Protocol):
    """A presigned form: where and with which fields one file is posted."""

    @property
    def url(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, str]: ...
    @property
    def key(self) -> str: ...


class Intake(Protocol):
    """The bucket into which scanners drop."""

    def admit(self, key: str, media_type: str) -> PostForm: ...


class Signers(Protocol):
    """The register of those who can sign."""

    def has_officer(self, officer: str) -> bool: ...


class Opener(Protocol):
    """Who opens strangers' files: in a process that they may kill. Raises Refused."""

    def inspect(
        self, data: bytes, limits: Limits, *, with_codes: bool = False, roots: Sequence[bytes] = ()
    ) -> Inspection: ...
    def pictures(self, data: bytes, media_type: str) -> tuple[bytes, ...]: ...
    def cut(self, data: bytes, media_type: str, parts: Sequence[tuple[int, int]]) -> tuple[bytes, ...]: ...
    def copy(self, images: Sequence[bytes], *, title: str, expected_pages: int) -> CopyPdf: ...
    def read(self, image: bytes) -> PageText: ...
    def crops(self, image: bytes, places: Sequence[Place]) -> tuple[bytes, ...]: ...
    def convert(
        self, images: Sequence[bytes], pages: Sequence[PageText], mark: ConversionMark, data: bytes = b""
    ) -> ConvertedPdf: ...


class Files(Protocol):
    """Where scans, copies and data messages are kept."""

    def size(self, key: str, version: str) -> int: ...
    def scan(self, key: str, version: str) -> bytes: ...
    def folder(self, prefix: str) -> dict[str, str]: ...
    def keep_part(self, key: str, body: bytes, media_type: str) -> str: ...
    def roots(self) -> tuple[bytes, ...]: ...
    def remove(self, key: str, version: str) -> None: ...
    def discard_all(self, paper: Paper) -> None: ...
    def reading(self, paper: Paper, who: Principal, now: datetime) -> Reading | None: ...
    def hand_out(self, paper: Paper, which: Literal["original", "copy"], who: Principal, now: datetime) -> str: ...
    def made(self, place: FileVersion) -> bytes: ...
    def keep(self, key: str, body: bytes, media_type: str) -> FileVersion: ...


class Marked(NamedTuple):
    """What the QR code of a data message says of what its paper belongs to (Circular 01/2023/TT-VPCP Art. 26).

    `person` is the masked number of the person whom it concerns.
    """

    dossier: str
    procedure: str
    person: str


class Folder(Protocol):
    """What a paper belongs to, by its reference: a dossier, or a line of an archive's index sheet.

    How its digitisation ends is written there too.
    """

    def component(self, reference: str, component: str) -> Component | None: ...
    def agency(self, reference: str, component: str) -> str: ...
    def marked(self, paper: Paper) -> Marked: ...
    def stated(self, paper: Paper, text: str, read: Sequence[Field]) -> tuple[Field, ...]: ...
    def require(self, paper: Paper, found: Reading) -> Compared | None: ...
    def rejected(
        self, told: ComponentRejected, digitisation: Digitisation, now: datetime, *, actor: str = ""
    ) -> Change: ...
    def converted(
        self, paper: Paper, message: MessageConverted, conversion: Conversion, now: datetime
    ) -> tuple[ComponentConverted, Change]: ...
