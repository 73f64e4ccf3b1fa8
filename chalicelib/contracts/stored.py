"""What is stored says its shape; an older shape is lifted, step by step, when it is read. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Final

import msgspec

from chalicelib.contracts.event import Malformed, heard, told

_DAY: Final = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"

type Raw = dict[str, Any]
type Moment = Annotated[str, msgspec.Meta(pattern=rf"\A{_DAY}T{_TIME}(?:Z|[+-]\d\d:\d\d)\Z")]
"""A stored time, with its zone. Text that is no time makes its row Unreadable, so a list leaves that row out alone."""
type Day = Annotated[str, msgspec.Meta(pattern=rf"\A{_DAY}\Z")]
"""A stored day, as `2026-11-27`; text that is no day makes its row Unreadable, too."""
type Lift = Callable[[Raw], Raw]

_LIFTS: dict[tuple[str, int], Lift] = {}
AS_READ: Final = "as_read"
"""The field by which a kind asks for the item itself as it was read, as JSON."""
_HASH = re.compile(r"[0-9a-f]{32,}")


class Unreadable(Malformed):
    """A stored thing that no release of ours wrote, or that was damaged; the text names kind, field and rule.

    `record` is the thing's name: partition and sort key, without what stands for a person.
    """

    def __init__(self, text: str, record: str = "?") -> None:
        super().__init__(text)
        self.record = record


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A thing in a table or a bucket. `shape` is written with it; 0 is what was stored before shapes had numbers."""

    shape: ClassVar[int]


def lifts(kind: type[Stored], shape: int) -> Callable[[Lift], Lift]:
    """Register the small pure function that brings this shape of a kind to the next one. Raises ValueError twice."""

    def keep(lift: Lift) -> Lift:
        if (kind.__name__, shape) in _LIFTS:
            raise ValueError(f"{kind.__name__} {shape} is lifted already")
        _LIFTS[kind.__name__, shape] = lift
        return lift

    return keep


def lifted(kind: type[Stored], item: Mapping[str, Any]) -> Raw:
    """A stored thing in the present shape of its kind, still plain; one of a newer release is left as it is."""
    raw = dict(item)
    for shape in range(int(raw.get("shape", 0)), kind.shape):
        if lift := _LIFTS.get((kind.__name__, shape)):
            raw = lift(raw)
    return raw


def read[S: Stored](kind: type[S], item: Mapping[str, Any]) -> S:
    """An item as its type, whatever release wrote it. Raises Unreadable, which names the record and the field."""
    try:
        present = lifted(kind, item)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unreadable(f"{kind.__name__}: no shape of ours ({type(error).__name__})", name_of(item)) from None
    if AS_READ in kind.__struct_fields__:
        present = present | {AS_READ: msgspec.json.encode(item).decode()}
    return typed(kind, present, item)


def typed[T: msgspec.Struct](kind: type[T], data: object, item: Mapping[str, Any]) -> T:
    """What is in an item and has no shape of its own: a row of a list or of a log. Raises Unreadable, as `read`."""
    try:
        return heard(kind, data)
    except Malformed as error:
        raise Unreadable(str(error), name_of(item)) from None


def name_of(item: Mapping[str, Any]) -> str:
    """An item's name for logs and operators: its keys, where a keyed hash, which stands for a person, is left out."""
    return _HASH.sub("(hash)", "/".join(str(item[key]) for key in ("pk", "sk") if key in item)) or "?"


def written(thing: Stored) -> Raw:
    """A typed thing as an item, with the number of its shape. Raises AttributeError for a kind that has none."""
    return {name: value for name, value in told(thing).items() if name != AS_READ} | {"shape": thing.shape}
