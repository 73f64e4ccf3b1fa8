"""Every mutant of a file, and the file as a mutant has it."""

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from tests.mutants.operators import LANGUAGE, RIGHTS, Operator

ROOT: Final = Path(__file__).parents[2]
FILES: Final = (
    "chalicelib/**/store.py",
    "chalicelib/**/fence.py",
    "chalicelib/digitisation/reviews/**/*.py",
    "chalicelib/digitisation/triage.py",
    "chalicelib/dossier/**/*.py",
    "chalicelib/kernel/record.py",
    "chalicelib/kernel/access.py",
    "chalicelib/**/acts.py",
    "chalicelib/law/**/*.py",
    "infra/**/policies.py",
    "infra/**/grants.py",
)
"""What is mutated, as patterns: files move. A pattern that finds nothing is an error."""
TABLES_OF_RIGHTS: Final = ("policies.py", "access.py", "acts.py")
LONGEST, AROUND = 80, 20


class NothingFound(ValueError):
    """A pattern or a text of the source that is not there any more."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file. `text` is the line of the source where it begins; numbers of lines are not kept."""

    file: str
    operator: str
    text: str
    change: str
    lines: range = field(compare=False)
    at_import: bool = field(compare=False)
    """Whether the code runs when the module is loaded: then no test can be said to run it."""
    source: str = field(default="", compare=False, repr=False)

    @property
    def name(self) -> str:
        """What a person reads."""
        return f"{self.file}:{self.lines.start} {self.operator}: {self.change}"


def files(patterns: Sequence[str] = FILES, root: Path = ROOT) -> list[str]:
    """The files that are mutated. Raises NothingFound."""
    found = set()
    for pattern in patterns:
        here = {p.relative_to(root).as_posix() for p in root.glob(pattern)}
        if not here:
            raise NothingFound(f"no file is {pattern}: say in tests/mutants/making.py where it went")
        found |= here
    return sorted(found)


class Source:
    """A file with all its mutants."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        wrapper = MetadataWrapper(cst.parse_module(text))
        self.module = wrapper.module
        given = LANGUAGE + (RIGHTS if Path(file).name in TABLES_OF_RIGHTS else ())
        visitor = _Visitor(given, wrapper)
        self.module.visit(visitor)
        self.found = visitor.found

    def __len__(self) -> int:
        return len(self.found)

    def at(self, operator: str, text: str) -> list[int]:
        """Places of an operator's mutants that begin in a line of this text."""
        lines = self.text.splitlines()
        found = enumerate(self.found)
        return [n for n, (name, _, _, where, _) in found if name == operator and lines[where.start - 1].strip() == text]

    def mutant(self, place: int) -> Mutant | None:
        """The mutant at a place of the list; None when the change is none, or not Python."""
        operator, node, changed, lines, at_import = self.found[place]
        source = self.module.deep_replace(node, changed).code  # type: ignore[arg-type]
        try:
            if ast.dump(ast.parse(source)) == ast.dump(ast.parse(self.text)):
                return None
            compile(source, self.file, "exec")
        except SyntaxError:
            return None
        text = self.text.splitlines()[lines.start - 1].strip()
        change = _change(self.module.code_for_node(node), self.module.code_for_node(changed))
        return Mutant(self.file, operator, text, change, lines, at_import, source)


def sources(names: Sequence[str], root: Path = ROOT) -> list[Source]:
    """The files with their mutants."""
    return [Source(name, (root / name).read_text("utf-8")) for name in names]


def drawn(given: Sequence[Source], count: int, seed: int) -> list[Mutant]:
    """So many of all mutants, each as likely as any other, the same for the same seed and files."""
    places = [(source, place) for source in given for place in range(len(source))]
    random.Random(seed).shuffle(places)
    found: list[Mutant] = []
    for source, place in places:
        if len(found) == count:
            break
        if mutant := source.mutant(place):
            found.append(mutant)
    return found


def _change(was: str, now: str) -> str:
    """What differs between two pieces of source, with a little of what stands around it."""
    was, now = " ".join(was.split()), " ".join(now.split())
    same = _shared(was, now)
    end = _shared(was[same:][::-1], now[same:][::-1])
    cut, tail = len(was) - end, was[len(was) - end :]
    around = was[max(0, same - AROUND) : same], tail[:AROUND]
    return f"{around[0]}[{_short(was[same:cut])} => {_short(now[same : len(now) - end])}]{around[1]}"


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 20]} ... {text[-15:]}"


class _Visitor(cst.CSTVisitor):
    """Collects (operator, node, changed node, lines, whether it runs at import) in the order of the source."""

    SKIPPED = (
        cst.Annotation,
        cst.Decorator,
        cst.TypeAlias,
        cst.TypeParameters,
        cst.Import,
        cst.ImportFrom,
        cst.AssignTarget,
    )

    def __init__(self, operators: Sequence[Operator], wrapper: MetadataWrapper) -> None:
        self.operators, self.depth = operators, 0
        self.positions = wrapper.resolve(PositionProvider)
        self.found: list[tuple[str, cst.CSTNode, cst.CSTNode, range, bool]] = []
        super().__init__()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, self.SKIPPED) or _for_types(node) or _says_what_is_public(node):
            return False
        if isinstance(node, cst.FunctionDef):
            self.depth += 1
        self.found += self._changes(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef):
            self.depth -= 1

    def _changes(self, node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode, cst.CSTNode, range, bool]]:
        for name, kind, operator in self.operators:
            if isinstance(node, kind):
                where: Any = self.positions[node]
                lines = range(where.start.line, where.end.line + 1)
                for changed in operator(node):
                    yield name, node, changed, lines, self.depth == 0


def _for_types(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.If) and isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING"


def _says_what_is_public(node: cst.CSTNode) -> bool:
    target = node.targets[0].target if isinstance(node, cst.Assign) else None
    return isinstance(target, cst.Name) and target.value == "__all__"
