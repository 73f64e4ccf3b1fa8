"""`make reference`: the pages of events, with their JSON Schemas, of settings and of rights, from the code alone.

python -m infra.reference.pages            write them, and name what changed
python -m infra.reference.pages --check    write nothing; fail when one is not what the code says, and name it
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import msgspec

from chalicelib.contracts.event import Event, known_events
from chalicelib.kernel.settings import DECLARED
from chalicelib.registry import BLUEPRINTS
from infra.reference import capabilities
from infra.reference.rights import table
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import RULES, SCHEDULES, logical, reached

ROOT: Final = Path(__file__).parents[2]
EVENTS: Final = ROOT / "docs" / "reference" / "events.md"
SETTINGS: Final = ROOT / "docs" / "reference" / "settings.md"
RIGHTS: Final = ROOT / "docs" / "reference" / "rights.md"
README: Final = ROOT / "README.md"
PUBLICCODE: Final = ROOT / "publiccode.yml"
SCHEMAS: Final = ROOT / "chalicelib" / "contracts" / "schemas"
BEGIN: Final = "<!-- from here: written by `make reference` -->"
END: Final = "<!-- to here -->"

# --- words for types -----------------------------------------------------------------------------------------

_PLAIN: Final[dict[Any, str]] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    NoneType: "null",
    object: "anything",
}


def in_words(kind: Any) -> str:
    """A field's type as JSON has it. Raises KeyError for a type that no contract had before."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if origin in (Union, UnionType):
        return " or ".join(in_words(each) for each in inner)
    if origin is tuple and inner[-1] is Ellipsis:
        return f"list of {in_words(inner[0])}"
    if origin is tuple:
        return f"list of {len(inner)}: {', '.join(in_words(each) for each in inner)}"
    return f"[`{kind.__name__}`](#{kind.__name__.lower()})" if _is_struct(kind) else _PLAIN[kind]


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def inside(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs that a type holds, at every depth."""
    if _is_struct(kind):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from inside(field.type)
    for each in get_args(kind):
        yield from inside(each)


def about(kind: type[msgspec.Struct], field: str) -> str:
    """What a docstring says of a field: the clauses that name it, of the struct or of what it extends."""
    for each in kind.__mro__:
        text = " ".join((vars(each).get("__doc__") or "").split())
        clauses = re.split(r"(?<=[.;])(?<!Art\.)\s+", text)
        if found := [clause.rstrip(".;") for clause in clauses if f"`{field}`" in clause]:
            return "; ".join(found)
    return ""


def _default(field: msgspec.structs.FieldInfo) -> str:
    return "required" if field.required else f"`{json.dumps(msgspec.to_builtins(field.default))}`"


def _table(kind: type[msgspec.Struct]) -> Iterator[str]:
    fields = msgspec.structs.fields(kind)
    if not fields:
        yield "No fields."
        return
    yield "| Field | Type | When left out | Meaning |"
    yield "|---|---|---|---|"
    for field in fields:
        cells = (f"`{field.encode_name}`", in_words(field.type), _default(field), about(kind, field.name))
        yield f"| {' | '.join(cells).rstrip()} |"


def _told(kind: type[msgspec.Struct]) -> str:
    """The docstring as a paragraph."""
    return " ".join((kind.__doc__ or "").split())


# --- events --------------------------------------------------------------------------------------------------

HEADER: Final = """# Events

Written by `make reference` from `chalicelib/contracts`: change an event there, never here
([how to](../how-to/add-an-event.md)).

Every fact is a row of the log of its record, written in the transaction that makes it true. The outbox puts the events
that somebody hears on the event bus as CloudEvents 1.0; rules bring them to workers. What nobody hears stays in its
log, where timelines, feeds and inspections read it. A worker may get an event twice or out of order, and must come to
the same end.

```json
{
 "specversion": "1.0",
 "id": "MC-7K3D9M2QW8XZ4T1B/EVENT#000005",
 "source": "motcua",
 "type": "vn.motcua.dossier.submitted",
 "subject": "MC-7K3D9M2QW8XZ4T1B",
 "time": "2026-11-25T13:23:47.018+00:00",
 "datacontenttype": "application/json",
 "data": {}
}
```

`id` names the row, so a second delivery can be told. On the bus the envelope is `detail`; `source` is `motcua` and
`detail-type` is the type. `data` is what the tables below say; a JSON Schema for each event is in
`chalicelib/contracts/schemas/<type>.json`.

`subject` is the record whose log the row is in, which need not be the speaker's: `MC-...` for what happens to a draft
or dossier, whoever does it; `PAPER#...` a paper on its way, `DROPS#...` a dropped object, `MESSAGE#...` a signed file,
`ARCHIVE#...` an index sheet of papers of former years, `ARCHIVED#...` a paper that it names,
`REFUSED#...` an order that will never be carried out, `UNDRAWN#...` a result that cannot be printed,
`ORDER#...` a paper that somebody asked for, `OWNER#...` a
vault, `LEDGER#...` a ledger, `FOUND#...` what does not fit a record; `PROCEDURE#...`, `AGENCY#...`, `COUNTER#...`,
`OUTAGE#...`, `PLAN#...`, `GUIDANCE#...` in the catalogue, `MANDATE#...` a mandate,
`DATAREQUEST#...` a request about personal data,
`PETITION#...` a petition or complaint,
`OFFICER#...` an officer, `REPRESENTATION#...` a representation by law, `PERSON#...` what registers said of somebody,
`SUBSCRIBER#...` who follows dossiers, `ANOMALIES#...` reads of an agency's officers
([data model](data-model.md)). A contract does not say it, and two
records may tell one event: look where it is made, `grep -rn 'VaultStored(' chalicelib`.

A worker gets `data` as a typed value. Fields that a newer release adds are ignored. When a required field is missing,
or a value has another type, the worker does nothing: its log names the field, its queue brings the event again for six
hours, then it is parked ([operate](../how-to/operate.md)). The local cloud tries six times within seconds, and shows
the number of parked messages in `/health`.

An event with a `state` in its row changes the state that people see; each gives one notice,
`GET /v1/dossiers/{dossier}/notices`.

Personal data of the applicant stand in events only encrypted (`sealed`, with the installation's secret). Names of
officers are in clear: the law wants the handler named in a notice. File names, which people choose, are in no event.
"""


def speaker(kind: type[Event]) -> str:
    """The room that tells an event: the name of the contract's module."""
    return kind.__module__.rpartition(".")[2]


def _heard(kind: type[Event]) -> str:
    return ", ".join(f"`{name}`" for name in kind.heard_by) or "nobody"


def _leaves(kind: type[Event]) -> str:
    """What other houses are told of it, as a sentence; nothing of an event that stays."""
    if kind.leaves is None:
        return ""
    return f" It leaves with {', '.join(f'`{name}`' for name in kind.leaves)} ([feed](../explanation/feed.md))."


def _called() -> Iterator[str]:
    """What calls functions besides our own events: S3, and the clock."""
    names = {logical(name): name for name in FUNCTIONS}
    for resource in (RULES | SCHEDULES).values():
        given = resource["Properties"]
        if resource["Type"] != "AWS::Events::Rule" or "EventBusName" in given:
            continue
        function = names[reached(given["Targets"][0])]
        when = given.get("ScheduleExpression") or f"S3: {given['EventPattern']['detail-type'][0]}"
        yield f"| {when} | `{function}` |"


def events_page() -> str:
    """The whole page of events."""
    known = known_events()
    lines = [HEADER, "## All events", "", "| Type | Version | Told by | Heard by |", "|---|---|---|---|"]
    for name, kind in known.items():
        lines.append(
            f"| [`{name}`](#{name.replace('.', '')}) | {kind.event_version} | `{speaker(kind)}` | {_heard(kind)} |"
        )
    lines += ["", "What is not ours calls functions too, on the account's default bus:", ""]
    lines += ["| When | Calls |", "|---|---|", *_called()]
    for name, kind in known.items():
        lines += ["", f"## {name}", "", f"{_told(kind)}", ""]
        lines += [f"`{kind.__name__}` of `{speaker(kind)}`, heard by {_heard(kind)}.{_leaves(kind)}", "", *_table(kind)]
    lines += ["", "## Values inside events", ""]
    held = {each.__name__: each for kind in known.values() for each in inside(kind) if each is not kind}
    for name in sorted(held):
        lines += [f"### {name}", "", _told(held[name]), "", *_table(held[name]), ""]
    return "\n".join(lines).rstrip() + "\n"


def schema(kind: type[Event]) -> str:
    """The JSON Schema (2020-12) of an event's `data`; like our workers it takes fields that it does not know."""
    made = msgspec.json.schema(kind)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{kind.type}:{kind.event_version}",
        "title": kind.type,
    }
    return json.dumps(head | made, indent=1, ensure_ascii=False) + "\n"


# --- settings ------------------------------------------------------------------------------------------------


def settings() -> dict[str, str]:
    """Every setting with its meaning: what the rooms declare, once all are loaded."""
    for modules in BLUEPRINTS.values():
        for module in modules:
            import_module(module)
    return {name: each.about for name, each in sorted(DECLARED.items())}


def _given_to(name: str) -> str:
    found = [f"`{function}`" for function, given in FUNCTIONS.items() if name in given.environment]
    return "every function" if len(found) == len(FUNCTIONS) else ", ".join(found)


def settings_page() -> str:
    """The page of settings with its table written anew."""
    rows = [f"| `{name}` | {meaning} | {_given_to(name)} |" for name, meaning in settings().items()]
    table = "\n".join((BEGIN, "", "| Setting | Meaning | Given to |", "|---|---|---|", *rows, "", END))
    before, _, rest = SETTINGS.read_text("utf-8").partition(BEGIN)
    return before + table + rest.partition(END)[2]


# --- rights ---------------------------------------------------------------------------------------------------


def rights_page() -> str:
    """The page of rights with its table written anew."""
    routes = sorted(capabilities.declared_routes(), key=lambda each: (each.path, each.method))
    text = "\n".join((BEGIN, "", *table(routes), "", END))
    before, _, rest = RIGHTS.read_text("utf-8").partition(BEGIN)
    return before + text + rest.partition(END)[2]


# --- capabilities ---------------------------------------------------------------------------------------------


IN_README: Final = ("<!-- capabilities -->", "<!-- /capabilities -->")
IN_VIETNAMESE: Final = ("<!-- tính năng -->", "<!-- /tính năng -->")
FEATURES: Final = ("    # what works, by `make reference`", "    # /what works")
FEATURES_VI: Final = ("    # tính năng, do `make reference` ghi", "    # /tính năng")


def between(text: str, marks: tuple[str, str], lines: Iterable[str]) -> str:
    """A text with lines of ours written anew between two marks. Raises ValueError: a mark is not there once."""
    if any(f"{mark}\n" not in text or text.count(f"{mark}\n") > 1 for mark in marks):
        msg = f"these two have to stand once, each on its line: {' and '.join(marks)}"
        raise ValueError(msg)
    begin, end = (f"{mark}\n" for mark in marks)
    before, _, rest = text.partition(begin)
    return before + begin + "".join(f"{line}\n" for line in lines) + end + rest.partition(end)[2]


def capability_pages(*, seek: bool = False) -> dict[Path, str]:
    """The page of capabilities and what other files have of it; tests are sought where the page names none.

    Raises capabilities.Unclaimed, ValueError.
    """
    said, there = capabilities.words(), capabilities.things(capabilities.declared_routes())
    claims = capabilities.claimed(said, there)
    before = capabilities.PAGE.read_text("utf-8") if capabilities.PAGE.is_file() else ""
    tests = capabilities.proved(said, there, capabilities.kept(before), seek=seek)
    readme = between(README.read_text("utf-8"), IN_README, ("", *capabilities.short(said, claims), ""))
    code = between(PUBLICCODE.read_text("utf-8"), FEATURES, capabilities.features(said, "en"))
    return {
        capabilities.PAGE: capabilities.page(said, claims, tests),
        README: between(readme, IN_VIETNAMESE, ("", *capabilities.in_vietnamese(said), "")),
        PUBLICCODE: between(code, FEATURES_VI, capabilities.features(said, "vi")),
    }


# --- command -------------------------------------------------------------------------------------------------


def wanted(*, seek: bool = False) -> dict[Path, str]:
    """Every file that is made here, with its text."""
    made = {SCHEMAS / f"{name}.json": schema(kind) for name, kind in known_events().items()}
    pages = {EVENTS: events_page(), SETTINGS: settings_page(), RIGHTS: rights_page()}
    return {**pages, **capability_pages(seek=seek), **made}


def stale(made: dict[Path, str] | None = None) -> list[Path]:
    """The files that are missing, different from what is made, or too many."""
    made = wanted() if made is None else made
    there = [path for path in (*made, *SCHEMAS.glob("*")) if path.is_file()]
    found = {path: path.read_text("utf-8") for path in there}
    return sorted(path for path in made.keys() | found.keys() if made.get(path) != found.get(path))


def write() -> list[Path]:
    """Write what differs, delete what is too many; answers what that was."""
    made = wanted(seek=True)
    changed = stale(made)
    SCHEMAS.mkdir(exist_ok=True)
    for path in changed:
        if path in made:
            path.write_text(made[path], "utf-8")
        else:
            path.unlink()
    return changed


def main() -> int:
    """The command line; 1 when --check finds a file that is not what the code says."""
    if "--check" not in sys.argv[1:]:
        for path in write():
            print("wrote" if path.is_file() else "deleted", os.path.relpath(path))
        return 0
    found = stale()
    for path in found:
        sys.stderr.write(f"not what the code says, run `make reference`: {path.relative_to(ROOT)}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
