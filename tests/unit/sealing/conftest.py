"""Keys of dossiers on moto's DynamoDB, KMS and S3, in process."""

from collections import Counter

import pytest

from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]


@pytest.fixture
def kms(tables, monkeypatch) -> Counter[str]:
    """How often KMS is asked for what."""
    asked = Counter[str]()
    client = tables.client("kms")
    stock = client._make_api_call

    def counted(operation, given):
        asked[operation] += 1
        return stock(operation, given)

    monkeypatch.setattr(client, "_make_api_call", counted)
    return asked
