"""Mandates of an organisation whose account is locked: it makes, confirms and ends none; the other side may end one."""

import pytest

from chalicelib.kernel.problem import AccountLocked
from tests.unit.identity.mandates.conftest import AGENT, COMPANY, PRINCIPAL
from tests.unit.submission.test_accounts import says

ACTS = {
    "offer": lambda sides, _: sides.offer(COMPANY, AGENT),
    "offer to represent": lambda sides, _: sides.offer(COMPANY, AGENT, "representative"),
    "change": lambda sides, head: sides.change(head, COMPANY),
    "revoke": lambda sides, head: sides.revoke(head, COMPANY),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("moment", ["before", "meanwhile"])
def test_it_does_nothing_while_it_is_locked(sides, act, moment):
    head = sides.made(PRINCIPAL, COMPANY)
    if moment == "before":
        says("locked")
    else:
        sides.tables.meanwhile(lambda: says("locked"))
    with pytest.raises(AccountLocked):
        ACTS[act](sides, head)
    says("reopened")
    ACTS[act](sides, head)


def test_it_confirms_and_declines_nothing(sides):
    head = sides.offer(PRINCIPAL, COMPANY)
    says("locked")
    for act in (sides.confirm, sides.decline):
        with pytest.raises(AccountLocked):
            act(head, COMPANY)
    says("reopened")
    assert sides.confirm(head, COMPANY).state == "active"


def test_the_other_side_ends_what_it_agreed_on_with_it(sides):
    head = sides.made(PRINCIPAL, COMPANY)
    says("dissolved")
    assert sides.revoke(head, PRINCIPAL).state == "ended"
