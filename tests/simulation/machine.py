"""Step Functions as far as one_stop.asl.json needs it: stages in order, the legs of a stage at once, then the decision.

Whether a dossier lives without it, and with one that is lost, is what is looked at; the machine itself is AWS's.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class Gone(Exception):
    """Nobody waits under this token."""


class Known(Exception):
    """There was an execution of this name."""


class Unknown(Exception):
    """There is no execution of this name."""


class Exceptions:
    """The names by which a client knows its errors."""

    TaskTimedOut = TaskDoesNotExist = InvalidToken = Gone
    ExecutionAlreadyExists = Known
    ExecutionDoesNotExist = Unknown


@dataclass
class Execution:
    """One execution: the stage that it is in, the tokens that it waits for."""

    name: str
    given: Any
    status: str = "RUNNING"
    stage: int = -1
    waits: set[str] = field(default_factory=set)
    stopped: datetime | None = None


class Machine:
    """`call` puts a call of a function into the world's queue; `now` is its clock."""

    exceptions = Exceptions

    def __init__(self, call: Callable[[str, Any], None], now: Callable[[], datetime]) -> None:
        self._call, self._now = call, now
        self.executions: dict[str, Execution] = {}

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> dict[str, str]:  # noqa: A002, N803
        """Begin; a name is used once."""
        del stateMachineArn
        if name in self.executions:
            raise Known(name)
        self.executions[name] = made = Execution(name, json.loads(input))
        self._go_on(made)
        return {"executionArn": name}

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:  # noqa: N803 - AWS's name
        """How an execution stands."""
        name = executionArn.rpartition(":")[2]
        if name not in self.executions:
            raise Unknown(name)
        return {"status": self.executions[name].status}

    def get_paginator(self, _: str) -> "Machine":
        """Pages of executions."""
        return self

    def paginate(self, *, stateMachineArn: str, statusFilter: str) -> Iterator[dict[str, Any]]:  # noqa: N803
        """Executions that ended so."""
        del stateMachineArn
        found = [e for e in self.executions.values() if e.status == statusFilter and e.stopped]
        yield {"executions": [{"name": e.name, "stopDate": e.stopped} for e in found]}

    def send_task_success(self, *, taskToken: str, output: str) -> None:  # noqa: N803 - AWS's name
        """A leg is done."""
        del output
        name, _, _ = taskToken.partition("/")
        execution = self.executions.get(name)
        if execution is None or execution.status != "RUNNING" or taskToken not in execution.waits:
            raise Gone(taskToken)
        execution.waits.discard(taskToken)
        if not execution.waits:
            self._go_on(execution)

    def send_task_failure(self, *, taskToken: str, error: str = "", cause: str = "") -> None:  # noqa: N803
        """A leg comes to nothing: so does its execution."""
        del error, cause
        execution = self.executions.get(taskToken.partition("/")[0])
        if execution is None or execution.status != "RUNNING" or taskToken not in execution.waits:
            raise Gone(taskToken)
        self.lose(execution, "FAILED")

    def lose(self, execution: Execution, status: str) -> None:
        """It ends before its time."""
        execution.status, execution.stopped = status, self._now()
        execution.waits.clear()

    def _go_on(self, execution: Execution) -> None:
        execution.stage += 1
        dossier, stages = execution.given["dossier"], execution.given["stages"]
        if execution.stage == len(stages):
            execution.status = "SUCCEEDED"
            self._call("onestop_decide", {"dossier": dossier})
            return
        for number, leg in enumerate(stages[execution.stage]):
            token = f"{execution.name}/{execution.stage}/{number}"
            execution.waits.add(token)
            given = {"dossier": dossier, "stage": execution.stage, "leg": leg, "token": token}
            self._call("onestop_open_leg", {**given, "execution": execution.name})
