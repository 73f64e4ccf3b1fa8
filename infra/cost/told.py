"""The bill and the quotas in words: lines for people, one document for programs."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from infra.cost.assumed import assumed
from infra.cost.bill import Bill, Group, Line, log_bytes, written
from infra.cost.count import Count
from infra.cost.prices import Region
from infra.cost.quotas import Buffer, Need, Plan, Quotas

MOST_RATE: Final = 100_000
"""Dossiers a second: more than the people of the country could send."""
GROUPS: Final[dict[Group, str]] = {
    "handled": "Until the dossiers are done",
    "month": "Every month, whoever comes",
    "year": "Keeping them for a year",
    "beside": "More, in no sum: results that go beside the vault",
    "notices": "More, in no sum: notices that SES and SNS send, to one receiver",
}
LEFT_OUT: Final = (
    "cold starts (a new environment loads its libraries once)",
    "looks that only wait: each further request of the API is one more of each kind",
    "a browser's pre-flight requests, where a portal's pages call the API themselves",
    "AWS's free tiers, discounts, taxes and support",
    "rows and worker of notices, where a stage sends any; a sender's name or number for SMS by the month",
    "the keys of agencies and officers: a month of each is one more of kms.keys",
    "failures: what is tried again costs again, what is parked a message",
)
"""What is in no line, told with each bill."""


def figure(number: float) -> str:
    """A number for the eye: whole where it is big, three digits where it is small."""
    if number >= 1000 or number == int(number):  # noqa: PLR2004 - to the eye
        return f"{number:,.0f}"
    return f"{number:,.2f}" if number >= 0.1 else f"{number:.2g}"  # noqa: PLR2004 - to the eye


def _table(rows: Sequence[tuple[str, ...]], left: int = 1) -> list[str]:
    """Columns as wide as they must be: the first ones begin at the left, the others end at the right."""
    sides = "<" * left + ">" * (len(rows[0]) - left)
    wide = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    shapes = [f"{{:{side}{width}}}" for side, width in zip(sides, wide, strict=True)]
    return ["  ".join(shapes).format(*row).rstrip() for row in rows]


# --- the bill ------------------------------------------------------------------------------------------------


def bill_lines(made: Bill, count: Count, region: Region, name: str) -> list[str]:
    """The bill for people."""
    first, last = region.days
    lines = [
        f"{made.dossiers:,} dossiers with two papers in a month, {name} ({region.name}), USD",
        f"counted {count.on} on {count.machine}, Python {count.python}; list prices of {first} to {last}",
    ]
    for group, title in GROUPS.items():
        if any(line.group == group for line in made.lines):
            lines += ["", f"{title}{_ways(count, group)}", *_group(made, group)]
    total = made.sum("handled", "month", "year")
    done = made.sum("handled", "month")
    lines += [
        "",
        f"Done, with the month: {done:,.2f}, which is {done / made.dossiers:.6f} a dossier",
        f"With a year's keeping: {total:,.2f}, which is {total / made.dossiers:.6f} a dossier",
        "",
        *(f"unknown: {u.service}, {u.what}: {figure(u.quantity)} {u.price.unit}; {u.price.note}" for u in made.unknown),
        *(f"assumed: {text}" for text in _assumptions()),
        *(f"not in it: {text}" for text in LEFT_OUT),
    ]
    return lines


def _ways(count: Count, group: Group) -> str:
    """Which destinations were counted, where it is their group."""
    return f" ({', '.join(count.beside.destinations)})" if group == "beside" and count.beside else ""


def _group(made: Bill, group: Group) -> Iterator[str]:
    mine = [line for line in made.lines if line.group == group]
    rows: list[tuple[str, ...]] = [("", "", "a dossier", "in all", "unit", "USD")]
    for service, usd in made.services(group).items():
        rows += [_row(line) for line in mine if line.service == service]
        rows.append((f"{service}", "sum", "", "", "", f"{usd:,.2f}"))
    rows.append((GROUPS[group], "sum", "", "", "", f"{made.sum(group):,.2f}"))
    yield from (f"  {line}" for line in _table(rows, left=2))


KB: Final = 10**6
"""In a GB."""


def _each(line: Line) -> str:
    if line.per_dossier is None:
        return ""
    is_size = line.price.unit.startswith("GB") and not line.key.startswith("lambda.")
    return f"{figure(line.per_dossier * KB)} k" if is_size else figure(line.per_dossier)


def _row(line: Line) -> tuple[str, ...]:
    each = _each(line)
    usd = "unknown" if line.usd is None else f"{line.usd:,.2f}"
    return line.service, line.what, each, figure(line.quantity), line.price.unit, usd


def _assumptions() -> Iterator[str]:
    given = assumed()
    waits = ", ".join(f"{service} {wait.ms:g} ms" for service, wait in given.call_ms.items())
    yield f"a call of AWS takes: {waits} (it is in Lambda's memory by time)"
    for name in (
        "full_processor_mb",
        "arm_speed",
        "bucket_key_share",
        "table_key_minutes",
        "traced_share",
        "log_line_bytes",
    ):
        found = getattr(given, name)
        yield f"{name} {found.value:g}: {found.why}"


def bill_json(made: Bill, count: Count, name: str) -> dict[str, Any]:
    """The bill for programs."""
    groups: tuple[Group, ...] = ("handled", "month", "year")
    done = made.sum("handled", "month")
    total = made.sum(*groups)
    return {
        "dossiers": made.dossiers,
        "region": name,
        "currency": "USD",
        "counted_on": count.on,
        "lines": [_line(line) for line in made.lines],
        "services": {group: made.services(group) for group in groups},
        "sums": {group: made.sum(group) for group in groups} | {"done": done, "total": total},
        "beside": {
            "destinations": list(count.beside.destinations) if count.beside else [],
            "states": count.beside.states if count.beside else 0,
            "usd": made.sum("beside"),
        },
        "notices": {"usd": made.sum("notices"), "messages": msgspec.to_builtins(count.messages)},
        "per_dossier": {"done": done / made.dossiers, "total": total / made.dossiers},
        "write_units": written(count, made.dossiers, assumed()),
        "ledger_units": count.ledger_lines,
        "log_bytes": log_bytes(count, assumed()),
        "unknown": [line.key for line in made.unknown],
        "assumed": msgspec.to_builtins(assumed()),
        "not_in_it": list(LEFT_OUT),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "group": line.group,
        "service": line.service,
        "key": line.key,
        "what": line.what,
        "per_dossier": line.per_dossier,
        "quantity": line.quantity,
        "usd": line.usd,
        "price": msgspec.to_builtins(line.price),
    }


# --- the quotas ----------------------------------------------------------------------------------------------


def plan_lines(made: Plan, count: Count, region: Quotas, name: str, *, as_is: bool) -> list[str]:
    """The plan for people."""
    rows = [("needed for", "a second", "default", "")]
    rows += [(n.what, figure(n.need), figure(n.has), _said(n)) for n in made.needs]
    found = [("buffer", "comes", "done", "", "limit")]
    found += [(b.name, figure(b.comes), figure(b.done), drains(b), b.why) for b in made.buffers]
    judged = "AWS's defaults and the templates' own caps" if as_is else "what is asked for, and our own caps as told"
    lines = [
        f"{made.rate:g} dossiers a second, {name} ({region.name}); counted {count.on}; quotas as read {_day(region)}",
        "",
        *_table(rows),
        "",
        f"An hour of that, then a tenth of it; judged with {judged}",
        "",
        *_table(found),
        "",
    ]
    lines += [f"BOTTLENECK {b.name}: {drains(b)} ({b.why})" for b in made.bottlenecks]
    return lines + ([] if made.bottlenecks else ["no buffer grows for ever"])


def _day(region: Quotas) -> str:
    return max(q.date for q in region.quotas.values())


def _said(need: Need) -> str:
    if need.fits:
        return "fits"
    if not need.adjustable:
        return "fits closely" if need.need <= need.has else "TOO MUCH, and AWS raises it for nobody"
    return f"{'set' if not need.source else 'ask for'} {figure(need.ask)}"


def drains(buffer: Buffer) -> str:
    """By when a buffer is empty, in words."""
    if buffer.drains_s is None:
        return "grows for ever"
    if not buffer.behind:
        return "keeps up"
    late = f"drains in {buffer.drains_s / 3600:.1f} h"
    return late if buffer.holds else f"{late}, but keeps things {buffer.keeps_s / 3600:.2g} h only"


def plan_json(made: Plan, count: Count, region: str, *, as_is: bool) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "rate_per_second": made.rate,
        "region": region,
        "counted_on": count.on,
        "as_is": as_is,
        "needs": [
            {
                "what": n.what,
                "per_second": n.need,
                "default": n.has,
                "fits": n.fits,
                "ask": None if n.fits or not n.adjustable else n.ask,
                "ours": not n.source,
                "source": n.source,
                "note": n.note,
            }
            for n in made.needs
        ],
        "buffers": [
            {
                "name": b.name,
                "comes_per_second": b.comes,
                "done_per_second": b.done,
                "drains_seconds": b.drains_s,
                "oldest_seconds": b.oldest_s,
                "keeps_seconds": b.keeps_s,
                "holds": b.holds,
                "limit": b.why,
            }
            for b in made.buffers
        ],
        "bottlenecks": [b.name for b in made.bottlenecks],
    }
