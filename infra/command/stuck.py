"""What stopped without a letter: executions that ended badly, dossiers that nothing moves.

Every dossier is looked at, through the two small indexes that hold one row for each (`mine`) and one for each open
task (`worklist`).
"""

import contextlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.contracts.stored import Unreadable
from chalicelib.dossier.items import Head
from chalicelib.dossier.reading import read
from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment
from chalicelib.law.states import TERMINAL, DossierState
from infra.command.letters import said_of
from infra.command.place import Place

ENDED = ("FAILED", "TIMED_OUT", "ABORTED")
OPEN = sorted(int(s) for s in DossierState if s not in TERMINAL)
THEIRS = (DossierState.SUPPLEMENT_REQUESTED, DossierState.PAYMENT_REQUESTED, DossierState.WITHDRAWAL_REQUESTED)
"""States in which a dossier waits for its applicant, not for us."""


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
    """Executions that failed, timed out or were stopped, of dossiers that are open and not driven since."""
    machine, found = place.name("OneStop"), []
    for status in ENDED:
        for flow in _flows(machine, status):
            reference, _, attempt = flow["name"].rpartition("-")
            if not _may_go_on(reference, attempt):
                continue
            told = aws.client("stepfunctions").describe_execution(executionArn=flow["executionArn"])
            cause = f"{status}: {_said(told)}"
            since = flow["stopDate"].astimezone(UTC).isoformat(timespec="seconds")
            found.append(Stuck(flow["name"], "execution", reference, cause, "onestop", since, _resume(reference)))
    return found


def _may_go_on(reference: str, attempt: str) -> bool:
    """Whether it is the last attempt of an open dossier; of a HEAD that cannot be read nobody knows."""
    try:
        dossier = read(reference)
    except Unreadable:
        return True
    if dossier is None or dossier.head.state not in OPEN or dossier.head.decided_at or dossier.head.erased_at:
        return False
    return str(dossier.head.attempt) == attempt


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
    """The dossiers and drafts that the indexes and the machine name: `states` has those of `mine`, by reference."""

    table: str
    states: Mapping[str, int | None]
    waiting: frozenset[str]
    driven: frozenset[str]

    @property
    def references(self) -> frozenset[str]:
        """Every one of them."""
        return self.waiting | self.driven | self.states.keys()


def known(place: Place, *, ended: bool = False) -> Known:
    """Every draft, every open dossier, and on demand those that ended."""
    dossiers = place.name("Dossiers")
    driven = frozenset(flow["name"].rpartition("-")[0] for flow in _flows(place.name("OneStop"), "RUNNING"))
    waiting = frozenset(row["pk"] for row in _index(dossiers, "worklist", ()))
    rows = _index(dossiers, "mine", () if ended else sorted(int(s) for s in TERMINAL))
    return Known(dossiers, {row["pk"]: row.get("state") for row in rows}, waiting, driven)


def drafts(place: Place) -> list[str]:
    """Every draft that its owner's list has."""
    return [row["pk"] for row in _index(place.name("Dossiers"), "mine", sorted(map(int, DossierState)))]


def idle_dossiers(found: Known, unread: Collection[str], now: datetime, seconds: float) -> list[Stuck]:
    """Open dossiers that can be read, in which nothing happened for some seconds and nobody has to act."""
    tried = (_idle(found, reference, now, seconds) for reference in found.states if reference not in unread)
    return [told for told in tried if told]


def _idle(found: Known, reference: str, now: datetime, seconds: float) -> Stuck | None:
    state = found.states[reference]
    waits, driven = reference in found.waiting, reference in found.driven
    if state not in OPEN or (driven and (waits or state in THEIRS)):
        return None
    dossier = read(reference)
    if dossier is None or dossier.head.erased_at or dossier.head.state not in OPEN:
        return None
    if dossier.head.decided_at and waits:
        return None
    since = last_event(found.table, reference)
    if not since or (now - moment(since)).total_seconds() < seconds:
        return None
    return _told(dossier.head, since, lost=not driven and not dossier.head.decided_at)


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


def _index(table: str, index: str, but: Sequence[int]) -> Iterator[aws.Item]:
    """Every row of an index but those of some states."""
    asked: dict[str, Any] = {"TableName": table, "IndexName": index}
    if but:
        values = {f":s{s}": s for s in but}
        asked |= {
            "FilterExpression": f"NOT (#s IN ({', '.join(values)}))",
            "ExpressionAttributeNames": {"#s": "state"},
            "ExpressionAttributeValues": aws.packed(values),
        }
    for page in aws.client("dynamodb").get_paginator("scan").paginate(**asked):
        yield from map(aws.plain, page["Items"])


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
