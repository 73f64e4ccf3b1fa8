"""Reading print on a page: Tesseract in this process, Vietnamese, one engine kept for the life of the process.

Leaders and rules are taken off the reading copy (`leaders.py`), lines are found by their marks (`lines.py`) and read
one at a time, a weak one twice: LSTM only, the fast model. A page that lies on its side or its head is turned.
Handwriting is not read; nothing here claims it is.
"""

import os
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image

from chalicelib.digitisation.askew import is_inside
from chalicelib.digitisation.barcodes import card_codes
from chalicelib.digitisation.colons import colons_on
from chalicelib.digitisation.columns import in_order
from chalicelib.digitisation.figures import moved_together
from chalicelib.digitisation.ink import Marks, has_code
from chalicelib.digitisation.leaders import clear
from chalicelib.digitisation.legible import reading_flaw
from chalicelib.digitisation.lines import apart, beside, confidence, lines_on, on_leaders, run_together
from chalicelib.digitisation.model import Box, PageText, Word
from chalicelib.digitisation.pages import Prepared, prepare, straightened
from chalicelib.digitisation.strays import is_colon_of, is_stray, is_title
from chalicelib.digitisation.tidying import ends_in_dot, is_date, is_strange, tidied, without_leader

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

_DEBIAN_TESSDATA: Final = "/usr/share/tesseract-ocr/5/tessdata"
_LANGUAGE: Final = "vie"
# The model also knows letters no Vietnamese word has, and likes Ñ where print says N.
_FOREIGN_LETTERS: Final = "ÑñÄäÖöÜüËëÏïÅåÇçßÛûÎîˆ"

_NOT_OURS: Final = str.maketrans({"Ð": "Đ", "ð": "đ"})
"""Letters of other tongues that look as ours do."""

_AROUND: Final = 3
"""Pixels of the page about a line that is read by itself."""
_FRAME: Final = 3
"""Pixels of paper about that; there is more of it where Tesseract is to find the line in it once more."""
_PAPER: Final = 250
_WEAK: Final = 0.75
_WEAK_WORD: Final = 0.6
"""A line that is less sure, or has a word that is, is read once more."""
_AGAIN: Final = ((1.4, 8), (1.2, 24))
"""How a line is read again: so much larger, in so many pixels of paper."""
_FEW: Final = 2
"""Letters of a line that is always read twice: one figure alone is easily another."""
_RUN_TOGETHER: Final = 0.2
_SURE: Final = 0.5
_SURE_AND_SHORT: Final = 0.6
_BACK: Final = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
_SAMPLE: Final = 5
"""Lines that tell whether a page stands upright."""
_PRINT: Final = 0.75
_CLEARLY: Final = 0.15
_EDGE: Final = 0.06
_EDGE_IS: Final = 0.05
"""Inches of the picture's edge where something so wide is no letter."""
_BARS: Final = frozenset("Il1|i!")
_STROKES: Final = _BARS | frozenset("ÍÌíìĨĩ")
_FIGURES: Final = frozenset("I1")
"""What strokes are that numbers consist of: "III", "11"; an l among them is no letter."""
_FEWEST_BARS: Final = 4
"""Letters of a text of nothing but strokes that is a bar code; "III" is a number."""
_CROSS: Final = 0.8
_LONG: Final = 2
_LOW_CROSS: Final = 0.6
"""Heights of the page's lines that a small letter alone is high, at most."""
_FEW_STRANGE: Final = 6
"""Letters of a line that signs which no paper prints make no print."""
_CERTAIN: Final = 0.9
_SHORT: Final = 3
"""What is less sure than that is no print: a signature, a seal, a picture; of so few letters, sooner."""
_CERTAIN_AND_ONE: Final = 0.95
"""One letter alone has to be so sure."""


def tessdata_path(environ: Mapping[str, str] = os.environ) -> str:
    """Return the folder of `vie.traineddata`: TESSDATA_PREFIX, or where Debian's tesseract-ocr-vie puts it."""
    return environ.get("TESSDATA_PREFIX") or _DEBIAN_TESSDATA


