"""The bill: each line is a counted quantity of one dossier times a dated price; what has no price is told as unknown.

Four groups: `handled` is what a dossier uses until it is done, `month` what stands there every month, `year` what it
costs to keep the dossier, its files and its log, and to look at its chains again, for a year. `beside` is what one uses
more whose result goes to destinations beside the vault: the counted dossier goes to the vault alone. `notices` is what
Amazon's services send, where a stage has them send notices: an e-mail and an SMS each, to one receiver.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from infra.cost.assumed import MONTH_S, Assumed, assumed
from infra.cost.count import MOST_WRITES, Count, Work
from infra.cost.prices import Price, Region
from infra.cost.standing import SYSTEM_LINES, system_bytes
from infra.cost.streams import OUTBOX, busy
from infra.stack.functions import FUNCTIONS
from infra.stack.parameters import PARAMETERS
from infra.stack.resources import HEARING

GB: Final = 10**9
"""Bytes: AWS's own GB is 7 % more, so what is counted by the GB is rather too dear here."""
MONTHS: Final = 12
SWEEPS: Final = 365 / 240
"""How often the nightly sweep looks at a chain in a year (parameter `SweepDays`), after the night in which it ended."""

MEMORY: Final = "lambda.gb_seconds_arm"
"""Lambda's memory by time, on the processors for which `make package` packages."""
SWEEP_GB: Final = FUNCTIONS["audit_sweep"].memory / 1024

type Group = Literal["handled", "month", "year", "beside", "notices"]

SERVICES: Final = {
    "dynamodb": "DynamoDB",
    "states": "Step Functions",
    "events": "EventBridge",
    "lambda": "Lambda",
    "api": "API Gateway",
    "logs": "CloudWatch Logs",
    "cloudwatch": "CloudWatch",
    "s3": "S3",
    "sqs": "SQS",
    "kms": "KMS",
    "secrets": "Secrets Manager",
    "xray": "X-Ray",
    "transfer": "Data transfer",
    "ses": "SES",
    "sns": "SNS",
}


@dataclass(frozen=True)
class Line:
    """A line of the bill: so much of a thing, by a price; `usd` is None when the price is unknown."""

    group: Group
    key: str
    what: str
    quantity: float
    price: Price
    per_dossier: float | None = None

    @property
    def service(self) -> str:
        """AWS's service."""
        return SERVICES[self.key.partition(".")[0]]

    @property
    def usd(self) -> float | None:
        """Dollars."""
        return self.price.of(self.quantity)


@dataclass(frozen=True)
class Bill:
    """All lines for a number of dossiers in one month."""

    dossiers: int
    lines: tuple[Line, ...]

    def sum(self, *groups: Group) -> float:
        """Dollars of some groups."""
        return sum(line.usd or 0.0 for line in self.lines if line.group in groups)

    def services(self, group: Group) -> dict[str, float]:
        """Dollars by service, in the order of their lines."""
        found: dict[str, float] = {}
        for line in self.lines:
            if line.group == group:
                found[line.service] = found.get(line.service, 0.0) + (line.usd or 0.0)
        return found

    @property
    def unknown(self) -> tuple[Line, ...]:
        """Lines without a price."""
        return tuple(line for line in self.lines if line.usd is None)


def bill(count: Count, region: Region, dossiers: int, given: Assumed | None = None) -> Bill:
    """What so many dossiers cost in a region. Raises Unpriced."""
    given = given or assumed()
    used = (*_handled(count, dossiers, given), *_year(count, given), *_beside(count, given), *_notices(count))
    lines = [
        Line(group, key, what, each * dossiers, region.price(key), each) for group, key, what, each in used if each > 0
    ]
    month = _month(count, dossiers, given)
    lines += [Line("month", key, what, number, region.price(key)) for key, what, number in month if number > 0]
    return Bill(dossiers, tuple(lines))


# --- a dossier until it is done ------------------------------------------------------------------------------

type Each = tuple[Group, str, str, float]


def written(count: Count, dossiers: int, given: Assumed) -> float:
    """Write units of one of so many dossiers, without the lines of who opened what."""
    others = sum(sum(w.write_units.values()) for name, w in count.functions.items() if name != OUTBOX)
    return others - count.ledger_lines + busy(count, dossiers, given).write_units


def _handled(count: Count, dossiers: int, given: Assumed) -> Iterator[Each]:
    """What one of so many dossiers uses, by line."""
    work, calls = count.work, count.calls
    lines, outbox = count.ledger_lines, busy(count, dossiers, given)
    others = {name: w for name, w in count.functions.items() if name != OUTBOX}
    yield "handled", "dynamodb.write_units", "written", written(count, dossiers, given)
    yield "handled", "dynamodb.write_units", "written: who opened what", lines
    yield "handled", "dynamodb.read_units", "read", sum(work.read_units.values())
    yield "handled", "states.transitions", "states entered", count.states
    yield "handled", "events.custom", "events on our bus", sum(count.events.values())
    yield "handled", "events.from_s3", "events of the intake bucket", count.intake_changes
    yield "handled", "lambda.requests", "invocations", sum(w.invocations for w in others.values()) + outbox.invocations
    yield "handled", MEMORY, "memory by time", gb_seconds(others, given) + outbox.gb_seconds
    yield "handled", "api.requests", "requests", count.outside.requests
    yield "handled", "logs.gb", "written", log_bytes(count, given) / GB
    writes, reads = _requests(calls)
    yield "handled", "s3.writes", "PUT, POST, LIST", writes
    yield "handled", "s3.reads", "GET, HEAD", reads
    yield "handled", "kms.requests", "for files, by bucket keys", (writes + reads) * given.bucket_key_share.value
    yield "handled", "kms.requests", "by our own calls", count.called("kms") - calls.get("kms.sign", 0)
    yield "handled", "kms.signatures", "signatures", calls.get("kms.sign", 0)
    messages = sum(w.invocations for name, w in count.functions.items() if name in HEARING)
    yield "handled", "sqs.requests", "messages: send, receive, delete", messages * 3 + count.called("sqs")
    yield "handled", "transfer.gb_out", "answers and files", count.outside.bytes_out / GB


