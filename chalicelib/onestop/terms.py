"""Which line of its procedure's term a dossier has, by its channel, its answers and its place, and why. Pure."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import structs

from chalicelib.contracts.plan import PlannedLine, PlannedTerm
from chalicelib.dossier.marks import TakenLine
from chalicelib.law.clock import Language
from chalicelib.onestop.refusals import TermOpen

type Areas = tuple[str, ...] | None

_AREAS: Final[Mapping[str, tuple[str, str]]] = {
    "mountain": ("miền núi", "mountains"),
    "border": ("biên giới", "border"),
    "island": ("hải đảo", "islands"),
    "remote": ("vùng sâu, vùng xa", "remote"),
    "hard": ("vùng có điều kiện kinh tế - xã hội khó khăn", "of hard living conditions"),
    "hardest": ("vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn", "of very hard living conditions"),
}


class ExplainedLine(msgspec.Struct, frozen=True, kw_only=True):
    """The line of the term by which a dossier is due: its place in the list, the record's words, and why this one."""

    line: int
    of: int
    text: str
    condition_vi: str | None
    record: str | None
    not_counted_vi: tuple[str, ...]
    case: str | None
    areas: tuple[str, ...]
    place_areas: Areas
    why: str


def needs_place(term: PlannedTerm) -> bool:
    """Whether the term asks of which kind the commune is."""
    return any(line.areas for line in term.lines)


def taken(term: PlannedTerm, channel: str, answers: object, areas: Areas, agency: str) -> TakenLine | None:
    """The first line that fits; None where one term holds for everybody.

    `areas`: of which kinds the agency's commune is, None when the agency does not say; a line that depends on that is
    never passed over by a guess. Raises TermOpen.
    """
    if not term.lines:
        return None
    for place, line in enumerate(term.lines):
        if not _fits(line, channel, answers):
            continue
        if line.areas and areas is None:
            raise TermOpen(agency=agency, areas=list(line.areas))
        if not line.areas or set(line.areas) & set(areas or ()):
            return TakenLine(line=place, areas=areas)
    raise TermOpen(agency=agency, areas=[])


def by_line(term: PlannedTerm, line: TakenLine | None) -> PlannedTerm:
    """The term as the line says it."""
    if line is None:
        return term
    own = term.lines[line.line]
    return structs.replace(term, text=own.text, record=own.record, note_vi=own.condition_vi)


def explained(term: PlannedTerm, line: TakenLine | None, language: Language) -> ExplainedLine | None:
    """Why a dossier has the line that it has; None where one term holds for everybody."""
    if line is None:
        return None
    own = term.lines[line.line]
    return ExplainedLine(
        line=line.line + 1,
        of=len(term.lines),
        text=own.text,
        condition_vi=own.condition_vi,
        record=own.record,
        not_counted_vi=own.not_counted_vi,
        case=own.case,
        areas=own.areas,
        place_areas=line.areas,
        why=_why(own, line.areas, language),
    )


def _fits(line: PlannedLine, channel: str, answers: object) -> bool:
    return (not line.channels or channel in line.channels) and all(
        _answer(answers, each.field) == each.value for each in line.when
    )


def _answer(answers: object, field: str) -> object:
    """What stands in the form at a JSON Pointer; None when it was not filled in."""
    found = answers
    for name in field.split("/")[1:]:
        found = found.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(found, Mapping) else None
    return found


def _why(line: PlannedLine, areas: Areas, language: Language) -> str:
    """In words: the place, the answers and the channel that made it this line, or that no other one fits."""
    at = 0 if language == "vi" else 1
    own = [_AREAS[area][at] for area in line.areas if area in (areas or ()) and area in _AREAS]
    parts = []
    if own:
        parts.append(("xã nơi nộp thuộc: " if at == 0 else "the commune is: ") + "; ".join(own))
    for each in line.when:
        answered = f"{each.field} = {each.value}"
        parts.append(f"trả lời trong biểu mẫu: {answered}" if at == 0 else f"answered in the form: {answered}")
    if line.channels:
        parts.append(("cách nộp: " if at == 0 else "channel: ") + ", ".join(line.channels))
    if not parts:
        return "không dòng nào khác áp dụng" if at == 0 else "no other line is for this dossier"
    return "; ".join(parts)
