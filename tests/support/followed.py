"""Dossiers that somebody follows: told by the kernel's own change, fed as the outbox feeds them."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.contracts.lifecycle import PaymentRequested
from chalicelib.contracts.onestop import DossierForwarded
from chalicelib.dossier.fed import heads_of
from chalicelib.dossier.items import Head
from chalicelib.dossier.table import TABLE
from chalicelib.kernel.access import INTEGRATION, Principal
from chalicelib.kernel.record import Change
from chalicelib.subscriptions import fence
from chalicelib.subscriptions.ports import Answer
from chalicelib.subscriptions.signing import PREFIX

OURS, OTHERS = "H01.10.24", "H01.10.25"
SECRET_WORDS = "Trần Văn Thưởng"
"""What stands in a log, and in no event that leaves."""


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-11-27T01:00:00+00:00")

    def __call__(self) -> datetime:
        return self.now

    def on(self, **how_far: float) -> None:
        """Later."""
        self.now += timedelta(**how_far)


def system(agency: str = OURS) -> Principal:
    """The system of an agency that reads its events."""
    roles = frozenset({INTEGRATION})
    return Principal(subject=f"system-{agency}", kind="SERVICE", name="LGSP", level=0, agency=agency, roles=roles)


def portal(client: str = "dvc") -> Principal:
    """A portal by its own credentials."""
    return Principal(subject=client, kind="PORTAL", name=client, level=0, portal=client)


def started(reference: str, agency: str = OURS, *, clock: Clock, **more: Any) -> str:
    """A dossier in processing, with one event; answers its reference."""
    head = Head(
        pk=reference,
        state=4,
        procedure="1.001193",
        procedure_version=1,
        agency=agency,
        holder="f" * 32,
        sealed="sealed",
        channel="ONLINE",
        mine_sk="x",
        mine_pk="x",
        expires_at="9999",
        **more,
    )
    Change(TABLE(), head, clock()).tell(forwarded(clock), state=4).write()
    return reference


def forwarded(clock: Clock) -> DossierForwarded:
    """Something that an agency is told, with the name of an officer."""
    return DossierForwarded(
        agency=OURS, handler=SECRET_WORDS, received_at=clock().isoformat(), processed_at="", dossier_code="H01.1"
    )


def asked(amount: int) -> PaymentRequested:
    """Another, with a reason that is sealed; the amount tells it from others."""
    return PaymentRequested(
        agency=OURS,
        handler=SECRET_WORDS,
        received_at="",
        processed_at="",
        reference="MC",
        amount=amount,
        sealed="s3cr3t",
    )


def tell(reference: str, *amounts: int, clock: Clock, **fields: Any) -> int:
    """More events of a dossier in one write; answers the number of the newest."""
    head = heads_of([reference])[reference]
    change = Change(TABLE(), head, clock())
    for amount in amounts:
        change.tell(asked(amount), state=6)
    change.put(**fields).write()
    return head.seq + len(amounts)


def feed(*references: str, clock: Clock) -> None:
    """What the outbox does once these grew."""
    heads = heads_of(references)
    assert fence.feed({pk: head.seq for pk, head in heads.items()}, clock()) == {}


@dataclass
class Receiver:
    """A receiver of webhooks: what it took, in order. `answers` are its next statuses, `otherwise` all later ones."""

    otherwise: int = 204
    answers: list[int] = field(default_factory=list)
    taken: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    tries: int = 0

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One delivery."""
        self.tries += 1
        status = self.answers.pop(0) if self.answers else self.otherwise
        if status in range(200, 300):
            self.taken.append((headers, body))
        return Answer(status)

    @property
    def events(self) -> list[Any]:
        """The events that it took."""
        return [msgspec.json.decode(body) for _, body in self.taken]


def in_order(events: Iterable[Any]) -> bool:
    """Whether the events of each dossier came in the order of their log."""
    last = dict[str, str]()
    for event in events:
        if event["sequence"] <= last.get(event["subject"], ""):
            return False
        last[event["subject"]] = event["sequence"]
    return True


def secret_key(text: str) -> bytes:
    """The bytes of a secret, as a receiver has them."""
    return base64.b64decode(text.removeprefix(PREFIX), validate=True)
