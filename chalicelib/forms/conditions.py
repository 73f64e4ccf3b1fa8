"""Conditions in the language of a form's rules, on which something outside of the form depends: whether a paper is
asked for.

A condition reads fields with choices only: so each can be asked as a question of its own, before there is a draft,
and what is asked then is a choice and nothing personal.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice, product
from typing import Final, cast

import msgspec

from chalicelib.forms.expressions import SENTENCES as EXPRESSIONS
from chalicelib.forms.expressions import Refused, read
from chalicelib.forms.fields import choices, places
from chalicelib.forms.form import Form, Schema
from chalicelib.forms.problems import parted
from chalicelib.forms.rules import Scope, compiled

type Value = str | int | bool

TRIED: Final = 256
"""So many combinations of answers are tried before a condition may be published."""
YES_NO: Final = {True: ("Có", "Yes"), False: ("Không", "No")}
SENTENCES: Final = EXPRESSIONS | {
    "condition_field": ("Điều kiện phải đọc ít nhất một trường của biểu mẫu", "A condition reads a field of the form"),
    "condition_choice": ("Điều kiện chỉ được đọc trường có lựa chọn sẵn", "A condition reads fields with choices only"),
    "condition_value": ("Điều kiện không cho kết quả đúng hoặc sai", "The condition is neither true nor false"),
    "condition_constant": (
        "Điều kiện cho cùng một kết quả với mọi câu trả lời",
        "The condition comes out the same whatever is answered",
    ),
}


class Choice(msgspec.Struct, frozen=True):
    """An answer that may be chosen, in both languages; `text_en` is empty where the form has none."""

    value: Value
    text_vi: str
    text_en: str


class Question(msgspec.Struct, frozen=True):
    """A field of the form as a question: by JSON Pointer, with its choices."""

    field: str
    text_vi: str
    text_en: str
    hint_vi: str | None
    hint_en: str | None
    choices: tuple[Choice, ...]


def reads(expression: str) -> frozenset[str]:
    """The fields that a condition reads, by JSON Pointer. Raises Refused."""
    return read(expression).reads


def decided(conditions: Mapping[str, str], answer: Mapping[str, object], today: date) -> dict[str, bool | None]:
    """Whether each condition holds, by its name; None while an answer that it needs is missing."""
    scope = Scope(answer, today)
    return {name: _holds(scope, expression) for name, expression in conditions.items()}


def _holds(scope: Scope, expression: str) -> bool | None:
    found = scope.run(expression)
    return found if isinstance(found, bool) else None


def unanswered(expression: str, answer: Mapping[str, object]) -> list[str]:
    """The fields that a condition reads and nobody answered."""
    return [pointer for pointer in sorted(reads(expression)) if not _is_there(answer, parted(pointer))]


def _is_there(node: object, path: tuple[str, ...]) -> bool:
    for name in path:
        if not isinstance(node, Mapping) or name not in node:
            return False
        node = node[name]
    return True


def nested(flat: Mapping[str, Value]) -> dict[str, object]:
    """Answers by JSON Pointer as the answer of a form."""
    whole: dict[str, object] = {}
    for pointer, value in flat.items():
        *way, last = parted(pointer)
        node = whole
        for name in way:
            node = cast("dict[str, object]", node.setdefault(name, {}))
        node[last] = value
    return whole


def questions(form: Form, pointers: Iterable[str]) -> tuple[Question, ...]:
    """Fields of a form as questions, in the order of its pages."""
    wanted = set(pointers)
    fields = places(form.schema).fields
    shown = [pointer for page in form.ui.pages for pointer in page.fields if pointer in wanted]
    return tuple(_question(form, pointer, fields[pointer]) for pointer in shown)


def _question(form: Form, pointer: str, node: Schema) -> Question:
    field = form.ui.fields[pointer]
    english = field.choices_en or {}
    shown = tuple(
        Choice(value, *YES_NO[value])
        if isinstance(value, bool)
        else Choice(value, str(value), english.get(value, "") if isinstance(value, str) else str(value))
        for value in cast("list[Value]", choices(node))
    )
    return Question(pointer, field.label_vi, field.label_en, field.hint_vi, field.hint_en, shown)


def fault(expression: str, form: Form, today: date) -> str:
    """The rule that a condition on a sound form breaks, or nothing."""
    known = places(form.schema)
    try:
        reading = read(expression, known)
        compiled(expression)
    except Refused as refused:
        return refused.rule
    if not reading.reads:
        return "condition_field"
    offered = {
        pointer: cast("list[Value]", choices(known.fields.get(pointer, {}))) for pointer in sorted(reading.reads)
    }
    if not all(offered.values()) or any("*" in parted(pointer) for pointer in offered):
        return "condition_choice"
    tried = (nested(dict(zip(offered, values, strict=True))) for values in product(*offered.values()))
    found = {_holds(Scope(answer, today), expression) for answer in islice(tried, TRIED)}
    if None in found:
        return "condition_value"
    return "condition_constant" if len(found) == 1 else ""
