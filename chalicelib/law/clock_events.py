"""What happens to the clock of a dossier: it stops, goes on, begins anew, is extended; and why an event is refused."""

from datetime import datetime
from typing import Final, Literal, get_args

import msgspec

from chalicelib.law.errors import LawError
from chalicelib.law.stops import StopReason
from chalicelib.law.terms import Term

EventType = Literal["stop", "resume", "restart", "extend"]
Refusal = Literal["after_end", "stands_already", "stands_not", "extension_late", "extension_second"]

REASONS: Final[frozenset[str]] = frozenset(get_args(StopReason))
TYPES: Final[frozenset[str]] = frozenset(get_args(EventType))


class BadEvent(LawError):
    """An event that says too little, or something unknown; `field` is the one, `rule` what it must be."""

    def __init__(self, field: str, rule: str) -> None:
        self.field, self.rule = field, rule
        super().__init__(f"not an event of the clock: {field}: {rule}")


class ClockEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the clock, at a moment of any zone. Raises BadEvent.

    `stop`: the clock stands from then on for its `reason`; `resume`: that reason is over. Several reasons may stand at
    once, and the clock runs while none does. `restart`: the full dossier is here, the term begins anew (Decree 61/2018
    Art. 19(4)). `extend`: the one new appointment, by `term` (Art. 19(9)).
    """

    type: EventType
    at: datetime
    reason: StopReason | None = None
    term: Term | None = None

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise BadEvent("type", f"one of {', '.join(get_args(EventType))}")
        if self.type in {"stop", "resume"} and self.reason not in REASONS:
            raise BadEvent("reason", f"one of {', '.join(get_args(StopReason))}")
        if self.type == "extend" and self.term is None:
            raise BadEvent("term", "an extension says how long it is")


class Refused(msgspec.Struct, frozen=True):
    """An event that changed nothing, and why.

    `after_end`: a stop at or after the due moment. `stands_already`: a stop for a reason that stands. `stands_not`: a
    resume of one that does not. `extension_late`: told on the due day or later. `extension_second`: there was one.
    """

    event: ClockEvent
    why: Refusal
