"""Lists over all dossiers: an agency's open tasks, a holder's drafts and dossiers, what is overdue, where to go on."""

import contextlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Final, Literal, NamedTuple

import msgspec

from chalicelib.contracts.stored import Moment, Unreadable, read, typed
from chalicelib.dossier.claims import UNHELD, Claim, Claimed, claimed_list, sought_list, worklist, worklists
from chalicelib.dossier.deliveries import PARTS, DueRow, due_list
from chalicelib.dossier.items import Head, StateNumber, Task, holder_key, level_in, open_key
from chalicelib.dossier.joined import formers_of
from chalicelib.dossier.names import name_list
from chalicelib.dossier.parts import EXPIRING, expiring_part
from chalicelib.dossier.plans import PlanItem, learn, whole
from chalicelib.dossier.table import AGENCIES, JOINED, MINE, OPEN, SHARED, SOUGHT, SWEEP, TABLE, WORKLIST
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import ALPHABET
from chalicelib.kernel.paging import PAGE, cursor, cursor_of, is_merged, merged_cursor, starts_of
from chalicelib.kernel.rounds import readable, typed_rows

_NAME: Final = itemgetter("pk", "sk")


class OpenRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft or dossier that did not end, as the index of these has it."""

    pk: str


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """An open task as an agency's list has it."""

    pk: str
    sk: str
    wl_pk: str = ""
    wl_sk: str
    procedure: str
    opened_at: Moment
    due_at: Moment
    dossier_code: str | None = None

    @property
    def leg(self) -> str:
        """The leg's name."""
        return self.sk.split("#")[1]

    @property
    def kind(self) -> str:
        """receive, verify or approve."""
        return self.sk.split("#")[2]

    @property
    def round(self) -> int:
        """The first of its kind in its leg, or a later one."""
        return int((*self.sk.split("#"), "1")[3])

    @property
    def claimed_by(self) -> str | None:
        """Who took it (keyed hash), as its place on the list says; None: nobody."""
        whose = (*self.wl_sk.split("#"), "")[2]
        return whose if whose not in ("", UNHELD) else None


class DossierRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft or dossier as its holder's list has it."""

    pk: str
    procedure: str
    state: StateNumber
    mine_sk: str
    dossier_code: str | None = None
    due_at: Moment | None = None
    head: Head | None = None
    """Of what somebody files for another, or holds with them."""

    @property
    def min_level(self) -> int | None:
        """The level of identity that its procedure asks for; None in what the release before opened."""
        return level_in(self.mine_sk)

    @property
    def is_shared(self) -> bool:
        """Whether it is another's, whose HEAD is to be read."""
        return self.pk.startswith(SHARED)

    @property
    def reference(self) -> str:
        """The reference, by its place on the list."""
        return self.mine_sk.split("#")[1]


type Bound = tuple[str, Literal["<", ">="], str]


def tasks(
    agencies: Collection[str],
    kinds: Sequence[str],
    after: str,
    *,
    procedure: str = "",
    unclaimed: bool = False,
    late: bool | None = None,
    now: str = "",
) -> tuple[list[TaskRow], str | None]:
    """A page of agencies' open tasks of some kinds, those due first, and the cursor to the next one.

    Each agency and kind has two partitions in the order of their due times, what nobody claimed and what somebody did,
    and each procedure two in both; a page is the first of all that are asked for, and its cursor says of each where it
    was left. `late` of those due before `now` (a stored stamp), or of the others. Raises BodyInvalid, NotFound for a
    cursor of no page of ours.
    """
    both = [each for kind in kinds for agency in sorted(agencies) for each in worklists(agency, kind)]
    listed = both[::2] if unclaimed else both
    within: Bound | None = None if late is None else (WORKLIST[1], "<" if late else ">=", now)
    keys, listed = (SOUGHT, [sought_list(each, procedure) for each in listed]) if procedure else (WORKLIST, listed)
    rows, following = _merged("sought" if procedure else "worklist", keys, listed, after, within=within)
    return list(typed_rows(TaskRow, rows)), following


def _merged(
    index: str,
    keys: tuple[str, str],
    partitions: Sequence[str],
    after: str,
    *,
    within: Bound | None = None,
    newest: bool = False,
    size: int = 0,
) -> tuple[list[aws.Item], str | None]:
    """The next page of several partitions in one order: one read of each, however long it is."""
    starts, found, goes_on, most = starts_of(after, keys, partitions), list[aws.Item](), False, size or PAGE
    for pk in partitions:
        start = starts.get(pk)
        rows, last = aws.page(TABLE(), index, keys[0], pk, limit=most, start=start, within=within, newest=newest)
        found += rows
        goes_on = goes_on or last is not None
    found.sort(key=itemgetter(keys[1]), reverse=newest)  # stable: of two that are due at once, the earlier kind first
    shown = found[:most]
    if not goes_on and len(found) == len(shown):
        return shown, None
    starts |= {row[keys[0]]: {name: row[name] for name in ("pk", "sk", *keys)} for row in shown}
    return shown, merged_cursor(starts)


