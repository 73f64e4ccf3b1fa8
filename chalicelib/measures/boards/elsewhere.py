"""The section of a board with what other systems reported: each source by itself, nothing added up."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from chalicelib.measures.boards.words import Speech
from chalicelib.measures.wire import ReportedFigures, ReportedIndicator


def fill(section: ET.Element, speech: Speech, reports: Iterable[ReportedFigures]) -> None:
    """Each source with its figures, under the words that nothing of it is in ours."""
    _add(section, "p", speech.say("not_added"))
    for report in reports:
        name = speech.say("source", source=report.source, version=str(report.version), at=speech.at(report.received_at))
        _add(section, "h3", name)
        items = ET.SubElement(section, "ul", {"class": "figures"})
        for each in report.indicators:
            _figure(ET.SubElement(items, "li"), speech, each)


def _figure(item: ET.Element, speech: Speech, each: ReportedIndicator) -> None:
    _add(item, "p", speech.choose(each.name_vi, each.name_en), "label")
    numbers = (each.numerator, each.denominator)
    parts = " / ".join(speech.say("no_data") if number is None else speech.number(number) for number in numbers)
    is_mean = each.id.endswith("_seconds")
    share = [] if each.ratio is None else [speech.duration(each.ratio) if is_mean else speech.percent(each.ratio)]
    _add(item, "p", " · ".join([*share, parts]), "value")
    quality = "not_told" if each.dataQualityStatus == "missing" else each.dataQualityStatus
    told = [speech.say(quality)] if quality != "ok" else []
    told += [speech.say(why) for why in each.doubts]
    told += [speech.say("said", said=each.reportedStatus)] if each.reportedStatus else []
    if told:
        _add(item, "p", "; ".join(told), "about")
    _add(item, "p", each.citation, "about")


def _add(parent: ET.Element, tag: str, text: str, kind: str = "") -> None:
    ET.SubElement(parent, tag, {"class": kind} if kind else {}).text = text
