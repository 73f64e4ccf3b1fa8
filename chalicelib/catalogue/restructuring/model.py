"""The restructuring of a procedure: what becomes of each paper, the level then reachable, the next version's draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.offering import level_of, quantity
from chalicelib.catalogue.procedures.parts import Component, DataSource, ReplacedBy
from chalicelib.catalogue.restructuring.replacements import WHY, Match, Replacement, Table, table
from chalicelib.forms.form import Schema
from chalicelib.law.levels import LevelFinding, ServiceLevel
from chalicelib.law.packs import RulePack

type Decision = Literal["keep", "replace_by_data", "replace_alternatives", "never_used", "note"]

_ORDER: Final = {ServiceLevel.NONE: 0, ServiceLevel.PARTIAL: 1, ServiceLevel.FULL: 2}
_ROUND: Final = 2
_NO_PAPER: Final = frozenset({"form", "data"})


class Use(NamedTuple):
    """How often a component was supplied in our own dossiers of the procedure (Decree 63/2010 Art. 28: necessity)."""

    dossiers: int
    supplied: int


@dataclass(frozen=True, slots=True)
class ReviewReadings:
    """What a body sets for its reviews; none of it is law.

    A paper is proposed as never used only from `minimum_dossiers` on. The weights make the ranking's score of 0..100; a
    paper for some of whose alternatives data stands counts as `share_of_alternatives` of one that data replaces.
    """

    minimum_dossiers: int = 100
    weight_replaceable: int = 60
    weight_level: int = 30
    weight_unused: int = 10
    share_of_alternatives: float = 0.5


class Verdict(NamedTuple):
    """What becomes of one component: Decree 137/2024 Art. 8(2); Decree 224/2026 Art. 18(4).

    `match` is the row that replaces it, or some of its alternatives; `possible` are rows that a person has to look at,
    which count for nothing.
    """

    pointer: str
    code: str
    decision: Decision
    match: Match | None
    possible: tuple[Match, ...]
    use: Use | None
    why_vi: str
    why_en: str


class Score(NamedTuple):
    """The figures of a review, for a ranking over the catalogue (Decree 137/2024 Art. 8(2)).

    `papers` are those a person is asked for now; `alternatives` those for some of whose alternatives data stands;
    `dossiers` is how many of ours were counted, `spared` how often in them those that data replaces, wholly or by an
    alternative, were handed in. `value` is 0..100: by what was handed in where we counted any, else by papers.
    """

    papers: int
    replaceable: int
    alternatives: int
    possible: int
    never_used: int
    dossiers: int
    spared: int
    value: float


@dataclass(frozen=True, slots=True)
class Restructuring:
    """The review of one procedure: Decree 137/2024 Art. 8(2); Resolution 66.7/2025/NQ-CP.

    `now` and `after` take a recorded review for granted, so that their blockers are those of the procedure itself;
    `shown` is the level that the public page says, None where the procedure is not offered. `draft` is the facts of the
    next version. `channels` counts the dossiers that came by each channel (Art. 8(5)).
    """

    procedure: str
    verdicts: tuple[Verdict, ...]
    now: LevelFinding
    after: LevelFinding
    score: Score
    draft: Facts = field(repr=False)
    channels: Mapping[str, int] = field(default_factory=dict)
    shown: LevelFinding | None = None

    @property
    def level_now(self) -> str:
        """The level as the public page says it: not known of what is not offered here."""
        return self.shown.level.key if self.shown else "unknown"


def analyse(
    facts: Facts,
    form: Schema | None,
    *,
    counts: Mapping[str, tuple[int, int]] | None = None,
    confirmed: Mapping[str, int] | None = None,
    readings: ReviewReadings | None = None,
    shown: LevelFinding | None = None,
    rows: Table | None = None,
    pack: RulePack | None = None,
) -> Restructuring:
    """Review a version's facts: Decree 137/2024 Art. 8(2); Decree 224/2026 Art. 18(4); Resolution 66.7/2025/NQ-CP.

    `counts` are ours, component code -> (dossiers, times supplied). `confirmed` are possible matches that a person
    confirmed, component code -> number of the row; other numbers than those offered are passed over. `shown` is the
    level of the version in force.
    """
    settings, known = readings or ReviewReadings(), rows or table()
    verdicts = tuple(
        _verdict(place, each, known.matches(facts.code, each.name_vi), counts or {}, confirmed or {}, settings)
        for place, each in enumerate(facts.components)
    )
    draft = _draft(facts, verdicts)
    now = level_of(facts, form, reviewed=True, pack=pack)
    after = level_of(draft, form, reviewed=True, pack=pack)
    score = _score(facts, verdicts, settings, rises=_ORDER[after.level] > _ORDER[now.level])
    return Restructuring(facts.code, verdicts, now, after, score, draft, shown=shown)


def rank(reviews: Iterable[Restructuring]) -> list[Restructuring]:
    """The reviews by what they would gain, the most first; equal ones by papers spared, then by code.

    For the yearly plan of reviews (Decree 63/2010 Art. 30).
    """
    return sorted(reviews, key=lambda each: (-each.score.value, -each.score.spared, each.procedure))


def is_note(component: Component) -> bool:
    """Whether a component is a note of the record and no paper: none of it is asked for (Decree 63/2010 Art. 28).

    A quantity that the record leaves out is not known, and no note.
    """
    return component.need not in _NO_PAPER and quantity(component) == 0


def is_asked(component: Component) -> bool:
    """Whether a component is a paper that people are asked for: no note, no form, not taken from data already.

    Decree 224/2026 Art. 18(4).
    """
    return not is_note(component) and component.need not in _NO_PAPER


def _verdict(
    place: int,
    component: Component,
    matches: tuple[Match, ...],
    counts: Mapping[str, tuple[int, int]],
    confirmed: Mapping[str, int],
    readings: ReviewReadings,
) -> Verdict:
    at, code = f"/components/{place}", component.code or ""
    use = Use(*counts[code]) if code in counts else None
    if is_note(component):
        why = ("Ghi chú của bản ghi, không phải giấy tờ", "A note of the record, not a paper")
        return Verdict(at, code, "note", None, (), use, *why)
    if not is_asked(component):
        why = (
            "Biểu mẫu điện tử hoặc dữ liệu, không yêu cầu giấy tờ",
            "An electronic form or data: no paper is asked for",
        )
        return Verdict(at, code, "keep", None, (), use, *why)
    certain = _certain(matches, confirmed.get(code))
    possible = tuple(match for match in matches if not match.is_certain and match.replacement != _row_of(certain))
    if certain is not None:
        return Verdict(at, code, "replace_by_data", certain, possible, use, *WHY[certain.why])
    if in_part := next((match for match in possible if match.quality == "alternative"), None):
        others = tuple(match for match in possible if match is not in_part)
        return Verdict(at, code, "replace_alternatives", in_part, others, use, *WHY[in_part.why])
    if use is not None and use.supplied == 0 and use.dossiers >= max(readings.minimum_dossiers, 1):
        vi = f"Không ai nộp trong {use.dossiers} hồ sơ"
        return Verdict(
            at, code, "never_used", None, possible, use, vi, f"Nobody handed it in, in {use.dossiers} dossiers"
        )
    why = WHY[possible[0].why] if possible else ("Chưa có dữ liệu thay thế", "No data replaces it yet")
    return Verdict(at, code, "keep", None, possible, use, *why)


def _certain(matches: tuple[Match, ...], confirmed: int | None) -> Match | None:
    for match in matches:
        if match.is_certain:
            return match
        # A row that replaces a paper only in part stays in part, whoever confirms it.
        if match.replacement.row == confirmed and may_be_confirmed(match):
            return Match(match.replacement, "confirmed", "confirmed")
    return None


def may_be_confirmed(match: Match) -> bool:
    """Whether a person may say that a row replaces the paper, of which the table alone is not certain (66.7/2025)."""
    return not match.is_certain and match.why not in {"partly", "other_procedures"}


def _row_of(match: Match | None) -> Replacement | None:
    return match.replacement if match else None


def _draft(facts: Facts, verdicts: tuple[Verdict, ...]) -> Facts:
    """The facts in which data stands for the replaced papers; what nobody hands in is left as it is."""
    pairs = zip(facts.components, verdicts, strict=True)
    components = tuple(_by_data(each, verdict.match) if verdict.match else each for each, verdict in pairs)
    return structs.replace(facts, components=components)


def _by_data(component: Component, match: Match) -> Component:
    """A paper that data replaces; where that holds for some alternatives only, the paper stays and says which."""
    row = match.replacement
    if match.quality == "alternative":
        some = ReplacedBy(row=row.row, match=match.quality, databases=row.databases, alternatives=match.alternatives)
        return structs.replace(component, replaced_by=(some,))
    source = DataSource(
        database=row.databases[0], owner="; ".join(row.owners) or None, instrument=row.instrument, clause=row.clause
    ).saying("owner")
    by = ReplacedBy(row=row.row, match=match.quality, databases=row.databases)
    return structs.replace(component, need="data", source=source, replaced_by=(by,), when=None)


def _score(facts: Facts, verdicts: tuple[Verdict, ...], readings: ReviewReadings, *, rises: bool) -> Score:
    asked = [verdict for each, verdict in zip(facts.components, verdicts, strict=True) if is_asked(each)]
    replaced = [verdict for verdict in verdicts if verdict.decision == "replace_by_data"]
    in_part = [verdict for verdict in verdicts if verdict.decision == "replace_alternatives"]
    unused = sum(verdict.decision == "never_used" for verdict in verdicts)
    possible = sum(verdict.decision != "replace_by_data" and bool(verdict.possible) for verdict in verdicts)
    counted = _handed_in(asked)
    measure = _handed_in if counted else len
    gained = measure(replaced) + readings.share_of_alternatives * measure(in_part)
    share = gained / (counted or len(asked)) if asked else 0.0
    idle = unused / len(asked) if asked else 0.0
    weighed = readings.weight_replaceable * share + readings.weight_level * rises + readings.weight_unused * idle
    whole = readings.weight_replaceable + readings.weight_level + readings.weight_unused
    return Score(
        papers=len(asked),
        replaceable=len(replaced),
        alternatives=len(in_part),
        possible=possible,
        never_used=unused,
        dossiers=max((verdict.use.dossiers for verdict in verdicts if verdict.use), default=0),
        spared=_handed_in([*replaced, *in_part]),
        value=round(100 * weighed / whole, _ROUND) if whole else 0.0,
    )


def _handed_in(verdicts: Sequence[Verdict]) -> int:
    """How often these papers were handed in, by our own counts."""
    return sum(verdict.use.supplied for verdict in verdicts if verdict.use)
