"""An answer against its form, all of it again on the server: what the browser worked out is never believed.

In this order: the answer's size; what people type around a value (`tidied`); rules of sight and computed fields as the
form lists them; the schema; what can be printed (`letters`); the checks.
What a rule hides is dropped without a word: it is what is left of an earlier choice, the person does not see it, and
the agency must not get it. A computed field holds what the server computes, or nothing. Checks that cite the law, and
those of what cannot be, give errors; all others are our plausibility checks and give warnings, which refuse nothing.
"""

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, cast

import msgspec

from chalicelib.forms.form import Form, Rule, Schema
from chalicelib.forms.letters import FULL_NAME, name_fault, text_fault
from chalicelib.forms.limits import Path, inside, subschemas, validator
from chalicelib.forms.problems import MAX_PROBLEMS, Problem, answer_problem, joined, parted
from chalicelib.forms.rules import BUDGET, Nothing, Scope, compiled
from chalicelib.forms.sentences import Fault, tell, tell_checks
from chalicelib.forms.tidied import tidied

if TYPE_CHECKING:
    from jsonschema_rs import ValidationErrorKind

MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_BITS = 60_000, 24, 5_000, 4_096
BRANCHES = frozenset({"then", "else"})
MOST_FOUND = 500
"""Broken rules of the schema that are looked at."""
TELLING = (
    "type",
    "enum",
    "const",
    "falseSchema",
    "required",
    "additionalProperties",
    "maxLength",
    "minLength",
    "pattern",
)
"""Rules of a schema, the one that says most first."""


class Outcome(msgspec.Struct, frozen=True):
    """The answer as it counts, what refuses it, what a person should look at again, and what is not asked."""

    values: dict[str, object]
    errors: list[Problem]
    warnings: list[Problem] = []
    hidden: tuple[str, ...] = ()


def evaluate(form: Form, values: object, today: date) -> Outcome:
    """The outcome of any JSON value as the answer to a form that passed `check_form`; never raises."""
    early, longest = _measured(values)
    if early:
        return Outcome({}, [answer_problem("", early)])
    if not isinstance(values, dict):
        return Outcome({}, [answer_problem("", "type")])
    if sum(compiled(rule.expression).reading.cost(longest) for rule in form.rules) > BUDGET:
        return Outcome({}, [answer_problem("", "evaluation_budget")])
    answer = tidied(form, cast("dict[str, object]", values))
    hidden = _settled(form.rules, answer, today)
    faults = [(pointer, rule) for pointer, rule in schema_faults(form.schema, answer) if pointer not in hidden]
    faults += letter_faults(form, answer, {pointer for pointer, _ in faults})
    errors = tell(form, faults)
    checks = [rule for rule in form.rules if rule.kind == "check"]
    wrong = [parted(pointer) for pointer, _ in faults]
    refusing, unchecked = _broken(form, [rule for rule in checks if _refuses(rule)], answer, today, wrong)
    doubted, failed = _broken(form, [rule for rule in checks if not _refuses(rule)], answer, today, wrong)
    errors += tell_checks(form, refusing)
    errors += tell(form, [(rule.target, "rule_unchecked") for rule in [*unchecked, *failed]])
    warnings = tell_checks(form, doubted)
    return Outcome(answer, errors[:MAX_PROBLEMS], warnings[:MAX_PROBLEMS], tuple(hidden))


def _refuses(rule: Rule) -> bool:
    """Whether a broken check refuses: it rests on a clause, or on what cannot be."""
    return rule.refuses or rule.cites is not None


