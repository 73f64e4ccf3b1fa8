"""Our own meter of DynamoDB's request units, for tests of what an operation costs: moto's ConsumedCapacity is made up.

AWS's rules, as documented for on-demand tables:

- Item size: attribute names and strings in UTF-8 bytes; a number is 1 byte per two significant digits (leading and
  trailing zeros do not count) plus 1; binary its bytes; boolean and null 1; a list or map 3 bytes, plus 1 per element,
  plus the elements; a set the sum of its elements.
- A write costs 1 unit per started KB of the larger of the item before and after, at least 1. In a transaction twice
  that, also for a condition check. A conditional write that fails costs the size of the item that was there.
- An index is written when its entry changes: 1 unit per started KB of the entry. Another index key is a deletion and a
  put: both count. An entry is the key attributes of table and index and what the index projects. Indexes follow the
  table afterwards, outside the transaction: never twice.
- A read costs 1 unit per started 4 KB if strongly consistent, half if not, twice in a transaction. A query rounds the
  sum of the items it read (before the filter) up once, from an index the entries; a missing item costs as 4 KB do.
"""

import base64
import contextlib
import contextvars
import json
import math
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

type Attributes = Mapping[str, Mapping[str, Any]]
"""An item as DynamoDB's JSON: name -> {"S": "text"}."""

HEADER = "X-Motcua-Meter"
WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})
READS = frozenset({"GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems"})

KB = 1024


class Index(NamedTuple):
    """A secondary index: its key attributes, and the attributes of an entry (None: all)."""

    keys: tuple[str, ...]
    attributes: frozenset[str] | None


def _number(text: str) -> int:
    digits = text.lstrip("-").lower().partition("e")[0]
    whole, _, fraction = digits.partition(".")
    return math.ceil(len((whole + fraction).strip("0")) / 2) + 1


def _binary(content: str | bytes) -> int:
    return len(content) if isinstance(content, bytes) else len(base64.b64decode(content))


_SIZES: dict[str, Callable[[Any], int]] = {
    "S": lambda text: len(text.encode()),
    "N": _number,
    "B": _binary,
    "SS": lambda members: sum(len(m.encode()) for m in members),
    "NS": lambda members: sum(_number(m) for m in members),
    "BS": lambda members: sum(_binary(m) for m in members),
    "L": lambda members: 3 + sum(1 + value_size(m) for m in members),
    "M": lambda members: 3 + sum(1 + len(name.encode()) + value_size(m) for name, m in members.items()),
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
}


def value_size(value: Mapping[str, Any]) -> int:
    """Bytes of one attribute value as DynamoDB counts them."""
    kind, content = next(iter(value.items()))
    return _SIZES[kind](content)


def item_size(item: Attributes) -> int:
    """Bytes of an item: its names and its values."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def entry(item: Attributes | None, index: Index) -> Attributes | None:
    """What an index keeps of an item; None where the item lacks a key of the index."""
    if item is None or any(key not in item for key in index.keys):
        return None
    return {k: v for k, v in item.items() if index.attributes is None or k in index.attributes}


def _kilobytes(size: int) -> int:
    return max(1, math.ceil(size / KB))


def index_units(before: Attributes | None, after: Attributes | None, index: Index) -> int:
    """Write units of one index for one changed item."""
    old, new = entry(before, index), entry(after, index)
    if old == new:
        return 0
    if old is None or new is None:
        return _kilobytes(item_size(new or old or {}))
    if any(old[key] != new[key] for key in index.keys):
        return _kilobytes(item_size(old)) + _kilobytes(item_size(new))
    return _kilobytes(max(item_size(old), item_size(new)))


def write_units(
    before: Attributes | None, after: Attributes | None, indexes: Iterable[Index] = (), *, transaction: bool = False
) -> int:
    """Write units of one item written, deleted, or only checked (`before` is `after`)."""
    largest = max(item_size(before or {}), item_size(after or {}))
    return _kilobytes(largest) * (2 if transaction else 1) + sum(index_units(before, after, i) for i in indexes)


def read_units(size: int, *, consistent: bool = False, transaction: bool = False) -> float:
    """Read units for a number of bytes read in one go."""
    return max(1, math.ceil(size / (4 * KB))) * (2.0 if transaction else 1.0 if consistent else 0.5)


@dataclass
class Meter:
    """What one piece of work used: calls, and request units, in all and by the table's physical name."""

    write_calls: int = 0
    read_calls: int = 0
    write_units: int = 0
    read_units: float = 0.0
    written: Counter[str] = field(default_factory=Counter)
    was_read: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def call(self, action: str) -> None:
        """Count one API call by its name, as in `PutItem`."""
        with self._lock:
            self.write_calls += action in WRITES
            self.read_calls += action in READS

    def wrote(self, units: int, table: str = "") -> None:
        """Add write units."""
        with self._lock:
            self.write_units += units
            self.written[table] += units

    def read(self, units: float, table: str = "") -> None:
        """Add read units."""
        with self._lock:
            self.read_units += units
            self.was_read[table] = self.was_read.get(table, 0.0) + units


_meters: dict[str, Meter] = {}
_here: contextvars.ContextVar[str] = contextvars.ContextVar("motcua_meter", default="")
_serving = threading.local()


@contextlib.contextmanager
def measure() -> Iterator[Meter]:
    """Meter the DynamoDB calls that this thread makes to the local cloud inside the block."""
    name, meter = uuid.uuid4().hex, Meter()
    _meters[name] = meter
    token = _here.set(name)
    try:
        yield meter
    finally:
        _here.reset(token)
        _meters.pop(name, None)


def stamp(headers: Any) -> None:
    """The client's side: name the meter of this thread in the headers of a request to DynamoDB."""
    if name := _here.get():
        headers[HEADER] = name


@contextlib.contextmanager
def serving(headers: Any) -> Iterator[None]:
    """The server's side: what is counted inside the block goes to the meter the request names."""
    _serving.meter = _meters.get(headers.get(HEADER, ""))
    try:
        yield
    finally:
        _serving.meter = None


def current() -> Meter | None:
    """The meter of the request that this thread of the server answers, if it is metered."""
    meter: Meter | None = getattr(_serving, "meter", None)
    return meter


def parse(image: str | None) -> Attributes | None:
    """An item from its JSON text."""
    loaded: Attributes | None = json.loads(image) if image is not None else None
    return loaded
