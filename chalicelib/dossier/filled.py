"""A form as it was filled in: how it is read against its document, and what a dossier keeps of it beside the values.

Whoever asks loads what reads forms; a function that only submits does not.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from chalicelib.contracts.plan import Plan, PlannedFeeAnswer
from chalicelib.contracts.submission import FiledGiven
from chalicelib.dossier import form_people
from chalicelib.dossier.broken_rules import FieldProblem, FieldSaid
from chalicelib.dossier.items import FormItem
from chalicelib.forms.evaluate import Outcome, evaluate
from chalicelib.forms.form import Form
from chalicelib.forms.problems import MAX_PROBLEMS, Problem, Said, answer_problem, parted
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.ids import canonical
from chalicelib.law.codes import personal_number_in
from chalicelib.sealing.door import seal

NUMBER: Final = "person.personal_id"
"""The key of the data dictionary whose values are personal numbers."""


class ReadAnswer(NamedTuple):
    """An answer as the server reads it: its outcome, the components it asks for, the digest of its values."""

    outcome: Outcome
    papers: "Papers"
    sha256: str

    @property
    def errors(self) -> list[Problem]:
        """Everything that refuses it, each place once."""
        return together(self.outcome.errors, self.papers.open)


def read_answer(plan: Plan, document: Form, values: object, today: date) -> ReadAnswer:
    """An answer, complete or not, by the pinned form: what is computed is computed here, what is hidden is dropped."""
    outcome = evaluate(document, values, today)
    found = papers(plan, outcome.values, today)
    return ReadAnswer(outcome, found, hashlib.sha256(canonical(outcome.values).encode()).hexdigest())


def form_item(reference: str, plan: Plan, document: Form, answer: ReadAnswer, version: int) -> FormItem:
    """What a draft or dossier keeps of an answer, encrypted under its key. Raises ContentErased."""
    outcome, asked = answer.outcome, answer.papers
    return FormItem(
        sealed=seal(reference, outcome.values),
        answers=seal(reference, answers(document, outcome.values)),
        errors=tuple(map(kept, answer.errors)),
        warnings=tuple(map(kept, outcome.warnings)),
        hidden=tuple(outcome.hidden),
        asked=asked.asked,
        spared=asked.spared,
        fee_said=fee_said(plan, outcome.values),
        named=form_people.together(named(document, outcome.values)),
        version=version,
    )


def kept(problem: Problem) -> FieldProblem:
    """A broken rule as it is kept and shown; the value itself is never repeated."""
    return FieldProblem(
        pointer=problem.pointer,
        rule=problem.rule,
        message_vi=problem.message_vi,
        message_en=problem.message_en,
        vi=_parts(problem.vi),
        en=_parts(problem.en),
    )


def _parts(said: Said | None) -> FieldSaid | None:
    return FieldSaid(field=said.field, example=said.example, way_out=said.way_out) if said else None


def together(errors: Iterable[Problem], more: Iterable[Problem]) -> list[Problem]:
    """Problems of an answer with some more; a place that is wrong already, or lies in one, is told once."""
    told = list(errors)
    places = [parted(each.pointer) for each in told]
    told += [each for each in more if not any(parted(each.pointer)[: len(place)] == place for place in places)]
    return told[:MAX_PROBLEMS]


class Papers(NamedTuple):
    """What the answers say of the components that have a condition; `open` names what has to be answered first."""

    asked: tuple[str, ...] | None = None
    spared: tuple[str, ...] | None = None
    open: tuple[Problem, ...] = ()


def papers(plan: Plan, values: Mapping[str, object], today: date) -> Papers:
    """Which of a plan's components the answers ask for, and which they spare."""
    conditions = {c.code: c.when.expression for c in plan.components if c.when}
    if not conditions:
        return Papers()
    from chalicelib.forms.conditions import decided, unanswered

    found = decided(conditions, values, today)
    absent = [unanswered(conditions[code], values) for code, holds in found.items() if holds is None]
    rules = {(pointer, "required") for pointers in absent for pointer in pointers}
    rules |= {("", "rule_unchecked") for pointers in absent if not pointers}
    return Papers(
        tuple(code for code, holds in found.items() if holds is True),
        tuple(code for code, holds in found.items() if holds is False),
        tuple(answer_problem(*each) for each in sorted(rules)),
    )


def fee_said(plan: Plan, values: Mapping[str, object]) -> tuple[FiledGiven, ...] | None:
    """What the answers say of who pays, how many, and of which sum; None where the plan asks none of it.

    A question that was not answered, or with a number below 1, says nothing.
    """
    if not plan.fee_answers:
        return None
    return tuple(
        FiledGiven(name=each.gives, value=meant, field=each.field)
        for each in plan.fee_answers
        for value in _at(values, parted(each.field))
        if (meant := _meant(each, value)) is not None
    )


def _meant(answer: PlannedFeeAnswer, value: object) -> str | int | None:
    """What an answer says; True is no 1."""
    if answer.gives == "payer":
        groups = {(type(each.answer), each.answer): each.payer or "none" for each in answer.groups}
        return groups.get((type(value), value)) if isinstance(value, (str, int)) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 1 else None


def answers(form: Form, values: Mapping[str, object]) -> list[dict[str, str]]:
    """The answers with their labels in the order of the form's pages, as an officer and the result show them."""
    found = []
    for page in form.ui.pages:
        for pointer in page.fields:
            label = form.ui.fields[pointer].label_vi
            found += [{"label": label, "value": _said(value)} for value in _at(values, parted(pointer))]
    return found


def _at(node: object, path: tuple[str, ...]) -> list[object]:
    """The values at a place; `*` is every entry of a list."""
    if not path:
        return [node]
    if path[0] == "*":
        return [value for entry in node for value in _at(entry, path[1:])] if isinstance(node, list) else []
    return _at(node[path[0]], path[1:]) if isinstance(node, Mapping) and path[0] in node else []


def named(form: Form, values: Mapping[str, object]) -> Iterator[str]:
    """Whom an answer names by a personal number: keyed hashes, as of citizens, in the order of the form's pages."""
    pointers = [each for page in form.ui.pages for each in page.fields]
    for pointer in (each for each in pointers if form.ui.fields[each].key.partition("@")[0] == NUMBER):
        for value in _at(values, parted(pointer)):
            if isinstance(value, str) and (number := personal_number_in(value)):
                yield holder_of("CITIZEN", number)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return ", ".join(map(_said, value)) if isinstance(value, list) else str(value)


def known_of(who: Principal) -> dict[str, str]:
    """What the person's electronic identity says, by the keys of the data dictionary (Decree 69/2024)."""
    known = {"person.full_name": who.name, "person.personal_id": who.personal_id}
    return {key: value for key, value in known.items() if value}
