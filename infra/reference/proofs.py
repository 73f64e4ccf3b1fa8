"""The tests of a route, an event and a command: found in the sources of the tests, so that none has to be kept by hand.

A test proves a thing that it names: the path it asks, by its method; the type of the event or its class; the words of
the command. It may do so in a fixture or a helper that it calls. Of several the one in a file that has the thing's
noun is taken, then the nearest one, over HTTP first.
"""

import ast
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
PLACES: Final = ("http", "journeys", "infra", "simulation", "adapters", "golden", "unit")
"""Folders of tests in the order in which they are believed; tests of the sources (`arch`) show no behaviour."""
EVERYTHING: Final = frozenset(
    f"test_{name}.py"
    for name in ("access", "matrix", "input", "odd_tokens", "fuzz", "docs", "words", "own_words", "own_dossiers")
)
"""Files of tests that go through all there is, so that they say little of one thing."""
METHODS: Final = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH"}
FARTHEST: Final = 4
"""Calls between a test and the place that names the thing."""


class Node(NamedTuple):
    """A function or class of a module, by the file and its name."""

    file: str
    name: str


class Said(NamedTuple):
    """What a function names: calls as `METHOD path` (`* path` where the method is not seen), texts, names, words."""

    calls: frozenset[str]
    texts: frozenset[str]
    names: frozenset[str]
    words: frozenset[tuple[str, ...]]


def _nouns(name: str) -> list[str]:
    """The words of a path, an event's type, a command or a file's name, each in the singular: `drafts` as `draft`."""
    words = re.findall(r"[a-z]+", re.sub(r"{\w+}|/v1/|\.py$", " ", name))
    return [word.removesuffix("s") for word in words if word != "test"]


def _distance(file: list[str], thing: list[str]) -> int:
    """How far the nouns of a file are from those of a thing: 0 where it has its last one and no other than its own."""
    if set(file) <= set(thing):
        return 0 if thing[-1] in file else 1
    return 2 if set(file) & set(thing) else 3


