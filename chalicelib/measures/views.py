"""From figures to what is answered of them."""

from typing import Final

from chalicelib.kernel.clock import said, stamp
from chalicelib.law.measures import Figure, indicators
from chalicelib.measures import wire
from chalicelib.measures.figures import Figures
from chalicelib.measures.reported import Report, Reported, about_if_any, ratio_of

HUNDREDTHS: Final = 100


def figures_view(found: Figures) -> wire.Measures:
    """Figures, as everybody reads them."""
    return wire.Measures(
        unit=found.unit.id,
        name=found.unit.name,
        period=found.period.text,
        timeType=found.period.time_type,
        units=found.units,
        indicators=[indicator_view(each) for each in found.figures],
        elsewhere=[report_view(each) for each in found.elsewhere],
        citation=indicators().citation,
        as_of=said(stamp(found.as_of)) or "",
    )


def cut_view(found: Figures) -> wire.CutMeasures:
    """Figures with every count, as officers read them."""
    return wire.CutMeasures(**dict(figures_view(found)), counts=found.counts)


def indicator_view(told: Figure) -> wire.Indicator:
    """An indicator with its value."""
    about = told.indicator
    return wire.Indicator(
        id=about.id,
        name_vi=about.vi,
        name_en=about.en,
        citation=about.citation,
        unit="percent" if about.is_share else "seconds",
        numerator=told.numerator,
        denominator=told.denominator,
        ratio=None if told.ratio is None else told.ratio / HUNDREDTHS,
        dataQualityStatus=told.quality,
        numerator_counts=list(about.numerator),
        denominator_counts=list(about.denominator),
        note=about.note,
    )


def report_view(told: Report) -> wire.ReportedFigures:
    """What another system reported, with its source."""
    return wire.ReportedFigures(
        source=told.source,
        agency=told.agency,
        system=told.system,
        dialect=told.dialect,
        version=told.version,
        batch=told.batch,
        received_at=said(told.received_at) or told.received_at,
        indicators=[_reported(each) for each in told.figures],
    )


def _reported(told: Reported) -> wire.ReportedIndicator:
    known, ratio = about_if_any(told), ratio_of(told)
    return wire.ReportedIndicator(
        formula=told.formula,
        id=told.indicator,
        name_vi=known.vi if known else told.indicator,
        name_en=known.en if known else told.indicator,
        citation=known.citation if known else "",
        numerator=told.numerator,
        denominator=told.denominator,
        ratio=None if ratio is None else ratio / HUNDREDTHS,
        dataQualityStatus=told.quality,
        reportedStatus=told.said,
        doubts=list(told.doubts),
        row=told.row,
    )
