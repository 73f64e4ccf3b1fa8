"""`NOTICE`: what is in the zips besides our own code, and under which licence, from the metadata of what is installed.

python -m infra.build.notice            write it
python -m infra.build.notice --check    write nothing; fail when it is not what is installed
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path
from typing import Final

from infra.build.parts import FONTS, PARTS, ROOT, TESSDATA

NOTICE: Final = ROOT / "NOTICE"
SYSTEM: Final = {
    "fonts-liberation": "SIL-OFL-1.1",
    "fonts-dejavu-core": "bitstream-vera",
    "tesseract-ocr-vie": "Apache-2.0",
}
"""Debian's packages whose files are packaged; a test reads their own copyright files."""
ASKS: Final = re.compile(r"\b[AL]?GPL|MPL|Mozilla|EPL|CDDL")
"""Licences that ask for the source of the library itself."""

HEADER: Final = """Một Cửa
Copyright the Một Cửa contributors. Licensed under the Apache License, Version 2.0: see LICENSE.

Written by `make reference` from the metadata of the locked packages: change nothing here by hand.

The zips that are deployed carry the libraries below, unchanged but for files that no function needs (LEFT_OUT in
infra/build/parts.py). Each keeps its own licence text in its `.dist-info` folder inside the zip.
"""
SOURCES: Final = """
Libraries whose licence asks that you can have their source, and can put another version in their place. They are used
as they are published; the source of the very version is at the address. To replace one, put your version into its layer
(`PARTS` in infra/build/parts.py, `make package`).
"""
FILES: Final = (
    "\nFiles of Debian packages, in the layers of fonts and of the reader; their copyright files are Debian's.\n"
)


@dataclass(frozen=True, slots=True)
class Library:
    """A library in a zip."""

    name: str
    version: str
    licence: str
    address: str


def libraries() -> list[Library]:
    """Every library of every zip by name, botocore for its descriptions of services.

    Raises PackageNotFoundError, ValueError for one without a licence.
    """
    names = sorted({wheel for part in PARTS.values() for wheel in part.wheels} | {"botocore"})
    return [_library(name, metadata(name)) for name in names]


def _library(name: str, told: PackageMetadata) -> Library:
    return Library(name, told["Version"], _licence(name, told), _address(name, told))


def _licence(name: str, told: PackageMetadata) -> str:
    """The expression, the words, or the class that the package itself says, in this order."""
    words = str(told.get("License-Expression") or told.get("License") or "").strip().partition("\n")[0]
    classes = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    if not words and not classes:
        raise ValueError(f"{name} says no licence: look, and leave it out or ask its makers")
    return words or ", ".join(classes)


def _address(name: str, told: PackageMetadata) -> str:
    """Where its source is; its page in the package index when it names none."""
    links = dict(link.split(", ", 1) for link in told.get_all("Project-URL") or ())
    known = {label.lower(): url for label, url in links.items()}
    wanted = ("source", "source code", "repository", "homepage", "home")
    return next((known[w] for w in wanted if w in known), told.get("Home-page") or f"https://pypi.org/project/{name}/")


def _lines() -> Iterator[str]:
    found = libraries()
    yield HEADER
    yield from (f"{each.name} {each.version}: {each.licence}" for each in found)
    yield SOURCES
    yield from (f"{e.name} {e.version}: {e.licence}\n  {e.address}" for e in found if ASKS.search(e.licence))
    yield FILES
    yield from (f"{package}: {licence}" for package, licence in SYSTEM.items())


def notice() -> str:
    """The whole text."""
    return "\n".join(_lines()) + "\n"


def system_files() -> list[Path]:
    """The files of Debian's packages that are packaged."""
    return [Path(source) for source in (*FONTS.values(), *TESSDATA.values())]


def main() -> int:
    """The command line; 1 when --check finds another text."""
    text = notice()
    there = NOTICE.read_text("utf-8") if NOTICE.is_file() else ""
    if there == text:
        return 0
    if "--check" in sys.argv[1:]:
        sys.stderr.write("NOTICE is not what is installed: run `make reference`\n")
        return 1
    NOTICE.write_text(text, "utf-8")
    print("wrote NOTICE")
    return 0


if __name__ == "__main__":
    sys.exit(main())
