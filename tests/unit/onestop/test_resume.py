"""A flow that was lost is taken up once, under a name that open_leg accepts; one that failed goes on by the clock."""

from datetime import timedelta

import pytest

from chalicelib.contracts.onestop import DossierResumed, LegInput, LegOutcome
from chalicelib.contracts.plan import PlannedLeg
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.executions import Ended
from chalicelib.kernel.aws import Lost
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.onestop.resume import FIRST_WAIT, MOST_AT_ONCE, MOST_ATTEMPTS, Resumption, TakenUp, TakeUp
from tests.support.hall import LEG, signed_result


class Engine:
    """One execution a name; `ends` and `at` say what became of it, `reserved` names stay used up."""

    def __init__(self):
        self.started, self.ends, self.at, self.reserved = {}, {}, {}, set()

    def start(self, name, given):
        if name in self.started or name in self.reserved:
            return False
        self.started[name] = given
        return True

    def status(self, name):
        return self.ends.get(name, "RUNNING") if name in self.started else None

    def forget(self, name, *, reserved=False):
        self.started.pop(name)
        if reserved:
            self.reserved.add(name)

    def succeed(self, token, outcome):
        raise AssertionError("resume tells no leg anything")

    def end(self, name, status, at):
        self.ends[name], self.at[name] = status, at

    def ended(self):
        return [Ended(name, at) for name, at in self.at.items() if self.ends[name] in {"FAILED", "TIMED_OUT"}]


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def resume(hall, engine):
    return Resumption(hall.dossiers, engine, hall.clock).resume


def opened(hall, reference, token, attempt):
    leg = PlannedLeg(leg="commune", agency="H01.10.24")
    execution = f"{reference}-{attempt}"
    hall.flow.open_leg(LegInput(dossier=reference, stage=0, leg=leg, token=token, execution=execution))


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
    hall.flow.start(hall.told(reference, DossierSubmitted)[0])
    assert engine.started == hall.driver.started, "the same input as the submission gave"
    assert hall.told(reference, DossierResumed) == []


@pytest.mark.parametrize("end", ["FAILED", "TIMED_OUT", "ABORTED", "SUCCEEDED"])
def test_an_ended_flow_is_driven_as_the_next_attempt_and_the_log_says_so(hall, engine, resume, end):
    reference = driven(hall, engine, "receive", "verify", "approve")
    engine.ends[f"{reference}-1"] = end
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
    engine.ends[f"{reference}-1"] = "FAILED"

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
    engine.ends[f"{reference}-1"] = "FAILED"
    hall.rows.meanwhile(lambda: resume(reference))
    found = resume(reference)
    assert found.attempt == 2
    assert set(engine.started) == {f"{reference}-1", f"{reference}-2"}
    assert len(hall.told(reference, DossierResumed)) == 1


def test_the_next_attempt_takes_the_legs_over(hall, engine, resume):
    reference = driven(hall, engine, "receive", "verify", "approve")
    opened(hall, reference, "lost", 1)
    engine.ends[f"{reference}-1"] = "FAILED"
    resume(reference)
    opened(hall, reference, "new", 2)
    assert hall.driver.told == dict.fromkeys(("lost", "new"), LegOutcome(outcome="approved", leg=LEG))
    hall.flow.decide(reference)
    assert hall.rows.types(reference).count("dossier.decided") == 1


def test_a_decided_or_returned_dossier_has_no_flow_to_resume(hall, engine, resume):
    reference = hall.decided()
    with pytest.raises(ForbiddenStep):
        resume(reference)
    code = f"{hall.head(reference)['dossier_code']}-KQ1"
    hall.flow.record_result(signed_result(reference, code))
    hall.flow.record_delivery(VaultStored(reference=reference, document=code, stored_at="-"))
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
    engine.ends[f"{reference}-1"] = "FAILED"

    def lost(*_args, **_more):
        raise Lost({"event 000001"})

    monkeypatch.setattr(hall.dossiers, "change", lost)
    with pytest.raises(Lost):
        resume(reference)


