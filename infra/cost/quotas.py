"""What must be asked of AWS for a number of dossiers a second, and by when each buffer is empty after an hour of it.

The need of everything is what one dossier uses in its life, times the rate: at the peak as many are received, verified
and returned as are submitted. Buffers are judged with what is asked for granted and our own caps set as told, or,
`as_is`, with AWS's defaults and the templates' own caps.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from chalicelib.audit.fence import SHARDS
from chalicelib.audit.model import SPREAD
from chalicelib.audit.service import AT_ONCE as LOOKS
from chalicelib.audit.service import LASTS
from chalicelib.outbox.publish import PER_CALL
from infra.cost.assumed import Assumed, assumed
from infra.cost.count import Count, Struct, Work
from infra.cost.prices import UnknownRegion
from infra.cost.standing import per_month
from infra.cost.streams import FIGURES, OUTBOX, PEAK, PEAK_MONTH, busy, figures, waits
from infra.stack.functions import FUNCTIONS
from infra.stack.parameters import PARAMETERS
from infra.stack.resources import AT_ONCE, HEARING, NIGHT, PARALLEL, TABLES, UNLOGGED, logical
from infra.stack.stores import KEPT, TRIED_FOR

FILE: Final = Path(__file__).parent / "quotas.json"
ROOM: Final = 0.8
"""Share of a quota that a need may take: what is above it is asked for."""
OPEN_DAYS: Final = 5
"""How long a dossier stays open, days: not counted, a policy for planning."""
BURST_S: Final = 3600
FOLLOWED: Final = "Dossiers"
"""The table whose events the figures are counted from."""
SHARD_UNITS: Final = 1000
"""Write units a second of one partition of a table, which has one shard of the stream."""
DAY_S: Final = 86400
SWEEP_DAYS: Final = int(PARAMETERS["SweepDays"]["Default"])
RUN_EVERY_MIN: Final = 1
"""Minutes from one run of the night to the next (`NIGHT`)."""


class Quota(Struct, frozen=True, kw_only=True):
    """A default quota of AWS, with its source and the day it was read."""

    value: float
    source: str
    date: str
    note: str = ""
    adjustable: bool = True


class Quotas(Struct, frozen=True, kw_only=True):
    """A region's."""

    name: str
    quotas: dict[str, Quota]


class QuotaList(Struct, frozen=True, kw_only=True):
    """Every region that we have quotas of."""

    words: str
    regions: dict[str, Quotas]

    def region(self, name: str) -> Quotas:
        """A region's quotas. Raises UnknownRegion."""
        if name not in self.regions:
            raise UnknownRegion(f"{name}: no quotas; there are some of {', '.join(self.regions)}")
        return self.regions[name]


def load(file: Path = FILE) -> QuotaList:
    """The quotas. Raises OSError, msgspec.ValidationError."""
    return msgspec.json.decode(file.read_bytes(), type=QuotaList)


@dataclass(frozen=True)
class Need:
    """What we need of something that AWS limits, or that a parameter of ours caps (`source` is empty then)."""

    what: str
    need: float
    has: float
    source: str = ""
    note: str = ""
    adjustable: bool = True

    @property
    def fits(self) -> bool:
        """Whether there is room."""
        return self.need <= self.has * ROOM

    @property
    def ask(self) -> float:
        """What to ask for, or to set: two digits are enough."""
        if self.fits:
            return self.has
        wanted = round(self.need / ROOM, 6)
        step = 10.0 ** max(0, int(math.log10(wanted)) - 1)
        return math.ceil(wanted / step) * step

    def given(self, *, as_is: bool) -> float:
        """What there is: today, or once it was asked for."""
        return self.has if as_is or not self.adjustable else self.ask


@dataclass(frozen=True)
class Buffer:
    """Work that waits: so much a second comes in an hour at the rate, so much is done; it keeps things so long."""

    name: str
    comes: float
    done: float
    after: float
    """What comes a second after the hour."""
    keeps_s: float
    why: str

    @property
    def behind(self) -> float:
        """What waits after the hour."""
        return max(0.0, self.comes - self.done) * BURST_S

    @property
    def drains_s(self) -> float | None:
        """Seconds until it is empty, at the mean of office hours; None when it grows for ever."""
        left = self.done - self.after
        if not self.behind:
            return 0.0
        return self.behind / left if left > 0 else None

    @property
    def oldest_s(self) -> float:
        """How long the last thing of the hour waits."""
        return self.behind / self.done if self.done else math.inf

    @property
    def holds(self) -> bool:
        """Whether it drains, and nothing in it becomes older than it is kept."""
        return self.drains_s is not None and self.oldest_s <= self.keeps_s


