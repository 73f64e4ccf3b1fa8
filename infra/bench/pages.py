"""Run by a fresh interpreter: the digitisation of a paper against Tesseract alone, and the memory of a long one.

python -m infra.bench.pages FOLDER      FOLDER/KIND/*.jpg are the pages of a paper; one JSON line, the last it prints
"""

import json
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from chalicelib.digitisation import reading
from chalicelib.digitisation.checks import SignatureScanner, inspect
from chalicelib.digitisation.conversion import convert
from chalicelib.digitisation.copying import make_copy
from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.model import JPEG, ConversionMark, Limits
from chalicelib.digitisation.pages import prepare

LONG = 32
ROUNDS = 5
MARK = ConversionMark(
    text="Thông điệp dữ liệu được chuyển đổi từ văn bản giấy", converted_at=datetime.now(UTC), converter_name="-",
    agency_name="Ủy ban nhân dân xã", agency_code="H01.10.24", code="SH-BENCH", lookup_url="", qr_payload="bench",
)  # fmt: skip


def digitised(kind: str, pages: Sequence[bytes], reader: reading.Reader) -> None:
    """Everything but the signatures: checks, copy, reading, fields, conversion."""
    for page in pages:
        inspect(page, Limits(accepted=(JPEG,)), scanner=SignatureScanner())
    make_copy(pages, title="Giấy chứng sinh", expected_pages=len(pages))
    texts = [reader.read(page) for page in pages]
    extract(kind, texts)
    convert(pages, texts, MARK)


def alone(pages: Sequence[Any], engine: Any) -> None:
    """Tesseract on pages that are prepared already, its own lines in one column."""
    import tesserocr

    engine.SetPageSegMode(tesserocr.PSM.SINGLE_COLUMN)
    for page in pages:
        width, height = page.grey.size
        engine.SetImageBytes(page.grey.tobytes(), width, height, 1, width)
        engine.SetSourceResolution(page.dpi)
        engine.Recognize()
        engine.GetUTF8Text()
        engine.Clear()


def _seconds(work: Callable[[], None]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def peak() -> int:
    """Megabytes of this process at most; not of the one that started it, whose peak `getrusage` inherits."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) // 1024 if found else 0


def measured(papers: Mapping[str, Sequence[bytes]], *, long: int = LONG) -> dict[str, float]:
    """CPU seconds a page, the median of interleaved rounds, and the peak after a long paper; papers by their kind."""
    reader, engine = reading.Reader(), reading.start(reading.tessdata_path())
    engine.SetVariable("invert_threshold", "0.7")  # as Tesseract comes
    prepared = [prepare(page) for pages in papers.values() for page in pages]

    def all_digitised() -> None:
        for kind, pages in papers.items():
            digitised(kind, pages, reader)

    whole, bare, count = [], [], len(prepared)
    for kind, pages in papers.items():  # what is known of a kind of paper is read once
        digitised(kind, pages[:1], reader)
    for _ in range(ROUNDS):
        bare.append(_seconds(lambda: alone(prepared, engine)))
        whole.append(_seconds(all_digitised))
    engine.End()
    prepared.clear()
    kind, pages = next(iter(papers.items()))
    digitised(kind, [pages[n % len(pages)] for n in range(long)], reader)
    return {"whole": median(whole) / count, "alone": median(bare) / count, "peak_mb": peak(), "pages": long}


def papers_in(folder: Path) -> dict[str, list[bytes]]:
    """The pages of each paper of a folder, in order, by its kind."""
    return {
        paper.name: [page.read_bytes() for page in sorted(paper.glob("*.jpg"))]
        for paper in sorted(folder.iterdir())
        if paper.is_dir()
    }


if __name__ == "__main__":
    print("\n" + json.dumps(measured(papers_in(Path(sys.argv[1])))))
