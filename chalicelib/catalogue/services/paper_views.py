"""What everybody reads of papers: one of them, and the list of those that apply to somebody."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.catalogue.procedures.parts import Blank, Case, Component, Condition, DataSource
from chalicelib.catalogue.restructuring.replacements import databases
from chalicelib.catalogue.services import papers, told
from chalicelib.catalogue.services.checklist import Checklist, Spared

if TYPE_CHECKING:
    from chalicelib.forms.conditions import Question


def blank_view(blank: Blank) -> told.BlankView:
    """A blank form to fill in."""
    return told.BlankView(name=blank.name, url=blank.url, store=blank.store, path=blank.path, id=blank.id)


def case_view(case: Case) -> papers.CaseView:
    """A case that the procedure tells apart."""
    return papers.CaseView(code=case.code, name_vi=case.name_vi or "")


def paper_view(component: Component) -> papers.PaperView:
    """A component as people read it."""
    return papers.PaperView(
        code=component.code or "",
        name_vi=component.name_vi,
        name_en=component.name_en,
        originals=component.originals,
        copies=component.copies,
        cases=list(component.cases),
        need=component.need,
        source=_source(component.source) if component.source else None,
        group_vi=component.heading or None,
        has_electronic_form=component.has_electronic_form,
        is_processing_result=component.is_processing_result,
        blank_forms=[blank_view(each) for each in component.blanks],
        channels=list(component.channels),
        when=_condition(component.when) if component.when else None,
    )


def _condition(condition: Condition) -> papers.ConditionView:
    return papers.ConditionView(
        expression=condition.expression,
        spared_vi=condition.spared_vi,
        spared_en=condition.spared_en,
        cites=condition.cites,
    )


def checklist_view(code: str, case: str | None, found: Checklist) -> papers.Checklist:
    """The papers that apply to somebody, with the reason of each one that does not."""
    return papers.Checklist(
        code=code,
        case=case,
        papers=[paper_view(each) for each in found.papers],
        undecided=[paper_view(each) for each in found.undecided],
        not_needed=[_spared(each) for each in found.spared],
        questions=[*_which_case(found.cases), *(_question(each) for each in found.questions)],
    )


def _spared(spared: Spared) -> papers.SparedView:
    return papers.SparedView(
        **dict(paper_view(spared.component)),
        why_vi=spared.why[0],
        why_en=spared.why[1],
        cites=spared.cites,
        answers=[papers.AnswerView(**each._asdict()) for each in spared.answers],
    )


def _which_case(cases: Sequence[Case]) -> list[papers.QuestionView]:
    if not cases:
        return []
    choices = [
        papers.ChoiceView(
            value=each.code,
            text_vi=each.name_vi or each.code,
            text_en=each.name_en or f"Case {each.code} (named in Vietnamese in the record)",
        )
        for each in cases
    ]
    return [
        papers.QuestionView(field=None, text_vi="Trường hợp của bạn", text_en="Which case is yours?", choices=choices)
    ]


def _question(question: "Question") -> papers.QuestionView:
    choices = [
        papers.ChoiceView(value=each.value, text_vi=each.text_vi, text_en=each.text_en) for each in question.choices
    ]
    return papers.QuestionView(
        field=question.field,
        text_vi=question.text_vi,
        text_en=question.text_en,
        hint_vi=question.hint_vi,
        hint_en=question.hint_en,
        choices=choices,
    )


def _source(source: DataSource) -> papers.DataSource:
    known = databases().get(source.database)
    return papers.DataSource(
        database=known.vi if known else source.database,
        owner=source.owner or "",
        instrument=source.instrument or "",
        clause=source.clause or "",
    )
