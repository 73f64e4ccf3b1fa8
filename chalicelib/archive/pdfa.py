"""PDF/A-2b, and 3b of what carries data: the form in which every paper is kept, proved before it is handed out.

A signed file cannot be proved, as the check approves a file only when it knows every construct in it: the unsigned
bytes are proved here, and a signature adds to them and changes none.
"""

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from pikepdf import Pdf

type Flavour = Literal["2b", "3b"]

FLAVOUR: Final[Flavour] = "2b"
WITH_DATA: Final[Flavour] = "3b"
_METADATA_DATE: Final = re.compile(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)")


class Attached(NamedTuple):
    """Data beside the document, as a file in it (ISO 19005-3, 6.8). `at` (aware) is when they were made."""

    name: str
    media_type: str
    description: str
    data: bytes
    at: datetime


class NotArchivable(ValueError):
    """A document that cannot be written as PDF/A: a script, a font that is not in it; with the first findings."""


def archived(document: "Pdf", *, at: datetime | None = None, attached: Attached | None = None) -> bytes:
    """The document as PDF/A-2b, or with `attached` data as 3b: metadata, output intent and file ID brought in line.

    Raises NotArchivable.
    Equal documents give equal bytes, so that a retry makes the same file with the same hash: `at` (aware) is written
    as the time of the metadata, without it none is.
    """
    from pikepdf import pdfa

    _drop_cidset(document)
    flavour = WITH_DATA if attached else FLAVOUR
    if attached:
        _attach(document, attached)
    try:
        pdfa.prepare(document, flavour)
        _date_metadata(document, at)
        pdfa.save(document, out := BytesIO(), flavour, repair=False, deterministic_id=True)
    except pdfa.PdfaError as refused:
        raise NotArchivable(refused.report.summary(limit=5)) from refused
    return out.getvalue()


def carries_data(pdf: bytes) -> bool:
    """Whether a file of ours has data beside its pages."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        return "/AF" in document.Root


def _attach(document: "Pdf", attached: Attached) -> None:
    """By hand rather than as `document.attachments`, which dates a file by the clock of this run."""
    from pikepdf import Array, Dictionary, Name, String

    moment = f"D:{attached.at:%Y%m%d%H%M%S}{attached.at:%z}"
    stream = document.make_stream(
        attached.data,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{attached.media_type}"),
        Params=Dictionary(Size=len(attached.data), ModDate=String(f"{moment[:-2]}'{moment[-2:]}")),
    )
    spec = document.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attached.name),
            UF=String(attached.name),
            Desc=String(attached.description),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    document.Root["/AF"] = Array([spec])
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(attached.name), spec])))


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
