"""What a dossier uses more whose result goes to destinations beside the vault: the difference of two counts."""

from collections.abc import Mapping
from typing import Final

from msgspec import structs

from infra.cost import journey
from infra.cost.count import Beside, Work
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import TIMED

OURS: Final = (*(name for name in FUNCTIONS if name.startswith("delivery_")), "onestop_record_delivery")
"""The functions that have to do with destinations."""


def beside(more: Mapping[str, Work], before: Mapping[str, Work], events: int, states: int) -> Beside:
    """Of two dossiers' work by function, the second without destinations; `events` is what the first told more."""
    functions = dict[str, Work]()
    for name in OURS:
        if name in more and name not in TIMED:  # what the clock calls is of no dossier
            work, idle = more[name], before.get(name, Work())
            functions[name] = structs.replace(less(work, idle), invocations=work.invocations - idle.invocations)
    return Beside(destinations=journey.BESIDE, states=states, events=events, functions=functions)


def less(work: Work, idle: Work) -> Work:
    """What a call did beyond what it does when there is nothing."""
    calls = {name: number - idle.calls.get(name, 0) for name, number in work.calls.items()}
    reads = {name: units - idle.read_units.get(name, 0) for name, units in work.read_units.items()}
    writes = {name: units - idle.write_units.get(name, 0) for name, units in work.write_units.items()}
    return Work(
        cpu_ms=round(max(0.0, work.cpu_ms - idle.cpu_ms), 1),
        calls={k: v for k, v in calls.items() if v > 0},
        read_units={k: v for k, v in reads.items() if v > 0},
        write_units={k: v for k, v in writes.items() if v > 0},
    )
