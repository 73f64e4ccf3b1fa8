"""Officers in identity's table, a record each; what of their agency's queues nobody does, from the dossiers' table."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Final

from msgspec import Struct, structs

from chalicelib.contracts.stored import read, typed, written
from chalicelib.dossier import duties, staffed
from chalicelib.dossier.ties import numbers_of
from chalicelib.identity import fence
from chalicelib.identity.fence import PRESENT, SIGNING, TABLE, Span
from chalicelib.identity.staff.model import LAST, OPERATOR, NumberHolder, Officer, OfficerHead, Roster, told_of
from chalicelib.identity.staff.ports import Administration, Kept, Unmanned
from chalicelib.identity.staff.rules import Numbers
from chalicelib.identity.staff.spans import Spans, acts_as, deputised, is_present, may_sign
from chalicelib.kernel import aws
from chalicelib.kernel.access import ADMINISTRATOR
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.kernel.record import Change
from chalicelib.kernel.rounds import readable
from chalicelib.sealing.door import learn, seal, unseal

LISTED: Final = ("list_pk", "list_sk")


class _Sealed(Struct, frozen=True):
    """Who an officer is."""

    name: str
    subject: str


class _Proposed(Struct, frozen=True):
    """How an officer is to be called."""

    name: str


class _Listed(Struct, frozen=True):
    """A row of the index, which holds keys alone."""

    pk: str


class RegisterTable:
    """Officers in DynamoDB."""

    def head(self, agency: str, officer: str) -> OfficerHead:
        """The record of an officer; one that nobody enrolled has version 0."""
        pk = f"OFFICER#{agency}#{officer}"
        found = aws.get(TABLE(), pk, "HEAD")
        return read(OfficerHead, found) if found else OfficerHead(pk=pk)

    def roster(self, agency: str) -> Roster:
        """Who administers an agency; of one that never enrolled an administrator, nobody."""
        found = aws.get(TABLE(), *_roster_key(agency))
        return read(Roster, found) if found else Roster()

    def page(self, agency: str, after: str) -> tuple[list[OfficerHead], str | None]:
        """A page of an agency's officers in the order of their enrolment. Raises BodyInvalid, NotFound for a cursor."""
        pk = f"STAFF#{agency}"
        rows, last = aws.page(TABLE(), "listed", LISTED[0], pk, limit=PAGE, start=cursor_of(after, LISTED, pk))
        places = [typed(_Listed, row, row).pk for row in rows]
        heads = readable(partial(read, OfficerHead), aws.many(TABLE(), [(pk, "HEAD") for pk in places]))
        found = {head.pk: head for head in heads}
        learn([_sealed_under(head) for head in found.values()])
        return [found[pk] for pk in places if pk in found], cursor(last)

    def named(self, head: OfficerHead) -> tuple[str, str]:
        """Name and subject of an officer. Raises ContentErased."""
        known = _Sealed(**unseal(_sealed_under(head), head.sealed))
        return known.name, known.subject

    def proposed_name(self, head: OfficerHead) -> str:
        """The name that waits for a second administrator; empty where none does. Raises ContentErased."""
        waits = head.officer.renaming if head.officer else None
        return _Proposed(**unseal(_sealed_under(head), waits.sealed)).name if waits else ""

    def keep(self, changes: Sequence[Kept], administration: Administration, now: datetime) -> None:
        """One transaction: each officer with their event and standings, and who administers the agency.

        Raises Lost: "head" or "roster head" when another change came first, "administrator" when who changes it is
        none any more; WriteContended.
        """
        first, *others = [_change(kept, administration, now) for kept in changes]
        for other in others:
            first.join(str(other.head.pk.rsplit("#", 1)[1]), other)
        before, after = administration.before, administration.after
        agency = changes[0].officer.agency
        if before != after:
            first.also("roster head", _roster(agency, before, after))
        touched = {kept.officer.officer for kept in changes}
        if (
            before.kept_since
            and administration.by != OPERATOR
            and not touched & {administration.by, administration.absent}
        ):
            first.also("administrator", _acting(agency, administration, now))
        first.write()

    def known(self, agency: str, officers: Collection[str]) -> dict[str, Numbers]:
        """What the dossiers' room knows of the personal numbers of some officers (keyed hashes), by tokens too."""
        known = staffed.known_officers(agency, officers)
        return {name: Numbers(each.persons, each.said) for name, each in known.items()}

    def having(self, agency: str, person: str, now: datetime) -> frozenset[str]:
        """The officers (keyed hashes) of an agency who have a personal number and did not leave: one person's all.

        As it was given here, as a token says it, and under the numbers that the person had before.
        """
        day, numbers = now.astimezone(ZONE).date().isoformat(), numbers_of(person, now)
        rows = aws.many(TABLE(), [_number_key(agency, each) for each in sorted(numbers)])
        kept = [(each.officer, each.left_on) for each in (read(NumberHolder, row) for row in rows)]
        told = [each for each in staffed.staff_of(agency) if each.numbers & numbers]
        kept += [(each.enrolled.officer, each.enrolled.left_on) for each in told]
        return frozenset(officer for officer, left_on in kept if left_on is None or left_on > day)

    def unmanned(self, agency: str, day: date) -> list[Unmanned]:
        """Queues of the agency, and of those that it succeeded, whose open tasks nobody enrolled may do on a day."""
        found = duties.unmanned(agency, day)
        return [Unmanned(agency=each.agency, kind=each.kind, due_at=each.due_at) for each in found]


