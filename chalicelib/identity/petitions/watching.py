"""The clock reminds of what is due soon, tells what nobody did in its time, erases what was kept for its time."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from chalicelib.contracts.petitions import (
    PetitionAskedUntil,
    PetitionDueSoon,
    PetitionOverdue,
    PetitionUnsupplied,
)
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.erasing import gone
from chalicelib.identity.petitions.items import SYSTEM, PetitionHead
from chalicelib.identity.petitions.ports import Petitions
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import Clock, moment
from chalicelib.kernel.rounds import Round, go_round

TAKES: Final = 3.0
"""Seconds that one may take: with fewer left the next run goes on."""


@dataclass
class Told:
    """What a run of the clock did."""

    petitions_reminded: int = 0
    petitions_overdue: int = 0
    petitions_erased: int = 0
    petitions_unsupplied: int = 0
    petitions_failed: int = 0


@dataclass(frozen=True)
class Watch:
    """Use cases of the clock."""

    petitions: Petitions
    clock: Clock

    def run(self, done: Told) -> None:
        """Look at all that is due, as long as there is time. What fails for one stops no other."""

        def go_on(petition: str) -> None:
            record.settled(partial(self._look, petition, done))

        def broken(petition: str, error: Exception) -> None:
            log.trouble("petition not looked at", error, record=petition)
            done.petitions_failed += 1

        go_round(self.petitions.due(self.clock()), go_on, Round(), broken=broken, takes=TAKES)

    def enrol(self) -> int:
        """Have the clock look at petitions of earlier releases; answers how many. Raises TryAgain.

        Those that were asked about before that had an end get it, from now on, and their person is told. Done again it
        goes on: what the clock looks at already is left alone.
        """
        return sum(self._enrolled(head) for head in self.petitions.kept())

    def _enrolled(self, head: PetitionHead) -> bool:
        if model.is_endless(head):
            return record.settled(partial(self._ends, head.id))
        return self.petitions.enrol(head, self.clock())

    def _ends(self, petition: str) -> bool:
        """False of one that has an end meanwhile."""
        head = self.petitions.head(petition)
        if not model.is_endless(head):
            return False
        self._give_end(head, self.clock())
        return True

    def _give_end(self, head: PetitionHead, now: datetime) -> None:
        """The person's time begins, stored and told in one write."""
        after = model.ending(head, now)
        until = PetitionAskedUntil(petition=head.id, kind=head.kind, agency=head.agency, due_at=after.asked_until or "")
        self.petitions.write(head, after, until, SYSTEM, now)

    def _look(self, petition: str, done: Told) -> None:
        head, now = self.petitions.head(petition), self.clock()
        if model.is_endless(head):
            self._give_end(head, now)  # an earlier release enrolled it without storing an end
            return
        rules = model.rules_of(head, now)
        at = model.look_at(head, rules)
        if at is None or moment(at) > now:
            return
        step, due_at = head.owes, head.due_at
        if head.state == "asked":
            after = model.unsupplied(head, rules)
            goes_on = PetitionUnsupplied(
                petition=head.id, kind=head.kind, agency=head.agency, due_at=after.due_at or ""
            )
            self.petitions.write(head, after, goes_on, SYSTEM, now)
            done.petitions_unsupplied += 1
        elif step is None or due_at is None or step in head.told:
            after = model.erased(head, model.end_of_keeping(rules), now)
            self.petitions.write(head, after, gone(head, after), SYSTEM, now)
            done.petitions_erased += 1
        elif head.is_past(now):
            after = model.overdue(head, now)
            late = PetitionOverdue(
                petition=head.id,
                kind=head.kind,
                agency=head.agency,
                owes=step,
                due_at=due_at,
                about=head.about,
                counts=model.counted(head, after),
            )
            self.petitions.write(head, after, late, SYSTEM, now)
            done.petitions_overdue += 1
        else:
            soon = PetitionDueSoon(petition=head.id, kind=head.kind, agency=head.agency, owes=step, due_at=due_at)
            self.petitions.write(head, model.reminded(head), soon, SYSTEM, now)
            done.petitions_reminded += 1
