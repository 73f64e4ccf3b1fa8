"""What an object's key in the intake bucket says of it, pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from chalicelib.contracts.plan import PlannedComponent
from chalicelib.digitisation.fence import hand_folder, hand_in
from chalicelib.digitisation.malware import ScanStatus
from chalicelib.dossier.hands import Hand
from chalicelib.kernel.ids import digest

UNKNOWN_COMPONENT = "UNCLASSIFIED"


class CreatedObject(msgspec.Struct, frozen=True):
    """The object of an S3 event."""

    key: str
    version_id: str = msgspec.field(name="version-id")


class ScannedObject(msgspec.Struct, frozen=True, rename="camel"):
    """The object of a verdict of GuardDuty."""

    object_key: str
    version_id: str


class ScanResult(msgspec.Struct, frozen=True, rename="camel"):
    """What GuardDuty found; None where it has not looked to the end."""

    scan_result_status: ScanStatus | None = None


class ArrivalDetail(msgspec.Struct, frozen=True):
    """What S3 tells of an object, or GuardDuty of its scan; the one has `object`, the other `s3ObjectDetails`."""

    object: CreatedObject | None = None
    scanned: ScannedObject | None = msgspec.field(name="s3ObjectDetails", default=None)
    result: ScanResult = msgspec.field(name="scanResultDetails", default=ScanResult())


class ObjectCreated(msgspec.Struct, frozen=True):
    """An event of the intake bucket, as EventBridge delivers it: S3's "Object Created", or GuardDuty's "GuardDuty
    Malware Protection Object Scan Result".
    """

    detail: ArrivalDetail

    def __post_init__(self) -> None:
        """Raises ValueError for an event that names no object."""
        if self.detail.object is None and self.detail.scanned is None:
            raise ValueError("an event of the intake bucket names an object")

    @property
    def place(self) -> tuple[str, str]:
        """Key and version of the object."""
        if self.detail.scanned:
            return self.detail.scanned.object_key, self.detail.scanned.version_id
        created = self.detail.object
        return (created.key, created.version_id) if created else ("", "")

    @property
    def scan(self) -> ScanStatus | None:
        """What a scanner said; None of an object that was only created."""
        return (self.detail.result.scan_result_status or "FAILED") if self.detail.scanned else None


@dataclass(frozen=True, slots=True)
class Arrival:
    """An object that arrived: a citizen's announced upload, an agency's drop into a dossier's batch, or a person's own
    file for their vault (`batch` is its owner then).

    `is_result`: it was put where an agency hands in the result of the dossier. `by` asked for its form; None where a
    system or a scanner put it there by itself.
    """

    origin: Literal["upload", "drop", "own"]
    key: str
    version: str
    batch: str
    name: str
    agency: str = ""
    is_result: bool = False
    by: Hand | None = None

    def part(self, number: int) -> str:
        """The key of one of several papers that it holds."""
        return f"drops/{self.agency}/{PARTS}/{self.component}/{number}"

    @property
    def component(self) -> str:
        """The component's id: the same object version has always the same."""
        return digest(self.key, self.version)


PARTS: Final = ".parts"
"""The folder of an agency in which we put the papers that one scan held."""
RESULTS: Final = ".result"
"""The folder of a dossier's batch into which its agency drops a result that was signed by hand."""
ASKED_FOR: Final = ("evidence/", "figures/")
"""Beginnings of keys that another room asks about by itself, when it is told to, or hears of."""


def arrival_of(key: str, version: str) -> Arrival | None:
    """The arrival behind a key: `uploads/<draft>/<id>`, `vaults/<owner>/<id>`, `drops/<agency>/<batch>/<any name>`;
    else None.

    A batch is a dossier, or whatever a scanner calls its folders; without one (`drops/<agency>/<name>`) it is empty.
    Before the name of a result that was signed by hand stands `.result/`, and before any name who asked for its form.
    """
    parts = key.split("/")
    if PARTS in parts:
        return None
    match parts:
        case ["uploads", draft, name]:
            return Arrival("upload", key, version, batch=draft, name=name)
        case ["vaults", owner, name]:
            return Arrival("own", key, version, batch=owner, name=name)
    if parts[0] == "drops" and parts[-1]:
        match parts[1:]:
            case [str(agency), name] if agency:
                return Arrival("drop", key, version, batch="", name=name, agency=agency)
            case [str(agency), batch, *names] if agency:
                is_result = names[0] == RESULTS and len(names) > 1
                rest = names[is_result:]
                by = hand_in(rest[0]) if len(rest) > 1 else None
                name = "/".join(rest[by is not None :])
                return Arrival("drop", key, version, batch, name, agency, is_result=is_result, by=by)
    return None


def result_folder(by: Hand | None) -> str:
    """The folder of a batch under which somebody drops a result; of a system it names nobody."""
    return f"{RESULTS}/{hand_folder(by)}" if by else RESULTS


def component_named(components: Iterable[PlannedComponent], name: str) -> PlannedComponent | None:
    """The component whose code a dropped file's name contains; None leaves the file to an officer to sort."""
    lower = name.lower()
    for component in components:
        code = component.code.lower()
        if code in lower or code.rsplit("-", 1)[-1] in lower:
            return component
    return None
