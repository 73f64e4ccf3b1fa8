"""What a person is told of a fault: the field by its label, the rule in words, a right value, and the way out.

The words are the form's own where it has some, else those that the data dictionary has for the field's key; what the
schema says (choices, lengths, limits) is read from it. Each text is a pair, Vietnamese and English.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, cast

from chalicelib.forms.dictionary import Entry, shipped_dictionary
from chalicelib.forms.fields import Places, kind, places
from chalicelib.forms.form import Form, Rule, Schema
from chalicelib.forms.letters import FULL_NAME, LONGEST_NAME
from chalicelib.forms.limits import subschemas
from chalicelib.forms.problems import ANSWERS, Problem, Said, parted, told

type Pair = tuple[str, str]
type Fault = tuple[str, str]
"""A pointer and the name of the rule that is broken there."""

NOTHING: Final = ("", "")
CHOICES, CHOICE = 3, 90
"""Choices that an example shows, and characters of each."""
FAULTS: Final = {
    "required": ("chưa điền", "not filled in"),
    "blank": ("chưa điền", "not filled in"),
    "enum": ("hãy chọn một trong các lựa chọn của biểu mẫu", "choose one of the form's choices"),
    "const": ("hãy chọn một trong các lựa chọn của biểu mẫu", "choose one of the form's choices"),
    "minLength": ("ngắn quá, cần ít nhất {n} ký tự", "too short, at least {n} characters are needed"),
    "maxLength": ("dài quá, nhiều nhất {n} ký tự", "too long, at most {n} characters"),
    "minimum": ("nhỏ quá, phải từ {n} trở lên", "too small, it has to be {n} or more"),
    "maximum": ("lớn quá, nhiều nhất là {n}", "too large, it may be {n} at most"),
    "minItems": ("cần ít nhất {n} mục", "at least {n} entries are needed"),
    "maxItems": ("nhiều mục quá, nhiều nhất {n}", "too many entries, at most {n}"),
}
TYPES: Final = {
    "integer": ("hãy viết một số nguyên, chỉ gồm chữ số", "write a whole number, digits only"),
    "number": ("hãy viết một số", "write a number"),
    "boolean": ("hãy chọn Có hoặc Không", "choose Yes or No"),
    "array": ("hãy ghi thành danh sách", "give a list"),
}
PLAIN_TEXT: Final = (
    "chỉ dùng chữ cái La-tinh, chữ số, dấu cách và dấu câu thường",
    "use Latin letters, digits, spaces and common punctuation only",
)
YES_OR_NO: Final = ("Có, hoặc Không", "Yes, or No")
SHOWN: Final = {"date": "2026-11-18", "email": "hoa@example.vn", "integer": "1", "number": "1"}
EMPTY: Final = ("Mục này không bắt buộc, có thể để trống.", "This one may be left empty.")
KEPT: Final = (
    "Chưa biết thì hỏi cơ quan tiếp nhận trước khi nộp; nội dung đã điền vẫn được giữ.",
    "If you do not know, ask the receiving agency before you submit; what you filled in is kept.",
)
OTHER_CASE: Final = (
    "Để trống mục này, hoặc chọn lại trường hợp.",
    "Leave it empty, or choose another case.",
)
NOT_ASKED: Final = ("Bỏ mục này: biểu mẫu không hỏi.", "Take it out: the form does not ask for it.")
STRANGE: Final = ("Mục ngoài biểu mẫu", "Something beside the form")


def tell(form: Form, faults: Iterable[Fault]) -> list[Problem]:
    """The problems of these faults, in their order."""
    teller = _Teller(form)
    return [teller.problem(pointer, rule) for pointer, rule in faults]


def tell_checks(form: Form, broken: Iterable[Rule]) -> list[Problem]:
    """The problems of these checks, in their order."""
    teller = _Teller(form)
    return [teller.check(rule) for rule in broken]


class _Teller:
    """The words of one form; nothing of its schema is read before something is to be told."""

    def __init__(self, form: Form) -> None:
        self._form = form

    @cached_property
    def _known(self) -> Places:
        return places(self._form.schema)

    @cached_property
    def _needed_by_case(self) -> frozenset[str]:
        """Names of fields that some case needs."""
        return frozenset(
            str(name)
            for path, node in subschemas(self._form.schema)
            if {"then", "else"} & set(path)
            for name in cast("list[object]", node.get("required", []))
        )

    def problem(self, pointer: str, rule: str) -> Problem:
        general = self._known.general(pointer)
        if general in self._known.fields and general in self._form.ui.fields:
            node = self._known.fields[general]
            fault = self._fault(general, node, rule)
            return self._told(pointer, rule, fault, self._example(general), self._way_out(general, rule))
        if general in self._known.groups and general:
            return self._group(pointer, general, rule)
        field = STRANGE if general else (self._form.title_vi, self._form.title_en)
        way_out = NOT_ASKED if rule == "additionalProperties" else NOTHING
        return _pairs(pointer, rule, field, _worded(rule), NOTHING, way_out)

    def check(self, rule: Rule) -> Problem:
        own = (rule.way_out_vi or "", rule.way_out_en or "")
        example = (rule.example_vi or "", rule.example_en or "")
        within = rule.target if rule.target in self._form.ui.fields else next(iter(self._below(rule.target)), "")
        return self._told(
            rule.target,
            rule.id,
            (rule.message_vi, rule.message_en),
            example if all(example) else self._example(within),
            own if all(own) else self._way_out(within, rule.id),
        )

    def _told(self, pointer: str, rule: str, fault: Pair, example: Pair, way_out: Pair) -> Problem:
        return _pairs(pointer, rule, self._label(pointer), fault, example, way_out)

    def _label(self, pointer: str) -> Pair:
        """The field's label, or the title of the page where a group begins; of a list with the number of the entry."""
        general = self._known.general(pointer)
        field = self._form.ui.fields.get(general)
        vi, en = (field.label_vi, field.label_en) if field else self._page(general)
        numbers = [one for one, of in zip(parted(pointer), parted(general), strict=False) if of == "*"]
        if numbers:
            entry = int(numbers[0]) + 1
            return f"{vi} (mục {entry})", f"{en} (entry {entry})"
        return vi, en

    def _page(self, group: str) -> Pair:
        first = next(iter(self._below(group)), "")
        for page in self._form.ui.pages:
            if first in page.fields:
                return page.title_vi, page.title_en
        return self._form.title_vi, self._form.title_en

    def _below(self, group: str) -> Iterator[str]:
        """The fields of a group, those that are always needed first, in the order of the pages."""
        shown = [pointer for page in self._form.ui.pages for pointer in page.fields if pointer.startswith(f"{group}/")]
        yield from sorted(shown, key=lambda pointer: pointer not in self._known.always_required)

    def _group(self, pointer: str, group: str, rule: str) -> Problem:
        """A part of the form that is not there or not as it should be: its fields are named."""
        fields = list(self._below(group))
        needed = [one for one in fields if one in self._known.always_required] or fields
        labels = [self._form.ui.fields[one] for one in needed]
        vi, en = "; ".join(one.label_vi for one in labels), "; ".join(one.label_en for one in labels)
        first, example = labels[0], self._example(needed[0])
        return _pairs(
            pointer,
            rule,
            self._page(group),
            _limited(rule, self._known.groups[group]) or _worded(rule),
            (f"{first.label_vi}: {example[0]}", f"{first.label_en}: {example[1]}"),
            OTHER_CASE if rule == "falseSchema" else (f"Điền: {vi}.", f"Fill in: {en}."),
        )

    def _fault(self, general: str, node: Schema, rule: str) -> Pair:
        field, entry = self._form.ui.fields[general], self._entry(general)
        expects = _own(field.expects_vi, field.expects_en) or _of(entry, "expects")
        if rule == "type":
            return TYPES.get(kind(node)) or expects or ("hãy viết thành một dòng chữ", "write a line of text")
        if rule in {"pattern", "format", "name_letters"}:
            return expects or (_worded(rule) if rule == "name_letters" else PLAIN_TEXT)
        limits = {"maxLength": min(LONGEST_NAME, cast("int", node.get("maxLength", LONGEST_NAME)))}
        is_name = field.key.partition("@")[0] == FULL_NAME
        vi, en = _limited(rule, {**node, **limits} if is_name else node) or _worded(rule)
        if rule in {"minimum", "maximum", "minLength"} and expects:
            return f"{vi}; {expects[0]}", f"{en}; {expects[1]}"
        return vi, en

    def _entry(self, general: str) -> Entry | None:
        return shipped_dictionary().entry(self._form.ui.fields[general].key)

    def _example(self, general: str) -> Pair:
        """A value that the field takes, as a person writes or chooses it."""
        field = self._form.ui.fields.get(general)
        if field is None:
            return NOTHING
        node, entry = self._known.fields[general], self._entry(general)
        if field.example:
            return field.example, field.example
        choices = cast("list[object]", node.get("enum", [node["const"]] if "const" in node else []))
        if choices:
            shown = "; ".join(_cut(str(choice)) for choice in choices[:CHOICES])
            more = "; …" if len(choices) > CHOICES else ""
            return shown + more, shown + more
        if kind(node) == "boolean":
            return YES_OR_NO
        of_sort = SHOWN.get(str(node.get("format", kind(node))), "")
        found = (entry.example if entry else None) or of_sort
        return found, found

    def _way_out(self, general: str, rule: str) -> Pair:
        if rule == "falseSchema":
            return OTHER_CASE
        field = self._form.ui.fields.get(general)
        if field is None:
            return KEPT
        if own := _own(field.way_out_vi, field.way_out_en):
            return own
        is_needed = rule == "required" or general in self._known.always_required | self._conditional(general)
        known = _of(self._entry(general), "way_out")
        if is_needed:
            return known or KEPT
        return (f"{known[0]} {EMPTY[0]}", f"{known[1]} {EMPTY[1]}") if known else EMPTY

    def _conditional(self, general: str) -> frozenset[str]:
        return frozenset({general} if parted(general)[-1] in self._needed_by_case else ())


