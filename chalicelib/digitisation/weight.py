"""What a PDF costs to open, found out before anything opens it: layers, decoded bytes, pixels, forms within forms.

A few hundred bytes can stand for gigabytes: streams packed in streams, forms that draw forms, a page of many metres,
a picture that says it is small. What is still too much for the reader ends its process (`sandbox.py`).
"""

import base64
import binascii
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

import pikepdf
from PIL import Image

from chalicelib.digitisation.model import Limits
from chalicelib.digitisation.reasons import check_pixels, too_heavy, truncated, wrong_type

_FILTERS: Final = 2
_PART: Final = 16 << 20
"""Decoded bytes of one stream that is no picture; of all of them four times as many."""
_OTHER: Final = 100_000
"""Bytes of a stream in a packing that cannot be unpacked bit by bit here."""
_DRAWN: Final = 2_000
"""Pictures and forms that a page draws, those inside of forms each time again."""
_DEEP: Final = 8
_STEP: Final = 1 << 20

type Memo = dict[tuple[int, int], int]


def check_weight(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Look at every stream, and at what each page draws. Raises Refused: too_heavy, too_many_pixels, truncated."""
    left = 4 * _PART
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        packing = _packing(item)
        if len(packing) > _FILTERS:
            raise too_heavy(f"{len(packing)} filters on one stream")
        if item.get("/Subtype") == "/Image":
            _check_picture(item, packing, limits)
        else:
            left -= _size(item.read_raw_bytes(), packing, min(left, _PART), item)
    memo: Memo = {}
    for page in pdf.pages:
        _draws(page.obj, page.resources, memo, 0)


def check_drawn(pixels: int, limits: Limits) -> None:
    """Raises Refused when the pages of a file are too many pixels together, as they will be drawn."""
    if pixels > limits.max_drawn:
        raise too_heavy(f"{pixels} pixels in all pages")


def _packing(stream: pikepdf.Stream) -> list[str]:
    found = stream.get("/Filter")
    return [] if found is None else [str(each) for each in (found if isinstance(found, pikepdf.Array) else [found])]


def _check_picture(picture: pikepdf.Stream, packing: list[str], limits: Limits) -> None:
    width, height = (int(picture.get(side, 0)) for side in ("/Width", "/Height"))
    check_pixels(width * height, limits.max_pixels)
    data = picture.read_raw_bytes()
    if packing and packing[-1] in {"/DCTDecode", "/JPXDecode"}:
        data = _unpacked(data, packing[:-1], limits.max_bytes)
        try:
            with Image.open(BytesIO(data), formats=("JPEG", "JPEG2000")) as image:
                real = image.size
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise truncated(f"a picture without its header: {error}") from error
        check_pixels(real[0] * real[1], limits.max_pixels)
        if real != (width, height):
            raise wrong_type(f"a picture of {real} that says {(width, height)}")
    elif set(packing) <= _STEPS.keys():
        _size(data, packing, 8 * width * height + height + _STEP, picture)


def _size(data: bytes, packing: list[str], most: int, stream: pikepdf.Stream) -> int:
    """How many bytes a stream is, unpacked. Raises Refused for more than `most`."""
    if not packing:
        return len(data)
    if set(packing) <= _STEPS.keys():
        data = _unpacked(data, packing[:-1], most)
        return _inflated(data, most) if packing[-1] == "/FlateDecode" else len(data)
    if packing in (["/DCTDecode"], ["/JPXDecode"]):
        return len(data)  # a picture that does not say that it is one: nothing draws it
    if len(data) > _OTHER:
        raise too_heavy(f"{len(data)} bytes in {' '.join(packing)}")
    return len(stream.read_bytes())


def _unpacked(data: bytes, packing: list[str], most: int) -> bytes:
    for step in packing:
        if step not in _STEPS:
            raise too_heavy(f"a picture inside of {step}")
        data = _STEPS[step](data, most)
    return data


def _inflate(data: bytes, most: int) -> bytes:
    try:
        out = zlib.decompressobj().decompress(data, most + 1)
    except zlib.error as error:
        raise truncated(f"a stream does not unpack: {error}") from error
    if len(out) > most:
        raise too_heavy(f"a stream of more than {most} bytes")
    return out


def _inflated(data: bytes, most: int) -> int:
    """The size alone: what is unpacked is not kept."""
    unpacker, total = zlib.decompressobj(), 0
    try:
        while data and not unpacker.eof:
            total += len(unpacker.decompress(data, _STEP))
            data = unpacker.unconsumed_tail
            if total > most:
                raise too_heavy(f"a stream of more than {most} bytes")
    except zlib.error as error:
        raise truncated(f"a stream does not unpack: {error}") from error
    return total


def _ascii85(data: bytes, _most: int) -> bytes:
    try:
        return base64.a85decode(data.partition(b"~>")[0])
    except ValueError as error:
        raise truncated("a stream does not unpack: ASCII85") from error


def _hexadecimal(data: bytes, _most: int) -> bytes:
    digits = b"".join(data.partition(b">")[0].split())
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except ValueError as error:
        raise truncated("a stream does not unpack: hexadecimal") from error


_STEPS: Final[Mapping[str, Callable[[bytes, int], bytes]]] = {
    "/FlateDecode": _inflate,
    "/Fl": _inflate,
    "/ASCII85Decode": _ascii85,
    "/A85": _ascii85,
    "/ASCIIHexDecode": _hexadecimal,
    "/AHx": _hexadecimal,
}


def _draws(drawing: pikepdf.Object, resources: pikepdf.Object, memo: Memo, depth: int) -> int:
    """How many pictures and forms a page or form draws in all. Raises Refused."""
    if depth > _DEEP:
        raise too_heavy("forms nested too deep")
    named = resources.get("/XObject", pikepdf.Dictionary())
    total = 0
    for step in pikepdf.parse_content_stream(drawing, "Do"):
        found = named.get(str(step.operands[0])) if step.operands else None
        total += 1
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Form":
            if found.objgen not in memo:
                memo[found.objgen] = _draws(found, found.get("/Resources", resources), memo, depth + 1)
            total += memo[found.objgen]
        if total > _DRAWN:
            raise too_heavy(f"more than {_DRAWN} pictures and forms on one page")
    return total
