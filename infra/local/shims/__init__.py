"""What moto 5.2.5 lacks to be our cloud in one process, by service. Each shim replaces named things of it.

`tests/infra/test_moto_gaps.py` shows each gap in stock moto, and fails when upstream closes it: then delete the shim.
"""

from functools import cache
from typing import Final

import moto

from infra.local.functions import Functions
from infra.local.journal import Journal
from infra.local.shims import dynamodb, events, functions, kms, lighter, machine_threads, s3, sqs, stepfunctions
from infra.local.shims.site import SITE, Mapping, Site

__all__ = ["MOTO", "SITE", "Mapping", "Site", "WrongMoto", "install", "leave", "patched"]

MOTO: Final = "5.2.5"


class WrongMoto(RuntimeError):
    """Another version of moto than the shims were written for."""


@cache
def patched() -> None:
    """Patch moto, all of it, once per process: a part of it would keep the next from the rest."""
    for module in (dynamodb, events, functions, kms, s3, sqs, stepfunctions):
        module.patch(SITE)
    lighter.patch()


def install(journal: Journal, declared: Functions, mappings: list[Mapping], works: dict[str, str]) -> None:
    """Make moto serve this cloud. Raises: `WrongMoto`."""
    if moto.__version__ != MOTO:
        raise WrongMoto(f"the local cloud is made for moto {MOTO}, found {moto.__version__}")
    patched()
    SITE.journal, SITE.functions, SITE.mappings, SITE.works = journal, declared, mappings, works


def leave() -> None:
    """Serve no cloud: the shims let moto be moto. The executions of the old cloud end without a trace."""
    SITE.journal = SITE.functions = None
    SITE.mappings, SITE.works, SITE.throttling = [], {}, None
    stepfunctions.abandon()
    machine_threads.forget()
