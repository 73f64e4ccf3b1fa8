"""The keys of a draft go when it expires: what it sealed is read by nobody; whoever submits in time keeps them."""

import pytest

from chalicelib.dossier import filled
from chalicelib.dossier.items import DRAFT
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import ContentErased
from chalicelib.sealing.door import ring, seal, unseal
from chalicelib.sealing.model import Keys
from chalicelib.sealing.table import keys_of
from chalicelib.submission.expiry import Expiry, Swept
from chalicelib.submission.refusals import DraftGone
from chalicelib.submission.store import Table
from tests.fakes import people

STEPS = ("expire", "destroy_keys", "remove_uploads", "clear")
DONE = ["draft.expired", "draft.cleared"]


class Watched(Table):
    """The real store; what `before` has for the name of a call happens before it, once."""

    def __init__(self):
        self.before, self.behind = {}, []
        for name in STEPS:
            setattr(self, name, self._watched(name))

    def _watched(self, name):
        def call(*given):
            self.before.pop(name, lambda: None)()
            return getattr(Table, name)(self, *given)

        return call

    def expired(self, now):
        return iter(self.behind) if self.behind else super().expired(now)


@pytest.fixture
def drafts():
    return Watched()


@pytest.fixture
def expiry(hall, drafts):
    return Expiry(drafts, hall.clock)


def over(hall, reference):
    """The clock stands where the draft's time is over."""
    hall.clock.now = moment(hall.head(reference)["expires_at"])
    return reference


def test_what_an_expired_draft_sealed_is_read_by_nobody_any_more(hall, expiry):
    """As a backup, an export, or whoever read its rows before, may still have it."""
    reference, neighbour = hall.ready(), hall.ready(people.NEIGHBOUR)
    kept = [hall.head(reference)["sealed"], hall.rows.get(reference, "FORM")["sealed"]]
    assert [type(unseal(reference, each)) for each in kept] == [dict, dict]
    over(hall, reference)
    hall.put(neighbour, expires_at=stamp(hall.clock.now.replace(year=2099)))
    assert expiry.run() == Swept(expired=1)
    for _ in range(2):
        for act in (*(lambda each=each: unseal(reference, each) for each in kept), lambda: seal(reference, 1)):
            with pytest.raises(ContentErased):
                act()
        ring().forget()
    assert keys_of(reference) == Keys(erased_at=stamp(hall.clock()))
    assert hall.rows.unbroken(reference)
    assert unseal(neighbour, hall.head(neighbour)["sealed"]), "another draft's are what they were"


def test_a_draft_that_was_submitted_in_the_same_moment_keeps_its_keys(hall, expiry, drafts):
    """Submitted first: the sweep read it as expired and lost, then finds it on a list that is behind, twice."""
    reference = over(hall, hall.ready())
    hall.rows.meanwhile(lambda: hall.submit(reference))
    for behind in ([], [reference], [reference]):
        drafts.behind = behind
        assert expiry.run() == Swept()
        ring().forget()
        assert unseal(reference, hall.head(reference)["sealed"])["name"] == people.CITIZEN.name


def test_a_draft_whose_keys_went_in_the_same_moment_is_not_submitted(hall, expiry):
    """Swept first: whoever submits read it before, and comes again, twice."""
    reference = over(hall, hall.ready())
    hall.rows.meanwhile(expiry.run)
    for _ in range(2):
        with pytest.raises(DraftGone):
            hall.submit(reference)
        assert keys_of(reference).keys == ()
    assert (hall.head(reference)["state"], hall.rows.types(reference)[-2:]) == (DRAFT, DONE)


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_submission_between_two_steps_of_the_sweep_is_too_late(hall, expiry, drafts, step):
    reference, told = over(hall, hall.ready()), []

    def submit():
        with pytest.raises(DraftGone) as gone:
            hall.submit(reference)
        told.append(gone.value)

    drafts.before[step] = submit
    assert expiry.run() == Swept(expired=1)
    assert len(told) == 1
    assert keys_of(reference).keys == ()


def test_keys_go_once_the_end_is_written_and_before_the_draft_leaves_the_list(hall, expiry, drafts):
    """Whatever stops in between, stops before the end with all keys, or is found by the next run."""
    reference, seen = over(hall, hall.ready()), []
    drafts.before = {
        step: lambda step=step: seen.append((step, bool(keys_of(reference).keys), "expired_at" in hall.head(reference)))
        for step in STEPS
    }
    expiry.run()
    assert seen == [
        ("expire", True, False),
        ("destroy_keys", True, True),
        ("remove_uploads", False, True),
        ("clear", False, True),
    ]


@pytest.mark.parametrize("step", STEPS[1:])
def test_what_stopped_in_between_is_gone_on_with_and_two_runs_at_once_do_no_harm(hall, expiry, drafts, step):
    reference = over(hall, hall.ready())

    def stop():
        raise ConnectionError

    drafts.before[step] = stop
    assert expiry.run().failed == 1
    drafts.before[step] = Expiry(Table(), hall.clock).run
    assert expiry.run() == Swept()
    assert keys_of(reference).keys == ()
    assert hall.rows.types(reference)[-2:] == DONE


def test_who_saves_while_the_keys_go_is_told_that_it_expired(hall, expiry, monkeypatch):
    """The draft was read before its end, and its form is sealed after it."""
    reference = over(hall, hall.ready())
    stock = filled.seal

    def late(*given):
        monkeypatch.setattr(filled, "seal", stock)
        expiry.run()
        return stock(*given)

    monkeypatch.setattr(filled, "seal", late)
    with pytest.raises(DraftGone):
        hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1)


def test_who_saves_in_an_erased_draft_is_told_that_it_was_erased(hall, expiry):
    reference = hall.ready()
    expiry.drafts.destroy_keys(reference, hall.clock())
    with pytest.raises(ContentErased):
        hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1)
