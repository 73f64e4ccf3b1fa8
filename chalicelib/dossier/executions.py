"""Executions of the machines that drive dossiers, or show them: started once under a name, told what they wait for."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from msgspec import Struct, convert

from chalicelib.contracts.event import told
from chalicelib.kernel import aws

RUNNING: Final = "RUNNING"
LONGEST: Final = 86400 * 364
"""Seconds that a state waits for its token: nearly the year after which Step Functions ends any execution."""


class Ended(Struct, frozen=True, rename={"at": "stopDate"}):
    """An execution that ended badly: its name, and when; named as Step Functions does."""

    name: str
    at: datetime


class _Page(Struct, frozen=True):
    """A page of executions, as Step Functions lists them."""

    executions: tuple[Ended, ...] = ()


def start(machine: str, name: str, given: Struct) -> bool:
    """Start an execution of a machine (ARN) under a name; False when there was one: what comes again starts none."""
    client: Any = aws.client("stepfunctions")
    try:
        client.start_execution(stateMachineArn=machine, name=name, input=json.dumps(told(given), sort_keys=True))
    except client.exceptions.ExecutionAlreadyExists:
        return False
    return True


def status(machine: str, name: str) -> str | None:
    """RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; None when the engine knows no execution of this name."""
    client: Any = aws.client("stepfunctions")
    arn = machine.replace(":stateMachine:", ":execution:")
    try:
        return str(client.describe_execution(executionArn=f"{arn}:{name}")["status"])
    except client.exceptions.ExecutionDoesNotExist:
        return None


def ended(machine: str) -> Iterator[Ended]:
    """Executions that failed or timed out, of the last 90 days, newest first; who stopped one by hand meant it."""
    pages = aws.client("stepfunctions").get_paginator("list_executions")
    for outcome in ("FAILED", "TIMED_OUT"):
        for page in pages.paginate(stateMachineArn=machine, statusFilter=outcome):
            yield from convert(page, _Page).executions


def succeed(token: str, outcome: Struct | None = None) -> bool:
    """Tell who waits under a token; False when nobody does: it was used, or timed out, or its machine is gone."""
    client: Any = aws.client("stepfunctions")
    gone = (client.exceptions.TaskTimedOut, client.exceptions.TaskDoesNotExist, client.exceptions.InvalidToken)
    try:
        client.send_task_success(taskToken=token, output=json.dumps(told(outcome) if outcome else {}))
    except gone:
        return False
    return True
