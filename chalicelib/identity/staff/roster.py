"""Who administers an agency after a change of its staff: read with it, kept with it, refused where nobody would."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import structs

from chalicelib.identity.refusals import LastAdministrator
from chalicelib.identity.staff.model import Officer, Roster, Tenure
from chalicelib.identity.staff.ports import Administration, Kept, Register
from chalicelib.identity.staff.presence import first_empty, first_without, loses, share_of
from chalicelib.identity.staff.spans import gap_of, tenures_of
from chalicelib.kernel.clock import ZONE, stamp


def administration_after(
    register: Register, by: tuple[str, str, str], changes: Sequence[Kept], now: datetime
) -> Administration:
    """Who administers the agency after a change; `by`: the agency, who changes its staff, for whom who is absent.

    The roster is read first, and gets another version with every change of who administers when, and when an officer
    has less of a role: of two that would leave a day to nobody together, one is lost and decided anew.

    Raises LastAdministrator when one day nobody would, or nobody who is there.
    """
    agency, officer, absent = by
    before, day = register.roster(agency), now.astimezone(ZONE).date().isoformat()
    after = changes[0].officer
    others = tuple(each for each in before.administrators if each.officer != after.officer)
    tenures = (*others, *tenures_of(after))
    same = sorted(tenures, key=_order) == sorted(before.administrators, key=_order)
    if same and all(share_of(each.head.officer) == share_of(each.officer) for each in changes):
        was = changes[0].head.officer
        is_less = was is not None and any(loses(was, after, grant.role, day) for grant in was.roles)
        return Administration(before, structs.replace(before, version=before.version + is_less), officer, absent)
    former = {each.head.officer.officer: each.head.officer for each in changes if each.head.officer}
    changed = {each.officer.officer: each.officer for each in changes}
    known = with_deputies(register, agency, {each.officer for each in tenures} - changed.keys(), changed)
    gap = gap_of(tenures, day) or first_without(known | former, known | changed, day)
    if gap and before.kept_since:
        raise LastAdministrator(since=gap)
    begins = not (gap or first_empty(known | changed, day))
    since = before.kept_since or (stamp(now) if begins else None)
    return Administration(
        before, Roster(version=before.version + 1, kept_since=since, administrators=tenures), officer, absent
    )


def with_deputies(
    register: Register, agency: str, names: Iterable[str], changed: Mapping[str, Officer] | None = None
) -> dict[str, Officer]:
    """Some officers, and their deputies, also of those who change; who changes is read already."""
    given = changed or {}
    found = _officers(register, agency, names)
    deputies = {a.deputy for each in (*found.values(), *given.values()) for a in each.absences if a.deputy}
    return found | _officers(register, agency, deputies - found.keys() - given.keys())


def _officers(register: Register, agency: str, names: Iterable[str]) -> dict[str, Officer]:
    heads = {name: register.head(agency, name).officer for name in sorted(names)}
    return {name: officer for name, officer in heads.items() if officer}


def _order(tenure: Tenure) -> tuple[str, str, str]:
    return tenure.officer, tenure.valid_from, tenure.valid_to or ""
