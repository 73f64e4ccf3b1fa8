"""Reported figures in DynamoDB, and dropped files in S3.

A batch, its rows, its verdict, every version of its reports and those that are current are one transaction. The event
of a report is the report itself: a version is put once and never changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

import msgspec

from chalicelib.contracts.stored import Stored, Unreadable, read, written
from chalicelib.kernel import aws
from chalicelib.kernel.objects import Post, blocks, post_form
from chalicelib.kernel.paging import PAGE, cursor, cursor_of, merged_cursor, starts_of
from chalicelib.kernel.settings import setting
from chalicelib.measures.ingested.dialects import DIALECTS, LARGEST, Row, encoded
from chalicelib.measures.ingested.model import Admitted, Arrived, Batch, Given, ListedArrival, Sources
from chalicelib.measures.reported import Report, current_key, reports_key, shown_key, version_key
from chalicelib.measures.rows import TABLE

INTAKE_BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
BATCH: Final = "INGESTED#"
ARRIVED: Final = "ARRIVED#"
ARRIVALS: Final = "ARRIVALS#"
HEAD: Final = "BATCH"
ROWS: Final = "ROWS#"
type _Starts = Mapping[str, aws.Item]
PLACE: Final = ("pk", "sk")
SOURCES: Final = "SOURCES#"
MOST_BYTES: Final = 300_000
"""Bytes of the rows of an item, which holds 400 kB: a row is under 5 kB, but its names may be long."""


class Rows(Stored, frozen=True, kw_only=True):
    """Some of the rows of a batch, as JSON in the fields that they came in."""

    shape = 1

    body: str


class ReportTable:
    """Reports among the rows of the measures."""

    def batch(self, identifier: str) -> Batch | None:
        """A batch by its name."""
        found = aws.get(TABLE(), f"{BATCH}{identifier}", HEAD)
        return read(Batch, found) if found else None

    def rows(self, batch: Batch) -> tuple[Row, ...]:
        """All rows of a batch, in their order. Raises Unreadable."""
        kind, found = DIALECTS[batch.dialect], list[Row]()
        for item in aws.query(TABLE(), f"{BATCH}{batch.id}", ROWS):
            try:
                found += msgspec.json.decode(read(Rows, item).body, type=list[kind])  # type: ignore[valid-type]  # chosen late
            except msgspec.MsgspecError as error:
                raise Unreadable(f"Rows: {error}", f"{BATCH}{batch.id}") from None
        return tuple(found)

    def current(self, report: Report) -> Report | None:
        """What is shown of the same source, unit and period now."""
        found = aws.get(TABLE(), *current_key(report))
        return read(Report, found) if found else None

    def version(self, report: Report) -> Report | None:
        """The same version of the same report, if it came before."""
        found = aws.get(TABLE(), *version_key(report))
        return read(Report, found) if found else None

    def of_year(self, unit: str, year: str) -> list[Report]:
        """What is shown of a unit in a year and periods of it, of all sources."""
        return [read(Report, each) for each in aws.query(TABLE(), shown_key(unit, year)[0], year)]

    def sources(self, unit: str, period: str) -> Sources | None:
        """Who reports of a unit and period; None where it is not kept: nobody, or who came before it was."""
        found = aws.get(TABLE(), *_sources_key(unit, period))
        return read(Sources, found) if found else None

    def shown(self, unit: str, period: str) -> list[Report]:
        """What is shown of a unit and period, source by source."""
        return [read(Report, each) for each in aws.query(TABLE(), *shown_key(unit, period))]

    def admit(self, first: Iterable[Admitted]) -> None:
        """Keep who comes first to units and periods. Raises aws.Lost: another one came meanwhile, WriteContended."""
        aws.transact({f"source {number}": _admitted(each) for number, each in enumerate(first)})

    def versions(self, unit: str, period: str, after: str) -> tuple[list[Report], str | None]:
        """A page of every version of every source's report of a unit and period, source by source, the oldest first.

        Raises as `paging.cursor_of`.
        """
        pk = reports_key(unit, period)
        rows, last = aws.page(TABLE(), "", PLACE[0], pk, limit=PAGE, start=cursor_of(after, PLACE, pk), consistent=True)
        return [read(Report, each) for each in rows], cursor(last)

    def keep(
        self, given: Given, batch: Batch, arrived: Arrived, reports: Iterable[Report], newer: Iterable[Report]
    ) -> None:
        """Keep a batch with its rows, its verdict and reports; `newer` of them are shown from now on.

        Raises aws.Lost (`batch`, `verdict`: it is there; `version ...`, `current ...`: another one was faster),
        WriteContended.
        """
        pk = f"{BATCH}{batch.id}"
        parts = {"batch": aws.put_new(TABLE(), {"pk": pk, "sk": HEAD, **written(batch)}), **_verdict(arrived)}
        for number, some in enumerate(_cut(given.rows)):
            rows = Rows(body=encoded(some).decode())
            parts[f"rows {number}"] = aws.put_new(TABLE(), {"pk": pk, "sk": f"{ROWS}{number:04d}", **written(rows)})
        for number, report in enumerate(reports):
            parts[f"version {number}"] = aws.put_new(TABLE(), _item(version_key(report), report))
        for number, report in enumerate(newer):
            parts[f"current {number}"] = aws.put(TABLE(), _item(current_key(report), report), **_newer_than(report))
        aws.transact(parts)

    def arrived(self, agencies: Sequence[str], after: str) -> tuple[list[Arrived], str | None]:
        """A page of what became of all that agencies sent, the newest first, whichever agency sent it.

        Last comes what has no place on a list by time, in no order. Raises as `paging.starts_of`.
        """
        timed, untimed = ([f"{kind}{agency}" for agency in agencies] for kind in (ARRIVALS, ARRIVED))
        starts = starts_of(after, PLACE, [*timed, *untimed])
        found, left = self._newest(timed, starts)
        if any(left.get(pk) != _done(pk) for pk in timed):
            return found, merged_cursor(left)
        # those before the last one that a cursor names were read to their end
        begin = max((place for place, pk in enumerate(untimed) if pk in starts), default=0)
        for pk in untimed[begin:]:
            if len(found) >= PAGE:
                return found, merged_cursor({**left, pk: {"pk": pk, "sk": aws.LAST}})
            room, start = PAGE - len(found), starts.get(pk)
            rows, last = aws.page(TABLE(), "", PLACE[0], pk, limit=room, start=start, newest=True, consistent=True)
            found += _unlisted(rows)
            if last:
                return found, merged_cursor({**left, pk: last})
        return found, None

    def _newest(self, lists: Sequence[str], starts: _Starts) -> tuple[list[Arrived], dict[str, aws.Item]]:
        """A page of several lists by time as one, and where each of them goes on; one without rows taken as before."""
        rows, ends = list[tuple[str, str, Arrived]](), dict[str, bool]()
        for pk in lists:
            start = starts.get(pk)
            some, last = aws.page(TABLE(), "", PLACE[0], pk, limit=PAGE, start=start, newest=True, consistent=True)
            ends[pk] = last is None
            rows += [(f"{each.at}#{each.id}", pk, each) for each in self._pointed(pk, some)]
        rows.sort(key=itemgetter(0), reverse=True)
        left, rest = dict(starts), {pk for _, pk, _ in rows[PAGE:]}
        left |= {pk: {"pk": pk, "sk": sk} for sk, pk, _ in rows[:PAGE]}
        left |= {pk: _done(pk) for pk in lists if ends[pk] and pk not in rest}
        return [each for _, _, each in rows[:PAGE]], left

    def _pointed(self, pk: str, rows: Iterable[aws.Item]) -> list[Arrived]:
        """What is on the list, in its order."""
        at, names = f"{ARRIVED}{pk.removeprefix(ARRIVALS)}", [read(ListedArrival, each).arrival for each in rows]
        told = (read(Arrived, each) for each in aws.many(TABLE(), [(at, name) for name in names], as_now=True))
        known = {each.id: each for each in told}
        return [known[name] for name in names if name in known]

    def judged(self, agency: str, identifier: str) -> Arrived | None:
        """The verdict that a file, or a batch, has already."""
        found = aws.get(TABLE(), f"{ARRIVED}{agency}", identifier)
        return read(Arrived, found) if found else None

    def judge(self, arrived: Arrived) -> bool:
        """Keep a verdict, once; False where there is one. Raises aws.WriteContended."""
        try:
            aws.transact(_verdict(arrived))
        except aws.Lost:
            return False
        return True


class DroppedFiles:
    """What agencies put into the intake bucket under `figures/`."""

    def form(self, key: str, media_type: str) -> Post:
        """A form for exactly one object under this key."""
        return post_form(INTAKE_BUCKET(), key, media_type, LARGEST)

    def read(self, key: str, version: str) -> bytes | None:
        """A version of a file, no more of it than is taken and a block; None where it is not there any more."""
        found = blocks(INTAKE_BUCKET(), key, version)
        if found is None:
            return None
        data = b""
        for block in found:
            data += block
            if len(data) > LARGEST:
                break
        return data


def _cut(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in their order, as many together as an item holds."""
    some, size = list[Row](), 0
    for row in rows:
        more = len(encoded((row,)))
        if some and size + more > MOST_BYTES:
            yield some
            some, size = [], 0
        some.append(row)
        size += more
    if some:
        yield some


