"""Where the result of a dossier goes beside the vault, as it is stored: an item for each destination. Pure."""

import zlib
from typing import Final, Literal

import msgspec

from chalicelib.contracts.delivery import Proof, Way
from chalicelib.contracts.stored import Stored

type DeliveryState = Literal[
    "asked", "sending", "waiting", "delivered", "handed_over", "expired", "withdrawn", "parked"
]
"""`asked` before there is a result; `waiting` once the destination took it, or where a person hands it over."""

AskedAs = Literal["holder", "co-holder", "representative", "agency"]
"""How whoever wished for a delivery stood to the dossier."""
SETTLED: Final[frozenset[DeliveryState]] = frozenset({"delivered", "handed_over", "expired", "withdrawn"})
PARTS: Final = 8
"""Parts of the list of what is due: none takes what all of a country's results write."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A try: written down before it is made, so that the next one asks first what became of it."""

    begun_at: str
    ended_at: str | None = None
    outcome: Literal["taken", "delivered", "unreachable", "refused"] | None = None


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """Who took a paper result, and what proves it; `sealed` is their name and the numbers of them and their proof.

    `by` is the officer (keyed hash). `number` is that of a postal receipt, and of nothing else. `conversion` is the
    data message that the paper was converted into, None of a print of the electronic result. `authorisation` is the
    component by which an agent without a mandate took it.
    """

    at: str
    by: str
    by_name: str
    to: Literal["applicant", "agent"]
    sealed: str
    proof: Proof
    number: str | None = None
    paper: Literal["print", "original"] = "print"
    conversion: str | None = None
    authorisation: str | None = None


class Delivery(Stored, frozen=True, kw_only=True):
    """A destination of a dossier's result: how far it is. `due_at` is when something is to be done, a stored stamp.

    `asked_as` is how whoever wished for it stood to the dossier, None of what an earlier release wrote.
    `sealed` is the receiver's address, encrypted. `tries` counts attempts since somebody asked; `attempts` are the last
    ones. `receipt` is what the destination acknowledged it by.
    """

    shape = 1

    destination: Way
    state: DeliveryState = "asked"
    asked_at: str
    asked_as: AskedAs | None = None
    sealed: str | None = None
    document: str | None = None
    sha256: str | None = None
    begun_at: str | None = None
    tries: int = 0
    attempts: tuple[Attempt, ...] = ()
    due_at: str | None = None
    expires_at: str | None = None
    settled_at: str | None = None
    receipt: str | None = None
    parked_at: str | None = None
    why: str | None = None
    handed: HandedOver | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nobody waits for it."""
        return self.state in SETTLED


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A destination on the list of what is due."""

    pk: str
    sk: str

    @property
    def destination(self) -> str:
        """Which one."""
        return self.sk.removeprefix("DELIVERY#")


def due_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"DELIVERING#{part}"


def listed(reference: str, delivery: Delivery) -> dict[str, str]:
    """Its place on that list, by when it is due; none where nothing is to be done by us."""
    if delivery.due_at is None:
        return {}
    part = zlib.crc32(reference.encode()) % PARTS
    return {"wl_pk": due_list(part), "wl_sk": f"{delivery.due_at}#{reference}#{delivery.destination}"}
