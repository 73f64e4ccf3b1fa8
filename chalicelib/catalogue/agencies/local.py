"""What an agency says of a service at its own counter, by date: what is wrong with it, and what holds on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from chalicelib.contracts.catalogue import CounterEntry
from chalicelib.law.problems import Problem
from chalicelib.law.validity import covers


def problems_of(entries: Sequence[CounterEntry]) -> tuple[Problem, ...]:
    """What keeps these entries from being shown, each by its place."""
    found = [problem for place, entry in enumerate(entries) for problem in _of_entry(f"/entries/{place}", entry)]
    return tuple(found or _overlaps(entries))


def on_day(entries: Sequence[CounterEntry], day: date) -> CounterEntry | None:
    """The entry that holds on a Vietnamese day; None: none does."""
    return next((each for each in entries if covers(day.isoformat(), each.valid_from, each.valid_to)), None)


def _of_entry(at: str, entry: CounterEntry) -> Iterator[Problem]:
    for name in ("valid_from", "valid_to"):
        said = getattr(entry, name)
        if said is not None and not _is_day(said):
            yield Problem(f"{at}/{name}", "day", "Không có ngày này", "There is no such day")
    if entry.valid_to is not None and entry.valid_to <= entry.valid_from:
        vi, en = "Ngày kết thúc phải sau ngày bắt đầu", "It has to end after it begins"
        yield Problem(f"{at}/valid_to", "validity", vi, en)
    if not (entry.fees or entry.hours_vi or entry.address_vi or entry.note_vi):
        vi, en = "Cần ít nhất phí, giờ làm việc, địa chỉ hoặc ghi chú", "Say fees, hours, an address or a note"
        yield Problem(at, "empty", vi, en)
    for number, fee in enumerate(entry.fees):
        if fee.amount is None and not fee.text_vi:
            vi, en = "Nêu mức phí hoặc cách tính", "Give the amount, or say how it is reckoned"
            yield Problem(f"{at}/fees/{number}/amount", "fee", vi, en)
        if fee.amount is not None and fee.currency is None:
            vi, en = "Cần nêu loại tiền", "The currency is needed"
            yield Problem(f"{at}/fees/{number}/currency", "fee", vi, en)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _overlaps(entries: Sequence[CounterEntry]) -> list[Problem]:
    ordered = sorted(enumerate(entries), key=lambda pair: pair[1].valid_from)
    vi, en = "Trùng thời gian với mục trước", "It overlaps the entry before it in time"
    return [
        Problem(f"/entries/{place}/valid_from", "validity", vi, en)
        for (_, earlier), (place, later) in pairwise(ordered)
        if earlier.valid_to is None or later.valid_from < earlier.valid_to
    ]
