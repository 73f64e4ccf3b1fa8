"""Answers of moto 5.2.5 take less work; none of them is another one.

Replaces:
- `DynamoResult.execute_result` for the calls on items, which are JSON already: stock moto walks each answer value by
  value along botocore's model, a third of the processor time of a call, and most of it for a Query.
- `backends.list_of_moto_modules`, `responses.method_names_from_class`: stock moto reads its own folder and inspects the
  class of the service for each request.
"""

import json
from functools import cache
from typing import Any

from moto import backends
from moto.core import responses
from moto.dynamodb.responses import DynamoResult

HEADERS = {"Content-Type": "application/x-amz-json-1.0"}
ITEMS = frozenset({
    "GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems", "PutItem", "UpdateItem", "DeleteItem",
})  # fmt: skip
stock_backends: Any = backends  # Any: they are patched below
stock_responses: Any = responses
Result: Any = DynamoResult


def patch() -> None:
    """Replace what is named above."""
    stock, modules = Result.execute_result, tuple(backends.list_of_moto_modules())

    def execute_result(self: Any, context: Any) -> Any:
        if context.operation_model.name not in ITEMS:
            return stock(self, context)
        told = {name: value for name, value in self.result.items() if value is not None}
        return 200, dict(HEADERS), json.dumps(told)

    Result.execute_result = execute_result
    stock_backends.list_of_moto_modules = lambda: modules
    stock_responses.method_names_from_class = cache(stock_responses.method_names_from_class)
