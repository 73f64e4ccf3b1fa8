"""What stopped without a letter: executions that ended badly, dossiers that nothing moves.

Every draft and every open dossier is looked at; the index `open` names them, and nothing is scanned.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.stored import Unreadable
from chalicelib.dossier.items import Head
from chalicelib.dossier.lists import open_references
from chalicelib.dossier.reading import Dossier, Part, read
from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment
from chalicelib.law.states import TERMINAL, DossierState
from infra.command.letters import said_of
from infra.command.place import Place

ENDED = ("FAILED", "TIMED_OUT", "ABORTED")
OPEN = sorted(int(s) for s in DossierState if s not in TERMINAL)
THEIRS = (DossierState.SUPPLEMENT_REQUESTED, DossierState.PAYMENT_REQUESTED, DossierState.WITHDRAWAL_REQUESTED)
"""States in which a dossier waits for its applicant, not for us."""
UNSHOWN = "its result goes to destinations, and no execution shows it"


@dataclass(frozen=True)
class Stuck:
    """One stopped dossier. `id` is the execution that ended, or the dossier's reference."""

    id: str
    kind: str
    reference: str
    cause: str
    owner: str
    since: str
    command: str


def _flows(machine: str, status: str) -> Iterator[Mapping[str, Any]]:
    pages = aws.client("stepfunctions").get_paginator("list_executions")
    for page in pages.paginate(stateMachineArn=machine, statusFilter=status):
        yield from page["executions"]


def _resume(reference: str) -> str:
    return f"motcua ops resume {reference}"


def ended_flows(place: Place) -> list[Stuck]:
    """Executions that failed, timed out or were stopped, of what goes on and is not driven since."""
    found = []
    for name, owner, may_go_on in (("OneStop", "onestop", _may_go_on), ("Delivery", "delivery", _may_be_shown)):
        machine = place.name(name)
        for status in ENDED:
            for flow in _flows(machine, status):
                if not (reference := may_go_on(flow["name"])):
                    continue
                told = aws.client("stepfunctions").describe_execution(executionArn=flow["executionArn"])
                cause = f"{status}: {_said(told)}"
                since = flow["stopDate"].astimezone(UTC).isoformat(timespec="seconds")
                found.append(Stuck(flow["name"], "execution", reference, cause, owner, since, _resume(reference)))
    return found


def _may_go_on(flow: str) -> str:
    """The dossier of a flow, if it is the last attempt of an open one; of a HEAD that cannot be read nobody knows."""
    reference, _, attempt = flow.rpartition("-")
    try:
        dossier = read(reference)
    except Unreadable:
        return reference
    if dossier is None or dossier.head.state not in OPEN or dossier.head.decided_at or dossier.head.erased_at:
        return ""
    return reference if str(dossier.head.attempt) == attempt else ""


def _may_be_shown(flow: str) -> str:
    """The dossier of a flow of deliveries, if something is waited for that no later attempt has."""
    from chalicelib.delivery.flow.model import Run
    from chalicelib.delivery.flow.wiring import resumption

    try:
        run = Run.named(flow)
    except ValueError:
        return ""  # somebody started it by hand, under a name of their own
    try:
        is_alone = bool(resumption().free(run))
    except Unreadable:
        return run.reference
    return run.reference if is_alone else ""


def _said(told: Mapping[str, Any]) -> str:
    """The error of an execution; with its text, where that is our contracts' own."""
    error = str(told.get("error", "no error told"))
    with contextlib.suppress(ValueError, TypeError, LookupError):
        raised = json.loads(told.get("cause", ""))
        if raised["errorType"] == error:
            return said_of(raised)
    return error


@dataclass(frozen=True)
class Known:
    """The drafts and dossiers to look at, and those of them that an execution drives; `shown`: to destinations."""

    table: str
    references: frozenset[str]
    driven: frozenset[str]
    shown: frozenset[str]


def known(place: Place, *, ended: bool = False) -> Known:
    """Every draft and every open dossier, by an index that holds no other; on demand all others, which reads `mine`."""
    dossiers = place.name("Dossiers")
    driven = frozenset(flow["name"].rpartition("-")[0] for flow in _flows(place.name("OneStop"), "RUNNING"))
    found = {*open_references(), *(_everybody(dossiers) if ended else ())}
    shown = frozenset(flow["name"].partition(".")[0] for flow in _flows(place.name("Delivery"), "RUNNING"))
    return Known(dossiers, driven | found, driven, shown)


