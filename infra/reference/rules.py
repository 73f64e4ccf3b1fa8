"""`make rules`: each rule of law with the law table's own test, clause by clause, and the tests that prove each clause.

A test says what it proves by `@pytest.mark.rule("R41", "due_date")`: the rule, then the clauses of its sentence in
`rules.json`. A clause is proven when it has tests and all of them passed. A rule is green when every clause is proven,
partial when some are, open when none is. A test marked with the rule only is listed with it and proves no clause.
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

Written by `make rules`, which runs the tests. Each rule has the sentence by which the table of law says how it is
tested, in clauses: `green` is that every clause has tests and all of them passed, `partial` that some have, `open` that
none has.

| rule | source | what the software does | the law table's own test | state |
|---|---|---|---|---|
"""
CLAUSES: Final = """
## Which test proves which clause

Rules without any test are left out. What a test proves of a rule beside its sentence stands under `more`.

| clause | what it says | tests | proven |
|---|---|---|---|
"""
MORE: Final = ""
"""Stands for the clause of a test that is marked with the rule only."""


class Rule(NamedTuple):
    """One line of the table of rules; `clauses` are the parts of its test sentence by name, in order."""

    id: str
    source: str
    says: str
    clauses: dict[str, str]

    @property
    def sentence(self) -> str:
        """The law table's own test."""
        return "; ".join(self.clauses.values())


def rules() -> list[Rule]:
    """Every rule, in order."""
    return [Rule(**row) for row in json.loads((Path(__file__).parent / "rules.json").read_text("utf-8"))]


@dataclass(eq=False)
class Proof:
    """A pytest plugin: runs only the tests that prove a rule, and remembers how they ended."""

    tests: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Keep what is marked; a test stands for all its parameters. Raises ValueError for a mark of nothing."""
        known = {rule.id: {MORE, *rule.clauses} for rule in rules()}
        for item in items:
            for mark in item.iter_markers("rule"):
                rule, *clauses = mark.args
                for clause in clauses or [MORE]:
                    if clause not in known.get(rule, ()):
                        raise ValueError(f"{item.nodeid}: no such rule or clause: {rule} {clause}".rstrip())
                    self.tests.setdefault((rule, clause), set()).add(item.nodeid.split("[")[0])
        items[:] = [item for item in items if item.get_closest_marker("rule")]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A test that failed, in whichever phase, proves nothing; nor does one that did not run."""
        name = report.nodeid.split("[")[0]
        if report.failed:
            self.failed.add(name)
        elif report.when == "call" and report.passed:
            self.passed.add(name)

    def is_proven(self, rule: str, clause: str) -> bool:
        """Whether a clause has tests and all of them passed."""
        tests = self.tests.get((rule, clause), set())
        return bool(tests) and tests <= self.passed - self.failed

    def state(self, rule: Rule) -> str:
        """Green, partial or open."""
        proven = [self.is_proven(rule.id, clause) for clause in rule.clauses]
        return "green" if all(proven) else "partial" if any(proven) else "open"

    def printed(self) -> Iterator[str]:
        """What is read on the screen: the rule, its state, its sentence, and each clause that is not proven."""
        for rule in rules():
            proven = sum(self.is_proven(rule.id, clause) for clause in rule.clauses)
            yield f"{rule.id}  {self.state(rule):<8}{proven}/{len(rule.clauses)}  {rule.source}: {rule.sentence}"
            if self.state(rule) == "partial":
                yield from (
                    f"     without a test: {said}"
                    for clause, said in rule.clauses.items()
                    if not self.is_proven(rule.id, clause)
                )

    def page(self) -> str:
        """The page: rules with their states, then clauses with their tests."""
        table = [f"| {r.id} | {r.source} | {r.says} | {r.sentence} | {self.state(r)} |" for r in rules()]
        return HEADER + "\n".join(table) + "\n" + CLAUSES + "\n".join(self._clauses()) + "\n"

    def _clauses(self) -> Iterator[str]:
        for rule in rules():
            named = [(clause, said, "yes" if self.is_proven(rule.id, clause) else "no")
                     for clause, said in rule.clauses.items()]  # fmt: skip
            if not any((rule.id, clause) in self.tests for clause in (*rule.clauses, MORE)):
                continue
            for clause, said, proven in (*named, (MORE, "beside its sentence", "")):
                tests = "<br>".join(sorted(self.tests.get((rule.id, clause), ())))
                if tests or clause:
                    yield f"| {rule.id} {clause or 'more'} | {said} | {tests} | {proven} |"


def main() -> int:
    """Run the proofs, print each rule with its sentence and state, write the page. Exit 1 when a test failed."""
    import pytest

    proof = Proof()
    code = pytest.main(["-q", "--no-header", "-m", "not soak", "--ignore=tests/localstack", *sys.argv[1:]], [proof])
    sys.stdout.write("\n".join(proof.printed()) + "\n")
    PAGE.write_text(proof.page(), "utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
