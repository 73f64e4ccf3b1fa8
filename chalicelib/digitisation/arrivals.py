"""What an object's key in the intake bucket says of it, pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from chalicelib.contracts.plan import PlannedComponent
from chalicelib.kernel.ids import digest

UNKNOWN_COMPONENT = "UNCLASSIFIED"


class CreatedObject(msgspec.Struct, frozen=True):
    """The object of an S3 event."""

    key: str
    version_id: str = msgspec.field(name="version-id")


class CreationDetail(msgspec.Struct, frozen=True):
    """What an S3 event tells."""

    object: CreatedObject


class ObjectCreated(msgspec.Struct, frozen=True):
    """S3's event of an object that was created in the intake bucket, as EventBridge delivers it."""

    detail: CreationDetail


@dataclass(frozen=True, slots=True)
class Arrival:
    """An object that arrived: a citizen's announced upload, or an agency's drop into a dossier's batch."""

    origin: Literal["upload", "drop"]
    key: str
    version: str
    batch: str
    name: str
    agency: str = ""

    @property
    def component(self) -> str:
        """The component's id: the same object version has always the same."""
        return digest(self.key, self.version)


ASKED_FOR: Final = ("evidence/",)
"""Beginnings of keys that another room asks about by itself, when it is told to."""


def arrival_of(key: str, version: str) -> Arrival | None:
    """The arrival behind a key: `uploads/<draft>/<id>`, `drops/<agency>/<batch>/<any name>`; else None.

    A batch is a dossier, or whatever a scanner calls its folders; without one (`drops/<agency>/<name>`) it is empty.
    """
    parts = key.split("/")
    if parts[0] == "uploads" and len(parts) == 3:  # noqa: PLR2004 - the grammar of the key
        return Arrival("upload", key, version, batch=parts[1], name=parts[2])
    if parts[0] == "drops" and parts[-1]:
        match parts[1:]:
            case [str(agency), name] if agency:
                return Arrival("drop", key, version, batch="", name=name, agency=agency)
            case [str(agency), batch, *names] if agency:
                return Arrival("drop", key, version, batch=batch, name="/".join(names), agency=agency)
    return None


def component_named(components: Iterable[PlannedComponent], name: str) -> PlannedComponent | None:
    """The component whose code a dropped file's name contains; None leaves the file to an officer to sort."""
    lower = name.lower()
    for component in components:
        code = component.code.lower()
        if code in lower or code.rsplit("-", 1)[-1] in lower:
            return component
    return None