class Reader:
    """Tesseract behind a lock: threads may share one reader; to read in parallel, run more processes.

    The engine is loaded by the first page (0.2 s), not by the constructor, so that a function which only checks
    uploads never pays for it.
    """

    def __init__(self, tessdata: str | None = None) -> None:
        self._tessdata = tessdata
        self._lock = threading.Lock()
        self._engine: PyTessBaseAPI | None = None

    def read(self, image: bytes) -> PageText:
        """Read one JPEG or PNG that passed `checks.inspect`.

        Raises:
            RuntimeError: the model is missing, or Tesseract gave up on the page.
        """
        page = prepare(image)
        with self._lock:
            engine = self._engine = self._engine or start(self._tessdata or tessdata_path())
            try:
                upright = _upright(engine, page)
                others = {box: _cut(upright.grey, box) for box in upright.boxes if not upright.sample.get(box)}
                read = [
                    _read(engine, others[box], page.dpi) if box in others else upright.sample[box]
                    for box in upright.boxes
                ]
            finally:
                engine.Clear()  # the page is personal data; it does not wait for the next one
        long = [box[3] - box[1] for box in upright.boxes if box[2] - box[0] > _LONG * (box[3] - box[1])]
        usual = median(long) if long else 0
        every = (*upright.leaders, *upright.touched)
        printed = (
            _small_cross(without_leader(on_leaders(line, every)), usual)
            for line in read
            if line
            and (
                (is_print(line) and not is_stray(line, upright.boxes, usual)) or is_title(line, usual, page.grey.height)
            )
        )
        found = colons_on(upright.marks, upright.boxes, page.dpi)
        colons = ([colon] for colon in found if is_colon_of(colon.box, upright.boxes))
        rows = in_order(chain(printed, colons))
        shift = ((page.grey.width - upright.grey.width) // 2, (page.grey.height - upright.grey.height) // 2)
        words = tuple(_shifted(word, *shift) for row in rows for line in row for word in line)
        text = "\n".join(" ".join(word.text for line in row for word in line) for row in rows)
        leaders = tuple(_moved(leader, *shift) for leader in upright.leaders)
        touched = tuple(_moved(leader, *shift) for leader in upright.touched)
        flaw = page.flaw or reading_flaw(words, page.grey)
        codes = card_codes(page.grey) if has_code(upright.marks) else ()
        return PageText(text, words, upright.angle, page.dpi, page.grey.size, flaw, codes, leaders, touched)

    def close(self) -> None:
        """Give the engine's memory back; the next page starts a new one."""
        with self._lock:
            if self._engine is not None:
                self._engine.End()
                self._engine = None


@cache
def reader() -> Reader:
    """The process's reader: loading the model costs more than reading a page."""
    return Reader()


def start(tessdata: str) -> "PyTessBaseAPI":
    """An engine that reads one line at a time. Raises RuntimeError without its model."""
    # Read by OpenMP when the library is loaded: its threads cost more than they bring.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    mode, lstm = tesserocr.PSM.RAW_LINE, tesserocr.OEM.LSTM_ONLY
    engine = tesserocr.PyTessBaseAPI(path=tessdata, lang=_LANGUAGE, psm=mode, oem=lstm)
    engine.SetVariable("tessedit_char_blacklist", _FOREIGN_LETTERS)
    engine.SetVariable("invert_threshold", "0")  # else what is not sure is tried in white on black, at twice the time
    return engine


class _Upright(NamedTuple):
    """A page as it is read: cleared, its lines, some of them read already, how far its scan is turned, its leaders."""

    grey: Image.Image
    marks: Marks
    boxes: list[Box]
    sample: dict[Box, list[Word]]
    angle: float
    leaders: tuple[Box, ...]
    touched: tuple[Box, ...]

    @property
    def sure(self) -> float:
        """How sure the lines of the sample are."""
        return sum(map(confidence, self.sample.values())) / max(1, len(self.sample))


def _upright(engine: "PyTessBaseAPI", page: Prepared) -> _Upright:
    """Turn a page by quarters until its longest lines are print; as it lies, when no turn makes them clearly surer."""
    best = lies = _turned(engine, page, 0)
    if len(lies.sample) < _SAMPLE or lies.sure >= _PRINT:
        return lies
    for quarters in (2, 1, 3):
        found = _turned(engine, page, quarters)
        if found.sure >= _PRINT:
            return found
        best = max(best, found, key=lambda each: each.sure)
    return best if best.sure > lies.sure + _CLEARLY else lies


def _turned(engine: "PyTessBaseAPI", page: Prepared, quarters: int) -> _Upright:
    """A page whose scan is turned counter-clockwise by so many quarters, put upright."""
    grey, angle = page.grey, page.angle
    if quarters:
        grey = grey.transpose(_BACK[quarters])
        grey, more = straightened(grey)
        angle += 90 * quarters + more
    cleared = clear(grey, page.dpi)
    boxes = [
        box
        for box in lines_on(cleared.marks, page.dpi, cleared.bars)
        if not _is_edge(box, grey.width, page.dpi) and not is_inside(box, cleared.stamps)
    ]
    longest = sorted(boxes, key=lambda box: box[0] - box[2])[:_SAMPLE]
    sample = {cut.box: _read(engine, cut, page.dpi) for cut in [_cut(cleared.grey, box) for box in longest]}
    return _Upright(cleared.grey, cleared.marks, boxes, sample, angle, cleared.leaders, cleared.touched)


def _is_edge(box: Box, width: int, dpi: int) -> bool:
    """Whether a line is a piece of the sheet's own edge: narrow, and at that of the picture."""
    at_edge = box[0] <= dpi * _EDGE or box[2] >= width - dpi * _EDGE
    return at_edge and box[2] - box[0] <= dpi * _EDGE_IS


def _shifted(word: Word, across: int, down: int) -> Word:
    """A word of a page that was turned: its places are those of a page with the same middle."""
    if not (across or down):
        return word
    return replace(word, box=_moved(word.box, across, down), line_box=_moved(word.line_box, across, down))


def _moved(box: Box, across: int, down: int) -> Box:
    return box[0] + across, box[1] + down, box[2] + across, box[3] + down


class _Cut(NamedTuple):
    """A line cut out of its page, `left` and `top` of it; one whose figures stood in boxes has them `moved` together.

    All lines are cut before the first is read: the recogniser leaves nothing of the page in the processor's memory.
    """

    crop: Image.Image
    left: int
    top: int
    box: Box
    moved: bool


def _cut(grey: Image.Image, box: Box) -> _Cut:
    """One line by itself, with a little of the page about it."""
    left, top = max(0, box[0] - _AROUND), max(0, box[1] - _AROUND)
    crop = grey.crop((left, top, min(grey.width, box[2] + _AROUND), min(grey.height, box[3] + _AROUND)))
    close = moved_together(crop)
    return _Cut(close or crop, left, top, box, close is not None)


def _read(engine: "PyTessBaseAPI", cut: _Cut, dpi: int) -> list[Word]:
    """Read one line as it lies; where that is not sure again, in other ways: the surest reading stays.

    The second and third time Tesseract looks for the line in its box itself: what it gets wrong then is something else.
    """
    import tesserocr

    first = _line(engine, cut, dpi)
    if _is_sure(first):
        return first
    readings = [first]
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    try:
        for scale, frame in _AGAIN:
            readings.append(_line(engine, cut, dpi, scale, frame=frame))
            if confidence(readings[-1]) >= _PRINT or confidence(first) >= _PRINT:
                break
    finally:
        engine.SetPageSegMode(tesserocr.PSM.RAW_LINE)
    best, other = sorted(readings, key=_likely)[:-3:-1]
    return beside(best, other)


def _is_sure(line: list[Word]) -> bool:
    """Whether one reading of a line is enough."""
    few = sum(len(word.text) for word in line) <= _FEW
    return (
        not few
        and confidence(line) >= _WEAK
        and not any(word.confidence < _WEAK_WORD or run_together(word) for word in line)
    )


def _likely(line: list[Word]) -> float:
    """How likely a line is what was printed: a blank that was not seen spoils what is sure otherwise."""
    return confidence(line) - _RUN_TOGETHER * any(map(run_together, line))


def is_print(line: list[Word]) -> bool:
    """Whether a line was read as print, and not a seal, a signature or dirt as letters."""
    text = "".join(word.text for word in line)
    letters = sum(map(str.isalnum, text))
    if len(text) == 1 and text.isalpha() and confidence(line) < (_CROSS if text in "xX" else _CERTAIN_AND_ONE):
        return False  # a stroke of a signature; a cross in a list is what is printed there
    if len(text) >= _FEWEST_BARS and _BARS.issuperset(text) and not text.isdigit():
        return False
    if len(text) > 1 and _STROKES.issuperset(text) and not _FIGURES.issuperset(text):
        return False
    if letters <= _FEW_STRANGE and is_strange(text):
        return False
    if confidence(line) >= (_SURE if letters > _SHORT else _SURE_AND_SHORT):
        return letters > 0
    # One word that is wrong makes a line of two unsure; a date is nothing else, however it was read.
    surely = any(word.confidence >= _CERTAIN and len(word.text) > 1 and word.text.isalpha() for word in line)
    return surely or any(is_date(word.text) for word in line)


def _small_cross(line: list[Word], usual: float) -> list[Word]:
    """A line; one that is but a cross as low as a small letter has a small one: it is read as either."""
    low = len(line) == 1 and line[0].text == "X" and line[0].line_box[3] - line[0].line_box[1] <= _LOW_CROSS * usual
    return [replace(line[0], text="x")] if low else line


def _line(engine: "PyTessBaseAPI", cut: _Cut, dpi: int, scale: float = 1.0, *, frame: int = _FRAME) -> list[Word]:
    """Read one line by itself, in a frame of paper. Raises RuntimeError when Tesseract gives up."""
    crop, box = cut.crop, cut.box
    if scale != 1.0:
        crop = crop.resize((round(crop.width * scale), round(crop.height * scale)), Image.Resampling.BICUBIC)
    framed = Image.new("L", (crop.width + 2 * frame, crop.height + 2 * frame), _PAPER)
    framed.paste(crop, (frame, frame))
    engine.SetImageBytes(framed.tobytes(), framed.width, framed.height, 1, framed.width)
    engine.SetSourceResolution(dpi)
    if not engine.Recognize():
        raise RuntimeError("Tesseract could not recognise the page")
    inside = frame / scale
    found = [
        Word(text, _placed(at, scale, cut.left - inside, cut.top - inside, box), sure, box)
        for text, at, sure in _words(engine)
    ]
    if cut.moved and found:
        return [_one(found, box)]
    return tidied(apart(found), ends_low=partial(ends_in_dot, crop))


def _one(words: list[Word], box: Box) -> Word:
    """The figures of a line that were moved together as one word, where they stand."""
    text = "".join(word.text for word in words)
    return Word(text, box, min(word.confidence for word in words), box)


def _placed(word: Box, scale: float, left: float, top: float, line: Box) -> Box:
    """A word's box in a framed line as a box on the page, no higher than its line and never empty."""
    first, above, last, below = (edge / scale for edge in word)
    upper = min(max(line[1], round(top + above)), line[3] - 1)
    across = round(left + first)
    return across, upper, max(round(left + last), across + 1), max(min(line[3], round(top + below)), upper + 1)


def _words(engine: "PyTessBaseAPI") -> Iterator[tuple[str, Box, float]]:
    """The words of what was recognised, each with its place on the picture that was read, and how sure it is."""
    import tesserocr

    iterator = engine.GetIterator()
    if iterator is None:  # an empty page
        return
    word = tesserocr.RIL.WORD
    for item in tesserocr.iterate_level(iterator, word):
        if item.Empty(word) or not (text := _nfc(item.GetUTF8Text(word)).strip()):
            continue
        yield text, item.BoundingBox(word), item.Confidence(word) / 100


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_NOT_OURS)
