"""Office files that are made here, and a program on PATH that stands in for LibreOffice."""

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"/></Types>'
)
WORDS = "<w:document><w:body><w:p><w:r><w:t>DON DE NGHI</w:t></w:r></w:p></w:body></w:document>"
LINK = (
    '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"'
    ' Target="https://example.invalid/a" TargetMode="External"/></Relationships>'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
RELS = "word/_rels/document.xml.rels"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def docx(**more: str | bytes) -> bytes:
    """A document of one line; a part with strokes in its name is given by a dictionary."""
    return packed({"[Content_Types].xml": DOCX_TYPES, "word/document.xml": WORDS, **more})


def xlsx(**more: str | bytes) -> bytes:
    """A sheet without a cell."""
    return packed({"[Content_Types].xml": DOCX_TYPES, "xl/workbook.xml": "<workbook/>", **more})


def odt(**more: str | bytes) -> bytes:
    """A text of one line."""
    return packed({"mimetype": ODT_TYPE, "content.xml": "<office:text/>", **more})


STAND_IN = """#!{python}
import pathlib, sys, os
given = pathlib.Path(sys.argv[-1])
profile = next(a for a in sys.argv if a.startswith("-env:UserInstallation=file://")).partition("file://")[2]
settings = pathlib.Path(profile, "user", "registrymodifications.xcu").read_text()
assert "DisableMacrosExecution" in settings and "--headless" in sys.argv
assert not [name for name in os.environ if name.startswith(("AWS", "MOTCUA"))]
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
{body}
"""
PRINTS = """
from pypdfium2 import PdfDocument
made = PdfDocument.new()
made.new_page(595, 842)
made.new_page(595, 842)
import pikepdf, io
held = io.BytesIO()
made.save(held)
with pikepdf.open(io.BytesIO(held.getvalue())) as pdf:
    for page in pdf.pages:
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=face))
        page.obj.Contents = pdf.make_stream(b"BT /F 32 Tf 60 700 Td (GIAY SO 1) Tj ET")
    pdf.save(out / (given.stem + ".pdf"))
"""
HANGS = "import time; time.sleep(600)"
FAILS = "sys.exit(1)"


def stand_in(folder: Path, body: str = PRINTS) -> str:
    """A folder for PATH whose `soffice` does this: recorded from nothing, it prints two pages of a line."""
    program = folder / "soffice"
    program.write_text(STAND_IN.format(python=sys.executable, body=body), encoding="utf-8")
    program.chmod(0o755)
    return str(folder)
