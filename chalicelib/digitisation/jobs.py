"""What the process that opens strangers' files is asked, and what it answers: typed, so that it is never trusted.

A job is one file or one page. Both ways are MessagePack of these types; nothing that the other side sends is run.
"""

from typing import Any, ClassVar, Final

import msgspec

from chalicelib.digitisation.model import ConversionMark, ConvertedPdf, CopyPdf, Inspection, Limits, PageText, Place


class Inspect(msgspec.Struct, frozen=True, tag=True):
    """Say what a file is, page by page, and draw each page once; with the codes on the first, where asked.

    `roots` are the certificates, in DER, to which trusted signatures lead.
    """

    answer: ClassVar[Any] = Inspection

    data: bytes
    limits: Limits
    with_codes: bool = False
    roots: tuple[bytes, ...] = ()


class Pictures(msgspec.Struct, frozen=True, tag=True):
    """The pages of an inspected file as pictures."""

    answer: ClassVar[Any] = tuple[bytes, ...]

    data: bytes
    media_type: str


class Copy(msgspec.Struct, frozen=True, tag=True):
    """The officer's copy of the pages."""

    answer: ClassVar[Any] = CopyPdf

    images: tuple[bytes, ...]
    title: str
    expected_pages: int


class Cut(msgspec.Struct, frozen=True, tag=True):
    """A file for each part of an inspected scan; a part is its first page, and the one behind its last."""

    answer: ClassVar[Any] = tuple[bytes, ...]

    data: bytes
    media_type: str
    parts: tuple[tuple[int, int], ...]


class Read(msgspec.Struct, frozen=True, tag=True):
    """The print on one page."""

    answer: ClassVar[Any] = PageText

    image: bytes


class Crops(msgspec.Struct, frozen=True, tag=True):
    """Small pictures of places on one page."""

    answer: ClassVar[Any] = tuple[bytes, ...]

    image: bytes
    places: tuple[Place, ...]


class Convert(msgspec.Struct, frozen=True, tag=True):
    """The data message of the pages and what was read on them; extracted data (JSON) go into it."""

    answer: ClassVar[Any] = ConvertedPdf

    images: tuple[bytes, ...]
    pages: tuple[PageText, ...]
    mark: ConversionMark
    data: bytes = b""


type Job = Inspect | Pictures | Cut | Copy | Read | Crops | Convert


class Done(msgspec.Struct, frozen=True, tag=True):
    """The job's answer, of the type that the job names."""

    value: msgspec.Raw


class Declined(msgspec.Struct, frozen=True, tag=True):
    """The file is not taken: what `model.Refused` says."""

    code: str
    message_vi: str
    message_en: str


class Broke(msgspec.Struct, frozen=True, tag=True):
    """The job failed by our fault; `text` is for the log."""

    text: str


type Answer = Done | Declined | Broke

TOO_MUCH: Final = 9
"""Exit code of a child whose memory was not enough."""
ENCODE: Final = msgspec.msgpack.Encoder().encode


def job_of(data: bytes) -> Job:
    """A job as it was sent. Raises msgspec.ValidationError."""
    given: Job = msgspec.msgpack.decode(data, type=Inspect | Pictures | Cut | Copy | Read | Crops | Convert)
    return given


def answer_of(data: bytes) -> Answer:
    """An answer as it was sent. Raises msgspec.ValidationError."""
    given: Answer = msgspec.msgpack.decode(data, type=Done | Declined | Broke)
    return given
