"""PDF/A-2b: the form in which every paper of ours is kept, proved before it is handed out.

A signed file cannot be proved, as the check approves a file only when it knows every construct in it: the unsigned
bytes are proved here, and a signature adds to them and changes none.
"""

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pikepdf import Pdf

FLAVOUR: Final = "2b"
_METADATA_DATE: Final = re.compile(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)")


class NotArchivable(ValueError):
    """A document that cannot be written as PDF/A-2b: a script, a font that is not in it; with the first findings."""


def archived(document: "Pdf", *, at: datetime | None = None) -> bytes:
    """The document as PDF/A-2b: metadata, output intent and file ID brought in line. Raises NotArchivable.

    Equal documents give equal bytes, so that a retry makes the same file with the same hash: `at` (aware) is written
    as the time of the metadata, without it none is.
    """
    from pikepdf import pdfa

    _drop_cidset(document)
    try:
        pdfa.prepare(document, FLAVOUR)
        _date_metadata(document, at)
        pdfa.save(document, out := BytesIO(), FLAVOUR, repair=False, deterministic_id=True)
    except pdfa.PdfaError as refused:
        raise NotArchivable(refused.report.summary(limit=5)) from refused
    return out.getvalue()


def _drop_cidset(document: "Pdf") -> None:
    """Optional since PDF/A-2, and the one thing in typst's fonts that the check cannot judge."""
    from pikepdf import Dictionary

    for item in document.objects:
        if isinstance(item, Dictionary) and "/CIDSet" in item:
            del item["/CIDSet"]


def _date_metadata(document: "Pdf", at: datetime | None) -> None:
    """The library has written the clock of this run."""
    if at is None:
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            del metadata["xmp:MetadataDate"]
        return
    packet = document.Root["/Metadata"]
    packet.write(_METADATA_DATE.sub(rb"\g<1>" + at.isoformat().encode() + rb"\g<2>", packet.read_bytes()))
