"""Seeded random units of the shape of qd766_inputs.json, typical and odd, for comparing two implementations."""

# What the notes leave open, and the reading each implementation must choose, is listed at the top of
# index_second.py; here every such case is produced. A half cent of 4.2 is one for either the portal
# rule (R/100) or the xlsx rule (R/80), by chance.

import random
from typing import Any

# group, numerator, denominator (None: a [n, d] pair under the numerator's name), maximum, threshold in %
FIELDS: list[tuple[str, str, str | None, int, int]] = [
    ("transparency", "PUBLISH_ON_TIME", None, 6, 100),
    ("transparency", "PUBLIC_UPDATE_ON_TIME", None, 4, 100),
    ("transparency", "PUBLIC_CONTENT_FULL", None, 2, 100),
    ("transparency", "DOSSIER_SYNC", None, 6, 100),
    ("progress", "on_time", "received", 20, 100),
    ("online", "offered", "authorityCount", 2, 80),
    ("online", "onlineDossierCount", "onlineServiceTotal", 4, 100),
    ("online", "channelOnlineSum", "channelTotalSum", 6, 50),
    ("online", "fullOnlineDossiers", "fullOnlineEligible", 12, 100),
    ("payment", "paid_dossiers", "obligation_dossiers", 6, 100),
    ("payment", "formalities_with_payment", "fee_formalities", 2, 80),
    ("payment", "formalities_integrated", "fee_formalities", 2, 80),
    ("digitisation", "electronic_result", "dossiers", 6, 100),
    ("digitisation", "digitised", "dossiers", 4, 80),
    ("digitisation", "reused", "dossiers", 2, 80),
    ("digitisation", "synced", "dossiers", 4, 100),
    ("digitisation", "citizen_dossier", "dossiers", 2, 100),
    ("digitisation", "citizen_formality", None, 2, 100),
    ("digitisation", "certified_copy", None, 2, 100),
    ("satisfaction", "satisfied", None, 6, 90),
    ("satisfaction", "petition_on_time", None, 6, 100),
    ("satisfaction", "petition_satisfied", None, 6, 100),
]
MAXIMA = {
    "transparency": 18,
    "progress": 20,
    "online": 12,
    "payment": 10,
    "digitisation": 22,
    "satisfaction": 18,
}
HALF_CENT_BASE = 12000  # every maximum and threshold of FIELDS has exact half cents over it
FAULTS = ["none", "missing", "negative", "above", "group", "group_none", "pair_none", "denominator"]


def denominator(rng: random.Random) -> int:
    """Return a denominator: large, middling, small, zero, or one that has exact half cents."""
    kind = rng.choices(["large", "tens", "small", "half", "zero"], [35, 20, 10, 30, 5])[0]
    if kind == "large":
        return rng.randint(20, 600000)
    if kind == "tens":
        return 10 * rng.randint(1, 2000)
    if kind == "small":
        return rng.randint(1, 9)
    if kind == "half":
        return HALF_CENT_BASE * rng.randint(1, 12)
    return 0


def numerator(rng: random.Random, d: int, maximum: int, threshold: int) -> int:
    """Return a numerator from 0 to d: any, 0, d, at a threshold, or with a score ending in a half cent."""
    if d == 0:
        return 0
    kind = rng.choices(["any", "zero", "full", "edge", "half"], [30, 8, 10, 22, 30])[0]
    if kind == "zero":
        return 0
    if kind == "full":
        return d
    if kind == "edge":
        edge = d * rng.choice([50, 80, 90, threshold]) // 100 + rng.choice([-1, 0, 0, 1])
        return min(d, max(0, edge))
    if kind == "half":
        n, rest = divmod((2 * rng.randrange(100 * maximum) + 1) * threshold * d, 20000 * maximum)
        if rest == 0:
            return n
    return rng.randint(0, d)


def spoil(rng: random.Random, unit: dict[str, Any]) -> None:
    """Put one fault into a unit: a count or group missing or None, or an impossible count."""
    group, name, below, _, _ = rng.choice(FIELDS)
    fields = unit.get(group)
    if not isinstance(fields, dict):
        return
    if name == "offered":
        name = rng.choice(["partialCount", "fullCount"])
    fault = rng.choice(FAULTS)
    value = fields.get(name)
    if fault == "group":
        del unit[group]
    elif fault == "group_none":
        unit[group] = None
    elif fault == "missing":
        fields.pop(name if below is None else rng.choice([name, below]), None)
    elif fault == "pair_none":
        fields[name] = None
    elif isinstance(value, list) and isinstance(value[1], int):
        place = 1 if fault == "denominator" else 0
        new = {"none": None, "negative": -1, "above": value[1] + 1, "denominator": rng.choice([None, -1])}
        value[place] = new[fault]
    elif below is not None and isinstance(value, int) and isinstance(fields.get(below), int):
        place_name = below if fault == "denominator" else name
        edits = {
            "none": None,
            "negative": -1,
            "above": fields[below] + 1,
            "denominator": rng.choice([None, -1, 0]),
        }
        fields[place_name] = edits[fault]


def unit_of(rng: random.Random, number: int) -> dict[str, Any]:
    """Return one random unit."""
    unit: dict[str, Any] = {
        "code": f"T{number:05d}",
        "name": f"Đơn vị thử {number}",
        "period": "year 2026",
        "captured": "2026-09-26",
    }
    for name, maximum in MAXIMA.items():
        unit[name] = {"max": maximum}
    for group, name, below, maximum, full in FIELDS:
        fields = unit[group]
        if name == "certified_copy" and rng.random() < 0.5:
            continue
        threshold = rng.choice([80, 100]) if name == "digitised" else full
        if below is None:
            d = denominator(rng)
            fields[name] = [numerator(rng, d, maximum, threshold), d]
            continue
        d = fields.setdefault(below, denominator(rng))
        n = numerator(rng, d, maximum, threshold)
        if name == "offered":
            fields["partialCount"] = rng.randint(0, n)
            fields["fullCount"] = n - fields["partialCount"]
        else:
            fields[name] = n
    if rng.random() < 0.1:
        del unit["online"]
    if rng.random() < 0.4:
        for _ in range(rng.randint(1, 3)):
            spoil(rng, unit)
    return unit


def units(seed: int, many: int) -> list[dict[str, Any]]:
    """Return `many` units, the same for the same seed."""
    rng = random.Random(seed)
    return [unit_of(rng, number) for number in range(many)]
