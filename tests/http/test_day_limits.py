"""A person opens drafts, files, offers mandates and announces files of their own so many times a day; then not."""

from datetime import datetime, time, timedelta

import pytest

from chalicelib.kernel.clock import ZONE
from infra.demo import story
from tests.http.test_mandates import Side
from tests.http.test_petitions import file
from tests.support.asserts import problem
from tests.support.own_files import OWN, PNG, UPLOADS

MOST = 2


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setenv("MOTCUA_DAY_LIMITS", f"draft={MOST},mandate={MOST},own_upload={MOST},petition={MOST}")


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


def announced(who, key=None):
    return who.post(UPLOADS, {**OWN, "size": len(PNG)}, key=key)


def refused(answer, act):
    """Refused by name, with the limit and the midnight of Viet Nam at which it opens again."""
    problem(answer, 429, "day_limit_reached")
    facts = answer.body
    assert (facts["act"], facts["limit"]) == (act, MOST)
    opens = datetime.fromisoformat(facts["opens_at"])
    assert (opens.time(), opens.utcoffset()) == (time(0), timedelta(hours=7))
    assert opens.date() - datetime.now(ZONE).date() in {timedelta(0), timedelta(days=1)}, (
        "the next day, or midnight came"
    )


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("act", "do"),
    [("petition", file), ("own_upload", announced), ("draft", story.open_draft)],
    ids=lambda x: str(x)[:12],
)
def test_after_so_many_a_day_the_next_is_refused_by_name_and_another_person_goes_on(me, where, act, do):
    for _ in range(MOST):
        do(me).ok(201)
    refused(do(me), act)
    do(story.citizen(where, **story.somebody())).ok(201)


@pytest.mark.usefixtures("few")
def test_the_same_request_again_is_answered_and_counts_once(me):
    for _ in range(MOST + 1):
        file(me, key="the same petition").ok(201)
        announced(me, key="the same upload").ok(201)
    file(me).ok(201)
    announced(me).ok(201)
    refused(file(me), "petition")
    file(me, key="the same petition").ok(201)


@pytest.mark.usefixtures("few")
def test_a_limit_of_one_act_leaves_the_others_open(me):
    for _ in range(MOST):
        file(me).ok(201)
    refused(file(me), "petition")
    announced(me).ok(201)
    story.open_draft(me).ok(201)


@pytest.mark.usefixtures("few")
def test_who_offers_mandates_is_counted_and_not_to_whom(where):
    giver, agent, *others = (Side(where, "Trần Văn Thưởng") for _ in range(4))
    for each in (agent, *others[1:]):
        giver.offer(each).ok(201)
    refused(giver.offer(others[0]), "mandate")
    agent.offer(others[0]).ok(201)


def test_a_draft_that_is_refused_today_opens_tomorrow(me, few, monkeypatch):
    for _ in range(MOST):
        story.open_draft(me).ok(201)
    refused(story.open_draft(me), "draft")
    monkeypatch.setenv("MOTCUA_DAY_LIMITS", f"draft={MOST + 1},mandate=0,own_upload=0,petition=0")
    story.open_draft(me).ok(201)
    problem(file(me), 429, "day_limit_reached")
