"""What Tesseract reads into a line that nobody printed, taken out again: dots, quotes, the edges of boxes.

Only where it cannot be anything else. A letter is changed for another where no word of ours has it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

import numpy as np
from PIL import Image

from chalicelib.digitisation.ink import Levels
from chalicelib.digitisation.model import Box, Word
from chalicelib.digitisation.tones import with_dots_below

_INK: Final = 60
"""Grey levels under the paper of a line at which a pixel is ink."""
_LOW: Final = 0.5
"""A full stop stands in the lower half of its line, and is a third of it high at most."""
_DOT: Final = 0.34
_TOUCHING: Final = 0.1
_FIGURES: Final = 6
"""Single figures in a row that are one number, in boxes."""
_BOXED: Final = re.compile(r"[|\[\]]*(?:\d[|\[\]]*){1,12}|[|\[\]]+")
_EDGE: Final = re.compile(r"[|\[\]]")
_STROKE: Final = re.compile(r"(?<=\d)[IlL!](?=\d|[A-ZĐ]{2})")
"""What a stroke between figures, or before a sign of an office, is misread as."""
_FRACTION: Final = re.compile(r"/?⁄/?")
_SYLLABLE: Final = re.compile(r"[^\W\d_]{3,}\.+")
_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d\d\W?")
_LABEL_AND_VALUE: Final = re.compile(r"(\w*[^\W\d_]\w*\)?:)[.,_·•]+(\w.*)")
_COLON_AND_DOTS: Final = re.compile(r"(?<=\w)([):]*:)[.,_·•]+$")
_DOTS: Final = re.compile(r"^[.,_·•]+(?=\w|$)")
_BEGINNINGS: Final = {
    "~": "-", "ø)": "g)", "©)": "c)", "€)": "c)", "GỘNG": "CỘNG",
    "VIv": "V/v", "Vlv": "V/v", "V|v": "V/v", "VNv": "V/v",
}  # fmt: skip
"""What a line begins with, and what that is misread as: no word of ours is."""
_ROMAN: Final = re.compile(r"(?=.*I)(?=.*[1lH])(?:[I1l]{2,3}|H[I1l]|[I1l]H)[.-]")
"""The number of a part, "II." or "III-", some strokes of which are misread; no part has more than three."""
_STROKES: Final = re.compile(r"[1l]")
_SQUARE: Final = re.compile(r"(?<!\w)(\d[\d.,]*)?m\?(?=\W?$)")
"""A raised figure behind a unit is read as a question mark."""
_QUOTE: Final = "'`‘\"“”"
_STRANGE: Final = re.compile(r"[^\w\s.,:;()/'\"+%&²?*°–—-]|[ÿøœæþðµªº⁄¢]")


def is_date(text: str) -> bool:
    """Whether a word is a date, or was one before its strokes were misread."""
    return _DATE.fullmatch(_STROKE.sub("/", text)) is not None


def is_strange(text: str) -> bool:
    """Whether a text has signs that no paper of ours prints: what a seal or a signature was read as."""
    return _STRANGE.search(text) is not None


def tidied(line: Sequence[Word], *, ends_low: Callable[[], bool]) -> list[Word]:
    """A line without what was not printed; `ends_low` says whether its ink ends in a dot or a comma, if asked."""
    found = [_with_strokes(word) for word in line]
    if found and _ROMAN.fullmatch(found[0].text):
        found[0] = replace(found[0], text=_STROKES.sub("I", found[0].text.replace("H", "II")))
    if found and (said := _BEGINNINGS.get(found[0].text)):
        found[0] = replace(found[0], text=said)
    if found and found[0].text[0] in _QUOTE and not any(word.text[-1] in _QUOTE for word in found):
        found[0] = replace(found[0], text=found[0].text.lstrip(_QUOTE))
    if found and found[-1].text.endswith((".", ",")) and not ends_low():
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(".,"))
    return _whole_numbers(_without_first_dots([word for word in found if word.text]))


def _with_strokes(word: Word) -> Word:
    """A word with what strokes and commas of it are misread as put right."""
    text = _STROKE.sub("/", _FRACTION.sub("/", word.text.replace("„", ",")))
    text = _SQUARE.sub(r"\1m²", text) if "m?" in text else text
    return word if text == word.text else replace(word, text=text)


def _without_first_dots(line: Sequence[Word]) -> list[Word]:
    """A line without the dots of a leader that are left between the colon of a label and its value."""
    found: list[Word] = []
    for word in chain.from_iterable(map(_parted, line)):
        text = _COLON_AND_DOTS.sub(r"\1", word.text)
        if found and found[-1].text.endswith(":"):
            text = _DOTS.sub("", text)
        if text:
            found.append(word if text == word.text else replace(word, text=text))
    return found


def without_leader(written: Iterable[tuple[Word, Box | None]]) -> list[Word]:
    """Words without the dots of the leader that they are written on: behind a syllable none of them was printed."""
    return [_off_leader(word) if leader else word for word, leader in written]


def _off_leader(word: Word) -> Word:
    """A word on a leader without its dots, and with the dot below a vowel that went with them."""
    text = word.text.rstrip(".") if _SYLLABLE.fullmatch(word.text) else word.text
    text, other = with_dots_below(text), with_dots_below(word.other)
    return word if (text, other) == (word.text, word.other) else replace(word, text=text, other=other)


def _parted(word: Word) -> list[Word]:
    """A word, or the label and the value that the dots between them made one."""
    joint = _LABEL_AND_VALUE.fullmatch(word.text)
    if joint is None:
        return [word]
    left, top, right, bottom = word.box
    middle = left + max(1, (right - left) * len(joint[1]) // len(word.text))
    return [
        replace(word, text=joint[1], box=(left, top, middle, bottom)),
        replace(word, text=joint[2], box=(middle, top, max(right, middle + 1), bottom)),
    ]


def ends_in_dot(crop: Image.Image) -> bool:
    """Whether the last mark of a line is small and low: a full stop, or a comma."""
    pixels = np.asarray(crop)
    below = int(Levels(crop).share(0.5)) - _INK
    columns = np.flatnonzero(pixels.min(axis=0) < below)
    rows = np.flatnonzero(pixels.min(axis=1) < below)
    if not len(columns):
        return False
    gaps = np.flatnonzero(np.diff(columns) > 1)
    first = columns[gaps[-1] + 1] if len(gaps) else columns[0]
    last = np.flatnonzero(pixels[:, first:].min(axis=1) < below)
    top, height = int(rows[0]), int(rows[-1]) + 1 - int(rows[0])
    if last[0] - top >= _LOW * height and last[-1] + 1 - last[0] <= _DOT * height:
        return True
    edge = pixels[
        :, max(0, columns[-1] - max(1, round(_TOUCHING * height))) : columns[-1] + 1
    ]  # blur joins it to a letter
    return bool(np.flatnonzero(edge.min(axis=1) < below)[0] - top >= _LOW * height)


def _whole_numbers(line: Sequence[Word]) -> list[Word]:
    """A line with the figures that stand in boxes of their own as one number."""
    found: list[Word] = []
    run: list[Word] = []
    for word in (*line, None):
        if (
            word is not None
            and _BOXED.fullmatch(word.text)
            and (run or len(_EDGE.sub("", word.text)) <= _PAIR or "|" in word.text)
        ):
            run.append(word)
            continue
        found += _one_number(run)
        run = []
        if word is not None:
            found.append(word)
    return found


_PAIR: Final = 2


def _one_number(run: Sequence[Word]) -> list[Word]:
    figures = _EDGE.sub("", "".join(word.text for word in run))
    boxed = len(run) >= _FIGURES or any(_EDGE.search(word.text) for word in run)
    if not boxed or len(figures) < _FIGURES:
        return list(run)
    first, last = run[0], run[-1]
    box = (first.box[0], min(word.box[1] for word in run), last.box[2], max(word.box[3] for word in run))
    return [
        replace(
            first, text=figures, box=box, confidence=min(word.confidence for word in run if _EDGE.sub("", word.text))
        )
    ]
