"""Our functions, called in this process by the handler strings AWS would use, with a context like Lambda's."""

import contextlib
import importlib
import json
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from infra.local.names import ARN
from infra.stack.functions import Function


class UnknownFunction(LookupError):
    """No function of that name is declared."""


class Context:
    """What Lambda gives a handler beside the event. The time-out is told, not enforced: a thread cannot be killed."""

    function_version = "$LATEST"
    client_context = None
    identity = None

    def __init__(self, name: str, function: Function, request_id: str) -> None:
        self.function_name = name
        self.aws_request_id = request_id
        self.memory_limit_in_mb = function.memory
        self.invoked_function_arn = ARN.format(service="lambda", resource=f"function:{name}")
        self.log_group_name = f"/aws/lambda/{name}"
        self.log_stream_name = "local"
        self._end = time.monotonic() + function.timeout

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until AWS would end the function."""
        return max(0, int((self._end - time.monotonic()) * 1000))


class Functions:
    """The declared functions by name, and how many of them run at this moment."""

    def __init__(self, declared: Mapping[str, Function]) -> None:
        self.declared = dict(declared)
        self._lock = threading.Lock()
        self._running = 0

    @property
    def running(self) -> int:
        """Calls in flight."""
        return self._running

    def call(self, name: str, event: Any, request_id: str = "") -> Any:
        """Run a function and return what it returns. Raises: `UnknownFunction`, and whatever the function raises."""
        function = self.declared.get(name)
        if function is None:
            raise UnknownFunction(name)
        with self._counted():
            module, _, attribute = function.handler.rpartition(".")
            handler = getattr(importlib.import_module(module), attribute)
            return handler(event, Context(name, function, request_id or str(uuid.uuid4())))

    def call_json(self, name: str, event: Any) -> tuple[str, bool]:
        """As Lambda's Invoke: the JSON answer, and whether it is an error (then errorType and errorMessage)."""
        try:
            return json.dumps(self.call(name, event)), False
        except Exception as error:  # noqa: BLE001 - Lambda turns every error of a handler into an answer
            return json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)}), True

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
