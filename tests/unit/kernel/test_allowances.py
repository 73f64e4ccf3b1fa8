"""How often a person does an act in a day of Viet Nam: the day's edge, the setting, what a lost write says."""

from datetime import UTC, datetime

import pytest

from chalicelib.kernel import allowances, aws
from chalicelib.kernel.problem import DayLimitReached

LAST = datetime(2026, 12, 1, 16, 59, 59, tzinfo=UTC)
"""The last second of 1 December in Viet Nam."""
MIDNIGHT = datetime(2026, 12, 1, 17, tzinfo=UTC)


def key(now, act="draft", holder="h"):
    return aws.plain(allowances.counted("t", holder, act, now)["Update"]["Key"])


@pytest.fixture(autouse=True)
def limits(monkeypatch):
    monkeypatch.setenv("MOTCUA_DAY_LIMITS", "draft=3,mandate=2,own_upload=4,petition=1")


def test_a_day_is_one_of_viet_nam_and_has_a_counter_for_each_person_and_act():
    assert key(LAST) == {"pk": "ALLOWANCE#h#2026-12-01", "sk": "draft"}
    assert key(MIDNIGHT)["pk"] == "ALLOWANCE#h#2026-12-02"
    assert len({tuple(key(LAST, act, who).values()) for act in allowances.ACTS for who in "ab"}) == 8


def test_a_counter_is_forgotten_a_day_after_its_day():
    values = aws.plain(allowances.counted("t", "h", "draft", LAST)["Update"]["ExpressionAttributeValues"])
    assert datetime.fromtimestamp(values[":forget"], UTC) == datetime(2026, 12, 2, 17, tzinfo=UTC)
    assert values[":most"] == 3


@pytest.mark.parametrize(("now", "opens"), [(LAST, "2026-12-02"), (MIDNIGHT, "2026-12-03")])
def test_what_is_lost_for_it_alone_says_the_limit_and_when_it_opens(now, opens):
    with pytest.raises(DayLimitReached) as caught:
        allowances.require(aws.Lost([allowances.PART]), "mandate", now)
    said = {"act": "mandate", "rule": "acts_a_day", "limit": 2, "opens_at": f"{opens}T00:00:00+07:00"}
    assert caught.value.facts == said


@pytest.mark.parametrize("parts", [[allowances.PART, "head"], ["key", allowances.PART], ["head"]])
def test_what_is_lost_for_something_else_too_is_looked_at_again(parts):
    allowances.require(aws.Lost(parts), "draft", LAST)


@pytest.mark.parametrize("text", ["draft=3", "draft=3,mandate=2,own_upload=4,petition=-1", "draft", "3"])
def test_a_setting_of_another_form_is_refused(text, monkeypatch):
    assert allowances.LIMITS.unsafe(text)
    monkeypatch.setenv("MOTCUA_DAY_LIMITS", text)
    with pytest.raises(ValueError, match="MOTCUA_DAY_LIMITS"):
        allowances.limit_of("draft")
    assert not allowances.LIMITS.unsafe("draft=3,mandate=2,own_upload=4,petition=1")
