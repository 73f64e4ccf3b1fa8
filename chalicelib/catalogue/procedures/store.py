"""A record per procedure: the national record, its versions, their fences, and the row that search is made from."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Unpack

from msgspec import structs

from chalicelib.catalogue import fence
from chalicelib.catalogue.procedures.guided import MOST_PARTS, Passing, passed
from chalicelib.catalogue.procedures.items import NationalRecord, ProcedureHead, VersionItem, VersionState
from chalicelib.catalogue.procedures.listed import ListedRow
from chalicelib.catalogue.procedures.model import keeper_of
from chalicelib.catalogue.procedures.ports import HeadFields
from chalicelib.catalogue.procedures.unbegun import Unbegun, records_of
from chalicelib.catalogue.procedures.waiting import Waiting, list_of, place_of, waiting_of
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Change

SHARDS: Final = 16
"""Partitions of the list: 10,000 rows in one would pass the throughput of a partition when search is made anew."""
WAITING_PAGE: Final = 100
NOTHING: Final = MappingProxyType[str, Unbegun | None]({})
HELD: Final = 256
"""Versions and national records that a process keeps, the last that were asked for: some megabytes."""


def shard_of(code: str) -> str:
    """The partition of the list that holds a procedure's row."""
    return f"SERVICES#{hashlib.sha256(code.encode()).digest()[0] % SHARDS:02d}"


def _pk(code: str) -> str:
    return f"PROCEDURE#{code}"


@lru_cache(maxsize=HELD)
def _version_at(table: str, head: ProcedureHead, code: str, version: int) -> VersionItem | None:
    del table, head  # what the version stands at; it is read by its own key
    return ProcedureTable().version(code, version)


@lru_cache(maxsize=HELD)
def _national_at(table: str, head: ProcedureHead, code: str) -> NationalRecord | None:
    del table, head
    return ProcedureTable().national(code)


def _waits(item: VersionItem, place: tuple[str, str], since: str) -> aws.Op | None:
    """The row of a version that waits, or its end; one that another replaces has none since it went out."""
    if row := waiting_of(item, since):
        return aws.put(TABLE(), {**written(row), "pk": place[0], "sk": place[1]})
    return None if item.state is VersionState.REPLACED else aws.delete(TABLE(), place)


def _unbegun(code: str, lists: Mapping[str, Unbegun | None]) -> dict[str, aws.Op]:
    """What the lists of records of some agencies say of a procedure from now on; None: nothing."""
    parts = dict[str, aws.Op]()
    for agency, each in lists.items():
        place = (records_of(agency), code)
        row = {**written(each), "pk": place[0], "sk": place[1]} if each else None
        parts[f"unbegun {agency}"] = aws.put(TABLE(), row) if row else aws.delete(TABLE(), place)
    return parts


