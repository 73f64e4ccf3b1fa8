import itertools
import json
import os
import time

import pytest
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackPoolManager

from infra.demo import story
from tests.infra.conftest import seen

NUMBERS = itertools.count(1)


def start(client, stages, timeout=300):
    name = f"D-{next(NUMBERS)}"
    given = {"dossier": name, "attempt": 1, "timeout": timeout, "stages": stages}
    return name, client("stepfunctions").start_execution(
        stateMachineArn=os.environ["MACHINE"], name=f"{name}-1", input=json.dumps(given)
    )


def run_of(cloud, name):
    (execution,) = [e for e in cloud.executions() if e["input"].get("dossier") == name]
    return execution


def leg(name, agency="A"):
    return {"leg": name, "agency": agency}


def tokens(name, since=0):
    """The tokens of a run of ours: a cloud that starts again drives what other tests left open too."""
    return {leg: token for dossier, leg, token in seen("token")[since:] if dossier == name}


def decided(name):
    return [event for event in seen("decide") if event["dossier"] == name]


def succeed(client, token, outcome):
    client("stepfunctions").send_task_success(taskToken=token, output=json.dumps(outcome))


@pytest.mark.parametrize(("stages", "entries"), [([[leg("1")]], 4), ([[leg("1"), leg("2", "B")], [leg("3", "C")]], 7)])
def test_stages_in_order_legs_together_and_few_transitions(cloud, client, stages, entries):
    name, run = start(client, stages)
    done = 0
    for legs in stages:
        cloud.wait_idle()
        open_now = {k: t for k, t in tokens(name).items() if int(k) > done}
        assert set(open_now) == {one["leg"] for one in legs}
        for key, token in open_now.items():
            succeed(client, token, {"leg": key})
        done += len(legs)
    cloud.wait_idle()
    execution = run_of(cloud, name)
    assert execution["status"] == "SUCCEEDED"
    assert execution["machine"] == "OneStop"
    assert execution["output"]["outcomes"] == [[{"leg": one["leg"]} for one in legs] for legs in stages]
    (last,) = decided(name)
    assert (last["attempt"], last["execution"]) == (1, f"{name}-1")
    history = client("stepfunctions").get_execution_history(executionArn=run["executionArn"], maxResults=1000)
    assert sum(e["type"].endswith("StateEntered") for e in history["events"]) == entries


@pytest.mark.parametrize("legs", [1, 3])
def test_a_machine_that_takes_its_time_to_call_is_not_idle(cloud, client, monkeypatch, legs):
    """A token is there before its leg is opened, and on a busy machine long before."""
    stock = CallbackPoolManager.add

    def slow(self, callback_id):
        made = stock(self, callback_id)
        time.sleep(0.2)
        return made

    monkeypatch.setattr(CallbackPoolManager, "add", slow)
    name, _ = start(client, [[leg(str(number)) for number in range(legs)]])
    cloud.wait_idle()
    assert len(tokens(name)) == legs


def test_a_leg_times_out_by_the_input(cloud, client):
    name, run = start(client, [[leg("1")]], timeout=1)
    cloud.wait_idle()
    (token,) = tokens(name).values()
    story.until("the end of the run", lambda: run_of(cloud, name)["status"] != "RUNNING")
    execution = run_of(cloud, name)
    found = client("stepfunctions").describe_execution(executionArn=run["executionArn"])
    assert found["status"] == execution["status"]
    assert execution["status"] in {"FAILED", "TIMED_OUT"}
    errors = client("stepfunctions").exceptions
    with pytest.raises((errors.InvalidToken, errors.TaskTimedOut, errors.TaskDoesNotExist)):
        succeed(client, token, {})


def test_a_restart_drives_what_was_running_again_under_its_name(clouds, client):
    cloud = clouds()
    name, _ = start(client, [[leg("1"), leg("2")]])
    cloud.wait_idle()
    before = len(seen("token"))
    cloud = clouds()
    cloud.wait_idle()
    assert [e["status"] for e in cloud.executions()] == ["RUNNING"]
    fresh = tokens(name, since=before)
    assert set(fresh) == {"1", "2"}
    for key, token in fresh.items():
        succeed(client, token, {"leg": key})
    cloud.wait_idle()
    assert [(e["name"], e["status"]) for e in cloud.executions()] == [(f"{name}-1", "SUCCEEDED")]
    cloud = clouds()
    cloud.wait_idle()
    assert len(seen("decide")) == 1
    exists = client("stepfunctions").exceptions.ExecutionAlreadyExists
    with pytest.raises(exists):  # a name is used up for good, also over restarts
        client("stepfunctions").start_execution(stateMachineArn=os.environ["MACHINE"], name=f"{name}-1", input="{}")


def test_the_old_clouds_executions_do_not_touch_the_new_one(clouds, client, tmp_path):
    cloud = clouds()
    start(client, [[leg("1")]])
    cloud.wait_idle()
    opened = len(seen("token"))
    cloud = clouds(tmp_path / "other")
    cloud.wait_idle()
    assert cloud.executions() == []
    assert len(seen("token")) == opened


def test_tokens_work_while_another_execution_starts(cloud, client):
    """Stock moto answers 500 while any other execution is being started."""
    name, _ = start(client, [[leg("1")]])
    cloud.wait_idle()
    (token,) = tokens(name).values()
    for _ in range(3):
        start(client, [[leg("9")]])
    succeed(client, token, {})
    cloud.wait_idle()
    assert len(decided(name)) == 1