NAMED_AT_ONCE: Final = 10
"""Dossiers of one name that a page shows: each is read for its tasks."""


class NamedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier, or a draft still, as the list of its applicant's name has it."""

    pk: str


def named(agencies: Collection[str], name: str, after: str) -> tuple[list[str], str | None]:
    """References of a page of what agencies have of applicants of a name, the newest first.

    Drafts are among them, which no officer sees: whoever reads them leaves them out. Raises as `tasks`.
    """
    listed = [name_list(agency, name) for agency in sorted(agencies)]
    rows, following = _merged("sought", SOUGHT, listed, after, newest=True, size=NAMED_AT_ONCE)
    return [row.pk for row in typed_rows(NamedRow, rows)], following


def listed(agency: str, kind: str, *, claimed: bool, most: int) -> tuple[list[TaskRow], bool]:
    """Open tasks of an agency's list, those due first, so many at most, and whether it goes on: one read."""
    pk = worklist(agency, kind, claimed=claimed)
    rows, last = aws.page(TABLE(), "worklist", WORKLIST[0], pk, limit=most)
    return list(typed_rows(TaskRow, rows)), last is not None


def first_due(agency: str, kind: str) -> str | None:
    """When the open task of an agency's list is due that is due first; None when there is none."""
    first = [aws.page(TABLE(), "worklist", WORKLIST[0], pk, limit=1)[0] for pk in worklists(agency, kind)]
    return min((typed(TaskRow, row, row).due_at for rows in first for row in rows), default=None)


def claimed(officer: str) -> list[Claimed]:
    """All that an officer (keyed hash) claimed and did not do yet, those due first; read consistently."""
    rows = readable(partial(read, Claimed), aws.query(TABLE(), claimed_list(officer)))
    return sorted(rows, key=lambda row: (row.due_at, row.sk))


def claimed_of(agency: str, kind: str) -> Iterator[TaskRow]:
    """All tasks of an agency's list that somebody claimed, those due first."""
    values = {":list": worklist(agency, kind, claimed=True)}
    return typed_rows(TaskRow, aws.found(TABLE(), "worklist", "wl_pk = :list", values))


def claims_on(rows: Sequence[TaskRow]) -> dict[tuple[str, str], Claim]:
    """Who has which tasks of a page, by their keys: one read for all, none where nobody has any."""
    keys = [(row.pk, row.sk) for row in rows if row.claimed_by]
    found = ((_NAME(item), read(Task, item).claim) for item in aws.many(TABLE(), keys))
    return {name: claim for name, claim in found if claim}


class Behind(msgspec.Struct, frozen=True):
    """What a list shows of the dossier behind a row: its HEAD, the name of its procedure."""

    head: Head
    procedure_name: str


def behind(references: Collection[str]) -> dict[str, Behind]:
    """What stands behind the rows of a page; a dossier that cannot be read is left out: it must not hide the others."""
    keys = [(reference, sk) for reference in sorted(set(references)) for sk in ("HEAD", "PLAN")]
    rows = {_NAME(row): row for row in aws.many(TABLE(), keys)}
    pins, found = dict[str, PlanItem](), dict[str, Behind]()
    for reference in {pk for pk, _ in rows}:
        with contextlib.suppress(Unreadable, KeyError):
            pins[reference] = read(PlanItem, rows[reference, "PLAN"])
    learn(pins.values())
    for reference, pin in pins.items():
        with contextlib.suppress(Unreadable, KeyError):
            name = whole(pin, reference).name_vi
            found[reference] = Behind(read(Head, rows[reference, "HEAD"]), name)
    return found


class Mine(NamedTuple):
    """A page of somebody's dossiers, the cursor to the next one, and by which numbers (keyed hashes) they are known."""

    rows: list[DossierRow]
    following: str | None
    holders: tuple[str, ...]


def mine(holder: str, after: str) -> Mine:
    """A page of what somebody holds, files for others or holds with them, the newest first.

    Of what is shared with them HEAD is read: how they stand to it is for the reader to ask, a list is no right. Who had
    other numbers has the lists of all of them, as one: their own list says so, and nobody else is asked. Raises as
    `tasks`.
    """
    if is_merged(after):
        return _mine_of((holder, *formers_of(holder)), after)
    pk = holder_key(holder)
    rows, last = aws.page(TABLE(), "mine", MINE[0], pk, limit=PAGE, start=cursor_of(after, MINE, pk), newest=True)
    if not after and any(_says_numbers(row) for row in rows):
        return _mine_of((holder, *formers_of(holder)), after)
    return Mine(_shown(rows), cursor(last), (holder,))


def _mine_of(holders: tuple[str, ...], after: str) -> Mine:
    """A page of the lists of all numbers of a person, in one order."""
    partitions = [holder_key(each) for each in holders]
    starts, found, goes_on = starts_of(after, MINE, partitions), list[aws.Item](), False
    for pk in partitions:
        rows, last = aws.page(TABLE(), "mine", MINE[0], pk, limit=PAGE, start=starts.get(pk), newest=True)
        found += rows
        goes_on = goes_on or last is not None
    page = sorted(found, key=itemgetter(MINE[1]), reverse=True)[:PAGE]
    starts |= {row[MINE[0]]: {name: row[name] for name in ("pk", "sk", *MINE)} for row in page}
    following = merged_cursor(starts) if goes_on or len(found) > len(page) else None
    return Mine(_shown(page), following, holders)


