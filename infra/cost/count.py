"""What one dossier uses of AWS: counted on the embedded cloud (`counting.py`), kept as a dated file for the bill."""

from pathlib import Path
from typing import Final

import msgspec

FILE: Final = Path(__file__).parent / "count.json"
MOST_WRITES: Final = frozenset({"put_object", "upload", "copy_object", "list_objects_v2"})
"""What S3 charges as PUT, COPY, POST or LIST; `upload` is a presigned form. A DELETE is free."""


class Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field that nobody knows here would be a use that nobody pays for: it is refused."""


class Work(Struct, frozen=True, kw_only=True):
    """What a function used: invocations, processor time, calls of AWS (`dynamodb.get_item`), log, units by table."""

    invocations: int = 0
    cpu_ms: float = 0.0
    calls: dict[str, int] = {}
    log_lines: int = 0
    log_bytes: int = 0
    write_units: dict[str, int] = {}
    read_units: dict[str, float] = {}

    def __add__(self, other: "Work") -> "Work":
        """Both together."""
        return Work(
            invocations=self.invocations + other.invocations,
            cpu_ms=self.cpu_ms + other.cpu_ms,
            calls=summed(self.calls, other.calls),
            log_lines=self.log_lines + other.log_lines,
            log_bytes=self.log_bytes + other.log_bytes,
            write_units=summed(self.write_units, other.write_units),
            read_units=summed(self.read_units, other.read_units),
        )


def summed[N: (int, float)](*counts: dict[str, N]) -> dict[str, N]:
    """Counts by name, added, in the order of their names."""
    found: dict[str, N] = {}
    for each in counts:
        for name, number in each.items():
            found[name] = found[name] + number if name in found else number
    return dict(sorted(found.items()))


class Kept(Struct, frozen=True, kw_only=True):
    """Bytes that stay: `rows` with the 100 bytes that DynamoDB adds to each item and entry of an index, and files."""

    rows: int
    files: int


class Outside(Struct, frozen=True, kw_only=True):
    """What people's programs ask for: requests of the API, their lines in its log, files through links, bytes out."""

    requests: int
    log_bytes: int
    calls: dict[str, int] = {}
    bytes_out: int = 0


class Tick(Struct, frozen=True, kw_only=True):
    """What the clock calls, when there is nothing to do: its function, how often in a month, one call."""

    function: str
    per_month: int
    work: Work


class Beside(Struct, frozen=True, kw_only=True):
    """What a dossier uses more whose result goes to destinations beside the vault: states of its machine, work, events.

    `destinations` says which ones its people wished for; they stand in none of the sums.
    """

    destinations: tuple[str, ...]
    states: int
    events: int
    functions: dict[str, Work]


class Messages(Struct, frozen=True, kw_only=True):
    """What is told to the person of a dossier, to one receiver: e-mails, and SMS by the parts that are paid."""

    emails: int
    sms_parts: int


class Count(Struct, frozen=True, kw_only=True):
    """One dossier from the first look at its procedure to the vault, and what stands there every month."""

    on: str
    machine: str
    python: str
    journey: tuple[str, ...]
    functions: dict[str, Work]
    outside: Outside
    states: int
    events: dict[str, int]
    rows: dict[str, int]
    """Rows of logs that the outbox was told of, by table."""
    intake_changes: int
    kept: Kept
    swept: Work
    """One look of the nightly sweep at this dossier's chains and files."""
    chains: int
    ticks: dict[str, Tick]
    fixed: dict[str, int]
    """Alarms, keys and the like that the templates declare."""
    batch: Work = Work()
    """One call of the outbox with many rows of as many records, which nobody hears: what notes cost together."""
    batch_rows: int = 0
    beside: Beside | None = None
    """None in a count of before there was a machine of deliveries."""
    messages: Messages | None = None
    """None in a count of before notices were told in the bill."""
    system_lines: bool
    """Whether a function's log has Lambda's own lines of each invocation."""

    @property
    def work(self) -> Work:
        """All functions together."""
        return sum(self.functions.values(), Work())

    @property
    def calls(self) -> dict[str, int]:
        """Calls of AWS, by functions and by people's programs."""
        return summed(self.work.calls, self.outside.calls)

    def called(self, service: str) -> int:
        """Calls of a service."""
        return sum(number for call, number in self.calls.items() if call.partition(".")[0] == service)

    @property
    def ledger_lines(self) -> int:
        """Write units of the lines that say who opened what: those that functions of the API write."""
        return sum(w.write_units.get("Ledgers", 0) for name, w in self.functions.items() if name.endswith("_api"))


def load(file: Path = FILE) -> Count:
    """The count that is kept. Raises OSError, msgspec.ValidationError."""
    return msgspec.json.decode(file.read_bytes(), type=Count)


def save(count: Count, file: Path = FILE) -> None:
    """Keep a count."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(count), indent=1) + b"\n")
