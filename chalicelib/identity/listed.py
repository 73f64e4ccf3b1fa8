"""Records that stand on lists: of the person who made one, of the agency that has to act, of what the clock looks at.

Requests about personal data and petitions both do; each names its own partitions and says what is due.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import batched
from typing import Final, Literal

from msgspec import Struct, structs

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import Stored, read, typed, written
from chalicelib.dossier.ties import organ_parts
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.kernel.record import Change, Head

LISTED: Final = ("list_pk", "list_sk")
PLACE: Final = ("pk", "sk")
DUE: Final = "DUE"
_OF_RECORDS: Final = frozenset(field.name for field in structs.fields(Head))

type Below = tuple[str, Literal["<"], str]
"""Those rows of a list alone that stand before a place."""


def data_request(request: str) -> str:
    """Where a request about personal data stands: a petition's erasure asks whether its person wants that."""
    return f"DATAREQUEST#{request}"


class _Row(Struct, frozen=True):
    """A row of the index, which holds keys alone."""

    pk: str


def made_by[R: Stored](kind: type[R], lists: Sequence[str], after: str) -> tuple[list[R], str | None]:
    """A page of the rows of some persons' lists, the newest of each first. Raises as `paging.starts_of`."""
    starts, found, left = starts_of(after, PLACE, lists), list[R](), dict[str, aws.Item]()
    for pk in lists:
        if after and pk not in starts:
            continue
        rows, last = aws.page(TABLE(), "", PLACE[0], pk, limit=PAGE, start=starts.get(pk), newest=True)
        found += [read(kind, row) for row in rows]
        left |= {pk: last} if last else {}
    return found, merged_cursor(left) if left else None


def owed_on(lists: Sequence[str], after: str, within: Below | None = None) -> tuple[list[str], str | None]:
    """A page of the partitions that are on some lists of agencies, those due first of each.

    Raises as `paging.starts_of`.
    """
    starts, found, left = starts_of(after, LISTED, lists), list[str](), dict[str, aws.Item]()
    for pk in lists:
        if after and pk not in starts:
            continue
        start = starts.get(pk)
        rows, last = aws.page(TABLE(), "listed", LISTED[0], pk, limit=PAGE, start=start, within=within)
        found += [typed(_Row, row, row).pk for row in rows]
        left |= {pk: last} if last else {}
    return found, merged_cursor(left) if left else None


def due_on(lists: Sequence[str], now: datetime) -> list[str]:
    """The partitions that the clock is to look at by now."""
    found = list[str]()
    for each in lists:
        values = {":list": each, ":now": f"{stamp(now)}$"}
        rows = aws.found(TABLE(), "listed", "list_pk = :list AND list_sk < :now", values)
        found += [typed(_Row, row, row).pk for row in rows]
    return found


def heads_of[H: Head](partitions: Sequence[str], head: Callable[[aws.Item], H]) -> list[H]:
    """The records of some partitions, in their order, as they are now."""
    # An index may show a record twice while its place changes, and no batch reads a key twice.
    once, known = list(dict.fromkeys(partitions)), dict[str, H]()
    for some in batched(once, aws.MOST_AT_ONCE, strict=False):
        rows = aws.many(TABLE(), [(each, "HEAD") for each in some], as_now=True)
        known |= {found.pk: found for found in map(head, rows)}
    return [known[each] for each in once if each in known]


def change_of(before: Head, after: Head, event: Event, actor: str, now: datetime, due: aws.Item | None) -> Change:
    """The change from one state of a record to another, with its event and its row among what is due."""
    change = Change(TABLE(), before, now).tell(event, actor=actor)
    new, old = structs.asdict(after), structs.asdict(before)
    change.put(**{k: v for k, v in new.items() if k not in _OF_RECORDS and v is not None and v != old[k]})
    change.take_off(*(k for k, v in new.items() if v is None and old[k] is not None))
    return change.also("due", aws.put(TABLE(), due) if due else aws.delete(TABLE(), (after.pk, DUE)))


def tie(change: Change, people: Iterable[str], holder: str, now: datetime) -> None:
    """Who acts for an organisation (`holder`) is tied to it from then on, in the transaction of what they do.

    Of all that is its own they decide nothing as officers. Keyed hashes.
    """
    for person in people:
        for part, op in organ_parts(person, [holder], now).items():
            change.also(part, op)


def due_row(head: Head, row: Stored) -> aws.Item:
    """The item of a record among what is due."""
    return {"pk": head.pk, "sk": DUE, **written(row)}


def enrolled(head: Head, row: aws.Item | None) -> bool:
    """The clock looks at a record from now on; False of one that it looks at, or never has to, or that changed."""
    if row is None or aws.get(TABLE(), head.pk, DUE):
        return False
    stands = aws.check(TABLE(), (head.pk, "HEAD"), "#v = :was", {"was": head.version}, reserved={"#v": "version"})
    try:
        aws.transact({"head": stands, "due": aws.put_new(TABLE(), row)})
    except aws.Lost:
        return False  # whoever changed it wrote its row
    return True
