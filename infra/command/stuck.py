"""What stopped without a letter: executions that ended badly, dossiers that nothing moves.

Every dossier is looked at, through the two small indexes that hold one row for each (`mine`) and one for each open
task (`worklist`); a dossier's own items are read only when it looks stopped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment
from chalicelib.law.states import TERMINAL, DossierState
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
    dossiers, machine, found = place.name("Dossiers"), place.name("OneStop"), []
    for status in ENDED:
        for flow in _flows(machine, status):
            reference, _, attempt = flow["name"].rpartition("-")
            head = aws.get(dossiers, reference, "HEAD")
            if head is None or head["state"] not in OPEN or "decided_at" in head or str(head["attempt"]) != attempt:
                continue
            told = aws.client("stepfunctions").describe_execution(executionArn=flow["executionArn"])
            cause = f"{status}: {told.get('error', 'no error told')}"
            since = flow["stopDate"].astimezone(UTC).isoformat(timespec="seconds")
            found.append(Stuck(flow["name"], "execution", reference, cause, "onestop", since, _resume(reference)))
    return found


def idle_dossiers(place: Place, now: datetime, seconds: float) -> list[Stuck]:
    """Open dossiers in which nothing happened for some seconds and of which nobody has to do anything."""
    dossiers = place.name("Dossiers")
    driven = {flow["name"].rpartition("-")[0] for flow in _flows(place.name("OneStop"), "RUNNING")}
    waiting = {row["pk"] for row in _index(dossiers, "worklist", ())}
    found = []
    for row in _index(dossiers, "mine", OPEN):
        reference = row["pk"]
        if reference in driven and (reference in waiting or row["state"] in THEIRS):
            continue
        head = aws.get(dossiers, reference, "HEAD")
        if head is None or head["state"] not in OPEN:
            continue
        decided = "decided_at" in head
        if decided and reference in waiting:
            continue
        since = _last_event(dossiers, reference)
        if since is None or (now - since).total_seconds() < seconds:
            continue
        found.append(_told(head, since, lost=reference not in driven and not decided))
    return found


def _told(head: Mapping[str, Any], since: datetime, *, lost: bool) -> Stuck:
    reference = head["pk"]
    cause, owner, command = (
        "the tasks are done, the flow was not told",
        "onestop",
        f"motcua ops replay --id {reference}",
    )
    if lost:
        cause, command = "no execution drives it", _resume(reference)
    elif head["state"] == DossierState.PROCESSED:
        cause, owner = "processed, not in the vault", "vault"
    elif "decided_at" in head:
        cause, owner = "decided, no signed result", "messages"
    return Stuck(reference, "dossier", reference, cause, owner, since.isoformat(timespec="seconds"), command)


def _index(table: str, index: str, states: "list[int] | tuple[()]") -> Iterator[aws.Item]:
    """Every row of an index, or those of some states."""
    asked: dict[str, Any] = {"TableName": table, "IndexName": index}
    if states:
        values = {f":s{s}": s for s in states}
        asked |= {
            "FilterExpression": f"#s IN ({', '.join(values)})",
            "ExpressionAttributeNames": {"#s": "state"},
            "ExpressionAttributeValues": aws.packed(values),
        }
    for page in aws.client("dynamodb").get_paginator("scan").paginate(**asked):
        yield from map(aws.plain, page["Items"])


def _last_event(table: str, reference: str) -> datetime | None:
    answer = aws.client("dynamodb").query(
        TableName=table,
        KeyConditionExpression="pk = :p AND begins_with(sk, :e)",
        ExpressionAttributeValues=aws.packed({":p": reference, ":e": "EVENT#"}),
        ScanIndexForward=False,
        Limit=1,
    )
    return next((moment(aws.plain(item)["at"]) for item in answer["Items"]), None)