def _says_numbers(row: aws.Item) -> bool:
    """Whether a row of a list is no dossier: it says that its owner had other numbers."""
    pk, _ = _NAME(row)
    return bool(pk.startswith(JOINED))


def _shown(rows: Sequence[aws.Item]) -> list[DossierRow]:
    """The dossiers of a page, those of others as their HEAD says now; one that cannot be read must not hide them."""
    found = list(typed_rows(DossierRow, (row for row in rows if not _says_numbers(row))))
    shared = [(row.reference, "HEAD") for row in found if row.is_shared]
    heads = {head.pk: head for head in readable(partial(read, Head), aws.many(TABLE(), shared) if shared else ())}
    return [
        _as_it_stands(row, heads[row.reference]) if row.is_shared else row
        for row in found
        if not row.is_shared or row.reference in heads
    ]


def _as_it_stands(row: DossierRow, head: Head) -> DossierRow:
    """What is shared, as its HEAD says now: its row on this list is written once."""
    return DossierRow(
        pk=head.pk,
        procedure=head.procedure,
        state=head.state,
        mine_sk=row.mine_sk,
        dossier_code=head.dossier_code,
        due_at=head.due_at,
        head=head,
    )


class ExpiringRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as the list of those that expire has it."""

    pk: str


def expired(now: datetime) -> Iterator[str]:
    """References of drafts whose time was over before now, or whose files are not gone yet: as the index knew them."""
    for part in range(EXPIRING):
        values = {":part": expiring_part(part), ":now": stamp(now)}
        rows = aws.found(TABLE(), "expiring", "exp_pk = :part AND expires_at <= :now", values)
        yield from (row.pk for row in typed_rows(ExpiringRow, rows))


def agencies() -> list[str]:
    """Every agency that may hold tasks."""
    return [row["sk"] for row in aws.query(TABLE(), AGENCIES)]


def overdue(agency: str, kind: str, now: datetime) -> Iterator[TaskRow]:
    """Open tasks of an agency's list whose due time is before now and that are not marked, longest due first."""
    due = "wl_pk = :list AND wl_sk < :now"  # the due time is what wl_sk begins with
    for pk in worklists(agency, kind):
        values = {":list": pk, ":now": stamp(now)}
        rows = aws.found(TABLE(), "worklist", due, values, unless="attribute_not_exists(overdue_at)")
        yield from typed_rows(TaskRow, rows)


def due_within(agency: str, kind: str, now: datetime, last: datetime) -> Iterator[TaskRow]:
    """Open tasks of an agency's lists that are due from now on and until a moment, whoever has them; due first."""
    due = "wl_pk = :list AND wl_sk BETWEEN :now AND :last"  # the due time is what wl_sk begins with
    for pk in worklists(agency, kind):
        values = {":list": pk, ":now": stamp(now), ":last": f"{stamp(last)}$"}
        yield from typed_rows(TaskRow, aws.found(TABLE(), "worklist", due, values))


TURN: Final = 300
"""Seconds after which the list of what is due begins with another part."""


def deliveries_due(now: datetime) -> Iterator[DueRow]:
    """Destinations of results for which something is to be done by now, longest due first within a part.

    The first part is another one every five minutes: where a run does not come to the end, none is always the last.
    """
    first = int(now.timestamp()) // TURN
    for part in ((first + n) % PARTS for n in range(PARTS)):
        values = {":list": due_list(part), ":now": f"{stamp(now)}$"}
        rows = aws.found(TABLE(), "worklist", "wl_pk = :list AND wl_sk < :now", values)
        yield from typed_rows(DueRow, rows)


def take_off_delivery(reference: str, destination: str) -> None:
    """A delivery of an erased dossier is due no more; what is on no list stays as it is."""
    gone = aws.update(
        TABLE(),
        (reference, f"DELIVERY#{destination}"),
        put={"destination": destination},  # an update sets something, be it what stands there
        remove=("wl_pk", "wl_sk", "due_at"),
        condition="attribute_exists(pk)",
    )
    aws.updated(gone)


def open_references() -> Iterator[str]:
    """The references of all drafts and dossiers that did not end, by an index that holds no other."""
    for last in ALPHABET:
        rows = aws.found(TABLE(), "open", f"{OPEN} = :open", {":open": open_key(last)})
        yield from (row.pk for row in typed_rows(OpenRow, rows))


def left_off() -> str:
    """The agency with which the next sweep begins; empty for the first one."""
    item = aws.get(TABLE(), *SWEEP)
    return str(item["agency"]) if item else ""


def leave_off(agency: str) -> None:
    """Note where the next sweep begins. Two at once do no harm: what is marked is not marked again."""
    pk, sk = SWEEP
    aws.transact({"sweep": aws.put(TABLE(), {"pk": pk, "sk": sk, "agency": agency})})
