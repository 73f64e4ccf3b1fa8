"""Notices on their way by e-mail, SMS and app, as they are stored: in a partition beside their dossier. Pure."""

import zlib
from typing import Final, Literal

import msgspec

from chalicelib.contracts.stored import Stored

Channel = Literal["email", "sms", "app"]
Receiver = Literal["applicant", "holder", "co-holder", "representative"]
"""`applicant` is reached by what the dossier names; the others by their number at the app."""
Outcome = Literal["accepted", "refused", "unreachable", "unsent"]
"""`unreachable`: nobody knows whether it was sent; `unsent`: it surely was not."""
Status = Literal["queued", "sent", "delivered", "bounced", "given_up"]
PARTS: Final = 8
"""Parts of the list of what is due: none takes what all of a country's notices write."""


class Try(msgspec.Struct, frozen=True, kw_only=True):
    """A try: written down before it is made. `provider` is its place among those of the channel, from 0 on.

    `named` is that provider's own name, whatever stands at its place later; tries of earlier releases have none.
    """

    begun_at: str
    provider: int = 0
    named: str | None = None
    ended_at: str | None = None
    outcome: Outcome | None = None


class Queued(Stored, frozen=True, kw_only=True):
    """An event of the log is to be told on the channels: not yet addressed while `due_at` is there.

    `event` is its type, `told_at` when the log says that it happened; both times are stored stamps.
    """

    shape = 1

    number: int
    event: str
    told_at: str
    due_at: str | None = None
    addressed_at: str | None = None


class Sending(Stored, frozen=True, kw_only=True):
    """A notice for one receiver on one channel. Times are stored stamps; `due_at`: when something is to be done.

    How far it is follows from its times alone (`status`), so a report that comes late moves nothing back. `place` is
    which of several co-holders. `tries` counts attempts at the present provider; `attempts` are the last ones.
    `renewed_at`: an officer had it begun again after it was given up.
    """

    shape = 1

    number: int
    event: str
    told_at: str
    channel: Channel
    receiver: Receiver
    place: int = 0
    version: int = 1
    due_at: str | None = None
    provider: int = 0
    tries: int = 0
    attempts: tuple[Try, ...] = ()
    sent_at: str | None = None
    delivered_at: str | None = None
    bounced_at: str | None = None
    given_up_at: str | None = None
    renewed_at: str | None = None
    why: str | None = None

    @property
    def name(self) -> str:
        """Its name within the dossier."""
        return f"{self.number:06d}.{self.channel}.{self.receiver}{self.place or ''}"

    @property
    def status(self) -> Status:
        """How far it is. Of a bounce and a delivery the later one holds, by when they happened, not were told."""
        if self.bounced_at and self.bounced_at >= (self.delivered_at or ""):
            return "bounced"
        if self.delivered_at:
            return "delivered"
        if self.sent_at:
            return "sent"
        return "given_up" if self.given_up_at else "queued"


class DueNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice on the list of what is due."""

    pk: str
    sk: str
    wl_sk: str

    @property
    def reference(self) -> str:
        """Of which dossier."""
        return self.pk.removeprefix("NOTICES#")

    @property
    def name(self) -> str:
        """Which sending, or the number of one that is not addressed yet."""
        return self.sk


def notices_key(reference: str) -> str:
    """The partition of a dossier's notices on their way."""
    return f"NOTICES#{reference}"


def notices_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"NOTIFYING#{part}"


def queued_name(number: int) -> str:
    """The name of a notice that is not addressed yet: the number of its event."""
    return f"{number:06d}"


def listed(reference: str, name: str, due_at: str | None) -> dict[str, str]:
    """Its place on that list; none where nothing is to be done."""
    if due_at is None:
        return {}
    part = zlib.crc32(reference.encode()) % PARTS
    return {"wl_pk": notices_list(part), "wl_sk": f"{due_at}#{reference}#{name}"}
