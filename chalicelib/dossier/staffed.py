"""Whose work an officer may do today: staff as agencies enrolled it, agencies as they merged. A read model of ours."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from msgspec.structs import replace

from chalicelib.contracts.catalogue import AgencyEntry
from chalicelib.contracts.event import told
from chalicelib.contracts.identity import Away, Days, Enrolled, OfficerKept
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored, read, typed, written
from chalicelib.dossier.leaving import FURTHEST, leaves
from chalicelib.dossier.news import newer
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.access import DANGEROUS, LEADER, PROCESSING, RECEPTION, Post, Principal, tells_holders
from chalicelib.kernel.clock import ZONE, utc_now
from chalicelib.kernel.ids import keyed_hash
from chalicelib.law.codes import is_within
from chalicelib.law.validity import covers, midnight

ROLE: Final[Mapping[str, str]] = {
    "receive": RECEPTION,
    "forward": RECEPTION,
    "verify": PROCESSING,
    "consult": PROCESSING,
    "approve": LEADER,
    "withdrawal": RECEPTION,
    "objection": LEADER,
}
"""The role that does a kind of task."""
MOST_TOLD: Final = 20
"""Officers that a refusal names."""


class Succession(Days, frozen=True, kw_only=True):
    """The days on which the work of an agency that ended is its successors'."""

    to: tuple[str, ...]


class DeskRow(Part, frozen=True, kw_only=True):
    """A row of what is known of an agency's work: which one, its sort key says."""

    sk: str
    successions: tuple[Succession, ...] = ()


class EndedAgency(Stored, frozen=True, kw_only=True):
    """To whom the work of an agency went; empty of one that is."""

    shape = 1

    successions: tuple[Succession, ...] = ()


class Mark(Stored, frozen=True, kw_only=True):
    """That an agency keeps its staff here, or that it may have succeeded another: the agency `of` which is told.

    `forget_at` is when DynamoDB may delete it, in seconds since 1970: when the last succession of the two is over.
    """

    shape = 1

    of: str
    forget_at: int | None = None


class StaffedOfficer(Stored, frozen=True, kw_only=True):
    """An officer as their agency last told of them; `said` is the keyed hash of the number that a token said."""

    shape = 1

    enrolled: Enrolled
    version: int
    said: str = ""

    @property
    def numbers(self) -> frozenset[str]:
        """Keyed hashes of their personal number, as far as it is known."""
        return frozenset({self.enrolled.person, self.said} - {""})

    @property
    def persons(self) -> frozenset[str]:
        """The same with the numbers that stood there before: by these something is their own."""
        return self.numbers | frozenset(self.enrolled.formers)


# --- what was heard ------------------------------------------------------------------------------------------------


def remember_officer(event: OfficerKept) -> None:
    """Keep an officer as told, unless we hold that or something newer; and that the agency's staff is kept."""
    enrolled = {name: value for name, value in told(event).items() if name not in ("act", "staff_kept")}
    item = {"enrolled": enrolled, "shape": StaffedOfficer.shape}
    officer = newer(_officer_key(event.agency, event.officer), item, event.version, by="version")
    kept = {"kept": _marked(event.agency, "STAFF", event.agency)} if event.staff_kept else {}
    left = leaves(event.agency, event.left_on, event.officer) if event.left_on else {}
    try:
        aws.transact({"officer": officer, **kept, **left})
    except aws.Lost:
        return


def succession_parts(agency: str, entries: Iterable[AgencyEntry], former: Iterable[AgencyEntry]) -> dict[str, aws.Op]:
    """To whom the work of an agency goes by its entries, and for each of them that there is somebody to look at.

    Nobody looks from those any more whom only its `former` entries named, nor from whom it took its work back.
    """
    known = successions(entries)
    until = _lasts(known)
    ended = {"pk": _desk(agency), "sk": "ENDED", **written(EndedAgency(successions=known))}
    days = {name: op for each in known for name, op in leaves(agency, each.valid_from).items()}
    marks = {f"follows {heir}": _marked(heir, f"FOLLOWS#{agency}", agency, until[heir]) for heir in sorted(until)}
    gone = {
        f"follows no more {heir}": aws.delete(TABLE(), (_desk(heir), f"FOLLOWS#{agency}"))
        for heir in sorted(_lasts(successions(former)).keys() - until.keys())
    }
    return {"ended": aws.put(TABLE(), ended), **marks, **gone, **days}


