"""A lot: a folder of files with a manifest beside them that says of each which dossier it belongs to. Pure.

`drops/<agency>/lots/<lot>/manifest.json` holds `{"files": [{"file": ..., "dossier": ..., "component": ...}]}`;
`manifest.csv` the same in columns of these names. The order in which files and manifest arrive does not matter.
"""

import csv
import io
from collections.abc import Collection
from typing import Final
from unicodedata import normalize

import msgspec

from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.model import Refused
from chalicelib.digitisation.reasons import bad_manifest, manifest_incomplete

LOTS: Final = "lots"
"""The folder of an agency in which lots are."""
JSON: Final = "manifest.json"
MANIFESTS: Final = (JSON, "manifest.csv")
MOST: Final = 40
"""Files of a lot: all are opened in one go, as all are taken or none."""
_LARGEST: Final = 1 << 20


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a manifest says of a file; `dossier` is a reference or a code, `sha256` hexadecimal, where it is given."""

    file: str
    dossier: str
    component: str = ""
    sha256: str = ""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest as JSON."""

    files: tuple[Line, ...]


def lot_of(arrival: Arrival) -> str | None:
    """The lot that an object arrived in; None for any other drop."""
    lot, stroke, name = arrival.name.partition("/")
    is_in_one = arrival.origin == "drop" and arrival.batch == LOTS and lot and stroke and name and "/" not in name
    return lot if is_in_one else None


def name_of(key: str) -> str:
    """What a file of a lot is called, however its letters are composed."""
    return normalize("NFC", key.rpartition("/")[2])


def lines_of(name: str, data: bytes) -> tuple[Line, ...]:
    """What a manifest says, each file once. Raises Refused (`bad_manifest`) with the file that is at fault."""
    if len(data) > _LARGEST:
        raise bad_manifest("lớn hơn 1 MB", "it is larger than 1 MB")
    try:
        found = msgspec.json.decode(data, type=Manifest).files if name == JSON else _rows(data)
    except (msgspec.DecodeError, UnicodeDecodeError, csv.Error) as error:
        raise bad_manifest(f"không đọc được: {error}", f"it does not read: {error}") from error
    if not 0 < len(found) <= MOST:
        raise bad_manifest(f"có {len(found)} tệp, nhận từ 1 đến {MOST}", f"{len(found)} files, 1 to {MOST} are taken")
    seen = set[str]()
    for line in found:
        file = name_of(line.file)
        if file in seen or file in MANIFESTS or not file:
            raise bad_manifest(f"tệp {file} được nêu hai lần hoặc không hợp lệ", f"{file} is named twice, or cannot be")
        seen.add(file)
    return found


def _rows(data: bytes) -> tuple[Line, ...]:
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    return tuple(msgspec.convert(row, type=Line) for row in rows)


def require_all(lines: Collection[Line], there: Collection[str]) -> None:
    """Raises Refused (`manifest_incomplete`) with the files that a manifest names and that are not there."""
    if missing := sorted(name_of(line.file) for line in lines if name_of(line.file) not in there):
        raise manifest_incomplete(missing)


def is_waiting(code: str | None) -> bool:
    """Whether a drop of a lot may still be taken in, for all that its verdict says so far."""
    return code in {"awaits_manifest", "manifest_incomplete"}


def waiting() -> Refused:
    """The verdict on a good file before its manifest is there and whole."""
    return Refused(
        "awaits_manifest",
        "Tệp chờ bản kê (manifest) của lô; bản kê đủ tệp thì hệ thống tự tiếp nhận.",
        "it waits for the manifest of its lot, and is taken in with it",
    )