def _text(node: ast.AST, constants: Mapping[str, str]) -> str | None:
    """A text of the source, `{}` for what is put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(each, constants) for each in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_text(side, constants) for side in (node.left, node.right)]
        return None if parts == [None, None] else "".join("{}" if part is None else part for part in parts)
    return None


def _part(node: ast.expr, constants: Mapping[str, str]) -> str:
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, constants) or "{}"
    return _text(node, constants) or ""


def _calls(node: ast.AST, constants: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        given = [_text(each, constants) for each in node.args]
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in METHODS and given and given[0]:
            yield f"{METHODS[name]} {given[0]}"
        for method, path in pairwise(given):
            if method in METHODS.values() and path:
                yield f"{method} {path}"
    found = _text(node, constants)
    if found and found.startswith(("/v1", "{}")):
        yield f"* {found}"


def _words(node: ast.AST, constants: Mapping[str, str]) -> tuple[str, ...]:
    """The texts that stand beside each other in a call or list, `ops_app` as `ops`; before them whom a call asks."""
    within = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.List | ast.Tuple) else []
    found: list[str] = []
    if isinstance(node, ast.Call) and within:
        found.append(node.func.id if isinstance(node.func, ast.Name) else "?")
    for each in within:
        if isinstance(each, ast.Name) and each.id.endswith("_app"):
            found.append(each.id.removesuffix("_app"))
        elif isinstance(each, ast.List | ast.Tuple):
            found += _words(each, constants)
        elif isinstance(each, ast.Starred | ast.Name | ast.Attribute):
            found += (text for text in [_text(each, constants)] if text)
        else:
            found += (_text(each, constants) or "?").split(" ")
    return tuple(found)


def _said(tree: ast.AST, constants: Mapping[str, str]) -> Said:
    calls, texts, names, words = set[str](), set[str](), set[str](), set[tuple[str, ...]]()
    for node in ast.walk(tree):
        calls |= set(_calls(node, constants))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        if found := _words(node, constants):
            words.add(found)
    return Said(frozenset(calls), frozenset(texts), frozenset(names), frozenset(words))


class _Module:
    """A file of tests or helpers: what each of its functions says, and which others it names."""

    def __init__(self, path: Path) -> None:
        self.file = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text("utf-8"))
        self.constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }
        self.defined = {
            node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
        } | {target.id: node for node in tree.body if isinstance(node, ast.Assign)
             for target in node.targets if isinstance(target, ast.Name)}  # fmt: skip
        self.imported: dict[str, tuple[str, str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    self.imported[each.asname or each.name] = (node.module, each.name)


class Proofs:
    """All tests of the house, with what each of them reaches."""

    def __init__(self) -> None:
        files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "infra" / "demo").glob("*.py")]
        self._modules = {module.file: module for module in map(_Module, sorted(files))}
        self._said: dict[Node, Said] = {}
        self._near: dict[Node, set[Node]] = defaultdict(set)
        for module in self._modules.values():
            for name, tree in module.defined.items():
                node = Node(module.file, name)
                self._said[node] = _said(tree, module.constants)
                for other in self._named(module, tree):
                    if other != node:
                        self._near[other].add(node)
        self._by_call: dict[str, list[Node]] = defaultdict(list)
        for node, said in self._said.items():
            for call in said.calls:
                self._by_call[call].append(node)
        self.names = frozenset(f"{node.file}::{node.name}" for node in self._said if node.name.startswith("test_"))

    def _named(self, module: _Module, tree: ast.AST) -> Iterator[Node]:
        """What a function names that is another function of ours: called, imported, or given as a fixture."""
        for each in ast.walk(tree):
            if isinstance(each, ast.Name | ast.arg):
                name = each.id if isinstance(each, ast.Name) else each.arg
                if name in module.defined:
                    yield Node(module.file, name)
                elif name in module.imported:
                    yield from self._at(*module.imported[name])
                elif isinstance(each, ast.arg):
                    yield from self._fixture(module.file, name)
            elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                package, own = module.imported.get(each.value.id, ("", ""))
                yield from self._at(f"{package}.{own}", each.attr)

    def _at(self, module: str, name: str) -> Iterator[Node]:
        file = f"{module.replace('.', '/')}.py"
        if file in self._modules and name in self._modules[file].defined:
            yield Node(file, name)

    def _fixture(self, file: str, name: str) -> Iterator[Node]:
        for folder in Path(file).parents:
            shared = str(folder / "conftest.py")
            if shared in self._modules and name in self._modules[shared].defined:
                yield Node(shared, name)
                return

    def reaching(self, sayers: Iterable[Node], thing: str) -> list[tuple[bool, int, int, int, str]]:
        """The tests that come to those who say a thing, the best first: not of everything, of it, near, believed."""
        seen = dict.fromkeys(sayers, 0)
        todo = deque(seen)
        while todo:
            node = todo.popleft()
            if seen[node] < FARTHEST:
                for other in self._near[node] - seen.keys():
                    seen[other] = seen[node] + 1
                    todo.append(other)
        return sorted(
            (
                node.file.rpartition("/")[2] in EVERYTHING,
                _distance(_nouns(node.file.rpartition("/")[2]), _nouns(thing)),
                far,
                PLACES.index(place),
                f"{node.file}::{node.name}",
            )
            for node, far in seen.items()
            if node.name.startswith("test_") and (place := node.file.split("/")[1]) in PLACES
        )

    def of(self, kind: str, name: str, of_class: str = "") -> list[str]:
        """The tests of a route (`METHOD /path`), an event (with its class) or a command, the best one first."""
        if kind == "route":
            return self.of_route(*name.split(" ", 1))
        sayers = self._event_sayers(name, of_class) if kind == "event" else self._command_sayers(name)
        return [each[-1] for each in self.reaching(sayers, name)]

    def of_route(self, method: str, path: str) -> list[str]:
        """The tests of a route: those that ask it by its method before those of which that is not seen."""
        asked = re.sub(r"\\{\w+\\}", "[^/?]+", re.escape(path)) + r"(\?.*|\{\})?"
        found: list[str] = []
        for seen in (re.escape(method), r"\*"):
            pattern = re.compile(f"{seen} {asked}")
            sayers = [node for call, nodes in self._by_call.items() if pattern.fullmatch(call) for node in nodes]
            found += [each[-1] for each in self.reaching(sayers, path)]
        return found

    def _event_sayers(self, kind: str, of_class: str) -> list[Node]:
        """Those who name an event by its type (with or without what all have) or its class."""
        texts = {kind, f"vn.motcua.{kind}"}
        return [node for node, said in self._said.items() if said.texts & texts or of_class in said.names]

    def _command_sayers(self, words: str) -> list[Node]:
        """Those who say a command's words beside each other, or its last word to the part that has it."""
        *group, last = words.split()
        whole, part = (*group, last), f"{group[0]}_app" if group else ""
        return [
            node
            for node, said in self._said.items()
            if any(_begins(each, whole) for each in said.words)
            or (part in said.names and any(each[0] == last for each in said.words))
        ]


def _begins(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether a call's words have the command's beside each other, at its beginning or after the program."""
    starts = (0, 1, 2) if len(wanted) == 1 else range(len(said))
    return any(said[at : at + len(wanted)] == wanted for at in starts)
