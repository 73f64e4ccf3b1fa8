"""How well papers are read that nobody wrote the reader from: the halves of `infra.papers`, against two floors.

    python -m infra.bench.accuracy [--half a b c d e f g h i j k plain] [--grade clean ...] [--pages N] [--write]

Each page is read by the product's reader, by the recogniser alone on the same prepared page (its own search for lines)
and line by line where the lines are known (the ceiling). Halves `b` and `k` are opened for a last
measurement only; the others were looked at. `plain` is pages of nothing but text.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Final, Literal

from chalicelib.digitisation import reading
from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.labels import known
from chalicelib.digitisation.leaders import clear
from chalicelib.digitisation.pages import Prepared, prepare
from infra.papers import corpus, plain
from infra.papers.grades import GRADES
from infra.papers.score import ceiling, error_rate, words_found

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

    from chalicelib.digitisation.model import Field

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "benchmarks.md"
HALVES: Final = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "plain")
BEGIN, END = "<!-- reading -->", "<!-- end of reading -->"
ALONE: Final = 5
"""Pages of each class that are timed against Tesseract alone."""
HEAD: Final = (
    "half", "grade", "pages", "CER", "ceiling", "words found", "ceiling", "fields right", "let through",
    "right of those", "wrong names of them", "right ones in review", "CPU s a page", "plain, to Tesseract alone",
    "leaders, tables, to it",
)  # fmt: skip


@dataclass
class Tally:
    """What was measured of one grade of one half."""

    errors: list[float] = field(default_factory=list)
    best_errors: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    best_words: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    marked: list[float] = field(default_factory=list)
    fields: int = 0
    right: int = 0
    through: int = 0
    right_through: int = 0
    right_in_review: int = 0
    wrong_names_through: int = 0

    def value(self, found: "Field | None", truth: str, *, is_name: bool) -> None:
        """Count one value."""
        self.fields += 1
        if found is None:
            return
        is_right = found.value == truth
        self.right += is_right
        if found.needs_review:
            self.right_in_review += is_right
            return
        self.through += 1
        self.right_through += is_right
        self.wrong_names_through += is_name and not is_right

    def row(self, half: str, grade: str) -> str:
        """A row of the table."""
        shares = ("-",) * 5 if not self.fields else (
            f"{self.right / self.fields:.3f} of {self.fields}", str(self.through),
            f"{self.right_through / max(1, self.through):.3f}", str(self.wrong_names_through),
            f"{self.right_in_review / max(1, self.right):.2f}",
        )  # fmt: skip
        figures = (
            f"{mean(self.errors):.4f}", f"{mean(self.best_errors):.4f}", f"{mean(self.words):.4f}",
            f"{mean(self.best_words):.4f}", *shares, f"{mean(self.seconds):.3f}", _times(self.plain),
            _times(self.marked),
        )  # fmt: skip
        return f"| {' | '.join((half, grade, str(len(self.errors)), *figures))} |"


def drawn(half: corpus.Half | Literal["plain"], grade: str, number: int, *, bare: bool = False) -> corpus.Page:
    """The page of that number of a half, or of nothing but text."""
    return plain.page(grade, number, bare=bare) if half == "plain" else corpus.page(half, grade, number, bare=bare)


def measured(
    half: corpus.Half | Literal["plain"],
    grade: str,
    numbers: Sequence[int],
    reader: reading.Reader,
    engine: "PyTessBaseAPI",
) -> Tally:
    """Read the pages of those numbers three ways; the recogniser alone, whose time is all that is wanted, a few."""
    tally = Tally()
    for number in numbers:
        page, bare = drawn(half, grade, number), drawn(half, grade, number, bare=True)
        before = time.process_time()
        read = reader.read(page.jpeg)
        found = {each.name: each for each in extract(page.kind, [read])} if page.fields else {}
        tally.seconds.append(time.process_time() - before)
        prepared = prepare(page.jpeg)
        timed = tally.marked if clear(prepared.grey, prepared.dpi).changed else tally.plain
        if len(timed) < ALONE:
            timed.append(tally.seconds[-1] / _alone(prepared, engine))
        best = ceiling(bare, engine)
        tally.errors.append(error_rate(page.text, read.text))
        tally.best_errors.append(error_rate(bare.text, best))
        tally.words.append(words_found(page.text, read.text))
        tally.best_words.append(words_found(bare.text, best))
        names = {rule.name for rule in known(page.kind).rules if rule.shape == "person"} if page.fields else set()
        for name, truth in page.fields.items():
            tally.value(found.get(name), truth, is_name=name in names)
    return tally


def _times(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f}x of {len(ratios)}" if ratios else "-"


def _alone(page: Prepared, engine: "PyTessBaseAPI") -> float:
    """CPU seconds of Tesseract on the prepared page, its own lines in one column."""
    import tesserocr

    engine.SetPageSegMode(tesserocr.PSM.SINGLE_COLUMN)
    before = time.process_time()
    engine.SetImageBytes(page.grey.tobytes(), page.grey.width, page.grey.height, 1, page.grey.width)
    engine.SetSourceResolution(page.dpi)
    engine.Recognize()
    engine.GetUTF8Text()
    spent = time.process_time() - before
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    return spent


def by_itself() -> "PyTessBaseAPI":
    """The same model as Tesseract comes: it finds lines itself, and tries what is not sure in white on black too."""
    import tesserocr

    engine = reading.start(reading.tessdata_path())
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    engine.SetVariable("invert_threshold", "0.7")
    return engine


def table(rows: Iterable[str]) -> str:
    """The rows as a table of Markdown."""
    return "\n".join([f"| {' | '.join(HEAD)} |", "|" + "---|" * len(HEAD), *rows])


def write(half: str, rows: Sequence[str]) -> None:
    """Put the rows of a half into the page of the reference, in place of its older ones."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    inside, _, after = rest.partition(END)
    others = [
        row
        for row in inside.splitlines()
        if re.match(rf"\| ({'|'.join(HALVES)}) \|", row) and not row.startswith(f"| {half} |")
    ]
    PAGE.write_text(
        f"{before}{BEGIN}\n\n{table(sorted([*others, *rows], key=lambda row: row[2]))}\n\n{END}{after}", "utf-8"
    )


def main(given: list[str] | None = None) -> int:
    """The command line: a table on stdout."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench.accuracy", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", nargs="+", choices=HALVES, default=["a"])
    parser.add_argument("--grade", nargs="+", choices=tuple(GRADES), default=list(GRADES))
    parser.add_argument("--pages", type=int, default=10, help="pages of each grade, others for each (10)")
    parser.add_argument("--write", action="store_true", help="put the rows into docs/reference/benchmarks.md")
    told = parser.parse_args(given)
    reader, engine = reading.Reader(), by_itself()
    for half in told.half:
        rows = []
        for grade in told.grade:
            first = told.pages * tuple(GRADES).index(grade)  # other pages for each grade: all kinds in few of them
            tally = measured(half, grade, range(first, first + told.pages), reader, engine)
            rows.append(tally.row(half, grade))
            print(rows[-1], file=sys.stderr, flush=True)
        print(table(rows), flush=True)
        if told.write:
            write(half, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
