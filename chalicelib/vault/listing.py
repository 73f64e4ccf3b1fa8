"""Pages of vaults and of their ledgers: each costs the same, however much an owner has."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from heapq import merge
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, Final, Literal, NamedTuple

from msgspec import Struct

from chalicelib.contracts.stored import read, typed
from chalicelib.kernel import aws
from chalicelib.kernel.paging import PAGE, merged_cursor, none_of_ours, starts_of
from chalicelib.kernel.rounds import readable
from chalicelib.ledger.lines import Line, stretch
from chalicelib.ledger.table import partition as ledger_of
from chalicelib.vault.arrivals import arrivals
from chalicelib.vault.fence import TABLE, partition
from chalicelib.vault.model import Access, FormerNumbers, Usage, VaultDocument, Wanted, lifted_line, usage_of
from chalicelib.vault.ports import Held, Lines

OTHERS: Final = "ALSO"
"""Between the lines of earlier releases (`ACCESS#`) and the documents (`DOC#`): who reads either reads it with them."""
USED: Final = "ALSO#QUOTA"
"""What own uploads take of the quota: it stands beside `OTHERS`, and who reads the first page reads it for nothing."""
KEYS: Final = ("pk", "sk")
SIFTED: Final = 1000
"""Entries of an index that a search by kind or issuer looks at: 200 kB, 25 units, and a person's whole vault."""
_EVENT: Final = re.compile(r"EVENT#([0-9]{6,9})")
_AT: Final = attrgetter("line.at")
type Bounds = tuple[str, Literal["BETWEEN"], str, str]
type Starts = Mapping[str, Any]
DOCUMENTS: Final[Bounds] = ("sk", "BETWEEN", OTHERS, f"DOC#{aws.LAST}")
LINES: Final[Bounds] = ("sk", "BETWEEN", "ACCESS#", OTHERS)


class Place(Struct, frozen=True):
    """Where a row stands."""

    pk: str
    sk: str


def _place(row: aws.Item) -> Place:
    return typed(Place, row, row)


def sk_of(row: aws.Item) -> str:
    """Its place among the rows of its partition."""
    return _place(row).sk


class Placed(NamedTuple):
    """A line and where it stands."""

    pk: str
    sk: str
    line: Line


class Left(NamedTuple):
    """The event at which a look into a log ended before the log did, and its time."""

    pk: str
    sk: str
    at: str


class Stream(NamedTuple):
    """Lines of one place in order, and where the look ended, if not at the end of that place."""

    lines: list[Placed]
    left_at: Left | None = None


def formers_of(owner: str) -> tuple[str, ...]:
    """The numbers that an owner had before."""
    found = aws.get(TABLE(), partition(owner), OTHERS)
    return read(FormerNumbers, found).formers if found else ()


def documents(owner: str, after: str) -> Held:
    """A page of the documents of all numbers: one query of each. Raises as `paging.starts_of`."""
    formers = formers_of(owner) if after else ()
    starts = starts_of(after, KEYS, [partition(each) for each in (owner, *formers)])
    rows, is_more = _rows(owner, starts, DOCUMENTS)
    if not after:  # it stands before the documents, so that who has one number pays for no look
        formers = _formers_in(rows)
    for each in formers:
        further, goes_on = _rows(each, starts, DOCUMENTS)
        rows, is_more = rows + further, is_more or goes_on
    listed = sorted((row for row in rows if not sk_of(row).startswith(OTHERS)), key=sk_of)
    page, following = page_of(listed, starts, KEYS, is_more=is_more)
    used = None if after else usage_of(readable(partial(read, Usage), (row for row in rows if sk_of(row) == USED)))
    return Held(list(readable(partial(read, VaultDocument), page)), following, used)


