"""A province of 200 units and the logs of its dossiers, by a seed; brought by an outbox that repeats and mixes up."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from chalicelib.contracts.event import Event, told
from chalicelib.contracts.onestop import DossierForwarded, DossierVerified
from chalicelib.contracts.submission import DraftOpened, DraftSaved
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.record import LogRow
from tests.support import measured as of

UNITS: Final = 200
PROCEDURES: Final = ("1.001193", "1.000894", "2.000815", "1.004222")
BEGAN: Final = datetime(2026, 1, 1, tzinfo=ZONE)
EACH: Final = 18
"""About as many events a dossier has as the demo's: most change no counter."""
_NOTICE: Final[dict[str, Any]] = of.NOTICE | {"processed_at": ""}


@cache
def _weights() -> tuple[list[str], list[float]]:
    """The biggest unit files a sixth of all: sizes as Zipf has them."""
    return [f"H01.{number}" for number in range(UNITS)], [1 / (number + 1) for number in range(UNITS)]


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M")


def life(chance: random.Random) -> Iterator[Event]:
    """A dossier's events, one after another: drafts that end nowhere, supplements, corrections, every way to end."""
    names, weights = _weights()
    unit = chance.choices(names, weights)[0]
    when = BEGAN + timedelta(minutes=chance.randrange(365 * 1440))
    due = when + timedelta(days=chance.choice((1, 3, 7)))

    def next_at(hours: float) -> str:
        nonlocal when
        when += timedelta(hours=chance.uniform(0, hours))
        return _moment(when)

    yield DraftOpened(procedure=PROCEDURES[0], agency=unit, channel="ONLINE")
    yield from (DraftSaved(form_version=number, broken=0) for number in range(chance.randrange(5)))
    if chance.random() < 0.2:
        yield of.referred()
    if chance.random() < 0.03:
        return
    yield of.submitted(
        _moment(when),
        agency=unit,
        procedure=chance.choice(PROCEDURES),
        channel=chance.choice(("ONLINE", "ONLINE", "DIRECT", "POSTAL")),
        party=chance.choice(("CITIZEN", "CITIZEN", "ORGANISATION", None)),
    )
    if chance.random() < 0.05:
        yield of.redirected(next_at(4), chance.choice(names))
    if chance.random() < 0.05:
        yield of.refused(next_at(9))
        return
    yield of.accepted(next_at(9), _moment(due))
    yield from (DossierForwarded(**_NOTICE, dossier_code="X") for _ in range(chance.randrange(4)))
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        yield of.asked(next_at(24))
        yield of.answered(next_at(48), by_officer=chance.random() < 0.3)
    yield from (DossierVerified(**_NOTICE, dossier_code="X") for _ in range(chance.randrange(6)))
    if chance.random() < 0.1:
        due += timedelta(days=3)
        yield of.extended(next_at(4), _moment(due))
    if chance.random() < 0.08:
        yield of.stopped(next_at(24), chance.choice(("withdrawn", "supplement_lapsed", "refused")), _moment(due))
        return
    yield of.processed(next_at(60), _moment(due))
    if chance.random() < 0.95:
        yield from _back(chance, next_at)


def _back(chance: random.Random, next_at: Callable[[float], str]) -> Iterator[Event]:
    """The applicant has the result, and some say how they were served."""
    yield of.returned(next_at(200), *chance.choice((("vault",), ("vault", "counter"), ("vault", "post"))))
    if chance.random() < 0.3:
        yield of.rated(next_at(100), satisfied=chance.random() < 0.8)


@dataclass
class Province:
    """The logs of so many events, and how far they are written: a row that the outbox brings is in its log.

    `first`: how many dossiers the province has before these.
    """

    seed: int
    events: int
    first: int = 0
    logs: dict[str, list[LogRow]] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the dossiers."""
        chance, size = random.Random(self.seed), 0
        while size < self.events:
            reference = f"MC-{self.first + len(self.logs):012d}"
            self.logs[reference] = [
                LogRow(sk=f"EVENT#{number:06d}", type=each.type, at="", hash="", prev="", data=told(each))
                for number, each in enumerate(life(chance), 1)
            ]
            size += len(self.logs[reference])
        self.size = size

    def events_after(self, reference: str, number: int) -> list[LogRow]:
        """What stands in a log behind a number, as far as it is written."""
        return self.logs[reference][number : self.written.get(reference, 0)]

    def all(self) -> Iterator[tuple[str, LogRow]]:
        """Every event of every log."""
        return ((reference, row) for reference, rows in self.logs.items() for row in rows)

    def batches(self) -> Iterator[list[tuple[str, LogRow]]]:
        """What the outbox brings: dossiers beside each other, rows late, some twice, all at least once."""
        chance, late = random.Random(self.seed + 1), list[tuple[str, LogRow]]()
        waiting = list(self.logs)
        while waiting:
            some, waiting = waiting[:40], waiting[40:]
            steps = [reference for reference in some for _ in self.logs[reference]]
            chance.shuffle(steps)
            for place in range(0, len(steps), 25):
                for reference in steps[place : place + 25]:
                    at = self.written[reference] = self.written.get(reference, 0) + 1
                    late.append((reference, self.logs[reference][at - 1]))
                chance.shuffle(late)
                brought, late = late[:25], late[25:] + chance.sample(late[:25], 2 if len(late) > 25 else 0)
                yield brought
        yield late
