"""`motcua ops recount-due`: the operator's command over running dossiers, on a whole stage."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.demo import story
from tests.http.test_access import OUTAGE
from tests.support.world import officer_of, ready


@pytest.fixture
def recount(where):
    """`recount(*words)`: exit code, and what it printed as JSON."""

    def recount(*words):
        answer = CliRunner().invoke(
            app, ["ops", "recount-due", "--where", str(Path(where["folder"], "where.json")), "--json", *words]
        )
        return answer.exit_code, json.loads(answer.stdout) if answer.stdout.strip() else None

    return recount


def test_running_dossiers_are_looked_at_and_none_moves_while_the_calendar_is_the_same(where, small_scan, recount):
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    desk = story.officer(where, "reception")
    story.complete(desk, story.until("the task", lambda: story.task_of(desk, reference, "receive")), "accepted").ok()
    before = me.get(f"/v1/dossiers/{reference}/due").ok().body["due_at"]
    for words in ((), ("--dry-run",)):
        code, told = recount(*words)
        assert (code, told["moved"], told["left"]) == (0, [], {})
        assert told["looked"] >= 1
    assert me.get(f"/v1/dossiers/{reference}/due").ok().body["due_at"] == before


def test_an_outage_that_nobody_announced_or_that_has_not_begun_stops_nothing(where, recount):
    assert recount("--outage", "0123456789abcdef")[0] == 3
    keeper = officer_of(where, story.AGENCY, "administrator")
    announced = {**OUTAGE, "services": [story.PROCEDURE], "agency": story.AGENCY}
    assert recount("--outage", keeper.post("/v1/outages", announced).ok(201).body["id"])[0] == 4
