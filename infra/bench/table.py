"""The figures of `run.py` against the budgets of design/performance.md, and as the page of the reference."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "benchmarks.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
# design/performance.md: CPU milliseconds, its machine on its day; `import boto3` is the floor both days share.
BOTO3_THEN: Final = 152
PEERS: Final = {"NHS NRLF": (486 + 61, 0.50), "aws-lambda-handler-cookbook": (621 + 10, 0.40)}


@dataclass(frozen=True)
class Budget:
    """One budget: what it is about, the figure, what it may be at most (`least`: at least), how it was found."""

    number: str
    about: str
    figure: float
    limit: float
    how: str
    unit: str = "x"
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.figure >= self.limit if self.least else self.figure <= self.limit

    def row(self) -> str:
        """A line of the table."""
        sign, verdict = "≥" if self.least else "≤", "met" if self.met else "**missed**"
        shown, limit = (f"{v:,.0f}" if v >= 20 or self.unit == "" else f"{v:.2f}" for v in (self.figure, self.limit))  # noqa: PLR2004 - to the eye
        cells = (self.number, self.about, f"{shown}{self.unit}", f"{sign} {limit}{self.unit}", verdict, self.how)
        return f"| {' | '.join(cells)} |"


def machine() -> dict[str, str]:
    """Where and when this was measured."""
    text = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*:\s*(.+)", text)
    return {
        "cpu": model[1] if model else platform.processor() or "unknown",
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def verdicts(found: Mapping[str, Any]) -> list[Budget]:
    """Each budget that was measured, in order."""
    makers = {
        "counts": _counts,
        "cold": _cold,
        "frame": _frame,
        "client": _client,
        "pages": _pages,
        "clock": _clock,
        "catalogue": _catalogue,
        "importing": _importing,
        "serve": _serve,
        "chains": _chains,
        "measures": _measures,
        "index": _index,
    }
    made = [budget for part, maker in makers.items() if part in found for budget in maker(found[part])]
    return sorted(made, key=lambda b: (int(b.number.rstrip("abcd")), b.number))


def _counts(found: Mapping[str, Any]) -> list[Budget]:
    components = found["submit_components"]
    made = [
        Budget("1a", "submission: DynamoDB write calls", found["submit_write_calls"], 1, "own meter", ""),
        Budget(
            "1b",
            f"submission: write units, {components} component(s)",
            found["submit_write_units"],
            12 + 2 * components,
            "own meter, AWS's rules",
            "",
        ),
    ]
    if "state_entries" in found:
        entered = found["state_entries"]
        made.append(Budget("2", "common dossier: state entries", entered, 4, "history of its flow's one execution", ""))
        made.append(
            Budget("2b", "one scanned paper of it: state entries", found["paper_states"], 4, "history of its own", "")
        )
    return made


def _cold(found: Mapping[str, Any]) -> list[Budget]:
    row = found["functions"].get("submit_api")
    if row is None:
        return []
    ours, bones = min(row["product"]), min(row["skeleton"])
    between = median(p / s for p, s in zip(row["product"], row["skeleton"], strict=True))
    scale = min(found["floors"]["boto3"]) / BOTO3_THEN
    how = f"{ours:.0f} ms against {bones:.0f} ms; median of the rounds' ratios {between:.2f}x"
    made = [Budget("4a", "cold submission against its library skeleton", ours / bones, 1.15, how)]
    for letter, (peer, (then, limit)) in zip("bc", PEERS.items(), strict=True):
        how = f"{ours:.0f} ms against {then} ms of design/performance.md times {scale:.2f}; the peer is not here"
        made.append(Budget(f"4{letter}", f"cold submission against {peer}", ours / (then * scale), limit, how))
    return made


def _frame(found: Mapping[str, float]) -> list[Budget]:
    def how(name: str, bare: str) -> str:
        return (
            f"{found[name]:.0f} µs against {found[bare]:.1f} µs;"
            f" without its log line {found[name + '_without_log']:.0f} µs"
        )

    typed, size = found["frame_2kb"] / found["typed_2kb"], found["body_bytes"]
    return [
        Budget(
            "5a",
            f"warm request, {size:.0f} bytes, against a typed `validate_json`",
            typed,
            4,
            how("frame_2kb", "typed_2kb"),
        ),
        Budget(
            "5b",
            f"warm request, {size:.0f} bytes, against its own `validate_json`",
            found["frame_2kb"] / found["bare_2kb"],
            4,
            how("frame_2kb", "bare_2kb"),
        ),
        Budget(
            "5c",
            "warm submission without AWS against its own `validate_json` (55 bytes)",
            found["submit"] / found["bare_submit"],
            4,
            how("submit", "bare_submit"),
        ),
    ]


def _client(found: Mapping[str, float]) -> list[Budget]:
    how = (
        f"{found['transaction']:.0f} µs against {found['five_puts']:.0f} µs;"
        f" the whole submission, its two reads included, {found['whole']:.0f} µs"
    )
    about = "client CPU of a submission's transaction against five boto3 puts"
    return [Budget("6", about, found["transaction"] / found["five_puts"], 0.35, how)]


def _pages(found: Mapping[str, float]) -> list[Budget]:
    how = f"{found['whole'] * 1000:.0f} ms a page against {found['alone'] * 1000:.0f} ms, both of the same pages"
    return [
        Budget("9a", "digitisation against tesserocr alone", found["whole"] / found["alone"], 1.15, how),
        Budget("9b", f"memory of a paper of {found['pages']:.0f} pages", found["peak_mb"], 300, "VmHWM", " MB"),
    ]


def _clock(found: Mapping[str, float]) -> list[Budget]:
    def row(letter: str, about: str, name: str, limit: float) -> Budget:
        times = found["floor_per_second"] / found[f"{name}_per_second"]
        how = f"five terms, 400 moments; {times:.1f} times what reading and writing the same moments takes"
        return Budget(
            f"10{letter}", f"{about} a second and core", found[f"{name}_per_second"], limit, how, "", least=True
        )

    return [
        row("a", "due dates", "due", 300_000),
        row("b", "due dates, asked with an empty list of events,", "reckon", 300_000),
        row("c", "due dates after a stop, its end and an extension,", "three", 100_000),
    ]


def _catalogue(found: Mapping[str, float]) -> list[Budget]:
    read = f"{found['samples']:.0f} national records, bytes to facts"
    asked = f"{found['queries']:.0f} queries over {found['entries']:.0f} names, p95 in ms of CPU"
    return [
        Budget("11", "national records read a second and core", found["records_per_second"], 200, read, "", least=True),
        Budget("12a", "search in plain words", found["search_p95_ms"], 30, asked, " ms"),
        Budget("12b", "its index made", found["build_s"], 1.5, f"{found['entries']:.0f} names, CPU", " s"),
    ]


def _chains(found: Mapping[str, float]) -> list[Budget]:
    entries = found["entries_per_second"]
    how = (
        f"{found['floor_per_second'] / entries:.1f} times what hashing the same bytes takes; without reading the table"
    )
    return [Budget("14", "entries of a chain verified a second and core", entries, 20_000, how, "", least=True)]


def _measures(found: Mapping[str, float]) -> list[Budget]:
    events = found["events_per_second"]
    floor = f"{found['floor_per_second']:,.0f} are made plain a second and not counted; without reading the table"
    return [Budget("15", "events counted anew a second and core", events, 20_000, floor, "", least=True)]


def _index(found: Mapping[str, float]) -> list[Budget]:
    rows = (
        f"{found['rows']:,.0f} rows, whose bare numbers alone take {found['floor_s']:.2f} s; without reading the table"
    )
    return [Budget("16", f"the index of {found['communes']:,.0f} communes, CPU", found["index_s"], 1, rows, " s")]


def _importing(found: Mapping[str, float]) -> list[Budget]:
    spent = f"{found['store_s']:.1f} s of our own CPU against {found['read_s']:.1f} s, {found['entries']:.0f} records"
    again = f"the same again {found['again_times_reading']:.2f}x"
    units = f"{found['read_units_each']:.1f} read and {found['write_units_each']:.1f} write units"
    calls = f"{units}; {found['again_calls_each']:.0f} of one that says the same"
    return [
        Budget(
            "14a", "an import: records stored against records read", found["times_reading"], 8, f"{spent}; {again}", "x"
        ),
        Budget("14b", "an import: calls of DynamoDB a record", found["calls_each"], 2, calls, ""),
    ]


def _serve(found: Mapping[str, Any]) -> list[Budget]:
    read, many, alone, more = (found[part] for part in ("reads", "submissions", "submissions_alone", "more"))
    statuses = {int(status): count for status, count in more["statuses"].items()}
    shed, broken = statuses.get(503, 0), statuses.get(500, 0) + statuses.get(0, 0)
    page = f"p95; a page of the same server without a function {read['floor_p95_ms']:.0f} ms"
    one = f"one client {alone['per_second']:.1f} a second"
    told = f"{sum(statuses.values())} requests, {shed} told to come again; {more['drafts']} drafts"
    lost = many["lost"] + alone["lost"] + more["lost"] + abs(more["twice"])
    return [
        Budget("13a", "`serve`: 20 public reads a second", read["reads_p95_ms"], 100, page, " ms"),
        Budget("13b", "`serve`: full submissions a second of 4 clients", many["per_second"], 2.5, one, "", least=True),
        Budget("13c", "`serve`: 500 or no answer at 100 requests a second", broken, 0, told, ""),
        Budget(
            "13d", "`serve`: dossiers and drafts lost or twice", lost, 0, f"of {many['count']} submissions, {told}", ""
        ),
    ]


def table(head: Sequence[str], rows: Sequence[str]) -> str:
    """A Markdown table."""
    return "\n".join([f"| {' | '.join(head)} |", "|" + "---|" * len(head), *rows])


def _functions(found: Mapping[str, Any]) -> str:
    rows = []
    for name, row in found["functions"].items():
        ours, bones = min(row["product"]), min(row["skeleton"])
        warm = f"{min(row['warm']):.1f}" if row["warm"] else "-"
        calls = ", ".join(c.partition(":")[2] for c in row["calls"]) or "none"
        rows.append(
            f"| `{name}` | {min(row['import']):.0f} | {ours:.0f} | {median(row['product']):.0f} | {bones:.0f}"
            f" | {ours / bones:.2f}x | {warm} | {calls} |"
        )
    rows += [
        f"| `{name}` | failed: {why.strip().splitlines()[-1][:150]} |||||||" for name, why in found["failed"].items()
    ]
    head = ("function", "import", "cold", "(median)", "skeleton", "ratio", "warm", "calls of AWS")
    return table(head, rows)


def markdown(found: Mapping[str, Any], budgets: Sequence[Budget]) -> str:
    """The tables."""
    here = found["machine"]
    lines = [
        "Measured {date} on {cpu} ({cores} cores, shared), {system}, Python {python};".format(**here),
        f"{found['rounds']} rounds of cold starts.",
        "",
        table(("#", "budget", "measured", "limit", "", "how"), [b.row() for b in budgets]),
    ]
    if "cold" in found:
        lines += [
            "",
            "Cold starts and warm calls, CPU milliseconds:",
            "",
            _functions(found["cold"]),
            "",
            _floors(found["cold"]["floors"]),
        ]
    return "\n".join(lines)


def _floors(found: Mapping[str, Sequence[float]]) -> str:
    python, boto3 = min(found["python"]), min(found["boto3"])
    then = f"{BOTO3_THEN} ms in design/performance.md"
    return f"Floors of the same rounds: the interpreter {python:.0f} ms, `import boto3` {boto3:.0f} ms ({then})."


def write(found: Mapping[str, Any], budgets: Sequence[Budget]) -> None:
    """Put the tables between the marks of the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{markdown(found, budgets)}\n\n{END}{after}", "utf-8")
