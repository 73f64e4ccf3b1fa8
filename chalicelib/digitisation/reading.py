"""Reading print on a page: Tesseract in this process, Vietnamese, one engine kept for the life of the process.

Settings are the measured ones: LSTM only, one column of lines of any size (psm 4), the fast model. Handwriting is
not read; nothing here claims it is.
"""

import os
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from chalicelib.digitisation.model import PageText, Word
from chalicelib.digitisation.pages import prepare

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

_DEBIAN_TESSDATA: Final = "/usr/share/tesseract-ocr/5/tessdata"
_LANGUAGE: Final = "vie"
# The model also knows letters no Vietnamese word has, and likes Ñ where print says N.
_FOREIGN_LETTERS: Final = "ÑñÄäÖöÜüËëÏïÅåÇçßÛûÎîˆ"


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
        width, height = page.grey.size
        with self._lock:
            engine = self._engine = self._engine or _start(self._tessdata or tessdata_path())
            try:
                engine.SetImageBytes(page.grey.tobytes(), width, height, 1, width)
                engine.SetSourceResolution(page.dpi)
                if not engine.Recognize():
                    raise RuntimeError("Tesseract could not recognise the page")
                words = tuple(_words(engine))
                text = _nfc(engine.GetUTF8Text())
            finally:
                engine.Clear()  # the page is personal data; it does not wait for the next one
        lines = (" ".join(line.split()) for line in text.splitlines())
        return PageText("\n".join(line for line in lines if line), words, page.angle, page.dpi, (width, height))

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


def _start(tessdata: str) -> "PyTessBaseAPI":
    # Read by OpenMP when the library is loaded: its threads cost more than they bring.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    mode, lstm = tesserocr.PSM.SINGLE_COLUMN, tesserocr.OEM.LSTM_ONLY
    engine = tesserocr.PyTessBaseAPI(path=tessdata, lang=_LANGUAGE, psm=mode, oem=lstm)
    engine.SetVariable("tessedit_char_blacklist", _FOREIGN_LETTERS)
    return engine


def _words(engine: "PyTessBaseAPI") -> Iterator[Word]:
    import tesserocr

    iterator = engine.GetIterator()
    if iterator is None:  # an empty page
        return
    word, line = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    for item in tesserocr.iterate_level(iterator, word):
        if item.Empty(word) or not (text := _nfc(item.GetUTF8Text(word)).strip()):
            continue
        yield Word(text, item.BoundingBox(word), item.Confidence(word) / 100, item.BoundingBox(line))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
