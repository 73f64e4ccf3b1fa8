"""The route of reports on paper."""

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.measures import acts
from chalicelib.measures.reports import wire
from chalicelib.measures.reports.settings import MESSAGES_TABLE
from chalicelib.measures.reports.wiring import reporting
from chalicelib.measures.rows import TABLE

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, MESSAGES_TABLE, DOSSIERS, SECRET),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route(
    "POST",
    "/v1/measures/{unit}/reports",
    act=acts.REPORT,
    body=wire.OrderReport,
    answer=wire.OrderedReport,
    status=202,
)
def order_report(call: Call) -> wire.OrderedReport:
    """Order the report of my agency's figures on paper, as its board of the period stands: one paper for each board."""
    return wire.OrderedReport(message=reporting().order(call.principal, call.path["unit"], call.body.period))
