"""Requests about personal data in identity's table: a record each, on the lists of who asked and of whose they are."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Final

from msgspec import Struct, structs

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import read, typed, written
from chalicelib.dossier import offered
from chalicelib.identity.joined import numbers_of
from chalicelib.identity.requests.model import PARTS, DataRequestHead, DueRequest, ListedRequest, look_at, rules_of
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.kernel.record import Change, Head, log_row

LISTED: Final = ("list_pk", "list_sk")
PLACE: Final = ("pk", "sk")
DUE: Final = "DUE"
_OF_RECORDS: Final = frozenset(field.name for field in structs.fields(Head))


def partition(request: str) -> str:
    """Where a request stands."""
    return f"DATAREQUEST#{request}"


def mine_list(holder: str) -> str:
    """The list of somebody's requests."""
    return f"DATAREQUESTS#{holder}"


def owed_list(agency: str) -> str:
    """The list of what an agency owes."""
    return f"DATAREQUESTED#{agency}"


def due_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"DATAREQUESTSDUE#{part}"


class _Row(Struct, frozen=True):
    """A row of the index, which holds keys alone."""

    pk: str


class RequestTable:
    """Requests in DynamoDB."""

    def knows(self, agency: str) -> bool:
        """Whether there is an agency of this code."""
        return offered.agency_of(agency) is not None

    def head(self, request: str) -> DataRequestHead:
        """The record of a request; one that nobody made has version 0."""
        pk = partition(request)
        found = aws.get(TABLE(), pk, "HEAD")
        return read(DataRequestHead, found) if found else DataRequestHead(pk=pk)

    def numbers(self, holder: str) -> Sequence[str]:
        """All numbers of a person by their present one, as keyed hashes."""
        return numbers_of(holder)

    def mine(self, numbers: Sequence[str], after: str) -> tuple[list[DataRequestHead], str | None]:
        """A page of what was asked under each number, the newest first. Raises as `paging.starts_of`."""
        lists = [mine_list(each) for each in numbers]
        starts, found, left = starts_of(after, PLACE, lists), list[str](), dict[str, aws.Item]()
        for pk in lists:
            if after and pk not in starts:
                continue
            rows, last = aws.page(TABLE(), "", PLACE[0], pk, limit=PAGE, start=starts.get(pk), newest=True)
            found += [read(ListedRequest, row).request for row in rows]
            left |= {pk: last} if last else {}
        heads = sorted(self._heads(found), key=lambda head: head.asked_at, reverse=True)
        return heads, merged_cursor(left) if left else None

    def owed(self, agencies: Sequence[str], after: str) -> tuple[list[DataRequestHead], str | None]:
        """A page of what some agencies owe, those due first of each. Raises as `paging.starts_of`."""
        lists = [owed_list(each) for each in agencies]
        starts, names, left = starts_of(after, LISTED, lists), list[str](), dict[str, aws.Item]()
        for pk in lists:
            if after and pk not in starts:
                continue
            rows, last = aws.page(TABLE(), "listed", LISTED[0], pk, limit=PAGE, start=starts.get(pk))
            names += [typed(_Row, row, row).pk.removeprefix(partition("")) for row in rows]
            left |= {pk: last} if last else {}
        return self._heads(names), merged_cursor(left) if left else None

    def due(self, now: datetime) -> list[str]:
        """Requests that the clock is to look at: due soon, past their time, or to be erased."""
        found = list[str]()
        for part in range(PARTS):
            values = {":list": due_list(part), ":now": f"{stamp(now)}$"}
            rows = aws.found(TABLE(), "listed", "list_pk = :list AND list_sk < :now", values)
            found += [typed(_Row, row, row).pk.removeprefix(partition("")) for row in rows]
        return found

    def write(self, before: DataRequestHead, after: DataRequestHead, event: Event, actor: str, now: datetime) -> None:
        """A change of a request with its event and its place on the lists. Raises aws.Lost, aws.WriteContended."""
        after = structs.replace(after, **_place(after))
        change = Change(TABLE(), before, now).tell(event, actor=actor)
        new, old = structs.asdict(after), structs.asdict(before)
        change.put(**{k: v for k, v in new.items() if k not in _OF_RECORDS and v is not None and v != old[k]})
        change.take_off(*(k for k, v in new.items() if v is None and old[k] is not None))
        if not before.version:
            row = {"pk": mine_list(after.holder), "sk": f"{after.asked_at}#{after.id}"}
            change.also("row", aws.put_new(TABLE(), row | written(ListedRequest(request=after.id))))
        due = _due(after, now)
        change.also("due", aws.put(TABLE(), due) if due else aws.delete(TABLE(), (after.pk, DUE)))
        change.write()

    def kept(self) -> Iterator[DataRequestHead]:
        """All requests, from the whole table: for work done once."""
        values = {":requests": partition(""), ":head": "HEAD"}
        rows = aws.scanned(TABLE(), "begins_with(pk, :requests) AND sk = :head", values)
        return (read(DataRequestHead, row) for row in rows)

    def changed_at(self, head: DataRequestHead) -> str:
        """When a record that was read changed last: the stored stamp of its last event."""
        row = aws.get(TABLE(), head.pk, f"EVENT#{head.seq:06d}")
        return log_row(row).at if row else head.created_at

    def enrol(self, head: DataRequestHead, now: datetime) -> bool:
        """The clock looks at a request from now on; False of one that it looks at, or never has to, or that changed."""
        row = _due(head, now)
        if row is None or aws.get(TABLE(), head.pk, DUE):
            return False
        stands = aws.check(TABLE(), (head.pk, "HEAD"), "#v = :was", {"was": head.version}, reserved={"#v": "version"})
        try:
            aws.transact({"head": stands, "due": aws.put_new(TABLE(), row)})
        except aws.Lost:
            return False  # whoever changed it wrote its row
        return True

    def _heads(self, requests: Sequence[str]) -> list[DataRequestHead]:
        # An index may show a record twice while its place changes, and no batch reads a key twice.
        once, known = list(dict.fromkeys(requests)), dict[str, DataRequestHead]()
        for some in batched(once, aws.MOST_AT_ONCE, strict=False):
            rows = aws.many(TABLE(), [(partition(each), "HEAD") for each in some], as_now=True)
            known |= {head.id: head for head in (read(DataRequestHead, row) for row in rows)}
        return [known[each] for each in once if each in known]


def _due(head: DataRequestHead, now: datetime) -> aws.Item | None:
    """Its row on the list of what is due; None where the clock has nothing to do for it."""
    at = look_at(head, rules_of(head, now))
    if at is None:
        return None
    part = zlib.crc32(head.id.encode()) % PARTS
    due = DueRequest(request=head.id, list_pk=due_list(part), list_sk=f"{at}#{head.id}")
    return {"pk": head.pk, "sk": DUE, **written(due)}


def _place(head: DataRequestHead) -> dict[str, str | None]:
    """Its place on its agency's list while something is owed."""
    if head.owes is None:
        return dict.fromkeys(LISTED)
    return {LISTED[0]: owed_list(head.agency), LISTED[1]: f"{head.due_at}#{head.id}"}
