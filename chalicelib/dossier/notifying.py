"""Notices on their way, in the dossiers' table: queued by the outbox, addressed and sent by a worker.

They stand beside their dossier, so that no step of it reads them and none waits for them. `MOTCUA_NOTICES` says whether
there is any channel: where there is none nothing is queued, read or written.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.dossier.channels import unfit
from chalicelib.dossier.fed import PREFIX
from chalicelib.dossier.noticed import gives_notice
from chalicelib.dossier.notified import (
    PARTS,
    DueNotice,
    Queued,
    Sending,
    listed,
    notices_key,
    notices_list,
    queued_name,
)
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import LogRow
from chalicelib.kernel.rounds import typed_rows
from chalicelib.kernel.settings import NOBODY, setting

NOTICES: Final = setting(
    "MOTCUA_NOTICES", "By what notices leave the portal, and when, as JSON; `none` where they do not.", unsafe=unfit
)
TURN: Final = 60
"""Seconds after which the list of what is due begins with another part."""


def queue(rows: Mapping[int, tuple[str, LogRow]], now: datetime) -> dict[int, Exception]:
    """Queue what is told to the person, of events by their place in a batch; answers what failed, by place.

    What comes twice changes nothing. One write each, where there is any channel; none where there is none.
    """
    failed = dict[int, Exception]()
    if NOTICES() == NOBODY:
        return failed
    for place, (reference, row) in rows.items():
        if not reference.startswith(PREFIX) or not gives_notice(row):
            continue
        queued = Queued(number=row.number, event=row.type, told_at=row.at, due_at=stamp(now))
        try:
            aws.alone(aws.put_new(TABLE(), _row(reference, queued_name(row.number), queued)))
        except Exception as error:  # noqa: BLE001 - the stream brings this row again, and holds back no other
            failed[place] = error
    return failed


def queued(reference: str, name: str) -> Queued | None:
    """What is to be told, by its name."""
    found = aws.get(TABLE(), notices_key(reference), name)
    return read(Queued, found) if found else None


def sending(reference: str, name: str) -> Sending | None:
    """A notice for one receiver on one channel."""
    found = aws.get(TABLE(), notices_key(reference), name)
    return read(Sending, found) if found else None


def sendings(reference: str) -> list[Sending]:
    """All of a dossier, in the order of its events."""
    return [read(Sending, row) for row in aws.query(TABLE(), notices_key(reference)) if "channel" in row]


def addressed(reference: str, was: Queued, to: Iterable[Sending], now: datetime) -> bool:
    """It goes to these, all of them or none; False when another worker said so before."""
    name = queued_name(was.number)
    parts = {each.name: aws.put_new(TABLE(), _row(reference, each.name, each)) for each in to}
    done = aws.update(
        TABLE(),
        (notices_key(reference), name),
        put={"addressed_at": stamp(now)},
        remove=("wl_pk", "wl_sk", "due_at"),
        condition="attribute_exists(due_at)",
    )
    try:
        aws.transact({**parts, "queued": done})
    except aws.Lost:
        return False
    return True


def kept(reference: str, was: Sending, now: Sending) -> bool:
    """It is so now; False when somebody else changed it meanwhile."""
    return aws.updated(replaced(reference, was, now)) is not None


def replaced(reference: str, was: Sending, now: Sending) -> aws.Op:
    """It is so now, unless somebody else changed it meanwhile: alone, or with a change of its dossier."""
    place = listed(reference, now.name, now.due_at)
    gone = [name for name in ("due_at", "why", "given_up_at") if getattr(now, name) is None]
    return aws.update(
        TABLE(),
        (notices_key(reference), now.name),
        put={**written(now), **place},
        remove=gone if place else [*gone, "wl_pk", "wl_sk"],
        condition="#v = :was",
        expect={"was": was.version},
        reserved={"#v": "version"},
    )


def put_off(row: DueNotice, until: datetime) -> None:
    """It is due then, unless somebody went on with it meanwhile; what stands in it is neither read nor understood."""
    place = listed(row.reference, row.name, stamp(until))
    op = aws.update(
        TABLE(),
        (row.pk, row.sk),
        put={**place, "due_at": stamp(until)},
        condition="wl_sk = :was",
        expect={"was": row.wl_sk},
    )
    aws.updated(op)


def due(now: datetime) -> Iterator[DueNotice]:
    """What is to be done by now, longest due first within a part; the first part is another one each minute."""
    first = int(now.timestamp()) // TURN
    for part in ((first + n) % PARTS for n in range(PARTS)):
        values = {":list": notices_list(part), ":now": f"{stamp(now)}$"}
        rows = aws.found(TABLE(), "worklist", "wl_pk = :list AND wl_sk < :now", values)
        yield from typed_rows(DueNotice, rows)


def _row(reference: str, name: str, thing: Queued | Sending) -> aws.Item:
    return {"pk": notices_key(reference), "sk": name, **written(thing), **listed(reference, name, thing.due_at)}
