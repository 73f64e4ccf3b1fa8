"""Reads of DynamoDB in moto 5.2.5: metered, and not slower with every row of the table.

Replaces:
- `Table.query`, `Table.all_items`: stock moto sorts the whole table for each Query.
- `Table.scan`: only watched, for the meter.
"""

import inspect
import threading
from typing import Any

from moto.dynamodb.models import table
from moto.dynamodb.models.dynamo_type import DynamoType

from infra.local import meter

Table: Any = table.Table  # Any: it is patched below
_local = threading.local()


def _size(table: Any, key: dict[str, Any]) -> int:
    item = table.get_item(
        DynamoType(key[table.hash_key_attr]), DynamoType(key[table.range_key_attr]) if table.range_key_attr else None
    )
    return meter.item_size(item.to_json()["Attributes"]) if item is not None else 0


def count_keyed(handler: Any, used: meter.Meter) -> None:
    """Units of the reads by key; Query and Scan are counted where they read."""
    body, tables = handler.params, handler.dynamodb_backend.tables
    action = handler._get_action()
    asked: list[tuple[str, dict[str, Any], bool]] = []
    if action == "GetItem":
        asked = [(body["TableName"], body["Key"], body.get("ConsistentRead", False))]
    elif action == "BatchGetItem":
        asked = [(n, k, r.get("ConsistentRead", False)) for n, r in body["RequestItems"].items() for k in r["Keys"]]
    elif action == "TransactGetItems":
        asked = [(o["Get"]["TableName"], o["Get"]["Key"], False) for o in body["TransactItems"]]
    for name, key, consistent in asked:
        table = tables.get(name)
        if table is not None and all(k in key for k in table.table_key_attrs):
            transaction = action == "TransactGetItems"
            units = meter.read_units(_size(table, key), consistent=consistent, transaction=transaction)
            used.read(units, name)


def patch() -> None:
    """Replace the methods named above."""
    stock_query, stock_items, stock_scan = Table.query, Table.all_items, Table.scan
    signature = inspect.signature(stock_query)

    def query(self: Any, *args: Any, **kwargs: Any) -> Any:
        given = signature.bind(self, *args, **kwargs)
        call = given.arguments
        condition, projection = call.get("filter_expression"), call.get("projection_expressions")
        call["filter_expression"] = call["projection_expressions"] = None  # applied below: what they drop was read too
        _local.wanted = call.get("hash_key_conditions") if call.get("index_name") else call.get("hash_key")
        try:
            results, scanned, last = stock_query(*given.args, **given.kwargs)
        finally:
            _local.wanted = None
        if used := meter.current():
            size = sum(meter.item_size(r.to_json()["Attributes"]) for r in results)
            used.read(meter.read_units(size, consistent=bool(call.get("consistent_read"))), self.name)
        if condition is not None:
            results = [r for r in results if condition.expr(r)]
        if projection:
            results = [r.project(projection) for r in results]
        return results, scanned, last

    def all_items(self: Any) -> Any:
        wanted = getattr(_local, "wanted", None)
        if not wanted:
            return stock_items(self)
        if isinstance(wanted, DynamoType):
            part = self.items.get(wanted)
            found = [] if part is None else list(part.values()) if self.range_key_attr else [part]
        else:
            every = (i for p in self.items.values() for i in (p.values() if self.range_key_attr else [p]))
            found = [i for i in every if all(name in i.attrs and i.attrs[name] == value for name, value in wanted)]
        return sorted(found, key=lambda i: (i.hash_key, i.range_key) if i.range_key else i.hash_key)

    def scan(self: Any, *args: Any, **kwargs: Any) -> Any:
        results, scanned, last = stock_scan(self, *args, **kwargs)
        if used := meter.current():  # a page reads at most 1 MB; what is filtered out was read too
            sizes = sum(meter.item_size(i.to_json()["Attributes"]) for i in stock_items(self)[:scanned])
            used.read(meter.read_units(sizes, consistent=bool(kwargs.get("consistent_read"))), self.name)
        return results, scanned, last

    Table.query, Table.all_items, Table.scan = query, all_items, scan
