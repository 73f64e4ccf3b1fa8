"""Files that a signed PDF carries: data beside the document (ISO 19005-3, 6.8), and whether they are signed."""

from typing import TYPE_CHECKING

from chalicelib.messages.verdict import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.pdf_utils.generic import DictionaryObject
    from pyhanko.pdf_utils.reader import PdfFileReader


def attachments(reader: "PdfFileReader", signed_revision: int) -> tuple[Attachment, ...]:
    """What the file carries now; `signed` is what stood in it, the same, when its last signature was made."""
    before = {
        (each.name, each.media_type, each.relationship, data)
        for each, data in _found(reader.get_historical_root(signed_revision))
    }
    return tuple(
        Attachment(
            each.name,
            each.media_type,
            each.relationship,
            len(data),
            (each.name, each.media_type, each.relationship, data) in before,
        )
        for each, data in _found(reader.root)
    )


def _found(root: "DictionaryObject") -> "Iterator[tuple[Attachment, bytes]]":
    """Every associated file of the document with its bytes; never in words what they say."""
    specs = root.get("/AF", ())
    for number in range(len(specs)):  # by number: iteration does not follow references
        spec = specs[number]
        stream = spec["/EF"]["/F"]
        kind = str(stream.get("/Subtype", "")).removeprefix("/").replace("#2F", "/")
        name, relationship = (
            str(spec.get("/UF", spec.get("/F", ""))),
            str(spec.get("/AFRelationship", "")).removeprefix("/"),
        )
        data = bytes(stream.data)
        yield Attachment(name, kind, relationship, len(data), signed=False), data
