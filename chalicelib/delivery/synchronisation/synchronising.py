"""The portal is told of what waits: a dossier's steps one after the other, each written down before it is sent.

A step is told once: it stands in the ledger right before it is sent, and whoever finds one of which nobody knows
whether the portal has it asks the portal first. A dossier is one worker's at a time, so its steps keep their order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from chalicelib.delivery.ports import Unreachable
from chalicelib.delivery.synchronisation import model
from chalicelib.delivery.synchronisation.ports import Known, Ledger, NationalPortal, NotLoggedIn, RefusedByPortal
from chalicelib.delivery.synchronisation.told import Codes, Telling, name_of, steps_after
from chalicelib.dossier.national_portal import CodeLists
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.synchronised import Synchronisation
from chalicelib.kernel import log, waiting
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.kernel.rounds import Round, go_round
from chalicelib.law import packs
from chalicelib.law.rules import Rules

TAKES: Final = 45.0
"""Seconds that a step may take, with all calls of the portal: with less left none is begun."""
MOST: Final = 200
"""Dossiers that a run goes on with: the next run does the rest."""
STEPS: Final = 10
"""Steps that a try tells, at most: together they take less than a lease."""
PARTS: Final = (
    Part.EVENTS, Part.PLAN, Part.FORM, Part.PAPERS, Part.COMPONENTS, Part.DELIVERIES, Part.RESULTS,
)  # fmt: skip


class Taken(Exception):
    """Another worker has the dossier now."""


@dataclass
class Synchronised(Round):
    """What a run of the clock did: dossiers it went on with, steps told, parked, late at a try that failed, broken."""

    turned: int = 0
    told: int = 0
    parked: int = 0
    late: int = 0


@dataclass(frozen=True)
class Synchronising:
    """Use cases of the worker."""

    ledger: Ledger
    portal: NationalPortal
    lists: CodeLists
    clock: Clock

    def run(self, done: Synchronised | None = None) -> Synchronised:
        """Go on with all that is due, while there is time; what fails for one stops no other. `done` counts it."""
        done = done or Synchronised()
        go_round(
            self.ledger.waiting(self.clock()),
            lambda row: self.turn(row.reference, done),
            done,
            broken=lambda row, error: log.trouble("dossier not synchronised", error, dossier=row.reference),
            is_full=lambda: done.turned + done.failed >= MOST,
            takes=TAKES,
            ends=(NotLoggedIn,),
        )
        return done

    def turn(self, reference: str, done: Synchronised | None = None) -> bool:
        """Tell what waits of a dossier; False where nothing did, or another worker has it. Raises NotLoggedIn."""
        done = done or Synchronised()
        begun = None
        try:
            begun = self._begin(reference)
            if begun is None:
                return False
            dossier, sync = begun
            done.turned += 1
            rules = packs.pinned(dossier.head.rule_pack, self.clock().astimezone(ZONE).date()).rules
            self._tell(dossier, sync, rules, done)
        except Taken:
            log.note("synchronisation taken over", dossier=reference)
        except NotLoggedIn:
            log.note("national portal logs us in no more", dossier=reference)
            raise
        except Exception:
            self._put_off(reference, begun[1] if begun else None, done)
            raise
        return True

    def _put_off(self, reference: str, begun: Synchronisation | None, done: Synchronised) -> None:
        """One that breaks us comes later again, behind others, and in the end to a person; unless another has it."""
        sync, now = self.ledger.one(reference), self.clock()
        if sync is None or (sync.due_at != begun.due_at if begun else not model.is_due(sync, now)):
            return
        head = None if sync.agency else self.ledger.heads([reference]).get(reference)
        after = model.broken(sync, (head.competent or head.agency) if head else None, now)
        if self.ledger.kept(reference, sync, after):
            done.parked += after.parked_at is not None

    def _begin(self, reference: str) -> tuple[Dossier, Synchronisation] | None:
        """A try that this worker alone makes now, written down; None where there is nothing to tell."""
        sync, now = self.ledger.one(reference), self.clock()
        if sync is None or not model.is_due(sync, now):
            return None
        dossier = self.ledger.dossier(reference, *PARTS)
        if dossier is None or dossier.head.erased_at:
            self.ledger.kept(reference, sync, model.erased(sync, now))
            return None
        name = sync.name or name_of(dossier)
        if name is None:
            self.ledger.kept(reference, sync, model.nameless(sync))
            return None
        agency = dossier.head.competent or dossier.head.agency
        begun = model.begun(sync, name, agency, now)
        if not self.ledger.kept(reference, sync, begun):
            return None
        return dossier, replace(begun, version=sync.version + 1)

    def _tell(self, dossier: Dossier, sync: Synchronisation, rules: Rules, done: Synchronised) -> None:
        """Tell one step after the other. Raises Taken, NotLoggedIn."""
        telling = Telling(dossier, sync.name or "", codes_of(rules, self.lists))
        now = self.clock
        steps = steps_after(dossier, sync.told)
        some, rest, at = steps[:STEPS], steps[STEPS:], sync.told
        try:
            for place, row in enumerate(some):
                if waiting.left() < TAKES and place:
                    rest = some[place:]
                    break
                at = row.number
                sync = self._step(telling, sync, row)
                done.told += 1
            if sync.again and not rest:
                self._again(telling, sync)
        except NotLoggedIn:
            done.late += model.is_late(sync, rules.national_portal_minutes.value, now())
            self._keep(dossier, self._fresh(dossier, sync), lambda was: model.not_logged_in(was, now()))
            raise
        except Unreachable:
            log.note("national portal unreachable", dossier=dossier.reference)
            done.late += model.is_late(sync, rules.national_portal_minutes.value, now())
            sync = self._keep(dossier, self._fresh(dossier, sync), lambda was: model.failed(was, at, now()))
            done.parked += sync.parked_at is not None
        except RefusedByPortal as refusal:
            code = refusal.code
            self._keep(dossier, self._fresh(dossier, sync), lambda was: model.refused(was, code, at, now()))
            done.parked += 1
        else:
            end = model.put_off if rest else model.finished
            self._keep(dossier, sync, lambda was: end(was, now()))

    def _step(self, telling: Telling, sync: Synchronisation, row: LogRow) -> Synchronisation:
        """Tell a step, unless the portal has it. Raises Unreachable, RefusedByPortal, Taken.

        One that a try before sent may be there, so the portal is asked; later ones are new to it. The dossier
        replaces itself, so only the step itself is ever in doubt.
        """
        dossier, was_sent = telling.dossier, sync.sending is not None
        known = self.portal.find(telling.code) if was_sent or not sync.is_there else None
        if was_sent and known is not None and known.marks is None:
            raise Unreachable  # it cannot say whether it has the step: nothing is sent twice
        has_it = was_sent and known is not None and has(known, telling, row)
        if not has_it:
            self.portal.keep(telling.record(row), is_there=sync.is_there or known is not None)
            sync = self._keep(dossier, sync, lambda was: model.sending(was, row.number))
            try:
                self.portal.add(telling.step(row))
            except NotLoggedIn:
                self._keep(dossier, sync, model.unsent)
                raise
        return self._keep(dossier, sync, lambda was: model.told(was, row.number))

    def _again(self, telling: Telling, sync: Synchronisation) -> None:
        """The dossier once more, as it stood at the last step that was told: it replaces itself."""
        row = next((each for each in reversed(telling.dossier.events) if each.number == sync.told), None)
        if row is not None:
            self.portal.keep(telling.record(row), is_there=True)

    def _fresh(self, dossier: Dossier, sync: Synchronisation) -> Synchronisation:
        """As the ledger has it: what was written before a try failed."""
        found = self.ledger.one(dossier.reference)
        if found is None or found.due_at != sync.due_at:
            raise Taken
        return found

    def _keep(
        self, dossier: Dossier, was: Synchronisation, change: Callable[[Synchronisation], Synchronisation]
    ) -> Synchronisation:
        """It is so now, whatever came into the log meanwhile. Raises Taken, TryAgain."""
        for _ in waiting.turns():
            now = change(was)
            if self.ledger.kept(dossier.reference, was, now):
                return replace(now, version=was.version + 1)
            was = self._fresh(dossier, was)
        raise TryAgain


def has(known: Known, telling: Telling, row: LogRow) -> bool:
    """Whether the portal has as many steps of this mark as it has once this one was told."""
    return (known.marks or ()).count(telling.step(row).mark) >= telling.same_before(row)


def codes_of(rules: Rules, lists: CodeLists) -> Codes:
    """The portal's code lists: those of the rule pack, where this installation says nothing else."""
    codes = rules.national_portal_codes.value
    return Codes(
        channels={**{each.ours: each.code for each in codes.channels}, **lists.channels},
        parties={**{each.ours: each.code for each in codes.parties}, **lists.parties},
        times=lists.times or codes.times,
    )
