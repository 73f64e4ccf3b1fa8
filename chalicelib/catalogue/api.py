"""Routes of the catalogue; all of them are public (Decree 137/2024 Art. 8(3))."""

from dataclasses import asdict

from chalice import Blueprint

from chalicelib.catalogue.model import level_of
from chalicelib.catalogue.service import Catalogue
from chalicelib.catalogue.store import Table
from chalicelib.catalogue.wire import LevelView, ProcedureList, ProcedureRow, ProcedureView
from chalicelib.identity.authorizer import bearer
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply

bp = Blueprint(__name__)
api = Api(bp, bearer)
PUBLIC = "public, max-age=60"


@api.route("GET", "/v1/procedures", act=None, answer=ProcedureList)
def list_procedures(_call: Call) -> Reply:
    """List the published procedures."""
    rows = Catalogue(Table(), utc_now).all()
    view = ProcedureList(
        procedures=[
            ProcedureRow(code=r["sk"], version=r["version"], name_vi=r["name_vi"], name_en=r["name_en"]) for r in rows
        ]
    )
    return Reply(view, cache=PUBLIC)


@api.route("GET", "/v1/procedures/{code}", act=None, answer=ProcedureView)
def read_procedure(call: Call) -> Reply:
    """Read a procedure: papers, fees, time, level of online service, form."""
    item = Catalogue(Table(), utc_now).read(call.path["code"])
    facts = item["facts"]
    view = ProcedureView(
        **{k: v for k, v in facts.items() if k in ProcedureView.model_fields and k not in ("online", "form")},
        version=item["version"],
        online=LevelView(**asdict(level_of(facts))),
        form=item["form"],
    )
    return Reply(view, version=item["version"], cache=PUBLIC)
