"""Labels that say only with the heading above them what they mean: "Tại" and "Ngày" below "Đăng ký". Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from chalicelib.digitisation.cells import Cell
from chalicelib.digitisation.labels import ALIKE, NUMBERING, Hit, Known, is_caption, is_loud, plain
from chalicelib.digitisation.model import Word

_LONGEST_HEADING: Final = 8
_SHORT_TITLE: Final = 2
_LONGEST_LABEL: Final = 4
_LAST: Final = 3
"""Words at the end of a heading that a label may go on with, at most."""


def under_headings(cells: Sequence[Cell], form: Known) -> list[Cell]:
    """The cells, with labels that no list has alone, or of one word, found by the heading that they stand under."""
    found: list[Cell] = []
    in_row = Counter(cell.row for cell in cells)
    heading: list[str] = []
    for cell in cells:
        alone = in_row[cell.row] == 1
        if alone and _is_heading(cell):
            heading = plain(" ".join(word.text for word in _unnumbered(cell.words))).split()
            found.append(cell)
            continue
        end = _label_end(cell, alone=alone)
        known = any(hit.rules for hit in cell.hits)
        if heading and end and (not known or end - _first(cell) == 1):
            label = plain(" ".join(word.text for word in cell.words[_first(cell) : end]))
            rules = next((form.names[name] for name in _names(heading, label) if name in form.names), ())
            if rules:
                rest = (hit for hit in cell.hits if hit.start >= end)
                found.append(replace(cell, hits=(Hit(0, end, rules, ALIKE, told=True), *rest)))
                continue
        found.append(cell)
    return found


def _names(heading: Sequence[str], label: str) -> Iterator[str]:
    """What a label may be called with the last words of its heading, the more of them the better."""
    for count in range(min(_LAST, len(heading)), 0, -1):
        last = " ".join(heading[-count:])
        yield f"{last} {label}"
        yield f"{label} {last}"


def _is_heading(cell: Cell) -> bool:
    """Whether a cell that stands alone in its row may be the heading of what follows."""
    words = _unnumbered(cell.words)
    said = "".join(word.text for word in words)
    named = any(hit.rules for hit in cell.hits) and said.endswith(":")
    plainly = said[:1].isupper() and not any(map(str.isdigit, said)) and "," not in said
    titled = len(words) == len(cell.words) > _SHORT_TITLE and is_loud(words)  # what the paper is, and no part of it
    return 0 < len(words) <= _LONGEST_HEADING and not titled and plainly and not named and not is_caption(cell.words)


def _label_end(cell: Cell, *, alone: bool) -> int:
    """Where the label of a cell ends: at its colon, or, where a value stands beside it, with its last word; 0: none."""
    colon = next((at for at, word in enumerate(cell.words, 1) if word.text.endswith(":")), 0)
    end = colon or (0 if alone else len(cell.words))
    return end if 0 < end - _first(cell) <= _LONGEST_LABEL else 0


def _first(cell: Cell) -> int:
    return len(cell.words) - len(_unnumbered(cell.words))


def _unnumbered(words: Sequence[Word]) -> Sequence[Word]:
    return words[1:] if len(words) > 1 and NUMBERING.fullmatch(words[0].text) else words
