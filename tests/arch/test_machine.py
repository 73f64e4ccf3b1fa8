"""The state machine ends, tries again, never waits for ever, and stays small (performance budget 2)."""

import json
import re

import pytest
from botocore.exceptions import ConnectionClosedError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from chalicelib.kernel import aws
from chalicelib.kernel.problem import TryAgain
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import RESOURCES, STATEMACHINES, logical

LAMBDA = "arn:aws:states:::lambda:invoke"
TRANSIENT = {
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.TooManyRequestsException",
    "Lambda.Unknown",
    "Sandbox.Timedout",
    "Runtime.ExitError",
    *(error.__name__ for error in (TryAgain, aws.WriteContended)),
    *(e.__name__ for e in (ConnectionClosedError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError)),
    "InternalServerError",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "TransactionInProgressException",
}
"""What passes by itself: of Lambda and its sandbox, of ours, of the way to a service, of DynamoDB."""
DEFINED = {name: m["Properties"] for name, m in RESOURCES.items() if m["Type"] == "AWS::Serverless::StateMachine"}


def states(machine):
    """Every state of a definition, the inner ones too."""
    for name, state in machine["States"].items():
        yield name, state
        for inner in (state.get("ItemProcessor"), *state.get("Branches", ())):
            if inner:
                yield from states(inner)


def machines(machine):
    yield machine
    for _, state in states(machine):
        for inner in (state.get("ItemProcessor"), *state.get("Branches", ())):
            if inner:
                yield inner


@pytest.fixture(params=DEFINED)
def defined(request):
    return DEFINED[request.param]


@pytest.fixture
def definition(defined):
    return defined["Definition"]


def test_every_file_is_a_machine_of_ours():
    files = {p.name: json.loads(p.read_text("utf-8")) for p in STATEMACHINES.glob("*.asl.json")}
    assert sorted(files) == ["delivery.asl.json", "digitisation.asl.json", "one_stop.asl.json"]
    assert all(d["Definition"] in files.values() for d in DEFINED.values())
    assert len(DEFINED) == len(files)


def test_every_state_ends_or_goes_on_to_one_that_exists(definition):
    for machine in machines(definition):
        assert machine["StartAt"] in machine["States"]
        for name, state in machine["States"].items():
            if state["Type"] in ("Succeed", "Fail", "Choice"):
                continue
            assert (state.get("End") is True) != ("Next" in state), name
            assert state.get("Next", machine["StartAt"]) in machine["States"], name


def test_every_state_is_reached(definition):
    for machine in machines(definition):
        follows = {machine["StartAt"]} | {s["Next"] for s in machine["States"].values() if "Next" in s}
        assert follows == machine["States"].keys()


def test_state_names_are_unique_so_that_a_history_can_be_counted(definition):
    names = [name for name, _ in states(definition)]
    assert len(set(names)) == len(names)


def test_every_call_of_a_function_is_tried_again(definition):
    for name, state in states(definition):
        if state["Type"] == "Task":
            assert state["Resource"].startswith(LAMBDA), name
            caught = {e for retry in state["Retry"] for e in retry["ErrorEquals"]}
            assert caught == TRANSIENT, name
            assert all(0 < r["MaxAttempts"] <= 10 and r["BackoffRate"] > 1 for r in state["Retry"]), name
            assert all(r["JitterStrategy"] == "FULL" and r["MaxDelaySeconds"] <= 60 for r in state["Retry"]), name


def test_every_wait_for_a_token_has_an_end_and_gives_its_token_away(definition):
    waiting = [s for _, s in states(definition) if s.get("Resource", "").endswith(".waitForTaskToken")]
    assert waiting
    for state in waiting:
        assert state.get("TimeoutSeconds") or state.get("TimeoutSecondsPath")
        assert state["Parameters"]["Payload"]["token.$"] == "$$.Task.Token"


def test_every_call_says_which_execution_calls(definition):
    for name, state in states(definition):
        if state["Type"] == "Task":
            assert state["Parameters"]["Payload"]["execution.$"] == "$$.Execution.Name", name


def test_every_placeholder_is_filled_by_a_function_and_none_is_left_over(defined):
    asked = set(re.findall(r"\$\{(\w+)\}", json.dumps(defined["Definition"])))
    filled = defined["DefinitionSubstitutions"]
    assert asked == filled.keys()
    functions = {logical(name) for name in FUNCTIONS}
    assert {v["Fn::GetAtt"][0] for v in filled.values()} <= functions


def test_the_machine_may_call_exactly_the_functions_it_names(defined):
    role = RESOURCES[defined["Role"]["Fn::GetAtt"][0]]["Properties"]
    (statement,) = role["Policies"][0]["PolicyDocument"]["Statement"]
    assert statement["Action"] == "lambda:InvokeFunction"
    assert statement["Resource"] == list(defined["DefinitionSubstitutions"].values())


def test_a_result_enters_at_most_two_states_and_one_a_destination():
    outer = DEFINED["Delivery"]["Definition"]["States"]
    (destinations,) = outer.values()
    (deliver,) = destinations["ItemProcessor"]["States"].values()
    assert destinations["Type"] == "Map"
    assert destinations["ItemProcessor"]["ProcessorConfig"] == {"Mode": "INLINE"}
    assert deliver["Resource"] == f"{LAMBDA}.waitForTaskToken"


def test_one_leg_enters_at_most_four_states(definition):
    assert len(list(states(definition))) <= 4