def schema_faults(schema: Schema, answer: object) -> list[Fault]:
    """Each place that breaks the schema with its first rule, at most 50, in order of place.

    One place has one fault: who mends a date need not read that it is also too long. What a case asks is not told while
    the choice of the case is wrong or missing, for nobody knows then which it is.
    """
    found: dict[str, tuple[int, str]] = {}
    of_a_case: dict[str, tuple[int, str]] = {}
    for error in islice(validator(schema).iter_errors(cast("dict[str, object]", answer)), MOST_FOUND):
        held = of_a_case if BRANCHES & set(error.schema_path) else found
        for place in _places(error.kind, tuple(error.instance_path)):
            ranked = (_rank(error.kind), error.kind.name)
            held[joined(place)] = min(ranked, held.get(joined(place), ranked))
    chosen = _choices(schema) if of_a_case else frozenset()
    if not any(pointer.rpartition("/")[2] in chosen for pointer in found):
        found = of_a_case | found
    return sorted((pointer, rule) for pointer, (_, rule) in found.items())[:MAX_PROBLEMS]


def _choices(schema: Schema) -> frozenset[str]:
    """Names of the fields on whose choice it depends what is asked."""
    return frozenset(
        name
        for path, node in subschemas(schema)
        if "if" in path
        for name, inner in cast("dict[str, object]", node.get("properties", {})).items()
        if isinstance(inner, dict) and {"const", "enum"} & inner.keys()
    )


def _rank(kind: "ValidationErrorKind") -> int:
    """Which of several broken rules of one place says most; of a date that it is none."""
    from jsonschema_rs import ValidationErrorKind

    if isinstance(kind, ValidationErrorKind.Format) and kind.format == "date":
        return 0
    return TELLING.index(kind.name) if kind.name in TELLING else len(TELLING)


def letter_faults(form: Form, answer: object, wrong: Container[str]) -> list[Fault]:
    """Each text that a paper could not say, where nothing else is wrong yet; at most 50."""
    names = {pointer for pointer, field in form.ui.fields.items() if field.key.partition("@")[0] == FULL_NAME}
    found = (
        (pointer, name_fault(text) if general in names else text_fault(text))
        for pointer, general, text in _texts(answer)
    )
    return list(islice(((pointer, rule) for pointer, rule in found if rule and pointer not in wrong), MAX_PROBLEMS))


def _texts(answer: object) -> Iterator[tuple[str, str, str]]:
    """Each text of an answer: its pointer, the pointer of its field, where `*` is every entry of a list, and itself."""
    waiting: list[tuple[Path, Path, object]] = [((), (), answer)]
    while waiting:
        path, field, node = waiting.pop()
        if isinstance(node, str):
            yield joined(path), joined(field), node
        elif isinstance(node, list):
            waiting += [((*path, place), (*field, "*"), inner) for place, inner in enumerate(node)]
        elif isinstance(node, dict):
            waiting += [((*path, name), (*field, name), inner) for name, inner in node.items()]


def _places(kind: "ValidationErrorKind", path: Path) -> list[Path]:
    """The places an error speaks of: a missing or unknown name is below the object that is in error."""
    from jsonschema_rs import ValidationErrorKind

    if isinstance(kind, ValidationErrorKind.Required):
        return [(*path, kind.property)]
    if isinstance(kind, ValidationErrorKind.AdditionalProperties):
        return [(*path, name) for name in kind.unexpected]
    return [path]


def _measured(values: object) -> tuple[str, int]:
    """The first limit that the answer breaks, or none, and the length of its longest list."""
    layer, depth, nodes, size, longest = [values], 0, 0, 0, 0
    while layer:
        depth, nodes = depth + 1, nodes + len(layer)
        longest = max([longest, *(len(node) for node in layer if isinstance(node, list))])
        try:
            size += sum(_weight(node) for node in layer)
        except ValueError:
            return "not_json", longest
        for rule, is_over in (("answer_depth", depth > MAX_DEPTH), ("answer_nodes", nodes > MAX_NODES)):
            if is_over:
                return rule, longest
        if size > MAX_BYTES:
            return "answer_bytes", longest
        layer = [inner for node in layer for inner in inside(node)]
    return "", longest


