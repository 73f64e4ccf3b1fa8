"""Whose a review is, to the moment: nothing is read here, a paper is put as it stands when its review is open."""

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.reviews import (
    ReviewClaimed,
    ReviewReleased,
)
from chalicelib.digitisation.drops import list_key
from chalicelib.digitisation.paper import REVIEW, FileVersion
from chalicelib.digitisation.reviews.refusals import ReviewTaken
from chalicelib.digitisation.reviews.service import Reviewing, officer_of
from chalicelib.digitisation.reviews.store import LookStore, ReviewTable
from chalicelib.digitisation.store import Table
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import AGENCY, REFERENCE, paper, waits

NAME = f"{REFERENCE}.c1"
FIRST, SECOND = people.SCANNER, people.colleague(people.SCANNER, "officer-other", name="Lý Thanh Oanh")
READ = FileVersion(key="papers/r", version_id="r1")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def reviewing(tables, clock):
    waits("c1", clock(), step="in_review", reading=READ, kind=REVIEW, wl_pk=list_key(AGENCY, REVIEW))
    return Reviewing(ReviewTable(), LookStore(), clock)


def claimed():
    claim = Table().paper(REFERENCE, "c1").claim
    return claim and claim.name


def told(tables, kind):
    rows = tables.events("Messages", paper("c1", Clock()()).pk)
    return [heard(kind, row["data"]) for row in rows if row["type"] == kind.type]


def test_given_back_and_taken_again_without_an_answer_it_is_no_longer_theirs_alone(reviewing, clock):
    """One officer kept a review for ever so: colleagues and who leads were refused each time."""
    reviewing.claim(FIRST, NAME)
    for _ in range(3):
        clock.advance(minutes=10)
        reviewing.release(FIRST, NAME)
        reviewing.claim(FIRST, NAME)
    reviewing.claim(SECOND, NAME)
    assert claimed() == SECOND.name
    clock.advance(minutes=29)
    with pytest.raises(ReviewTaken):
        reviewing.claim(FIRST, NAME)


def test_a_claim_holds_for_half_an_hour_and_not_a_moment_longer(reviewing, clock, tables):
    reviewing.claim(FIRST, NAME)
    clock.advance(minutes=30, milliseconds=-1)
    for act in (reviewing.claim, reviewing.release):
        with pytest.raises(ReviewTaken) as taken:
            act(SECOND, NAME)
    assert taken.value.facts["claimed_by"] == FIRST.name
    clock.advance(milliseconds=1)
    reviewing.claim(SECOND, NAME)
    assert claimed() == SECOND.name
    first, second = told(tables, ReviewClaimed)
    assert (first.before, first.officer) == (None, officer_of(FIRST))
    assert (second.before, second.officer) == (officer_of(FIRST), officer_of(SECOND))


def test_whoever_has_it_claims_and_gives_back_once(reviewing, tables):
    for _ in range(2):
        assert reviewing.claim(FIRST, NAME).paper.claim.name == FIRST.name
    assert len(told(tables, ReviewClaimed)) == 1
    for _ in range(2):
        assert reviewing.release(FIRST, NAME).paper.claim is None
    assert [each.officer for each in told(tables, ReviewReleased)] == [officer_of(FIRST)]
    assert claimed() is None


@pytest.mark.parametrize("step", ["copied", "signature_ordered", "reviewed", "stored", "converted", "rejected"])
def test_a_review_that_is_not_open_is_nobodys(tables, clock, step):
    waits("c1", clock(), step=step, reading=READ)
    reviewing = Reviewing(ReviewTable(), LookStore(), clock)
    for act in (reviewing.claim, reviewing.release):
        with pytest.raises(ForbiddenStep):
            act(FIRST, NAME)
    assert claimed() is None


@pytest.mark.parametrize("reading", [READ, None])
def test_what_was_read_is_looked_at_after_its_review_too_and_never_before_it(tables, clock, reading):
    waits("c1", clock(), step="stored" if reading else "copied", reading=reading)
    reviewing = Reviewing(ReviewTable(), LookStore(), clock)
    if reading:
        assert reviewing.look(FIRST, NAME).following is None
    else:
        with pytest.raises(NotFound):
            reviewing.look(FIRST, NAME)


def test_a_claim_that_races_with_another_is_told_so(reviewing, tables):
    tables.meanwhile(lambda: reviewing.claim(SECOND, NAME))
    with pytest.raises(ReviewTaken):
        reviewing.claim(FIRST, NAME)
    assert claimed() == SECOND.name
