"""The routes of those who restructure."""

from collections.abc import Mapping

from chalice import Blueprint

from chalicelib.catalogue import acts
from chalicelib.catalogue.keeper import as_keeper
from chalicelib.catalogue.procedures.items import Confirmed
from chalicelib.catalogue.procedures.wire import BlockerView
from chalicelib.catalogue.restructuring import wire
from chalicelib.catalogue.restructuring.model import Restructuring
from chalicelib.catalogue.restructuring.replacements import Match
from chalicelib.catalogue.restructuring.service import Reading
from chalicelib.catalogue.restructuring.wiring import reviews
from chalicelib.catalogue.settings import TABLE
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=as_keeper)
RESTRUCTURING = "/v1/catalogue/procedures/{code}/restructuring"


@api.route("GET", RESTRUCTURING, act=acts.READ_VERSIONS, answer=wire.RestructuringView)
def read_restructuring(call: Call) -> Reply:
    """Read the restructuring review: what data replaces, what nobody needs, the level reachable after it."""
    return _shown(reviews().read(call.principal, call.path["code"]))


@api.route(
    "PUT",
    RESTRUCTURING + "/{component}",
    act=acts.CONFIRM_REPLACEMENT,
    body=wire.ConfirmationBody,
    answer=wire.RestructuringView,
)
def confirm_replacement(call: Call) -> Reply:
    """Confirm that a row of the table replaces a paper, or take that back; the next version's draft begins with it."""
    code, component = call.path["code"], call.path["component"]
    return _shown(reviews().confirm(call.principal, code, component, call.body.row, call.version))


def _shown(reading: Reading) -> Reply:
    return Reply(restructuring_view(reading.found, reading.confirmed), version=reading.version)


def restructuring_view(found: Restructuring, confirmed: Mapping[str, Confirmed]) -> wire.RestructuringView:
    """A restructuring review as an editor reads it."""
    names = {c.code or "": c.name_vi for c in found.draft.components}
    verdicts = [
        wire.Verdict(
            code=v.code,
            name_vi=names[v.code],
            decision=v.decision,
            replacement=_replacement(v.match) if v.match else None,
            possible=[_replacement(m) for m in v.possible],
            confirmed=_confirmed(confirmed[v.code]) if v.code in confirmed else None,
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
        alternatives=score.alternatives,
        possible=score.possible,
        never_used=score.never_used,
        dossiers=score.dossiers,
        spared=score.spared,
        verdicts=verdicts,
        level_now=found.level_now,
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
        alternatives=list(match.alternatives),
    )


def _confirmed(confirmed: Confirmed) -> wire.ConfirmedView:
    return wire.ConfirmedView(row=confirmed.row, name=confirmed.name, at=said(confirmed.at) or "")
