"""Erase what a dossier sealed of a person: the order goes on the list first, then its keys go, then its record says so.

The list outlives a restore of the tables: `apply` carries it out again before restored tables serve.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgspec import structs

from chalicelib.contracts.onestop import DossierErased
from chalicelib.dossier.change import ERASED
from chalicelib.dossier.reading import Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.onestop.bundles.reaching import undecided
from chalicelib.onestop.ending import end_all, release
from chalicelib.onestop.model import may_go_on
from chalicelib.onestop.ports import Content, Dossiers, Driver
from chalicelib.sealing.erasures import Entry, Erasure

ACTOR = "operator"


@dataclass(frozen=True)
class Applied:
    """An order of the list, and whether this call found something left to do: keys to destroy, a record to tell."""

    reference: str
    at: str
    destroyed: bool
    told: bool
    children: tuple[str, ...] = ()
    """Dossiers that a bundle started and that are erased with it."""


@dataclass(frozen=True)
class Erasures:
    """The use cases of whoever may erase, and of whoever restored tables. Each may run twice and broken off."""

    dossiers: Dossiers
    content: Content
    driver: Driver
    clock: Clock

    def is_there(self, reference: str) -> bool:
        """Whether there is a draft or dossier of this reference."""
        return self.dossiers.dossier(reference) is not None

    def erase(self, reference: str, *, reason: str, basis: str, by: str, is_open: bool = False) -> Applied:
        """Order the erasure of a draft or dossier, and carry it out; its people have a notice of it.

        Of a dossier that somebody has to decide the order says so (`is_open`): a slip would end somebody's application.
        Raises NotFound, ForbiddenStep for one that is open where it does not, TryAgain.

        The children of a bundle hold what it said of the same people: each that nobody decided has an order of its own,
        on the same ground. A child that was decided stays, and is erased by its own reference.
        """
        dossier = self.dossiers.dossier(reference)
        if dossier is None:
            raise NotFound(what="dossier")
        if not is_open and not dossier.head.is_draft and may_go_on(dossier):
            raise ForbiddenStep(step="erase")
        order = Erasure(reference=reference, reason=reason, basis=basis, by=by, at=stamp(self.clock()))
        done = self._applied(self.content.entered(order))
        children = self._children(reference)  # none is started any more
        for child in children:
            self._applied(self.content.entered(structs.replace(order, reference=child)))
        return replace(done, children=children)

    def _children(self, reference: str) -> tuple[str, ...]:
        parent = self.dossiers.dossier(reference, Part.PLAN)
        if parent is None or parent.head.is_draft:
            return ()
        return tuple(child.reference for child in undecided(self.dossiers, parent))

    def apply(self) -> Iterator[Applied]:
        """Carry out every order of the list, again where a restore undid it. Raises TryAgain, stored.Unreadable."""
        for entry in self.content.listed():
            yield self._applied(entry)

    def _applied(self, entry: Entry) -> Applied:
        order = entry.order
        destroyed = self.content.destroy(order.reference, order.at)
        told = record.settled(lambda: self._tell(entry))
        self._release(order.reference)
        return Applied(reference=order.reference, at=order.at, destroyed=destroyed, told=told)

    def _tell(self, entry: Entry) -> bool:
        """The record says so, once: its open tasks and legs come to nothing in the same write."""
        order = entry.order
        dossier = self.dossiers.dossier(order.reference, Part.PLAN, Part.TASKS)
        if dossier is None or dossier.head.erased_at:
            return False  # its tables were restored to a day before it began, or it was told before
        event = DossierErased(
            reference=order.reference,
            basis=order.basis,
            key=entry.key,
            version_id=entry.version_id,
            sha256=entry.sha256,
        )
        change = self.dossiers.change(dossier, self.clock()).tell(event, actor=ACTOR).move(erased_at=order.at)
        end_all(dossier, change, self.dossiers.leg, ERASED)
        change.write()
        return True

    def _release(self, reference: str) -> None:
        """Whoever drives it is told, and ends."""
        if dossier := self.dossiers.dossier(reference, Part.PLAN):
            release(dossier, self.dossiers.leg, self.driver)
