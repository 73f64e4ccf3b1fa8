"""What of the children that a bundle's legs start keeps a version from being published, by its place and rule."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from chalicelib.catalogue.procedures.children import Starts, Take, TakenPaper, Timer
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.procedures.parts import Leg
from chalicelib.catalogue.versions.conditions import sound_form
from chalicelib.contracts.plan import RESULT_FACTS
from chalicelib.law.problems import Problem
from chalicelib.law.spans import is_span

BEGINS: Final = ("opened", "made", "accepted")
ENDS: Final = ("made", "acknowledged", "accepted", "verified", "ended")
_TRIED_ON: Final = date(2026, 1, 1)  # a condition reads choices, which no day changes

type ChildOf = Callable[[str], VersionItem | None]
"""The version of a procedure that is in force, by its code; None where there is none."""


class _Place(NamedTuple):
    """A leg with where it stands, and the names of the legs of earlier stages."""

    at: str
    leg: Leg
    starts: Starts
    earlier: frozenset[str]


def bundle_problems(facts: Facts, form: object, child_of: ChildOf | None) -> Iterator[Problem]:
    """What is wrong with the legs that start children; without `child_of` the children themselves are not looked at."""
    places = list(_places(facts))
    if not places:
        return
    yield from _shape(facts)
    own = _fields(form)
    for place in places:
        yield from _deadline(place)
        yield from _needs(place)
        yield from _when(place, form)
        for n, timer in enumerate(place.starts.timers):
            yield from _timer(f"{place.at}/starts/timers/{n}", timer, place.starts)
        yield from _takes(place, own)
        yield from _papers(place, {c.code for c in facts.components})
        if child_of:
            yield from _child(place, facts, child_of)


def _places(facts: Facts) -> Iterator[_Place]:
    earlier = frozenset[str]()
    for stage, legs in enumerate(facts.route or ()):
        for n, leg in enumerate(legs):
            if leg.starts:
                yield _Place(f"/facts/route/{stage}/{n}", leg, leg.starts, earlier)
        earlier |= {leg.leg for leg in legs}


def _shape(facts: Facts) -> Iterator[Problem]:
    """Nobody settles a bundle itself: each of its legs starts a child, under a name of its own."""
    seen = set[str]()
    for stage, legs in enumerate(facts.route or ()):
        for n, leg in enumerate(legs):
            at = f"/facts/route/{stage}/{n}"
            if leg.starts is None:
                vi, en = "Mọi chặng của nhóm thủ tục phải mở một thủ tục", "Each leg of a bundle starts a child"
                yield Problem(f"{at}/starts", "bundle", vi, en)
            if leg.leg in seen:
                vi, en = "Tên chặng bị trùng trong nhóm thủ tục", "The bundle has this leg twice"
                yield Problem(f"{at}/leg", "unique", vi, en)
            seen.add(leg.leg)


def _deadline(place: _Place) -> Iterator[Problem]:
    if not place.leg.deadline:
        vi, en = "Chặng mở thủ tục con cần thời hạn", "A leg that starts a child needs a deadline"
        yield Problem(f"{place.at}/deadline", "deadline", vi, en)
    elif not is_span(place.leg.deadline) or place.leg.deadline.endswith("min"):
        yield _no_term(f"{place.at}/deadline")
    if place.starts.defects and not is_span(place.starts.defects):
        yield _no_term(f"{place.at}/starts/defects")
    if not (place.starts.citation or "").strip():
        vi, en = "Thời hạn riêng của nhóm thủ tục cần nêu căn cứ", "A bundle's own times need their clause"
        yield Problem(f"{place.at}/starts/citation", "clause", vi, en)


def _no_term(at: str) -> Problem:
    return Problem(at, "term", "Thời hạn như 24h, 2wh, 5wd", "A term such as 24h, 2wh, 5wd")


def _needs(place: _Place) -> Iterator[Problem]:
    for n, need in enumerate(place.starts.needs):
        if need not in place.earlier:
            yield _not_earlier(f"{place.at}/starts/needs/{n}")
    named = [("takes", n, each.of) for n, each in enumerate(place.starts.takes)]
    named += [("papers", n, each.of) for n, each in enumerate(place.starts.papers)]
    for name, n, of in named:
        if of is not None and of not in place.earlier:
            yield _not_earlier(f"{place.at}/starts/{name}/{n}/of")


def _not_earlier(at: str) -> Problem:
    return Problem(at, "earlier_leg", "Không phải chặng của bước trước", "Not a leg of an earlier stage")


def _when(place: _Place, form: object) -> Iterator[Problem]:
    from chalicelib.forms.conditions import SENTENCES, fault

    sound = sound_form(form)
    if place.starts.when is not None and sound and (rule := fault(place.starts.when, sound, _TRIED_ON)):
        yield Problem(f"{place.at}/starts/when", rule, *SENTENCES[rule])


def _timer(at: str, timer: Timer, starts: Starts) -> Iterator[Problem]:
    for name, said, allowed in (("begins", timer.begins, BEGINS), ("ends", timer.ends, ENDS)):
        if said not in allowed:
            names = ", ".join(allowed)
            yield Problem(f"{at}/{name}", "known", f"Chỉ nhận: {names}", f"One of: {names}")
    for name, span in (("term", timer.term), ("fix", timer.fix or "1wd")):
        if not is_span(span):
            yield _no_term(f"{at}/{name}")
    if [each.name for each in starts.timers].count(timer.name) > 1 or not timer.name:
        yield Problem(f"{at}/name", "unique", "Mỗi mốc thời gian có tên riêng", "Each time has a name of its own")
    if not (timer.citation or "").strip():
        yield Problem(f"{at}/citation", "clause", "Mốc thời gian cần nêu căn cứ", "A time needs its clause")


def _takes(place: _Place, own: Mapping[str, object] | None) -> Iterator[Problem]:
    for n, take in enumerate(place.starts.takes):
        at = f"{place.at}/starts/takes/{n}"
        if sum(each is not None for each in (take.answer, take.of, take.value)) != 1:
            yield _one_source(at)
        if take.of is not None and take.result not in RESULT_FACTS:
            names = ", ".join(RESULT_FACTS)
            yield Problem(f"{at}/result", "known", f"Chỉ nhận: {names}", f"One of: {names}")
        if take.answer is not None and own is not None and take.answer not in own:
            vi, en = "Biểu mẫu của nhóm thủ tục không có trường này", "The bundle's form has no such field"
            yield Problem(f"{at}/answer", "field", vi, en)


def _one_source(at: str) -> Problem:
    return Problem(at, "one_source", "Cần đúng một nguồn", "It has exactly one source")


def _papers(place: _Place, own: set[str | None]) -> Iterator[Problem]:
    for n, paper in enumerate(place.starts.papers):
        at = f"{place.at}/starts/papers/{n}"
        if (paper.component is None) == (paper.of is None):
            yield _one_source(at)
        if paper.component is not None and paper.component not in own:
            vi, en = "Nhóm thủ tục không có thành phần này", "The bundle has no such component"
            yield Problem(f"{at}/component", "component", vi, en)


def _child(place: _Place, facts: Facts, child_of: ChildOf) -> Iterator[Problem]:
    """A child is in force, is no bundle itself, and has the fields and components that it is given."""
    at, code = f"{place.at}/starts", place.starts.procedure
    child = None if code == facts.code else child_of(code)
    if code == facts.code or (child and any(leg.starts for stage in child.facts.route or () for leg in stage)):
        vi, en = "Nhóm thủ tục không mở chính nó hoặc nhóm khác", "A bundle starts neither itself nor another bundle"
        yield Problem(f"{at}/procedure", "cyclic", vi, en)
        return
    if child is None:
        vi, en = "Thủ tục con chưa có hiệu lực trong hệ thống", "No version of this procedure is in force"
        yield Problem(f"{at}/procedure", "procedure", vi, en)
        return
    yield from _given(at, place.starts.takes, place.starts.papers, child)


def _given(at: str, takes: tuple[Take, ...], papers: tuple[TakenPaper, ...], child: VersionItem) -> Iterator[Problem]:
    fields, codes = _fields(child.form), {c.code for c in child.facts.components}
    for n, take in enumerate(takes):
        if fields is not None and take.field not in fields:
            vi, en = "Biểu mẫu của thủ tục con không có trường này", "The child's form has no such field"
            yield Problem(f"{at}/takes/{n}/field", "field", vi, en)
    for n, paper in enumerate(papers):
        if paper.code not in codes:
            vi, en = "Thủ tục con không có thành phần này", "The child has no such component"
            yield Problem(f"{at}/papers/{n}/code", "component", vi, en)


def _fields(form: object) -> Mapping[str, object] | None:
    """The fields of a form by JSON Pointer; None of one that is not sound, whose own problems are told elsewhere."""
    from chalicelib.forms.fields import places

    sound = sound_form(form)
    return places(sound.schema).fields if sound else None
