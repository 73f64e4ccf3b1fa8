"""An officer as their agency enrolled them, and what they may act as on a Vietnamese day. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import structs

from chalicelib.contracts.identity import Away, Days, OfficerKept, RoleHeld, StaffAct, StandIn
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.identity.fence import ALWAYS, Span
from chalicelib.kernel.access import ADMINISTRATOR, DANGEROUS, is_same_person
from chalicelib.kernel.record import Head
from chalicelib.law.validity import covers

FIRST, LAST = ALWAYS
KEYS_KEPT: Final = 20
OPERATOR: Final = "operator"
"""Who operates the service: makes the first administrators of an agency, and imports files."""


class Grant(RoleHeld, frozen=True, kw_only=True):
    """A role as it was given: by whom, and by whom confirmed (keyed hashes); `numbers` are those of who gave it."""

    by: str = ""
    confirmed_by: str = ""
    numbers: tuple[str, ...] = ()


class Certificate(Days, frozen=True, kw_only=True):
    """An officer's signing certificate: its serial number and the days of its validity."""

    serial: str


class Enrolment(Part, frozen=True, kw_only=True):
    """An officer as an administrator describes them; `name` and `subject` are those of their token.

    `person` is the keyed hash of their personal number, empty where nobody gave it.
    """

    subject: str
    name: str
    roles: tuple[RoleHeld, ...]
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    position: str = ""
    certificate: Certificate | None = None
    person: str = ""


class Absence(Away, frozen=True, kw_only=True):
    """Days on which an officer is absent: who declared them, who confirmed that the deputy does dangerous acts too.

    `numbers` are the keyed hashes of the personal number of who declared them.
    """

    by: str = ""
    confirmed_by: str = ""
    numbers: tuple[str, ...] = ()


class Departure(Part, frozen=True, kw_only=True):
    """An administrator's absence, or their leaving, as another one proposed it; `numbers` are of who did."""

    by: str
    numbers: tuple[str, ...] = ()
    absence: Absence | None = None
    left_on: str | None = None
    hand_over_to: str | None = None


class NumberProposal(Part, frozen=True, kw_only=True):
    """A first or another personal number of an officer (keyed hash), by whom, and the numbers of who proposed it."""

    person: str
    by: str
    numbers: tuple[str, ...] = ()


class Hand(Part, frozen=True, kw_only=True):
    """Who proposes or confirms (keyed hash), and their personal number (keyed hashes), as far as it is known."""

    officer: str
    numbers: tuple[str, ...] = ()


class Officer(Part, frozen=True, kw_only=True):
    """What an agency says of an officer. `areas` are identifiers of agencies or areas; none named means all.

    `person` is the keyed hash of their personal number, as the dossiers have it of their holders; empty where nobody
    gave it (an earlier release kept a first one of one administrator: it counts). `formers` are those that stood there
    before, `proposal` one that waits for a second administrator. `departure` waits for one too.
    """

    agency: str
    officer: str
    roles: tuple[Grant, ...] = ()
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    position: str = ""
    certificate: Certificate | None = None
    absences: tuple[Absence, ...] = ()
    stands_in: tuple[StandIn, ...] = ()
    left_on: str | None = None
    hand_over_to: str | None = None
    person: str = ""
    formers: tuple[str, ...] = ()
    proposal: NumberProposal | None = None
    departure: Departure | None = None


class NumberHolder(Stored, frozen=True, kw_only=True):
    """Which officer of an agency has a personal number, until the day on which they left."""

    shape = 1

    officer: str
    left_on: str | None = None


class OfficerHead(Head, frozen=True, kw_only=True):
    """The record of an officer at one agency; `sealed` has name and subject, `keys` the requests that changed it."""

    shape = 1

    officer: Officer | None = None
    sealed: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    list_pk: str | None = None
    list_sk: str | None = None


class Tenure(Days, frozen=True, kw_only=True):
    """The days on which somebody is an administrator."""

    officer: str


class Roster(Stored, frozen=True, kw_only=True):
    """Who administers an agency, and since when its staff is kept here; changed with every change of these."""

    shape = 1

    version: int = 0
    kept_since: str | None = None
    administrators: tuple[Tenure, ...] = ()


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
            days = _overlap(holds(officer, role), absence)
            found += [Span(opens=opens, closes=closes, by=absence.deputy) for opens, closes in days]
    return found


def _overlap(spans: Spans, days: Days) -> Spans:
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


def numbers_said(officer: Officer) -> frozenset[str]:
    """The personal numbers (keyed hashes) that are said of an officer, one that waits for a second one's word, too."""
    return frozenset({officer.person, officer.proposal.person if officer.proposal else ""} - {""})


def pends(absence: Absence, officer: Officer) -> bool:
    """Whether a deputy waits for a second administrator: the absent officer holds a dangerous role in these days."""
    grave = any(_overlap(holds(officer, role), absence) for role in DANGEROUS)
    return bool(absence.deputy) and grave and not absence.grave


def waits(officer: Officer) -> bool:
    """Whether anything of an officer waits for a second administrator."""
    grants = any(not grant.confirmed for grant in officer.roles)
    is_proposed = officer.proposal is not None or officer.departure is not None
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


def _is_by(given: Grant | Absence | NumberProposal | Departure, hand: Hand) -> bool:
    """Whether something was proposed by who would confirm it."""
    return is_same_person(given.by, given.numbers, hand.officer, hand.numbers)


def told_of(officer: Officer, version: int, act: StaffAct, *, staff_kept: bool, sealed: str = "") -> OfficerKept:
    """What everybody is told of an officer; `sealed` is who they are, encrypted."""
    return OfficerKept(
        agency=officer.agency,
        officer=officer.officer,
        version=version,
        act=act,
        roles=tuple(
            RoleHeld(role=g.role, valid_from=g.valid_from, valid_to=g.valid_to, confirmed=g.confirmed)
            for g in officer.roles
        ),
        away=tuple(
            Away(valid_from=a.valid_from, valid_to=a.valid_to, deputy=a.deputy, grave=a.grave) for a in officer.absences
        ),
        stands_in=officer.stands_in,
        kinds=officer.kinds,
        areas=officer.areas,
        signs=_days(officer.certificate),
        left_on=officer.left_on,
        hand_over_to=officer.hand_over_to,
        person=officer.person,
        sealed=sealed,
        position=officer.position,
        staff_kept=staff_kept,
        formers=officer.formers,
    )


def _days(certificate: Certificate | None) -> Days | None:
    return certificate and Days(valid_from=certificate.valid_from, valid_to=certificate.valid_to)