def drafts(place: Place) -> list[str]:
    """Every draft that its owner's list has."""
    asked = {
        "TableName": place.name("Dossiers"),
        "IndexName": "mine",
        "FilterExpression": "#s = :draft",
        "ExpressionAttributeNames": {"#s": "state"},
        "ExpressionAttributeValues": aws.packed({":draft": 0}),
    }
    pages = aws.client("dynamodb").get_paginator("scan").paginate(**asked)
    return [aws.plain(item)["pk"] for page in pages for item in page["Items"]]


def idle_dossiers(found: Known, could_be_read: Iterable[Dossier], now: datetime, seconds: float) -> list[Stuck]:
    """Open dossiers in which nothing happened for some seconds and nobody has to act."""
    tried = (_idle(found, dossier, now, seconds) for dossier in could_be_read if not dossier.head.erased_at)
    return [told for told in tried if told]


def _idle(found: Known, dossier: Dossier, now: datetime, seconds: float) -> Stuck | None:
    head, waits, driven = dossier.head, dossier.open_task is not None, dossier.reference in found.driven
    if head.state not in OPEN or (driven and (waits or head.state in THEIRS)) or (head.decided_at and waits):
        return None
    is_on_its_way = bool(head.awaits) and _is_kept(dossier)
    if is_on_its_way and dossier.reference in found.shown:
        return None  # it waits for a destination, as its machine shows
    since = last_event(found.table, dossier.reference)
    if not since or (now - moment(since)).total_seconds() < seconds:
        return None
    if is_on_its_way:
        return Stuck(head.pk, "dossier", head.pk, UNSHOWN, "delivery", since, _resume(head.pk))
    lost = not driven and not head.decided_at and _had_driver(found.table, dossier.reference)
    return None if (waits or head.state in THEIRS) and not lost else _told(head, since, lost=lost)


def _is_kept(dossier: Dossier) -> bool:
    """Whether the result is in the vault, or nobody's is to keep it: destinations alone are waited for."""
    processed = dossier.last(DossierProcessed)
    return dossier.head.vault_document is not None or (processed is not None and processed[0].keepers == ())


def _had_driver(table: str, reference: str) -> bool:
    """Whether an execution ever opened a leg of it, or should: a route with one leg is decided without."""
    legs = aws.query(table, reference, "LEG#")
    plan = read(reference, Part.PLAN)
    return any("token" in leg for leg in legs) or (plan is not None and sum(map(len, plan.plan.route)) > 1)


def _told(head: Head, since: str, *, lost: bool) -> Stuck:
    reference = head.reference
    cause, owner, command = (
        "the tasks are done, the flow was not told",
        "onestop",
        f"motcua ops replay --id {reference}",
    )
    if lost:
        cause, command = "no execution drives it", _resume(reference)
    elif head.state == DossierState.PROCESSED:
        cause, owner = "processed, not in the vault", "vault"
    elif head.decided_at:
        cause, owner = "decided, no signed result", "messages"
    return Stuck(reference, "dossier", reference, cause, owner, since, command)


def _everybody(table: str) -> Iterator[str]:
    """Every draft and dossier there ever was."""
    for page in aws.client("dynamodb").get_paginator("scan").paginate(TableName=table, IndexName="mine"):
        yield from (aws.plain(item)["pk"] for item in page["Items"])


def last_event(table: str, reference: str) -> str:
    """When a dossier's log was last written to; empty when nobody can say."""
    answer = aws.client("dynamodb").query(
        TableName=table,
        KeyConditionExpression="pk = :p AND begins_with(sk, :e)",
        ExpressionAttributeValues=aws.packed({":p": reference, ":e": "EVENT#"}),
        ScanIndexForward=False,
        Limit=1,
    )
    at = next((aws.plain(item).get("at") for item in answer["Items"]), None)
    try:
        return moment(str(at)).isoformat(timespec="seconds")
    except ValueError:
        return ""
