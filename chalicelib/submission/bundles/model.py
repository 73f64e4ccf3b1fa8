"""What a child dossier takes of its parent and of earlier children, pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from msgspec import structs

from chalicelib.contracts.plan import Plan, PlannedLeg, PlannedPaper, PlannedStart, PlannedTake, PlannedTerm
from chalicelib.dossier.bundled import result_component
from chalicelib.dossier.items import Component, Head, ResultItem, leg_name
from chalicelib.dossier.plans import PinnedPlan
from chalicelib.forms.conditions import decided
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.ids import digest


class Earlier(NamedTuple):
    """A child that ended with a result: its HEAD and the result that counts."""

    head: Head
    result: ResultItem


def name_of(plan: Plan, leg: str) -> str:
    """The name inside a dossier of the leg that a procedure's data calls so; names are unique in a bundle."""
    return next(leg_name(n, each.leg) for n, legs in enumerate(plan.route) for each in legs if each.leg == leg)


def is_wanted(start: PlannedStart, answers: Mapping[str, object], today: date) -> bool:
    """Whether the applicant's answers ask for a leg; what they leave open is not asked for."""
    if start.when is None:
        return True
    (holds,) = decided({"leg": start.when}, answers, today).values()
    return holds is True


def taken_of(start: PlannedStart) -> frozenset[str]:
    """Earlier legs of whose results a child takes something, by the names of the procedure's data."""
    named = [*(take.of for take in start.takes), *(paper.of for paper in start.papers)]
    return frozenset(name for name in named if name)


def values_of(start: PlannedStart, answers: Mapping[str, object], earlier: Mapping[str, Earlier]) -> dict[str, object]:
    """The child's form: what nobody answered is left out, and the child's own form says what is missing."""
    form: dict[str, object] = {}
    for take in start.takes:
        value = _value(take, answers, earlier)
        if value is not None:
            _put(form, take.field.split("/")[1:], value)
    return form


def _value(take: PlannedTake, answers: Mapping[str, object], earlier: Mapping[str, Earlier]) -> object:
    if take.answer is not None:
        return _at(answers, take.answer)
    if take.of is not None:
        found = earlier.get(take.of)
        return _fact(found, take.result or "") if found else None
    return take.value


def _fact(found: Earlier, name: str) -> str | None:
    """A fact of a result, one of RESULT_FACTS."""
    head, result = found
    decided = moment(head.decided_at).astimezone(ZONE).date().isoformat() if head.decided_at else None
    facts = {
        "code": result.code,
        "title": result.title,
        "number": head.number,
        "dossier_code": head.dossier_code,
        "decided_on": decided,
    }
    return facts[name]


def _at(answers: object, pointer: str) -> object:
    found = answers
    for name in pointer.split("/")[1:]:
        found = found.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(found, Mapping) else None
    return found


def _put(form: dict[str, object], path: list[str], value: object) -> None:
    *above, last = [name.replace("~1", "/").replace("~0", "~") for name in path]
    node = form
    for name in above:
        inner = node.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        node = inner
    node[last] = value


def papers_of(
    start: PlannedStart, sent: tuple[Component, ...], earlier: Mapping[str, Earlier], now: datetime
) -> tuple[Component, ...]:
    """The child's components: the parent's files in the same versions, and results of earlier children."""
    return tuple(found for paper in start.papers for found in _paper(paper, sent, earlier, now))


def _paper(
    paper: PlannedPaper, sent: tuple[Component, ...], earlier: Mapping[str, Earlier], now: datetime
) -> list[Component]:
    if paper.component is not None:
        counts = [c for c in sent if c.code == paper.component and c.superseded_by is None]
        return [structs.replace(c, id=digest(paper.code, c.id), code=paper.code) for c in counts]
    found = earlier.get(paper.of or "")
    return [result_component(paper.code, found.result, now)] if found else []


def as_bundled(pinned: PinnedPlan, leg: PlannedLeg) -> PinnedPlan:
    """The child's plan with the bundle's own term and supplement rule, where it has them."""
    start = leg.starts
    if start is None:
        return pinned
    term = PlannedTerm(text=leg.deadline, citation=start.citation or None) if leg.deadline else pinned.term
    return structs.replace(pinned, term=term, supplement=start.supplement or pinned.supplement)
