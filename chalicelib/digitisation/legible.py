"""Pages that cannot be read, by name: blank, black, a thumbnail, print in another language. Pillow and numpy only."""

import re
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from chalicelib.digitisation.greys import in_grey
from chalicelib.digitisation.ink import Levels
from chalicelib.digitisation.model import Flaw, Word

_SMALL: Final = 500
"""Pixels of the longer side of the copy that is looked at; print is a grey band on it."""
_DARKEST_PAPER: Final = 70
"""The paper of a page, its brightest twentieth, is lighter; of a scan with its lid open or no light, it is not."""
_INK: Final = 14
_FEWEST_INK: Final = 20
_EVEN: Final = 2
"""Grey levels about that of a screen's ground."""
_MOSTLY_EVEN: Final = 0.5
"""The share of a screen that its ground is, at least."""
_LIGHT: Final = 30
"""Grey levels from a screen's ground to its print, in the small copy, at least."""
"""Pixels of the small copy that are darker than their surroundings; one short word has more."""
_FEWEST_PIXELS: Final = 400
"""Of the longer side: a sheet of A4 at 35 dpi, a card at 120."""
_LOWEST_LETTER: Final = 13
"""Pixels that a line is high, with what reaches above and below its letters; in less none can be told from others."""
_SURE: Final = 0.8
_TO_JUDGE: Final = 12
"""Words that tell the language of a page."""
_FEWEST_MARKED: Final = 0.12
"""The share of words with a mark of Vietnamese: three of four in print, one of three on a card in two languages."""
_FEWEST_SYLLABLES: Final = 0.7
"""The share of words that are syllables of Vietnamese: nearly all in print without marks, one of three in English."""
_MARKED: Final = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")

_SYLLABLE: Final = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    r"(?:(?:[aeiouy]|[iy]e|uo|o[aeo]|u[aey]|uye)(?:ng|nh|ch|[cmnpt])?"
    r"|ia|a[iouy]|e[ou]|iu|[iy]eu|oi|oa[iyo]|oeo|u[iu]|uo[iu]|uay|uy[au])"
)
"""A syllable of Vietnamese when its marks are off: machines of old, telegrams and passports write so."""


def picture_flaw(data: bytes) -> Flaw:
    """What is wrong with the picture of a page at a glance; a JPEG is not decoded at its size."""
    with Image.open(BytesIO(data)) as image:
        longest = max(image.size)
        image.draft(None, (max(1, image.width * _SMALL // longest), max(1, image.height * _SMALL // longest)))
        image.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
        grey = in_grey(image)
    return "thumbnail" if longest < _FEWEST_PIXELS else _flaw(grey)


def grey_flaw(grey: Image.Image) -> Flaw:
    """What is wrong with a page at a glance whose picture is there in grey already."""
    return "thumbnail" if max(grey.size) < _FEWEST_PIXELS else _flaw(_small(grey))


def _small(grey: Image.Image) -> Image.Image:
    longest = max(grey.size)
    if longest <= _SMALL:
        return grey
    size = tuple(max(1, round(side * _SMALL / longest)) for side in grey.size)
    return grey.resize((size[0], size[1]), Image.Resampling.BOX, reducing_gap=1.0)


def _flaw(grey: Image.Image) -> Flaw:
    """Of a small grey copy."""
    if Levels(grey).share(0.95) < _DARKEST_PAPER:
        return "screen" if _is_screen(grey) else "black"
    pixels = np.asarray(grey, np.int16)
    around = np.asarray(grey.filter(ImageFilter.BoxBlur(6)), np.int16)
    inner = (around - pixels)[4:-4, 4:-4]  # the edge of the sheet is no ink
    return "" if np.count_nonzero(inner > _INK) >= _FEWEST_INK else "blank"


def _is_screen(grey: Image.Image) -> bool:
    """Whether a dark page has light print on an even ground: a screen has, a scan with the lid open has not."""
    pixels = np.asarray(grey, np.int16)
    ground = int(np.bincount(pixels.ravel(), minlength=256).argmax())
    even = np.abs(pixels - ground) <= _EVEN
    return bool(even.mean() >= _MOSTLY_EVEN and np.count_nonzero(pixels >= ground + _LIGHT) >= _FEWEST_INK)


def reading_flaw(words: Sequence[Word], grey: Image.Image) -> Flaw:
    """What is wrong with a page that was read; `grey` is its reading copy."""
    said = [word.text.casefold() for word in words if word.text.isalpha() and len(word.text) > 1]
    if not said:
        return _flaw(_small(grey))
    tall = float(np.median([word.line_box[3] - word.line_box[1] for word in words]))
    sure = sum(word.confidence for word in words) / len(words)
    if tall < _LOWEST_LETTER and sure < _SURE:
        return "thumbnail"
    return "foreign" if len(said) >= _TO_JUDGE and not _vietnamese(said) else ""


def _vietnamese(said: Sequence[str]) -> bool:
    """Whether words are Vietnamese: by their marks, or, in print without any, by their syllables."""
    marked = sum(not _MARKED.isdisjoint(word) for word in said)
    syllables = sum(_SYLLABLE.fullmatch(_bare(word)) is not None for word in said)
    return marked >= _FEWEST_MARKED * len(said) or syllables >= _FEWEST_SYLLABLES * len(said)


def _bare(word: str) -> str:
    """A word without its marks."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d")
