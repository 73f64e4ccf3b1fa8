"""What the product needs of the machine it runs on: each thing looked at by itself, with what to do about it."""

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from infra.command.output import UNAVAILABLE, fail

PYTHON: Final = (3, 13)
ROOM: Final = 500 * 1024 * 1024
"""Bytes that an environment, its papers and its logs take in a day of trying things out."""
FONTS: Final = {
    "truetype/liberation/LiberationSerif-Regular.ttf": "fonts-liberation",
    "truetype/dejavu/DejaVuSerif.ttf": "fonts-dejavu-core",
    "truetype/noto/NotoSerif-Regular.ttf": "fonts-noto-core",
}
"""Files under /usr/share/fonts, with the package that brings each: papers, letters they lack, the demo's scans."""
MODEL: Final = "sudo apt-get install tesseract-ocr-vie, or TESSDATA_PREFIX=<the folder of vie.traineddata>"
HIGHEST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is needed: how it stands; when it is not as it has to be, what to do."""

    name: str
    said: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing has to be done."""
        return not self.remedy


def findings(folder: Path, port: int, now: datetime, *, fonts: Path = Path("/usr/share/fonts")) -> Iterator[Finding]:
    """Everything that serving from this folder at this port needs, in the order in which one would mend it."""
    yield _python()
    yield _fonts(fonts)
    yield reader_model()
    yield _disk(folder)
    yield _port(port)
    yield _clock(now)


def _python() -> Finding:
    said = f"{'.'.join(map(str, sys.version_info[:3]))} at {sys.executable}"
    return Finding(
        "python", said, "" if sys.version_info[:2] == PYTHON else "make install, with python3.13 on the PATH"
    )


def _fonts(folder: Path) -> Finding:
    missing = [package for file, package in FONTS.items() if not (folder / file).is_file()]
    said = f"{len(FONTS) - len(missing)} of {len(FONTS)} under {folder}"
    return Finding("fonts", said, f"sudo apt-get install {' '.join(missing)}" if missing else "")


def reader_model() -> Finding:
    """The model with which scans are read."""
    from chalicelib.digitisation.reading import tessdata_path

    file = Path(tessdata_path()) / "vie.traineddata"
    there = file.is_file()
    return Finding("model", f"{file}" if there else f"{file}: not there", "" if there else MODEL)


def _disk(folder: Path) -> Finding:
    above = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=above):
            free = shutil.disk_usage(above).free
    except OSError as error:
        return Finding("disk", f"{above}: {error.strerror or error}", REMEDIES["disk"])
    said = f"{free // 1024**2} MB free at {above}"
    return Finding(
        "disk", said, "" if free >= ROOM else f"free {ROOM // 1024**2} MB there, or --folder on another disk"
    )


def _port(port: int) -> Finding:
    from infra.local.server import PortBusy, bind

    try:
        bind(port).close()
    except PortBusy:
        return Finding("port", f"{port} is taken by another program", f"stop it, or PORT={port + 1}")
    except (OSError, OverflowError) as error:
        return Finding("port", f"{port}: {error}", "PORT=8000, or another from 1024 to 65535")
    return Finding("port", f"{port} is free")


def _clock(now: datetime) -> Finding:
    from chalicelib.law import calendars

    try:
        here = now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    except ZoneInfoNotFoundError:
        return Finding("clock", "no time zone Asia/Ho_Chi_Minh", "sudo apt-get install tzdata")
    said = f"{here:%Y-%m-%d %H:%M} in Viet Nam"
    if calendars.national().published(date(here.year, here.month, here.day)):
        return Finding("clock", said)
    why = f"{said}: no working days were published for {here.year}"
    return Finding("clock", why, "set the clock, or take a release that has the calendar of this year")


# --- what ends a command -------------------------------------------------------------------------------------

REMEDIES: Final = {
    "disk": "a folder that you may write to, on a disk with room: --folder DIR, --out DIR",
    "port": "PORT=8000, or another from 1024 to 65535",
}


def require_model() -> None:
    """Leave with 6 when scans could not be read: the first one would be refused much later."""
    found = reader_model()
    if not found.ok:
        fail(f"the reader has no model: {found.said}", UNAVAILABLE, found.remedy)


def require_port(port: int) -> None:
    """Leave with 6 for a number that no port has; 0 takes a free one."""
    if not 0 <= port <= HIGHEST_PORT:
        fail(f"port {port}: there is no such port", UNAVAILABLE, REMEDIES["port"])


@contextlib.contextmanager
def told() -> Iterator[None]:
    """What the machine refuses (a full disk, a folder, a port) ends in one line with a remedy and 6, not in a trace."""
    try:
        yield
    except BrokenPipeError:  # whoever read has gone: there is nobody to tell
        raise
    except sqlite3.OperationalError as error:
        fail(f"the data folder cannot be used: {error}", UNAVAILABLE, REMEDIES["disk"])
    except OSError as error:
        if not error.errno:  # no refusal of the system: a fault of ours must show itself
            raise
        where = f"{os.fspath(error.filename)}: " if error.filename else ""
        fail(f"{where}{error.strerror}", UNAVAILABLE, REMEDIES["disk"])


def now() -> datetime:
    """This machine's clock."""
    return datetime.now(UTC)