# --- by the clock ----------------------------------------------------------------------------------------------------


@pytest.fixture
def take_up(hall, engine):
    return TakeUp(Resumption(hall.dossiers, engine, hall.clock)).run


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT"])
def test_a_flow_that_failed_goes_on_by_itself_after_a_while(hall, engine, take_up, status):
    reference = driven(hall, engine)
    engine.end(f"{reference}-1", status, hall.clock())
    hall.clock.advance(minutes=5, milliseconds=-1)
    assert take_up() == TakenUp(), "what failed it may still be there"
    hall.clock.advance(milliseconds=1)
    assert take_up() == TakenUp(resumed=1)
    assert list(engine.started) == [f"{reference}-1", f"{reference}-2"]
    assert hall.told(reference, DossierResumed)[0].former == status
    assert take_up() == TakenUp(), "its next attempt runs"


def test_a_flow_that_somebody_stopped_is_left_stopped(hall, engine, take_up):
    reference = driven(hall, engine)
    engine.end(f"{reference}-1", "ABORTED", hall.clock())
    hall.clock.advance(days=1)
    assert take_up() == TakenUp()


def test_each_attempt_waits_twice_as_long_and_after_the_last_a_person_must_look(hall, engine, take_up):
    reference, waits = driven(hall, engine), []
    for attempt in range(1, MOST_ATTEMPTS):
        engine.end(f"{reference}-{attempt}", "FAILED", hall.clock())
        wait = FIRST_WAIT * 2 ** (attempt - 1)
        hall.clock.advance(milliseconds=-1, seconds=wait.total_seconds())
        assert take_up().resumed == 0
        hall.clock.advance(milliseconds=1)
        assert take_up() == TakenUp(resumed=1)
        waits.append(wait)
    assert sum(waits, timedelta()) == timedelta(hours=21, minutes=15)
    engine.end(f"{reference}-{MOST_ATTEMPTS}", "FAILED", hall.clock())
    hall.clock.advance(days=30)
    assert take_up() == TakenUp(left=1)
    assert len(hall.told(reference, DossierResumed)) == MOST_ATTEMPTS - 1


@pytest.mark.parametrize("field", [{"decided_at": "2026-11-25T00:00:00.000+00:00"}, {"state": 10}])
def test_a_dossier_that_needs_no_flow_any_more_is_no_news(hall, engine, take_up, field):
    reference = driven(hall, engine)
    engine.end(f"{reference}-1", "FAILED", hall.clock())
    hall.put(reference, **field)
    hall.clock.advance(days=1)
    assert take_up() == TakenUp()


def test_an_execution_of_no_dossier_of_ours_is_no_news(hall, engine, take_up):
    engine.end("MC-0000000000000000-1", "FAILED", hall.clock())
    hall.clock.advance(days=1)
    assert take_up() == TakenUp()


def test_a_flow_that_cannot_be_taken_up_stops_no_other(hall, engine, take_up):
    reference = driven(hall, engine)
    engine.end("", "FAILED", hall.clock())
    engine.end(f"{reference}-1", "FAILED", hall.clock())
    hall.clock.advance(days=1)
    assert take_up() == TakenUp(resumed=1, failed=1)


def test_a_run_takes_up_so_many_and_no_more(hall, engine, monkeypatch):
    flows = [f"MC-{n:016d}-1" for n in range(MOST_AT_ONCE + 1)]
    for name in flows:
        engine.end(name, "FAILED", hall.clock())
    run = TakeUp(Resumption(hall.dossiers, engine, hall.clock))
    monkeypatch.setattr(TakeUp, "_look", lambda self, flow, done: setattr(done, "resumed", done.resumed + 1))
    assert run.run() == TakenUp(resumed=MOST_AT_ONCE)
