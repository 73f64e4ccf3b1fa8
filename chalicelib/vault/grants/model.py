"""A grant: one document, one receiver, one purpose, until a time; and the purposes that are offered. Pure but for data.

Law 91/2025/QH15 Art. 9-10: consent is for each purpose, can be withdrawn at any time, and silence gives none. Which
purposes there are, and for how long at most, no text was found to say: they are data of this installation.
"""

from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Final, Literal

from msgspec import Struct, json

from chalicelib.contracts.stored import Stored
from chalicelib.kernel.access import holder_of

type ReceiverKind = Literal["person", "organisation", "agency", "link"]
PERSON_KINDS: Final = {"person": "CITIZEN", "organisation": "ORGANISATION"}
SEEN: Final = 3
"""The last characters of a number that its owner sees again, as papers print it."""


class Purpose(Struct, frozen=True, kw_only=True):
    """What a document may be shared for: with which kinds of receivers, for how many days at most."""

    code: str
    vi: str
    en: str
    receivers: tuple[ReceiverKind, ...]
    most_days: int

    @property
    def longest(self) -> timedelta:
        """How long it is shared at most."""
        return timedelta(days=self.most_days)


@cache
def purposes() -> dict[str, Purpose]:
    """The purposes that are offered, by their codes."""
    text = (resources.files("chalicelib.vault.grants") / "data" / "purposes.json").read_bytes()
    return {each.code: each for each in json.decode(text, type=list[Purpose])}


class Receiver(Struct, frozen=True, kw_only=True):
    """With whom a document is shared: a person or organisation by its number, an agency by its code, or who has a link.

    The number is forgotten once its keyed hash is made.
    """

    kind: ReceiverKind
    identity: str = ""

    @property
    def key(self) -> str:
        """What stands for the receiver: a keyed hash, or the agency's own code; nothing for a link."""
        if self.kind == "agency":
            return agency_key(self.identity)
        return holder_of(PERSON_KINDS[self.kind], self.identity) if self.kind in PERSON_KINDS else ""

    @property
    def shown(self) -> str:
        """By what the owner knows it again."""
        return self.identity if self.kind == "agency" else f"…{self.identity[-SEEN:]}" if self.identity else ""


def agency_key(agency: str) -> str:
    """What stands for an agency among receivers."""
    return f"AGENCY#{agency}"


class Grant(Stored, frozen=True, kw_only=True):
    """What an owner (a keyed hash) lets a receiver read; times are stored stamps (UTC).

    `body` is a digest of the request, `secret` one of the code of a link. `used_by` is who opened a link, with the
    digest of their request, so that an answer that was lost is given again.
    """

    shape = 1

    id: str
    owner: str
    document: str
    title: str
    receiver_kind: ReceiverKind
    receiver: str
    shown: str
    purpose: str
    given_at: str
    until: str
    body: str
    min_level: int
    secret: str | None = None
    withdrawn_at: str | None = None
    used_at: str | None = None
    used_by: str | None = None

    def state(self, now: str) -> Literal["given", "withdrawn", "used", "ended"]:
        """What it is worth at a time, a stored stamp."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.used_at:
            return "used"
        return "given" if now <= self.until else "ended"


class Pointer(Stored, frozen=True, kw_only=True):
    """Where a grant stands, for its receiver or for who has its link."""

    shape = 1

    owner: str
    grant: str
