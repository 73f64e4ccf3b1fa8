"""Lambda of moto 5.2.5: runs our handlers in this process.

Replaces:
- `LambdaFunction._invoke_lambda`: stock moto needs Docker (or only echoes the body).
- `LambdaFunction.invoke` for InvocationType=Event: stock moto runs the handler before it answers 202.
"""

import json
from typing import Any

from moto.awslambda import models

from infra.local.journal import INVOKED
from infra.local.shims.site import Site

LambdaFunction: Any = models.LambdaFunction  # Any: it is patched below


def patch(site: Site) -> None:
    """Replace the methods named above."""
    stock_run, stock_invoke = LambdaFunction._invoke_lambda, LambdaFunction.invoke

    def run(self: Any, event: Any = None) -> tuple[str, bool, str]:
        if site.functions is None:
            result: tuple[str, bool, str] = stock_run(self, event)
            return result
        given = json.loads(event or "{}") if isinstance(event, str) else event
        answer, failed = site.functions.call_json(self.function_name, given)
        return answer, failed, ""

    def invoke(self: Any, body: Any, request_headers: Any, response_headers: Any) -> Any:
        if site.journal is None or request_headers.get("X-Amz-Invocation-Type") != "Event":
            return stock_invoke(self, body, request_headers, response_headers)
        text = body.decode() if isinstance(body, bytes) else body
        site.journal.send("target", INVOKED, self.function_name, text or "{}")
        return ""

    LambdaFunction._invoke_lambda = run
    LambdaFunction.invoke = invoke
