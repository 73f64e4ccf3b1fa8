"""Where a draft begins: from the national record, with everything that it does not say left open."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import (
    Component,
    Flags,
    Named,
    Online,
    RecordedGates,
    Result,
    Term,
    Unknown,
)
from chalicelib.catalogue.records.charges import charges_of
from chalicelib.catalogue.records.terms import lines_of

KEPT = (
    "code", "name_vi", "name_en", "kind", "variant_of", "source", "field", "fields", "promulgated_by", "performed_by",
    "performers", "decided_by", "delegated_to", "coordinated_by", "administrative_level", "subjects", "life_groups",
    "channels", "cases", "notes", "requirements_vi", "description_vi", "receiving_vi", "return_ways", "steps",
    "legal_bases", "flags", "note_vi",
)  # fmt: skip
"""What a version says as its record does."""
BEGUN = ("term", "fees", "components", "result", "online", "online_channels", "min_level", "route")
"""What a version says by itself: from the record as far as that is certain, else left open."""
_OF_A_FEE: Final = re.compile(r"/methods/\d+/fees/.+")
"""What a fee of the draft says by itself: it is not decided."""
_MOVED: Final = (
    (re.compile(r"/methods/\d+/fees"), "/fees"),
    (re.compile(r"/methods(?:/\d+/channel)?"), "/channels"),
    (re.compile(r"/methods/\d+/term/text"), "/term"),
    (re.compile(r"/results"), "/result"),
)


def draft_of(record: Facts) -> Facts:
    """The facts of a first draft from a national record; what an officer completes is None, never a guess."""
    said = [name for name in (*KEPT, "unknown") if record.says(name)]
    facts = Facts(**{name: getattr(record, name) for name in KEPT}).saying(*said, *BEGUN)
    return structs.replace(
        facts,
        term=_term(record),
        fees=charges_of(record),
        components=tuple(_component(each) for each in record.components),
        result=_result(record.results[0]) if record.results else None,
        online=_online(record.flags or Flags()),
        unknown=tuple(_left_open(record)),
    )


def _left_open(record: Facts) -> Iterator[Unknown]:
    """What the record does not say, at the places of the draft: its ways of submitting become channels and fees."""
    for each in record.unknown:
        if not _OF_A_FEE.fullmatch(each.pointer):
            moved = (there for pattern, there in _MOVED if pattern.fullmatch(each.pointer))
            yield structs.replace(each, pointer=next(moved, each.pointer))


def _term(record: Facts) -> Term | None:
    """The one term of a record that says it without any condition; else its lines, for an officer to decide."""
    lines = lines_of(record)
    if not lines:
        return None
    first = lines[0]
    if len(lines) > 1 or first.condition_vi or first.not_counted_vi or not first.is_decided:
        return Term(lines=lines, citation=_cites(record))
    made = Term(text=first.text, record=first.record, note_vi=first.note_vi, citation=_cites(record))
    return made.saying("record", "note_vi")


def _cites(record: Facts) -> str:
    decision = record.source.decision if record.source else None
    return f"{decision}, bản ghi {record.code}" if decision else f"bản ghi {record.code}"


def _component(component: Component) -> Component:
    return Component(
        code=component.code,
        name_vi=component.name_vi,
        originals=component.originals,
        copies=component.copies,
        group=component.heading,
        cases=component.cases,
        need=component.need,
        reading="",
        has_electronic_form=component.has_electronic_form,
        is_processing_result=component.is_processing_result,
        blanks=component.blanks,
    ).saying("code", "name_en", "originals", "copies", "cases", "need", "electronic")


def _result(named: Named) -> Result:
    made = Result(code=named.code, name_vi=named.name_vi)
    return made.saying("code", "name_en", "template", "validity")


def _online(flags: Flags) -> Online:
    barred, full = bool(flags.offline_only), bool(flags.full_process)
    made = Online(gates=RecordedGates(), electronic_barred=barred, full_process_in_record=full)
    return made.saying("gates", "reasons", "legal_basis")


def form_of(facts: Facts) -> dict[str, object]:
    """The plain form that a procedure without a form of its own gets from its cases, subjects and components.

    A component that a database answers is not asked for.
    """
    from chalicelib.forms.form import plain
    from chalicelib.forms.plain import Case, Paper, plain_form

    papers = [
        Paper(part.code or "", part.name_vi, part.name_en, part.need, part.cases)
        for part in facts.components
        if part.source is None
    ]
    cases = [Case(case.code, case.name_vi or "") for case in facts.cases]
    subjects = [each.name_vi for each in facts.subjects]
    return plain(plain_form(facts.code, facts.name_vi, facts.name_en, papers, subjects=subjects, cases=cases))
