"""The page of a board: whole without scripts, whole without pictures. It loads nothing.

The file of the page (`templates/board.html`) stands by itself: what is told is put into its elements by their names.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from msgspec import Struct, convert

from chalicelib.measures import wire as figures
from chalicelib.measures.boards import charts, elsewhere, wire
from chalicelib.measures.boards.words import Speech
from chalicelib.measures.scores.wire import ComponentScore, GroupScore

POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{style}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
SECTIONS: Final = ("index", "ranking", "measures", "elsewhere", "trend", "procedures")
NOT_FOUND: Final = 404


class Refused(Struct, frozen=True):
    """What the page says of a problem (RFC 9457)."""

    title: str
    status: int
    detail: str = ""


class BoardPage:
    """The page of an agency's board."""

    @property
    def policy(self) -> str:
        """What the page may do: be styled by its own style, and nothing else."""
        style = hashlib.sha256(_page().findtext(".//style", "").encode()).digest()
        return POLICY.format(style=b64encode(style).decode())

    def answer(self, body: wire.Board, language: str) -> str:
        """The page of a board."""
        page = _Filled(language, body)
        sections = (page.index, page.ranking, page.measures, page.elsewhere, page.trend, page.procedures)
        for draw in (page.head, *sections, page.foot):
            draw(body)
        return page.text()

    def refusal(self, told: Mapping[str, Any], language: str) -> str:
        """The page of an agency or period that has no board, or of what cannot be asked."""
        page, problem = _Filled(language, None), convert(told, Refused)
        why = page.speech.say("not_yet") if problem.status == NOT_FOUND else f"{problem.title}. {problem.detail}"
        page.say("name", f"{problem.title} · Một Cửa")
        page.say("title", page.speech.say("refused"))
        page.say("about", why)
        page.drop("periods", "null", "made", "data", *SECTIONS)
        return page.text()


PAGE: Final = BoardPage()


