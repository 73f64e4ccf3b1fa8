"""Routes of petitions and complaints: of who files, of its agency, of who stands above that, of everybody."""

from typing import Final

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity import acts
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.petitions import wire
from chalicelib.identity.petitions.filing import Filing
from chalicelib.identity.petitions.items import ErasureReason
from chalicelib.identity.petitions.orders import Order
from chalicelib.identity.petitions.store import PAPERS
from chalicelib.identity.petitions.views import (
    handled_view,
    notice_list,
    owed_list,
    petition_list,
    petition_view,
    public_list,
)
from chalicelib.identity.petitions.wiring import erasing, filings, handling
from chalicelib.identity.settings import TABLE
from chalicelib.kernel.allowances import LIMITS
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.erasures import BUCKET
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, PAPERS, KNOWN_FROM, LEDGERS, BUCKET, LIMITS, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
MINE: Final = "/v1/me/petitions"
ALL: Final = "/v1/petitions"
ONE: Final = f"{ALL}/{{petition}}"
VIEW: Final = wire.PetitionView
PUBLIC: Final = "public, max-age=60"


def _order(call: Call) -> Order:
    return Order(call.principal, call.key, call.raw)


def _named(call: Call) -> str:
    return call.path["petition"]


# --- who files -------------------------------------------------------------------------------------------------------


@api.route("POST", MINE, act=acts.FILE_PETITION, body=wire.FilePetition, answer=VIEW, status=201)
def file_petition(call: Call) -> wire.PetitionView:
    """File a petition or a complaint with an agency; the answer says by when it has to take it up."""
    body: wire.FilePetition = call.body
    return petition_view(filings().file(_order(call), Filing(**body.model_dump())))


@api.route("GET", MINE, act=acts.FOLLOW_PETITION, answer=wire.PetitionList, query=("cursor",))
def list_my_petitions(call: Call) -> wire.PetitionList:
    """List my petitions and complaints, the newest first."""
    return petition_list(*filings().mine(call.principal, call.query.get("cursor", "")))


@api.route("GET", f"{MINE}/{{petition}}", act=acts.FOLLOW_PETITION, answer=VIEW)
def read_my_petition(call: Call) -> wire.PetitionView:
    """Read one of mine: which agency has it, what it owes and by when, what was said."""
    return petition_view(filings().read(call.principal, _named(call)))


@api.route("GET", f"{MINE}/{{petition}}/notices", act=acts.FOLLOW_PETITION, answer=wire.PetitionNoticeList)
def read_petition_notices(call: Call) -> wire.PetitionNoticeList:
    """Read the notices of one of mine: what each agency did, who, when, and by when what follows is due."""
    return notice_list(filings().notices(call.principal, _named(call)))


@api.route("POST", f"{MINE}/{{petition}}/supply", act=acts.FILE_PETITION, body=wire.SupplyPetition, answer=VIEW)
def supply_petition(call: Call) -> wire.PetitionView:
    """Send what the agency asked me for."""
    return petition_view(filings().supply(_order(call), _named(call), call.body.words))


@api.route(
    "POST", f"{MINE}/{{petition}}/withdrawal", act=acts.WITHDRAW_PETITION, body=wire.WithdrawPetition, answer=VIEW
)
def withdraw_petition(call: Call) -> wire.PetitionView:
    """Withdraw one of mine that was not answered yet."""
    return petition_view(filings().withdraw(_order(call), _named(call)))


# --- its agency ------------------------------------------------------------------------------------------------------


@api.route("GET", ALL, act=acts.WORK_PETITION, answer=wire.OwedList, query=wire.OwedQuery)
def list_petitions(call: Call) -> wire.OwedList:
    """List the petitions and complaints that my agency has to do something about, those due first: without words."""
    asked: wire.OwedQuery = call.asked
    return owed_list(*handling().owed(call.principal, asked.cursor, late=asked.late == "true"))


@api.route("GET", ONE, act=acts.WORK_PETITION, answer=VIEW)
def read_petition(call: Call) -> wire.PetitionView:
    """Read one that my agency has, with its words: the ledger of who filed it says so."""
    return petition_view(handling().read(call.principal, _named(call)))


@api.route("POST", f"{ONE}/acceptance", act=acts.WORK_PETITION, body=wire.TakeUpPetition, answer=VIEW)
def take_up_petition(call: Call) -> wire.PetitionView:
    """Say that my agency answers it: a petition is taken up, a complaint accepted."""
    return handled_view(handling().take_up(_order(call), _named(call)))


@api.route(
    "POST", f"{ONE}/forwarding", act=acts.WORK_PETITION, body=wire.ForwardPetition, answer=wire.ForwardedPetition
)
def forward_petition(call: Call) -> wire.ForwardedPetition:
    """Send it to the agency that is competent, whose time begins then."""
    body: wire.ForwardPetition = call.body
    head = handling().forward(_order(call), _named(call), body.to)
    return wire.ForwardedPetition(id=head.id, to=body.to, due_at=said(head.due_at) if head.agency == body.to else None)