@dataclass(frozen=True)
class Plan:
    """Needs and buffers at a rate."""

    rate: float
    needs: tuple[Need, ...]
    buffers: tuple[Buffer, ...]

    @property
    def bottlenecks(self) -> tuple[Buffer, ...]:
        """Buffers that grow for ever, or lose what they hold."""
        return tuple(b for b in self.buffers if not b.holds)


def plan(count: Count, region: Quotas, rate: float, *, as_is: bool = False, given: Assumed | None = None) -> Plan:
    """What so many dossiers a second need in a region."""
    given = given or assumed()
    caps = tuple(_caps(count, rate, given))
    needs = {n.what: n for n in (*_needs(count, region, rate, given, caps), *caps)}
    return Plan(rate, tuple(needs.values()), tuple(_buffers(count, rate, needs, given, as_is=as_is)))


# --- needs ---------------------------------------------------------------------------------------------------


CONCURRENCY: Final = "concurrency of Lambda"


def _needs(count: Count, region: Quotas, rate: float, given: Assumed, caps: tuple[Need, ...]) -> Iterator[Need]:
    calls = count.calls
    capped = {cap.what for cap in caps}
    shared = sum(_busy(n, count, given) for n in count.functions if _cap(n) not in capped)
    reserved = sum(cap.ask for cap in caps if cap.what != THROTTLE) / rate

    def need(what: str, key: str, each: float, note: str = "") -> Need:
        quota = region.quotas[key]
        return Need(what, each * rate, quota.value, quota.source, note or quota.note, quota.adjustable)

    started = calls.get("stepfunctions.start_execution", 0)
    yield need("StartExecution", "states.start_execution", started)
    yield need("state transitions", "states.transitions", count.states)
    yield need("SendTaskSuccess", "states.send_task_success", calls.get("stepfunctions.send_task_success", 0))
    opened = PEAK_MONTH / 30 * OPEN_DAYS * started
    yield need("open executions", "states.open_executions", opened, f"{OPEN_DAYS} days each: a policy, not counted")
    yield need("PutEvents", "events.put_events", put_calls(count))
    yield need("invocations by rules", "events.invocations", sum(count.functions[n].invocations for n in _ruled(count)))
    yield need(CONCURRENCY, "lambda.concurrency", shared + reserved)
    for table in (*TABLES, *UNLOGGED):
        written = sum(w.write_units.get(table, 0) for w in count.functions.values())
        was_read = sum(w.read_units.get(table, 0) for w in count.functions.values())
        yield need(f"write units of {table}", "dynamodb.table_write_units", written)
        yield need(f"read units of {table}", "dynamodb.table_read_units", was_read)
    noted = busy(count, round(PEAK_MONTH * PEAK * rate), given).write_units / SHARDS
    yield need(f"write units of one key (CHANGED#, one of {SHARDS})", "dynamodb.key_write_units", noted)
    own = count.called("kms") - calls.get("kms.sign", 0)
    yield need("KMS, symmetric keys", "kms.symmetric", count.called("s3") + own, "as if no bucket key saved a call")
    yield need("KMS, RSA keys", "kms.rsa", calls.get("kms.sign", 0))
    yield need("requests of the API", "api.requests", count.outside.requests)


def put_calls(count: Count) -> float:
    """Calls of PutEvents for one dossier: full ones, as of a busy stream; the count's own have an event or two each."""
    return sum(count.events.values()) / PER_CALL


def _busy(name: str, count: Count, given: Assumed) -> float:
    """How many of a function run at once for one dossier a second."""
    work = count.functions.get(name, Work())
    return given.seconds(name, work) * work.invocations


def _ruled(count: Count) -> list[str]:
    """Functions that rules bring work to and that a dossier needs."""
    return [name for name in count.functions if name in HEARING]


THROTTLE: Final = "ThrottleRate (ours)"
"""The parameter of the app stack, and its default."""
THROTTLED: Final = 2000


def _caps(count: Count, rate: float, given: Assumed) -> Iterator[Need]:
    """Our own: parameters of the app stack."""
    yield Need(THROTTLE, count.outside.requests * rate, THROTTLED)
    for name in _ruled(count):
        if cap := FUNCTIONS[name].reserved:
            yield Need(_cap(name), _busy(name, count, given) * rate, cap)
    yield Need(_cap("audit_sweep"), 0, FUNCTIONS["audit_sweep"].reserved)


def _cap(name: str) -> str:
    return f"Reserve{logical(name)} (ours)"


# --- buffers -------------------------------------------------------------------------------------------------


def _buffers(count: Count, rate: float, needs: dict[str, Need], given: Assumed, *, as_is: bool) -> Iterator[Buffer]:
    for table, rows in count.rows.items():
        yield _stream(table, rows, count, rate, needs, given, as_is=as_is)
    invoked = needs["invocations by rules"]
    yield _buffer("bus to workers", invoked.need, invoked.given(as_is=as_is), DAY_S, "EventBridge tries for a day")
    for name in _ruled(count):
        yield _worker(name, count, rate, needs, given, as_is=as_is)
    states = needs["state transitions"]
    yield _buffer("executions", states.need, states.given(as_is=as_is), 365 * DAY_S, "one that is throttled waits")
    yield _sweep(count, rate, needs, given, as_is=as_is)


