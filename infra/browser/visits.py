"""Chromium's visits, asked from here: its own environment and process, nothing but loopback."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from infra.build.lint import environment

HERE: Final = Path(__file__).parent
SECONDS: Final = 300


class NoBrowser(RuntimeError):
    """Chromium is not here, or the visit ended badly; the text says which."""


@dataclass(frozen=True)
class Visit:
    """How a page looked at one width, with scripts or without.

    `compared` is what it said of the file, `sent` what the browser asked for, `wide` whether anything is cut off.
    """

    page: str
    width: int
    scripts: bool
    title: str
    violations: list[str]
    sent: list[str]
    console: list[str]
    compared: str = ""
    wide: bool = False


def visits(pages: Mapping[str, str], file: Path, folder: Path, widths: tuple[int, ...] = (320, 1280)) -> list[Visit]:
    """Each page at each width; pictures of all go to the folder. Raises NoBrowser, CannotLint."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise NoBrowser("Chromium is not installed: sudo apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    asked: dict[str, Any] = {"pages": dict(pages), "folder": str(folder), "file": str(file), "chromium": chromium}
    asked["widths"] = list(widths)
    done = subprocess.run(  # noqa: S603 - our own interpreter and file
        [str(environment("browser") / "python"), str(HERE / "visit.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
    )
    if done.returncode:
        raise NoBrowser(done.stderr[-2000:])
    return msgspec.json.decode(done.stdout, type=list[Visit])