def _lasts(known: Iterable[Succession]) -> dict[str, int | None]:
    """Until when each successor has the work, in seconds since 1970; None until further notice."""
    ends: dict[str, list[str | None]] = {}
    for each in known:
        for heir in each.to:
            ends.setdefault(heir, []).append(each.valid_to)
    return {
        heir: None if None in days else max(int(midnight(date.fromisoformat(day)).timestamp()) for day in days if day)
        for heir, days in ends.items()
    }


def successions(entries: Iterable[AgencyEntry]) -> tuple[Succession, ...]:
    """When whose work it is: from the end of an entry that names successors until the agency is there again."""
    order = sorted(entries, key=lambda entry: entry.valid_from)
    again = [later.valid_from for _, later in pairwise(order)] + [None] if order else []
    return tuple(
        Succession(valid_from=entry.valid_to, valid_to=until, to=entry.successors)
        for entry, until in zip(order, again, strict=True)
        if entry.successors and entry.valid_to and entry.valid_to != until
    )


# --- whose work it is ----------------------------------------------------------------------------------------------


def as_enrolled(who: Principal, now: datetime) -> Principal:
    """An officer as they may act now: by their enrolment where their agency keeps its staff, by their token elsewhere.

    An agency that merged has no officers any more: its work is its successors' (rule R34). A system of an agency is not
    enrolled: its token counts. Everybody else is as they are.
    """
    if not who.agency:
        return who
    day = now.astimezone(ZONE).date().isoformat()
    rows = desk_rows(who.agency)
    agencies = reach_of(who.agency, day, rows)
    if who.kind != "OFFICER" or not any(row.sk == "STAFF" for row in rows):
        if agencies == {who.agency}:
            return who
        return replace(who, roles=who.roles if agencies else frozenset(), post=Post(agencies=agencies))
    officer = keyed_hash("officer", who.subject)
    known = known_officer(who.agency, officer)
    if known is None or not agencies or not is_there(known.enrolled, day):
        return replace(who, roles=frozenset(), post=Post(agencies=frozenset(), officer=officer))
    return posted(who, known, agencies, day)


def posted(who: Principal, known: StaffedOfficer, agencies: frozenset[str], day: str) -> Principal:
    """An officer who is there, with what they do by their own right and for others."""
    enrolled = known.enrolled
    own = roles_held(enrolled, day)
    absent = absent_for(enrolled, day, lambda officer: officer_of(who.agency, officer))
    stands_in = {role: each.officer for each in absent for role in deputised(each, enrolled.officer, day) - own}
    served = [enrolled, *absent]
    areas = {area for each in served for area in each.areas} if all(each.areas for each in served) else set()
    kinds = {kind for each in served for kind in each.kinds} if all(each.kinds for each in served) else set()
    post = Post(
        agencies=frozenset(a for a in agencies if not areas or any(is_within(a, area) for area in areas)),
        officer=enrolled.officer,
        kinds=frozenset(kinds),
        stands_in=stands_in,
        signs=signs(enrolled, day),
        absent=frozenset(each.officer for each in absent),
        persons=known.numbers,
        formers=frozenset(known.enrolled.formers),
    )
    return replace(who, roles=own | frozenset(stands_in), post=post)


def officer_of(agency: str, officer: str) -> Enrolled | None:
    """An officer (keyed hash) as their agency last told of them."""
    known = known_officer(agency, officer)
    return known.enrolled if known else None


def known_officer(agency: str, officer: str) -> StaffedOfficer | None:
    """An officer (keyed hash) as their agency last told of them, with what is known of them beside it."""
    item = aws.get(TABLE(), *_officer_key(agency, officer))
    return read(StaffedOfficer, item) if item else None


def known_officers(agency: str, officers: Iterable[str]) -> dict[str, StaffedOfficer]:
    """The same of several officers, all of them in one read; those of whom nothing was told are left out."""
    items = aws.many(TABLE(), [_officer_key(agency, officer) for officer in officers])
    known = (read(StaffedOfficer, item) for item in items)
    return {each.enrolled.officer: each for each in known}


