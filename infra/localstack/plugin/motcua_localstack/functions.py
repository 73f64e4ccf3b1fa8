"""LAMBDA_RUNTIME_EXECUTOR=motcua: every execution environment is a local process, `python -m awslambdaric HANDLER`.

The process speaks Lambda's Runtime API (2018-06-01) with a server of its own. Init errors, crashes and time-outs are
answered as Lambda does; after a crash or a time-out the next invocation gets a new process.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from motcua_localstack import sandbox
from motcua_localstack.activity import ACTIVITY
from motcua_localstack.faults import FAULTS

INIT_SECONDS = 30
"""AWS allows 10; here two cores may start twenty functions at once."""
PATIENCE = 3
"""How often its own time-out a call may take here, for the same reason; it is told the time that it has on AWS."""
GRACE = 3.0


def error(kind: str, message: str) -> bytes:
    """An error as Lambda reports it."""
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


class RuntimeApi(ThreadingHTTPServer):
    """The Runtime API of one process."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Calls)
        self.waiting: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.ready: Future[None] = Future()
        self.answers: dict[str, Future[tuple[bytes, bool]]] = {}
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()

    def close(self) -> None:
        """Let the process go, and give the port back."""
        self.waiting.put(None)
        self.shutdown()
        self.server_close()


class _Calls(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeApi

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """/2018-06-01/runtime/invocation/next: the first one says that the function is ready."""
        if not self.server.ready.done():
            self.server.ready.set_result(None)
        call = self.server.waiting.get()
        if call is None:
            self._reply(410)
            return
        self._reply(
            200,
            call["payload"].encode(),
            {
                "Content-Type": "application/json",
                "Lambda-Runtime-Aws-Request-Id": call["invoke-id"],
                "Lambda-Runtime-Deadline-Ms": str(call["deadline"]),
                "Lambda-Runtime-Invoked-Function-Arn": call["invoked-function-arn"],
                "Lambda-Runtime-Trace-Id": call["trace-id"],
            },
        )

    def do_POST(self) -> None:
        """.../invocation/ID/response, .../invocation/ID/error, .../runtime/init/error."""
        body = self._body()
        *_, before, last = self.path.split("/")
        if (before, last) == ("init", "error"):
            if not self.server.ready.done():
                self.server.ready.set_exception(StatusErrorException("the function does not start", payload=body))
        elif answer := self.server.answers.pop(before, None):
            answer.set_result((body, last == "error"))
        self._reply(202)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class ProcessExecutor(RuntimeExecutor):
    """One execution environment; its process is started again after a crash or a time-out."""

    def __init__(self, id: str, function_version: Any) -> None:  # noqa: A002 - LocalStack's name
        super().__init__(id, function_version)
        self._environment: dict[str, Any] = {}
        self._api: RuntimeApi | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path(os.environ["MOTCUA_LOGS_FOLDER"]) / f"{function_version.id.function_name}-{id[:8]}.log"

    # --- life ------------------------------------------------------------------------------------------------

    def start(self, env_vars: dict[str, Any]) -> None:
        """Start the process. Raises: `StatusErrorException` with what Lambda would answer."""
        self._environment = env_vars
        name = self.function_version.id.function_name
        try:
            with ACTIVITY.running(name):
                self._start()
        except StatusErrorException:
            ACTIVITY.failed(name)
            raise

    def _start(self) -> None:
        own = self.function_version.config
        own.code.prepare_for_execution()  # it is there already, unless another version cleaned up
        task = Path(own.code.get_unzipped_code_location())
        opt = sandbox.opt_of(list(own.layers or []))
        self._api = RuntimeApi()
        variables = sandbox.environment(self._environment, task, opt)
        variables["AWS_LAMBDA_RUNTIME_API"] = f"127.0.0.1:{self._api.server_port}"
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the function of whoever deployed it
                sandbox.command(own.handler, task, opt),
                cwd=task,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._await_ready(self._api, time.monotonic() + INIT_SECONDS)
        except BaseException:
            self.stop()
            raise

    def _await_ready(self, api: RuntimeApi, end: float) -> None:
        while True:
            try:
                return api.ready.result(timeout=0.1)
            except TimeoutError:
                code = self._process.poll() if self._process else None
                if code is not None and not api.ready.done():
                    text = f"Error: Runtime exited without providing a reason: exit status {code}"
                    raise StatusErrorException("exited", payload=error("Runtime.ExitError", text)) from None
                if time.monotonic() > end:
                    text = f"Error: Runtime did not start within {INIT_SECONDS} seconds"
                    raise StatusErrorException("slow", payload=error("Sandbox.Timedout", text)) from None

    def stop(self) -> None:
        """End the process, and with it whatever it started."""
        api, self._api = self._api, None
        process, self._process = self._process, None
        if api:
            api.close()
        if process:
            self._signal(process, signal.SIGTERM)
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self._signal(process, signal.SIGKILL)
                process.wait()

    @staticmethod
    def _signal(process: "subprocess.Popen[bytes]", number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)

    # --- calls -----------------------------------------------------------------------------------------------

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """One call, with its share of the log."""
        request, begin = payload["invoke-id"], time.monotonic()
        start = self._log.stat().st_size if self._log.exists() else 0
        with ACTIVITY.call(self.function_version.id.function_name):
            try:
                if self._process is None:
                    self._start()
                body, failed = self._call(payload, begin)
            except StatusErrorException as broken:
                body, failed = broken.payload, True
        if failed:
            ACTIVITY.failed(self.function_version.id.function_name)
        took = (time.monotonic() - begin) * 1000
        logs = self._lines(start)
        text = f"START RequestId: {request} Version: {self.function_version.id.qualifier}\n{logs}"
        text += f"END RequestId: {request}\nREPORT RequestId: {request}\tDuration: {took:.2f} ms\n"
        return InvocationResult(request, body, is_error=failed, logs=text)

    def _call(self, payload: dict[str, str], begin: float) -> tuple[bytes, bool]:
        api, process = self._api, self._process
        assert api is not None
        assert process is not None
        request, seconds = payload["invoke-id"], self.function_version.config.timeout
        deadline, end = begin + seconds, begin + PATIENCE * seconds
        answer: Future[tuple[bytes, bool]] = Future()
        api.answers[request] = answer
        dies, after = FAULTS.death(self.function_version.id.function_name)
        api.waiting.put({**payload, "deadline": int((time.time() + deadline - time.monotonic()) * 1000)})
        if dies:
            with contextlib.suppress(TimeoutError):
                answer.result(timeout=end - time.monotonic() if after is None else after)
            answer = Future()  # what it answered is told to nobody
            self._signal(process, signal.SIGKILL)
        while True:
            try:
                return answer.result(timeout=min(0.25, max(0.0, end - time.monotonic())))
            except TimeoutError:
                if process.poll() is not None and not answer.done():
                    code = process.returncode
                    self.stop()
                    text = f"RequestId: {request} Error: Runtime exited with error: exit status {code}"
                    return error("Runtime.ExitError", text), True
                if time.monotonic() >= end and not answer.done():
                    self._signal(process, signal.SIGKILL)
                    self.stop()
                    text = f"RequestId: {request} Error: Task timed out after {seconds}.00 seconds"
                    return error("Sandbox.Timedout", text), True

    def _lines(self, start: int) -> str:
        with self._log.open("rb") as log:
            log.seek(start)
            return log.read().decode(errors="replace")

    def get_logs(self) -> str:
        """Everything the environment ever wrote."""
        return self._lines(0) if self._log.exists() else ""

    # --- what LocalStack asks --------------------------------------------------------------------------------

    def get_address(self) -> str:
        """Where the environment is."""
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        """Where LocalStack is for the environment."""
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        """Not used by awslambdaric; LocalStack puts it into the environment."""
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    @classmethod
    def prepare_version(cls, function_version: Any) -> None:
        """Unpack the zip and the layers."""
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()
        sandbox.opt_of(list(function_version.config.layers or []))

    @classmethod
    def cleanup_version(cls, function_version: Any) -> None:
        """Nothing: another version may have the same zip, and LocalStack deletes the zip with its function."""


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """LAMBDA_RUNTIME_EXECUTOR=motcua."""

    name = "motcua"

    def load(self, *_: Any, **__: Any) -> type[ProcessExecutor]:
        """The executor."""
        return ProcessExecutor