def _sweep(count: Count, rate: float, needs: dict[str, Need], given: Assumed, *, as_is: bool) -> Buffer:
    """Chains of each night: those of the day's dossiers, and the share of a year's that is due again."""
    grown = PEAK_MONTH * rate / 30 * count.chains
    again = PEAK_MONTH * rate * 12 * count.chains / (SWEEP_DAYS - SWEEP_DAYS / SPREAD / 2)
    hours = per_month(NIGHT) / 30 * RUN_EVERY_MIN / 60
    at_once = min(needs[_cap("audit_sweep")].given(as_is=as_is), LASTS.total_seconds() / 60 / RUN_EVERY_MIN)
    night = hours * 3600 * at_once / given.look_seconds(count.swept) * count.chains
    comes = grown + again
    looks = f"{at_once:.2g} runs of {LOOKS} looks at a time"
    why = f"{grown:,.0f} a night that grew, {again:,.0f} of a year due again; {looks}"
    return Buffer("chains to sweep", comes / DAY_S, night / DAY_S, comes / DAY_S, 2 * DAY_S, why)


def _buffer(name: str, comes: float, done: float, keeps_s: float, why: str) -> Buffer:
    return Buffer(name, comes, done, comes / PEAK, keeps_s, why)


def _stream(
    table: str, rows: int, count: Count, rate: float, needs: dict[str, Need], given: Assumed, *, as_is: bool
) -> Buffer:
    """A shard is read by some invocations at a time: each does rows as long as its batch has some."""
    shards = max(1, math.ceil(needs[f"write units of {table}"].need / SHARD_UNITS))
    done = shards * PARALLEL / row_of(table, rows, count, given)
    may = needs["PutEvents"].given(as_is=as_is) * rows / put_calls(count)
    why = f"{shards} shards, {PARALLEL} batches each at a time" if done < may else "PutEvents"
    return _buffer(f"stream of {table}", rows * rate, min(done, may), DAY_S, why)


def row_of(table: str, rows: int, count: Count, given: Assumed) -> float:
    """How long the outbox takes for a row of a table of which a dossier has so many; figures are counted of one."""
    return row_seconds(count, given) + (waits(figures(count), given) / rows if table == FOLLOWED else 0.0)


def row_seconds(count: Count, given: Assumed) -> float:
    """How long the outbox takes for a row of a full batch: its counted work and notes, its events ten a call."""
    full, rows = (count.batch, count.batch_rows) if count.batch_rows else (count.functions[OUTBOX], 0)
    notes = {c: number for c, number in full.calls.items() if c.startswith("dynamodb.") and c not in FIGURES}
    alone = Work(invocations=1, cpu_ms=full.cpu_ms, calls=notes)
    puts = put_calls(count) * given.wait_ms("events.put_events") / 1000
    every = sum(count.rows.values())
    return given.seconds(OUTBOX, alone) / (rows or every) + puts / every


def _worker(name: str, count: Count, rate: float, needs: dict[str, Need], given: Assumed, *, as_is: bool) -> Buffer:
    work, keeps, why = count.functions[name], KEPT, "its own concurrency"
    if _cap(name) in needs:
        at_once = needs[_cap(name)].given(as_is=as_is)
    else:
        share, why = _shared(count, rate, needs, given, as_is=as_is), "the account's concurrency"
        at_once = share * _busy(name, count, given) * rate
        if at_once > AT_ONCE:
            at_once, why = AT_ONCE, "what its queue lets run at once"
    done = at_once / given.seconds(name, work)
    for call, need in (("start_execution", "StartExecution"), ("send_task_success", "SendTaskSuccess")):
        if each := work.calls.get(f"stepfunctions.{call}", 0):
            limit = needs[need].given(as_is=as_is) * work.invocations / each
            if limit < done:
                done, why, keeps = limit, need, TRIED_FOR
    return _buffer(f"events for {name}", work.invocations * rate, done, keeps, why)


def _shared(count: Count, rate: float, needs: dict[str, Need], given: Assumed, *, as_is: bool) -> float:
    """How much of what they need those without a cap get of the account's concurrency."""
    capped = [n for n in count.functions if _cap(n) in needs]
    free = needs[CONCURRENCY].given(as_is=as_is) - sum(needs[_cap(n)].given(as_is=as_is) for n in capped)
    wanted = sum(_busy(n, count, given) for n in count.functions if n not in capped) * rate
    return max(0.0, free) / wanted if wanted else 0.0
