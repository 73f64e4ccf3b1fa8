"""An event: a frozen type with a name, a version and who hears it; and how its data becomes one again."""

import re
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any, ClassVar, Final

import msgspec

from chalicelib import contracts

_ONE_AT_A_TIME: Final = Lock()
"""msgspec learns a type when it is read first: two threads of the local cloud that learnt one at once crashed."""
NOBODY_YET: Final[tuple[str, ...]] = ()
"""A fact of the log that no function acts on: timelines, notices and inspections read it."""


class Malformed(Exception):
    """Data that is not what its contract says; the text names the contract, the field and the rule, never a value."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that one room tells. A field is added with a default and never renamed; a break is a new `type`.

    Consumers must accept each event twice and out of order. What a newer release adds is ignored.
    """

    type: ClassVar[str]
    event_version: ClassVar[int] = 1
    heard_by: ClassVar[tuple[str, ...]] = NOBODY_YET
    leaves: ClassVar[tuple[str, ...] | None] = None
    """The fields that other houses are told (`GET /v1/events`, webhooks); None: they never hear of it."""


def known_events() -> dict[str, type[Event]]:
    """Every event of every speaker by its type. Raises ValueError when two have one."""
    from importlib import import_module
    from pkgutil import iter_modules

    for speaker in iter_modules(contracts.__path__):
        import_module(f"{contracts.__name__}.{speaker.name}")
    found: dict[str, type[Event]] = {}
    for kind in _all_below(Event):
        if "type" not in vars(kind) or not kind.__module__.startswith(contracts.__name__):
            continue  # what several events have in common, or no event of a speaker
        if kind.type in found:
            raise ValueError(f"two contracts for {kind.type}")
        found[kind.type] = kind
    return dict(sorted(found.items()))


def _all_below(kind: type[Event]) -> Iterator[type[Event]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all_below(each)


def heard[T: msgspec.Struct](kind: type[T], data: object) -> T:
    """Data as its contract's type. Raises Malformed, which names the field; unknown fields are ignored."""
    try:
        with _ONE_AT_A_TIME:
            return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        name = kind.type if issubclass(kind, Event) else kind.__name__
        raise Malformed(f"{name}: {_named(str(error))}") from None


def _named(message: str) -> str:
    """A library's sentence without the values that it repeats: `holder: missing`, `result.size: Expected int`."""
    rule, _, path = message.partition(" - at `$")
    place = path.rstrip("`").lstrip(".")
    if missing := re.fullmatch(r"Object missing required field `(\w+)`", rule):
        return f"{place}.{missing[1]}: missing".lstrip(".")
    return f"{place}: {re.sub(" '.*'", '', rule)}"


def told(value: msgspec.Struct) -> dict[str, Any]:
    """A typed value as plain data for a row, an envelope or a machine; what is None is left out, at every depth."""
    plain: dict[str, Any] = without_none(msgspec.to_builtins(value))
    return plain


def without_none(value: Any) -> Any:
    """Plain data without the names whose value is None."""
    if isinstance(value, Mapping):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return [without_none(v) for v in value] if isinstance(value, (list, tuple)) else value
