"""`make rules`: each rule of law, where it stands, the tests that prove it, and whether they pass.

A test says what it proves by `@pytest.mark.rule("R02")`. A rule is green when it has tests and all passed, red when
one failed, open when it has none yet.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "reference" / "rules.md"
HEADER: Final = """# Rules of law and their tests

Written by `make rules` (which runs the tests); `green` is: it has tests and all of them passed.

| rule | source | what the software does | tests | state |
|---|---|---|---|---|
"""


class Rule(NamedTuple):
    """One line of the table of rules."""

    id: str
    source: str
    says: str


def rules() -> list[Rule]:
    """Every rule, in order."""
    return [Rule(**row) for row in json.loads((Path(__file__).parent / "rules.json").read_text("utf-8"))]


@dataclass(eq=False)
class Proof:
    """A pytest plugin: runs only the tests that prove a rule, and remembers how they ended."""

    tests: dict[str, set[str]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Keep what is marked; a test stands for all its parameters."""
        known = {rule.id for rule in rules()}
        for item in items:
            for mark in item.iter_markers("rule"):
                for rule in mark.args:
                    if rule not in known:
                        raise ValueError(f"{item.nodeid}: no such rule: {rule}")
                    self.tests.setdefault(rule, set()).add(item.nodeid.split("[")[0])
        items[:] = [item for item in items if item.get_closest_marker("rule")]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A test that failed, in whichever phase, proves nothing; nor does one that did not run."""
        name = report.nodeid.split("[")[0]
        if report.failed:
            self.failed.add(name)
        elif report.when == "call" and report.passed:
            self.passed.add(name)

    def state(self, rule: str) -> str:
        """Green, red or open."""
        tests = self.tests.get(rule, set())
        return "open" if not tests else "green" if tests <= self.passed - self.failed else "red"

    def lines(self) -> Iterator[str]:
        """The table's rows."""
        for rule in rules():
            shown = "<br>".join(sorted(self.tests.get(rule.id, ())))
            yield f"| {rule.id} | {rule.source} | {rule.says} | {shown} | {self.state(rule.id)} |"


def main() -> int:
    """Run the proofs, print rule, source, number of tests and state, write the page. Exit 1 when one failed."""
    import pytest

    proof = Proof()
    code = pytest.main(["-q", "--no-header", "-m", "not soak", "--ignore=tests/localstack", *sys.argv[1:]], [proof])
    for rule in rules():
        count = len(proof.tests.get(rule.id, ()))
        sys.stdout.write(f"{rule.id}  {proof.state(rule.id):<6}{count:>4} tests  {rule.source}: {rule.says}\n")
    PAGE.write_text(HEADER + "\n".join(proof.lines()) + "\n", "utf-8")
    return int(code) or int(any(proof.state(rule.id) == "red" for rule in rules()))


if __name__ == "__main__":
    sys.exit(main())
