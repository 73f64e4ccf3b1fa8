"""What is told of a file that was taken in, whichever way it came. Pure."""

from collections.abc import Collection
from typing import Protocol

from chalicelib.contracts.digitisation import ComponentReceived
from chalicelib.dossier.items import Component


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
