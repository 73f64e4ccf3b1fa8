"""How well a page was read: edits a character, words found, values right; and what the recogniser can do at best."""

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from chalicelib.digitisation.pages import flatten
from infra.papers.corpus import Page
from infra.papers.sheet import Piece

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

_ALIKE: Final = str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
_APART: Final = 24.0
"""Points between two pieces of a row that are lines of their own."""


def plain(text: str) -> str:
    """A text as it is compared: NFC, one space for any, one kind of dash and quote."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_ALIKE)).strip()


def error_rate(truth: str, read: str) -> float:
    """Edits a character of the truth, row by row in the order of the page."""
    wanted = plain(truth)
    return float(Levenshtein.distance(wanted, plain(read)) / max(1, len(wanted)))


def words_found(truth: str, read: str) -> float:
    """The share of the words of the truth that were read, wherever."""
    wanted, found = Counter(plain(truth).split()), Counter(plain(read).split())
    return sum((wanted & found).values()) / max(1, wanted.total())


def ceiling(page: Page, engine: "PyTessBaseAPI") -> str:
    """What the same model reads on a bare page whose lines are known, one line at a time.

    The page is put back to the sheet by the matrix that it was copied with, so nothing has to be found.
    """
    from io import BytesIO

    back = np.linalg.inv(page.seen).ravel()
    size = page.sheet.image.size
    red = Image.open(BytesIO(page.jpeg)).convert("RGB").getchannel("R")
    level = red.transform(
        size, Image.Transform.PERSPECTIVE, tuple(back[:8] / back[8]), Image.Resampling.BICUBIC, fillcolor=255
    )
    grey, rows = flatten(level), []
    for row in page.sheet.rows():
        lines = [[row[0]]]
        for piece in row[1:]:
            if piece.box[0] - lines[-1][-1].box[2] > page.sheet.px(_APART):
                lines.append([])
            lines[-1].append(piece)
        rows.append(" ".join(_line(grey, line, engine, page.sheet.dpi) for line in lines))
    return "\n".join(rows)


def _line(grey: Image.Image, line: list[Piece], engine: "PyTessBaseAPI", dpi: int) -> str:
    boxes = np.array([piece.box for piece in line])
    left, top = boxes[:, :2].min(axis=0) - 3
    right, bottom = boxes[:, 2:].max(axis=0) + 3
    crop = grey.crop((int(left), int(top), int(right), int(bottom)))
    framed = Image.new("L", (crop.width + 16, crop.height + 16), 250)
    framed.paste(crop, (8, 8))
    engine.SetImage(framed)
    engine.SetSourceResolution(dpi)
    return str(engine.GetUTF8Text()).strip()
