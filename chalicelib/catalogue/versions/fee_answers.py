"""What of the answers that decide on a fee keeps a version from being published: a field that the form has not, or that
cannot say it.
"""

from collections.abc import Iterator
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import PAYERS, FeeAnswer
from chalicelib.forms.form import Form
from chalicelib.law.problems import Problem
from chalicelib.law.scales import MEASURES

PAYER: Final = "payer"
_AT: Final = "/facts/fee_answers"


def fee_answer_problems(facts: Facts, form: object) -> Iterator[Problem]:
    """What is wrong with the fields that say who pays, for how many, or of which sum."""
    sound = _sound_form(form) if facts.fee_answers else None
    seen = set[str]()
    for place, each in enumerate(facts.fee_answers):
        at = f"{_AT}/{place}"
        if each.gives not in {PAYER, *MEASURES}:
            vi, en = (
                "Câu trả lời cho biết payer, quantity, value hay capital",
                "It gives payer, quantity, value, capital",
            )
            yield Problem(f"{at}/gives", "measure", vi, en)
        if each.gives in seen:
            yield Problem(f"{at}/gives", "unique", "Hai câu hỏi cho cùng một điều", "Two fields give the same")
        seen.add(each.gives)
        if sound:
            yield from _field(at, each, sound)


def _field(at: str, answer: FeeAnswer, form: Form) -> Iterator[Problem]:
    from chalicelib.forms.fields import choices, kind, places

    field = places(form.schema).fields.get(answer.field)
    if field is None or "*" in answer.field:
        vi, en = "Biểu mẫu không có câu hỏi này", "The form has no such field"
        yield Problem(f"{at}/field", "field", vi, en)
        return
    if answer.gives == PAYER:
        yield from _groups(at, answer, choices(field))
        return
    if kind(field) != "integer":
        vi, en = "Câu hỏi phải nhận số nguyên", "The field has to take a whole number"
        yield Problem(f"{at}/field", "integer", vi, en)
    if answer.groups:
        yield Problem(f"{at}/groups", "measure", "Chỉ payer mới có nhóm", "Only payer has groups")


def _groups(at: str, answer: FeeAnswer, offered: list[object]) -> Iterator[Problem]:
    """Each choice says one group, or none of them: what is left out would be a guess."""
    if not offered:
        vi, en = "Câu hỏi phải có lựa chọn sẵn", "The field has to have choices"
        yield Problem(f"{at}/field", "choices", vi, en)
    wanted = [(type(each), each) for each in offered]
    said = [(type(each.answer), each.answer) for each in answer.groups]
    for place, (each, group) in enumerate(zip(said, answer.groups, strict=True)):
        if each not in wanted or each in said[:place]:
            vi, en = "Câu hỏi không có lựa chọn này, hoặc đã nêu", "The field has no such choice, or it came before"
            yield Problem(f"{at}/groups/{place}/answer", "answer", vi, en)
        if group.payer is not None and group.payer not in PAYERS:
            vi, en = f"Không có nhóm người nộp {group.payer}", f"No such group of payers: {group.payer}"
            yield Problem(f"{at}/groups/{place}/payer", "payer", vi, en)
    if any(each not in said for each in wanted):
        vi, en = "Còn lựa chọn chưa nêu thuộc nhóm nào", "Of a choice it is not said which group it is"
        yield Problem(f"{at}/groups", "complete", vi, en)


def _sound_form(form: object) -> Form | None:
    """The form; None for one that is not sound, whose own problems are told elsewhere."""
    from chalicelib.forms.dictionary import shipped_dictionary
    from chalicelib.forms.document import check_form
    from chalicelib.forms.form import form_of

    return None if check_form(form, shipped_dictionary()) else form_of(form)
