"""Whether a form may be published: its shape, its schema's limits, what it says of each field, and its rules."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from chalicelib.forms import limits
from chalicelib.forms.dictionary import Dictionary
from chalicelib.forms.expressions import SENTENCES as EXPRESSIONS
from chalicelib.forms.expressions import Reading, Refused, read
from chalicelib.forms.fields import Places, choices, kind, places, resolved
from chalicelib.forms.form import Field, Form, Rule, Schema, Ui, form_of
from chalicelib.forms.letters import text_fault
from chalicelib.forms.problems import Problem, answer_problem, joined
from chalicelib.forms.rules import BUDGET, MAX_RULES, compiled

SENTENCES = {
    "field_unlabelled": ("Trường chưa có phần ui với nhãn hai thứ tiếng", "The field has no ui entry with both labels"),
    "field_unknown": ("Trường không có trong lược đồ", "A field that is not in the schema"),
    "label_unprintable": ("Nhãn có chữ không in được trên kết quả", "The label has letters that no result can print"),
    "field_untyped": ("Trường phải có một kiểu dữ liệu xác định", "A field needs one definite type"),
    "key_unknown": ("Khóa không có trong từ điển dữ liệu", "The key is not in the data dictionary"),
    "key_type": ("Kiểu dữ liệu khác với từ điển", "The type differs from the dictionary's"),
    "source_unknown": ("Cơ sở dữ liệu hoặc loại giấy tờ không có trong từ điển",
                       "The database or document type is not in the dictionary"),
    "reason_missing": ("Không có nguồn dữ liệu thì phải nêu lý do hỏi", "Without a source, say why it is asked"),
    "choices_english": ("Bản tiếng Anh của các lựa chọn thiếu, thừa hoặc trùng nhau",
                   "English for the choices is missing, too much, or the same for two of them"),
    "page_field_unknown": ("Trang chứa trường không có", "A page holds a field that is not there"),
    "page_missing": ("Trường chưa nằm trên trang nào", "The field is on no page"),
    "page_repeated": ("Trường nằm trên nhiều trang", "The field is on more than one page"),
    "page_id_repeated": ("Mã trang bị lặp", "A page's id is repeated"),
    "rule_id_repeated": ("Mã quy tắc bị lặp", "A rule's id is repeated"),
    "rule_target": ("Đích của quy tắc không có hoặc nằm trong danh sách",
                    "The rule's target is not there or is in a list"),
    "rule_target_repeated": ("Trường được tính bởi hai quy tắc", "Two rules compute the same field"),
    "rule_order": ("Quy tắc đọc trường mà quy tắc sau mới quyết định", "The rule reads what a later rule decides"),
    "visible_required": ("Trường có thể ẩn thì không được luôn bắt buộc",
                         "What may be hidden must not always be required"),
    "rules_many": (f"Biểu mẫu có quá {MAX_RULES} quy tắc", f"The form has over {MAX_RULES} rules"),
    "rules_cost": ("Các quy tắc có thể tốn quá ngân sách tính toán", "The rules may cost more than the budget"),
} | EXPRESSIONS  # fmt: skip


def check_form(document: object, dictionary: Dictionary) -> list[Problem]:
    """Everything that keeps the form from being published, by name and pointer; empty when it may be."""
    early = limits.size_problem(document)
    if early:
        return [early]
    found = [
        answer_problem(joined(error.instance_path), error.kind.name)
        for error in limits.validator(_form_schema()).iter_errors(cast("dict[str, object]", document))
    ]
    if found:
        return found
    form = form_of(document)
    found = limits.schema_problems(form.schema)
    if found:
        return found
    known = places(form.schema)
    return [
        *_groups(known),
        *_fields(form, known, dictionary),
        *_pages(form.ui, known),
        *_rules(form.rules, known),
    ]


@cache
def _form_schema() -> Schema:
    found: Schema = json.loads((Path(__file__).parent / "data" / "form.schema.json").read_text("utf-8"))
    return found


def _problem(pointer: str, rule: str) -> Problem:
    return Problem(pointer, rule, *SENTENCES[rule])


def _groups(known: Places) -> Iterator[Problem]:
    """What holds fields is closed, and a list that is a field says what its entries are."""
    for node in known.groups.values():
        if "properties" in node and node.get("additionalProperties") is not False:
            yield Problem("/schema", "object_open", *limits.SENTENCES["object_open"])
    for pointer, node in known.fields.items():
        if kind(node) == "array" and not kind(resolved(known.groups[""], node.get("items"))):
            yield _problem(joined(("ui", "fields", pointer)), "field_untyped")


def _fields(form: Form, known: Places, dictionary: Dictionary) -> Iterator[Problem]:
    computed = {rule.target for rule in form.rules if rule.kind == "computed"}
    shown = form.ui.fields
    for pointer in sorted(known.fields.keys() | shown.keys()):
        place = joined(("ui", "fields", pointer))
        if pointer not in shown:
            yield _problem(place, "field_unlabelled")
        elif pointer not in known.fields:
            yield _problem(place, "field_unknown")
        else:
            field = shown[pointer]
            if text_fault(field.label_vi):
                yield _problem(place + "/label_vi", "label_unprintable")
            if field.choices_en is not None and not _in_english(field.choices_en, known.fields[pointer]):
                yield _problem(place + "/choices_en", "choices_english")
            yield from _meaning(place, field, kind(known.fields[pointer]), dictionary)
            yield from _source(place, field, dictionary, needs_reason=pointer not in computed)


def _in_english(told: Mapping[str, str], node: Schema) -> bool:
    offered = {each for each in choices(node) if isinstance(each, str)}
    return told.keys() == offered and len(set(told.values())) == len(told)


def _meaning(place: str, field: Field, sort: str, dictionary: Dictionary) -> Iterator[Problem]:
    entry = dictionary.entry(field.key)
    if sort in {"", "object", "null"}:
        yield _problem(place, "field_untyped")
    if entry is None:
        yield _problem(place + "/key", "key_unknown")
    elif sort and entry.type != sort:
        yield _problem(place + "/key", "key_type")


def _source(place: str, field: Field, dictionary: Dictionary, *, needs_reason: bool) -> Iterator[Problem]:
    source = field.source
    if source is None:
        if needs_reason and not (field.asked_because_vi and field.asked_because_en):
            yield _problem(place, "reason_missing")
    elif source.database not in {None, *dictionary.databases} or source.vault not in {None, *dictionary.documents}:
        yield _problem(place + "/source", "source_unknown")


def _pages(ui: Ui, known: Places) -> Iterator[Problem]:
    shown = Counter(pointer for page in ui.pages for pointer in page.fields)
    for at, page in enumerate(ui.pages):
        yield from (
            _problem(f"/ui/pages/{at}/fields/{place}", "page_field_unknown")
            for place, pointer in enumerate(page.fields)
            if pointer not in known.fields
        )
    if len({page.id for page in ui.pages}) < len(ui.pages):
        yield _problem("/ui/pages", "page_id_repeated")
    for pointer in known.fields:
        if shown[pointer] != 1:
            yield _problem(joined(("ui", "fields", pointer)), "page_repeated" if shown[pointer] else "page_missing")


def _rules(rules: Sequence[Rule], known: Places) -> Iterator[Problem]:
    if len(rules) > MAX_RULES:
        yield _problem("/rules", "rules_many")
        return
    if len({rule.id for rule in rules}) < len(rules):
        yield _problem("/rules", "rule_id_repeated")
    readings: list[Reading] = []
    for at, rule in enumerate(rules):
        place = f"/rules/{at}"
        yield from _target(place, rule, known)
        try:
            readings.append(_reading(rule.expression, known))
        except Refused as refused:
            yield _problem(place + "/expression", refused.rule)
        else:
            yield from _order(place, readings[-1], rules[at:], rule)
    computed = [rule.target for rule in rules if rule.kind == "computed"]
    if len(set(computed)) < len(computed):
        yield _problem("/rules", "rule_target_repeated")
    if sum(reading.cost(limits.MAX_ITEMS) for reading in readings) > BUDGET:
        yield _problem("/rules", "rules_cost")


def _reading(expression: str, known: Places) -> Reading:
    reading = read(expression, known)
    compiled(expression)
    return reading


def _target(place: str, rule: Rule, known: Places) -> Iterator[Problem]:
    target = rule.target
    allowed = known.fields.keys() if rule.kind == "computed" else known.fields.keys() | known.groups.keys()
    if target not in allowed or "/*" in target or not target:
        yield _problem(place + "/target", "rule_target")
    elif rule.kind == "visible" and target in known.always_required:
        yield _problem(place + "/target", "visible_required")


def _order(place: str, reading: Reading, later: Sequence[Rule], rule: Rule) -> Iterator[Problem]:
    """Rules run from the first to the last, checks after all others; none may read what is not settled yet."""
    if rule.kind == "check":
        return
    decided = {other.target for other in later if other.kind != "check"}
    if any(one == other or other.startswith(one + "/") or one.startswith(other + "/")
           for one in decided for other in reading.reads):  # fmt: skip
        yield _problem(place + "/expression", "rule_order")
