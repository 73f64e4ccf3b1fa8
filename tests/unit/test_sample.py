"""The sample of a sweep: edges always, the rest by the seed, all of it where the whole is asked for."""

import pytest

from tests.support import sample


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(sample, "WHOLE", False)


def test_edges_and_what_always_runs_are_in_it_and_its_order_is_that_of_the_cases():
    found = sample.sampled(range(100), 10, always=[50, 51])
    assert {0, 50, 51, 99} <= set(found)
    assert len(found) == 10
    assert found == sorted(set(found))


def test_the_same_seed_draws_the_same_and_another_one_others(monkeypatch):
    before = sample.sampled(range(100), 10)
    assert before == sample.sampled(range(100), 10)
    monkeypatch.setattr(sample, "SEED", "another")
    assert before != sample.sampled(range(100), 10)


def test_a_small_table_runs_whole_and_each_where_the_whole_is_asked_for(monkeypatch):
    assert sample.sampled("abc", 3) == ["a", "b", "c"]
    monkeypatch.setattr(sample, "WHOLE", True)
    assert sample.sampled(range(100), 10) == list(range(100))