def found(owner: str, wanted: Wanted, after: str) -> Held:
    """A page of what is looked for, the newest first: by its number, or by its day.

    Kind and issuer sift the entries of the days, `SIFTED` of each number at once: who has more documents may get a
    shorter page, and the cursor to the next one. Raises as `paging.starts_of`.
    """
    index, name, first, last = _sought(wanted)
    only = {key: value for key, value in (("kind", wanted.kind), ("agency", wanted.issuer)) if value}
    limit = SIFTED if only and not wanted.number else PAGE
    keys, owners = ("pk", name), [partition(each) for each in (owner, *formers_of(owner))]
    starts = starts_of(after, keys, owners)
    within: Bounds = (name, "BETWEEN", first, last)
    rows, ends = list[aws.Item](), dict[str, aws.Item]()
    for pk in owners:
        start, sift = starts.get(pk), only if limit == SIFTED else None
        if start and not (start["sk"] and first <= start[name] <= last):
            raise none_of_ours()
        more, end = aws.page(TABLE(), index, "pk", pk, limit=limit, start=start, newest=True, within=within, only=sift)
        rows += more
        ends |= {pk: end} if end else {}
    page, following = _merged(rows, starts, ends, name)
    places = [_place(row) for row in page]
    kept = aws.many(TABLE(), [(place.pk, place.sk) for place in places])
    whole = dict(readable(lambda item: (_place(item), read(VaultDocument, item)), kept))
    listed = [whole[place] for place in places if place in whole]
    return Held([each for each in listed if wanted.fits(each)], following)


def _merged(rows: list[aws.Item], starts: Starts, ends: Starts, name: str) -> tuple[list[aws.Item], str | None]:
    """The newest rows of several partitions, and the cursor that says of each where it was left.

    `ends` is how far each was looked at that goes on; what is older than that waits, as newer rows may follow there.
    """
    sure = max((end[name] for end in ends.values()), default="")
    page = sorted((row for row in rows if row[name] >= sure), key=itemgetter(name), reverse=True)[:PAGE]
    if not ends and len(page) == len(rows):
        return page, None
    left = {pk: {key: row[key] for key in ("pk", "sk", name)} for row in page for pk in (_place(row).pk,)}
    shown, found_there = (Counter(_place(row).pk for row in some) for some in (page, rows))
    left |= {pk: end for pk, end in ends.items() if shown[pk] == found_there[pk]}
    return page, merged_cursor({**starts, **left})


def _sought(wanted: Wanted) -> tuple[str, str, str, str]:
    """By which index, of which name, from where to where."""
    if wanted.number:
        return "numbers", "by_number", wanted.number, wanted.number
    return "issued", "issued_on", wanted.since or "0", wanted.until or aws.LAST  # no key may be empty


def lines(owner: str, after: str, *, newest: bool) -> Lines:
    """A page of the ledgers of all numbers, of what came into the vaults, and of what earlier releases wrote into them.

    In order of time; four reads of each number, five of one whose vault has a log, and some more of one whose log tells
    of other things: then a page may be short, even empty, and goes on. Raises as `paging.starts_of`.
    """
    formers = formers_of(owner) if after else ()
    starts = starts_of(after, KEYS, [of(each) for each in (owner, *formers) for of in PLACES])
    rows, is_more = _rows(owner, starts, LINES, newest=newest, most=PAGE + 2)
    if not after:
        formers = _formers_in(rows) or (formers_of(owner) if is_more else ())
    streams = [Stream(_old(rows)), *_logs(owner, starts, newest=newest)]
    for each in formers:
        streams += [Stream(_old(_rows(each, starts, LINES, newest=newest, most=PAGE + 2)[0]))]
        streams += _logs(each, starts, newest=newest)
    listed = list(islice(merge(*(each.lines for each in streams), key=_AT, reverse=newest), PAGE + 1))
    shown, left = _sure(listed[:PAGE], streams, newest=newest)
    ends = {**starts, **{each.pk: {"pk": each.pk, "sk": each.sk} for each in shown}, **left}
    is_over = len(shown) == len(listed) and not any(each.left_at for each in streams)
    return Lines([each.line for each in shown], None if is_over else merged_cursor(ends))