def _acting(agency: str, administration: Administration, now: datetime) -> aws.Op:
    """A condition that fails unless whoever changes the staff administers it; who is changed themselves has HEAD's."""
    if administration.absent:
        return fence.deputy_active(agency, administration.absent, administration.by, ADMINISTRATOR, stamp(now))
    return fence.officer_active(agency, administration.by, ADMINISTRATOR, stamp(now))


def _sealed_under(head: OfficerHead) -> str:
    """The reference under which the name of an officer is sealed."""
    return head.pk.replace("#", "-")


def _number_key(agency: str, person: str) -> tuple[str, str]:
    return f"NUMBERS#{agency}", person


def _number(officer: Officer, today: str) -> aws.Op:
    """That a personal number is an officer's; lost where it is a colleague's who did not leave."""
    held = NumberHolder(officer=officer.officer, left_on=officer.left_on)
    return aws.update(
        TABLE(),
        _number_key(officer.agency, officer.person),
        put=written(held),
        remove=() if held.left_on else ("left_on",),
        condition="attribute_not_exists(pk) OR officer = :me OR left_on <= :today",
        expect={"me": officer.officer, "today": today},
    )


def _roster_key(agency: str) -> tuple[str, str]:
    return f"STAFF#{agency}", "ROSTER"


def _roster(agency: str, before: Roster, after: Roster) -> aws.Op:
    return aws.update(
        TABLE(),
        _roster_key(agency),
        put=written(after),
        condition="#v = :before" if before.version else "attribute_not_exists(pk)",
        expect={"before": before.version} if before.version else {},
        reserved={"#v": "version"} if before.version else {},
    )


def _change(kept: Kept, administration: Administration, now: datetime) -> Change:
    head, officer = kept.head, kept.officer
    change = Change(TABLE(), head, now)
    if kept.proposed and officer.renaming:
        waits = seal(_sealed_under(head), {"name": kept.proposed})
        officer = structs.replace(officer, renaming=structs.replace(officer.renaming, sealed=waits))
    named = {"name": kept.name, "subject": kept.subject}
    sealed = seal(_sealed_under(head), named) if kept.name else head.sealed
    is_kept = bool(administration.after.kept_since)
    told = told_of(officer, head.version + 1, kept.act, staff_kept=is_kept, sealed=sealed)
    change.tell(told, actor=administration.by).put(officer=officer, keys=kept.keys or head.keys)
    if kept.name:
        change.put(sealed=sealed)
    if not head.version:
        change.put(list_pk=f"STAFF#{officer.agency}", list_sk=f"{stamp(now)}#{officer.officer}")
    today = now.astimezone(ZONE).date().isoformat()
    if officer.person and _held(head.officer) != _held(officer):
        change.also("number head", _number(officer, today))
    for capacity, spans in _standings(head.officer, officer, today).items():
        change.also(f"as {capacity}", fence.stands(officer.agency, officer.officer, capacity, spans))
    return change


def _held(officer: Officer | None) -> tuple[str, str | None] | None:
    return (officer.person, officer.left_on) if officer else None


def _standings(before: Officer | None, after: Officer, today: str) -> dict[str, list[Span]]:
    """What the fences of an officer say from today on, of every role that they have or had."""
    grants = chain(before.roles if before else (), after.roles)
    roles = {grant.role for grant in grants}
    found = {PRESENT: _spans(is_present(after), today), SIGNING: _spans(may_sign(after), today)}
    deputies = any(absence.deputy for absence in (*(before.absences if before else ()), *after.absences))
    for role in sorted(roles):
        found[role] = _spans(acts_as(after, role), today)
        if deputies:
            kept = [span for span in deputised(after, role) if span.closes > today]
            found[fence.by_deputy(role)] = sorted(kept, key=lambda span: span.opens)[: fence.MOST_SPANS]
    return found


def _spans(spans: Spans, today: str) -> list[Span]:
    """The first of these that are not over: later ones come in with the next change, and are refused until then."""
    kept = sorted(span for span in spans if span[1] > today)[: fence.MOST_SPANS]
    return [Span(opens=opens, closes=min(closes, LAST)) for opens, closes in kept]
