"""The route of those who restructure."""

from chalice import Blueprint

from chalicelib.catalogue import acts
from chalicelib.catalogue.procedures.wire import BlockerView
from chalicelib.catalogue.restructuring import wire
from chalicelib.catalogue.restructuring.model import Restructuring
from chalicelib.catalogue.restructuring.replacements import Match
from chalicelib.catalogue.restructuring.wiring import reviews
from chalicelib.catalogue.settings import TABLE
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.endpoint import Api, Call

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE,))
RESTRUCTURING = "/v1/catalogue/procedures/{code}/restructuring"


@api.route("GET", RESTRUCTURING, act=acts.READ_VERSIONS, answer=wire.RestructuringView)
def read_restructuring(call: Call) -> wire.RestructuringView:
    """Read the restructuring review: what data replaces, what nobody needs, the level reachable after it."""
    return restructuring_view(reviews().read(call.principal, call.path["code"]))


def restructuring_view(found: Restructuring) -> wire.RestructuringView:
    """A restructuring review as an editor reads it."""
    names = {c.code or "": c.name_vi for c in found.draft.components}
    verdicts = [
        wire.Verdict(
            code=v.code,
            name_vi=names[v.code],
            decision=v.decision,
            replacement=_replacement(v.match) if v.match else None,
            possible=[_replacement(m) for m in v.possible],
            why_vi=v.why_vi,
            why_en=v.why_en,
            dossiers=v.use.dossiers if v.use else None,
            supplied=v.use.supplied if v.use else None,
        )
        for v in found.verdicts
    ]
    score = found.score
    return wire.RestructuringView(
        code=found.procedure,
        score=score.value,
        papers=score.papers,
        replaceable=score.replaceable,
        possible=score.possible,
        never_used=score.never_used,
        verdicts=verdicts,
        level_now=found.now.level.key,
        level_after=found.after.level.key,
        blockers_after=[BlockerView.of(b) for b in found.after.blockers],
        came_by=[wire.ChannelCount(service_channel=c, dossiers=n) for c, n in sorted(found.channels.items())],
    )


def _replacement(match: Match) -> wire.ReplacementView:
    row = match.replacement
    return wire.ReplacementView(
        row=row.row,
        databases=list(row.databases),
        owners=list(row.owners),
        instrument=row.instrument,
        clause=row.clause,
        quality=match.quality,
    )
