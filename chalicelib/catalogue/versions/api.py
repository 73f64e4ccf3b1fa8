"""Routes of those who keep procedures: draft, review, publish, withdraw, compare."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from chalice import Blueprint

from chalicelib.catalogue.versions.keyed import KeyedAct, keyed
from chalicelib.catalogue.versions.views import version_row, version_view
from chalicelib.catalogue.versions.wire import editing as wire
from chalicelib.catalogue.versions.wiring import editing
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)
VERSIONS = "/v1/catalogue/procedures/{code}/versions"
VERSION = VERSIONS + "/{version}"
MAX_DIGITS = 6


def _number(path: Mapping[str, str]) -> int:
    text = path["version"]
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise NotFound(what="version")
    return int(text)


def _act(call: Call) -> KeyedAct:
    return keyed(call.principal, call.key, call.raw)


def _shown(call: Call, item: Mapping[str, Any]) -> Reply:
    found, problems = editing().version(call.principal, item["code"], item["version"])
    return Reply(version_view(found, problems, call.language), version=found["edit"])


@api.route("GET", VERSIONS, act="version.read", answer=wire.Versions)
def list_versions(call: Call) -> Reply:
    """List the versions of a procedure, with its national record."""
    items, national = editing().versions(call.principal, call.path["code"])
    record = dict(national["facts"]) if national else None
    return Reply(wire.Versions(code=call.path["code"], versions=[version_row(i) for i in items], record=record))


@api.route("POST", VERSIONS, act="version.change", body=wire.StartVersion, answer=wire.VersionView, status=201)
def start_version(call: Call) -> Reply:
    """Start a draft: from the national record, the version in force, the restructuring review, or facts of yours."""
    body: wire.StartVersion = call.body
    if (body.based_on == "facts") != (body.facts is not None):
        vi, en = "facts chỉ đi cùng based_on=facts", "facts go with based_on=facts, and only with it"
        raise BodyInvalid(fields=[FieldError("/facts", "based_on", vi, en)])
    facts = body.facts.model_dump() if body.facts else None
    try:
        item = editing().start(call.principal, call.path["code"], facts, body.based_on, _act(call))
    except NotFound:  # what it would begin from is not named: another agency's procedure must look like none
        raise NotFound(what="procedure") from None
    return replace(_shown(call, item), location=VERSION.format(code=quote(item["code"]), version=item["version"]))


@api.route("GET", VERSION, act="version.read", answer=wire.VersionView)
def read_version(call: Call) -> Reply:
    """Read a version, and what still keeps it from being published."""
    return _shown(call, {"code": call.path["code"], "version": _number(call.path)})


@api.route("PUT", VERSION, act="version.change", body=wire.VersionBody, answer=wire.VersionView)
def save_version(call: Call) -> Reply:
    """Save a draft, whole; the answer names what still keeps it from being published."""
    body: wire.VersionBody = call.body
    item = editing().save(
        call.principal, call.path["code"], _number(call.path), body.facts.model_dump(), body.form, call.version
    )
    return _shown(call, item)


@api.route("POST", VERSION + "/handover", act="version.change", body=wire.Empty, answer=wire.VersionView)
def request_review(call: Call) -> Reply:
    """Hand a draft over to review."""
    return _shown(call, editing().submit(call.principal, call.path["code"], _number(call.path), _act(call)))


@api.route("POST", VERSION + "/review", act="version.review", body=wire.ReviewBody, answer=wire.VersionView)
def review_version(call: Call) -> Reply:
    """Record the review of a version by another person than its author, or send it back."""
    body: wire.ReviewBody = call.body
    findings = [finding.model_dump() for finding in body.findings]
    item = editing().review(
        call.principal, call.path["code"], _number(call.path), findings, _act(call), accepted=body.accepted
    )
    return _shown(call, item)


@api.route("POST", VERSION + "/publication", act="version.publish", body=wire.PublicationBody, answer=wire.VersionView)
def publish_version(call: Call) -> Reply:
    """Publish a reviewed version from a day on; dossiers that run stay on theirs."""
    item = editing().publish(
        call.principal, call.path["code"], _number(call.path), call.body.effective_from, _act(call)
    )
    return _shown(call, item)


@api.route("POST", VERSION + "/withdrawal", act="version.publish", body=wire.WithdrawalBody, answer=wire.VersionView)
def withdraw_version(call: Call) -> Reply:
    """Take a version back, with the reason; dossiers that were received go on."""
    item = editing().withdraw(call.principal, call.path["code"], _number(call.path), call.body.reason, _act(call))
    return _shown(call, item)


@api.route("GET", VERSION + "/diff", act="version.read", answer=wire.DiffView)
def compare_version(call: Call) -> Reply:
    """Compare a version with the one in force, and see which running dossiers such a change would touch."""
    number = _number(call.path)
    found = editing().compare(call.principal, call.path["code"], number)
    return Reply(wire.DiffView(code=call.path["code"], version=number, **found))