def numbers_on_lists(agencies: Iterable[str]) -> Callable[[str], frozenset[str]]:
    """Asks staff lists for the numbers (keyed hashes) of an account (subject or hash): two reads an agency."""
    asked = sorted({*agencies} - {""})

    def find(account: str) -> frozenset[str]:
        names = (account, keyed_hash("officer", account))
        known = (known_officer(agency, name) for agency in asked for name in names)
        return frozenset().union(*(each.persons for each in known if each))

    return find


def remember_number(who: Principal) -> None:
    """Keep what the token of an enrolled officer says of their personal number, as a keyed hash: once, at an act."""
    post = who.post
    if post is None or not post.officer or who.numbers <= post.persons:
        return
    (said,) = who.numbers - post.persons
    where = _officer_key(who.agency, post.officer)
    aws.updated(aws.update(TABLE(), where, put={"said": said}, condition="attribute_exists(pk)"))


def is_there(enrolled: Enrolled, day: str) -> bool:
    """Whether an officer works on a day: neither absent nor gone."""
    return (enrolled.left_on is None or day < enrolled.left_on) and not _away(enrolled, day)


def roles_held(enrolled: Enrolled, day: str) -> frozenset[str]:
    """The roles that are an officer's on a day, whether they are there or not."""
    if enrolled.left_on is not None and day >= enrolled.left_on:
        return frozenset()
    held = (r.role for r in enrolled.roles if r.confirmed and covers(day, r.valid_from, r.valid_to))
    return frozenset(held)


def deputised(absent: Enrolled, deputy: str, day: str) -> frozenset[str]:
    """The roles of an absent officer that a deputy has on a day; dangerous ones when that was confirmed."""
    mine = [away for away in _away(absent, day) if away.deputy == deputy]
    held = roles_held(absent, day) if mine else frozenset()
    return held if any(away.grave for away in mine) else held - DANGEROUS


def signs(enrolled: Enrolled, day: str) -> bool:
    """Whether an officer's certificate, where one is recorded, is valid on a day."""
    return enrolled.signs is None or covers(day, enrolled.signs.valid_from, enrolled.signs.valid_to)


def _away(enrolled: Enrolled, day: str) -> list[Away]:
    return [away for away in enrolled.away if covers(day, away.valid_from, away.valid_to)]


def absent_for(enrolled: Enrolled, day: str, find: Callable[[str], Enrolled | None]) -> list[Enrolled]:
    """For whom an officer works on a day; who it is, they say themselves."""
    named = {each.officer for each in enrolled.stands_in if covers(day, each.valid_from, each.valid_to)}
    found = (find(officer) for officer in sorted(named))
    return [each for each in found if each and deputised(each, enrolled.officer, day)]


def may_be_given(agency: str, officer: str, kind: str, day: str) -> bool:
    """Whether an officer (keyed hash) is there on a day and does tasks of a kind, by their own right.

    True of everybody in an agency that keeps no staff here: whom it employs, only its provider knows.
    """
    if not any(row.sk == "STAFF" for row in desk_rows(agency)):
        return True
    known = officer_of(agency, officer)
    return known is not None and is_there(known, day) and does_own(known, kind, day)


def has_left(agency: str, officer: str, day: str) -> bool:
    """Whether an officer (keyed hash) left the agency by a day; not who is only absent, nor who came again."""
    known = officer_of(agency, officer)
    return known is not None and known.left_on is not None and known.left_on <= day


def has_ended(agency: str, day: str) -> bool:
    """Whether an agency's work is its successors' on a day."""
    return bool(_heirs(desk_rows(agency), day))


def takes_over(agency: str, officer: str, kind: str, day: str) -> str | None:
    """Which colleague (keyed hash) takes over tasks of a kind from an officer who left; None: nobody named does them.

    One who is absent does: their deputy has what is theirs. One who left too named somebody in turn.
    """
    for _ in range(FURTHEST):
        known = officer_of(agency, officer)
        if known is None or known.left_on is None or known.left_on > day:
            return officer if known and does_own(known, kind, day) else None
        if known.hand_over_to is None:
            return None
        officer = known.hand_over_to
    return None


