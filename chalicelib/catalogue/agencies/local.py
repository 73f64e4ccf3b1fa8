"""What an agency says of a service at its own counter, by date: what is wrong with it, and what holds on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.contracts.catalogue import CounterEntry
from chalicelib.dossier.fees import bounds_of
from chalicelib.law.fees import Filing
from chalicelib.law.packs import RulePack
from chalicelib.law.problems import Problem
from chalicelib.law.sums import check_asked
from chalicelib.law.validity import covers

CHANNELS: Final = ("ONLINE", "POSTAL", "DIRECT")


def problems_of(entries: Sequence[CounterEntry]) -> tuple[Problem, ...]:
    """What keeps these entries from being shown, each by its place."""
    found = [problem for place, entry in enumerate(entries) for problem in _of_entry(f"/entries/{place}", entry)]
    return tuple(found or _overlaps(entries))


def fee_problems(
    place: int, entry: CounterEntry, facts: Facts | None, filing: Filing, pack: RulePack
) -> Iterator[Problem]:
    """Fees in another currency than the procedure's, or above what its version can ask, all types together.

    As of a dossier: where no sum is certain, the cap of the rule pack holds. `facts` are those of the version in force,
    None where none is; `filing` is what a fee depends on but for its channel.
    """
    highest: dict[tuple[str, str], int] = {}
    for number, fee in enumerate(entry.fees):
        if fee.amount is None or fee.currency is None:
            continue
        own = highest.get((fee.currency, fee.type), 0)
        others = sum(most for (currency, _), most in highest.items() if currency == fee.currency) - own
        highest[fee.currency, fee.type] = most = max(own, fee.amount)
        bounds = _bounds([fee.channel] if fee.channel else CHANNELS, facts, filing, pack)
        if wrong := check_asked(others + most, fee.currency, bounds, pack):
            yield wrong._replace(pointer=f"/entries/{place}/fees/{number}{wrong.pointer}")


def _bounds(channels: Sequence[str], facts: Facts | None, filing: Filing, pack: RulePack) -> dict[str, int | None]:
    """The highest sums on any of the channels by currency; None where no sum is certain."""
    if facts is None:
        return {each.currency: None for each in pack.rules.payment_cap.value}
    fees, prices = [each.planned() for each in facts.fees], [each.planned() for each in facts.prices]
    found: dict[str, int | None] = {}
    for channel in channels:
        asked = bounds_of(fees, prices, filing._replace(channel=channel), is_free=bool(facts.free))
        for currency, most in asked.items():
            before = found.get(currency, 0)
            found[currency] = None if most is None or before is None else max(before, most)
    return found


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
