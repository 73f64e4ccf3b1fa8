"""A write is conditional: what is put or deleted whatever stands there is so for a reason, and no more of it comes in.

`aws.put` without a condition and `aws.delete` without one overwrite what another one wrote meanwhile. Where that does
no harm it is told here, by the function that does it: what stands in one transaction with a record is held by the
version of its HEAD.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "chalicelib"
GIVEN_A_CONDITION = 3
"""How many arguments `aws.delete` has then."""
BY_HEAD = {
    "audit/store.py": {"mended": 1},
    "catalogue/agencies/store.py": {
        "keep": 1,
        "_list": 1,
        "_unlist": 1,
        "move": 2,
        "withdraw": 2,
        "keep_counter": 2,
        "propose_counter": 1,
    },
    "catalogue/fence.py": {"switched": 1},
    "catalogue/plans/store.py": {"issue": 1, "_listed": 2},
    "catalogue/procedures/guided.py": {"rows": 1, "passed": 1},
    "catalogue/procedures/store.py": {"_waits": 2, "_unbegun": 2, "keep": 4},
    "digitisation/reviews/store.py": {"keep": 1},
    "dossier/change.py": {
        "expire": 1,
        "pin": 1,
        "save_form": 1,
        "keep_clock": 1,
        "keep_papers": 1,
        "keep_delivery": 1,
        "open_task": 1,
        "claim_task": 1,
        "_off_the_list_of": 1,
        "put_off": 1,
    },
    "dossier/integrating.py": {"keep": 1},
    "dossier/kept.py": {"rely_on": 1, "drop": 1},
    "dossier/superiors.py": {"handed_up": 1},
    "dossier/thread.py": {"marked": 1},
    "dossier/uploads.py": {"leave_out": 1},
    "identity/fence.py": {"switched": 1, "stands": 1},
    "identity/listed.py": {"change_of": 2},
    "identity/mandates/store.py": {"write": 1},
    "identity/petitions/store.py": {"write": 3},
    "identity/registers/store.py": {"join": 1},
    "messages/store.py": {"stamp_again": 1, "propose": 1, "_hash": 1, "_public": 1, "_off": 1},
    "subscriptions/store.py": {"open": 1, "remove": 2, "_changed": 1},
    "vault/takeouts/store.py": {"settle": 1},
    "vault/uploads/store.py": {"erase": 1, "_used": 1},
}
"""In one transaction with a record: its HEAD is under the version that was read."""
BESIDE = {
    "dossier/receipts.py": {"marked": 1},  # of the number in its own series, which is used once
    "dossier/staffed.py": {"succession_parts": 2, "_marked": 1},  # of an agency that is remembered, if it is newer
    "dossier/ties.py": {"_put": 1},  # of the tie that is newer
    "measures/rows.py": {"petition_parts": 1, "changed": 4},  # of what is counted once, or as far as it was read
    "messages/store.py": {"stamp_tried": 1},  # of a check that its timestamp is the same
}
"""In one transaction with another condition."""
ANYHOW = {
    "audit/store.py": {"forget": 1, "_keep": 1, "settle": 3, "found": 2},  # whoever holds the part alone; once again
    "catalogue/restructuring/store.py": {"submitted": 1, "moved": 1, "ended": 2},  # marks say the same at each time
    "digitisation/driving.py": {"wait": 1},  # the newest token counts
    "dossier/leaving.py": {"leaves": 1, "forget": 1},  # a place that says all of it
    "dossier/lists.py": {"leave_off": 1},  # where the next sweep begins: two at once do no harm
    "dossier/offered.py": {"remember_procedure": 2},  # a version that was published never changes
    "measures/store.py": {"forget": 1},  # generations that nobody reads
}
"""By itself: whoever writes it last is right."""


def scopes(tree: ast.AST, name: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Each node with the function in which it stands, the innermost one."""
    for node in ast.iter_child_nodes(tree):
        inner = node.name if isinstance(node, ast.FunctionDef) else name
        yield inner, node
        yield from scopes(node, inner)


def is_unconditional(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="aws"), attr="put"), keywords=more):
            return not more
        case ast.Call(func=ast.Attribute(value=ast.Name(id="aws"), attr="delete"), args=args, keywords=more):
            return len(args) < GIVEN_A_CONDITION and not any(each.arg == "condition" for each in more)
    return False


def unconditional(tree: ast.AST) -> Counter[str]:
    return Counter(name for name, node in scopes(tree) if is_unconditional(node))


def test_nothing_more_is_written_whatever_stands_there():
    stands, listed = Counter[str](), Counter[str]()
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for by, number in unconditional(ast.parse(path.read_text("utf-8"))).items():
            stands[f"{name}: {by}"] += number
    for name, by in (each for known in (BY_HEAD, BESIDE, ANYHOW) for each in known.items()):
        listed.update({f"{name}: {each}": number for each, number in by.items()})
    assert sorted((stands - listed).elements()) == [], "give it a condition, or say here what holds it"
    assert sorted((listed - stands).elements()) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("aws.put(TABLE(), item)", 1),
        ("aws.alone(aws.delete(TABLE(), key))", 1),
        ("ops = [aws.put(TABLE(), each) for each in items], aws.delete(TABLE(), key)", 2),
        ("aws.put_new(TABLE(), item)", 0),
        ("aws.put(TABLE(), item, **newer)", 0),
        ("aws.delete(TABLE(), key, '#n = :n', known, names)", 0),
        ("aws.delete(TABLE(), key, condition='#n = :n')", 0),
    ],
)
def test_a_write_without_a_condition_is_seen_in_the_function_that_does_it(text, number):
    assert unconditional(ast.parse(f"def act():\n    {text}\n")) == Counter(act=number) + Counter()
