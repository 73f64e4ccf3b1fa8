"""What keeping versions asks of the world beside procedures; restructuring answers."""

from typing import Protocol

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.restructuring.running import RunningDossier


class Running(Protocol):
    """What we know of dossiers that run: which of them on which version."""

    def running(self, procedure: str, limit: int) -> list[RunningDossier]: ...


class Proposals(Protocol):
    """What restructuring proposes for the next version, from the version in force or the national record."""

    def draft(self, code: str, current: VersionItem | None) -> Facts: ...
