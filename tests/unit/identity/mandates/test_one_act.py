"""A mandate for one act ends by itself when the act is done, once, and none other does (Civil Code Art. 140(2)-(3))."""

import pytest

from chalicelib.contracts.submission import Represented
from chalicelib.kernel.clock import stamp
from tests.unit.identity.mandates.conftest import AGENT, THIRD
from tests.unit.identity.mandates.test_life import holds

FILE_ONLY = {"may": ("file",), "for_one_act": True}
MORE = {"may": ("supplement",), "for_one_act": True}


def used(head, version=1):
    return Represented(id=head.id, version=version, kind="mandate", by=AGENT.holder)


def state(sides, head):
    now = sides.head(head)
    return now.state, now.ended_why


@pytest.mark.parametrize(
    ("terms", "is_over", "wanted"),
    [
        (FILE_ONLY, False, ("ended", "work_done")),
        (FILE_ONLY, True, ("ended", "work_done")),
        (MORE, False, ("active", None)),
        (MORE, True, ("ended", "work_done")),
        ({"may": ("file",)}, False, ("active", None)),
        ({"may": ("file",)}, True, ("active", None)),
    ],
)
def test_who_may_only_file_is_done_with_the_submission_and_others_with_the_dossier(sides, terms, is_over, wanted):
    head = sides.made(**terms)
    sides.settling.act_done(used(head), is_over=is_over)
    assert state(sides, head) == wanted
    assert holds(sides, head) == (wanted[0] == "active")


def test_told_twice_it_ends_once(sides):
    head = sides.made(**FILE_ONLY)
    for _ in range(2):
        sides.settling.act_done(used(head), is_over=False)
        sides.clock.advance(minutes=1)
    assert sides.told(head).count("representation.kept") == 2
    assert sides.head(head).ended_at < stamp(sides.clock())


def test_terms_that_were_agreed_since_are_for_another_act(sides):
    head = sides.made(**FILE_ONLY)
    sides.change(head, **FILE_ONLY)
    sides.confirm(head)
    sides.settling.act_done(used(head), is_over=True)
    assert state(sides, head) == ("active", None)
    sides.settling.act_done(used(head, 2), is_over=False)
    assert state(sides, head) == ("ended", "work_done")


def test_terms_that_are_confirmed_at_the_very_moment_stay(sides):
    head = sides.made(**FILE_ONLY)
    sides.change(head, **FILE_ONLY)
    sides.tables.meanwhile(lambda: sides.confirm(head))
    sides.settling.act_done(used(head), is_over=False)
    assert state(sides, head) == ("active", None)


def test_who_does_it_out_of_a_mandate_for_one_act_does_that_act(sides):
    first = sides.made(allows_sub=True, **MORE)
    sub = sides.confirm(sides.sub(first, may=("file",)), THIRD)
    sides.settling.act_done(used(sub), is_over=False)
    assert (state(sides, sub), state(sides, first)) == (("active", None), ("active", None))
    sides.settling.act_done(used(sub), is_over=True)
    assert (state(sides, sub), state(sides, first)) == (("ended", "first_ended"), ("ended", "work_done"))


def test_what_was_given_out_of_former_terms_does_no_act_of_the_new_ones(sides):
    first = sides.made(allows_sub=True, **FILE_ONLY)
    sub = sides.confirm(sides.sub(first, may=("file",)), THIRD)
    sides.revoke(sub, THIRD)
    sides.change(first, **FILE_ONLY)
    sides.confirm(first)
    sides.settling.act_done(used(sub), is_over=True)
    assert state(sides, first) == ("active", None)


@pytest.mark.parametrize("terms", [{}, {"for_one_act": True}])
def test_a_sub_mandate_says_whose_one_act_it_is(sides, terms):
    first = sides.made(allows_sub=True, **terms)
    sub = sides.confirm(sides.sub(first), THIRD)
    assert sides.said(sub).get("above") == ({"id": first.id, "version": 1} if terms else None)


def test_of_a_mandate_that_is_unknown_nothing_ends(sides):
    head = sides.made(**FILE_ONLY)
    sides.settling.act_done(Represented(id="MD-404", version=1, kind="mandate", by=AGENT.holder), is_over=True)
    assert state(sides, head) == ("active", None)
