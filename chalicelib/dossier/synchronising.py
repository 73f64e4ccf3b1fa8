"""How far the National Public Service Portal was told of dossiers, in the dossiers' table: noted by the outbox.

It stands beside its dossier: no step of it reads this or waits for it. `MOTCUA_NATIONAL_PORTAL` says whether there is a
portal: where there is none nothing is noted, read or written.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from chalicelib.contracts.stored import read, written
from chalicelib.dossier.fed import PREFIX
from chalicelib.dossier.national_portal import unfit
from chalicelib.dossier.synchronised import (
    PARTS,
    DueDossier,
    Synchronisation,
    due_list,
    listed,
    parked_list,
    synchronisation_key,
)
from chalicelib.dossier.table import TABLE, WORKLIST
from chalicelib.kernel import aws, waiting
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.kernel.rounds import typed_rows
from chalicelib.kernel.settings import NOBODY, setting

NATIONAL_PORTAL: Final = setting(
    "MOTCUA_NATIONAL_PORTAL",
    "Where the National Public Service Portal is told of dossiers, as JSON; `none` where it is not.",
    unsafe=unfit,
)
TURN: Final = 60
"""Seconds after which the list of what is due begins with another part."""
OPTIONAL: Final = (
    "due_at", "waits_since", "sending", "name", "synchronised_at", "parked_at", "ended_at", "why", "code", "agency",
)  # fmt: skip


def is_step(row: LogRow) -> bool:
    """Whether the portal is told of an event: it moves the dossier's state."""
    return bool(row.state)


def queue(rows: Mapping[int, tuple[str, LogRow]], now: datetime) -> dict[int, Exception]:
    """Note the steps among new events, by their place in a batch; answers what failed, by place.

    What comes twice or late changes nothing. A read and a write for each dossier where there is a portal, else none.
    """
    if NATIONAL_PORTAL() == NOBODY:
        return {}
    newest, places = dict[str, int](), dict[str, list[int]]()
    for place, (reference, row) in rows.items():
        if reference.startswith(PREFIX) and is_step(row):
            newest[reference] = max(row.number, newest.get(reference, 0))
            places.setdefault(reference, []).append(place)
    failed = dict[int, Exception]()
    for reference, number in newest.items():
        try:
            note(reference, number, now)
        except Exception as error:  # noqa: BLE001 - the stream brings these rows again, and they hold back no other
            failed |= dict.fromkeys(places[reference], error)
    return failed


def grown(was: Synchronisation | None, number: int, now: datetime) -> Synchronisation | None:
    """What is to be done with a further step; None where it is known. One that waits for its next try goes on waiting.

    Whoever tells reads the log, so the portal may have more than was noted.
    """
    if was is None:
        return Synchronisation(seen=number, due_at=stamp(now), waits_since=stamp(now))
    if number <= max(was.seen, was.told):
        return None
    rests = was.due_at is None and was.parked_at is None and was.ended_at is None
    due_at = stamp(now) if rests else was.due_at
    return replace(was, seen=number, due_at=due_at, waits_since=was.waits_since or stamp(now))


def note(reference: str, number: int, now: datetime) -> None:
    """A dossier has a step of this number. Raises TryAgain."""
    for _ in waiting.turns():
        was = one(reference)
        after = grown(was, number, now)
        if after is None:
            return
        if was is None:
            pk, sk = synchronisation_key(reference)
            item = {"pk": pk, "sk": sk, **written(after), **listed(reference, after)}
            if aws.alone(aws.put_new(TABLE(), item)):
                return
        elif kept(reference, was, after):
            return
    raise TryAgain


def one(reference: str) -> Synchronisation | None:
    """How far the portal was told of a dossier; None of one that has no step, or where there is no portal."""
    found = aws.get(TABLE(), *synchronisation_key(reference))
    return read(Synchronisation, found) if found else None


def replaced(reference: str, was: Synchronisation, now: Synchronisation) -> aws.Op:
    """It is so now, if nobody else changed it since it was read."""
    place = listed(reference, now)
    gone = [name for name in OPTIONAL if getattr(now, name) is None]
    return aws.update(
        TABLE(),
        synchronisation_key(reference),
        put={**written(now), **place, "version": was.version + 1},
        remove=gone if place else [*gone, *WORKLIST],
        condition="#v = :was",
        expect={"was": was.version},
        reserved={"#v": "version"},
    )


def kept(reference: str, was: Synchronisation, now: Synchronisation) -> bool:
    """Keep it; False when somebody else changed it meanwhile."""
    return aws.updated(replaced(reference, was, now)) is not None


def due(now: datetime) -> Iterator[DueDossier]:
    """What is to be done by now, longest due first within a part; the first part is another one each minute."""
    first = int(now.timestamp()) // TURN
    for part in ((first + n) % PARTS for n in range(PARTS)):
        values = {":list": due_list(part), ":now": f"{stamp(now)}$"}
        rows = aws.found(TABLE(), "worklist", "wl_pk = :list AND wl_sk < :now", values)
        yield from typed_rows(DueDossier, rows)


def parked(agency: str, limit: int, start: Any = None) -> tuple[list[DueDossier], Any]:
    """A page of an agency's dossiers that the portal did not take, longest first, and where the next one begins."""
    rows, last = aws.page(TABLE(), "worklist", WORKLIST[0], parked_list(agency), limit=limit, start=start)
    return list(typed_rows(DueDossier, rows)), last