def _weight(node: object) -> int:
    """About the bytes of one node. Raises ValueError for what RFC 8259 or UTF-8 has no words for."""
    if isinstance(node, str):
        return len(node.encode())
    if isinstance(node, dict):
        return sum(len(key.encode()) if isinstance(key, str) else _no_json() for key in node)
    if isinstance(node, float) and not math.isfinite(node):
        return _no_json()
    if node is None or isinstance(node, (bool, float, list)):
        return 8
    return 8 if isinstance(node, int) and node.bit_length() <= MAX_BITS else _no_json()


def _no_json() -> int:
    raise ValueError


def _settled(rules: Iterable[Rule], answer: dict[str, object], today: date) -> list[str]:
    """Drops what is hidden and computes what is computed, in the form's order; the pointers that are hidden."""
    hidden: list[str] = []
    scope: Scope | None = None
    for rule in rules:
        if rule.kind == "check":
            continue
        target = parted(rule.target)
        if rule.kind == "computed" and _drop(answer, target):
            scope = None
        scope = scope or Scope(answer, today)
        value = scope.run(rule.expression)
        if rule.kind == "visible":
            if value is not True:
                hidden.append(rule.target)
                scope = None if _drop(answer, target) else scope
        elif _is_answer(value) and _put(answer, target, value):
            scope = None
    return hidden


def _is_answer(value: object) -> bool:
    return isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))


def _holder(answer: dict[str, object], target: tuple[str, ...]) -> dict[str, object] | None:
    holder: object = answer
    for name in target[:-1]:
        holder = holder.get(name) if isinstance(holder, dict) else None
    return holder if isinstance(holder, dict) else None


def _drop(answer: dict[str, object], target: tuple[str, ...]) -> bool:
    holder = _holder(answer, target)
    return holder is not None and holder.pop(target[-1], holder) is not holder


def _put(answer: dict[str, object], target: tuple[str, ...], value: object) -> bool:
    """Sets a computed field; an object that was not filled in is not made up for it."""
    holder = _holder(answer, target)
    if holder is not None:
        holder[target[-1]] = value
    return holder is not None


def _broken(
    form: Form, checks: Sequence[Rule], answer: dict[str, object], today: date, wrong: list[tuple[str, ...]]
) -> tuple[list[Rule], list[Rule]]:
    """The checks that the answer breaks, and those that do not fit it.

    One that reads a place in error waits, and so does one that reads what is computed from it: what will be typed anew
    is told once. A field that breaks a refusing check is such a place from then on. One that reads nothing holds.
    """
    broken: list[Rule] = []
    unfit: list[Rule] = []
    scope, sources = Scope(answer, today) if checks else None, _sources(form.rules)
    for rule in checks:
        reads = [parted(pointer) for pointer in _traced(_reads(rule), sources)]
        if scope is None or any(_touches(place, pointer) for place in wrong for pointer in reads):
            continue
        value = scope.run(rule.expression)
        if value is True or value is Nothing.ABSENT:
            continue
        (broken if value is False else unfit).append(rule)
        if _refuses(rule) and rule.target in form.ui.fields:
            wrong.append(parted(rule.target))
    return broken, unfit


def _reads(rule: Rule) -> frozenset[str]:
    return compiled(rule.expression).reading.reads


def _sources(rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
    """What each computed field is computed from, in the end; rules read only what earlier ones decided."""
    sources: dict[str, frozenset[str]] = {}
    for rule in rules:
        if rule.kind == "computed":
            sources[rule.target] = _traced(_reads(rule), sources)
    return sources


def _traced(reads: frozenset[str], sources: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return reads.union(*(sources.get(pointer, frozenset()) for pointer in reads))


def _touches(place: tuple[str, ...], pointer: tuple[str, ...]) -> bool:
    """Whether one place is the other, or around it; `*` is every entry."""
    return all(one == other or "*" in {one, other} for one, other in zip(place, pointer, strict=False))
