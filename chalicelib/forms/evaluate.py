"""An answer against its form, all of it again on the server: what the browser worked out is never believed.

In this order: the answer's size; rules of sight and computed fields as the form lists them; the schema; what can be
printed (`letters`); the checks.
What a rule hides is dropped without a word: it is what is left of an earlier choice, the person does not see it, and
the agency must not get it. A computed field holds what the server computes, or nothing. Checks that cite the law give
errors; checks without a citation are our plausibility checks and give warnings, which refuse nothing.
"""

import math
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, cast

import msgspec

from chalicelib.forms.form import Form, Rule, Schema
from chalicelib.forms.letters import FULL_NAME, name_fault, text_fault
from chalicelib.forms.limits import Path, inside, validator
from chalicelib.forms.problems import MAX_PROBLEMS, Problem, answer_problem, joined, parted
from chalicelib.forms.rules import BUDGET, Nothing, Scope, compiled

if TYPE_CHECKING:
    from jsonschema_rs import ValidationErrorKind

MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_BITS = 60_000, 24, 5_000, 4_096


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
    answer = cast("dict[str, object]", _copied(values))
    hidden = _settled(form.rules, answer, today)
    errors = schema_errors(form.schema, answer)
    errors += letter_errors(form, answer, {error.pointer for error in errors})
    checks = [rule for rule in form.rules if rule.kind == "check"]
    broken = _broken(checks, answer, today, [parted(error.pointer) for error in errors])
    errors += [told for rule, told in broken if rule.cites or told.rule == "rule_unchecked"]
    warnings = [told for rule, told in broken if not rule.cites and told.rule != "rule_unchecked"]
    return Outcome(answer, errors[:MAX_PROBLEMS], warnings[:MAX_PROBLEMS], tuple(hidden))


def schema_errors(schema: Schema, answer: object) -> list[Problem]:
    """Each place that breaks the schema, at most 50, in order of place; values are never repeated."""
    found = (
        answer_problem(joined(place), error.kind.name)
        for error in validator(schema).iter_errors(cast("dict[str, object]", answer))
        for place in _places(error.kind, tuple(error.instance_path))
    )
    return sorted(set(islice(found, MAX_PROBLEMS)), key=lambda problem: (problem.pointer, problem.rule))


def letter_errors(form: Form, answer: object, wrong: Container[str]) -> list[Problem]:
    """Each text that a paper could not say, where nothing else is wrong yet; at most 50."""
    names = {pointer for pointer, field in form.ui.fields.items() if field.key.partition("@")[0] == FULL_NAME}
    found = (
        (pointer, name_fault(text) if general in names else text_fault(text))
        for pointer, general, text in _texts(answer)
    )
    told = (answer_problem(pointer, rule) for pointer, rule in found if rule and pointer not in wrong)
    return list(islice(told, MAX_PROBLEMS))


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


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


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
    checks: Sequence[Rule], answer: dict[str, object], today: date, wrong: Sequence[tuple[str, ...]]
) -> list[tuple[Rule, Problem]]:
    """The checks that the answer breaks. One that reads a place in error waits; one that reads nothing holds."""
    found = []
    scope = Scope(answer, today) if checks else None
    for rule in checks:
        reads = [parted(pointer) for pointer in compiled(rule.expression).reading.reads]
        if scope is None or any(_touches(place, pointer) for place in wrong for pointer in reads):
            continue
        value = scope.run(rule.expression)
        if value is False:
            found.append((rule, Problem(rule.target, rule.id, rule.message_vi, rule.message_en)))
        elif value is not True and value is not Nothing.ABSENT:
            found.append((rule, answer_problem(rule.target, "rule_unchecked")))
    return found


def _touches(place: tuple[str, ...], pointer: tuple[str, ...]) -> bool:
    """Whether one place is the other, or around it; `*` is every entry."""
    return all(one == other or "*" in {one, other} for one, other in zip(place, pointer, strict=False))
