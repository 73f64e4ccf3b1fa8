"""An agency's part begins: its first task stands on that agency's list, and the slip says who handed it over."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.contracts.onestop import LegOpened
from chalicelib.contracts.plan import Office, PlannedTerm
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import RouteLeg, next_legs
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.onestop.legs.terms import leg_due, pack_of
from chalicelib.onestop.model import SYSTEM, slip_row

type OfficeOf = Callable[[str, date], Office | None]
"""An agency under its name of a day; None of one that we never heard of."""


@dataclass(frozen=True)
class Handed:
    """By whom and with which deadline a dossier is handed to the next agencies; `row` is on the slip already.

    `receiving` is the name of the receiving unit, which sends to a higher level in any case (61/2018 Art. 19(7)).
    """

    giver: str
    receiving: str
    due_at: str
    row: tuple[str, str] | None = None


@dataclass(frozen=True)
class Opening:
    """Open legs in a change of the dossier, which was read with its plan and tasks."""

    office_of: OfficeOf

    def name(self, change: Change, dossier: Dossier, agency: str) -> str:
        """An agency's name of the day; its identifier where we never heard of it."""
        if agency == dossier.plan.office.id:
            return dossier.plan.office.name
        found = self.office_of(agency, change.now.astimezone(ZONE).date())
        return found.name if found else agency

    def due(self, change: Change, dossier: Dossier, leg: RouteLeg, term: PlannedTerm, due_at: str) -> str:
        """When a leg that begins now is due, a stored stamp; `term` and `due_at` are the dossier's."""
        return leg_due(leg, term, due_at, change.now, pack_of(dossier.head, change.now))

    def open(
        self,
        change: Change,
        dossier: Dossier,
        legs: Sequence[RouteLeg],
        handed: Handed,
        *,
        term: PlannedTerm,
        due_at: str,
        code: str | None,
    ) -> None:
        """Each leg gets its first task, and is told; its agency takes part in the dossier from now on."""
        for leg in legs:
            own = self.due(change, dossier, leg, term, due_at)
            receiver = self.name(change, dossier, leg.agency)
            giver = handed.receiving if leg.planned.vertical else handed.giver
            row = slip_row(giver, receiver, stamp(change.now), handed.due_at, "")
            change.open_task(
                Task(
                    leg=leg.name,
                    kind=leg.steps[0],
                    agency=leg.agency,
                    opened_at=stamp(change.now),
                    due_at=own,
                    procedure=dossier.head.procedure,
                    reference=dossier.reference,
                    dossier_code=code,
                    handed=None if (giver, receiver) == handed.row else row,
                )
            )
            change.tell(_told(change, dossier, leg, own), actor="one-stop")
        take_part(change, dossier, [leg.agency for leg in legs])

    def following(self, dossier: Dossier, *, begun: Collection[str], done: Collection[str]) -> list[RouteLeg]:
        """Which legs begin now."""
        return next_legs(dossier.plan, dossier.head.channel, begun, done)


def take_part(change: Change, dossier: Dossier, agencies: Sequence[str]) -> None:
    """These agencies see the dossier from now on; who receives or decides it does anyway."""
    head = dossier.head
    known = head.participants or ()
    new = [each for each in dict.fromkeys(agencies) if each not in (head.agency, *known)]
    if new:
        change.move(participants=(*known, *new))


def _told(change: Change, dossier: Dossier, leg: RouteLeg, due_at: str) -> LegOpened:
    head, at = dossier.head, stamp(change.now)
    return LegOpened(
        agency=leg.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or at,
        processed_at=at,
        due_at=due_at,
        reference=dossier.reference,
        leg=leg.name,
        stage=leg.stage,
    )
