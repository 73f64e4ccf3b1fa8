"""The fence of a procedure's version: as many copies as the peak needs, changed together, one checked by a dossier."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.catalogue.fence import COPIES, State, published, state_key, state_keys, switched
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.versions.publishing import window
from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.law.validity import in_force
from tests.fakes import people
from tests.support.hall import version

NOW = "2026-11-25T00:00:00.000+00:00"
CODE, REFERENCE = "1.001193", "MC-7K3D9M2QW8XZ4T1B"


def keys(ops, kind, part):
    return [tuple(aws.plain({k: op[kind][part][k] for k in ("pk", "sk")}).values()) for op in ops]


def test_every_copy_is_a_partition_of_its_own_and_no_version_has_anothers():
    first, second = state_keys(CODE, 1), state_keys(CODE, 2)
    assert len({pk for pk, _ in first}) == COPIES
    assert not set(first) & set(second)


def test_a_version_is_switched_with_all_its_copies():
    for is_published in (True, False):
        ops = switched(CODE, 3, State(is_published=is_published, opens=NOW)).values()
        assert keys(ops, "Put", "Item") == state_keys(CODE, 3)
        assert {aws.plain(op["Put"]["Item"])["is_published"] for op in ops} == {is_published}


def test_a_version_may_replace_another_in_one_transaction():
    """DynamoDB takes 100 operations: HEAD, an event, the version and the list's row are among them."""
    ended, begun = State(is_published=True, opens=NOW, closes=NOW), State(is_published=True, opens=NOW)
    parts = switched(CODE, 1, ended) | switched(CODE, 2, begun)
    assert len({tuple(key) for key in keys(parts.values(), "Put", "Item")}) == len(parts) == 2 * COPIES <= 90


def test_a_dossier_checks_one_copy_and_always_the_same():
    (where,) = keys([published(CODE, 1, REFERENCE, NOW)], "ConditionCheck", "Key")
    assert where == state_key(CODE, 1, REFERENCE) in state_keys(CODE, 1)


def test_dossiers_are_spread_over_all_copies():
    assert {state_key(CODE, 1, f"MC-{n:016d}") for n in range(400)} == set(state_keys(CODE, 1))


@pytest.mark.rule("R41")
@pytest.mark.parametrize("closes", [None, "2026-12-01"])
@pytest.mark.parametrize("state", ["published", "replaced", "withdrawn", "review"])
def test_the_fence_lets_through_what_the_law_calls_in_force(tables, closes, state):
    """What DynamoDB compares are moments, what R41 says are days: at each edge they agree."""
    item = version(people.facts(), state=state, effective_from="2026-11-26", effective_to=closes)
    ProcedureTable().keep(ProcedureTable().head(CODE), [], datetime.now(UTC), versions=[item], fenced=True)
    for at in (datetime(2026, 11, 25, 17, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC)):
        for moment in (at - timedelta(milliseconds=1), at, at + timedelta(milliseconds=1)):
            day = moment.astimezone(ZONE).date()
            expected = in_force([window(item)], day) if state in ("published", "replaced") else None
            assert is_let_through(moment) == (expected == 1), moment


def is_let_through(moment):
    try:
        aws.transact({"fence": published(CODE, 1, REFERENCE, stamp(moment))})
    except aws.Lost:
        return False
    return True
