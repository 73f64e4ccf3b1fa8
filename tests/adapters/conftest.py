"""The endpoint under contract: MOTCUA_CONTRACT_ENDPOINT, a real account's too, or else the embedded cloud.

    MOTCUA_CONTRACT_ENDPOINT=https://dynamodb.ap-southeast-1.amazonaws.com pytest tests/adapters/test_store_contracts.py

Credentials and region are the environment's; the tables are made for the run and deleted after it.
"""

import os
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import boto3
import pytest

from chalicelib.kernel import aws
from infra.local.cloud import LocalCloud
from infra.stack.resources import TABLES

ENDPOINT = os.environ.get("MOTCUA_CONTRACT_ENDPOINT", "")
GIVEN = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")


# Asked by name, not on the way: the cloud of a run that rests is started for who asks (tests/conftest.py).
if ENDPOINT:

    @pytest.fixture(scope="module")
    def known() -> dict[str, str]:
        """How to reach the endpoint that was named."""
        return {"endpoint_url": ENDPOINT}

else:

    @pytest.fixture(scope="module")
    def known(cloud: LocalCloud) -> dict[str, str]:
        """How to reach the embedded cloud."""
        where = cloud.where()
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return {"endpoint_url": where["endpoint"], "region_name": where["region"], **keys}


@pytest.fixture(scope="module")
def store(known: dict[str, str]) -> Iterator[SimpleNamespace]:
    """A table of our own, keyed and indexed as Dossiers is, and its client, which `kernel.aws` uses meanwhile."""
    client, table = boto3.client("dynamodb", **known), f"contract-{uuid.uuid4().hex[:8]}"
    properties = TABLES["Dossiers"]["Properties"]
    client.create_table(TableName=table, **{name: properties[name] for name in GIVEN})
    client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1})
    yield SimpleNamespace(client=client, table=table, embedded=not ENDPOINT)
    client.delete_table(TableName=table)
    client.close()


@pytest.fixture
def dynamo(store: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The table, with `kernel.aws` speaking to its endpoint; workers of the cloud that still run keep theirs."""
    stock = aws.client
    monkeypatch.setattr(aws, "client", lambda service: store.client if service == "dynamodb" else stock(service))
    return store


@pytest.fixture
def pk() -> str:
    """A partition that no other test has."""
    return f"P-{uuid.uuid4().hex}"
