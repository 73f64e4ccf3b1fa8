"""What people and officers do with the telling of the portal: see how far it is, what was parked, begin it again."""

import hashlib
from dataclasses import dataclass
from typing import Final, NamedTuple

from chalicelib.contracts.delivery import PortalAskedAgain
from chalicelib.delivery import acts
from chalicelib.delivery.refusals import NothingToRedeliver
from chalicelib.delivery.service import Order
from chalicelib.delivery.synchronisation import model
from chalicelib.delivery.synchronisation.ports import Ledger
from chalicelib.dossier.acting import stage_of
from chalicelib.dossier.interests import Work, require_other
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.synchronised import PLACE, Synchronisation, parked_list
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.access import Principal, allowed, require_level
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.kernel.problem import KeyReused, NotAllowed, NotFound, TryAgain

SETTLED: Final = ("parked", "synchronised")
"""What an officer may have told again: of anything else a worker goes on by itself."""


class Shown(NamedTuple):
    """A dossier, and how far the portal was told of it; None of one that nobody tells it of."""

    dossier: Dossier
    sync: Synchronisation | None


class Parked(NamedTuple):
    """A dossier that the portal did not take."""

    reference: str
    sync: Synchronisation


@dataclass(frozen=True)
class Redeliveries:
    """Use cases of whoever reads and orders."""

    ledger: Ledger
    clock: Clock

    def read(self, who: Principal, name: str) -> Shown:
        """How far it is, by the policy of the dossier. Raises NotFound, LevelTooLow."""
        dossier = self._visible(who, name)
        return Shown(dossier, self.ledger.one(dossier.reference))

    def parked(self, who: Principal, after: str) -> tuple[list[Parked], str | None]:
        """Dossiers of one's agencies that the portal did not take, longest first of each, and where the list goes on.

        A page may be short: what one may not read is left out. Raises BodyInvalid, NotFound for a foreign cursor.
        """
        agencies = {parked_list(each): each for each in sorted(who.agencies)}
        starts = starts_of(after, PLACE, agencies)
        found, left = list[Parked](), dict[str, object]()
        for partition, agency in agencies.items():
            if after and partition not in starts:
                continue
            rows, last = self.ledger.parked(agency, PAGE, starts.get(partition))
            found += self._seen(who, [row.reference for row in rows])
            left |= {partition: last} if last else {}
        return found, merged_cursor(left) if left else None

    def _seen(self, who: Principal, references: list[str]) -> list[Parked]:
        """Those that are parked still, and may be read."""
        heads, now, found = self.ledger.heads(references), self.clock(), list[Parked]()
        for reference in references:
            head, sync = heads.get(reference), self.ledger.one(reference)
            if head is None or head.erased_at or sync is None or sync.parked_at is None:
                continue
            if allowed(who, acts.READ, self.ledger.relation(who, head, now), stage_of(head)):
                found.append(Parked(reference, sync))
        return found

    def redeliver(self, order: Order, *, has_step: bool | None = None) -> Shown:
        """Have the portal told again: of what it did not take, or once more of the dossier as it stands there.

        `has_step` is whether the portal has the step in doubt, as the officer found there; None: they do not say.
        Raises NotFound, NotAllowed, NothingToRedeliver, KeyReused, ContentErased.
        """
        owner = order.who.holder or keyed_hash("officer", order.who.subject)
        body = hashlib.sha256(b"redeliver\x1f" + order.raw).hexdigest()

        def turn() -> Shown:
            dossier = self._visible(order.who, order.dossier)
            now, sync = self.clock(), self.ledger.one(dossier.reference)
            used = self.ledger.used_key(owner, order.key)
            if used and (used.body != body or used.reference != dossier.reference):
                raise KeyReused
            if used:
                return Shown(dossier, sync)
            relation = self.ledger.relation(order.who, dossier.head, now)
            if not allowed(order.who, acts.SYNCHRONISE, relation, stage_of(dossier.head)):
                raise NotAllowed(act=acts.SYNCHRONISE)
            require_other(
                order.who,
                people_of(dossier.head),
                Work(dossier.head.agency, "receive", filed=dossier.head.submitted_at),
                now,
            )
            if sync is None or sync.progress not in SETTLED:
                raise NothingToRedeliver(progress=sync.progress if sync else "none")
            after = model.redelivered(sync, now, has_step=has_step)
            change = self.ledger.change(dossier, now)
            told = PortalAskedAgain(reference=dossier.reference, step=sync.told)
            change.tell(told, actor=order.who.subject)
            change.use_key(owner, order.key, body, event=dossier.head.seq + 1)
            self.ledger.redeliver(change, sync, after)
            change.write()
            return Shown(dossier, after)

        for _ in waiting.turns():
            try:
                return record.settled(turn)
            except aws.Lost as lost:
                if "key" not in lost:
                    raise
        raise TryAgain

    def _visible(self, who: Principal, name: str) -> Dossier:
        reference = self.ledger.named(name)
        dossier = self.ledger.dossier(reference) if reference else None
        if dossier is None or dossier.head.is_draft:
            raise NotFound(what="dossier")
        relation = self.ledger.relation(who, dossier.head, self.clock())
        if not allowed(who, acts.READ, relation, stage_of(dossier.head)):
            raise NotFound(what="dossier")
        require_level(who, self.ledger.level_of(dossier.head))
        return dossier
