"""The sweep looks at legs whose next time passed: what was missed is told once, to the agencies of both ends."""

from dataclasses import dataclass

from msgspec import structs

from chalicelib.contracts.bundles import TimeMissed
from chalicelib.dossier import legs
from chalicelib.dossier.bundled import started_leg
from chalicelib.dossier.items import Leg, Task
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.onestop.bundles.times import Time, next_look, open_times, passed
from chalicelib.onestop.ports import Dossiers


@dataclass(frozen=True)
class Watch:
    """What the sweep does with a leg that waits for its child."""

    dossiers: Dossiers
    clock: Clock

    def look(self, row: TaskRow) -> bool:
        """Tell of each time that passed, and put the leg off to the next one. Whether something was missed.

        Raises TryAgain, stored.Unreadable.
        """

        def once() -> bool:
            dossier, now = self.dossiers.dossier(row.pk, Part.PLAN, Part.TASKS), self.clock()
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open or moment(task.due_at) >= now:
                return False
            found = started_leg(dossier.plan, row.leg)
            leg = self.dossiers.leg(row.pk, row.leg)
            if found is None or leg is None or leg.child is None:
                return False
            child = self.dossiers.dossier(leg.child, Part.TASKS)
            missed = list(passed(open_times(found.start, leg, child), now))
            change = self.dossiers.change(dossier, now)
            for each in missed:
                change.tell(_told(dossier, task, leg, child, each), actor="sweep")
            seen = (*leg.missed, *(each.name for each in missed))
            if missed:
                change.also("leg", legs.missing(row.pk, row.leg, seen))
            rest = open_times(found.start, structs.replace(leg, missed=seen), child)
            ahead = [each.due_at for each in rest if each.due_at >= now]
            change.put_off(task, stamp(min([*ahead, next_look(now)]))).write()
            return bool(missed)

        return record.settled(once)


def _told(dossier: Dossier, task: Task, leg: Leg, child: Dossier | None, time: Time) -> TimeMissed:
    return TimeMissed(
        reference=dossier.reference,
        leg=task.leg,
        timer=time.timer.name,
        due_at=stamp(time.due_at),
        agency=task.agency,
        sender=dossier.head.agency,
        citation=time.timer.citation,
        text_vi=time.timer.text_vi,
        text_en=time.timer.text_en,
        child=leg.child if child else None,
        fix=time.is_fix,
    )
