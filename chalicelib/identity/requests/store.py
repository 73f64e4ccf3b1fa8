"""Requests about personal data in identity's table: a record each, on the lists of who asked and of whose they are."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec import structs

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import read, written
from chalicelib.dossier import offered
from chalicelib.identity import listed
from chalicelib.identity.joined import numbers_of
from chalicelib.identity.requests.model import PARTS, DataRequestHead, DueRequest, ListedRequest, look_at, rules_of
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.record import LogRow, log_row, stretch
from chalicelib.ledger import door

ROUTE: Final = "data_requests"
LONGEST: Final = 100
"""Events that are read of a request: it has eleven at the most."""


def partition(request: str) -> str:
    """Where a request stands."""
    return listed.data_request(request)


def mine_list(holder: str) -> str:
    """The list of somebody's requests."""
    return f"DATAREQUESTS#{holder}"


def owed_list(agency: str) -> str:
    """The list of what an agency owes."""
    return f"DATAREQUESTED#{agency}"


def due_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"DATAREQUESTSDUE#{part}"


class RequestTable:
    """Requests in DynamoDB."""

    def knows(self, agency: str) -> bool:
        """Whether there is an agency of this code."""
        return offered.agency_of(agency) is not None

    def head(self, request: str) -> DataRequestHead:
        """The record of a request; one that nobody made has version 0."""
        pk = partition(request)
        found = aws.get(TABLE(), pk, "HEAD")
        return head_of(found) if found else DataRequestHead(pk=pk)

    def numbers(self, holder: str) -> Sequence[str]:
        """All numbers of a person by their present one, as keyed hashes."""
        return numbers_of(holder)

    def mine(self, numbers: Sequence[str], after: str) -> tuple[list[DataRequestHead], str | None]:
        """A page of what was asked under each number, the newest first. Raises as `paging.starts_of`."""
        rows, following = listed.made_by(ListedRequest, [mine_list(each) for each in numbers], after)
        heads = listed.heads_of([partition(row.request) for row in rows], head_of)
        return sorted(heads, key=lambda head: head.asked_at, reverse=True), following

    def owed(self, agencies: Sequence[str], after: str) -> tuple[list[DataRequestHead], str | None]:
        """A page of what some agencies owe, those due first of each. Raises as `paging.starts_of`."""
        found, following = listed.owed_on([owed_list(each) for each in agencies], after)
        return listed.heads_of(found, head_of), following

    def due(self, now: datetime) -> list[str]:
        """Requests that the clock is to look at: due soon, past their time, or to be erased."""
        found = listed.due_on([due_list(part) for part in range(PARTS)], now)
        return [pk.removeprefix(partition("")) for pk in found]

    def note_look(self, head: DataRequestHead, who: Principal, now: datetime) -> None:
        """The ledger of who asked says which officer read it. Raises TryAgain."""
        door.note(_look_at(head), who, ROUTE, now)

    def log(self, head: DataRequestHead) -> Sequence[LogRow]:
        """What happened to it, from its beginning, proved."""
        return stretch(TABLE(), head, 0, LONGEST)

    def write(
        self,
        before: DataRequestHead,
        after: DataRequestHead,
        event: Event,
        actor: str,
        now: datetime,
        officer: Principal | None = None,
    ) -> None:
        """A change of a request with its event and its place on the lists. Raises aws.Lost, aws.WriteContended.

        Of an act of an officer the line of a look stands on the ledger of who asked in the same transaction.
        """
        after = structs.replace(after, **_place(after))
        change = listed.change_of(before, after, event, actor, now, _due(after, now))
        if not before.version:
            row = {"pk": mine_list(after.holder), "sk": f"{after.asked_at}#{after.id}"}
            change.also("row", aws.put_new(TABLE(), row | written(ListedRequest(request=after.id))))
            listed.tie(change, after.people, after.holder, now)
        if officer:
            change.join("ledger", door.line_of(_look_at(after), officer, ROUTE, now))
        change.write()

    def kept(self) -> Iterator[DataRequestHead]:
        """All requests, from the whole table: for work done once."""
        values = {":requests": partition(""), ":head": "HEAD"}
        rows = aws.scanned(TABLE(), "begins_with(pk, :requests) AND sk = :head", values)
        return map(head_of, rows)

    def changed_at(self, head: DataRequestHead) -> str:
        """When a record that was read changed last: the stored stamp of its last event."""
        row = aws.get(TABLE(), head.pk, f"EVENT#{head.seq:06d}")
        return log_row(row).at if row else head.created_at

    def enrol(self, head: DataRequestHead, now: datetime) -> bool:
        """The clock looks at a request from now on; False of one that it looks at, or never has to, or that changed."""
        return listed.enrolled(head, _due(head, now))


def _look_at(head: DataRequestHead) -> door.Read:
    return door.look_of("data request", head.id, head.holder, head.level)


def head_of(row: aws.Item) -> DataRequestHead:
    """The record of a request as it is stored."""
    return read(DataRequestHead, row)


def _due(head: DataRequestHead, now: datetime) -> aws.Item | None:
    """Its row on the list of what is due; None where the clock has nothing to do for it."""
    at = look_at(head, rules_of(head, now))
    if at is None:
        return None
    part = zlib.crc32(head.id.encode()) % PARTS
    return listed.due_row(head, DueRequest(request=head.id, list_pk=due_list(part), list_sk=f"{at}#{head.id}"))


def _place(head: DataRequestHead) -> dict[str, str | None]:
    """Its place on its agency's list while something is owed."""
    if head.owes is None:
        return dict.fromkeys(listed.LISTED)
    return {listed.LISTED[0]: owed_list(head.agency), listed.LISTED[1]: f"{head.due_at}#{head.id}"}
