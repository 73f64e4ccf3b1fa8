"""The real stores on moto in process, with the local cloud's transactions: what a test of a use case runs on.

`tables` has everything that the stores write; `meanwhile` and `contend` play the others who write at the same time.
Nothing here repeats a condition of a store: conditions are moto's to decide.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.core.botocore_stubber import BotocoreStubber
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends

from chalicelib.catalogue.procedures import store as procedures
from chalicelib.contracts.event import heard
from chalicelib.dossier import numbers, plans, ties
from chalicelib.kernel import aws, record
from chalicelib.messages.fence import SignerKind, certificate_key
from chalicelib.sealing.door import ring
from infra.local.journal import Journal
from infra.local.names import ACCOUNT, REGION
from infra.local.shims import SITE, kms, patched
from infra.stack.resources import TABLES, UNLOGGED
from tests.fakes.environment import SETTINGS

GIVEN = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
NAMES = {kind: SETTINGS[f"MOTCUA_{kind.upper()}_TABLE"] for kind in (*TABLES, *UNLOGGED)}
BUCKETS = tuple(SETTINGS[f"MOTCUA_{kind}_BUCKET"] for kind in ("INTAKE", "MESSAGES", "EXPORTS"))
CONFLICT = {
    "Error": {"Code": "TransactionCanceledException", "Message": "held by another"},
    "CancellationReasons": [{"Code": "TransactionConflict"}],
}


def _forget() -> None:
    """What the process holds of procedures, and of dossiers (keys, serials, plans), is of tables that were emptied."""
    for held in (procedures._version_at, procedures._national_at):
        held.cache_clear()
    ring().forget()
    numbers.forget()
    plans.forget()
    ties.forget()


class Stores:
    """The tables and buckets of the product, empty at the beginning of a test."""

    def __init__(self) -> None:
        stubber = BotocoreStubber()
        stubber.enabled = True
        session = botocore.session.Session()
        self._clients = {}
        for service in ("dynamodb", "s3", "kms"):
            made = session.create_client(
                service,
                region_name=REGION,
                aws_access_key_id="test",
                aws_secret_access_key="test",
                config=Config(parameter_validation=service != "dynamodb"),
            )
            made.meta.events.register_first(f"before-send.{service}", stubber)
            self._clients[service] = made
        self._transact = self._clients["dynamodb"].transact_write_items
        self._clients["dynamodb"].transact_write_items = self._write
        self.writes, self._contended, self._meanwhile = 0, 0, list[Callable[[], object]]()

    def client(self, service: str) -> Any:
        """What `kernel.aws.client` answers in a test. Raises KeyError for a service that is no store."""
        return self._clients[service]

    def clear(self) -> None:
        """Empty tables and buckets; made when they are not there (a cloud of the same process may have reset moto)."""
        self._clear_tables()
        buckets = s3_backends[ACCOUNT]["aws"].buckets
        for name in BUCKETS:
            if name in buckets:
                buckets[name].keys.clear()
                continue
            self._clients["s3"].create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
            self._clients["s3"].put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        kms.restore(bytes(32), SETTINGS["MOTCUA_SEALING_KEY"])
        self.writes, self._contended = 0, 0
        self._meanwhile.clear()
        _forget()

    def _clear_tables(self) -> None:
        known = dynamodb_backends[ACCOUNT][REGION].tables
        for kind, name in NAMES.items():
            if name in known:
                known[name].items.clear()
            else:
                given = {k: v for k, v in (TABLES | UNLOGGED)[kind]["Properties"].items() if k in GIVEN}
                self._clients["dynamodb"].create_table(TableName=name, **given)

    def kept(self) -> dict[str, Any]:
        """Everything that stands in the tables, for `put_back`."""
        known = dynamodb_backends[ACCOUNT][REGION].tables
        return {name: deepcopy(known[name].items) for name in NAMES.values()}

    def put_back(self, stood: Mapping[str, Any], writes: int) -> None:
        """The tables as they were kept, by that many writes."""
        known = dynamodb_backends[ACCOUNT][REGION].tables
        for name, items in stood.items():
            known[name].items = deepcopy(items)
        self.writes = writes
        _forget()

    # --- others who write at the same time ------------------------------------------------------------------------

    def contend(self, times: int) -> None:
        """The next writes find their items held by another transaction."""
        self._contended = times

    def meanwhile(self, act: Callable[[], object]) -> None:
        """Let another writer act once, between the reading and the writing of the next change."""
        self._meanwhile.append(act)

    def _write(self, **given: Any) -> Any:
        if self._meanwhile:
            self._meanwhile.pop(0)()
        if self._contended:
            self._contended -= 1
            raise ClientError(CONFLICT, "TransactWriteItems")
        answer = self._transact(**given)
        self.writes += 1
        return answer

    def touch(self, table: str, pk: str) -> None:
        """Another writer's change of a record: its version goes up, nothing else."""
        self._clients["dynamodb"].update_item(
            TableName=NAMES[table],
            Key=aws.packed({"pk": pk, "sk": "HEAD"}),
            UpdateExpression="ADD version :one",
            ExpressionAttributeValues=aws.packed({":one": 1}),
        )

    def forget(self, table: str, pk: str, *names: str) -> None:
        """HEAD of a record without what a newer release writes there."""
        self._clients["dynamodb"].update_item(
            TableName=NAMES[table],
            Key=aws.packed({"pk": pk, "sk": "HEAD"}),
            UpdateExpression=f"REMOVE {', '.join(f'#{name}' for name in names)}",
            ExpressionAttributeNames={f"#{name}": name for name in names},
        )

    # --- what is there --------------------------------------------------------------------------------------------

    def put(self, table: str, *items: aws.Item) -> None:
        """Items as an older release, or somebody else, left them."""
        for item in items:
            self._clients["dynamodb"].put_item(TableName=NAMES[table], Item=aws.packed(item))

    def get(self, table: str, pk: str, sk: str) -> aws.Item | None:
        """One item."""
        return aws.get(NAMES[table], pk, sk)

    def partition(self, table: str, pk: str, prefix: str = "") -> list[aws.Item]:
        """The items of a partition in order."""
        return aws.query(NAMES[table], pk, prefix)

    def everything(self, table: str) -> list[aws.Item]:
        """All items of a table."""
        pages = self._clients["dynamodb"].get_paginator("scan").paginate(TableName=NAMES[table])
        return [aws.plain(item) for page in pages for item in page["Items"]]

    def events(self, table: str, pk: str) -> list[aws.Item]:
        """The log of a record."""
        return self.partition(table, pk, "EVENT#")

    def types(self, table: str, pk: str) -> list[str]:
        """What the log of a record says, without the prefix of our names."""
        return [row["type"].removeprefix("vn.motcua.") for row in self.events(table, pk)]

    def unbroken(self, table: str, pk: str) -> bool:
        """Whether the log of a record is whole, by its HEAD."""
        head = heard(record.Head, self.get(table, pk, "HEAD"))
        return record.unbroken([record.log_row(row) for row in self.events(table, pk)], head)

    def register(self, kind: SignerKind, *identifiers: str) -> None:
        """Their certificates stand in the register of signers."""
        for identifier in identifiers:
            self.upload("MESSAGES", certificate_key(kind, identifier) or "", b"a certificate")

    def upload(self, bucket: str, key: str, body: bytes, media_type: str = "application/octet-stream") -> str:
        """An object in a bucket (`INTAKE`, `MESSAGES`, `EXPORTS`); answers its version."""
        name = SETTINGS[f"MOTCUA_{bucket}_BUCKET"]
        version: str = self._clients["s3"].put_object(Bucket=name, Key=key, Body=body, ContentType=media_type)[
            "VersionId"
        ]
        return version


@pytest.fixture(scope="session")
def _stores() -> Stores:
    return Stores()


@pytest.fixture
def tables(_stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    """Empty tables and buckets, and `kernel.aws` speaking to them; import it and `_stores` into a conftest."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, os.environ.get(name, "test"))
    alone = SITE.journal is None
    if alone:  # without a cloud in this process the shims would let moto be moto
        patched()
        SITE.journal = Journal(Path(":memory:"))
    monkeypatch.setattr(aws, "client", _stores.client)
    _stores.clear()
    try:
        yield _stores
    finally:
        if alone and SITE.journal is not None:
            SITE.journal.close()
            SITE.journal = None


@pytest.fixture
def calls(tables: Stores) -> Iterator[list[str]]:
    """What is asked of the tables, by the names of the calls."""
    events, made = tables.client("dynamodb").meta.events, list[str]()

    def note(model: Any, **_: Any) -> None:
        made.append(model.name)

    events.register("before-parameter-build.dynamodb", note)
    yield made
    events.unregister("before-parameter-build.dynamodb", note)
