"""The tree of agencies by date: validity, merges and renames, and who settles or receives what for which area."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any, Final

from chalicelib.law.codes import BadCode, agency_id
from chalicelib.law.problems import Problem, Severity
from chalicelib.law.validity import covers

NATIONWIDE: Final = "*"
_MOST_CYCLES: Final = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """Procedures and fields in an area, which an agency settles or receives for: Decree 118/2025 Art. 14(2), (4).

    An area is an agency's identifier with all that stands under it, or `*` for the whole country. A scope without
    codes and fields covers every procedure.
    """

    area: str
    procedures: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency under one name for one time; a rename is a second entry of the same identifier.

    Identifier: Decision 20/2020/QD-TTg Art. 4-7. `valid_to` is the first day on which it no longer exists.
    """

    id: str
    name: str
    level: str
    parent: str | None
    one_stop: str | None
    place: str
    valid_from: date
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    receives_for: tuple[Scope, ...] = ()
    jurisdiction: tuple[Scope, ...] = ()

    def is_in_force(self, on: date) -> bool:
        """Whether the agency exists under this name on a Vietnamese day (Decision 20/2020/QD-TTg)."""
        return covers(on, self.valid_from, self.valid_to)


def is_within(area: str, wider: str) -> bool:
    """Whether an area is another one or lies under it, by identifier: Decision 20/2020/QD-TTg Art. 4-7."""
    return wider in {NATIONWIDE, area} or area.startswith(f"{wider}.")


def read_agencies(given: Sequence[Mapping[str, Any]]) -> tuple[tuple[Agency, ...], tuple[Problem, ...]]:
    """The agencies of a file and what is wrong with them; an entry that cannot be read is left out and named.

    Identifiers follow Decision 20/2020/QD-TTg Art. 4-7. A warning refuses nothing.
    """
    found: list[tuple[int, Agency]] = []
    problems: list[Problem] = []
    for place, each in enumerate(given):
        try:
            found.append((place, _agency(each)))
        except BadCode as bad:
            vi = f"Mã cơ quan không đúng: {bad.rule}"
            problems.append(Problem(f"/{place}/id", "R34", vi, f"no agency identifier: {bad.rule}"))
        except KeyError as missing:
            name = missing.args[0]
            problems.append(Problem(f"/{place}/{name}", "R34", f"Thiếu {name}", f"{name} is missing"))
        except (AttributeError, TypeError, ValueError) as bad:
            vi, en = f"Bản ghi không đọc được: {bad}", f"the entry cannot be read: {bad}"
            problems.append(Problem(f"/{place}", "R34", vi, en))
    return tuple(agency for _, agency in found), tuple(problems + _tree_problems(found))


def in_force(agencies: Iterable[Agency], on: date) -> dict[str, Agency]:
    """The agencies that exist on a Vietnamese day, by identifier (Decision 20/2020/QD-TTg)."""
    return {agency.id: agency for agency in agencies if agency.is_in_force(on)}


def _agency(given: Mapping[str, Any]) -> Agency:
    return Agency(
        id=agency_id(given["id"]),
        name=str(given["name"]),
        level=str(given["level"]),
        parent=agency_id(given["parent"]) if given.get("parent") else None,
        one_stop=given.get("one_stop") or None,
        place=str(given.get("place", "")),
        valid_from=date.fromisoformat(given["valid_from"]),
        valid_to=date.fromisoformat(given["valid_to"]) if given.get("valid_to") else None,
        successors=tuple(agency_id(each) for each in given.get("successors", ())),
        receives_for=tuple(_scope(each) for each in given.get("receives_for", ())),
        jurisdiction=tuple(_scope(each) for each in given.get("jurisdiction", ())),
    )


def _scope(given: Mapping[str, Any]) -> Scope:
    area = given["area"]
    return Scope(
        area if area == NATIONWIDE else agency_id(area),
        frozenset(given.get("procedures", ())),
        frozenset(given.get("fields", ())),
    )


def _tree_problems(found: Sequence[tuple[int, Agency]]) -> list[Problem]:
    ids = {agency.id for _, agency in found}
    problems = []
    for place, agency in found:
        problems += _entry_problems(place, agency, ids)
    return problems + _overlaps(found) + _cycles(found)


def _entry_problems(place: int, agency: Agency, ids: set[str]) -> list[Problem]:
    told: list[tuple[str, str, str, Severity]] = []
    if agency.valid_to is not None and agency.valid_to <= agency.valid_from:
        told.append(("valid_to", "Ngày kết thúc phải sau ngày bắt đầu", "validity ends after it begins", "error"))
    if agency.parent is not None and agency.parent not in ids:
        told.append(("parent", f"Không có cơ quan {agency.parent}", f"unknown parent {agency.parent}", "error"))
    elif agency.parent is not None and not is_within(agency.id, agency.parent):
        vi = f"Mã không nằm dưới mã của {agency.parent}"
        told.append(("parent", vi, f"the identifier does not stand under {agency.parent}", "warning"))
    unknown = ", ".join(each for each in agency.successors if each not in ids)
    if unknown:
        told.append(("successors", f"Không có cơ quan {unknown}", f"unknown successor {unknown}", "error"))
    if agency.successors and agency.valid_to is None:
        vi, en = "Có cơ quan kế thừa thì phải có ngày kết thúc", "an agency with successors has an end"
        told.append(("valid_to", vi, en, "error"))
    return [Problem(f"/{place}/{name}", "R34", vi, en, severity) for name, vi, en, severity in told]


def _overlaps(found: Sequence[tuple[int, Agency]]) -> list[Problem]:
    by_id: dict[str, list[tuple[int, Agency]]] = {}
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


def _cycles(found: Sequence[tuple[int, Agency]]) -> list[Problem]:
    """The rings of parents with their paths; entries of different times count together, as no ring is ever right."""
    parents: dict[str, set[str]] = {}
    places: dict[str, int] = {}
    for place, agency in found:
        places.setdefault(agency.id, place)
        if agency.parent is not None:
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
