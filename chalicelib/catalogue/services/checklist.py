"""The papers that apply to me: by channel, by case and by answers, with the reason of each one that is spared."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Case, Component
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound

if TYPE_CHECKING:
    from chalicelib.forms.conditions import Question

ASKED: Final = frozenset({"always", "case", "shown", "unknown"})
"""Needs that put a paper on a list, to hand in or to show; the form, paper channels and databases are told apart."""
ONLINE: Final = "ONLINE"
ON_PAPER: Final = {
    "paper": ("Bản giấy chỉ nộp trực tiếp hoặc qua bưu chính", "Only for filing on paper, at the counter or by post"),
    "form": ("Biểu mẫu điện tử chỉ dùng khi nộp trực tuyến", "The electronic form is for filing online only"),
}
BY_DATA: Final = ("Cơ sở dữ liệu đã có thông tin này", "A database holds what the paper says")
OTHER_CHANNEL: Final = ("Không yêu cầu đối với cách nộp này", "Not asked of those who file this way")
OTHER_CASE: Final = ("Chỉ yêu cầu trong trường hợp khác", "Asked in another case only")
type Why = tuple[str, str]


class Answer(NamedTuple):
    """What was answered: a field of the form by JSON Pointer, its label in both languages, the value."""

    field: str
    text_vi: str
    text_en: str
    value: str | int | bool


class Spared(NamedTuple):
    """A paper that is not asked for: why, by which answers, and which clause says so."""

    component: Component
    why: Why
    answers: tuple[Answer, ...] = ()
    cites: str | None = None


class Asked(NamedTuple):
    """What somebody said of themselves: a case, a channel, answers by JSON Pointer into the form."""

    case: str | None = None
    channel: str = ONLINE
    answers: Mapping[str, str | int | bool] = {}


class Checklist(NamedTuple):
    """Papers that are asked for, papers that wait for an answer, papers that are spared; what still changes the list.

    `cases` are to be chosen from, none where the choice would change nothing.
    """

    papers: tuple[Component, ...]
    undecided: tuple[Component, ...]
    spared: tuple[Spared, ...]
    cases: tuple[Case, ...]
    questions: "tuple[Question, ...]"


class _Conditions(NamedTuple):
    """The conditions of a procedure's papers under some answers, by expression; every question that they ask."""

    hold: Mapping[str, bool | None] = {}
    read: Mapping[str, frozenset[str]] = {}
    questions: "tuple[Question, ...]" = ()


def checklist(facts: Facts, form: Mapping[str, object], asked: Asked, today: date) -> Checklist:
    """The papers for what was said. Raises NotFound for an unknown case, BodyInvalid for an unknown answer."""
    if asked.case is not None and asked.case not in {each.code for each in facts.cases}:
        raise NotFound(what="case")
    known = _conditions(facts, form, asked, today)
    papers, undecided, spared = list[Component](), list[Component](), list[Spared]()
    for component in facts.components:
        if reason := _spared(component, asked) or _spared_by_answers(component, asked, known):
            spared.append(reason)
        elif component.when and known.hold[component.when.expression] is None:
            undecided.append(component)
        else:
            papers.append(component)
    tells_apart = asked.case is None and any(component.cases for component in facts.components)
    waits = {field for each in undecided if each.when for field in known.read[each.when.expression]}
    return Checklist(
        tuple(papers),
        tuple(undecided),
        tuple(spared),
        facts.cases if tells_apart else (),
        tuple(each for each in known.questions if each.field in waits - asked.answers.keys()),
    )


def _spared(component: Component, asked: Asked) -> Spared | None:
    """Why a paper is not asked for, whatever is answered in the form."""
    if component.need == "data":
        return Spared(component, BY_DATA, cites=component.source.clause if component.source else None)
    if component.need in ON_PAPER and (component.need == "form") != (asked.channel == ONLINE):
        return Spared(component, ON_PAPER[component.need])
    if component.channels and asked.channel not in component.channels:
        return Spared(component, OTHER_CHANNEL)
    if asked.case is not None and component.cases and asked.case not in component.cases:
        return Spared(component, OTHER_CASE)
    return None


def _spared_by_answers(component: Component, asked: Asked, known: _Conditions) -> Spared | None:
    """Why the answers spare a paper, and by which of them."""
    condition = component.when
    if condition is None or known.hold[condition.expression] is not False:
        return None
    answers = tuple(
        Answer(each.field, each.text_vi, each.text_en, asked.answers[each.field])
        for each in known.questions
        if each.field in known.read[condition.expression] and each.field in asked.answers
    )
    return Spared(component, (condition.spared_vi, condition.spared_en), answers, condition.cites)


def _conditions(facts: Facts, form: Mapping[str, object], asked: Asked, today: date) -> _Conditions:
    """The conditions under the answers; the engine of rules is loaded only where there are any."""
    expressions = {each.when.expression for each in facts.components if each.when}
    if not expressions:
        _require_known(asked.answers, ())
        return _Conditions()
    from chalicelib.forms.conditions import decided, nested, questions, reads
    from chalicelib.forms.form import form_of

    read = {each: reads(each) for each in expressions}
    known = questions(form_of(form), {field for fields in read.values() for field in fields})
    _require_known(asked.answers, known)
    hold = decided({each: each for each in expressions}, nested(asked.answers), today)
    return _Conditions(hold, read, known)


def _require_known(answers: Mapping[str, str | int | bool], questions: "Iterable[Question]") -> None:
    """Answers to other questions would be passed over, and a value that nobody may choose would spare a paper."""
    known, broken = {each.field: each for each in questions}, list[FieldError]()
    for pointer, value in answers.items():
        at = "/answers/" + pointer.replace("~", "~0").replace("/", "~1")
        if pointer not in known:
            vi, en = "Không phải câu hỏi của danh mục giấy tờ này", "No question of this list of papers"
            broken.append(FieldError(at, "unknown", vi, en))
        elif not any(each.value == value and type(each.value) is type(value) for each in known[pointer].choices):
            broken.append(FieldError(at, "enum", "Không thuộc danh sách lựa chọn", "Not one of the choices"))
    if broken:
        raise BodyInvalid(fields=broken)
