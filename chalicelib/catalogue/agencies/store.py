"""Agencies, a record each, with one list of them all; outages, a list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import structs

from chalicelib.catalogue.agencies.items import (
    CHANGES,
    COUNTER_CHANGES,
    LIST,
    AgencyHead,
    CounterHead,
    ListedAgency,
    ListedChange,
    ListedCounter,
    ListedCounterChange,
    ListedOutage,
    OutageHead,
    Proposal,
    TreeChanges,
)
from chalicelib.catalogue.agencies.model import named_by
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.catalogue import (
    Agency,
    AgencyChangeProposed,
    AgencyEntry,
    AgencyPublished,
    Counter,
    CounterChangeProposed,
    CounterEntry,
    CounterPublished,
    Outage,
    OutageAnnounced,
    OutageMoved,
    OutageWithdrawn,
)
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Change
from chalicelib.law.codes import is_within

OUTAGES: Final = "OUTAGES"
LEVELS: Final = 4
"""Levels of agencies that an identifier names (Decision 20/2020/QD-TTg)."""
MOST_COUNTERS: Final = 100
"""Counters of a service that are shown of a province: who wants one of more names the agency."""
BELOW: Final = ".~"
"""Sorts behind every identifier below that one which it stands behind, and before every other one."""
NAMES: Final = "#"
"""Stands between an agency and the one whose change names it; sorts before what is below that."""
TREE: Final = ("AGENCY TREE", "CHANGES")
OUTAGE_CHANGES: Final = ("OUTAGE CHANGES", "CHANGES")


class AgencyTable:
    """Agencies and outages in DynamoDB."""

    def head(self, agency: str) -> AgencyHead:
        """The record of an agency, whose version counts changes; one that nobody kept yet has version 0."""
        pk = f"AGENCY#{agency}"
        found = aws.get(TABLE(), pk, "HEAD")
        return read(AgencyHead, found) if found else AgencyHead(pk=pk)

    def agencies(self) -> list[Agency]:
        """All of them: for an administrator's change, which looks at the whole tree."""
        return [read(ListedAgency, row).agency for row in aws.query(TABLE(), LIST)]

    def page(self, start: aws.Item | None, limit: int) -> tuple[list[Agency], aws.Item | None]:
        """A page of agencies by identifier, and where the next one starts."""
        rows, last = aws.page(TABLE(), "", "pk", LIST, limit=limit, start=start)
        return [read(ListedAgency, row).agency for row in rows], last

    def tree(self) -> int:
        """How often any agency changed: a circle may close over two changes, each right by itself."""
        return _changes(TREE)

    def keep(
        self,
        head: AgencyHead,
        agency: Agency,
        keeper: str,
        tree: int,
        now: datetime,
        decided: ListedChange | None = None,
    ) -> None:
        """The agency's record with its event and its row, if no agency changed since `tree` was read.

        What waited is `decided`, or off the list. Raises Lost ("head") when another change of this agency came first,
        WriteContended when one of another did.
        """
        change = Change(TABLE(), head, now).tell(AgencyPublished(**structs.asdict(agency)), actor=keeper)
        change.put(agency=agency, keeper=keeper)
        if head.proposal:
            change.take_off("proposal")
        if decided:
            _list(change, decided, _names(head, decided.entries))
        elif head.proposal:
            _unlist(change, agency.id, _names(head, head.proposal.entries))
        row = {"pk": LIST, "sk": agency.id, **written(ListedAgency(agency=agency))}
        _write_among(change.also("row", aws.put(TABLE(), row)), TREE, tree)

    def propose(
        self, head: AgencyHead, proposal: Proposal[AgencyEntry], listed: ListedChange, actor: str, now: datetime
    ) -> None:
        """What would change of an agency, with its event and its row on the list of those. Raises Lost ("head")."""
        told = AgencyChangeProposed(agency=listed.agency, by_agency=proposal.agency, entries=proposal.entries)
        change = Change(TABLE(), head, now).tell(told, actor=actor).put(proposal=proposal)
        names = _names(head, proposal.entries)
        if head.proposal:
            _unlist(change, listed.agency, _names(head, head.proposal.entries) - names)
        _list(change, listed, names)
        change.write()

    def changes(self, agency: str, start: aws.Item | None, limit: int) -> tuple[list[ListedChange], aws.Item | None]:
        """A page of the changes of an agency and those below it, by identifier, and where the next one starts.

        One of another agency that names one of them stands where that does.
        """
        below = f"{agency}{BELOW}"
        rows, last = aws.page(
            TABLE(),
            "",
            "pk",
            CHANGES,
            limit=limit,
            start=start,
            within=("sk", "BETWEEN", agency, below),
            consistent=True,
        )
        found = [read(ListedChange, row) for row in rows]
        once = {each.agency: each for each in found if not each.named or not is_within(each.agency, agency)}
        return list(once.values()), last

    def outages(self, since: datetime) -> list[Outage]:
        """Outages that end after a moment; the list is read from there on, not from its beginning."""
        return [read(ListedOutage, row).outage for row in aws.since(TABLE(), OUTAGES, stamp(since))]

    def outage(self, outage: str) -> OutageHead:
        """The record of an outage; one that nobody announced has version 0."""
        pk = f"OUTAGE#{outage}"
        found = aws.get(TABLE(), pk, "HEAD")
        return read(OutageHead, found) if found else OutageHead(pk=pk)

    def outage_changes(self) -> int:
        """How often an outage was announced or moved: two may last too long together, each right by itself."""
        return _changes(OUTAGE_CHANGES)

    def announce(self, outage: Outage, body: str, actor: str, changes: int, now: datetime) -> None:
        """An announced outage: a record of its own, and a row sorted by its end, if none came since `changes` was read.

        Raises Lost when it is there, WriteContended when another one came first.
        """
        head = OutageHead(pk=f"OUTAGE#{outage.id}")
        change = Change(TABLE(), head, now).tell(OutageAnnounced(**structs.asdict(outage)), actor=actor)
        change.put(outage=outage, body=body).also("row", aws.put_new(TABLE(), _row(outage)))
        _write_among(change, OUTAGE_CHANGES, changes)

    def move(
        self, head: OutageHead, outage: Outage, told: OutageMoved, actor: str, changes: int, now: datetime
    ) -> None:
        """The outage with another end: its row stands at the new end, and no more at the old one.

        Raises Lost, WriteContended when another outage came since `changes` was read.
        """
        change = Change(TABLE(), head, now).tell(told, actor=actor).put(outage=outage)
        change.also("row", aws.put(TABLE(), _row(outage)))
        change.also("former row", aws.delete(TABLE(), (OUTAGES, f"{told.former}#{outage.id}")))
        _write_among(change, OUTAGE_CHANGES, changes)

    def withdraw(
        self,
        head: OutageHead,
        outage: Outage,
        told: OutageWithdrawn,
        request: tuple[str, str],
        actor: str,
        now: datetime,
    ) -> None:
        """The outage as withdrawn by a request: one that had begun is listed at its end, one that had not nowhere.

        Raises Lost.
        """
        change = Change(TABLE(), head, now).tell(told, actor=actor)
        change.put(outage=outage, end_key=request[0], end_body=request[1])
        if told.begun:
            change.also("row", aws.put(TABLE(), _row(outage)))
        change.also("former row", aws.delete(TABLE(), (OUTAGES, f"{told.former}#{outage.id}"))).write()

    def counter(self, agency: str, code: str) -> CounterHead:
        """What an agency says of a service at its counter; of one that says nothing, version 0."""
        pk = f"COUNTER#{agency}#{code}"
        found = aws.get(TABLE(), pk, "HEAD")
        return read(CounterHead, found) if found else CounterHead(pk=pk)

    def keep_counter(self, head: CounterHead, counter: Counter, keeper: str, now: datetime) -> None:
        """The record with its event, and its row in the list of the province; nothing waits any more.

        Raises Lost ("head").
        """
        change = Change(TABLE(), head, now).tell(CounterPublished(**structs.asdict(counter)), actor=keeper)
        row = {**written(ListedCounter(counter=counter)), "pk": _counters(counter.procedure, counter.agency)}
        change.put(counter=counter, keeper=keeper)
        if head.proposal:
            change.take_off("proposal")
            change.also("change", aws.delete(TABLE(), (COUNTER_CHANGES, _of(counter.agency, counter.procedure))))
        change.also("row", aws.put(TABLE(), {**row, "sk": counter.agency})).write()

    def propose_counter(
        self,
        head: CounterHead,
        proposal: Proposal[CounterEntry],
        listed: ListedCounterChange,
        actor: str,
        now: datetime,
    ) -> None:
        """What would change of a counter, with its event and its row on the list of those. Raises Lost ("head")."""
        told = CounterChangeProposed(
            agency=listed.agency, procedure=listed.procedure, by_agency=proposal.agency, entries=proposal.entries
        )
        change = Change(TABLE(), head, now).tell(told, actor=actor).put(proposal=proposal)
        row = {"pk": COUNTER_CHANGES, "sk": _of(listed.agency, listed.procedure), **written(listed)}
        change.also("change", aws.put(TABLE(), row)).write()

    def counter_changes(
        self, agency: str, start: aws.Item | None, limit: int
    ) -> tuple[list[ListedCounterChange], aws.Item | None]:
        """A page of what waits of the counters of an agency and those below it, and where the next one starts."""
        rows, last = aws.page(
            TABLE(),
            "",
            "pk",
            COUNTER_CHANGES,
            limit=limit,
            start=start,
            within=("sk", "BETWEEN", _of(agency, ""), f"{agency}{BELOW}"),
            consistent=True,
        )
        return [read(ListedCounterChange, row) for row in rows], last

    def counters_of(self, code: str, province: str) -> list[Counter]:
        """What the agencies of a province say of a service, the first by identifier: one read."""
        rows, _ = aws.page(TABLE(), "", "pk", _counters(code, province), limit=MOST_COUNTERS, start=None)
        return [read(ListedCounter, row).counter for row in rows]

    def counters_at(self, code: str, agency: str) -> list[Counter]:
        """What an agency and those above it say of a service, the nearest first: a read each."""
        parts = agency.split(".")
        chain = [".".join(parts[:length]) for length in range(len(parts), 0, -1)][:LEVELS]
        rows = [aws.get(TABLE(), _counters(code, each), each) for each in chain]
        return [read(ListedCounter, row).counter for row in rows if row]


