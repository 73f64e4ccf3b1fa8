"""The report of an agency's figures in a period: its board on paper. What nobody can say is said so, and is not 0."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Final

from chalicelib.contracts.event import Malformed
from chalicelib.contracts.messages import PaperOrdered
from chalicelib.contracts.plan import Office
from chalicelib.contracts.reports import (
    IndicatorFigure,
    OtherDoubt,
    OtherFigure,
    OtherQuality,
    OtherSource,
    Quality,
    Reported,
    ReportedComponent,
    ReportedFigure,
    ReportedIndex,
)
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import qr
from chalicelib.messages.model import Fields, Printed, Published, long_time
from chalicelib.messages.papers import SYSTEM, Paper, lookup_url, printed_time

KIND: Final = "report"
TITLE: Final = "Báo cáo chỉ số phục vụ người dân và doanh nghiệp"
NO_DATA: Final = "Chưa có số liệu"
NONE: Final = "–"
HUNDREDTHS: Final = 100
QUALITY: Final[dict[Quality, str]] = {
    "ok": "Đủ",
    "empty": "Mẫu số bằng 0",
    "missing": "Chưa ai đếm",
    "impossible": "Sai: tử số lớn hơn mẫu số hoặc nhỏ hơn 0",
    "partial": "Chưa đủ: thiếu hồ sơ quá hạn chưa kết thúc, kiến nghị qua Cổng quốc gia",
    "assumed": "Không có số đếm; Cổng quốc gia cho đủ điểm",
    "withheld": "Không nêu: quá ít người hoặc tháng chưa hết",
}
"""What is said of the data behind a figure."""
OTHER_QUALITY: Final[dict[OtherQuality, str]] = {
    "ok": "Không thấy sai khi kiểm tra",
    "empty": "Mẫu số bằng 0",
    "missing": "Nguồn không báo cáo đủ",
    "impossible": "Sai: tử số lớn hơn mẫu số",
    "doubtful": "Cần xem lại",
    "withheld": "Không nêu: quá ít người hoặc tháng chưa hết",
}
"""What is said of a figure of another system, as it was checked here."""
DOUBTS: Final[dict[OtherDoubt, str]] = {
    "on_time_over_received": "đúng hạn nhiều hơn tiếp nhận",
    "post_as_online": "hồ sơ qua bưu chính ghi là trực tuyến",
    "ended_as_received": "có hồ sơ kết thúc ngay lúc tiếp nhận",
    "source_doubts": "nguồn không tự ghi là tốt",
    "over_the_whole": "không khớp với kỳ bao trùm",
}
DIALECTS: Final = {
    "portal_report": "báo cáo theo mẫu của Cổng Dịch vụ công quốc gia",
    "portal_sync": "hồ sơ đồng bộ theo mẫu của Cổng Dịch vụ công quốc gia",
    "emc": "số liệu theo mẫu EMC",
}
"""In whose fields the figures of another system came, in words; one that is not here is told by its name."""
_LENGTHS: Final = ((86400, "ngày"), (3600, "giờ"), (60, "phút"))


class ReportData(Published, frozen=True, kw_only=True):
    """The report of an agency (`unit`, by name) in a period. A4; no text of law was found that says its lines."""

    template: ClassVar[str] = "report"

    number: str
    unit: str
    period: str
    as_of: datetime
    said: Reported

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        said = self.said
        return Published.fields(self) | {
            "form": "",
            "number": self.number,
            "dossier_code": self.number,
            "unit": self.unit,
            "period": period_text(self.period),
            "as_of": long_time(self.as_of),
            "units": number(said.units),
            "citation": said.citation,
            "figures": [_figure(each) for each in said.figures],
            "index": _index(said.index) if said.index else "",
            "months": [_month(each.month) for each in said.trend],
            "charts": list(_charts(said)),
            "trend": [_row(said, place) for place in range(len(said.trend))],
            "least": number(said.least),
            "months_over": ", ".join(map(_month, said.months_over)),
            "procedures": list(said.procedures),
            "elsewhere": [_source(each) for each in said.elsewhere],
        }


def report(event: PaperOrdered, office: Office, url: str, now: datetime) -> Paper:
    """The report that was ordered. Raises Malformed for an order without one, or of a release that means another."""
    told = event.report
    if told is None:
        raise Malformed("PaperOrdered.report: missing")
    lookup = lookup_url(url, event.order)
    said = {
        "dossier_code": event.order,
        "procedure_code": "*",
        "person_id": event.agency,
        "document_name": TITLE,
        "system_name": "Một Cửa",
        "published_at": printed_time(stamp(now)),
        "lookup_url": lookup,
    }
    data = ReportData(
        agency=office.name,
        place=office.place,
        published_at=now,
        qr=qr.qr_payload(said),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup,
        number=event.order,
        unit=told.name,
        period=told.period,
        as_of=moment(told.as_of),
        said=told.said,
    )
    return Paper(
        message=event.order,
        kind=KIND,
        title=f"{TITLE}, {period_text(told.period).lower()}",
        data=data,
        target=f"forms/reports/{event.agency}/{event.order}.pdf",
        reason="Ban hành báo cáo",
        holder="",
    )


# --- as papers write numbers and times -----------------------------------------------------------------------------


def number(value: float, digits: int = 0) -> str:
    """`1.234,50`."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def period_text(period: str) -> str:
    """`2026`, `2026-Q3` or `2026-09` in words."""
    year, _, part = period.partition("-")
    if not part:
        return f"Năm {year}"
    return f"Quý {part[1:]} năm {year}" if part.startswith("Q") else f"Tháng {int(part)} năm {year}"


