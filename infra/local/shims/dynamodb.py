"""DynamoDB of moto 5.2.5: atomic, journalled, metered, with streams that tell what was committed.

Replaces:
- `DynamoDBBackend.put_item`, `update_item`, `delete_item`, `transact_write_items`: one lock, undo of the touched keys
  only, rows and stream records in one commit. Stock moto delivers stream records inside a transaction, before later
  conditions are checked; an update that creates is INSERT and MODIFY; a cancelled transaction puts the whole old table
  back without a lock.
- `Table.__deepcopy__`: stock transactions copy every touched table once per item.
- `DynamoDBBackend.delete_table`: rows of a table that is gone, such as one of a restore, leave the journal.
- `StreamShard.add`: nothing reads moto's own stream, and it grows without end.
- `DynamoHandler.call_action`: no Query sees half of a transaction, and a test may have calls refused.
- `DynamoHandler.transact_write_items`: stock moto ignores ClientRequestToken, a repeated call is carried out twice.

Reads are in `dynamodb_reads.py`.
"""

import copy
import hashlib
import inspect
import json
import threading
import time
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.dynamodb import models, responses
from moto.dynamodb.models import dynamodb_backends, table
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from infra.local import meter
from infra.local.journal import Journal
from infra.local.names import ACCOUNT, REGION
from infra.local.shims import dynamodb_reads
from infra.local.shims.site import Site

DynamoDBBackend: Any = models.DynamoDBBackend  # Any: they are patched below
DynamoHandler: Any = responses.DynamoHandler
StreamShard: Any = table.StreamShard
Table: Any = table.Table

_local = threading.local()
TOKEN_SECONDS = 600


class Touched:
    """One key a call may write, and what was there before."""

    def __init__(self, table: Any, attributes: dict[str, Any]) -> None:
        self.table = table
        self.hash = DynamoType(attributes[table.hash_key_attr])
        self.range = DynamoType(attributes[table.range_key_attr]) if table.range_key_attr else None
        self.before = self.image()

    @property
    def key(self) -> str:
        """The key of the journal's row."""
        return json.dumps([self.hash.to_json(), self.range.to_json() if self.range else None], ensure_ascii=False)

    def image(self) -> str | None:
        """The item as it is now, as JSON text: moto updates items in place, so an object would change under us."""
        item = self.table.get_item(self.hash, self.range)
        return json.dumps(item.to_json()["Attributes"], ensure_ascii=False) if item is not None else None

    def undo(self) -> None:
        """Put back what was there before."""
        place, key = (self.table.items[self.hash], self.range) if self.range else (self.table.items, self.hash)
        if self.before is None:
            place.pop(key, None)
        else:
            place[key] = Item(self.hash, self.range, json.loads(self.before))

    def record(self, after: str | None) -> dict[str, Any]:
        """The stream record of the change."""
        keys = {self.table.hash_key_attr: self.hash.to_json()}
        if self.range:
            keys[self.table.range_key_attr] = self.range.to_json()
        name = "INSERT" if self.before is None else "REMOVE" if after is None else "MODIFY"
        images = {"NewImage": meter.parse(after), "OldImage": meter.parse(self.before)}
        view = (self.table.stream_specification or {}).get("StreamViewType", "NEW_AND_OLD_IMAGES")
        shown = {
            k: v for k, v in images.items() if v is not None and k[:3].upper() in view
        }  # NEW_IMAGE, NEW_AND_OLD_IMAGES
        return {
            "eventName": name,
            "eventSource": "aws:dynamodb",
            "eventVersion": "1.1",
            "awsRegion": REGION,
            "eventSourceARN": f"{self.table.table_arn}/stream/{self.table.latest_stream_label}",
            "dynamodb": {"Keys": keys, "ApproximateCreationDateTime": time.time(), "StreamViewType": view, **shown},
        }


def _touched(backend: Any, name: str, call: dict[str, Any]) -> list[Touched]:
    """The keys a backend call may write; what is malformed is left out, moto will refuse it."""
    if name == "transact_write_items":
        pairs = [
            (op.get("TableName"), op.get("Item") or op.get("Key"))
            for item in call["transact_items"]
            for op in item.values()
        ]
    else:
        pairs = [(call["table_name"], call.get("item_attrs") or call.get("key"))]
    found = []
    for table_name, attributes in pairs:
        table = backend.tables.get((table_name or "").rpartition("/")[2])
        keys = [k for k in (table.hash_key_attr, table.range_key_attr) if k] if table else []
        if table and attributes and all(k in attributes for k in keys):
            found.append(Touched(table, attributes))
    return found


def indexes_of(table: Any) -> list[meter.Index]:
    """The table's global indexes as the meter wants them."""
    result = []
    for index in table.global_indexes:
        keys = tuple(k["AttributeName"] for k in index.schema)
        projection = index.projection or {}
        every = projection.get("ProjectionType", "ALL") == "ALL"
        names = {*keys, *table.table_key_attrs, *projection.get("NonKeyAttributes", [])}
        result.append(meter.Index(keys, None if every else frozenset(names)))
    return result


