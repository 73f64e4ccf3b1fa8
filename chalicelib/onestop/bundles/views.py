"""A bundle's children as they stand now: nothing of them is copied to the parent."""

from chalicelib.dossier.bundled import Started, started_legs
from chalicelib.dossier.items import Leg
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.clock import said
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.related import ChildView, state_view


def children_of(dossiers: Dossiers, dossier: Dossier) -> list[ChildView]:
    """The legs of a bundle in the order of its route; of any other dossier none, and nothing is read."""
    return [_view(dossiers, dossier.reference, each) for each in started_legs(dossier.plan)]


def _view(dossiers: Dossiers, parent: str, started: Started) -> ChildView:
    leg = dossiers.leg(parent, started.name) or Leg()
    child = dossiers.dossier(leg.child, Part.RESULTS, Part.TASKS) if leg.child else None
    asked = next((t for t in child.tasks if t.is_open and t.kind == "supplement"), None) if child else None
    return ChildView(
        leg=started.name,
        procedure=started.start.procedure,
        deadline=started.leg.deadline,
        reference=child.reference if child else None,
        agency=child.head.agency if child else None,
        state=state_view(child.head.state) if child else None,
        due_at=said(child.head.due_at) if child else None,
        answer_by=said(asked.due_at) if asked else None,
        results=[each.code for each in child.results] if child else [],
        outcome=leg.outcome.outcome if leg.outcome else None,
        missed=list(leg.missed),
    )
