"""QR codes and bar codes: on the first page of a scan, and on a card. Runs where strangers' files are opened."""

from io import BytesIO
from typing import Final

import zxingcpp
from PIL import Image, ImageOps

from chalicelib.digitisation.cards import is_card
from chalicelib.digitisation.pages import first_page

MOST: Final = 8
"""Codes of a page that are looked at."""
LONGEST: Final = 600
"""Letters of a code that could be one of ours."""
LARGEST_SIDE: Final = 3500
"""Pixels: a page at 300 dpi; larger ones are made smaller before they are searched."""


def codes_on(data: bytes, media_type: str) -> tuple[str, ...]:
    """The texts of the codes on the first page, at most eight, none that could not be of ours."""
    with Image.open(BytesIO(first_page(data, media_type))) as image:
        grey = ImageOps.exif_transpose(image).convert("L")
        grey.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        found = zxingcpp.read_barcodes(grey)
    return tuple(code.text for code in found[:MOST] if code.text and len(code.text) <= LONGEST)


def card_codes(grey: Image.Image) -> tuple[str, ...]:
    """The texts of the QR codes on a page that an identity card could have."""
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return tuple(code.text for code in found[:MOST] if len(code.text) <= LONGEST and is_card(code.text))
