"""A plugin of pytest: when a run of tests is over, `motcua audit verify` reads all that it left in its cloud.

`MOTCUA_VERIFIED` names the file where its answer is written.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.command.audited import audit_app
from infra.local.cloud import LocalCloud


@pytest.fixture(scope="session", autouse=True)
def _verified(cloud: LocalCloud) -> Iterator[None]:
    """Verify the cloud of a run after the last test."""
    yield
    cloud.wait_idle()
    words = ["verify", "--where", str(Path(cloud.where()["folder"], "where.json")), "--json"]
    Path(os.environ["MOTCUA_VERIFIED"]).write_text(CliRunner().invoke(audit_app, words).stdout, "utf-8")
