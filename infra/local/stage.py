"""The product on the local cloud: its keys made, its procedures published, its reference at hand."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from chalicelib.catalogue.shipped import shipped_agencies
from infra.local.cloud import LocalCloud
from infra.local.officers import AGENCY, OFFICERS
from infra.local.pki import ensure_pki
from infra.reference.openapi import openapi

_OPEN: list[TextIO] = []


def make_keys(folder: Path) -> None:
    """Test keys of the shipped agencies and the stage's officers; a local root says that they prove nothing."""
    agencies = {agency.id: agency.entries[-1].name for agency in shipped_agencies()}
    officers = {o["sub"]: o["name"] for o in OFFICERS.values()}
    serving = {o["sub"]: AGENCY for o in OFFICERS.values()}
    ensure_pki(folder, agencies=agencies, officers=officers, serving=serving, now=datetime.now(UTC))


def keep_logs(path: Path) -> None:
    """Write the functions' log lines to a file, not to the standard output, which belongs to the result."""
    from chalicelib.kernel.log import logger

    path.parent.mkdir(parents=True, exist_ok=True)
    stream = path.open("a", encoding="utf-8", buffering=1)
    for handler in logger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(stream)
    for before in _OPEN:
        before.close()
    _OPEN[:] = [stream]


def local_stage(folder: Path, *, port: int = 0, docs: Path | None = None) -> LocalCloud:
    """A cloud that is not started yet; once started it knows every shipped procedure and agency."""

    def ready(cloud: LocalCloud) -> None:
        make_keys(cloud.folder / "keys")
        cloud.functions.call("catalogue_load", {})
        cloud.wait_idle()

    def description() -> Mapping[str, Any]:
        return openapi()

    return LocalCloud(folder, port=port, docs=docs, openapi=description, on_ready=ready)
