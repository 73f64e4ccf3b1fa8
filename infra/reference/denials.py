"""Sentences that deny something, in all that a reader meets: each was looked at, or `make check` names it.

A page that says that something is not built goes on saying so when it is. What there is and what is not stands in one
table, made from the code (`capabilities`). Elsewhere a sentence that sounds like a denial is refused unless
it stands in `denials.txt` with the reason why it is none. Of the first pages every sentence stands there, so that a
denial in words that nobody thought of is seen too.

python -m infra.reference.denials                  name what was not looked at
python -m infra.reference.denials --accept REASON  put that into the list, once you have read it, for one of REASONS
python -m infra.reference.denials --help           this text, and REASONS
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from infra.reference.capabilities import command_line, declared_routes
from infra.reference.words import WORDS

ROOT: Final = Path(__file__).parents[2]
REVIEWED: Final = Path(__file__).with_suffix(".txt")
REASONS: Final = {
    "true": "a sentence of the first pages that says what there is, looked up in the code",
    "rule": "says what law or the product refuses, does not count or does not ask: that is what is built",
    "state": "says in which state a thing is, or what one thing lacks, and not what the product lacks",
    "promise": "says what never happens to a dossier, a paper or a person",
    "source": "says what a text, a record or a measurement does not say or was not found",
    "elsewhere": "says what AWS, an emulator, a library or another house does not do",
    "advice": "tells its reader what not to do, or what to do first",
    "bound": "says where a design ends, with what is there in its place",
    "history": "says what was so once, or why something was decided",
}
"""Why a sentence that sounds like a denial of a feature is none."""
FIRST_PAGES: Final = ("README.md", "SECURITY.md", "publiccode.yml", "docs/index.md", "docs/explanation/architecture.md")
"""Pages of which every sentence was looked at."""
OWN: Final = ("docs/reference/capabilities.md", "docs/errors.md")
"""Pages with a check of their own: the table of what there is, and the refusals, each of which is one of the code."""
TABLE: Final = re.compile(r"(<!-- (capabilities|tính năng) -->).*?(<!-- /\2 -->)", re.DOTALL)
"""The short table in README: the one place where something is said to be not there."""

PATTERNS: Final = Path(__file__).with_name("denial_words.txt")
DENIAL: Final = re.compile(
    "|".join(line for line in PATTERNS.read_text("utf-8").splitlines() if line and not line.startswith("#")),
    re.IGNORECASE,
)
"""Words by which something is said to be not there, or not more than one, or to come."""


class Sentence(NamedTuple):
    """A sentence and where it stands."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def sentences(text: str) -> Iterator[str]:
    """The sentences of a page: of paragraphs, items, headings and cells; what stands in boxes of code is no prose."""
    prose = re.sub(r"^( *)```.*?^\1```", "\n\n", text, flags=re.DOTALL | re.MULTILINE)
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*#|]|\d+\.)\s?)", prose):
        line = " ".join(part.split())
        for cell in line.split(" | ") if line.startswith("|") else [line]:
            for each in re.split(r"(?<=[.!?;])\s+(?=\S)", cell):
                if said := each.strip(" |-*#>"):
                    yield said


def _pages() -> Iterator[tuple[str, str]]:
    """Every page of prose that is kept by hand, with its text."""
    kept = [ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "GOVERNANCE.md", "publiccode.yml")]
    for path in (*kept, *sorted((ROOT / "docs").rglob("*.md"))):
        name = str(path.relative_to(ROOT))
        if name not in OWN:
            yield name, TABLE.sub("", path.read_text("utf-8"))


def _helps() -> Iterator[tuple[str, str]]:
    """What the command line and `make` say of themselves, and the first words of each package."""
    for line in (ROOT / "Makefile").read_text("utf-8").splitlines():
        if line.startswith("#") or " ## " in line:
            yield "Makefile", line.rpartition("## ")[2].lstrip("# ")
    yield from _commands()
    for path in (ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("__init__.py"))):
        yield str(path.relative_to(ROOT)), ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def _commands() -> Iterator[tuple[str, str]]:
    def within(command: Any, name: str) -> Iterator[tuple[str, str]]:
        for text in (command.help, *(getattr(each, "help", None) for each in command.params)):
            yield name, text or ""
        for each, inner in getattr(command, "commands", {}).items():
            yield from within(inner, f"{name} {each}")

    return within(command_line(), "motcua")


def _description() -> Iterator[tuple[str, str]]:
    """What the description of the API says of its routes and words."""
    for route in declared_routes():
        yield f"{route.method} {route.path}", route.summary
    for name, word in WORDS.items():
        yield f"`{name}` of the API", word.text


def prose() -> Iterator[Sentence]:
    """Every sentence that a reader meets, with the page, command or route that has it."""
    for place, text in (*_pages(), *_helps(), *_description()):
        for each in sentences(text):
            yield Sentence(place, each)


def has_to_be_reviewed(said: Sentence) -> bool:
    """Whether somebody has to look at it: it sounds like a denial, or stands on one of the first pages."""
    return said.place in FIRST_PAGES or DENIAL.search(said.text) is not None


def reviewed() -> dict[str, str]:
    """Each sentence that was looked at, with its reason. Raises ValueError: a line has no reason that there is."""
    found = {}
    for line in REVIEWED.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            reason, bar, text = line.partition(" | ")
            if not bar or reason not in REASONS:
                msg = f"{REVIEWED.name}: no reason of REASONS: {line}"
                raise ValueError(msg)
            found[text] = reason
    return found


def unreviewed(said: Iterable[Sentence]) -> list[Sentence]:
    """Those that nobody looked at."""
    known = reviewed()
    return [each for each in said if has_to_be_reviewed(each) and each.text not in known]


HEADER: Final = """# Sentences that were looked at (infra/reference/denials.py): why each is no denial of a feature.
# A reason, a bar, the sentence. `python -m infra.reference.denials` names new ones: mend those that deny what is built.
"""


def accept(reason: str) -> int:
    """Add what was not looked at, with a reason; what is gone leaves. Answers how many came. Raises KeyError."""
    REASONS[reason]
    known, lines, last, new = reviewed() if REVIEWED.is_file() else {}, [HEADER], "", 0
    written = set[str]()
    for each in filter(has_to_be_reviewed, prose()):
        if each.text in written:
            continue
        written.add(each.text)
        new += each.text not in known
        if each.place != last:
            lines.append(f"\n# {each.place}\n")
            last = each.place
        lines.append(f"{known.get(each.text, reason)} | {each.text}\n")
    REVIEWED.write_text("".join(lines), "utf-8")
    return new


def main() -> int:
    """The command line; 1 where something was not looked at, 2 for a reason that there is not."""
    reasons = "".join(f"{name}: {said}\n" for name, said in REASONS.items())
    match sys.argv[1:]:
        case []:
            found = unreviewed(prose())
            sys.stderr.write("".join(f"{each}\n" for each in found))
            return int(bool(found))
        case ["--accept", reason] if reason in REASONS:
            print(accept(reason), "added")
            return 0
        case ["-h" | "--help"]:
            print(f"{__doc__}\n{reasons}", end="")
            return 0
        case ["--accept", *_]:
            sys.stderr.write(reasons)
            return 2
        case _:
            sys.stderr.write(__doc__ or "")
            return 2


if __name__ == "__main__":
    sys.exit(main())