def _beside(count: Count, given: Assumed) -> Iterator[Each]:
    """What destinations beside the vault use more, of one dossier."""
    if count.beside is None:
        return
    functions = count.beside.functions
    work = sum(functions.values(), Work())
    yield "beside", "states.transitions", "states entered", count.beside.states
    yield "beside", "dynamodb.write_units", "written", sum(work.write_units.values())
    yield "beside", "dynamodb.read_units", "read", sum(work.read_units.values())
    yield "beside", "events.custom", "events on our bus", count.beside.events
    yield "beside", "lambda.requests", "invocations", work.invocations
    yield "beside", MEMORY, "memory by time", gb_seconds(functions, given)
    yield "beside", "api.requests", "requests", functions.get("delivery_api", Work()).invocations
    messages = sum(w.invocations for name, w in functions.items() if name in HEARING)
    yield "beside", "sqs.requests", "messages: send, receive, delete", messages * 3


def _notices(count: Count) -> Iterator[Each]:
    """What SES and SNS are given of one dossier, where a stage sends by both."""
    if count.messages is None:
        return
    yield "notices", "ses.emails", "notices by e-mail", count.messages.emails
    yield "notices", "sns.sms", "notices by SMS, their parts", count.messages.sms_parts


def gb_seconds(functions: Mapping[str, Work], given: Assumed) -> float:
    """What Lambda charges for the work of functions."""
    return sum(given.gb_seconds(name, work) for name, work in functions.items())


def log_bytes(count: Count, given: Assumed) -> float:
    """Bytes of log of one dossier: our lines, Lambda's lines where they are on, the lines of the API."""
    work = count.work
    system = system_bytes() * work.invocations if count.system_lines else 0
    lines = work.log_lines + count.outside.requests + (SYSTEM_LINES * work.invocations if count.system_lines else 0)
    return work.log_bytes + count.outside.log_bytes + system + lines * given.log_line_bytes.value


def _requests(calls: Mapping[str, int]) -> tuple[int, int]:
    """Requests of S3 that are dear, and the others; a DELETE is free."""
    named = {call.partition(".")[2]: number for call, number in calls.items() if call.startswith("s3.")}
    writes = sum(number for name, number in named.items() if name in MOST_WRITES)
    reads = sum(n for name, n in named.items() if name not in MOST_WRITES and not name.startswith("delete"))
    return writes, reads


# --- a month, a year -----------------------------------------------------------------------------------------


def _month(count: Count, dossiers: int, given: Assumed) -> Iterator[tuple[str, str, float]]:
    """What stands there, what the clock calls, and what AWS does by the second and not by the dossier."""
    for key, number in count.fixed.items():
        yield key, "declared in the templates", number
    ticks = count.ticks.values()
    yield "lambda.requests", "what the clock calls", sum(t.per_month for t in ticks)
    worked = sum(given.gb_seconds(t.function, t.work) * t.per_month for t in ticks)
    written = sum(sum(t.work.write_units.values()) * t.per_month for t in ticks)
    was_read = sum(sum(t.work.read_units.values()) * t.per_month for t in ticks)
    yield MEMORY, "what the clock calls", worked
    yield "dynamodb.write_units", "what the clock calls", written
    yield "dynamodb.read_units", "what the clock calls", was_read
    yield "sqs.requests", "idle queues asked", len(HEARING) * given.queue_polls_a_minute.value * MONTH_S / 60
    pairs = sum(len({*w.write_units, *w.read_units}) for w in count.functions.values())
    yield "kms.requests", "keys of tables, at most", pairs * MONTH_S / 60 / given.table_key_minutes.value
    sealers = sum("Sealing" in w.read_units for w in count.functions.values())
    held = sealers * given.sealing_processes.value * given.sealing_days.value
    yield "kms.requests", "keys of days, at most", held * MONTH_S / PARAMETERS["SealingSeconds"]["Default"]
    yield "xray.traces", "traces (`TracedShare`)", count.outside.requests * dossiers * given.traced_share.value


def _year(count: Count, given: Assumed) -> Iterator[Each]:
    """Keeping one dossier."""
    rows, files = count.kept.rows / GB, count.kept.files / GB
    yield "year", "dynamodb.gb_months", "rows", rows * MONTHS
    yield "year", "dynamodb.recovery_gb_months", "rows, to any point in time", rows * MONTHS
    yield "year", "s3.gb_months", "files, every version", files * MONTHS
    yield "year", "logs.gb_months", "log (`LogDays`)", log_bytes(count, given) / GB * MONTHS
    looks = 1 + SWEEPS
    swept = count.swept
    yield "year", MEMORY, "nightly sweep", looks * given.look_seconds(swept) * SWEEP_GB
    yield "year", "dynamodb.read_units", "nightly sweep", looks * sum(swept.read_units.values())
    yield "year", "dynamodb.write_units", "nightly sweep", looks * sum(swept.write_units.values())
    writes, reads = _requests(swept.calls)
    yield "year", "s3.writes", "nightly sweep", looks * writes
    yield "year", "s3.reads", "nightly sweep", looks * reads
    keys = sum(number for call, number in swept.calls.items() if call.startswith("kms."))
    yield "year", "kms.requests", "nightly sweep", looks * keys
