"""The correction of an earlier result ended: the dossiers that waited for it go on, with the new result."""

from collections.abc import Iterator

from chalicelib.contracts.bundles import CameDownstream, GoesOn
from chalicelib.dossier.bundled import ENDS, Started, result_component, started_legs
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, ResultItem
from chalicelib.dossier.noticed import SYSTEM, told_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.onestop.legs.terms import run_again
from chalicelib.onestop.ports import Dossiers

READS = (Part.CLOCK, Part.COMPONENTS, Part.PLAN, Part.TASKS)


def waiting_for(dossiers: Dossiers, parent: Dossier, correction: str) -> Iterator[tuple[Started, str]]:
    """The legs whose child waits for a correction, and the child's reference."""
    for each in started_legs(parent.plan):
        leg = dossiers.leg(parent.reference, each.name)
        child = dossiers.dossier(leg.child) if leg and leg.child else None
        if child and child.head.waits_for == correction:
            yield each, child.reference


def go_on(change: Change, child: Dossier, started: Started, corrected: str, correction: Dossier) -> None:
    """The child's clock runs again; a new result stands instead of the one of the leg `corrected`. Written here.

    Its people are told so, and when it is due now.
    """
    result = correction.results[-1] if correction.results else None
    code = result.code if result else None
    event = CameDownstream(reference=child.reference, correction=correction.reference, result=code)
    change.tell(event, actor="bundle").take_off("waits_for")
    told = told_of(child.head, SYSTEM, change.now, due_at=run_again(change, child, "upstream"))
    change.tell(GoesOn(**told, correction=correction.reference, result=code), actor="bundle")
    for paper in started.start.papers if result else ():
        if paper.of == corrected and result:
            _replace(change, child, paper.code, result)
    change.write()


def _replace(change: Change, child: Dossier, code: str, result: ResultItem) -> None:
    new = result_component(code, result, change.now)
    former = [c for c in child.components if _stands_for(c, code) and c.id != new.id]
    change.add_component(new)
    for each in former:
        change.supersede(each, new.id)


def _stands_for(component: Component, code: str) -> bool:
    return component.code == code and component.origin == "result" and component.superseded_by is None


def has_ended(correction: Dossier) -> bool:
    """Whether nothing more comes of a correction that anybody would wait for."""
    return correction.head.state in ENDS
