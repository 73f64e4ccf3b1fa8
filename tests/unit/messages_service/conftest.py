"""One local PKI for all tests of the publisher, in the local stage."""

import pytest

from chalicelib.messages.keys import LocalKeys
from infra.local.pki import ensure_pki
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import stage

__all__ = ["stage"]


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pki") / "keys"
    agencies = {people.OFFICE["id"]: people.OFFICE["name"]}
    ensure_pki(folder, agencies=agencies, officers={people.SCANNER.subject: people.SCANNER.name}, now=Clock()())
    return LocalKeys(folder)