class ProcedureTable:
    """Procedures in DynamoDB."""

    def knows_agency(self, agency: str) -> bool:
        """Whether an agency has a record here, whatever became of it since."""
        return aws.get(TABLE(), f"AGENCY#{agency}", "HEAD") is not None

    def head(self, code: str) -> ProcedureHead:
        """The record of a procedure; of one that we know nothing of, version 0."""
        found = aws.get(TABLE(), _pk(code), "HEAD")
        return read(ProcedureHead, found) if found else ProcedureHead(pk=_pk(code))

    def heads(self, codes: Sequence[str]) -> dict[str, ProcedureHead]:
        """The records of at most a hundred procedures, in one read."""
        rows = aws.many(TABLE(), [(_pk(code), "HEAD") for code in codes], as_now=True)
        known = {head.pk: head for head in (read(ProcedureHead, row) for row in rows)}
        return {code: known.get(_pk(code), ProcedureHead(pk=_pk(code))) for code in codes}

    def national(self, code: str) -> NationalRecord | None:
        """What the national record says."""
        found = aws.get(TABLE(), _pk(code), "RECORD")
        return read(NationalRecord, found) if found else None

    def nationals(self, codes: Sequence[str]) -> dict[str, NationalRecord]:
        """What the national records of at most a hundred procedures say, in one read; nothing of what has none."""
        rows = aws.many(TABLE(), [(_pk(code), "RECORD") for code in codes], as_now=True)
        return {each.code: each for each in (read(NationalRecord, row) for row in rows)}

    def national_before(self, code: str) -> NationalRecord | None:
        """What it said until the last import that changed it."""
        found = aws.get(TABLE(), _pk(code), "RECORD BEFORE")
        return read(NationalRecord, found) if found else None

    def version(self, code: str, version: int) -> VersionItem | None:
        """One version."""
        found = aws.get(TABLE(), *fence.version_key(code, version))
        return read(VersionItem, found) if found else None

    def version_at(self, head: ProcedureHead, code: str, version: int) -> VersionItem | None:
        """One version as it stands at this HEAD: read once in a process, as whoever changes anything changes HEAD."""
        return _version_at(TABLE(), head, code, version)

    def national_at(self, head: ProcedureHead, code: str) -> NationalRecord | None:
        """What the national record says at this HEAD, likewise."""
        return _national_at(TABLE(), head, code)

    def versions(self, code: str) -> list[VersionItem]:
        """Every version that somebody worked at, oldest first: the first release kept no such work."""
        rows = [read(VersionItem, row) for row in aws.query(TABLE(), _pk(code), "VERSION#")]
        return [each for each in rows if each.edit]

    def keep(
        self,
        head: ProcedureHead,
        told: Sequence[Event],
        now: datetime,
        *,
        actor: str = "",
        versions: Sequence[VersionItem] = (),
        fenced: bool = False,
        national: NationalRecord | None = None,
        former: NationalRecord | None = None,
        row: ListedRow | None = None,
        unbegun: Mapping[str, Unbegun | None] = NOTHING,
        **put: Unpack[HeadFields],
    ) -> None:
        """A change of a procedure with its events: versions, national record, fences, the list's row, all or nothing.

        HEAD's version is the condition for all of it: whoever changes anything changes HEAD. `fenced`: the fences of
        these versions say from now on what the versions say. `unbegun`: what an agency's list of records says of this
        one from now on. Where its keeper changes, the guidance that is open follows. Raises Lost ("head").
        """
        change = Change(TABLE(), head, now).put(**put)
        for event in told:
            change.tell(event, actor=actor)
        for item in versions:
            pk, sk = fence.version_key(item.code, item.version)
            change.also(f"version {item.version}", aws.put(TABLE(), {**written(item), "pk": pk, "sk": sk}))
            if (place := place_of(item)) and (op := _waits(item, place, stamp(now))):
                change.also(f"waiting {item.version}", op)
            state = fence.State(is_published=item.is_out, opens=item.opens, closes=item.closes)
            for part, op in fence.switched(item.code, item.version, state).items() if fenced else ():
                change.also(part, op)
        if national:
            change.also("record", aws.put(TABLE(), {**written(national), "pk": head.pk, "sk": "RECORD"}))
        if former:
            change.also("former", aws.put(TABLE(), {**written(former), "pk": head.pk, "sk": "RECORD BEFORE"}))
        if row:
            change.also("row", aws.put(TABLE(), {**written(row), "pk": shard_of(row.code), "sk": row.code}))
        for part, op in _unbegun(head.pk.removeprefix(_pk("")), unbegun).items():
            change.also(part, op)
        room = MOST_PARTS - len(change.parts())
        for part, op in self._followed(head, structs.replace(head, **put), former, national, room).items():
            change.also(part, op)
        change.write()

    def _followed(
        self,
        head: ProcedureHead,
        after: ProcedureHead,
        former: NationalRecord | None,
        national: NationalRecord | None,
        room: int,
    ) -> Mapping[str, aws.Op]:
        """The open guidance goes to a new keeper: by a transfer, by what was shipped, by its national record."""
        if not head.version or (national is None and (after.owner, after.handed) == (head.owner, head.handed)):
            return {}
        code = head.pk.removeprefix(_pk(""))
        stands = former or self.national(code)
        return passed(code, Passing(keeper_of(head, stands), keeper_of(after, national or stands)), room)

    def unbegun(self, agency: str, code: str) -> Unbegun | None:
        """What an agency's list of records says of one."""
        found = aws.get(TABLE(), records_of(agency), code)
        return read(Unbegun, found) if found else None

    def records(self, agency: str, start: aws.Item | None) -> tuple[list[Unbegun], aws.Item | None]:
        """A page of the records at an agency of which no draft was begun, by code, and where the next one starts."""
        rows, last = aws.page(TABLE(), "", "pk", records_of(agency), limit=WAITING_PAGE, start=start)
        return [read(Unbegun, each) for each in rows], last

    def waiting(self, agency: str, start: aws.Item | None) -> tuple[list[Waiting], aws.Item | None]:
        """A page of the versions that wait at an agency, by code, and where the next one starts."""
        rows, last = aws.page(TABLE(), "", "pk", list_of(agency), limit=WAITING_PAGE, start=start)
        return [read(Waiting, each) for each in rows], last

    def rows(self) -> list[ListedRow]:
        """Every row of the list: what search is made from, read in the background only."""
        found = [row for number in range(SHARDS) for row in aws.query(TABLE(), f"SERVICES#{number:02d}")]
        return [read(ListedRow, row) for row in found]