class _Filled:
    """A copy of the page in a language, filled section by section."""

    def __init__(self, language: str, body: wire.Board | None) -> None:
        self._page, self.speech = deepcopy(_page()), Speech(language)
        self._page.set("lang", language)
        self.say("door", self.speech.say("door"))
        other = "en" if language == "vi" else "vi"
        link = self.of("other")
        link.text = self.speech.say("other")
        about = {"unit": body.unit, "period": body.period} if body else {}
        for name, value in (("lang", other), ("hreflang", other), ("href", _query(**about, language=other))):
            link.set(name, value)

    # --- the page -----------------------------------------------------------------------------------------------

    def of(self, name: str) -> ET.Element:
        found = self._page.find(f".//*[@id='{name}']")
        if found is None:
            raise KeyError(name)
        return found

    def say(self, name: str, text: str) -> None:
        self.of(name).text = text

    def drop(self, *names: str) -> None:
        gone = [self.of(name) for name in names]
        for parent in list(self._page.iter()):
            for child in [each for each in parent if each in gone]:
                parent.remove(child)

    def text(self) -> str:
        return "<!doctype html>\n" + ET.tostring(self._page, encoding="unicode", method="html")

    def _section(self, name: str) -> ET.Element:
        section = self.of(name)
        section[0].text = self.speech.say(name)
        return section

    def _link(self, parent: ET.Element, text: str, **query: str) -> ET.Element:
        link = _add(parent, "a", text)
        link.set("href", _query(**query, language=self.speech.language))
        return link

    # --- its sections -------------------------------------------------------------------------------------------

    def head(self, body: wire.Board) -> None:
        speech = self.speech
        period = speech.period(body.period)
        self.say("name", f"{body.name} · {period} · Một Cửa")
        self.say("title", body.name)
        self.say("about", speech.say("about", period=period, units=speech.number(body.measures.units)))
        self.of("periods").set("aria-label", speech.say("periods"))
        for each in body.periods:
            item = _add(self.of("periods")[0], "li")
            if each == body.period:
                _add(item, "span", speech.period(each)).set("aria-current", "page")
            else:
                self._link(item, speech.period(each), unit=body.unit, period=each)

    def index(self, body: wire.Board) -> None:
        section, speech = self._section("index"), self.speech
        if body.scores is None:
            _add(section, "p", speech.say("no_formula"))
            return
        parent = body.scores.parent
        score, of = speech.number(parent.scored, 2), speech.number(parent.of)
        _add(section, "p", speech.say("scored", score=score, of=of) if parent.of else speech.say("unscored"), "total")
        if parent.of:
            charts.bar(section, parent.scored, parent.of)
        for group in parent.groups:
            self._group(section, group)

    def _group(self, section: ET.Element, group: GroupScore) -> None:
        speech = self.speech
        name = speech.choose(group.name_vi, group.name_en)
        _add(section, "h3", f"{name}: {self._points(group.score, group.maxScore)}")
        items = _add(section, "ul", "", "figures")
        for each in group.components:
            self._component(_add(items, "li"), each)

    def _component(self, item: ET.Element, each: ComponentScore) -> None:
        speech = self.speech
        _add(item, "p", speech.choose(each.name_vi, each.name_en), "label")
        if each.score is not None and each.dataQualityStatus in ("ok", "assumed"):
            charts.bar(item, each.score, each.maxScore)
        told = [] if each.ratio is None else [f"{speech.percent(each.ratio)} ({self._parts(each)})"]
        told.append(self._points(each.score, each.maxScore))
        if each.scoreDelta is not None:
            sign = "+" if each.scoreDelta > 0 else ""
            told.append(speech.say("than_before", delta=f"{sign}{speech.number(each.scoreDelta, 2)}"))
        _add(item, "p", " · ".join(told), "value")
        self._quality(item, each.dataQualityStatus, each)

    def ranking(self, body: wire.Board) -> None:
        section, speech, ranking = self._section("ranking"), self.speech, body.ranking
        if ranking is None or not ranking.units:
            _add(section, "p", speech.say("no_children"))
            return
        _add(section, "p", speech.say("ranked_by", name=speech.choose(ranking.name_vi, ranking.name_en)))
        others = [each for each in ranking.of if each != ranking.by]
        if others:
            nav = _add(section, "nav")
            nav.set("aria-label", speech.say("by"))
            more = _add(nav, "details")
            _add(more, "summary", speech.say("by"))
            items = _add(more, "ul")
            for each in others:
                self._link(_add(items, "li"), self._by(body, each), unit=body.unit, period=body.period, by=each)
        items = _add(section, "ol", "", "ranks")
        for row in ranking.units:
            self._rank(_add(items, "li"), row, body.period)

    def _rank(self, item: ET.Element, row: wire.Rank, period: str) -> None:
        label = _add(item, "p", "" if row.place is None else f"{row.place}. ", "label")
        self._link(label, row.name, unit=row.unit, period=period)
        if row.place is None:
            _add(item, "p", self.speech.say("no_data"), "value")
            return
        charts.bar(item, row.score or 0, row.maxScore)
        parts = "" if row.denominator is None else f" ({self._parts(row)})"
        _add(item, "p", f"{self._points(row.score, row.maxScore)}{parts}", "value")

    def _by(self, body: wire.Board, name: str) -> str:
        groups = body.scores.parent.groups if body.scores else []
        known = {each.id: self.speech.choose(each.name_vi, each.name_en) for g in groups for each in g.components}
        return known.get(name) or self.speech.choose("Tổng điểm", "Total")

    def measures(self, body: wire.Board) -> None:
        items = _add(self._section("measures"), "ul", "", "figures")
        for each in body.measures.indicators:
            item = _add(items, "li")
            _add(item, "p", self.speech.choose(each.name_vi, each.name_en), "label")
            if each.ratio is not None:
                self._ratio(item, each)
            self._quality(item, each.dataQualityStatus, each)
            _add(item, "p", each.citation, "about")

    def _ratio(self, item: ET.Element, each: figures.Indicator) -> None:
        speech, ratio = self.speech, each.ratio or 0.0
        if each.unit == "percent":
            charts.bar(item, ratio, charts.WHOLE)
        told = speech.percent(ratio) if each.unit == "percent" else speech.duration(ratio)
        _add(item, "p", f"{told} ({self._parts(each)})", "value")

    def elsewhere(self, body: wire.Board) -> None:
        if body.measures.elsewhere:
            elsewhere.fill(self._section("elsewhere"), self.speech, body.measures.elsewhere)
        else:
            self.drop("elsewhere")

    def trend(self, body: wire.Board) -> None:
        section, speech = self._section("trend"), self.speech
        by_month = [{each.id: each for each in month.indicators} for month in body.trend]
        shares = [each for each in body.measures.indicators if each.unit == "percent"]
        shown = [each for each in shares if any(month[each.id].ratio is not None for month in by_month)]
        if not shown:
            _add(section, "p", speech.say("no_data"))
            return
        first, last = (speech.period(body.trend[place].month) for place in (0, -1))
        items = _add(section, "ul", "", "trends")
        for each in shown:
            item, name = _add(items, "li"), speech.choose(each.name_vi, each.name_en)
            values = [month[each.id] for month in by_month]
            _add(item, "p", name, "label")
            told = speech.say("chart", name=name, first=first, last=last)
            charts.line(item, [value.ratio for value in values], (first, last), told)
            self._months(item, [month.month for month in body.trend], values, name)

    def _months(self, item: ET.Element, months: list[str], values: list[wire.MonthValue], name: str) -> None:
        speech, details = self.speech, _add(item, "details")
        _add(details, "summary", speech.say("table"))
        table = _add(details, "table")
        table.set("aria-label", name)
        head = _add(_add(table, "thead"), "tr")
        for word in ("month", "counts", "share"):
            _add(head, "th", speech.say(word)).set("scope", "col")
        rows = _add(table, "tbody")
        for month, value in zip(months, values, strict=True):
            row = _add(rows, "tr")
            _add(row, "th", speech.period(month)).set("scope", "row")
            _add(row, "td", "" if value.denominator is None else self._parts(value))
            _add(row, "td", speech.say("no_data") if value.ratio is None else speech.percent(value.ratio))

    def procedures(self, body: wire.Board) -> None:
        section, told = self._section("procedures"), body.procedures
        _add(section, "p", self.speech.say("named", least=str(told.least)), "about")
        if not told.codes:
            _add(section, "p", self.speech.say("none_named"))
            return
        items = _add(section, "ul", "", "codes")
        for code in told.codes:
            _add(_add(items, "li"), "a", code).set("href", f"services/{code}")

    def foot(self, body: wire.Board) -> None:
        speech, scores = self.speech, body.scores
        self.say("null", speech.say("null"))
        formula, citation = (scores.formula, scores.citation) if scores else ("-", speech.say("no_formula"))
        at, law = speech.at(body.as_of), body.measures.citation
        self.say("made", speech.say("made", at=at, formula=formula, citation=citation, law=law))
        data = self.of("data")
        data.text = speech.say("data")
        for kind in ("json", "csv"):
            link = _add(data, "a", kind.upper())
            link.set("href", _query(unit=body.unit, period=body.period, format=kind))
            link.tail = " "

    # --- what stands in them ------------------------------------------------------------------------------------

    def _points(self, score: float | None, most: int) -> str:
        if score is None:
            return self.speech.say("no_data")
        return self.speech.say("points", score=self.speech.number(score, 2), most=str(most))

    def _parts(self, told: ComponentScore | figures.Indicator | wire.MonthValue | wire.Rank) -> str:
        numbers = (told.numerator or 0, told.denominator or 0)
        return self.speech.say(
            "parts", **dict(zip(("numerator", "denominator"), map(self.speech.number, numbers), strict=True))
        )

    def _quality(self, item: ET.Element, quality: str, told: ComponentScore | figures.Indicator) -> None:
        text = self.speech.say(quality)
        if text and told.denominator is not None:
            text = f"{text} ({self._parts(told)})"
        if text:
            _add(item, "p", text, "about")


def _add(parent: ET.Element, tag: str, text: str = "", kind: str = "") -> ET.Element:
    made = ET.SubElement(parent, tag, {"class": kind} if kind else {})
    made.text = text
    return made


def _query(**given: str) -> str:
    return f"?{urlencode(given)}"


@cache
def _page() -> ET.Element:
    text = files("chalicelib.measures.boards").joinpath("templates", "board.html").read_text("utf-8")
    return ET.fromstring(text)  # noqa: S314 - our own file
