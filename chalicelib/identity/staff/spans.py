"""On which Vietnamese days an officer holds a role, acts in it, is there, and who stands in for them. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from chalicelib.contracts.identity import Days
from chalicelib.identity.fence import Span
from chalicelib.identity.staff.model import FIRST, LAST, Officer, Tenure
from chalicelib.kernel.access import ADMINISTRATOR, DANGEROUS
from chalicelib.law.validity import covers

type Spans = list[tuple[str, str]]


def _cut(days: Iterable[Days], end: str | None) -> Spans:
    """These days as far as they lie before an end, in order."""
    cut = [(each.valid_from, min(each.valid_to or LAST, end or LAST)) for each in days]
    return sorted((opens, closes) for opens, closes in cut if opens < closes)


def without(spans: Spans, away: Iterable[Days]) -> Spans:
    """What is left of spans when others are taken out of them."""
    for gone in away:
        first, last = gone.valid_from, gone.valid_to or LAST
        spans = [
            part
            for opens, closes in spans
            for part in ((opens, min(closes, first)), (max(opens, last), closes))
            if part[0] < part[1]
        ]
    return spans


def holds(officer: Officer, role: str) -> Spans:
    """The days on which a role is an officer's, whether they are there or not: confirmed, and before they left."""
    return _cut((grant for grant in officer.roles if grant.role == role and grant.confirmed), officer.left_on)


def acts_as(officer: Officer, role: str) -> Spans:
    """The days on which an officer acts in a role themselves."""
    return without(holds(officer, role), officer.absences)


def is_present(officer: Officer) -> Spans:
    """The days on which an officer is there at all: enrolled in any role, not absent, not left."""
    enrolled = [(min((g.valid_from for g in officer.roles), default=LAST), officer.left_on or LAST)]
    return without([span for span in enrolled if span[0] < span[1]], officer.absences)


def may_sign(officer: Officer) -> Spans:
    """The days of the signing certificate; always when none is recorded, as the register of signers then decides."""
    return _cut([officer.certificate], None) if officer.certificate else [(FIRST, LAST)]


def deputised(officer: Officer, role: str) -> list[Span]:
    """The days on which a deputy does an officer's role, and who; a dangerous one only when that was confirmed."""
    found = list[Span]()
    for absence in officer.absences:
        if absence.deputy and (absence.grave or role not in DANGEROUS):
            days = overlap(holds(officer, role), absence)
            found += [Span(opens=opens, closes=closes, by=absence.deputy) for opens, closes in days]
    return found


def overlap(spans: Spans, days: Days) -> Spans:
    """What of spans lies within some days."""
    first, last = days.valid_from, days.valid_to or LAST
    both = [(max(opens, first), min(closes, last)) for opens, closes in spans]
    return [(opens, closes) for opens, closes in both if opens < closes]


def on(spans: Iterable[tuple[str, str]], day: str) -> bool:
    """Whether a day is among spans."""
    return any(covers(day, opens, closes) for opens, closes in spans)


def roles_on(officer: Officer, day: str) -> frozenset[str]:
    """What an officer acts as on a day by their own right."""
    return frozenset(g.role for g in officer.roles if on(acts_as(officer, g.role), day))


def gap_of(tenures: Iterable[Days], since: str) -> str | None:
    """The first day from `since` on that no tenure covers; None when every day has somebody."""
    day = since
    for opens, closes in _cut(tenures, None):
        if opens > day:
            break
        day = max(day, closes)
    return None if day >= LAST else day


def tenures_of(officer: Officer) -> tuple[Tenure, ...]:
    """When an officer administers their agency, absences apart: who is ill stays its administrator."""
    spans = holds(officer, ADMINISTRATOR)
    found = (Tenure(officer=officer.officer, valid_from=o, valid_to=None if c == LAST else c) for o, c in spans)
    return tuple(found)


def overlapping(days: Sequence[Days]) -> tuple[int, int] | None:
    """The places of the first two that share a day; None when none do."""
    order = sorted(range(len(days)), key=lambda place: days[place].valid_from)
    for earlier, later in pairwise(order):
        if days[later].valid_from < (days[earlier].valid_to or LAST):
            return earlier, later
    return None


def shares_days(one: Days, other: Days) -> bool:
    """Whether two times have a day in common."""
    return one.valid_from < (other.valid_to or LAST) and other.valid_from < (one.valid_to or LAST)
