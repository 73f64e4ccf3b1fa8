"""The product on the local cloud: its keys made, its procedures published, its reference at hand."""

import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from chalicelib.catalogue.shipped import shipped_agencies
from chalicelib.messages.fence import SignerKind, certificate_key
from chalicelib.messages.keys import certificates_of
from infra.local.cloud import LocalCloud
from infra.local.folder import private
from infra.local.officers import AGENCY, OFFICERS
from infra.local.pki import ensure_pki
from infra.reference.openapi import openapi

_OPEN: list[TextIO] = []


HEAR_CATALOGUE: Final = ("catalogue_make_list", "submission_hear_catalogue")
"""Who must have heard what the catalogue tells before anybody can be served."""


def make_keys(folder: Path) -> None:
    """Test keys of the shipped agencies and the stage's officers; a local root says that they prove nothing."""
    agencies = {agency.id: agency.entries[-1].name for agency in shipped_agencies()}
    officers = {o["sub"]: o["name"] for o in OFFICERS.values()}
    serving = {o["sub"]: o.get("agency", AGENCY) for o in OFFICERS.values()}
    ensure_pki(folder, agencies=agencies, officers=officers, serving=serving, now=datetime.now(UTC))


def register_signers(keys: Path, where: Mapping[str, str]) -> None:
    """The certificates of the folder of keys stand in the stage's register of signers, as in a deployed one."""
    import boto3
    from cryptography.hazmat.primitives.serialization import Encoding

    s3 = boto3.client(
        "s3",
        endpoint_url=where["endpoint"],
        region_name=where["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - what emulators take
    )
    kinds: tuple[SignerKind, ...] = ("agencies", "officers")
    for kind in kinds:
        for path in sorted((keys / kind).glob("*.pem")):
            chain = b"".join(each.public_bytes(Encoding.PEM) for each in certificates_of(path.read_bytes()))
            if key := certificate_key(kind, path.stem):
                s3.put_object(Bucket=where["bucket.MessagesBucket"], Key=key, Body=chain)


def keep_logs(path: Path) -> None:
    """Write the functions' log lines to a file, not to the standard output, which belongs to the result."""
    from chalicelib.kernel.log import logger

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    stream = os.fdopen(private(str(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND), "a", encoding="utf-8", buffering=1)
    for handler in logger().handlers:
        if isinstance(handler, logging.StreamHandler):
            if getattr(handler.stream, "closed", False):  # of a command that ran in this process
                handler.stream = stream
            else:
                handler.setStream(stream)
    for before in _OPEN:
        before.close()
    _OPEN[:] = [stream]


def local_stage(folder: Path, *, port: int = 0, docs: Path | None = None, clocked: bool = True) -> LocalCloud:
    """A cloud that is not started yet; once started it knows every shipped procedure and agency.

    Unless it is `clocked` no schedule calls anything in it.
    """

    def ready(cloud: LocalCloud) -> None:
        make_keys(cloud.folder / "keys")
        register_signers(cloud.folder / "keys", cloud.where())
        left = cloud.messages_left()
        cloud.functions.call("catalogue_load", {})
        if left:  # a cloud that was killed may have hours of work left: it serves meanwhile
            cloud.wait_delivered(cloud.where()["table.Catalogue"], *HEAR_CATALOGUE)
        else:
            cloud.wait_idle()

    def description() -> Mapping[str, Any]:
        return openapi()

    return LocalCloud(folder, port=port, docs=docs, openapi=description, on_ready=ready, clocked=clocked)
