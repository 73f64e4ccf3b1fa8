"""Of which papers the national ID app is told, in the dossiers' table: noted by the outbox as vaults tell them.

`MOTCUA_ID_APP` says whether there is an app and which kinds are connected: where there is none nothing is noted, read
or written.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import batched
from typing import Any, Final

from msgspec import structs

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import Unreadable, read, typed, written
from chalicelib.contracts.vault import DocumentFlagged, DocumentKept, KeptPaper, VaultStored
from chalicelib.dossier.id_app import connection_of, unfit
from chalicelib.dossier.integrated import (
    PARTS,
    PREFIX,
    AppPaper,
    DuePaper,
    ListedAppPaper,
    due_list,
    heard_of,
    id_of,
    made,
    open_list,
    owner_list,
    placed,
)
from chalicelib.dossier.table import SOUGHT, TABLE
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Change, Head, LogRow
from chalicelib.kernel.rounds import typed_rows
from chalicelib.kernel.settings import NOBODY, setting

ID_APP: Final = setting(
    "MOTCUA_ID_APP",
    "The gateway to the national ID app and the kinds of papers that are connected, as JSON; `none` where it is not.",
    unsafe=unfit,
)
TOLD: Final[Mapping[str, type[VaultStored | DocumentKept | DocumentFlagged]]] = {
    kind.type: kind for kind in (VaultStored, DocumentKept, DocumentFlagged)
}
TURN: Final = 60
"""Seconds after which the list of what is due begins with another part."""
KEYS: Final = ("pk", "sk")
_OF_RECORDS: Final = frozenset(field.name for field in structs.fields(Head))


def queue(rows: Mapping[int, tuple[str, LogRow]], now: datetime) -> dict[int, Exception]:
    """Note the papers among new events of vaults, by their place in a batch; answers what failed, by place.

    What comes twice or late changes nothing. A read and a write for each paper of a connected kind, else none; of a
    kind that is connected no more the app hears what became of a paper that it was told of.
    """
    if ID_APP() == NOBODY or not any(row.type in TOLD for _, row in rows.values()):
        return {}
    connection, failed = connection_of(ID_APP()), dict[int, Exception]()
    for place, (_, row) in rows.items():
        try:
            paper = _paper_of(row)
            if paper and connection and (connection.takes(paper.kind) or _is_known(row, paper)):
                record.settled(partial(note, paper, row.at, now))
        except Exception as error:  # noqa: BLE001 - the stream brings this row again, and it holds back no other
            failed[place] = error
    return failed


def _paper_of(row: LogRow) -> KeptPaper | None:
    return typed(TOLD[row.type], row.data, row.stored).paper if row.type in TOLD else None


def _is_known(row: LogRow, paper: KeptPaper) -> bool:
    """Whether something became of a paper that the app is told of, whatever its kind is now."""
    return row.type == DocumentFlagged.type and one(id_of(paper.owner, paper.document)) is not None


def note(paper: KeptPaper, at: str, now: datetime) -> None:
    """A vault told `at` a time what it holds. Raises aws.Lost, aws.WriteContended."""
    was = one(id_of(paper.owner, paper.document))
    if was is None:
        keep(None, made(paper, at, stamp(now)), now)
    elif after := heard_of(was, paper, at, stamp(now)):
        keep(was, after, now)


def one(paper: str) -> AppPaper | None:
    """How far the app was told of a paper; None of one that it is not told of."""
    found = aws.get(TABLE(), f"{PREFIX}{paper}", "HEAD")
    return read(AppPaper, found) if found else None


def keep(was: AppPaper | None, now: AppPaper, at: datetime, *events: Event, actor: str = "") -> None:
    """It is so now, with what is told of it. Raises aws.Lost ("head": somebody else changed it), aws.WriteContended."""
    change = Change(TABLE(), was or now, at)
    for event in events:
        change.tell(event, actor=actor)
    if was is None:
        row = {"pk": owner_list(now.paper.owner), "sk": now.id}
        change.also("row", aws.put(TABLE(), row | written(ListedAppPaper(paper=now.id))))
    else:
        new, old = structs.asdict(now), structs.asdict(was)
        changed = {name for name in new if name not in _OF_RECORDS and new[name] != old[name]}
        change.put(**{name: new[name] for name in changed if new[name] is not None})
        change.take_off(*(name for name in changed if new[name] is None))
    change.write()


def put_off(row: DuePaper, by: timedelta, at: datetime) -> None:
    """It is due so much later, unless somebody went on with it meanwhile; what cannot be read is put off as it stands.

    Raises aws.Lost ("head": somebody else changed it), aws.WriteContended.
    """
    until = stamp(at + by)
    with contextlib.suppress(Unreadable):
        was = one(row.id)
        if was and was.wl_sk == row.wl_sk:
            keep(was, placed(structs.replace(was, due_at=until)), at)
        return
    place = {"due_at": until, "wl_sk": f"{until}#{row.id}"}
    aws.updated(aws.update(TABLE(), (row.pk, "HEAD"), put=place, condition="wl_sk = :was", expect={"was": row.wl_sk}))


def due(now: datetime) -> Iterator[DuePaper]:
    """What is to be done by now, longest due first within a part; the first part is another one each minute."""
    first = int(now.timestamp()) // TURN
    for part in ((first + n) % PARTS for n in range(PARTS)):
        values = {":list": due_list(part), ":now": f"{stamp(now)}$"}
        rows = aws.found(TABLE(), "worklist", "wl_pk = :list AND wl_sk < :now", values)
        yield from typed_rows(DuePaper, rows)


def open_of(agency: str, limit: int, start: Any = None) -> tuple[list[DuePaper], Any]:
    """A page of an agency's papers that are late or parked, and where the next one begins."""
    rows, last = aws.page(TABLE(), "sought", SOUGHT[0], open_list(agency), limit=limit, start=start)
    return list(typed_rows(DuePaper, rows)), last


def papers_of(owner: str, limit: int, start: Any = None) -> tuple[list[AppPaper], Any]:
    """A page of an owner's papers, and where the next one begins."""
    rows, last = aws.page(TABLE(), "", KEYS[0], owner_list(owner), limit=limit, start=start)
    return several([read(ListedAppPaper, row).paper for row in rows]), last


def several(papers: Sequence[str]) -> list[AppPaper]:
    """Papers as they are now, in order; what is not there is left out."""
    wanted, known = list(dict.fromkeys(papers)), dict[str, AppPaper]()
    for some in batched(wanted, aws.MOST_AT_ONCE, strict=False):
        rows = aws.many(TABLE(), [(f"{PREFIX}{each}", "HEAD") for each in some], as_now=True)
        known |= {paper.id: paper for paper in (read(AppPaper, row) for row in rows)}
    return [known[each] for each in wanted if each in known]
