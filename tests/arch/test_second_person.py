"""Whether somebody is another person is said by one function: `dossier/second_person.py`."""

import ast

RULE = "chalicelib/dossier/second_person.py"
KNOWN = {
    "chalicelib/dossier/duties.py": "counts who is there: a colleague without a number is one all the same",
    "chalicelib/identity/petitions/concerns.py": "who acted: from the stage's day on nobody without a number asks",
    "chalicelib/onestop/model.py": "who verified: deciding without a number ends on the stage's day",
    "chalicelib/onestop/consulting/answering.py": "who asked: deciding without a number ends on the stage's day",
    "chalicelib/digitisation/reviews/model.py": "what is shown as waiting; an answer is judged by the rule",
    "chalicelib/catalogue/versions/batches.py": "a list of what others wrote; a review is judged by the rule",
    "chalicelib/identity/staff/proposals.py": "what waits for a second administrator",
}
"""Who asks only for what is known of two accounts (`is_same_person`, `did`), and why that is enough there."""
COMPARED = {"subject", "author"}
SAME = {
    "chalicelib/kernel/access.py": "an account is itself",
    "chalicelib/onestop/thread/api.py": "one's own message is shown as that",
    "chalicelib/catalogue/versions/model.py": "a check of the written review once more, beside the rule",
}
"""Who compares accounts by themselves, and why."""


def _asks(tree):
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(getattr(called, "id", "") in ("did", "is_same_person") for called in calls)


def _compares(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(each, ast.Eq | ast.NotEq) for each in node.ops):
            sides = (node.left, *node.comparators)
            if any(isinstance(side, ast.Attribute) and side.attr in COMPARED for side in sides):
                return True
    return False


def _those(sources, found):
    return {str(path) for path, tree in sources.items() if path.parts[0] == "chalicelib" and found(tree)}


def test_two_accounts_are_judged_by_the_rule_or_for_a_reason_that_is_written_here(sources):
    asking = _those(sources, _asks) - {RULE, "chalicelib/kernel/access.py"}
    assert asking == KNOWN.keys(), f"where two officers are asked for, `require_second` of {RULE} says it"


def test_nobody_compares_accounts_to_say_who_is_another_person(sources):
    assert _those(sources, _compares) == SAME.keys(), f"use `require_second` of {RULE}"


def test_a_comparison_of_accounts_is_found():
    assert _compares(ast.parse("if who.subject != offer.by: pass"))
    assert _asks(ast.parse("did(who, offer.by, offer.numbers)"))
    assert not _compares(ast.parse("said = who.subject"))
