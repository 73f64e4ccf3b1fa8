"""Months, quarters and years of Vietnam's calendar. Pure."""

import re
from datetime import datetime
from typing import Final, Literal, NamedTuple

from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import BodyInvalid, FieldError

_YEAR: Final = re.compile(r"20\d\d")
_QUARTER: Final = re.compile(r"(20\d\d)-Q([1-4])")
_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")

type TimeType = Literal["month", "quarter", "year"]


class Period(NamedTuple):
    """A period as it was written, what it is, and its months in order."""

    text: str
    time_type: TimeType
    months: tuple[str, ...]

    def is_to_come(self, now: datetime) -> bool:
        """Whether it has not begun."""
        return self.months[0] > now.astimezone(ZONE).strftime("%Y-%m")


def period_of(text: str, now: datetime) -> Period:
    """`2026`, `2026-Q3` or `2026-09`. Raises BodyInvalid for what is none of these, or has not begun at `now`."""
    found = _parsed(text)
    if found is None:
        vi, en = (
            "Kỳ là năm, quý hoặc tháng: 2026, 2026-Q3, 2026-09",
            "A year, a quarter or a month: 2026, 2026-Q3, 2026-09",
        )
        raise BodyInvalid(fields=[FieldError("/period", "period", vi, en)])
    if found.is_to_come(now):
        vi, en = "Kỳ này chưa bắt đầu", "This period has not begun"
        raise BodyInvalid(fields=[FieldError("/period", "period", vi, en)])
    return found


def _parsed(text: str) -> Period | None:
    if _YEAR.fullmatch(text):
        return Period(text, "year", tuple(f"{text}-{month:02d}" for month in range(1, 13)))
    if quarter := _QUARTER.fullmatch(text):
        last = int(quarter[2]) * 3
        return Period(text, "quarter", tuple(f"{quarter[1]}-{month:02d}" for month in range(last - 2, last + 1)))
    return Period(text, "month", (text,)) if _MONTH.fullmatch(text) else None


def before(period: Period) -> Period:
    """The period of the same kind right before."""
    first, length = _number(period.months[0]), len(period.months)
    months = tuple(f"{number // 12}-{number % 12 + 1:02d}" for number in range(first - length, first))
    year = months[0][:4]
    told = {"year": year, "quarter": f"{year}-Q{(first - length) % 12 // 3 + 1}", "month": months[0]}
    return Period(told[period.time_type], period.time_type, months)


def _number(month: str) -> int:
    """A month's place in the row of all."""
    return int(month[:4]) * 12 + int(month[5:]) - 1
