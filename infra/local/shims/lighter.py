"""The same from moto 5.2.5 with less work.

Replaces:
- `DynamoResult.execute_result` for the calls on items, which are JSON already: stock moto walks each answer value by
  value along botocore's model, a third of the processor time of a call, and most of it for a Query.
- `DynamoType.size`, `DynamoType.to_regular_json`: stock moto makes or copies a value again at each level that it is in.
- `DynamoType.__deepcopy__`, `Item.__init__`: stock moto keeps a memory of a tree that never meets itself, and adds up
  the size of the whole item once more for each of its attributes.
- `ConditionExpressionParser._lex_condition_expression`, `UpdateExpressionParser.make`, `validators.deepcopy`: stock
  moto reads the same expression at each call, and copies its tree by the slowest way.
- `backends.list_of_moto_modules`, `responses.method_names_from_class`: stock moto reads its own folder and inspects the
  class of the service for each request.
- `BaseModel.__new__`, `FakeKey.__del__`: stock moto keeps each item, each copy of one that a Query answered, and each
  object of S3 until it is reset, for its dashboard, also what was overwritten or deleted; a file of S3 that goes
  without a reset it calls a mistake.
"""

import base64
import json
import pickle
from collections import deque
from functools import cache, lru_cache, wraps
from typing import Any

from moto import backends
from moto.core import responses
from moto.core.common_models import BaseModel
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.utilities import bytesize
from moto.dynamodb.parsing import expressions, validators
from moto.dynamodb.responses import DynamoResult
from moto.s3.models import FakeKey

HEADERS = {"Content-Type": "application/x-amz-json-1.0"}
ITEMS = frozenset({
    "GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems", "PutItem", "UpdateItem", "DeleteItem",
})  # fmt: skip
stock_backends: Any = backends  # Any: they are patched below
stock_responses: Any = responses
Result: Any = DynamoResult
Value: Any = DynamoType
Stored: Any = Item
Condition: Any = ConditionExpressionParser
stock_expressions: Any = expressions
Update: Any = stock_expressions.UpdateExpressionParser
stock_validators: Any = validators
LARGEST = 405_000
"""Bytes: what stock moto takes for the limit."""
MOST = 4096
"""Expressions that are remembered."""
Model: Any = BaseModel
Key: Any = FakeKey


def _patch_result() -> None:
    stock = Result.execute_result

    @wraps(stock)
    def execute_result(self: Any, context: Any) -> Any:
        if context.operation_model.name not in ITEMS:
            return stock(self, context)
        told = {name: value for name, value in self.result.items() if value is not None}
        return 200, dict(HEADERS), json.dumps(told)

    Result.execute_result = execute_result


def _patch_values() -> None:
    stock_size, stock_json = Value.size, Value.to_regular_json

    @wraps(stock_size)
    def size(self: Any) -> int:
        if self.type == "S":
            return len(self.value.encode())
        if self.type == "M":
            return sum(bytesize(name) + _value(part).size() for name, part in self.value.items())
        return int(stock_size(self))

    @wraps(stock_json)
    def to_regular_json(self: Any) -> dict[str, Any]:
        value = self.value
        if isinstance(value, dict):
            value = {name: _plain(part) for name, part in value.items()}
        elif isinstance(value, list):
            value = [_plain(part) for part in value]
        elif self.type == "B" and isinstance(value, str):
            value = base64.b64decode(value)
        return {self.type: value}

    Value.size, Value.to_regular_json = size, to_regular_json


def _copied(value: Any, memo: dict[int, Any] | None = None) -> Any:
    """A copy of a value of an attribute."""
    del memo
    made = Value.__new__(type(value))
    made.type, kept = value.type, value.value
    if made.type == "M":
        kept = {name: _copied(part) for name, part in kept.items()}
    elif made.type == "L":
        kept = [_copied(part) for part in kept]
    elif isinstance(kept, list):
        kept = list(kept)
    made.value = kept
    return made


def _patch_items() -> None:
    def begin(self: Any, hash_key: Any, range_key: Any, attrs: dict[str, Any]) -> None:
        self.hash_key, self.range_key, self.attrs = hash_key, range_key, LimitedSizeDict()
        made = {name: Value(value) for name, value in attrs.items()}
        if sum(bytesize(name) + value.size() for name, value in made.items()) > LARGEST:
            raise ItemSizeTooLarge
        dict.update(self.attrs, made)

    Value.__deepcopy__ = _copied
    Stored.__init__ = wraps(Stored.__init__)(begin)


def _patch_expressions() -> None:
    stock_lex, stock_make = Condition._lex_condition_expression, Update.make

    @lru_cache(MOST)
    def lexed(expression: str) -> tuple[Any, ...]:
        return tuple(stock_lex(Condition(expression, {}, {})))

    @lru_cache(MOST)
    def parsed(expression: str) -> bytes:
        return pickle.dumps(stock_make(expression))

    def lex(self: Any) -> deque[Any]:
        return deque(node._replace(children=[]) for node in lexed(self.condition_expression))

    Condition._lex_condition_expression = wraps(stock_lex)(lex)
    Update.make = staticmethod(lambda expression: pickle.loads(parsed(expression)))
    stock_validators.deepcopy = lambda tree: pickle.loads(pickle.dumps(tree))


def _value(part: Any) -> Any:
    return part if isinstance(part, DynamoType) else DynamoType(part)


def _plain(part: Any) -> Any:
    return part.to_regular_json() if isinstance(part, DynamoType) else part


def _patch_instances() -> None:
    Model.__new__ = lambda cls, *_args, **_named: object.__new__(cls)
    Key.__del__ = lambda self: self.dispose()


def patch() -> None:
    """Replace what is named above."""
    _patch_result()
    _patch_values()
    _patch_items()
    _patch_expressions()
    _patch_instances()
    modules = tuple(backends.list_of_moto_modules())
    stock_backends.list_of_moto_modules = lambda: modules
    stock_responses.method_names_from_class = cache(stock_responses.method_names_from_class)
