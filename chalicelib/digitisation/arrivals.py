"""What an object's key in the intake bucket says of it, pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.kernel.ids import digest

UNKNOWN_COMPONENT = "UNCLASSIFIED"


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


def arrival_of(key: str, version: str) -> Arrival | None:
    """The arrival behind a key: `uploads/<draft>/<id>` or `drops/<agency>/<batch>/<any name>`; else None."""
    parts = key.split("/")
    if parts[0] == "uploads" and len(parts) == 3:  # noqa: PLR2004 - the grammar of the key
        return Arrival("upload", key, version, batch=parts[1], name=parts[2])
    if parts[0] == "drops" and len(parts) > 3 and all(parts[1:]):  # noqa: PLR2004
        return Arrival("drop", key, version, batch=parts[2], name="/".join(parts[3:]), agency=parts[1])
    return None


def component_code(plan: Mapping[str, Any], name: str) -> str:
    """The component whose code a dropped file's name contains, or UNCLASSIFIED for an officer to sort."""
    lower = name.lower()
    for component in plan["components"]:
        if component["code"].lower() in lower or component["code"].rsplit("-", 1)[-1].lower() in lower:
            return str(component["code"])
    return UNKNOWN_COMPONENT
