"""Second implementation of the scoring of Decision 766, from the text of measurement.md sections 0 and 1."""

# Where the notes are not clear, and the reading taken here:
#  1. "Rounding: ratios 2 decimals, scores 2 decimals": the score is computed from the exact ratio n/d,
#     not from the ratio already rounded; thresholds are compared with the exact ratio too.
#  2. "Group score = sum of components (rounded components)" against "Online group ... 8.5562->8.56"
#     (one sum, rounded once): the rounded components are summed in the online group as well.
#  3. "docx: >=80% -> max" (4.2) does not say what is below: max*R/80, as for 4.3 and 3.5.
#  4. "12 points = toàn-trình dossiers / dossiers of procedures eligible for toàn trình": 12*n/d, no threshold.
#  5. "docx adds 'x sync rate'" (3.3) and "docx: only of procedures that owe a paper result" (4.1):
#     not applied in either formula, no count exists for them.
#  6. "if 0: previous year's total /12, /4, /1; if that is absent: 0" (1.4): the unit has no previous year, so 0.
#  7. "a commune is then given the maximum ... follow the portal data, keep a flag": never given, either formula.
#  8. 4.6 "B: always 100%": no counts (key, pair, one number of it, or the whole group missing or None) -> 2.00;
#     counts that are there are scored, [0, 0] -> 0, impossible -> None.
#  9. "denominator 0 -> 6" (5.2, 5.3) and every other denominator 0: a numerator above 0 is impossible -> None,
#     a None numerator -> None.
# 10. 3.1 "partial or full / all in authority": partial + full above authority -> None, and either below 0 -> None.
# 11. Only the denominator bounds a numerator: "digitised AND electronic result" above electronic_result, or
#     formalities_with_payment above formalities_integrated (true of H44 itself: 119, 68), is not impossible.
# 12. A value that is no whole number (text, float, bool) counts as a missing count; "max" in a group is not read.

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

PORTAL = "qd766-portal-2026"
XLSX = "qd766-xlsx-2026"
CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def group_of(unit: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a group of the unit, empty where it is missing."""
    group = unit.get(name)
    return group if isinstance(group, dict) else {}


def count(group: dict[str, Any], field: str) -> int | None:
    """Return one count of a group, None where it is missing."""
    value = group.get(field)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def pair(group: dict[str, Any], field: str) -> tuple[int | None, int | None]:
    """Return a [numerator, denominator] of a group, None for what is missing."""
    value = group.get(field)
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return None, None
    return count({"n": value[0]}, "n"), count({"d": value[1]}, "d")


def rate(maximum: int, n: int | None, d: int | None, threshold: int = 100, empty: int = 0) -> Decimal | None:
    """Score a ratio: max from the threshold (%) on, else max*R/threshold; `empty` where d is 0."""
    if n is None or d is None:
        return None
    if n < 0 or d < 0 or n > d:
        return None
    if d == 0:
        return Decimal(empty).quantize(CENT)
    if n * 100 >= threshold * d:
        return Decimal(maximum).quantize(CENT)
    exact = Decimal(maximum * n * 100) / Decimal(d * threshold)
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)


def add(parts: list[Decimal | None]) -> Decimal | None:
    """Add scores; None where one of them is None."""
    result = ZERO
    for part in parts:
        if part is None:
            return None
        result += part
    return result


def transparency(g: dict[str, Any]) -> dict[str, Decimal | None]:
    """Score the components 1.1 to 1.4."""
    return {
        "1.1": rate(6, *pair(g, "PUBLISH_ON_TIME")),
        "1.2": rate(4, *pair(g, "PUBLIC_UPDATE_ON_TIME")),
        "1.3": rate(2, *pair(g, "PUBLIC_CONTENT_FULL")),
        "1.4": rate(6, *pair(g, "DOSSIER_SYNC")),
    }


def progress(g: dict[str, Any]) -> dict[str, Decimal | None]:
    """Score the component 2.1."""
    return {"2.1": rate(20, count(g, "on_time"), count(g, "received"))}


def online(g: dict[str, Any], formula: str) -> dict[str, Decimal | None]:
    """Score the components 3.1 to 3.3, or 3.x of the xlsx."""
    if formula == XLSX:
        return {"3.x": rate(12, count(g, "fullOnlineDossiers"), count(g, "fullOnlineEligible"))}
    partial, full = count(g, "partialCount"), count(g, "fullCount")
    offered: int | None = None
    if partial is not None and full is not None and partial >= 0 and full >= 0:
        offered = partial + full
    return {
        "3.1": rate(2, offered, count(g, "authorityCount"), 80),
        "3.2": rate(4, count(g, "onlineDossierCount"), count(g, "onlineServiceTotal")),
        "3.3": rate(6, count(g, "channelOnlineSum"), count(g, "channelTotalSum"), 50),
    }


def payment(g: dict[str, Any]) -> dict[str, Decimal | None]:
    """Score the components 3.5a, 3.5b and 3.6."""
    fee = count(g, "fee_formalities")
    return {
        "3.5a": rate(2, count(g, "formalities_integrated"), fee, 80),
        "3.5b": rate(2, count(g, "formalities_with_payment"), fee, 80),
        "3.6": rate(6, count(g, "paid_dossiers"), count(g, "obligation_dossiers")),
    }


def digitisation(g: dict[str, Any], formula: str) -> dict[str, Decimal | None]:
    """Score the components 4.1 to 4.6."""
    all_dossiers = count(g, "dossiers")
    copies, communes = pair(g, "certified_copy")
    if copies is None or communes is None:
        copies, communes = 1, 1
    return {
        "4.1": rate(6, count(g, "electronic_result"), all_dossiers),
        "4.2": rate(4, count(g, "digitised"), all_dossiers, 80 if formula == XLSX else 100),
        "4.3": rate(2, count(g, "reused"), all_dossiers, 80),
        "4.4": rate(4, count(g, "synced"), all_dossiers),
        "4.5a": rate(2, *pair(g, "citizen_formality")),
        "4.5b": rate(2, count(g, "citizen_dossier"), all_dossiers),
        "4.6": rate(2, copies, communes),
    }


def satisfaction(g: dict[str, Any]) -> dict[str, Decimal | None]:
    """Score the components 5.2 to 5.4."""
    return {
        "5.2": rate(6, *pair(g, "petition_on_time"), empty=6),
        "5.3": rate(6, *pair(g, "petition_satisfied"), empty=6),
        "5.4": rate(6, *pair(g, "satisfied"), threshold=90),
    }


def score(unit: dict[str, Any], formula: str) -> dict[str, Any]:
    """Score a unit by one of the two formulas: components, groups, total."""
    if formula not in (PORTAL, XLSX):
        raise ValueError(f"unknown formula: {formula}")
    parts = {
        "transparency": transparency(group_of(unit, "transparency")),
        "progress": progress(group_of(unit, "progress")),
        "online": online(group_of(unit, "online"), formula),
        "payment": payment(group_of(unit, "payment")),
        "digitisation": digitisation(group_of(unit, "digitisation"), formula),
        "satisfaction": satisfaction(group_of(unit, "satisfaction")),
    }
    components = {key: value for part in parts.values() for key, value in part.items()}
    groups = {name: add(list(part.values())) for name, part in parts.items()}
    return {"components": components, "groups": groups, "total": add(list(groups.values()))}
