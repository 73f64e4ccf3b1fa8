"""Step Functions of moto 5.2.5: machines execute, and executions are driven again after a crash.

Replaces:
- the setting `execute_state_machine` and the backend of plain machines: stock moto only records executions.
- `jsonata._eval_jsonata`: None in stock moto, so JSONata and `Assign` fail.
- `start_execution`: stock moto forgets executions with the process, and calls each one without a name None.
- `BaseExecutionWorkerCommunication.terminated`: so the journal learns the end.
- `Preprocessor`: stock machines are read with one list for all; of two at once one may die, a bad one spoils the next.
- `_get_executions`: stock SendTask* fail with AttributeError while any other execution is still being started.

`machine_threads.py` knows when a machine rests.
"""

import json
import logging
import time
import uuid
from typing import Any

import jsonata as library
from moto.core.config import default_user_config
from moto.stepfunctions import models as plain
from moto.stepfunctions.exceptions import ExecutionAlreadyExists
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeFailure
from moto.stepfunctions.parser.asl.jsonata import jsonata
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor
from moto.stepfunctions.parser.backend import execution as running
from moto.stepfunctions.parser.models import StepFunctionsParserBackend as ParserBackend
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from infra.local.journal import Journal
from infra.local.names import ACCOUNT, REGION
from infra.local.shims import machine_threads
from infra.local.shims.site import Site

Backend: Any = ParserBackend  # Any: they are patched below
Communication: Any = running.BaseExecutionWorkerCommunication
Reader: Any = Preprocessor
plain_models: Any = plain


def _backend() -> Any:
    return stepfunctions_parser_backends[ACCOUNT][REGION]


def patch(site: Site) -> None:
    """Replace what is named above."""
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL)  # it logs a failed task with its whole machine
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    plain_models.stepfunctions_backends = stepfunctions_parser_backends
    jsonata._eval_jsonata = lambda expression: library.Jsonata(expression).evaluate(None)
    _patch_reading()
    _patch_start(site)
    _patch_end(site)
    _patch_list()
    machine_threads.patch()


def _patch_reading() -> None:
    def own_scopes(self: Any) -> None:
        self._query_language_per_scope = []

    Reader.__init__ = own_scopes


def _patch_start(site: Site) -> None:
    stock = Backend.start_execution

    def start_execution(
        self: Any, state_machine_arn: str, name: Any = None, execution_input: Any = None, trace_header: Any = None
    ) -> Any:
        name, given, journal = name or str(uuid.uuid4()), execution_input or "{}", site.journal
        if journal is None:
            return stock(self, state_machine_arn, name, given, trace_header)
        with journal.tx() as db:
            known = db.execute(
                "SELECT status FROM execution WHERE machine=? AND name=?", (state_machine_arn, name)
            ).fetchone()
            if known and known[0] != "RUNNING":  # also when it ended in an earlier life of the process
                raise ExecutionAlreadyExists(f"Execution Already Exists: '{name}'")
            execution = stock(self, state_machine_arn, name, given, trace_header)
            execution.motcua_journal = journal
            db.execute(
                "INSERT OR IGNORE INTO execution(machine, name, input, status) VALUES(?,?,?,'RUNNING')",
                (state_machine_arn, name, given),
            )
        return execution

    Backend.start_execution = start_execution


def _patch_end(site: Site) -> None:
    stock = Communication.terminated

    def terminated(self: Any) -> None:
        stock(self)
        execution = self.execution
        journal: Journal | None = site.journal
        if journal is None:
            return
        with journal.lock:  # a start holds it until the execution knows its journal and has its row
            ours = getattr(execution, "motcua_journal", None) is journal
            if journal.closed or not ours:
                return  # of a cloud that was stopped: its row stays RUNNING, the next start drives it again
            output = json.dumps(execution.output) if execution.output is not None else None
            with journal.tx() as db:
                db.execute(
                    "UPDATE execution SET status=?, output=? WHERE machine=? AND name=?",
                    (execution.exec_status.value, output, execution.state_machine.arn, execution.name),
                )

    Communication.terminated = terminated


def _patch_list() -> None:
    stock_list = Backend._get_executions

    def started(self: Any, execution_status: Any = None) -> list[Any]:
        return [
            e for e in stock_list(self, execution_status) if e.exec_worker is not None and e.exec_worker.env is not None
        ]

    Backend._get_executions = started


def redrive(journal: Journal) -> None:
    """Start every execution that was running when the process ended, under its own name and with its own input."""
    backend = _backend()
    found = journal.all("SELECT machine, name, input FROM execution WHERE status='RUNNING'")
    for machine, name, given in found:
        if any(m.arn == machine for m in backend.state_machines):  # a machine may have left the resource list
            backend.start_execution(machine, name, given)


def _executions() -> list[Any]:
    return [e for machine in _backend().state_machines for e in list(machine.executions)]


def _starting(execution: Any) -> bool:
    """Not at its first state yet: moto parses the definition each time."""
    return execution.exec_worker is None or execution.exec_worker.env is None


def resting() -> bool:
    """Whether every execution ended, or waits for a token; one that waits for a time does not rest."""
    return machine_threads.Busy.present.count == 0


def abandon(seconds: float = 2.0) -> None:
    """End every waiting task in memory, so that its thread ends; call it with no cloud installed."""
    end = time.monotonic() + seconds
    while any(_starting(e) for e in _executions()) and time.monotonic() < end:
        time.sleep(0.01)
    for execution in _backend()._get_executions("RUNNING"):
        pool = execution.exec_worker.env.callback_pool_manager._pool
        for token, endpoint in list(pool.items()):
            endpoint.notify(CallbackOutcomeFailure(callback_id=token, error="Local.Stopped", cause="the cloud stopped"))
