"""What of an officer waits for a second administrator, and the officer once that one confirmed it. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from chalicelib.contracts.identity import Days, RoleHeld
from chalicelib.identity.staff.model import (
    LAST,
    OPERATOR,
    Absence,
    Departure,
    Grant,
    Hand,
    NameProposal,
    NumberProposal,
    Officer,
    WorkProposal,
)
from chalicelib.identity.staff.spans import holds, overlap
from chalicelib.kernel.access import DANGEROUS, is_same_person
from chalicelib.law.validity import covers


def granted(wanted: Sequence[RoleHeld], known: Sequence[Grant], by: Hand) -> tuple[Grant, ...]:
    """The roles as an administrator asks for them: one that is new, or longer than before, is proposed.

    What was confirmed stays so; of one that is to last longer the days after its former end are a proposal. Every role
    may be the second person of somebody, so one administrator alone gives none; it is policy. Who operates the service
    is a second person beside them: what they give counts, dangerous roles apart.
    """
    found = list[Grant]()
    for want in wanted:
        same = [g for g in known if g.role == want.role and g.confirmed and covers(want.valid_from, *_ends(g))]
        kept = same[0] if same else None
        if kept is None:
            found.append(_proposed(want, known, by))
        elif (want.valid_to or LAST) <= (kept.valid_to or LAST):
            found.append(structs.replace(kept, valid_from=want.valid_from, valid_to=want.valid_to))
        else:
            found.append(structs.replace(kept, valid_from=want.valid_from))
            more = RoleHeld(role=want.role, valid_from=kept.valid_to or LAST, valid_to=want.valid_to)
            found.append(_proposed(more, known, by))
    return tuple(found)


def _ends(days: Days) -> tuple[str, str | None]:
    return days.valid_from, days.valid_to


def _proposed(want: RoleHeld, known: Sequence[Grant], by: Hand) -> Grant:
    """A proposal; one that stood there before stays whose it was."""
    for grant in known:
        if not grant.confirmed and (grant.role, *_ends(grant)) == (want.role, *_ends(want)):
            return grant
    counts = by.officer == OPERATOR and want.role not in DANGEROUS
    return Grant(
        role=want.role,
        valid_from=want.valid_from,
        valid_to=want.valid_to,
        confirmed=counts,
        by=by.officer,
        confirmed_by=OPERATOR if counts else "",
        numbers=by.numbers,
    )


def numbered(officer: Officer, person: str, by: Hand) -> Officer:
    """The officer with a personal number that a second administrator is to confirm; the first one of the operator's.

    By a number an account is another person than a colleague's, so one administrator alone makes none known; it is
    policy. The one that stands there takes a proposal of another one back; one that waits stays whose proposal it was.
    """
    if person and (person == officer.person or (not officer.person and by.officer == OPERATOR)):
        return structs.replace(officer, person=person, proposal=None)
    if person in ("", officer.proposal and officer.proposal.person):
        return officer
    return structs.replace(officer, proposal=NumberProposal(person=person, by=by.officer, numbers=by.numbers))


def renamed(officer: Officer, by: Hand) -> Officer:
    """The officer with another name that a second administrator is to confirm; of the operator it counts at once.

    A complaint names its officer, and whom it names does not deal with it: so one administrator alone changes no name,
    their own neither; it is policy.
    """
    waits = None if by.officer == OPERATOR else NameProposal(by=by.officer, numbers=by.numbers)
    return structs.replace(officer, renaming=waits)


def widened(before: Officer, after: Officer, gained: Sequence[str], by: Hand) -> Officer:
    """The officer whose further kinds of tasks or areas (`gained`) wait for a second administrator.

    What a role may do was read by who confirmed it, so one administrator alone makes it no more, their own neither; it
    is policy. Before any role is confirmed all of it is read with that. Who says less takes back what waits.
    """
    if not gained or by.officer == OPERATOR or not any(grant.confirmed for grant in before.roles):
        return structs.replace(after, work=None)
    wanted = WorkProposal(kinds=after.kinds, areas=after.areas, by=by.officer, numbers=by.numbers)
    known = before.work
    if known and (known.kinds, known.areas) == (wanted.kinds, wanted.areas):
        wanted = known
    return structs.replace(after, **{name: getattr(before, name) for name in gained}, work=wanted)


def numbers_said(officer: Officer) -> frozenset[str]:
    """The personal numbers (keyed hashes) that are said of an officer, one that waits for a second one's word, too."""
    return frozenset({officer.person, officer.proposal.person if officer.proposal else ""} - {""})


def pends(absence: Absence, officer: Officer) -> bool:
    """Whether a deputy waits for a second administrator: the absent officer holds a dangerous role in these days."""
    grave = any(overlap(holds(officer, role), absence) for role in DANGEROUS)
    return bool(absence.deputy) and grave and not absence.grave


def waits(officer: Officer) -> bool:
    """Whether anything of an officer waits for a second administrator."""
    grants = any(not grant.confirmed for grant in officer.roles)
    is_proposed = any(
        each is not None for each in (officer.proposal, officer.departure, officer.renaming, officer.work)
    )
    return grants or is_proposed or any(pends(each, officer) for each in officer.absences)


def confirmed(officer: Officer, by: Hand, deputies: Mapping[str, frozenset[str]]) -> Officer:
    """The officer when what others proposed is confirmed by somebody; the same officer when they all are their own.

    A deputy does not confirm that they do dangerous acts: they would hold the role. `deputies` are the personal numbers
    of these (keyed hashes), as far as they are known: a person is no other one by another account.
    """
    roles = tuple(
        g if g.confirmed or _is_by(g, by) else structs.replace(g, confirmed=True, confirmed_by=by.officer)
        for g in officer.roles
    )
    after = structs.replace(departed(officer, by), roles=roles)
    if after.renaming and not _is_by(after.renaming, by):
        after = structs.replace(after, renaming=None)
    if after.work and not _is_by(after.work, by):
        after = structs.replace(after, kinds=after.work.kinds, areas=after.work.areas, work=None)
    away = tuple(
        structs.replace(a, grave=True, confirmed_by=by.officer)
        if pends(a, after) and not (_is_by(a, by) or is_hand(a.deputy or "", deputies.get(a.deputy or "", ()), by))
        else a
        for a in after.absences
    )
    after, wanted = structs.replace(after, absences=away), officer.proposal
    if wanted is None or _is_by(wanted, by):
        return after
    formers = tuple(
        dict.fromkeys(each for each in (*officer.formers, officer.person) if each not in ("", wanted.person))
    )
    return structs.replace(after, person=wanted.person, formers=formers, proposal=None)


def departed(officer: Officer, by: Hand) -> Officer:
    """The officer absent, or gone, as it was proposed; the same officer where whoever confirms it proposed it."""
    wanted = officer.departure
    if wanted is None or _is_by(wanted, by):
        return officer
    if wanted.absence:
        return structs.replace(officer, absences=(*officer.absences, wanted.absence), departure=None)
    return structs.replace(officer, left_on=wanted.left_on, hand_over_to=wanted.hand_over_to, departure=None)


def is_hand(officer: str, numbers: Iterable[str], hand: Hand) -> bool:
    """Whether an officer is who does something, by their record or their personal numbers."""
    return is_same_person(officer, numbers, hand.officer, hand.numbers)


def _is_by(given: Grant | Absence | NumberProposal | NameProposal | WorkProposal | Departure, hand: Hand) -> bool:
    """Whether something was proposed by who would confirm it."""
    return is_same_person(given.by, given.numbers, hand.officer, hand.numbers)