def _commit(site: Site, journal: Journal, touched: list[Touched]) -> None:
    """Rows and stream records of what changed, in the commit that is open."""
    for one in touched:
        after = one.image()
        if after == one.before:
            continue
        with journal.tx() as db:
            if after is None:
                db.execute("DELETE FROM row WHERE tbl=? AND key=?", (one.table.name, one.key))
            else:
                db.execute("INSERT OR REPLACE INTO row VALUES(?,?,?)", (one.table.name, one.key, after))
        mappings = [m for m in site.mappings if m.table == one.table.name]
        record = one.record(after) if mappings else {}
        for mapping in mappings:
            if mapping.wants(record):
                journal.send("stream", mapping.table, mapping.function, json.dumps(record, ensure_ascii=False))


def _count(touched: list[Touched], *, transaction: bool, failed: bool) -> None:
    used = meter.current()
    if used is None:
        return
    for one in touched:
        before = meter.parse(one.before)
        after = before if failed else meter.parse(one.image())
        units = meter.write_units(before, after, indexes_of(one.table), transaction=transaction)
        used.wrote(units, one.table.name)


def _patch_writes(site: Site, name: str) -> None:
    stock = getattr(DynamoDBBackend, name)
    signature = inspect.signature(stock)

    def write(self: Any, *args: Any, **kwargs: Any) -> Any:
        journal = site.journal
        if journal is None or getattr(_local, "inside", False):  # inside: an item of a transaction
            return stock(self, *args, **kwargs)
        call = dict(signature.bind(self, *args, **kwargs).arguments)
        transaction = name == "transact_write_items"
        with journal.tx():
            touched = _touched(self, name, call)
            _local.inside = True
            try:
                answer = stock(self, *args, **kwargs)
                _commit(site, journal, touched)
            except BaseException:
                _count(touched, transaction=transaction, failed=True)
                for one in reversed(touched):
                    one.undo()
                raise
            finally:
                _local.inside = False
            _count(touched, transaction=transaction, failed=False)
            return answer

    setattr(DynamoDBBackend, name, write)


def _patch_handler(site: Site) -> None:
    stock_call, stock_transact = DynamoHandler.call_action, DynamoHandler.transact_write_items

    def call_action(self: Any) -> Any:
        journal = site.journal
        if journal is None:
            return stock_call(self)
        with journal.lock, meter.serving(self.headers):
            parts = len(self.params.get("TransactItems", ())) or 1
            if site.throttling and (refused := site.throttling.refusal(self._get_action(), parts)):
                return refused
            if used := meter.current():
                used.call(self._get_action())
                dynamodb_reads.count_keyed(self, used)
            return stock_call(self)

    def transact_write_items(self: Any) -> Any:
        token, journal = self.body.get("ClientRequestToken"), site.journal
        if journal is None or not token:
            return stock_transact(self)
        digest = hashlib.sha256(json.dumps(self.body["TransactItems"], default=str).encode()).hexdigest()
        with journal.tx() as db:
            db.execute("DELETE FROM token WHERE at < ?", (time.time() - TOKEN_SECONDS,))
            known = db.execute("SELECT digest FROM token WHERE token=?", (token,)).fetchone()
            if known and known[0] != digest:
                raise JsonRESTError("IdempotentParameterMismatchException", "another transaction had this token")
            if known:
                return ActionResult({"ConsumedCapacity": [], "ItemCollectionMetrics": {}})
            answer = stock_transact(self)
            db.execute("INSERT INTO token VALUES(?,?,?)", (token, digest, time.time()))
            return answer

    DynamoHandler.call_action = call_action
    DynamoHandler.transact_write_items = transact_write_items


def _patch_copies(site: Site) -> None:
    stock_add = StreamShard.add

    def deepcopy(self: Any, memo: dict[int, Any]) -> Any:
        if site.journal is not None:
            return self
        made = self.__class__.__new__(self.__class__)  # what `copy` does with an object without this method
        memo[id(self)] = made
        made.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return made

    StreamShard.add = lambda self, old, new: None if site.journal else stock_add(self, old, new)
    Table.__deepcopy__ = deepcopy


def patch(site: Site) -> None:
    """Replace what is named above."""
    _patch_copies(site)
    for name in ("put_item", "update_item", "delete_item", "transact_write_items"):
        _patch_writes(site, name)
    _patch_handler(site)
    _patch_deletion(site)
    dynamodb_reads.patch()


def _patch_deletion(site: Site) -> None:
    stock = DynamoDBBackend.delete_table

    def delete_table(self: Any, name: str) -> Any:
        answer = stock(self, name)
        if site.journal is not None:
            with site.journal.tx() as db:
                db.execute("DELETE FROM row WHERE tbl=?", (answer.name,))
        return answer

    DynamoDBBackend.delete_table = delete_table


def restore(site: Site) -> None:
    """Rows back into memory, from the journal of the running cloud."""
    assert site.journal is not None
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    for name, item in site.journal.all("SELECT tbl, item FROM row"):
        if name in tables:  # a table may have left the resource list
            tables[name].put_item(json.loads(item))
