"""What is told of a file that was taken in, whichever way it came. Pure."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from chalicelib.contracts.digitisation import ComponentReceived
from chalicelib.contracts.onestop import ScanAdded
from chalicelib.contracts.plan import PlannedComponent
from chalicelib.dossier.items import Component, Head
from chalicelib.dossier.noticed import told_of


class Receiving(Protocol):
    """What a component came for: a dossier, or a paper of an archive."""

    @property
    def reference(self) -> str:
        """Of the dossier, or of the line of the archive."""

    @property
    def agency(self) -> str:
        """Its organisation code."""

    @property
    def holder(self) -> str:
        """The keyed hash of whose it is."""

    @property
    def procedure(self) -> str:
        """Its code, or empty."""


def received(
    component: Component, place: Receiving, min_level: int, reads_as: str, people: Collection[str] = ()
) -> ComponentReceived:
    """The event of a component. `min_level`: the assurance that whoever sees it has; `reads_as`: its kind of paper.

    `people` is everybody whose dossier it is (keyed hashes).
    """
    return ComponentReceived(
        id=component.id,
        code=component.code,
        version_id=component.version_id,
        size=component.size,
        sha256=component.sha256,
        media_type=component.media_type,
        pages=component.pages,
        origin="upload" if component.origin == "upload" else "drop",
        received_at=component.received_at,
        digitisation=component.digitisation,
        warnings=component.warnings,
        signatures=component.signatures,
        reference=place.reference,
        agency=place.agency,
        holder=place.holder,
        procedure=place.procedure,
        min_level=min_level,
        reads_as=reads_as,
        others=tuple(sorted({*people} - {place.holder})) or None,
    )


def scan_added(component: str, names: tuple[str, str], head: Head, handler: str, now: datetime) -> ScanAdded:
    """What a dossier's people are told of a scan that its agency put into it, or sorted; `names` in both languages."""
    return ScanAdded(component=component, name_vi=names[0], name_en=names[1], **told_of(head, handler, now))


def names_of(planned: PlannedComponent | None) -> tuple[str, str]:
    """How the procedure calls a component in both languages; empty of what it does not ask for."""
    return (planned.name_vi, planned.name_en or planned.name_vi) if planned else ("", "")
