"""DynamoDB by moto inside LocalStack (no DynamoDBLocal.jar, no Java), with the repairs that the product needs.

moto-ext 5.1.54, replaced here:
- `DynamoDBBackend.transact_write_items` swaps a cancelled transaction's tables for copies, and the shard iterators keep
  watching the old ones: after the first cancelled transaction the stream is silent for ever. Records of a transaction
  appear before its later conditions are checked; an update that creates gives INSERT and MODIFY. Here: one lock, undo
  of the touched keys, and one record for each changed key, at commit.
- `Table.__deepcopy__`: stock transactions copy every touched table once per item.
- `DynamoHandler.call_action`: no Query sees half of a transaction; and what `faults.py` refuses is refused.
- `DynamoHandler.transact_write_items`: stock moto ignores ClientRequestToken.
"""

import copy
import inspect
import json
import threading
import time
from typing import Any

from localstack.runtime import hooks
from localstack.services.plugins import Service, aws_provider

from motcua_localstack.activity import ACTIVITY
from motcua_localstack.faults import FAULTS

TOKEN_SECONDS = 600
_lock = threading.RLock()
_local = threading.local()


def _moto(api: type) -> Service:
    from localstack.services.moto import MotoFallbackDispatcher

    return Service.for_provider(type("Moto", (api,), {})(), dispatch_table_factory=MotoFallbackDispatcher)


@aws_provider(api="dynamodb", name="moto")
def dynamodb() -> Service:
    """PROVIDER_OVERRIDE_DYNAMODB=moto."""
    from localstack.aws.api.dynamodb import DynamodbApi

    return _moto(DynamodbApi)


@aws_provider(api="dynamodbstreams", name="moto")
def dynamodbstreams() -> Service:
    """PROVIDER_OVERRIDE_DYNAMODBSTREAMS=moto."""
    from localstack.aws.api.dynamodbstreams import DynamodbstreamsApi

    return _moto(DynamodbstreamsApi)


class Touched:
    """One key a call may write, and what was there before."""

    def __init__(self, table: Any, attributes: dict[str, Any]) -> None:
        from moto.dynamodb.models.dynamo_type import DynamoType

        self.table = table
        self.hash = DynamoType(attributes[table.hash_key_attr])
        self.range = DynamoType(attributes[table.range_key_attr]) if table.range_key_attr else None
        self.before = self.image()

    def image(self) -> Any:
        """A copy of the item as it is now: moto updates items in place."""
        return copy.deepcopy(self.table.get_item(self.hash, self.range))

    def undo(self) -> None:
        """Put back what was there before."""
        place, key = (self.table.items[self.hash], self.range) if self.range else (self.table.items, self.hash)
        if self.before is None:
            place.pop(key, None)
        else:
            place[key] = self.before

    def changed(self) -> tuple[Any, Any] | None:
        """Before and after, when they differ."""
        after = self.image()
        texts = [json.dumps(i.to_json(), sort_keys=True) if i is not None else None for i in (self.before, after)]
        return (self.before, after) if texts[0] != texts[1] else None


def _touched(backend: Any, name: str, call: dict[str, Any]) -> list[Touched]:
    """The keys a call may write; what is malformed is left out, moto refuses it."""
    if name == "transact_write_items":
        given = [op for item in call["transact_items"] for op in item.values()]
        pairs = [(op.get("TableName"), op.get("Item") or op.get("Key")) for op in given]
    else:
        pairs = [(call["table_name"], call.get("item_attrs") or call.get("key"))]
    found = []
    for table_name, attributes in pairs:
        table = backend.tables.get((table_name or "").rpartition("/")[2])
        keys = [k for k in (table.hash_key_attr, table.range_key_attr) if k] if table else []
        if table and attributes and all(k in attributes for k in keys):
            found.append(Touched(table, attributes))
    return found


def _patch_writes(backend: Any, shard: Any, name: str) -> None:
    stock = getattr(backend, name)
    signature = inspect.signature(stock)
    add = shard.add

    def write(self: Any, *args: Any, **kwargs: Any) -> Any:
        if getattr(_local, "inside", False):  # an item of a transaction
            return stock(self, *args, **kwargs)
        with _lock:
            touched = _touched(self, name, dict(signature.bind(self, *args, **kwargs).arguments))
            tables = dict(self.tables)
            _local.inside = True
            try:
                answer = stock(self, *args, **kwargs)
            except BaseException:
                self.tables.update(tables)
                for one in reversed(touched):
                    one.undo()
                raise
            finally:
                _local.inside = False
            for one in touched:
                if one.table.stream_shard and (images := one.changed()):
                    add(one.table.stream_shard, *images)
                    ACTIVITY.record()
            return answer

    setattr(backend, name, write)


def _patch_handler(handler: Any) -> None:
    stock_call, stock_transact = handler.call_action, handler.transact_write_items
    tokens: dict[str, tuple[float, str]] = {}

    def call_action(self: Any) -> Any:
        with _lock:
            parts = len(json.loads(self.raw_body or b"{}").get("TransactItems", ())) or 1
            if refused := FAULTS.refusal(self._get_action(), parts):
                return refused
            return stock_call(self)

    def transact_write_items(self: Any) -> Any:
        from moto.core.exceptions import JsonRESTError

        token = self.body.get("ClientRequestToken")
        digest = json.dumps(self.body["TransactItems"], sort_keys=True, default=str)
        now = time.monotonic()
        for old in [t for t, (at, _) in tokens.items() if at < now - TOKEN_SECONDS]:
            del tokens[old]
        if token in tokens:
            if tokens[token][1] != digest:
                raise JsonRESTError("IdempotentParameterMismatchException", "another transaction had this token")
            return '{"ConsumedCapacity": [], "ItemCollectionMetrics": {}}'
        answer = stock_transact(self)
        if token:
            tokens[token] = (now, digest)
        return answer

    handler.call_action = call_action
    handler.transact_write_items = transact_write_items


@hooks.on_infra_start()
def repair() -> None:
    """Replace what is named above."""
    from moto.dynamodb.models import DynamoDBBackend, table
    from moto.dynamodb.responses import DynamoHandler
    from moto.dynamodbstreams.models import ShardIterator

    stock_add, stock_get = table.StreamShard.add, ShardIterator.get

    def deepcopy(self: Any, memo: dict[int, Any]) -> Any:
        if getattr(_local, "inside", False):
            return self
        made = self.__class__.__new__(self.__class__)
        memo[id(self)] = made
        made.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return made

    def get(self: Any, limit: int = 1000) -> Any:
        with _lock:
            return stock_get(self, limit)

    for name in ("put_item", "update_item", "delete_item", "transact_write_items"):
        _patch_writes(DynamoDBBackend, table.StreamShard, name)
    table.StreamShard.add = lambda self, old, new: (
        None if getattr(_local, "inside", False) else stock_add(self, old, new)
    )
    table.Table.__deepcopy__ = deepcopy
    ShardIterator.get = get
    _patch_handler(DynamoHandler)
