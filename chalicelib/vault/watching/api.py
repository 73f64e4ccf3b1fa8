"""The route by which a supervisor sees unusual reads."""

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.vault import acts
from chalicelib.vault.store import TABLE
from chalicelib.vault.watching.settings import NEEDS
from chalicelib.vault.watching.wire import AnomalyList, AnomalyQuery, AnomalyView
from chalicelib.vault.watching.wiring import watching

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, SECRET, *NEEDS),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route("GET", "/v1/anomalies", act=acts.LIST_ANOMALIES, answer=AnomalyList, query=AnomalyQuery)
def list_anomalies(call: Call) -> AnomalyList:
    """List reads of officers of my agency that their work does not explain by itself, the newest first."""
    asked: AnomalyQuery = call.asked
    found = watching().listed(call.principal, asked.cursor)
    views = [
        AnomalyView(
            id=each.id,
            kind=each.kind,
            officer=each.name,
            count=each.count,
            since=said(each.since) or "",
            found_at=said(each.found_at) or "",
        )
        for each in found.anomalies
    ]
    return AnomalyList(anomalies=views, next=found.following)
