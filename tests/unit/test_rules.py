"""The table of rules: a rule is green only by the law table's own sentence, clause by clause."""

import re
from types import SimpleNamespace

import pytest

from infra.reference.rules import MORE, Proof, Rule, rules

RULE = Rule("R41", "Decree", "stays", {"due_date": "the due date is unchanged", "explanation": "its explanation too"})


def proof(**tests):
    """What a run proved: for each clause its tests, of which those named `bad` failed."""
    found = Proof(tests={("R41", clause): set(names.split()) for clause, names in tests.items()})
    found.passed = {name for names in found.tests.values() for name in names}
    found.failed = {name for name in found.passed if "bad" in name}
    return found


@pytest.mark.parametrize(
    ("tests", "state"),
    [
        ({}, "open"),
        ({MORE: "a"}, "open"),
        ({"due_date": "a"}, "partial"),
        ({"due_date": "a", MORE: "b"}, "partial"),
        ({"due_date": "a", "explanation": "b"}, "green"),
        ({"due_date": "a", "explanation": "b bad"}, "partial"),
        ({"due_date": "bad", "explanation": "bad"}, "open"),
    ],
)
def test_a_rule_is_green_only_when_each_clause_of_its_sentence_is_proven(tests, state):
    assert proof(**tests).state(RULE) == state


def test_a_test_that_did_not_run_proves_nothing():
    found = proof(due_date="a", explanation="b")
    found.passed.remove("b")
    assert found.state(RULE) == "partial"


def item(*marks):
    """A collected test with these marks."""
    found = [SimpleNamespace(args=args) for args in marks]
    return SimpleNamespace(nodeid="t.py::t[1]", iter_markers=lambda _: found, get_closest_marker=lambda _: found)


def test_a_mark_names_its_rule_and_clauses():
    found = Proof()
    found.pytest_collection_modifyitems([item(("R41", "due_date", "explanation"), ("R02",))])
    assert found.tests == {(r, c): {"t.py::t"} for r, c in (("R41", "due_date"), ("R41", "explanation"), ("R02", MORE))}


@pytest.mark.parametrize("args", [("R99",), ("R41", "moon"), ("R99", "due_date")])
def test_a_mark_of_nothing_stops_the_run(args):
    with pytest.raises(ValueError, match=f"no such rule or clause: {args[0]}"):
        Proof().pytest_collection_modifyitems([item(args)])


def test_the_48_rules_have_each_a_sentence_in_clauses():
    known = rules()
    assert [rule.id for rule in known] == [f"R{n:02}" for n in range(1, 49)]
    for rule in known:
        assert rule.clauses
        assert all(re.fullmatch(r"[a-z_]+", name) and said for name, said in rule.clauses.items())
        assert rule.sentence.count("; ") == len(rule.clauses) - 1 + sum(c.count("; ") for c in rule.clauses.values())


def test_what_is_printed_has_the_sentence_the_state_and_what_lacks_a_test():
    lines = list(proof(due_date="a").printed())
    at = next(n for n, line in enumerate(lines) if line.startswith("R41"))
    rule = next(rule for rule in rules() if rule.id == "R41")
    assert lines[at].startswith(f"R41  partial 1/{len(rule.clauses)}  ")
    assert rule.sentence in lines[at]
    assert lines[at + 1] == f"     without a test: {rule.clauses['explanation']}"
