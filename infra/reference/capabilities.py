"""The page of capabilities: each route, event and command with its test and its state, and what is not there.

The words are in `capabilities.json`; what there is comes from the code. A capability claims routes (`METHOD /path`),
events (without `vn.motcua.`) and commands by patterns, the first that fits. A thing that none claims is an error,
and so is a pattern that claims nothing. What is said to be not there is held against the code.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import msgspec
import typer

from chalicelib.contracts.event import known_events
from chalicelib.kernel.endpoint import Route
from chalicelib.registry import BLUEPRINTS
from infra.stack.functions import FUNCTIONS

ROOT: Final = Path(__file__).parents[2]
WORDS: Final = Path(__file__).with_suffix(".json")
PAGE: Final = ROOT / "docs" / "reference" / "capabilities.md"
PREFIX: Final = "vn.motcua."
ROW: Final = re.compile(r"\| [^|]+ \| (route|event|command) \| `([^`]+)` \| `([^`]+)` \|")

type Kind = Literal["route", "event", "command"]
KINDS: Final[tuple[Kind, ...]] = ("route", "event", "command")
type State = Literal["works", "simulated", "not there"]


class Capability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing that the product does; `by` plays its other side on a developer's machine, where it is simulated."""

    en: str
    vi: str
    state: Literal["works", "simulated"]
    has: tuple[str, ...]
    by: str = ""


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else is simulated, and by which file."""

    en: str
    vi: str
    by: str


class Absence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is not there: no route, event or function has such a name and no file such a path; `alive`: what would."""

    en: str
    vi: str
    routes: str = ""
    events: str = ""
    functions: str = ""
    files: str = ""
    alive: tuple[str, ...] = ()

    def found(self, things: Iterable[tuple[str, str]], folder: Path = ROOT) -> list[str]:
        """What there is of it after all; things are a kind (`route`, `event`, `function`) and a name."""
        patterns = {"route": self.routes, "event": self.events, "function": self.functions}
        named = [name for kind, name in things if (pattern := patterns.get(kind)) and re.search(pattern, name)]
        return named + [str(path) for path in (folder.glob(self.files) if self.files else ())]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of words. `tests` names a test that is not found by itself, `told_by` the route that tells an event."""

    capabilities: tuple[Capability, ...]
    beside: tuple[Beside, ...]
    not_there: tuple[Absence, ...]
    tests: dict[str, str]
    told_by: dict[str, str]

    @property
    def played(self) -> list[Beside]:
        """All that is simulated, with who plays it."""
        other = [Beside(en=each.en, vi=each.vi, by=each.by) for each in self.capabilities if each.state == "simulated"]
        return [*other, *self.beside]


class Thing(NamedTuple):
    """A route, an event or a command."""

    kind: Kind
    name: str


class Unclaimed(Exception):
    """Words and code do not fit: what each names alone."""


def words() -> Words:
    """The file of words. Raises msgspec.ValidationError."""
    return msgspec.json.decode(WORDS.read_bytes(), type=Words)


def declared_routes() -> Iterator[Route]:
    """Every route that a room declares."""
    modules = (import_module(module) for modules in BLUEPRINTS.values() for module in modules)
    return (facts for module in modules for view in vars(module).values() if (facts := getattr(view, "facts", None)))


def command_line() -> Any:
    """The root of `motcua`, as the package declares it: the pages are made from the code, and import no command."""
    declared = next(iter(entry_points(group="console_scripts", name="motcua")))
    return typer.main.get_command(import_module(declared.module).app)


def commands() -> list[str]:
    """Every command of `motcua`, with the part that has it."""

    def within(command: Any, path: tuple[str, ...]) -> Iterator[str]:
        for name, each in getattr(command, "commands", {}).items():
            yield from within(each, (*path, name)) if hasattr(each, "commands") else iter([" ".join((*path, name))])

    return list(within(command_line(), ()))


def things(routes: Iterable[Route]) -> list[Thing]:
    """All that there is, each once, in the order of the page."""
    events = [name.removeprefix(PREFIX) for name in known_events()]
    asked = sorted((route.path, route.method) for route in routes)
    return [
        *(Thing("route", f"{method} {path}") for path, method in asked),
        *(Thing("event", name) for name in sorted(events)),
        *(Thing("command", name) for name in sorted(commands())),
    ]


def claimed(said: Words, there: Iterable[Thing]) -> dict[Capability, list[Thing]]:
    """Each capability with what it claims. Raises Unclaimed."""
    patterns = [(each, [re.compile(_escaped(p)) for p in each.has]) for each in said.capabilities]
    found: dict[Capability, list[Thing]] = {each: [] for each in said.capabilities}
    used, alone = set[re.Pattern[str]](), list[str]()
    for thing in there:
        for capability, wanted in patterns:
            if fits := [pattern for pattern in wanted if pattern.fullmatch(thing.name)]:
                found[capability].append(thing)
                used.update(fits)
                break
        else:
            alone.append(f"{thing.kind} {thing.name}: no capability claims it")
    alone += [f"{p.pattern}: claims nothing" for _, wanted in patterns for p in wanted if p not in used]
    if alone:
        raise Unclaimed("; ".join(alone))
    return found


def _escaped(pattern: str) -> str:
    """A pattern in which the names of a path's parts stand as they are written: `{dossier}`."""
    return re.sub(r"(?<!\\){(\w+)}", r"\\{\1\\}", pattern)


