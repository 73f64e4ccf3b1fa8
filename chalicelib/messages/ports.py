"""What the messages' use cases ask of the world; `store.py` answers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from chalicelib.contracts.messages import PaperSigned, PinnedFile, ResultUnprintable, SignatureRefused
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.messages.model import Message, Registered

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from chalicelib.messages.keys import SigningIdentity


class Messages(Protocol):
    """Where signed documents are kept."""

    def message(self, message: str) -> Message | None: ...
    def by_lookup(self, code: str) -> Registered | None: ...
    def register(self, signed: PaperSigned, now: datetime) -> None: ...
    def refuse(self, told: SignatureRefused, now: datetime) -> None: ...
    def tell_unprintable(self, told: ResultUnprintable, now: datetime) -> None: ...
    def source(self, source: PinnedFile) -> bytes: ...
    def keep(self, key: str, pdf: bytes, retain_until: str | None = None) -> str: ...
    def keep_preview(self, reference: str, pdf: bytes) -> None: ...
    def hand_out(self, message: Message, who: Principal, now: datetime, *, is_owner: bool) -> str: ...


class Dossiers(Protocol):
    """A dossier with the parts asked for; None when there is none."""

    def __call__(self, reference: str, *parts: Part) -> Dossier | None: ...


class Keys(Protocol):
    """The identities of a stage; each getter raises `UnknownSigner`."""

    def agency(self, agency_id: str) -> "SigningIdentity": ...
    def officer(self, officer_id: str) -> "SigningIdentity": ...
    def timestamper(self, at: datetime | None = None) -> "TimeStamper": ...


class KeptYears(Protocol):
    """For how many years nobody deletes what is signed on a Vietnamese day; None when no end is set."""

    def __call__(self, day: date) -> int | None: ...


class AgencyNames(Protocol):
    """What agencies are called today; the id where none is published."""

    def __call__(self, agency: str) -> str: ...
