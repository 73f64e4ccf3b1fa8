"""From figures to what is answered of them."""

from typing import Any, Final

from chalicelib.kernel.clock import said, stamp
from chalicelib.law.measures import Figure, indicators
from chalicelib.measures import wire
from chalicelib.measures.figures import Figures

HUNDREDTHS: Final = 100


def figures_view(found: Figures) -> dict[str, Any]:
    """The fields of an answer of figures."""
    return {
        "unit": found.unit.id,
        "name": found.unit.name,
        "period": found.period.text,
        "timeType": found.period.time_type,
        "units": found.units,
        "indicators": [indicator_view(each) for each in found.figures],
        "citation": indicators().citation,
        "as_of": said(stamp(found.as_of)),
    }


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
