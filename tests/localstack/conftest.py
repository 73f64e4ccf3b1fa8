"""One LocalStack for the whole run, which is ours and nobody else's; and the product where MOTCUA_WHERE says.

These tests run in `make test-localstack`, or when they are asked for by name.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.local.names import REGION
from infra.localstack.clients import clients
from infra.localstack.deployed import Deployed
from infra.localstack.environment import Environment
from infra.localstack.server import LocalStack


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Not in `make test`: it has no LocalStack."""
    asked = any("localstack" in str(argument) for argument in config.invocation_params.args)
    return None if asked or "MOTCUA_WHERE" in os.environ else True


@pytest.fixture(scope="session")
def localstack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """LocalStack without anything of the product."""
    environment = Environment().ensure(print)
    with LocalStack(tmp_path_factory.mktemp("localstack"), environment) as running:
        yield running


@pytest.fixture(scope="session")
def client(localstack) -> Callable:
    """Clients of it, by the door that all of ours come through."""
    return clients(localstack.endpoint, REGION).client


@pytest.fixture(scope="session")
def deployed() -> Deployed:
    """The product on LocalStack."""
    file = os.environ.get("MOTCUA_WHERE")
    if not file:
        pytest.skip("MOTCUA_WHERE names no where.json: python -m infra.localstack writes one")
    return Deployed.at(Path(file))
