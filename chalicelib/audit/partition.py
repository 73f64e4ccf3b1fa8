"""A record's partition as it was read: HEAD, its log, and a mark of every other row. Pure."""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from chalicelib.audit.model import ChainHead, Found, Mark, Paper, Pin, Said
from chalicelib.contracts.event import Malformed, heard
from chalicelib.contracts.stored import Unreadable, typed
from chalicelib.kernel import record, traces
from chalicelib.kernel.ids import canonical

HEAD: Final = "HEAD"
type Item = Mapping[str, Any]


class Place(Struct, frozen=True):
    """Where an item stands."""

    pk: str
    sk: str


def found_in(items: Iterable[Item], *, always_silent: bool, may_be_silent: bool) -> Found:
    """A record of its rows. `always_silent`: its HEAD may change without an event, `may_be_silent`: if it says so."""
    log, unreadable, rows = list[record.LogRow](), list[str](), dict[str, Item]()
    for item in items:
        place = heard(Place, item)
        if not place.sk.startswith("EVENT#"):
            rows[place.sk] = item
        elif row := row_of(item):
            log.append(row)
        else:
            unreadable.append(place.sk)
    stored = rows.get(HEAD, {})
    head = _head(stored) if stored else None
    pins = {sk: tuple(_pins(item)) for sk, item in rows.items()}
    seen = {_file(pin): pin.sha256 for row in log for pin in _pins(row.data)}
    return Found(
        head=head,
        digest=record.head_digest(stored) if head else "",
        fields=stored,
        paper=_paper(stored),
        log=tuple(log),
        unreadable=tuple(unreadable),
        marks=tuple(Mark(sk, _digest(item)) for sk, item in rows.items() if not traces.moves(sk)),
        traces=_traces(rows),
        loose=frozenset(sk for sk, item in rows.items() if _is_loose(sk, item, stored)),
        pins=tuple(pin for sk, each in pins.items() if not _was_removed(rows[sk]) for pin in each),
        astray=tuple(sk for sk, each in pins.items() if any(_is_other(pin, seen) for pin in each)),
        is_silent=always_silent or (may_be_silent and head is not None and head.unlogged is not None),
    )


def row_of(item: Item) -> record.LogRow | None:
    """An event; None for one that lost its number or a field that every event has."""
    try:
        row = record.log_row(item)
        is_numbered = row.number > 0
    except (Unreadable, ValueError):
        return None
    return row if is_numbered else None


def _traces(rows: Mapping[str, Item]) -> dict[str, str]:
    whole = {sk: traces.digest(item) for sk, item in rows.items() if sk != HEAD and not traces.moves(sk)}
    for sk, item in rows.items():
        whole |= traces.leg_traces(sk, item) if sk.startswith(traces.LEG) else {}
    return whole


def _head(item: Item) -> ChainHead | None:
    try:
        return typed(ChainHead, item, item)
    except Unreadable:
        return None


def _paper(item: Item) -> Paper | None:
    try:
        found = heard(Paper, item)
    except Malformed:
        return None
    return found if found.lookup else None


def _was_removed(item: Item) -> bool:
    """Whether the files of a row are gone by law; what says nothing that can be read was not removed."""
    try:
        return heard(Said, item).was_removed
    except Malformed:
        return False


def _is_loose(sk: str, item: Item, head: Item) -> bool:
    """Whether a row is as the law wants it after an erasure, which no log tells: a value emptied, a place left."""
    return (sk.startswith("FIELD#") and ("sealed", "") in item.items()) or (
        sk.startswith("DELIVERY#") and "erased_at" in head
    )


def _is_other(pin: Pin, seen: Mapping[tuple[str, str], str]) -> bool:
    return seen.get(_file(pin), pin.sha256) != pin.sha256


def _file(pin: Pin) -> tuple[str, str]:
    return pin.key, pin.version_id


def _pins(value: object) -> Iterator[Pin]:
    """Every file that a row names by key, version and hash, at whatever depth."""
    if isinstance(value, Mapping):
        with contextlib.suppress(Malformed):
            yield heard(Pin, value)
        for inner in value.values():
            yield from _pins(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _pins(inner)


def _digest(item: Item) -> str:
    return hashlib.sha256(canonical(item).encode()).hexdigest()[:32]
