"""Nobody decides on what is their own: their dossier, that of whom they represent, or of who represents them.

Whoever files it, holds it too, or acts for an organisation there has an interest in it as its holder has. An officer is
known by the keyed hash of their personal number, the same as stands for them as an applicant.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from chalicelib.contracts.event import heard
from chalicelib.contracts.plan import Part
from chalicelib.dossier import offered
from chalicelib.dossier.duties import Duty, manning
from chalicelib.dossier.form_people import is_among
from chalicelib.dossier.needs import KNOWN_FROM
from chalicelib.dossier.refusals import NumberUnknown, OwnDossier
from chalicelib.dossier.staffed import ROLE, StaffedOfficer, desk_rows, known_officer, staff_of
from chalicelib.dossier.ties import circle_of
from chalicelib.kernel.access import RECEPTION, SCANNING, Principal
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.problem import ContentErased
from chalicelib.law import packs

SCAN: Final = "scan"
"""What an officer does with a paper, beside the kinds of tasks."""
ROLES: Final = {SCAN: frozenset({SCANNING, RECEPTION}), **{kind: frozenset({role}) for kind, role in ROLE.items()}}
"""The roles that do a kind of task, or see to papers."""
NAMED: Final = 10
"""Officers that a refusal names at most."""


class Work(NamedTuple):
    """What is to be done in a dossier: by which agency's officers, as which kind of task, and who may not.

    These by the keyed hashes of their accounts and of their personal numbers: `but` may all the same where their agency
    has one officer, `bound` nowhere. `filed`: when it was filed, a stamp; None where nobody says.
    """

    agency: str
    kind: str
    but: frozenset[str] = frozenset()
    filed: str | None = None
    bound: frozenset[str] = frozenset()


class Substitutes(NamedTuple):
    """Who may do some work on a dossier instead of who has an interest in it.

    `officers` are None where only the agency's provider knows them. `kept_out`: others of the agency who do such work
    have an interest too, or are bound. `above` is the agency above; None where there is none.
    """

    officers: tuple[StaffedOfficer, ...] | None
    kept_out: tuple[str, ...]
    above: str | None

    @property
    def is_nobody_left(self) -> bool:
        """Whether all who do such work have an interest, so that it goes to the agency above."""
        return self.officers == () and bool(self.kept_out)


class _Name(Part, frozen=True, kw_only=True):
    name: str


def has_interest(
    persons: Iterable[str], people: Collection[str], now: datetime, *, filed: str | None = None, anew: bool = False
) -> bool:
    """Whether somebody, by the keyed hashes of their numbers, is one of these people or tied to one.

    A tie counts that held at any time since what is theirs was `filed` (a stamp; None: since now), or within the days
    before that which the rule pack names: who ends a mandate today is no stranger tomorrow. No read for who is one of
    them; else one query, unless this process asked within the last minutes (`anew`: in any case).
    """
    known, since = frozenset(persons), _since(filed, now)
    return is_among(known, people) or any(is_among(circle_of(each, now, since, anew=anew), people) for each in known)


def _since(filed: str | None, now: datetime) -> datetime:
    days = packs.pack_on(now.astimezone(ZONE).date()).rules.interest_after_days.value
    return min(now, moment(filed) if filed else now) - timedelta(days=days)


def require_known(who: Principal, now: datetime) -> None:
    """Raise NumberUnknown, from the day on that the stage names, for an officer whose personal number nobody gave."""
    if who.kind == "OFFICER" and not who.persons and is_needed(now):
        raise NumberUnknown(known_from=KNOWN_FROM())


def is_needed(now: datetime) -> bool:
    """Whether the day has come from which an officer without a number decides nothing."""
    return now.astimezone(ZONE).date() >= date.fromisoformat(KNOWN_FROM())


def require_other(
    who: Principal, people: Collection[str], work: Work, now: datetime, *, anew: bool = False, named: bool = True
) -> None:
    """Raise OwnDossier for an officer who has an interest in the dossier of these people: it says who may.

    `named`: with the names of colleagues, which are sealed. Raises NumberUnknown. A system of an agency is nobody.
    """
    if who.kind != "OFFICER":
        return
    require_known(who, now)
    if has_interest(who.persons, people, now, filed=work.filed, anew=anew):
        found = substitutes(who.agency, work, people, now)
        raise OwnDossier(**facts_of(found, named=named))


def facts_of(found: Substitutes, *, named: bool = True) -> dict[str, Any]:
    """Who may act, for whoever is refused: officers of their agency by name, else the agency above."""
    names = [_name(each) for each in (found.officers or ())[:NAMED]] if named else []
    return {"officers": names, "agency_above": None if found.officers else found.above}


def substitutes(agency: str, work: Work, people: Collection[str], now: datetime) -> Substitutes:
    """Who of an agency may do some work on the dossier of these people; for the way of the refusal alone: it reads."""
    day = now.astimezone(ZONE).date()
    duty = Duty(work.agency, "" if work.kind == SCAN else work.kind, ROLES[work.kind])
    own = offered.agency_of(agency)
    above, alone = offered.parent_of(own, day), offered.has_one_officer(own, day)
    found = manning(agency, duty, day.isoformat())
    if found is None:
        return Substitutes(None, (), above)
    kept_out = [
        each
        for each in found
        if not _names(each).isdisjoint(work.bound) or has_interest(each.persons, people, now, filed=work.filed)
    ]
    but = frozenset[str]() if alone else work.but
    free = (each for each in found if each not in kept_out and not _names(each) & but)
    able = tuple(each for each in free if each.persons or not is_needed(now))
    return Substitutes(able, tuple(each.enrolled.officer for each in kept_out), above)


def _names(officer: StaffedOfficer) -> frozenset[str]:
    """By what stands for an officer where something was done: their account and their numbers."""
    return frozenset({officer.enrolled.officer} | officer.numbers)


def names_of(agency: str) -> tuple[str, ...]:
    """The names on the list of an agency's officers, also of who left; none where it keeps no staff here."""
    is_kept = any(row.sk == "STAFF" for row in desk_rows(agency))
    return tuple(map(_name, staff_of(agency))) if is_kept else ()


def name_of(agency: str, officer: str) -> str:
    """The name of an officer (keyed hash) on the list of an agency; nothing of who is not on it."""
    known = known_officer(agency, officer)
    return _name(known) if known else ""


def _name(officer: StaffedOfficer) -> str:
    """The name of an officer; of one whom an earlier release told, nothing."""
    from chalicelib.sealing.door import unseal  # for the way of a refusal: not every function that loads this has it

    enrolled = officer.enrolled
    try:
        said = unseal(f"OFFICER-{enrolled.agency}-{enrolled.officer}", enrolled.sealed) if enrolled.sealed else None
    except ContentErased:
        said = None
    return heard(_Name, said).name if said else ""