def kept(page: str) -> dict[Thing, str]:
    """The tests that a page names, where there are such tests."""
    found = {Thing(kind, name): test for kind in KINDS for each, name, test in ROW.findall(page) if each == kind}
    return {thing: test for thing, test in found.items() if is_test(test)}


def is_test(name: str) -> bool:
    """Whether there is a test of that name: `file::function`."""
    file, _, function = name.partition("::")
    path = ROOT / file
    return (
        path.is_file()
        and re.search(rf"^def {re.escape(function)}\(", path.read_text("utf-8"), re.MULTILINE) is not None
    )


def proved(said: Words, there: Iterable[Thing], known: Mapping[Thing, str], *, seek: bool) -> dict[Thing, str]:
    """Each thing with its test: the one that is known, else, where it is sought, the one that is found; or none."""
    found = {thing: said.tests.get(thing.name) or known.get(thing, "") for thing in there}
    if seek and not all(found.values()):
        from infra.reference.proofs import Proofs

        tests, classes = Proofs(), {name.removeprefix(PREFIX): kind.__name__ for name, kind in known_events().items()}
        for thing in [thing for thing, test in found.items() if not test]:
            found[thing] = next(iter(tests.of(thing.kind, thing.name, classes.get(thing.name, ""))), "")
    for event, route in said.told_by.items():
        found[Thing("event", event)] = found[Thing("route", route)]
    return found


HEADER: Final = """# What is there

Written by `make reference` from the code and from `infra/reference/capabilities.json`; `make check` holds it against
both. Every route, event and command of the product is here once, with a test that shows it. `works`: it does on this
machine what it does on AWS. `simulated`: the product's side is whole, and the other side is played by a part of this
repository. `not there`: the check looks for its routes, events or files, so that this page cannot deny what is built.

"""


def page(said: Words, claims: Mapping[Capability, list[Thing]], tests: Mapping[Thing, str]) -> str:
    """The whole page."""
    lines = [HEADER + "## In short", "", *short(said, claims), "", "## Each of them", ""]
    lines += ["| Capability | Kind | Route, event or command | Its test | State |", "|---|---|---|---|---|"]
    for capability, each in claims.items():
        lines += [
            f"| {capability.en} | {thing.kind} | `{thing.name}` | {_test(tests[thing])} | {capability.state} |"
            for thing in each
        ]
    lines += ["", "## Played by this repository", "", "| What | By | State |", "|---|---|---|"]
    lines += [f"| {each.en} | `{each.by}` | simulated |" for each in said.played]
    lines += ["", "## Not there", "", "| What | How the check knows | State |", "|---|---|---|"]
    lines += [f"| {each.en} | {_known(each)} | not there |" for each in said.not_there]
    return "\n".join(lines) + "\n"


def _test(name: str) -> str:
    return f"`{name}`" if name else "none"


def _known(each: Absence) -> str:
    """In words, what is looked for."""
    given = {"route": each.routes, "event": each.events, "function": each.functions, "file": each.files}
    return ", ".join(f"no {kind} `{pattern.replace('|', '&#124;')}`" for kind, pattern in given.items() if pattern)


def short(said: Words, claims: Mapping[Capability, list[Thing]]) -> Iterator[str]:
    """A row for each capability: how much of it there is, and its state."""
    yield "| Capability | How many routes, events, commands | State |"
    yield "|---|---|---|"
    for capability, each in claims.items():
        counts = ", ".join(str(sum(thing.kind == kind for thing in each)) for kind in ("route", "event", "command"))
        yield f"| {capability.en} | {counts} | {capability.state} |"
    for beside in said.beside:
        yield f"| {beside.en} | | simulated |"
    for absence in said.not_there:
        yield f"| {absence.en} | | not there |"


def in_vietnamese(said: Words) -> Iterator[str]:
    """The same for README's first paragraph: a line for each state."""
    yield f"- **Có:** {_joined(c.vi for c in said.capabilities if c.state == 'works')}."
    yield f"- **Mô phỏng phía bên kia:** {_joined(each.vi for each in said.played)}."
    yield f"- **Chưa có:** {_joined(each.vi for each in said.not_there)}."


def _joined(names: Iterable[str]) -> str:
    return "; ".join(name[0].lower() + name[1:] if name[1:2].islower() else name for name in names)


def features(said: Words, language: Literal["en", "vi"]) -> Iterator[str]:
    """The list of features for `publiccode.yml`: what works, in the words of the page."""
    for each in said.capabilities:
        if each.state == "works":
            yield f"      - {json.dumps(getattr(each, language), ensure_ascii=False)}"


def denied(said: Words, there: Iterable[Thing]) -> list[str]:
    """What the words say is not there, and is; what plays another side and is not there."""
    named = [(thing.kind, thing.name) for thing in there] + [("function", name) for name in FUNCTIONS]
    wrong = [f"{each.en}: there is {found}" for each in said.not_there if (found := each.found(named))]
    return wrong + [f"{each.by}: is not there" for each in said.played if not (ROOT / each.by).is_file()]
