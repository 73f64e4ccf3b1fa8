"""What an office file is, judged from the parts of its ZIP, before a converter opens it (ECMA-376, ODF 1.3).

Three kinds are known: docx, xlsx, odt. A macro, a part that runs or reaches out, a lock, and a declaration of entities
are refused by name, so that the converter is given text and pictures alone.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from chalicelib.digitisation.model import DOCX, ODT, XLSX
from chalicelib.digitisation.reasons import active, encrypted, macros, too_heavy, truncated, wrong_type

ZIP: Final = b"PK\3\4"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of Office before 2007, and of what Office locks since."""
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS: Final = 2_000
_MOST_BYTES: Final = 150 << 20
"""Of all parts, unpacked."""
_MAIN: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_TYPES: Final = "[Content_Types].xml"
_ODF_TYPE: Final = "mimetype"
_MACROS: Final = re.compile(r"(?i)(^|/)(vbaproject|vbadata)[^/]*$|^(basic|scripts)/.|^xl/macrosheets/")
_RUNS: Final = re.compile(
    r"(?i)(^|/)(activex|embeddings|externallinks|customui|querytables|ctrlprops)/|^xl/connections\.xml$|\.(exe|dll|js|vbs)$"
)
_XML: Final = re.compile(r"(?i)\.(xml|rels|vml|rdf)$")
_OUTSIDE: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_HYPERLINK: Final = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_REACHES: Final = re.compile(
    rb"<(?!text:a\b|meta:|form:)[\w:-]+\b[^>]*xlink:href\s*=\s*[\"'](?:\w+:|//|/|\.\./)"
    rb"|<text:dde-|<office:dde|<script:event-listener|<office:script\b|\bDDE(AUTO)?\s"
)


def office_kind(data: bytes) -> str:
    """The media type of an office file with nothing in it that acts.

    Raises Refused: wrong_type for what is none, encrypted, macros, active_content, too_heavy, truncated.
    """
    if data.startswith(COMPOUND):
        if _LOCKED in data:
            raise encrypted("an office file")
        raise wrong_type("an office file of before 2007, or another compound file")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            _check_parts(parts)
            kind = _kind(packed, {part.filename for part in parts})
            for name, part in _texts(packed, parts):
                _check_text(name, part)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise truncated(f"ZIP does not unpack: {error}") from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise too_heavy(f"ZIP of {len(parts)} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted("a part of the ZIP")
    if len(set(names)) != len(names) or any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise wrong_type("ZIP with a part twice, or outside of itself")


def _kind(packed: zipfile.ZipFile, names: set[str]) -> str:
    """The kind, after what its parts are called; the content of none but the list of types was looked at."""
    if _TYPES in names:
        kind = next((kind for part, kind in _MAIN.items() if part in names), "")
    else:
        said = packed.read(_ODF_TYPE)[:100].decode("ascii", "replace").strip() if _ODF_TYPE in names else ""
        kind = ODT if said == ODT else ""
    if not kind:
        raise wrong_type("ZIP that is neither docx, xlsx nor odt")
    if found := next(filter(_MACROS.search, sorted(names)), None):
        raise macros(found)
    if _TYPES in names and b"macroEnabled" in packed.read(_TYPES):
        raise macros("a document that says that it has some")
    if found := next(filter(_RUNS.search, sorted(names)), None):
        raise active(f"office file with {found}")
    return kind


def _texts(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """What is XML, unpacked no further than it says of itself."""
    for part in parts:
        if _XML.search(part.filename):
            with packed.open(part) as stream:
                text = stream.read(part.file_size + 1)
            yield part.filename, text.replace(b"\0", b"") if text[:2] in {b"\xff\xfe", b"\xfe\xff"} else text


def _check_text(name: str, text: bytes) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise active(f"office file that declares entities in {name}")
    if b"manifest:encryption-data" in text:
        raise encrypted("an ODF file")
    if any(not _HYPERLINK.search(link) for link in _OUTSIDE.findall(text)):
        raise active(f"office file that reaches out by {name}")
    if _REACHES.search(text):
        raise active(f"office file that reaches out in {name}")
