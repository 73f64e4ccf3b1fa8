"""Tries come apart, and end while there is time left to answer: never as long as the gateway waits."""

from types import SimpleNamespace

import pytest

from chalicelib.kernel import aws, waiting
from infra.stack.functions import FUNCTIONS, GATEWAY_SECONDS


def seconds_left(seconds):
    return SimpleNamespace(get_remaining_time_in_millis=lambda: int(seconds * 1000))


def test_each_wait_is_drawn_from_a_longer_span_up_to_the_longest(waits):
    assert len(list(waiting.turns())) == len(waits.waited) + 1
    assert waits.waited[:7] == [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 0.8]
    assert waiting.LONGEST - waiting.SPAN <= sum(waits.waited) < waiting.LONGEST


def test_a_wait_is_drawn_so_that_two_who_met_do_not_meet_again(monkeypatch):
    waited, now = [], waiting.Clock()
    clock = waiting.Clock(now=lambda: sum(waited), sleep=waited.append)
    monkeypatch.setattr(waiting, "CLOCK", clock)
    list(waiting.turns())
    assert clock.draw is now.draw
    assert len(set(waited)) == len(waited)
    assert all(0 <= each <= waiting.SPAN for each in waited)


@pytest.mark.parametrize("left", [29, 27, 10, 5, 2, 1, 0])
def test_tries_end_while_the_function_can_still_answer(waits, left):
    with waiting.within(seconds_left(left)):
        assert len(list(waiting.turns())) >= 1
    assert sum(waits.waited) <= max(0, min(waiting.LONGEST, left - waiting.ANSWER))


def test_the_time_of_a_call_is_its_own(waits):
    with waiting.within(seconds_left(3)):
        with waiting.within(SimpleNamespace()):
            list(waiting.turns())
        assert sum(waits.waited) > 10
        waits.waited.clear()
        list(waiting.turns())
    assert sum(waits.waited) <= 1
    waits.waited.clear()
    list(waiting.turns())
    assert sum(waits.waited) > 10


def test_no_function_waits_as_long_as_its_gateway():
    """What botocore waits for one call, and what a write waits for others, end within each function's time."""
    one_call = (aws.CONNECTS + aws.ANSWERS) * aws.TRIES + 1 + 2  # its waits between three tries are below 1 and 2 s
    for name, function in FUNCTIONS.items():
        if name.endswith("_api"):
            assert max(one_call, waiting.LONGEST + waiting.ANSWER) < function.timeout < GATEWAY_SECONDS, name


def test_botocore_asks_as_often_and_waits_as_long_as_we_count(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-1")
    for service in ("dynamodb", "s3"):
        config = aws.client.__wrapped__(service).meta.config
        assert config.retries == {"mode": "standard", "total_max_attempts": aws.TRIES}
        assert (config.connect_timeout, config.read_timeout) == (aws.CONNECTS, aws.ANSWERS)
