"""How many mutants the tests kill.

    python -m tests.mutants --seed 1 --count 300     drawn of all mutants, and all that are named
    python -m tests.mutants --named                  those that are named only
    python -m tests.mutants --only 'chalicelib/law/clock.py' --count 50

Prints each mutant as it is decided, then a line a file; what is kept of it stands in `.local/mutants`. Ends with 1 when
fewer than 90 % are killed, a named one lives, or one lives that `survivors.toml` does not explain.
"""

import argparse
import fnmatch
import json
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.mutants import choosing, making, named, running
from tests.mutants.explained import as_toml, explained, key
from tests.mutants.making import ROOT, Mutant

ENOUGH: Final = 0.9
BUDGET, BUDGET_NAMED = 30.0, 120.0
"""Seconds of tests for a mutant, as they took without it: what lives longer lives."""
CONTROLS: Final = 0.04
"""Of the mutants, how many times the tests run over the source as it is: they must find nothing."""
HERE: Final = ROOT / ".local" / "mutants"


@dataclass(eq=False)
class Finding:
    """A mutant and what became of it. A control has a mutant's name and tests and is not that mutant."""

    mutant: Mutant
    tests: list[str]
    verdict: str = "not run"
    by: str = ""
    cpu: float = 0.0

    @property
    def killed(self) -> bool:
        """Whether a test noticed."""
        return self.verdict == "killed"

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        m = self.mutant
        names = {"file": m.file, "line": m.lines.start, "operator": m.operator, "text": m.text, "change": m.change}
        return {**names, "verdict": self.verdict, "by": self.by, "tests": len(self.tests), "cpu": round(self.cpu, 1)}


@dataclass
class Run:
    """One run of the tool."""

    findings: list[Finding]
    controls: list[Finding]
    began: float = field(default_factory=time.monotonic)

    def of(self, given: Sequence[running.Worker], tests: choosing.Tests, until: float) -> None:
        """Run every mutant, and the controls between them. Raises Broken when a control finds something."""
        step = max(1, len(self.findings) // (len(self.controls) or 1))
        order = list(self.findings)
        for number, control in enumerate(self.controls):
            order.insert(min(len(order), (number + 1) * step + number), control)
        jobs = []
        for one in order:
            seconds = sum(tests.seconds[test] for test in one.tests)
            file = "" if one in self.controls else one.mutant.file
            jobs.append(running.job(one.tests, seconds, file=file, text=one.mutant.source, options=("-x",)))
        for one in order:
            if not one.tests:
                one.verdict = "lives"
                one.by = "no test runs it"
        runs = [(one, job) for one, job in zip(order, jobs, strict=True) if one.tests]

        def hear(place: int, answer: dict[str, Any]) -> bool:
            one = runs[place][0]
            one.cpu = answer["cpu"]
            if answer["code"] == 5 or (one in self.controls and answer["code"]):
                raise running.Broken(f"nothing was changed, and yet: {answer['first'] or answer}")
            one.verdict, one.by = ("killed", answer["first"]) if answer["code"] else ("lives", "")
            if one not in self.controls:
                print(f"{one.verdict:7} {one.mutant.name}" + (f"\n          by {one.by}" if one.by else ""), flush=True)
            return time.monotonic() < until

        running.done(given, [job for _, job in runs], hear)

    def summary(self) -> str:
        """A line a file, and in all."""
        rows: dict[str, list[Finding]] = {}
        for one in self.findings:
            rows.setdefault(one.mutant.file, []).append(one)
        lines = [f"{sum(o.killed for o in some):4} of {len(some):4}  {file}" for file, some in sorted(rows.items())]
        minutes, cpu = (time.monotonic() - self.began) / 60, sum(o.cpu for o in self.findings) / 60
        killed = sum(o.killed for o in self.findings)
        share = killed / len(self.findings) if self.findings else 1.0
        took = f"{minutes:.0f} min, {cpu:.0f} min of processor"
        lines.append(f"{killed:4} of {len(self.findings):4}  killed: {share:.1%}, in {took}")
        return "\n".join(lines)


def planned(
    mutants: Sequence[Mutant], tests: choosing.Tests, budget: float, controls: int
) -> tuple[list[Finding], list[Finding]]:
    """Mutants with their tests, the controls with those of some of them."""
    findings = [Finding(mutant, tests.chosen(mutant, budget)) for mutant in mutants]
    tested = [one for one in findings if one.tests]
    every = max(1, len(tested) // controls) if controls else 0
    return findings, [Finding(one.mutant, one.tests) for one in tested[::every][:controls]] if every else []


def told(findings: Sequence[Finding]) -> list[Finding]:
    """Print who lives, and answer those that nobody explained."""
    known = explained()
    living = [one for one in findings if one.verdict == "lives"]
    for one in living:
        print(f"\nlives: {one.mutant.name}\n  {known.get(key(one.mutant)) or one.by or 'not explained'}")
    return [one for one in living if key(one.mutant) not in known]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="which mutants are drawn")
    parser.add_argument("--count", type=int, default=300, help="how many")
    parser.add_argument("--named", action="store_true", help="those that are named only")
    parser.add_argument("--only", default="*", help="files that match a pattern")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60)
    return parser.parse_args()


def main() -> int:
    """The command line; 1 when too much lives."""
    given, began = arguments(), time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the copies of the tree go
    HERE.mkdir(parents=True, exist_ok=True)
    names = [m for m in named.mutants() if fnmatch.fnmatch(m.file, given.only)]
    sources = [s for s in making.sources(making.files()) if fnmatch.fnmatch(s.file, given.only)]
    draw = [] if given.named else making.drawn(sources, given.count, given.seed)
    print(f"{sum(map(len, sources))} mutants in {len(sources)} files; {len(names)} named")
    print(f"{len(draw)} drawn with seed {given.seed}")
    files = sorted({*making.files(), *(m.file for m in named.mutants())})
    with running.workers(given.workers) as workers:
        tests = choosing.tests(workers, files, HERE / "tests", lambda line: print(line, flush=True))
        print(f"{len(tests.seconds)} tests, {len(tests.failing)} left out as they fail without any mutant", flush=True)
        by_name, _ = planned(names, tests, BUDGET_NAMED, 0)
        by_seed, controls = planned(draw, tests, BUDGET, round(len(draw) * CONTROLS))
        until = began + 60 * given.minutes
        parts = Run(by_name, []), Run(by_seed, controls, began)
        for part in parts:
            part.of(workers, tests, until)
    unexplained = told(by_seed)
    (HERE / "findings.json").write_text(json.dumps([f.told() for f in by_name + by_seed], indent=1, ensure_ascii=False))
    (HERE / "unexplained.toml").write_text("\n".join(as_toml(one.mutant) for one in unexplained), "utf-8")
    for one in by_name:
        print(f"{one.verdict:7} named: {one.mutant.change}")
    print(parts[1].summary())
    return verdict(by_name, by_seed, len(unexplained))


def verdict(by_name: Sequence[Finding], by_seed: Sequence[Finding], unexplained: int) -> int:
    """Say what is wrong; 1 when something is."""
    faults = [f"named, and lives: {one.mutant.change}" for one in by_name if not one.killed]
    if left := sum(one.verdict == "not run" for one in by_seed):
        faults.append(f"{left} were not run in time")
    if sum(one.killed for one in by_seed) < ENOUGH * len(by_seed):
        faults.append(f"fewer than {ENOUGH:.0%} are killed")
    if unexplained:
        faults.append(f"{unexplained} live without a reason in survivors.toml: see .local/mutants/unexplained.toml")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
