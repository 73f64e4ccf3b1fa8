"""What of the conditions on papers keeps a version from being published: what the form cannot ask or nobody can tell
apart.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Component, Condition
from chalicelib.forms.form import Form
from chalicelib.law.problems import Problem

UNCONDITIONAL: Final = frozenset({"form", "paper", "data"})
_TRIED_ON: Final = date(2026, 1, 1)  # a condition reads choices, which no day changes


def condition_problems(facts: Facts, form: object) -> Iterator[Problem]:
    """What is wrong with the conditions of the components, by which channel and by which answers they are asked for."""
    for place, component in enumerate(facts.components):
        yield from _channels(f"/facts/components/{place}/channels", component, facts)
    yield from _cases(facts)
    conditions = {place: each.when for place, each in enumerate(facts.components) if each.when}
    if not conditions:
        return
    sound = sound_form(form)
    for place, condition in conditions.items():
        at = f"/facts/components/{place}"
        if facts.components[place].need in UNCONDITIONAL:
            vi, en = "Chỉ giấy tờ always hoặc case mới có điều kiện", "Only what is needed always or in a case has one"
            yield Problem(f"{at}/when", "need", vi, en)
        yield from _sentences(f"{at}/when", condition)
        if sound:
            yield from _expression(f"{at}/when/expression", condition, sound)
    if sound:
        yield from _questions([each.expression for each in conditions.values()], sound)


def _channels(at: str, component: Component, facts: Facts) -> Iterator[Problem]:
    if strange := sorted(set(component.channels) - set(facts.channels)):
        vi, en = f"Thủ tục không có cách nộp {strange[0]}", f"The procedure has no channel {strange[0]}"
        yield Problem(at, "channel", vi, en)


def _sentences(at: str, condition: Condition) -> Iterator[Problem]:
    for name, text in (("spared_vi", condition.spared_vi), ("spared_en", condition.spared_en)):
        if not text.strip():
            vi, en = "Cần nói vì sao không phải nộp", "Say why the paper is spared"
            yield Problem(f"{at}/{name}", "complete", vi, en)


def _expression(at: str, condition: Condition, form: Form) -> Iterator[Problem]:
    from chalicelib.forms.conditions import SENTENCES, fault

    if rule := fault(condition.expression, form, _TRIED_ON):
        yield Problem(at, rule, *SENTENCES[rule])


def _questions(expressions: list[str], form: Form) -> Iterator[Problem]:
    """Each question has a text of its own in each language, and so has each of its choices."""
    from chalicelib.forms.conditions import questions, reads
    from chalicelib.forms.expressions import Refused
    from chalicelib.forms.problems import joined

    pointers = set[str]()
    for expression in expressions:
        try:
            pointers |= reads(expression) & form.ui.fields.keys()
        except Refused:
            continue  # named by its own place
    seen: dict[str, str] = {}
    for each in questions(form, pointers):
        at = joined(("form", "ui", "fields", each.field))
        for name, text in (("label_vi", each.text_vi), ("label_en", each.text_en)):
            if seen.setdefault(text.strip().casefold(), each.field) != each.field:
                vi, en = "Hai câu hỏi có cùng lời", "Two questions have the same text"
                yield Problem(f"{at}/{name}", "question_same", vi, en)
        if not all(choice.text_en for choice in each.choices):
            vi, en = "Các lựa chọn chưa có tiếng Anh", "The choices have no English"
            yield Problem(f"{at}/choices_en", "choices_english", vi, en)


def _cases(facts: Facts) -> Iterator[Problem]:
    """Cases that change the list of papers are chosen by name: two of one name cannot be told apart."""
    used = {case for component in facts.components for case in component.cases}
    seen = set[str]()
    for place, case in enumerate(facts.cases):
        name = (case.name_vi or "").strip().casefold()
        if case.code in used and name in seen:
            vi, en = "Hai trường hợp có cùng tên", "Two cases have the same name"
            yield Problem(f"/facts/cases/{place}/name_vi", "unique", vi, en)
        seen |= {name} if case.code in used else set()


def sound_form(form: object) -> Form | None:
    """The form; None for one that is not sound, whose own problems are told elsewhere."""
    from chalicelib.forms.dictionary import shipped_dictionary
    from chalicelib.forms.document import check_form
    from chalicelib.forms.form import form_of

    return None if check_form(form, shipped_dictionary()) else form_of(form)