def _pairs(pointer: str, rule: str, field: Pair, fault: Pair, example: Pair, way_out: Pair) -> Problem:
    vi, en = (Said(*texts) for texts in zip(field, fault, example, way_out, strict=True))
    return told(pointer, rule, vi, en)


def _own(vi: str | None, en: str | None) -> Pair | None:
    return (vi, en) if vi and en else None


def _of(entry: Entry | None, what: str) -> Pair | None:
    if entry is None:
        return None
    if what == "expects":
        return _own(entry.expects_vi, entry.expects_en)
    return _own(entry.way_out_vi, entry.way_out_en)


def _worded(rule: str) -> Pair:
    """The sentence of a rule of the schema or of the letters."""
    vi, en = FAULTS.get(rule) or ANSWERS.get(rule, ("không hợp lệ", "not valid"))
    return vi[:1].lower() + vi[1:], en[:1].lower() + en[1:]


def _limited(rule: str, node: Schema) -> Pair | None:
    """The sentence of a limit, with the limit."""
    if rule not in FAULTS or rule not in node or "{n}" not in FAULTS[rule][0]:
        return None
    vi, en = FAULTS[rule]
    return vi.format(n=node[rule]), en.format(n=node[rule])


def _cut(text: str) -> str:
    return text if len(text) <= CHOICE else text[: CHOICE - 1] + "…"