@api.route("POST", f"{ONE}/question", act=acts.WORK_PETITION, body=wire.AskPetition, answer=VIEW)
def ask_petitioner(call: Call) -> wire.PetitionView:
    """Ask who filed it for more, once and in time."""
    return handled_view(handling().ask(_order(call), _named(call), call.body.words))


@api.route("POST", f"{ONE}/prolongation", act=acts.DECIDE_PETITION, body=wire.ProlongPetition, answer=VIEW)
def prolong_complaint(call: Call) -> wire.PetitionView:
    """Find a complaint complex, in writing: its time is the longer one, once."""
    return handled_view(handling().prolong(_order(call), _named(call), call.body.reason))


@api.route("POST", f"{ONE}/answer", act=acts.DECIDE_PETITION, body=wire.AnswerPetition, answer=VIEW)
def answer_petition(call: Call) -> wire.PetitionView:
    """Answer a petition, settle a complaint."""
    body: wire.AnswerPetition = call.body
    return handled_view(handling().answer(_order(call), _named(call), body.words, body.basis))


@api.route("POST", f"{ONE}/refusal", act=acts.DECIDE_PETITION, body=wire.RefusePetition, answer=VIEW)
def refuse_petition(call: Call) -> wire.PetitionView:
    """Do not deal with it, with a reason and its basis in law."""
    body: wire.RefusePetition = call.body
    return handled_view(handling().refuse(_order(call), _named(call), body.reason, body.basis))


@api.route("POST", f"{ONE}/publication", act=acts.DECIDE_PETITION, body=wire.PublishPetition, answer=VIEW)
def publish_petition(call: Call) -> wire.PetitionView:
    """Let everybody read what was asked and answered, in my agency's words."""
    body: wire.PublishPetition = call.body
    return handled_view(handling().publish(_order(call), _named(call), body.question, body.answer))


@api.route("POST", f"{ONE}/withholding", act=acts.DECIDE_PETITION, body=wire.WithholdPetition, answer=VIEW)
def withhold_petition(call: Call) -> wire.PetitionView:
    """Say why an answer is not published."""
    return handled_view(handling().withhold(_order(call), _named(call), call.body.reason))


@api.route(
    "POST", f"{ONE}/retraction", act=acts.RETRACT_PETITION, body=wire.RetractPetition, answer=wire.RetractedPetition
)
def retract_petition(call: Call) -> wire.RetractedPetition:
    """Take back what my agency, or one below it, published: it leaves the public list, the log says who and why."""
    body: wire.RetractPetition = call.body
    head = handling().retract(_order(call), _named(call), body.ground, body.reason)
    return wire.RetractedPetition(id=head.id, agency=head.agency, retracted_at=said(head.retracted_at) or "")


@api.route("POST", f"{ONE}/erasure", act=acts.DECIDE_PETITION, body=wire.ErasePetition, answer=VIEW)
def erase_petition(call: Call) -> wire.PetitionView:
    """Propose that the words of one that ended be erased: a second officer confirms it."""
    body: wire.ErasePetition = call.body
    why = ErasureReason(ground=body.ground, basis=body.basis, request=body.request)
    return handled_view(erasing().propose(_order(call), _named(call), why))


@api.route("POST", f"{ONE}/erasure/confirmation", act=acts.DECIDE_PETITION, body=wire.DecideErasure, answer=VIEW)
def decide_petition_erasure(call: Call) -> wire.PetitionView:
    """Confirm that its words are erased, or decline it: a second officer, of its agency or of the one above."""
    body: wire.DecideErasure = call.body
    confirms = body.decision == "confirm"
    return handled_view(erasing().decide(_order(call), _named(call), body.proposed_at, confirms=confirms))


# --- who stands above, and everybody ---------------------------------------------------------------------------------


@api.route("GET", "/v1/late/petitions", act=acts.SUPERVISE_PETITION, answer=wire.OwedList, query=wire.LateQuery)
def list_late_petitions(call: Call) -> wire.OwedList:
    """List what my agency, or one below it, is late with: no names and no words."""
    asked: wire.LateQuery = call.asked
    return owed_list(*handling().late_below(call.principal, asked.agency, asked.cursor))


@api.route("GET", "/v1/public/petitions", act=None, answer=wire.PublicAnswerList, query=wire.PublicQuery, cache=PUBLIC)
def list_public_petitions(call: Call) -> wire.PublicAnswerList:
    """List what an agency answered in public, the newest first."""
    asked: wire.PublicQuery = call.asked
    return public_list(*filings().published(asked.agency, asked.cursor))
