"""Dossiers and their results over the dossier's own room, and links by the ledger's door."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from chalicelib.contracts.delivery import Way
from chalicelib.delivery.settings import BUCKET
from chalicelib.dossier import acting, lists, reading, references
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import DueRow
from chalicelib.dossier.items import Head, ResultItem
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.identity import fence
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.problem import AccountLocked
from chalicelib.law.rules import MandateState
from chalicelib.ledger import door

IDENTITY: Final = fence.TABLE
ACCOUNT: Final = "account"
GROUND: Final = "137/2024 Art. 8(4)"
CARRIERS: Final = {"app": "Ứng dụng định danh quốc gia", "register": "Sổ đăng ký của cơ quan"}
"""Who gets a link, as the ledger names them."""


class Table:
    """Dossiers in DynamoDB."""

    def dossier(self, reference: str, *parts: Part) -> Dossier | None:
        """A dossier, or a draft still, with the parts asked for."""
        return reading.read(reference, *parts)

    def named(self, name: str) -> str:
        """The reference of a reference or code; empty when there is none."""
        return references.keyed(name)

    def relation(self, who: Principal, head: Head, now: datetime) -> Relation:
        """How somebody stands to a dossier."""
        return acting.relation_of(who, head, now)

    def mandate_state(self, head: Head, now: datetime) -> MandateState:
        """What became of the mandate that a dossier was filed under; one without any is under none that ended."""
        return acting.mandate_state(head.acting, now) if head.acting else "active"

    def unlist(self, reference: str, destination: str) -> None:
        """An erased dossier changes no more: its delivery only leaves the list of what is due."""
        lists.take_off_delivery(reference, destination)

    def level_of(self, head: Head) -> int:
        """The level of identity that a dossier is read with."""
        return reading.level_of(head.min_level, head.pk)

    def change(self, dossier: Dossier, now: datetime) -> Change:
        """A change of the dossier as it was read."""
        return Change(dossier.head, now)

    def write(self, change: Change, who: Principal) -> None:
        """Write what a person does; of an organisation its account is asked with it. Raises AccountLocked, aws.Lost."""
        if who.account:
            change.require(ACCOUNT, fence.account_open(who.account))
        try:
            change.write()
        except aws.Lost as lost:
            if ACCOUNT in lost:
                raise AccountLocked from lost
            raise

    def used_key(self, owner: str, key: str) -> UsedKey | None:
        """What was done under an Idempotency-Key."""
        return references.read_used_key(owner, key)

    def due(self, now: datetime) -> Iterator[DueRow]:
        """Destinations for which something is to be done by now."""
        return lists.deliveries_due(now)

    def hand_out(self, head: Head, result: ResultItem, way: Way, now: datetime) -> str:
        """A link to the signed result for a destination; the holder's ledger says so first."""
        carrier = Principal(f"delivery:{way}", "SERVICE", CARRIERS[way], 0, agency=head.agency)
        file = door.File(
            owner=head.holder,
            document=result.code,
            reference=head.pk,
            bucket=BUCKET(),
            key=result.key,
            version_id=result.version_id,
            sha256=result.sha256,
            media_type="application/pdf",
            filename=f"{result.code}.pdf",
            min_level=self.level_of(head),
            ground=GROUND,
        )
        return door.hand_out(file, carrier, "deliveries", now)
