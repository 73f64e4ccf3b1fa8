"""On which days an agency has an administrator who is there, or a confirmed deputy who is. Pure.

Days are Vietnamese. Whoever is absent stays an administrator (`model.tenures_of`), and administers nothing meanwhile.
"""

from collections.abc import Iterable, Mapping

from chalicelib.contracts.identity import Days
from chalicelib.identity.fence import Span
from chalicelib.identity.staff.model import LAST, Officer
from chalicelib.identity.staff.spans import Spans, acts_as, deputised, is_present, on, overlap, roles_on, without
from chalicelib.kernel.access import ADMINISTRATOR
from chalicelib.law.validity import covers


def share_of(officer: Officer | None) -> tuple[Spans, list[Span], Spans]:
    """The days that an officer gives to it: their own, those of their deputies, and as whose deputy they are there."""
    if officer is None:
        return [], [], []
    stands_in = is_present(officer) if officer.stands_in else []
    return acts_as(officer, ADMINISTRATOR), deputised(officer, ADMINISTRATOR), stands_in


def served(staff: Mapping[str, Officer], role: str = ADMINISTRATOR) -> Spans:
    """The days on which somebody of these acts in a role: who has it and is there, or their confirmed deputy."""
    found: Spans = []
    for officer in staff.values():
        found += acts_as(officer, role)
        for span in deputised(officer, role):
            deputy = staff.get(span.by)
            there = is_present(deputy) if deputy else []
            found += [(max(o, span.opens), min(c, span.closes)) for o, c in there]
    return [(opens, closes) for opens, closes in found if opens < closes]


def administering(staff: Mapping[str, Officer], day: str) -> frozenset[str]:
    """Who administers on a day: by their own right, or as the confirmed deputy of somebody."""
    found = {name for name, officer in staff.items() if ADMINISTRATOR in roles_on(officer, day)}
    for officer in staff.values():
        deputies = (span.by for span in deputised(officer, ADMINISTRATOR) if covers(day, span.opens, span.closes))
        found |= {name for name in deputies if name in staff and on(is_present(staff[name]), day)}
    return frozenset(found)


def first_without(before: Mapping[str, Officer], after: Mapping[str, Officer], since: str) -> str | None:
    """The first day from `since` on that a change leaves without anybody, of those that had somebody; None for none."""
    found = without(_empty(after, since), _days(_empty(before, since)))
    return min(found)[0] if found else None


def loses(before: Officer, after: Officer, role: str, since: str) -> Spans:
    """The days from `since` on, on which an officer acted in a role and does no more."""
    still = _days(acts_as(after, role))
    held = [(max(opens, since), closes) for opens, closes in acts_as(before, role) if closes > since]
    return without(held, still)


def loses_for(absent: Officer, before: Officer, after: Officer, role: str, since: str) -> Spans:
    """The days from `since` on, on which an officer stood in for somebody in a role and is there no more."""
    spans = [span for span in deputised(absent, role) if span.by == before.officer and span.closes > since]
    days = _days((max(span.opens, since), span.closes) for span in spans)
    held = [part for each in days for part in overlap(is_present(before), each)]
    return without(held, _days(is_present(after)))


def is_left(lost: Spans, staff: Mapping[str, Officer], role: str) -> bool:
    """Whether of days that somebody lost one is left to nobody of these who is there for a role."""
    return bool(without(lost, _days(served(staff, role))))


def first_empty(staff: Mapping[str, Officer], since: str) -> str | None:
    """The first day from `since` on that has nobody; None when each has somebody."""
    found = _empty(staff, since)
    return min(found)[0] if found else None


def _empty(staff: Mapping[str, Officer], since: str) -> Spans:
    return without([(since, LAST)], _days(served(staff)))


def _days(spans: Iterable[tuple[str, str]]) -> list[Days]:
    return [Days(valid_from=opens, valid_to=closes) for opens, closes in spans]
