"""Which wait ends by itself when its time is over, and what becomes of it then."""

from collections.abc import Callable, Mapping

from chalicelib.dossier.items import TaskKind
from chalicelib.dossier.lists import TaskRow
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.onestop.bundles.watch import Watch
from chalicelib.onestop.confirming.answering import SilentConsent
from chalicelib.onestop.consulting.answering import Silence
from chalicelib.onestop.legs.opening import Opening
from chalicelib.onestop.store import Table
from chalicelib.onestop.supplement.lapse import Lapse

type Windows = Mapping[TaskKind, Callable[[TaskRow], bool]]


def windows(table: Table, clock: Clock = utc_now) -> Windows:
    """What the sweep does with a task of a kind whose time is over; all other kinds it marks as late.

    A supplement lapses, a draft counts as confirmed, the silence of an agency is recorded, and the
    timers of a child dossier are looked at.
    """
    return {
        "supplement": Lapse(table, clock).end,
        "confirm": SilentConsent(table, clock).end,
        "consult": Silence(table, Opening(table.office), clock).end,
        "child": Watch(table, clock).look,
    }