def _verdict(arrived: Arrived) -> dict[str, aws.Op]:
    """A verdict, and its place on the list of its agency."""
    place = f"{ARRIVALS}{arrived.agency}", f"{arrived.at}#{arrived.id}"
    return {
        "verdict": aws.put_new(TABLE(), _item((f"{ARRIVED}{arrived.agency}", arrived.id), arrived)),
        "listed": aws.put_new(TABLE(), _item(place, ListedArrival(arrival=arrived.id))),
    }


def _done(pk: str) -> aws.Item:
    """Where a list by time has ended: no time is before that."""
    return {"pk": pk, "sk": "!"}


def _unlisted(rows: Iterable[aws.Item]) -> list[Arrived]:
    return [each for each in (read(Arrived, row) for row in rows) if not each.listed]


def _sources_key(unit: str, period: str) -> tuple[str, str]:
    return f"{SOURCES}{unit}", period


def _admitted(each: Admitted) -> aws.Op:
    item = _item(_sources_key(each.unit, each.period), each.now)
    if each.known is None:
        return aws.put_new(TABLE(), item)
    return aws.put(
        TABLE(),
        item,
        ConditionExpression="size(#n) = :n",
        ExpressionAttributeNames={"#n": "names"},
        ExpressionAttributeValues=aws.packed({":n": len(each.known.names)}),
    )


def _item(key: tuple[str, str], thing: Stored) -> aws.Item:
    return {"pk": key[0], "sk": key[1], **written(thing)}


def _newer_than(report: Report) -> aws.Op:
    return {
        "ConditionExpression": "attribute_not_exists(pk) OR #v < :v",
        "ExpressionAttributeNames": {"#v": "version"},
        "ExpressionAttributeValues": aws.packed({":v": report.version}),
    }