def does_own(enrolled: Enrolled, kind: str, day: str) -> bool:
    """Whether tasks of a kind are an officer's own on a day, whether they are there or not."""
    return ROLE.get(kind) in roles_held(enrolled, day) and (not enrolled.kinds or kind in enrolled.kinds)


# --- who else may ---------------------------------------------------------------------------------------------------


@tells_holders
def colleagues_of(who: Principal, roles: frozenset[str]) -> dict[str, Any]:
    """Who of an officer's agency holds one of some roles today, who is absent until when, and who stands in.

    For officers who are enrolled there and did not leave: nothing for anybody else, and nothing of an agency that keeps
    no staff here. Officers are named by record and position: no names, and no personal numbers.
    """
    day, officer = utc_now().astimezone(ZONE).date().isoformat(), keyed_hash("officer", who.subject)
    me = officer_of(who.agency, officer) if who.agency else None
    if me is None or (me.left_on is not None and me.left_on <= day):
        return {}
    staff = {each.enrolled.officer: each.enrolled for each in staff_of(who.agency)}
    found = [_told_of(each, staff, roles, day) for each in staff.values() if roles & roles_held(each, day)]
    return {"holders": found[:MOST_TOLD], **({"more_holders": True} if len(found) > MOST_TOLD else {})}


def _told_of(enrolled: Enrolled, staff: Mapping[str, Enrolled], roles: frozenset[str], day: str) -> dict[str, Any]:
    """One of them; `stands_in` where a deputy has one of these roles today."""
    away = _away(enrolled, day)
    deputies = (staff[each.deputy] for each in away if each.deputy and each.deputy in staff)
    acting = [each for each in deputies if roles & deputised(enrolled, each.officer, day) and is_there(each, day)]
    return {
        "officer": enrolled.officer,
        "position": enrolled.position,
        "roles": sorted(roles & roles_held(enrolled, day)),
        "absent_until": max((each.valid_to or "" for each in away), default=None),
        "stands_in": {"officer": acting[0].officer, "position": acting[0].position} if acting else None,
    }


# --- where it stands -----------------------------------------------------------------------------------------------


def _desk(agency: str) -> str:
    return f"DESK#{agency}"


def _marked(agency: str, sk: str, of: str, forget_at: int | None = None) -> aws.Op:
    return aws.put(TABLE(), {"pk": _desk(agency), "sk": sk, **written(Mark(of=of, forget_at=forget_at))})


def staff_of(agency: str) -> list[StaffedOfficer]:
    """All officers of an agency as it last told of them: one query."""
    return [read(StaffedOfficer, item) for item in aws.query(TABLE(), _staff(agency), "OFFICER#")]


def _staff(agency: str) -> str:
    return f"STAFF#{agency}"


def _officer_key(agency: str, officer: str) -> tuple[str, str]:
    return _staff(agency), f"OFFICER#{officer}"


def desk_rows(agency: str) -> list[DeskRow]:
    """What is known of an agency's work: whether its staff is kept here, whom it succeeded, who succeeded it."""
    return [typed(DeskRow, row, row) for row in aws.query(TABLE(), _desk(agency))]


def reach_of(agency: str, day: str, rows: list[DeskRow]) -> frozenset[str]:
    """The agency and all that it succeeded by a day; none when it ended itself."""
    if _heirs(rows, day):
        return frozenset()
    found, waiting = {agency}, [(agency, rows)]
    while waiting:
        heir, known = waiting.pop()
        for row in known:
            former = row.sk.removeprefix("FOLLOWS#")
            if former == row.sk or former in found:
                continue
            theirs = desk_rows(former)
            if heir in _heirs(theirs, day):
                found.add(former)
                waiting.append((former, theirs))
    return frozenset(found)


def _heirs(rows: Iterable[DeskRow], day: str) -> tuple[str, ...]:
    """To whom an agency's work went by a day; nobody while it is there itself."""
    for row in rows:
        for each in row.successions:
            if covers(day, each.valid_from, each.valid_to):
                return each.to
    return ()
