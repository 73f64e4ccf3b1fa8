"""The tree of agencies by date: validity, merges and renames, and who settles or receives what for which area."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final

from msgspec import structs

from chalicelib.contracts.catalogue import AgencyEntry, AreaServed
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.law import packs
from chalicelib.law.codes import NATIONWIDE, BadCode, agency_id, is_within
from chalicelib.law.problems import Problem, Severity
from chalicelib.law.validity import covers

_MOST_CYCLES: Final = 20
MOST_NAMED: Final = 40
"""Other agencies that one change may name: each reads of it by a row of the same write."""


def in_force(entries: Iterable[AgencyEntry], on: date) -> dict[str, AgencyEntry]:
    """The agencies that exist on a Vietnamese day, by identifier (Decision 20/2020/QD-TTg)."""
    day = on.isoformat()
    return {entry.id: entry for entry in entries if covers(day, entry.valid_from, entry.valid_to)}


def problems_of(given: Sequence[AgencyEntry]) -> tuple[Problem, ...]:
    """What is wrong with the agencies of a tree; an entry that cannot be read is named, and counts for nothing else.

    A rename is a second entry of the same identifier. Identifiers follow Decision 20/2020/QD-TTg Art. 4-7. A warning
    refuses nothing.
    """
    found: list[tuple[int, AgencyEntry]] = []
    problems: list[Problem] = []
    for place, entry in enumerate(given):
        unreadable = _unreadable(place, entry)
        if unreadable:
            problems.append(unreadable)
        else:
            found.append((place, entry))
    return tuple(problems + _tree_problems(found))


def _unreadable(place: int, entry: AgencyEntry) -> Problem | None:
    """An identifier outside the grammar, or a day that is none."""
    try:
        for identifier in _identifiers(entry):
            agency_id(identifier)
    except BadCode as bad:
        return Problem(f"/{place}/id", "R34", f"Mã cơ quan không đúng: {bad.rule}", f"no agency identifier: {bad.rule}")
    try:
        for day in (entry.valid_from, entry.valid_to or entry.valid_from):
            date.fromisoformat(day)
    except ValueError as bad:
        vi, en = f"Bản ghi không đọc được: {bad}", f"the entry cannot be read: {bad}"
        return Problem(f"/{place}", "R34", vi, en)
    return None


def _identifiers(entry: AgencyEntry) -> Iterator[str]:
    yield entry.id
    if entry.parent:
        yield entry.parent
    yield from entry.successors
    for served in (*entry.receives_for, *entry.jurisdiction):
        if served.area != NATIONWIDE:
            yield served.area


def _tree_problems(found: Sequence[tuple[int, AgencyEntry]]) -> list[Problem]:
    ids = {agency.id for _, agency in found}
    problems = []
    for place, agency in found:
        problems += _entry_problems(place, agency, ids)
    return problems + _overlaps(found) + _cycles(found)


def _entry_problems(place: int, agency: AgencyEntry, ids: set[str]) -> list[Problem]:
    told: list[tuple[str, str, str, Severity]] = []
    if agency.valid_to is not None and agency.valid_to <= agency.valid_from:
        told.append(("valid_to", "Ngày kết thúc phải sau ngày bắt đầu", "validity ends after it begins", "error"))
    if agency.parent and agency.parent not in ids:
        told.append(("parent", f"Không có cơ quan {agency.parent}", f"unknown parent {agency.parent}", "error"))
    elif agency.parent and not is_within(agency.id, agency.parent):
        vi = f"Mã không nằm dưới mã của {agency.parent}"
        told.append(("parent", vi, f"the identifier does not stand under {agency.parent}", "warning"))
    unknown = ", ".join(each for each in agency.successors if each not in ids)
    if unknown:
        told.append(("successors", f"Không có cơ quan {unknown}", f"unknown successor {unknown}", "error"))
    if agency.successors and agency.valid_to is None:
        vi, en = "Có cơ quan kế thừa thì phải có ngày kết thúc", "an agency with successors has an end"
        told.append(("valid_to", vi, en, "error"))
    return [Problem(f"/{place}/{name}", "R34", vi, en, severity) for name, vi, en, severity in told]


def _overlaps(found: Sequence[tuple[int, AgencyEntry]]) -> list[Problem]:
    by_id: dict[str, list[tuple[int, AgencyEntry]]] = {}
    for place, agency in found:
        by_id.setdefault(agency.id, []).append((place, agency))
    problems = []
    for entries in by_id.values():
        entries.sort(key=lambda entry: entry[1].valid_from)
        for (_, earlier), (place, later) in pairwise(entries):
            if earlier.valid_to is None or later.valid_from < earlier.valid_to:
                vi, en = f"{later.id} trùng thời gian với {earlier.name}", f"{later.id} overlaps {earlier.name} in time"
                problems.append(Problem(f"/{place}/valid_from", "R34", vi, en))
    return problems


def _cycles(found: Sequence[tuple[int, AgencyEntry]]) -> list[Problem]:
    """The rings of parents with their paths; entries of different times count together, as no ring is ever right."""
    parents: dict[str, set[str]] = {}
    places: dict[str, int] = {}
    for place, agency in found:
        places.setdefault(agency.id, place)
        if agency.parent:
            parents.setdefault(agency.id, set()).add(agency.parent)
    problems: list[Problem] = []
    while len(problems) < _MOST_CYCLES:
        try:
            TopologicalSorter(parents).prepare()
        except CycleError as ring:
            path = list(reversed(ring.args[1]))
            parents[path[0]].discard(path[1])
            told = " > ".join(path)
            problems.append(Problem(f"/{places[path[0]]}/parent", "R34", f"Vòng lặp: {told}", f"a cycle: {told}"))
        else:
            break
    return problems


def takes_two(known: Sequence[AgencyEntry], wanted: Sequence[AgencyEntry]) -> bool:
    """Whether a change takes days from an agency, turns its work, its times or its names, or its four eyes off.

    Work turns by successors, another parent, or what it works on; times by the kind of its commune, or by how long a
    task may wait; four eyes by the word that it has one officer, on days for which nobody confirmed that yet. It is
    policy: no text of law was found that says how many administrators keep one. A new agency, another place or note,
    and a later end of the same take one.
    """
    heirs = [{heir for each in entries for heir in each.successors} for entries in (known, wanted)]
    own = {_kept(each) for each in known}
    for day in {day for each in (*known, *wanted) for day in (each.valid_from, each.valid_to) if day}:
        before, after = _on(known, day), _on(wanted, day)
        if before and (after is None or _kept(after) != _kept(before)):
            return True
        if own and after and _kept(after) not in own:
            return True
    if _days_alone(wanted) - _days_alone(each for each in known if each.one_officer_by):
        return True
    return bool(heirs[1] - heirs[0]) or (heirs[0] != heirs[1] and all(each.valid_to for each in wanted))


def _days_alone(entries: Iterable[AgencyEntry]) -> set[tuple[str, str | None]]:
    """The days on which one officer is to be enough."""
    return {(each.valid_from, each.valid_to) for each in entries if each.one_officer}


def _kept(entry: AgencyEntry) -> tuple[object, ...]:
    """What two keep of an agency, in whatever order it is said: its work, its times, its names.

    Its work is under whom it works, what it decides on and what it receives for others; its kind lengthens terms, and
    what a task may wait silences the alarm; its names stand on papers and public pages.
    """
    work = entry.parent, frozenset(entry.jurisdiction), frozenset(entry.receives_for)
    times = frozenset(entry.areas) if entry.areas is not None else None, entry.unheld_working_hours
    return *work, *times, entry.name, entry.one_stop


def named_by(agency: str, known: Sequence[AgencyEntry], wanted: Sequence[AgencyEntry]) -> frozenset[str]:
    """The other agencies that a change is about: who succeeds, another parent, in whose area it works more or less.

    Those above the agency are left out, as what is below them is on their list.
    """
    heirs = {heir for each in (*known, *wanted) for heir in each.successors}
    parents = {each.parent for each in known} ^ {each.parent for each in wanted}
    works = zip(_works(known), _works(wanted), strict=True)
    areas = {served.area for before, after in works for served in before ^ after} - {NATIONWIDE}
    return frozenset(each for each in heirs | parents | areas if each and not is_within(agency, each))


def _works(entries: Iterable[AgencyEntry]) -> tuple[set[AreaServed], set[AreaServed]]:
    """What an agency decides on at any time, and what it receives for others."""
    said = tuple(entries)
    return {each for e in said for each in e.jurisdiction}, {each for e in said for each in e.receives_for}


def too_many_named(names: frozenset[str]) -> tuple[Problem, ...]:
    """The problem of a change that is about more agencies than one write can tell."""
    if len(names) <= MOST_NAMED:
        return ()
    vi = f"Một lần thay đổi liên quan tối đa {MOST_NAMED} cơ quan khác: hãy chia thành nhiều lần"
    return (Problem("/entries", "most", vi, f"One change is about at most {MOST_NAMED} other agencies: make several"),)


def expires_at(proposed_at: str) -> datetime:
    """Until when a second administrator may say the same as a first one said then (`agency.proposal_days`, policy)."""
    since = moment(proposed_at)
    days = packs.pack_on(since.astimezone(ZONE).date()).rules.agency_proposal_days.value
    return since + timedelta(days=days)


def stands_above(agency: str, by: str) -> bool:
    """Whether an administrator of `by` may be the second one of an agency: of one above it, where there is one."""
    above, _, _ = agency.rpartition(".")
    return is_within(above or agency, by)


def _on(entries: Iterable[AgencyEntry], day: str) -> AgencyEntry | None:
    return next((each for each in entries if covers(day, each.valid_from, each.valid_to)), None)


def of_one_officer(wanted: Sequence[AgencyEntry], known: Sequence[AgencyEntry], by: str) -> tuple[AgencyEntry, ...]:
    """The entries with who confirmed that their agency has one officer: the second administrator, of `by`.

    That is of an agency above, where there is one. What was confirmed stays so for its very days, whoever keeps it;
    anything else waits (`takes_two`). It is policy: one administrator does not switch four eyes off, of their own
    agency or of one below, where they might be who is spared the second pair.
    """
    confirmed = {(each.valid_from, each.valid_to): each.one_officer_by for each in known if each.one_officer}

    def confirmer(entry: AgencyEntry) -> str:
        if not entry.one_officer:
            return ""
        above = by if by and stands_above(entry.id, by) else ""
        return above or confirmed.get((entry.valid_from, entry.valid_to), "")

    return tuple(structs.replace(entry, one_officer_by=confirmer(entry)) for entry in wanted)


def unconfirmed(entries: Sequence[AgencyEntry]) -> tuple[Problem, ...]:
    """A warning for each entry whose one officer nobody above confirmed."""
    vi = "Chỉ có hiệu lực khi hai quản trị viên, người sau thuộc cơ quan cấp trên, cùng lưu"
    en = "It counts only once two administrators keep it, the second of an agency above"
    return tuple(
        Problem(f"/entries/{place}/one_officer", "confirmed_above", vi, en, "warning")
        for place, each in enumerate(entries)
        if each.one_officer and not each.one_officer_by
    )
