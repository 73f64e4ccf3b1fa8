"""What is stored says its shape; an older shape is lifted, step by step, when it is read. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import msgspec

from chalicelib.contracts.event import Malformed, heard, told

type Raw = dict[str, Any]
type Lift = Callable[[Raw], Raw]

_LIFTS: dict[tuple[str, int], Lift] = {}


class Unreadable(Malformed):
    """A stored thing that no release of ours wrote, or that was damaged; the text names kind, field and rule."""


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
    """An item as its type, whatever release wrote it. Raises Unreadable, which names the field."""
    try:
        return heard(kind, lifted(kind, item))
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{kind.__name__}: no shape of ours ({type(error).__name__})") from None
    except Unreadable:
        raise
    except Malformed as error:
        raise Unreadable(str(error)) from None


def written(thing: Stored) -> Raw:
    """A typed thing as an item, with the number of its shape. Raises AttributeError for a kind that has none."""
    return told(thing) | {"shape": thing.shape}
