"""Worlds of some agencies and months, by a seed: honest ones, and ones in which somebody flatters the figures."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.contracts.event import Event, told
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.record import LogRow
from chalicelib.law.findings import RuleId
from chalicelib.measures.facts import Told, folded
from chalicelib.measures.finders import found, judged
from chalicelib.measures.model import Finding, Measured
from tests.support import measured as of

UNITS: Final = ("H01.10.24", "H01.10.25", "H01.10.26")
OPENS: Final = datetime(2026, 9, 1, 8, tzinfo=ZONE)
DAYS: Final = 60
HONEST: Final = 60
"""Honest dossiers of a world."""
MANY: Final = 24
"""Dossiers that somebody closes in a few minutes."""

type Log = list[Event]


def _text(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S")


@dataclass
class Life:
    """A dossier on its way: each step some time after the one before."""

    chance: random.Random
    when: datetime
    term: timedelta
    log: Log = field(default_factory=list)
    due: datetime = OPENS
    sha256: str = ""

    def after(self, **least: float) -> str:
        """Some time later, at least so much, no more than half as much again."""
        self.when += timedelta(**least) * self.chance.uniform(1, 1.5)
        return _text(self.when)

    def filed(self, **changes: Any) -> "Life":
        """Submitted, with a file."""
        self.sha256 = f"{self.chance.getrandbits(256):064x}"
        given: dict[str, Any] = {"agency": self.chance.choice(UNITS), "components": (of.file_of(self.sha256),)}
        self.log.append(of.submitted(_text(self.when), **given | changes))
        return self

    def accepted(self) -> "Life":
        """Accepted within some hours."""
        at = self.after(hours=1)
        self.due = self.when + self.term
        self.log.append(of.accepted(at, _text(self.due)))
        return self

    def verified(self) -> "Life":
        """Somebody verified it."""
        self.log.append(of.verified(self.after(hours=2)))
        return self

    def supplemented(self, at: float = 0.3) -> "Life":
        """Asked for when so much of the term had run, and the term begins anew with what comes."""
        self.when = max(self.when, self.due - self.term * (1 - at))
        self.log.append(of.asked(_text(self.when), _text(self.due)))
        came = self.after(hours=20)
        self.due = self.when + self.term
        self.log.append(of.answered(came, restarted=True, due_at=stamp(self.due)))
        return self

    def processed(self, left: timedelta | None = None, **changes: Any) -> "Life":
        """Signed: in the middle of what is left of the term, or so long before it is due; at whatever minute."""
        rest = self.due - self.when
        self.when = self.due - left if left is not None else self.when + rest * self.chance.uniform(0.2, 0.7)
        self.log += [of.leg_done(_text(self.when)), of.processed(_text(self.when), _text(self.due), **changes)]
        return self

    def returned(self) -> "Life":
        """Its applicant has the result."""
        self.log.append(of.returned(self.after(minutes=1)))
        return self


def honest(chance: random.Random) -> Log:
    """What agencies do, some of it late, wrong or on paper: nothing of it flatters anything."""
    life = Life(
        chance, OPENS + timedelta(minutes=chance.randrange(DAYS * 1440)), timedelta(days=chance.choice((3, 5, 10)))
    )
    way = chance.choice(("ONLINE", "ONLINE", "DIRECT", "POSTAL"))
    if way == "ONLINE":
        life.filed()
        if chance.random() < 0.2:
            life.log.append(of.received(life.after(minutes=5)))  # one paper more, beside what came online
    else:
        life.filed(channel=way, components=())
        life.log.append(of.received(life.after(minutes=5)))
    if chance.random() < 0.05:
        life.log.append(of.refused(life.after(hours=1)))
        return life.log
    life.accepted()
    if chance.random() < 0.25:
        life.supplemented()
    if chance.random() < 0.3:
        life.log.append(of.to_pay(life.after(minutes=10)))
        by = chance.choice(
            ({"paid_by": "counter"}, {"paid_by": "transfer"}, {"paid_by": "portal", "transaction": "PP-1"}, {})
        )
        life.log.append(of.paid(life.after(hours=1), **by))
    life.verified()
    end = chance.random()
    if end < 0.05:
        life.log.append(of.stopped(life.after(hours=2), "withdrawn", _text(life.due)))
        return life.log
    if end < 0.2:
        life.processed(timedelta(hours=chance.uniform(-40, 3)))  # at the last moment, or late
    else:
        life.processed()
    life.returned()
    if end > 0.95:
        life.log.append(of.corrected(life.after(days=3)))  # an honest mistake, in what was no hurry
    return life.log


# --- each way of gaming: the logs of one or more dossiers ---------------------------------------------------------


def _begun(chance: random.Random, days: int = 5, **filed: Any) -> Life:
    return Life(chance, OPENS + timedelta(hours=chance.randrange(DAYS * 24)), timedelta(days=days)).filed(**filed)


def _reopened(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance).accepted().verified().processed(timedelta(hours=chance.uniform(0, 3.9))).returned()
    life.log.append(of.corrected(life.after(days=2)))
    yield life.log
    life = _begun(chance).accepted().verified().processed()
    life.log.append(of.asked(life.after(days=1)))
    yield life.log


def _clock_reset(chance: random.Random) -> Iterator[Log]:
    yield _begun(chance).accepted().verified().supplemented(chance.uniform(0.92, 1.4)).processed().returned().log


def _second_supplement(chance: random.Random) -> Iterator[Log]:
    yield _begun(chance).accepted().supplemented().supplemented().verified().processed().returned().log


def _bulk_closing(chance: random.Random) -> Iterator[Log]:
    due = OPENS + timedelta(days=chance.randrange(10, DAYS), hours=9)
    unit, begin = chance.choice(UNITS), timedelta(minutes=chance.uniform(20, 50))
    for place in range(MANY):
        life = Life(chance, due - timedelta(days=5), timedelta(days=5)).filed(agency=unit).accepted().verified()
        life.due = due
        yield life.processed(begin - timedelta(seconds=20 * place)).returned().log


def _supplement_as_processed(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance).accepted().verified()
    life.log.append(of.asked(life.after(hours=1), _text(life.due)))
    yield life.processed().log


def _payment_as_processed(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance).accepted().verified()
    life.log.append(of.to_pay(life.after(hours=1)))
    yield life.processed().log


def _closed_at_reception(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance).accepted()
    life.log.append(of.processed(life.after(minutes=1), _text(life.due)))
    yield life.returned().log


def _own_file(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance).accepted().verified()
    yield life.processed(sha256=life.sha256).returned().log
    life = _begun(chance).accepted().verified()
    life.log.append(of.received(life.after(hours=1), life.sha256, result=of.RESULT))
    yield life.processed().returned().log


def _cash(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance).accepted()
    life.log += [of.to_pay(life.after(hours=1)), of.paid(life.after(hours=1), paid_by="portal")]
    yield life.verified().processed().returned().log


def _post(chance: random.Random) -> Iterator[Log]:
    life = _begun(chance, components=())
    life.log.append(of.received(life.after(minutes=5)))
    yield life.accepted().verified().processed().returned().log


WAYS: Final[Mapping[RuleId, Callable[[random.Random], Iterator[Log]]]] = {
    "reopened": _reopened,
    "clock_reset": _clock_reset,
    "second_supplement": _second_supplement,
    "bulk_closing": _bulk_closing,
    "supplement_as_processed": _supplement_as_processed,
    "payment_as_processed": _payment_as_processed,
    "closed_at_reception": _closed_at_reception,
    "own_file_as_result": _own_file,
    "cash_as_online": _cash,
    "post_as_online": _post,
}


@dataclass
class World:
    """The logs of a seed, by reference, and in which of them somebody flatters the figures, by which rule."""

    seed: int
    ways: Iterable[RuleId] = ()
    logs: dict[str, Log] = field(default_factory=dict)
    gamed: set[tuple[RuleId, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Draw the dossiers."""
        chance = random.Random(self.seed)
        for _ in range(HONEST):
            self._add(honest(chance))
        for way in self.ways:
            for log in WAYS[way](chance):
                self.gamed.add((way, self._add(log)))

    def _add(self, log: Log) -> str:
        reference = f"MC-{self.seed:04d}{len(self.logs):06d}"
        self.logs[reference] = log
        return reference

    def found(self) -> list[Finding]:
        """What the finders say of all of it."""
        return judged(each for reference, log in self.logs.items() for each in found(reference, whole(log)))


def whole(log: Log) -> Measured:
    """What is kept of a dossier with these events."""
    return folded(Measured(), (Told(number, each.type, told(each)) for number, each in enumerate(log, 1)))


def rows(log: Log) -> list[LogRow]:
    """A log as it is stored."""
    return [
        LogRow(sk=f"EVENT#{number:06d}", type=each.type, at="", hash="", prev="", data=told(each))
        for number, each in enumerate(log, 1)
    ]


def said(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """By which rule in which dossier."""
    return {(each.rule, each.reference) for each in findings}
