"""Writes docs/reference/parity.md from the last run on each cloud (`.local/parity`).

python -m infra.localstack.parity
"""

import json
import sys
import xml.etree.ElementTree as ET  # what pytest wrote
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from infra.localstack.run import EMBEDDED_ONLY, RESULTS, ROOT

PAGE: Final = ROOT / "docs" / "reference" / "parity.md"
AWS: Final = {
    "A private route without a token": "401 problem+json, by gateway responses of the template",
    "A private route with a forged token": "401 problem+json, by gateway responses of the template",
    "A path that is not there": "404 problem+json: MISSING_AUTHENTICATION_TOKEN of the template",
    "A method that a path does not have": "404 problem+json: AWS does not tell it from a path that is not there",
    "POST without Idempotency-Key": "400 problem+json, before any function runs",
    "A body over API Gateway's 10 MB": "413 problem+json",
    "Presigned POST of more bytes than were announced": "refused",
    "Presigned POST to another key than was signed": "403",
    "Presigned POST with a false signature": "403",
    "A presigned GET after its time": "403",
    "Default encryption of the bucket of papers": "aws:kms, by the template",
    "Lifecycle rules of the intake bucket": "2 rules, by the template",
    "Point-in-time recovery of the dossiers": "ENABLED, by the template",
    "A function's role doing what its policy does not allow (outbox reads a table)": "AccessDenied",
    "Headers X-Local-* (DynamoDB calls and units)": "none",
    "CORS preflight of an upload, from an origin that is no portal": "403, by the CORS rule of the template",
    "Headers of a refusal by the gateway itself": "all four, by gateway responses of the template",
}
"""What the template asks of AWS, or AWS documents; not measured here: there is no account."""
DIFFERENCES: Final = Path(__file__).with_name("differences.md")
"""A table of what was seen and what no probe asks for."""


class NoRun(FileNotFoundError):
    """There is no result of a run."""


def _outcomes(name: str) -> dict[str, tuple[str, str]]:
    """Test -> outcome and reason. Raises: `NoRun`."""
    file = RESULTS / f"{name}.xml"
    if not file.exists():
        raise NoRun(f"{file} is not there: run the journeys there first")
    found = {}
    for case in ET.parse(file).getroot().iter("testcase"):  # noqa: S314 - our own file
        test = f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
        child = next((c for c in case if c.tag in ("failure", "error", "skipped")), None)
        said = (
            {"failure": "fails", "error": "fails", "skipped": "skipped"}[child.tag] if child is not None else "passes"
        )
        reason = (
            (child.get("message") or "").splitlines()[0][:160] if child is not None and child.get("message") else ""
        )
        found[test] = (said, reason)
    return found


def _facts(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text("utf-8"))
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cell(c) for c in cells) + " |"


def _table(*head: str) -> list[str]:
    return [_row(*head), "|" + "---|" * len(head)]


def _journeys(embedded: Mapping[str, tuple[str, str]], other: Mapping[str, tuple[str, str]]) -> list[str]:
    lines = ["## Journeys", "", "The same files (`tests/journeys`), against the same API.", ""]
    lines += _table("Journey", "Embedded", "LocalStack", "")
    for test, (said, reason) in sorted(embedded.items()):
        there, why = other.get(test, ("not run", ""))
        lines.append(_row(f"`{test}`", said, there, why if there != "passes" else reason if said != "passes" else ""))
    for file, why in sorted(EMBEDDED_ONLY.items()):
        lines.append(_row(f"`{file}`", "in `make test`", "not run", why))
    return lines


def page() -> str:
    """The page. Raises: `NoRun`."""
    embedded = _outcomes("embedded")
    runs = sorted(file.stem for file in RESULTS.glob("localstack*.xml")) or ["localstack"]
    other = {test: said for run in runs for test, said in _outcomes(run).items()}
    ours, theirs = _facts("embedded"), _facts("localstack")
    only = {t: o for t, o in other.items() if t not in embedded}
    differ = [t for t, (said, _) in embedded.items() if other.get(t, ("", ""))[0] != said]
    count = sum(1 for said, _ in only.values() if said == "passes")
    lines = [
        "# The embedded cloud and LocalStack",
        "",
        "Generated from one run on each: `python -m infra.localstack.run --embedded`, `make test-localstack`, then",
        "`python -m infra.localstack.parity`. Do not edit.",
        "",
        f"{len(embedded)} journeys run on both; {len(differ)} with another outcome. LocalStack has {len(only)} tests",
        f"of its own (`tests/localstack`); {count} pass.",
        "",
    ]
    lines += [
        "## Start",
        "",
        *_table("Embedded", "LocalStack"),
        _row(f"ready after {ours['ready']} s", f"ready after {theirs['ready']} s: {'; '.join(theirs['told'])}"),
        "",
    ]
    lines += _journeys(embedded, other)
    lines += [
        "",
        "## Answers that differ",
        "",
        "The last column is what the template asks for or AWS documents: no account was asked.",
        "",
    ]
    lines += _table("Question", "Embedded", "LocalStack", "AWS")
    for question, said in ours["probes"].items():
        there = theirs["probes"].get(question, "")
        if said != there:
            lines.append(_row(question, said, there, AWS.get(question, "")))
    same = [q for q, said in ours["probes"].items() if theirs["probes"].get(q) == said]
    lines += ["", "The same on both: " + "; ".join(f"{q.lower()} ({_cell(ours['probes'][q])})" for q in same) + "."]
    lines += ["", "## Differences by design", "", DIFFERENCES.read_text("utf-8").rstrip()]
    failing = [(t, r) for t, (said, r) in only.items() if said != "passes"]
    if failing:
        lines += ["", "## LocalStack's own tests that do not pass", "", *_table("Test", "Outcome", "Why")]
        lines += [_row(f"`{t}`", only[t][0], r) for t, r in failing]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page."""
    try:
        PAGE.write_text(page(), "utf-8")
    except NoRun as missing:
        print(missing, file=sys.stderr)
        return 1
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
