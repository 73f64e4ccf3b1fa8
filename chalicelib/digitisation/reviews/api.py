"""Routes of the review of what was read on a paper."""

from base64 import b64encode

from chalice import Blueprint

from chalicelib.digitisation import wire as desk_wire
from chalicelib.digitisation.paper import Paper
from chalicelib.digitisation.reviews import acts, wire
from chalicelib.digitisation.reviews.model import Answer, Looked
from chalicelib.digitisation.reviews.service import Seen, Shown, officer_of
from chalicelib.digitisation.reviews.wiring import rejecting, reviewing
from chalicelib.digitisation.settings import INTAKE_BUCKET, MESSAGES_BUCKET, MESSAGES_TABLE
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, MESSAGES_TABLE, MESSAGES_BUCKET, INTAKE_BUCKET, LEDGERS, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _name(call: Call) -> str:
    """What the path calls the review."""
    return call.path["review"]


def _field_name(call: Call) -> str:
    """What the path calls the field."""
    return call.path["field"]


@api.route("GET", "/v1/reviews", act=acts.LIST, answer=wire.ReviewList, query=("cursor",))
def list_reviews(call: Call) -> wire.ReviewList:
    """List my agency's papers of which values wait for an officer, the oldest first."""
    papers, following = reviewing().waiting(call.principal, call.query.get("cursor", ""))
    return wire.ReviewList(reviews=[_view(paper) for paper in papers], next=following)


@api.route("GET", "/v1/reviews/{review}", act=acts.READ, answer=wire.ReviewDetail, query=wire.ReviewQuery)
def read_review(call: Call) -> Reply:
    """Read the fields of a paper in the order in which they are asked, and the one that I am asked now."""
    asked: wire.ReviewQuery = call.asked
    seen = reviewing().look(call.principal, _name(call), with_crops=asked.crops == "all")
    return _detail(seen, call.principal)


@api.route("GET", "/v1/reviews/{review}/fields/{field}", act=acts.READ, answer=wire.ShownField)
def read_review_field(call: Call) -> Reply:
    """Read one field of a paper with the small picture of its place."""
    paper, shown = reviewing().field(call.principal, _name(call), _field_name(call))
    return Reply(_shown(shown, call.principal), version=paper.version)


@api.route("POST", "/v1/reviews/{review}/claim", act=acts.ANSWER, body=wire.ClaimReview, answer=wire.ReviewDetail)
def claim_review(call: Call) -> Reply:
    """Take the review of a paper: nobody else answers then; a review need not be taken to be answered."""
    return _detail(reviewing().claim(call.principal, _name(call)), call.principal)


@api.route("POST", "/v1/reviews/{review}/release", act=acts.ANSWER, body=wire.ReleaseReview, answer=wire.ReviewDetail)
def release_review(call: Call) -> Reply:
    """Give the review of a paper back."""
    return _detail(reviewing().release(call.principal, _name(call)), call.principal)


@api.route(
    "POST",
    "/v1/reviews/{review}/fields/{field}/answer",
    act=acts.ANSWER,
    body=wire.AnswerField,
    answer=wire.ReviewStep,
    versioned=True,
)
def answer_review_field(call: Call) -> Reply:
    """Say what a field says; the answer shows the next one, with its picture."""
    body: wire.AnswerField = call.body
    answer = Answer(_field_name(call), body.verb, body.value)
    return _step(reviewing().decide(call.principal, _name(call), answer, call.version, call.key), call.principal)


@api.route(
    "POST",
    "/v1/reviews/{review}/answers",
    act=acts.ANSWER,
    body=wire.AnswerFields,
    answer=wire.ReviewStep,
    versioned=True,
)
def answer_review_fields(call: Call) -> Reply:
    """Say what several fields of a paper say, all at once; an answer that does not hold refuses them all, by name."""
    body: wire.AnswerFields = call.body
    answers = [Answer(each.field, each.verb, each.value) for each in body.answers]
    seen = reviewing().decide_together(call.principal, _name(call), answers, call.version, call.key)
    return _step(seen, call.principal)


@api.route("POST", "/v1/reviews/{review}/rejection", act=acts.ANSWER, body=desk_wire.RejectCopy, answer=wire.ReviewView)
def reject_review(call: Call) -> wire.ReviewView:
    """Reject a paper under review that cannot stay in its dossier, with a reason, as the desk does."""
    body: desk_wire.RejectCopy = call.body
    return _view(rejecting().reject(call.principal, _name(call), body.reason, body.note, call.key))


def _view(paper: Paper) -> wire.ReviewView:
    claim = paper.claim
    return wire.ReviewView(
        id=f"{paper.reference}.{paper.component}",
        reference=paper.reference,
        component=paper.component,
        kind=paper.reads_as,
        opened_at=said((paper.wl_sk or paper.opened_at).partition("#")[0]) or "",
        version=paper.version,
        left=paper.left or 0,
        claimed_by=claim.name if claim else None,
        claimed_at=said(claim.at) if claim else None,
        secret_by=paper.secrecy.by if paper.secrecy else None,
    )


def _detail(seen: Seen, who: Principal) -> Reply:
    detail = wire.ReviewDetail(
        **_view(seen.paper).model_dump(),
        step=seen.paper.step,
        fields=[_shown(each, who) for each in seen.fields],
        next=_next(seen, who),
    )
    return Reply(detail, version=seen.paper.version)


def _step(seen: Seen, who: Principal) -> Reply:
    step = wire.ReviewStep(**_view(seen.paper).model_dump(), step=seen.paper.step, next=_next(seen, who))
    return Reply(step, version=seen.paper.version)


def _next(seen: Seen, who: Principal) -> wire.ShownField | None:
    return _shown(seen.following, who) if seen.following else None


def _shown(shown: Shown, who: Principal) -> wire.ShownField:
    crop = b64encode(shown.crop).decode() if shown.crop else None
    return wire.ShownField(**_field(shown.looked, who).model_dump(), crop=crop)


def _field(looked: Looked, who: Principal) -> wire.FieldUnderReview:
    field, value = looked.field, looked.value
    return wire.FieldUnderReview(
        name=field.name,
        label=field.label,
        value=value.value,
        confidence=field.sure / 1000,
        reason=field.reason,
        alternatives=list(value.alternatives),
        pattern=field.pattern,
        second_person=field.by_two,
        answered_by=[each.name for each in field.standing],
        closed=field.closed,
        mine=field.waits_for(officer_of(who), who.numbers),
    )
