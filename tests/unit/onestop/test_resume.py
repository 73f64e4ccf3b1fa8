"""A flow that was lost is taken up once, under a name that open_leg accepts."""

import pytest

from chalicelib.contracts.onestop import DossierResumed, LegInput, LegOutcome
from chalicelib.contracts.plan import PlannedLeg
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel.aws import Lost
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.onestop.resume import Resumption
from tests.support.hall import LEG, signed_result


class Engine:
    """One execution a name; `ended` and `forgotten` say what became of it, `reserved` names stay used up."""

    def __init__(self):
        self.started, self.ended, self.reserved = {}, {}, set()

    def start(self, name, given):
        if name in self.started or name in self.reserved:
            return False
        self.started[name] = given
        return True

    def status(self, name):
        return self.ended.get(name, "RUNNING") if name in self.started else None

    def forget(self, name, *, reserved=False):
        self.started.pop(name)
        if reserved:
            self.reserved.add(name)

    def succeed(self, token, outcome):
        raise AssertionError("resume tells no leg anything")


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def resume(hall, engine):
    return Resumption(hall.dossiers, engine, hall.clock).resume


def opened(hall, reference, token, attempt):
    leg = PlannedLeg(leg="commune", agency="H01.10.24")
    execution = f"{reference}-{attempt}"
    hall.one_stop.open_leg(LegInput(dossier=reference, stage=0, leg=leg, token=token, execution=execution))


def driven(hall, engine, *kinds):
    reference = hall.at(*kinds)
    engine.start(f"{reference}-1", None)
    return reference


def test_a_flow_that_runs_is_left_alone(hall, engine, resume):
    reference = driven(hall, engine)
    found = resume(reference)
    assert (found.attempt, found.started) == (1, False)
    assert list(engine.started) == [f"{reference}-1"]
    assert hall.told(reference, DossierResumed) == []


def test_a_forgotten_flow_starts_under_its_own_name_without_a_word_in_the_log(hall, engine, resume):
    reference = hall.at("receive")
    found = resume(reference)
    assert (found.attempt, found.started) == (1, True)
    hall.one_stop.start(hall.told(reference, DossierSubmitted)[0])
    assert engine.started == hall.driver.started, "the same input as the submission gave"
    assert hall.told(reference, DossierResumed) == []


@pytest.mark.parametrize("end", ["FAILED", "TIMED_OUT", "ABORTED", "SUCCEEDED"])
def test_an_ended_flow_is_driven_as_the_next_attempt_and_the_log_says_so(hall, engine, resume, end):
    reference = driven(hall, engine, "receive", "verify", "approve")
    engine.ended[f"{reference}-1"] = end
    found = resume(reference)
    assert (found.attempt, found.started) == (2, True)
    assert engine.started[f"{reference}-2"].attempt == 2
    assert hall.head(reference)["attempt"] == 2
    (told,) = hall.told(reference, DossierResumed)
    assert told == DossierResumed(reference=reference, attempt=2, former=end)
    assert hall.rows.unbroken(reference)
    again = resume(reference)
    assert (again.attempt, again.started) == (2, False)
    assert len(hall.told(reference, DossierResumed)) == 1


def test_a_name_that_is_forgotten_but_used_up_becomes_the_next_attempt(hall, engine, resume):
    reference = driven(hall, engine)
    engine.forget(f"{reference}-1", reserved=True)
    assert resume(reference).attempt == 2
    assert hall.told(reference, DossierResumed)[0].former == "FORGOTTEN"


def test_a_call_that_broke_off_before_the_start_is_completed_by_the_next(hall, engine, resume, monkeypatch):
    reference = driven(hall, engine)
    engine.ended[f"{reference}-1"] = "FAILED"

    def down(name, given):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(engine, "start", down)
        with pytest.raises(ConnectionError):
            resume(reference)
    found = resume(reference)
    assert (found.attempt, found.started) == (2, True)
    assert len(hall.told(reference, DossierResumed)) == 1


def test_two_operators_at_once_start_one_attempt(hall, engine, resume):
    reference = driven(hall, engine)
    engine.ended[f"{reference}-1"] = "FAILED"
    hall.rows.meanwhile(lambda: resume(reference))
    found = resume(reference)
    assert found.attempt == 2
    assert set(engine.started) == {f"{reference}-1", f"{reference}-2"}
    assert len(hall.told(reference, DossierResumed)) == 1


def test_the_next_attempt_takes_the_legs_over(hall, engine, resume):
    reference = driven(hall, engine, "receive", "verify", "approve")
    opened(hall, reference, "lost", 1)
    engine.ended[f"{reference}-1"] = "FAILED"
    resume(reference)
    opened(hall, reference, "new", 2)
    assert hall.driver.told == dict.fromkeys(("lost", "new"), LegOutcome(outcome="approved", leg=LEG))
    hall.one_stop.decide(reference)
    assert hall.rows.types(reference).count("dossier.decided") == 1


def test_a_decided_or_returned_dossier_has_no_flow_to_resume(hall, engine, resume):
    reference = hall.decided()
    with pytest.raises(ForbiddenStep):
        resume(reference)
    code = f"{hall.head(reference)['dossier_code']}-KQ1"
    hall.one_stop.record_result(signed_result(reference, code))
    hall.one_stop.record_delivery(VaultStored(reference=reference, document=code, stored_at="-"))
    with pytest.raises(ForbiddenStep):
        resume(reference)
    assert engine.started == {}


@pytest.mark.parametrize("what", ["a draft", "nothing"])
def test_what_was_never_submitted_is_not_found(hall, engine, resume, what):
    with pytest.raises(NotFound):
        resume(hall.ready() if what == "a draft" else "MC-NEVER")
    assert engine.started == {}


def test_another_lost_condition_is_not_swallowed(hall, engine, resume, monkeypatch):
    reference = driven(hall, engine)
    engine.ended[f"{reference}-1"] = "FAILED"

    def lost(*_args, **_more):
        raise Lost({"event 000001"})

    monkeypatch.setattr(hall.dossiers, "change", lost)
    with pytest.raises(Lost):
        resume(reference)