def _month(month: str) -> str:
    return f"{month[5:]}/{month[:4]}"


def value(ratio: int | None, *, is_share: bool) -> str:
    """A ratio in hundredths of a percent, or of a second, in the largest of days, hours, minutes that it has."""
    if ratio is None:
        return NO_DATA
    told = ratio / HUNDREDTHS
    if is_share:
        return f"{number(told, 2)} %"
    for length, name in _LENGTHS:
        if told >= length:
            return f"{number(told / length, 1)} {name}"
    return f"{number(told)} giây"


def _count(some: int | None) -> str:
    return NONE if some is None else number(some)


def _points(score: float | None) -> str:
    return NONE if score is None else number(score, 2)


# --- its parts -----------------------------------------------------------------------------------------------------


def _figure(each: ReportedFigure) -> Fields:
    return _indicator(each, QUALITY[each.quality])


def _indicator(each: IndicatorFigure, quality: str) -> Fields:
    return {
        "name": each.name.removesuffix(" (giây)"),
        "citation": each.citation,
        "numerator": _count(each.numerator),
        "denominator": _count(each.denominator),
        "ratio": value(each.ratio, is_share=each.is_share),
        "quality": quality,
    }


def _source(told: OtherSource) -> Fields:
    return {
        "source": _sender(told.source),
        "version": str(told.version),
        "received_at": long_time(moment(told.received_at)),
        "figures": [_other(each) for each in told.figures],
    }


def _sender(source: str) -> str:
    """An agency and its system, and in whose fields it reported."""
    sender, _, dialect = source.rpartition("/")
    return f"{sender}, {DIALECTS.get(dialect, dialect)}"


def _other(each: OtherFigure) -> Fields:
    doubts = [DOUBTS[why] for why in each.doubts]
    said = [f"nguồn ghi: {each.said}"] if each.said else []
    return _indicator(each, "; ".join((OTHER_QUALITY[each.quality], *doubts, *said)))


def _index(index: ReportedIndex) -> Fields:
    return {
        "formula": index.formula,
        "citation": index.citation,
        "summary": (
            f"{number(index.scored, 2)} điểm, tính trên {index.of} điểm đã chấm được"
            if index.of
            else "Chưa nhóm nào chấm đủ điểm"
        ),
        "groups": [
            {
                "name": group.name,
                "score": NO_DATA if group.score is None else f"{number(group.score, 2)} / {group.most} điểm",
                "components": [_component(each) for each in group.components],
            }
            for group in index.groups
        ],
        "heads": [f"{group.name} ({group.most})" for group in index.groups],
        "below": [
            [each.name, *map(_points, each.groups), f"{number(each.scored, 2)} / {each.of}" if each.of else NONE]
            for each in index.below
        ],
    }


def _component(each: ReportedComponent) -> Fields:
    is_judged = each.score is not None and each.quality in ("ok", "assumed")
    return {
        "code": each.code,
        "name": each.name,
        "numerator": _count(each.numerator),
        "denominator": _count(each.denominator),
        "ratio": NONE if each.ratio is None else f"{number(each.ratio, 2)} %",
        "score": NO_DATA if each.score is None else f"{number(each.score, 2)} / {each.most}",
        "share": f"{(each.score or 0.0) / each.most:.4f}" if is_judged and each.most else "",
        "delta": NONE if each.delta is None else f"{'+' if each.delta > 0 else ''}{number(each.delta, 2)}",
        "quality": QUALITY[each.quality],
    }


def _charts(said: Reported) -> Iterator[Printed]:
    """Of each share that a month has: its number among the figures, its name, its points in percent ("" for none)."""
    for place, each in enumerate(said.figures):
        ratios = [month.ratios[place] for month in said.trend]
        if each.is_share and any(ratio is not None for ratio in ratios):
            yield {"number": str(place + 1), "name": each.name, "points": _shares(ratios)}


def _shares(ratios: Sequence[int | None]) -> list[str]:
    return ["" if ratio is None else f"{ratio / HUNDREDTHS:.2f}" for ratio in ratios]


def _row(said: Reported, place: int) -> list[str]:
    """A month with what each figure was in it."""
    month = said.trend[place]
    pairs = zip(month.ratios, said.figures, strict=True)
    told = (NONE if ratio is None else value(ratio, is_share=each.is_share) for ratio, each in pairs)
    return [_month(month.month), *told]
