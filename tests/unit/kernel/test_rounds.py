"""A round of the clock: each by itself, while there is room and time; what it counted is measured when it breaks."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from chalicelib.kernel import log, rounds, waiting
from chalicelib.kernel.rounds import Round


@dataclass
class Fed(Round):
    """What a round of the tests did."""

    fed: int = 0


class Full(Exception):
    """Nobody is fed any more."""


@pytest.fixture
def measures(monkeypatch):
    found = []
    monkeypatch.setattr(log, "measure", lambda **counts: found.append(counts))
    return found


def feed(due, done, refused=(), **more):
    went, told = [], []

    def go_on(name):
        if name in refused:
            raise refused[name]
        went.append(name)
        done.fed += 1

    rounds.go_round(due, go_on, done, broken=lambda name, error: told.append((name, type(error))), **more)
    return went, told


def test_what_breaks_for_one_is_counted_and_told_and_stops_no_other():
    done = Fed()
    went, told = feed("abc", done, {"b": ValueError("no")})
    assert (went, told, done) == (["a", "c"], [("b", ValueError)], Fed(fed=2, failed=1))


def test_a_round_ends_when_it_is_full_and_what_failed_may_fill_it():
    done = Fed()
    went, _ = feed("abcd", done, {"b": ValueError()}, is_full=lambda: done.fed + done.failed >= 3)
    assert (went, done) == (["a", "c"], Fed(fed=2, failed=1))


def test_none_is_begun_with_less_time_than_one_takes():
    for seconds, expected in ((60, ["a"]), (20, [])):
        left = SimpleNamespace(get_remaining_time_in_millis=lambda s=seconds: s * 1000)
        with waiting.within(left):
            assert feed("a", Fed(), takes=30.0)[0] == expected
    assert feed("a", Fed(), takes=30.0)[0] == ["a"], "nothing tells the time: it is enough"


def test_what_ends_the_round_for_all_is_no_failure_of_one():
    done = Fed()
    went, told = feed("abc", done, {"b": Full()}, ends=(Full,))
    assert (went, told, done) == (["a"], [], Fed(fed=1))


def test_a_list_that_cannot_be_read_goes_up_and_what_was_counted_stays():
    done = Fed()

    def due():
        yield "a"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        feed(due(), done)
    assert done == Fed(fed=1)


def test_a_round_is_measured_with_what_it_counted_and_answers_it(measures):
    def run(done):
        done.fed += 2

    told = rounds.measured(run, Fed(), lambda done: {"Fed": done.fed, "Failures": done.failed})
    assert (told, measures) == ({"failed": 0, "fed": 2}, [{"Fed": 2, "Failures": 0}])


def test_a_round_that_breaks_is_measured_and_breaks(measures):
    def run(done):
        done.fed += 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        rounds.measured(run, Fed(), lambda done: {"Fed": done.fed})
    assert measures == [{"Fed": 1}]
