"""One LocalStack for the whole run, which is ours and nobody else's."""

from collections.abc import Callable, Iterator

import boto3
import pytest

from infra.local.names import REGION
from infra.localstack.environment import Environment
from infra.localstack.server import LocalStack


@pytest.fixture(scope="session")
def localstack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """LocalStack without anything of the product."""
    environment = Environment().ensure(print)
    with LocalStack(tmp_path_factory.mktemp("localstack"), environment, LAMBDA_RETRY_BASE_DELAY="1") as running:
        yield running


@pytest.fixture(scope="session")
def client(localstack) -> Callable:
    """boto3 clients of it."""

    def make(service: str):
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(service, endpoint_url=localstack.endpoint, region_name=REGION, **keys)

    return make
