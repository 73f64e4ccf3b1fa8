"""Routes of those who keep procedures: draft, review, publish, withdraw, compare."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from chalice import Blueprint
from msgspec.structs import replace

from chalicelib.catalogue import acts
from chalicelib.catalogue.keeper import as_keeper
from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.procedures.items import Finding
from chalicelib.catalogue.procedures.unbegun import records_of
from chalicelib.catalogue.procedures.waiting import list_of
from chalicelib.catalogue.settings import TABLE
from chalicelib.catalogue.versions.batches import Named, Unstarted, Wanted
from chalicelib.catalogue.versions.keyed import KeyedAct, keyed
from chalicelib.catalogue.versions.views import (
    diff_view,
    record_row,
    verdicts_view,
    version_view,
    versions_view,
    waiting_row,
)
from chalicelib.catalogue.versions.wire import batches as many
from chalicelib.catalogue.versions.wire import editing as wire
from chalicelib.catalogue.versions.wire.facts import FactsBody
from chalicelib.catalogue.versions.wiring import batches, editing
from chalicelib.contracts.event import Malformed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import cursor, cursor_of
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=as_keeper)
VERSIONS = "/v1/catalogue/procedures/{code}/versions"
VERSION = VERSIONS + "/{version}"
MAX_DIGITS = 6


def _code(call: Call) -> str:
    return call.path["code"]


def _number(path: Mapping[str, str]) -> int:
    text = path["version"]
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise NotFound(what="version")
    return int(text)


def _act(call: Call) -> KeyedAct:
    return keyed(call.principal, call.key, call.raw)


def _facts(body: FactsBody) -> Facts:
    """The facts of a body. Raises BodyInvalid for a part that its model leaves open and that says something else."""
    try:
        return facts_of(body.model_dump())
    except Malformed as error:
        _, place, _ = f"{error}: ".split(": ", 2)
        pointer = "/facts/" + place.replace("[", "/").replace("]", "").replace(".", "/")
        vi, en = "Không đúng kiểu dữ liệu", "Not of the right type"
        raise BodyInvalid(fields=[FieldError(pointer, "type", vi, en)]) from None


def _shown(call: Call, number: int) -> Reply:
    found, problems = editing().version(call.principal, _code(call), number)
    return Reply(version_view(found, problems, call.language), version=found.edit)


@api.route("GET", VERSIONS, act=acts.READ_VERSIONS, answer=wire.Versions)
def list_versions(call: Call) -> Reply:
    """List the versions of a procedure, with its national record."""
    return Reply(versions_view(_code(call), editing().versions(call.principal, _code(call))))


@api.route("POST", VERSIONS, act=acts.CHANGE_VERSION, body=wire.StartVersion, answer=wire.VersionView, status=201)
def start_version(call: Call) -> Reply:
    """Start a draft: from the national record, the version in force, the restructuring review, or facts of yours."""
    body: wire.StartVersion = call.body
    if (body.based_on == "facts") != (body.facts is not None):
        vi, en = "facts chỉ đi cùng based_on=facts", "facts go with based_on=facts, and only with it"
        raise BodyInvalid(fields=[FieldError("/facts", "based_on", vi, en)])
    facts = _facts(body.facts) if body.facts else None
    try:
        item = editing().start(call.principal, _code(call), facts, body.based_on, _act(call))
    except NotFound:  # what it would begin from is not named: another agency's procedure must look like none
        raise NotFound(what="procedure") from None
    return replace(_shown(call, item.version), location=VERSION.format(code=quote(item.code), version=item.version))


@api.route("GET", VERSION, act=acts.READ_VERSIONS, answer=wire.VersionView)
def read_version(call: Call) -> Reply:
    """Read a version, and what still keeps it from being published."""
    return _shown(call, _number(call.path))


@api.route("PUT", VERSION, act=acts.CHANGE_VERSION, body=wire.VersionBody, answer=wire.VersionView)
def save_version(call: Call) -> Reply:
    """Save a draft, whole; the answer names what still keeps it from being published."""
    body: wire.VersionBody = call.body
    number = _number(call.path)
    editing().save(call.principal, _code(call), number, _facts(body.facts), body.form, call.version)
    return _shown(call, number)


@api.route("POST", VERSION + "/handover", act=acts.CHANGE_VERSION, body=wire.Empty, answer=wire.VersionView)
def request_review(call: Call) -> Reply:
    """Hand a draft over to review."""
    number = _number(call.path)
    editing().submit(call.principal, _code(call), number, _act(call))
    return _shown(call, number)


@api.route("POST", VERSION + "/review", act=acts.REVIEW_VERSION, body=wire.ReviewBody, answer=wire.VersionView)
def review_version(call: Call) -> Reply:
    """Record the review of a version by another person than its author, or send it back."""
    body: wire.ReviewBody = call.body
    number = _number(call.path)
    findings = [Finding(each.criterion, each.answer, each.note) for each in body.findings]
    editing().review(call.principal, _code(call), number, findings, _act(call), accepted=body.accepted)
    return _shown(call, number)


@api.route(
    "POST", VERSION + "/publication", act=acts.PUBLISH_VERSION, body=wire.PublicationBody, answer=wire.VersionView
)
def publish_version(call: Call) -> Reply:
    """Publish a reviewed version from a day on; dossiers that run stay on theirs."""
    number = _number(call.path)
    editing().publish(call.principal, _code(call), number, call.body.effective_from, _act(call))
    return _shown(call, number)


@api.route("POST", VERSION + "/withdrawal", act=acts.PUBLISH_VERSION, body=wire.WithdrawalBody, answer=wire.VersionView)
def withdraw_version(call: Call) -> Reply:
    """Take a version back, with the reason, one that was published by two publishers; received dossiers go on."""
    number = _number(call.path)
    editing().withdraw(call.principal, _code(call), number, call.body.reason, _act(call))
    return _shown(call, number)


@api.route("GET", VERSION + "/diff", act=acts.READ_VERSIONS, answer=wire.DiffView)
def compare_version(call: Call) -> Reply:
    """Compare a version with the one in force, and see which running dossiers such a change would touch."""
    number = _number(call.path)
    found = editing().compare(call.principal, _code(call), number)
    return Reply(diff_view(_code(call), number, found))


# --- many at once ------------------------------------------------------------------------------------------------


@api.route(
    "GET", "/v1/catalogue/versions", act=acts.READ_VERSIONS, answer=many.WaitingList, query=many.WaitingQuery
)  # fmt: skip
def list_waiting_versions(call: Call) -> many.WaitingList:
    """List the versions of my agency that wait for an author, a reviewer or a publisher."""
    asked: many.WaitingQuery = call.asked
    wanted = Wanted(asked.wait, asked.field, asked.by_others)
    start = cursor_of(asked.cursor, ("pk", "sk"), list_of(call.principal.agency))
    rows, last = batches().waiting(call.principal, wanted, start)
    return many.WaitingList(versions=[waiting_row(each) for each in rows], next=cursor(last))


@api.route("GET", "/v1/catalogue/records", act=acts.READ_VERSIONS, answer=many.RecordList, query=many.RecordsQuery)
def list_records_to_begin(call: Call) -> many.RecordList:
    """List the national records of my agency of which no draft was begun since they came, or changed."""
    asked: many.RecordsQuery = call.asked
    start = cursor_of(asked.cursor, ("pk", "sk"), records_of(call.principal.agency))
    rows, last = batches().records(call.principal, Unstarted(asked.wait, asked.field), start)
    return many.RecordList(records=[record_row(each) for each in rows], next=cursor(last))


@api.route("POST", "/v1/catalogue/drafts", act=acts.CHANGE_VERSION, body=many.DraftsBody, answer=many.Verdicts)
def begin_drafts(call: Call) -> many.Verdicts:
    """Begin drafts of some national records at once: each gets its own verdict, and none stops another."""
    body: many.DraftsBody = call.body
    return verdicts_view(batches().begin(call.principal, body.codes, _act(call)), call.language)


@api.route("POST", "/v1/catalogue/handovers", act=acts.CHANGE_VERSION, body=many.HandoversBody, answer=many.Verdicts)
def hand_over_versions(call: Call) -> many.Verdicts:
    """Hand some drafts over to review at once: each gets its own verdict, and none stops another."""
    body: many.HandoversBody = call.body
    found = batches().hand_over(call.principal, _names(body.versions), _act(call), only_whole=body.only_whole)
    return verdicts_view(found, call.language)


@api.route("POST", "/v1/catalogue/reviews", act=acts.REVIEW_VERSION, body=many.ReviewsBody, answer=many.Verdicts)
def review_versions(call: Call) -> many.Verdicts:
    """Review some versions at once, or send them back: each gets its own verdict, and none stops another."""
    body: many.ReviewsBody = call.body
    findings = [Finding(each.criterion, each.answer, each.note) for each in body.findings]
    found = batches().review(call.principal, _names(body.versions), findings, _act(call), accepted=body.accepted)
    return verdicts_view(found, call.language)


@api.route(
    "POST", "/v1/catalogue/publications", act=acts.PUBLISH_VERSION, body=many.PublicationsBody, answer=many.Verdicts
)
def publish_versions(call: Call) -> many.Verdicts:
    """Publish some reviewed versions at once from a day on: each gets its own verdict, and none stops another."""
    body: many.PublicationsBody = call.body
    found = batches().publish(call.principal, _names(body.versions), body.effective_from, _act(call))
    return verdicts_view(found, call.language)


def _names(versions: Sequence[many.VersionName]) -> list[Named]:
    return [Named(each.code, each.version) for each in versions]
