"""The route by which reception takes in what came on paper."""

import msgspec
from chalice import Blueprint

from chalicelib.dossier.demanded import wanting
from chalicelib.dossier.items import task_id
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.on_paper import Contact
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.onestop import acts
from chalicelib.onestop.reception import wire
from chalicelib.onestop.reception.model import Given, Paper, Person
from chalicelib.onestop.reception.store import PLANS_BY_HASH, PROCEDURES
from chalicelib.onestop.reception.views import paper_views
from chalicelib.onestop.reception.wiring import receptions
from chalicelib.onestop.store import IDENTITY
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, IDENTITY, PROCEDURES, PLANS_BY_HASH, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _given(body: wire.TakeIn) -> Given:
    applicant, by = body.applicant, body.brought_by
    return Given(
        channel=body.channel,
        procedure=body.procedure,
        agency=body.agency,
        applicant=Person(number=applicant.number, name=applicant.name, kind=applicant.kind),
        contact=Contact(phone=applicant.phone, email=applicant.email, address=applicant.address),
        brought_by=Person(number=by.number, name=by.name) if by else None,
        representation=body.representation,
        papers=tuple(msgspec.convert(each.model_dump(), Paper) for each in body.papers),
        form=body.form,
        incomplete=body.incomplete,
    )


def _view(dossier: Dossier, language: str) -> wire.Received:
    head, form = dossier.head, dossier.form
    task = next(each for each in dossier.tasks if each.kind == "receive")
    return wire.Received(
        reference=dossier.reference,
        received_at=said(head.submitted_at) or "",
        channel="POSTAL" if head.channel == "POSTAL" else "DIRECT",
        task=task_id(dossier.reference, task.leg, task.kind),
        due_at=said(task.due_at) or "",
        papers=paper_views(dossier),
        missing=[wire.Wanting(code=c.code, name_vi=c.name_vi, name_en=c.name_en) for c in wanting(dossier)],
        form_errors=[
            wire.Broken(
                pointer=each.pointer,
                rule=each.rule,
                message=each.message_en if language == "en" else each.message_vi,
            )
            for each in (form.errors if form else ())
        ],
    )


@api.route("POST", "/v1/receptions", act=acts.TAKE_IN, body=wire.TakeIn, answer=wire.Received, status=201)
def take_in(call: Call) -> Reply:
    """Take in a dossier on paper, handed in at the counter or come by post: its task of reception is mine at once."""
    dossier = receptions().take_in(call.principal, _given(call.body), call.key, call.raw)
    return Reply(_view(dossier, call.language), location=f"/v1/dossiers/{dossier.reference}")