def _changes(place: tuple[str, str]) -> int:
    found = aws.get(TABLE(), *place)
    return read(TreeChanges, found).changes if found else 0


def _write_among(change: Change, place: tuple[str, str], changes: int) -> None:
    """Write a change that is right among others, if none of them changed since their count was read.

    Raises Lost where something else does not hold, WriteContended when another one came first.
    """
    still = aws.update(
        TABLE(),
        place,
        put=written(TreeChanges(changes=changes + 1)),
        condition="changes = :changes" if changes else "attribute_not_exists(pk)",
        expect={"changes": changes} if changes else None,
    )
    try:
        change.also("count", still).write()
    except aws.Lost as lost:
        if "head" in lost or "count" not in lost:
            raise
        raise aws.WriteContended from lost


def _counters(code: str, agency: str) -> str:
    """The list of a service's counters in the province, or below the ministry, of an agency."""
    return f"COUNTERS#{code}#{agency.split('.', maxsplit=1)[0]}"


def _of(agency: str, code: str) -> str:
    """Where the list has what waits of a counter: its agency's before those of agencies below."""
    return f"{agency}#{code}"


def _names(head: AgencyHead, wanted: tuple[AgencyEntry, ...]) -> frozenset[str]:
    """On whose lists a change of an agency stands: its own (empty), and that of each other one that it is about."""
    known, agency = (head.agency.entries, head.agency.id) if head.agency else ((), "")
    return named_by(agency, known, wanted) | {""}


def _place(name: str, agency: str) -> str:
    """Where the list has the change of an agency for another one that it names, or for itself (empty)."""
    return f"{name}{NAMES}{agency}" if name else agency


def _list(change: Change, listed: ListedChange, names: Iterable[str]) -> None:
    for name in names:
        row = {"pk": CHANGES, "sk": _place(name, listed.agency), **written(structs.replace(listed, named=name))}
        change.also(f"change {name}", aws.put(TABLE(), row))


def _unlist(change: Change, agency: str, names: Iterable[str]) -> None:
    for name in names:
        change.also(f"change {name}", aws.delete(TABLE(), (CHANGES, _place(name, agency))))


def _row(outage: Outage) -> aws.Item:
    return {"pk": OUTAGES, "sk": f"{outage.ends_at}#{outage.id}", **written(ListedOutage(outage=outage))}