def _sure(page: list[Placed], streams: Iterable[Stream], *, newest: bool) -> tuple[list[Placed], Starts]:
    """The lines before which no other may follow, and where logs were left of which nothing more is to be shown.

    A log that was left before its end may go on with lines from there: what comes later waits.
    """
    ends = [each.left_at.at for each in streams if each.left_at]
    if ends and newest:
        page = [each for each in page if each.line.at >= max(ends)]
    elif ends:
        page = [each for each in page if each.line.at <= min(ends)]
    shown = {(each.pk, each.sk) for each in page}
    left = [each for each in streams if each.left_at and all((one.pk, one.sk) in shown for one in each.lines)]
    return page, {at.pk: {"pk": at.pk, "sk": at.sk} for each in left if (at := each.left_at)}


def _old(rows: Iterable[aws.Item]) -> list[Placed]:
    """Lines that earlier releases kept in the vault, outside of any chain."""
    placed = [(_place(row), row) for row in rows]
    return [Placed(at.pk, at.sk, lifted_line(read(Access, row))) for at, row in placed if at.sk != OTHERS]


def _logs(owner: str, starts: Starts, *, newest: bool) -> list[Stream]:
    """What came in stands before what was read in the same moment."""
    log, ledger = _log_of(owner), ledger_of(owner)
    came = arrivals(owner, _number(starts, log), PAGE + 1, newest=newest)
    used = stretch(owner, _number(starts, ledger), PAGE + 1, newest=newest)
    left_at = Left(log, event_sk(came.left_at.number), came.left_at.at) if came.left_at else None
    in_order = [Stream(_numbered(log, came.lines), left_at), Stream(_numbered(ledger, used))]
    return in_order[::-1] if newest else in_order


def _numbered(pk: str, lines: Iterable[tuple[int, Line]]) -> list[Placed]:
    return [Placed(pk, event_sk(number), line) for number, line in lines]


def event_sk(number: int) -> str:
    """Where an event stands in its log."""
    return f"EVENT#{number:06d}"


def _number(starts: Starts, pk: str) -> int:
    """After which event of a log a page starts."""
    start = _EVENT.fullmatch(starts[pk]["sk"]) if pk in starts else None
    if pk in starts and start is None:
        raise none_of_ours()
    return int(start[1]) if start else 0


def _log_of(owner: str) -> str:
    """What stands for the vault's own log in a cursor, beside the lines that earlier releases kept there."""
    return f"{partition(owner)}#LOG"


PLACES: Final = (partition, ledger_of, _log_of)


def _rows(
    owner: str, starts: Starts, within: Bounds, *, newest: bool = False, most: int = PAGE
) -> tuple[list[aws.Item], bool]:
    return rows_of(partition(owner), starts, within, newest=newest, most=most)


def rows_of(
    pk: str, starts: Starts, within: Bounds, *, newest: bool = False, most: int = PAGE
) -> tuple[list[aws.Item], bool]:
    """Rows of a partition from where a page starts, and whether more come after them."""
    start = starts.get(pk)
    if start and not within[2] <= start["sk"] <= within[3]:
        raise none_of_ours()
    rows, last = aws.page(TABLE(), "", "pk", pk, limit=most, start=start, newest=newest, within=within, consistent=True)
    return rows, last is not None


def _formers_in(rows: Iterable[aws.Item]) -> tuple[str, ...]:
    """The numbers that an owner had before, where their row was read with others."""
    return next((read(FormerNumbers, row).formers for row in rows if sk_of(row) == OTHERS), ())


def page_of(
    rows: Sequence[aws.Item], starts: Starts, keys: tuple[str, str], *, is_more: bool
) -> tuple[Sequence[aws.Item], str | None]:
    """The first rows of several partitions in one order, and the cursor that says of each where it was left."""
    page = rows[:PAGE]
    if not is_more and len(rows) == len(page):
        return page, None
    ends = {**starts, **{_place(row).pk: {name: row[name] for name in ("pk", "sk", *keys)} for row in page}}
    return page, merged_cursor(ends)
