"""`make reference`: the letters that the fonts of our papers have, as ranges, for whoever checks what is typed.

python -m infra.reference.letters
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import chalicelib.forms
from chalicelib.messages.rendering import DEFAULT_FONT_DIRS

LETTERS: Final = Path(chalicelib.forms.__file__).parent / "data" / "letters.txt"
FAMILIES: Final = ("LiberationSerif", "DejaVuSerif", "DejaVuSans")
"""In the order in which the templates name them; a letter that none has is a blank on the paper."""
STYLES: Final = (("-Regular", ""), ("-Bold",))


def letters_of_fonts(folders: Iterable[str] = DEFAULT_FONT_DIRS) -> frozenset[int]:
    """Code points that can be printed upright and bold. Raises FileNotFoundError when a font is missing."""
    there = tuple(folders)
    printed = [frozenset().union(*(_letters(family, style, there) for family in FAMILIES)) for style in STYLES]
    return printed[0] & printed[1]


def _letters(family: str, style: tuple[str, ...], folders: tuple[str, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    for folder in folders:
        for ending in style:
            if (path := Path(folder) / f"{family}{ending}.ttf").is_file():
                with TTFont(path, lazy=True) as font:
                    return frozenset(font.getBestCmap())
    raise FileNotFoundError(f"{family} is not in {', '.join(folders)}")


def as_ranges(codes: Iterable[int]) -> str:
    """Lines of `first-last` in hexadecimal, or one code point alone."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{first:04X}-{last:04X}\n" if last > first else f"{first:04X}\n" for first, last in found)


def main() -> int:
    """Write the list when it is another."""
    text = as_ranges(letters_of_fonts())
    if not LETTERS.is_file() or LETTERS.read_text("ascii") != text:
        LETTERS.write_text(text, "ascii")
        print("wrote", LETTERS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
