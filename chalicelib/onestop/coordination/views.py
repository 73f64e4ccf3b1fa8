"""An agency's part as the other agencies of the dossier see it."""

import msgspec

from chalicelib.contracts.confirming import PreviewCorrected
from chalicelib.contracts.event import heard
from chalicelib.dossier.items import ASIDE, Leg
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import RouteLeg, is_lead, legs_of
from chalicelib.kernel.clock import said
from chalicelib.onestop.coordination import wire
from chalicelib.sealing.door import unseal


class _Said(msgspec.Struct, frozen=True):
    reason: str = ""
    corrections: tuple[str, ...] = ()


def legs_view(dossier: Dossier) -> wire.LegList:
    """All parts of a dossier that was read with its plan, tasks, legs and log. Raises ContentErased."""
    return wire.LegList(
        legs=[_leg(dossier, leg, dossier.legs.get(leg.name)) for leg in legs_of(dossier.plan)],
        corrections=_corrections(dossier),
    )


def _leg(dossier: Dossier, leg: RouteLeg, kept: Leg | None) -> wire.LegView:
    own = [t for t in dossier.tasks if t.leg == leg.name and t.is_open and t.kind not in ("consult", *ASIDE)]
    done = kept if kept and kept.outcome else None
    has_begun = leg.name in dossier.begun_legs
    return wire.LegView(
        leg=leg.name,
        agency=leg.agency,
        lead=is_lead(dossier.plan, leg.name),
        status="done" if done else "open" if has_begun else "waiting",
        due_at=said(own[0].due_at) if own else None,
        outcome=done.outcome.outcome if done and done.outcome else None,
        reason=_said(dossier, done.reason).reason if done and done.reason else None,
        done_at=said(done.done_at) if done and done.done_at else None,
    )


def _corrections(dossier: Dossier) -> list[str]:
    found = dossier.last(PreviewCorrected)
    return list(_said(dossier, found[0].sealed).corrections) if found else []


def _said(dossier: Dossier, sealed: str) -> _Said:
    return heard(_Said, unseal(dossier.reference, sealed))
