import json
import os
import uuid

import pytest

from tests.infra.conftest import seen


def start(client, stages, timeout=60):
    name = f"D-{uuid.uuid4().hex[:8]}"
    given = {"dossier": name, "attempt": 1, "timeout": timeout, "stages": stages}
    return name, client("stepfunctions").start_execution(
        stateMachineArn=os.environ["MACHINE"], name=f"{name}-1", input=json.dumps(given)
    )


def leg(name, agency="A"):
    return {"leg": name, "agency": agency}


def tokens(since=0):
    return {where["leg"]: token for where, token in seen("token")[since:]}


def succeed(client, token, outcome):
    client("stepfunctions").send_task_success(taskToken=token, output=json.dumps(outcome))


@pytest.mark.parametrize(("stages", "entries"), [([[leg("1")]], 4), ([[leg("1"), leg("2", "B")], [leg("3", "C")]], 7)])
def test_stages_in_order_legs_together_and_few_transitions(cloud, client, stages, entries):
    name, run = start(client, stages)
    done = 0
    for legs in stages:
        cloud.wait_idle(10)
        open_now = {k: t for k, t in tokens().items() if int(k) > done}
        assert set(open_now) == {one["leg"] for one in legs}
        for key, token in open_now.items():
            succeed(client, token, {"leg": key})
        done += len(legs)
    cloud.wait_idle(10)
    (execution,) = [e for e in cloud.executions() if e["input"]["dossier"] == name]
    assert execution["status"] == "SUCCEEDED"
    assert execution["machine"] == "OneStop"
    assert execution["output"]["outcomes"] == [[{"leg": one["leg"]} for one in legs] for legs in stages]
    (decided,) = seen("decide")
    assert (decided["attempt"], decided["execution"]) == (1, f"{name}-1")
    history = client("stepfunctions").get_execution_history(executionArn=run["executionArn"], maxResults=1000)
    assert sum(e["type"].endswith("StateEntered") for e in history["events"]) == entries


def test_a_leg_times_out_by_the_input(cloud, client):
    name, run = start(client, [[leg("1")]], timeout=1)
    cloud.wait_idle(5)
    (token,) = tokens().values()
    deadline = 40
    while (
        deadline and client("stepfunctions").describe_execution(executionArn=run["executionArn"])["status"] == "RUNNING"
    ):
        cloud.journal.wait(cloud.journal.commits, 0.1)
        deadline -= 1
    (execution,) = [e for e in cloud.executions() if e["input"]["dossier"] == name]
    assert execution["status"] in {"FAILED", "TIMED_OUT"}
    errors = client("stepfunctions").exceptions
    with pytest.raises((errors.InvalidToken, errors.TaskTimedOut, errors.TaskDoesNotExist)):
        succeed(client, token, {})


def test_a_restart_drives_what_was_running_again_under_its_name(clouds, client):
    clouds()
    name, _ = start(client, [[leg("1"), leg("2")]])
    cloud = clouds()
    cloud.wait_idle(10)
    assert [e["status"] for e in cloud.executions()] == ["RUNNING"]
    fresh = tokens(len(seen("token")) - 2)
    assert len(seen("token")) >= 2
    for key, token in fresh.items():
        succeed(client, token, {"leg": key})
    cloud.wait_idle(10)
    assert [(e["name"], e["status"]) for e in cloud.executions()] == [(f"{name}-1", "SUCCEEDED")]
    cloud = clouds()
    cloud.wait_idle(10)
    assert len(seen("decide")) == 1
    exists = client("stepfunctions").exceptions.ExecutionAlreadyExists
    with pytest.raises(exists):  # a name is used up for good, also over restarts
        client("stepfunctions").start_execution(stateMachineArn=os.environ["MACHINE"], name=f"{name}-1", input="{}")


def test_the_old_clouds_executions_do_not_touch_the_new_one(clouds, client, tmp_path):
    cloud = clouds()
    start(client, [[leg("1")]])
    cloud.wait_idle(10)
    opened = len(seen("token"))
    cloud = clouds(tmp_path / "other")
    cloud.wait_idle(5)
    assert cloud.executions() == []
    assert len(seen("token")) == opened


def test_tokens_work_while_another_execution_starts(cloud, client):
    """Stock moto answers 500 while any other execution is being started."""
    start(client, [[leg("1")]])
    cloud.wait_idle(10)
    (token,) = tokens().values()
    for _ in range(3):
        start(client, [[leg("9")]])
    succeed(client, token, {})
    cloud.wait_idle(10)
    assert len(seen("decide")) == 1
