"""An execution lives by the definition it began with, for up to a year: today's functions take what it sends.

`machines/` holds every definition that a release had. AWS keeps it for a running execution; the local cloud and moto do
not, so it is asked here: what each task of it sends is what the contract of the function behind it takes.
"""

import json
import re
from pathlib import Path

import msgspec
import pytest

from chalicelib.contracts.delivery import DeliveryFlow, DestinationInput
from chalicelib.contracts.digitisation import DigitisationInput, StepInput
from chalicelib.contracts.event import Malformed, heard
from chalicelib.contracts.onestop import DecisionInput, FlowInput, LegInput, LegOutcome, PlannedLeg
from infra.stack.resources import MACHINES, STATEMACHINES

KEPT = sorted((Path(__file__).parent / "machines").glob("*.asl.json"))
TODAY = STATEMACHINES / "one_stop.asl.json"
TAKES = {"OpenLegArn": LegInput, "DecideArn": DecisionInput}
"""What a definition calls a function, and what that takes today."""
GIVEN = FlowInput(dossier="MC-1", attempt=1, stages=((PlannedLeg(leg="commune", agency="H01"),),), timeout=60)
KNOWN = {
    "$$.Task.Token": "token",
    "$$.Execution.Name": "MC-1-1",
    "$$.Map.Item.Index": 0,
    "$.stage": 0,
    "$.leg": msgspec.to_builtins(GIVEN.stages[0][0]),
    "$.legs": msgspec.to_builtins(GIVEN.stages[0]),
    "$$.Map.Item.Value": [],
    "$.outcomes": [[msgspec.to_builtins(LegOutcome(outcome="approved", leg="commune"))]],
    **{f"$.{name}": value for name, value in msgspec.to_builtins(GIVEN).items()},
}


def read(file):
    return json.loads(file.read_text("utf-8"))


def tasks(value):
    """The tasks of a definition: the function as it is called there, and what is sent to it."""
    if isinstance(value, dict):
        if value.get("Type") == "Task":
            yield value["Parameters"]["FunctionName"].strip("${}"), value["Parameters"]["Payload"]
        for inner in value.values():
            yield from tasks(inner)


def sent(payload):
    """A payload with what an execution fills in. Raises KeyError for a path that nothing of ours gives."""
    return {k.removesuffix(".$"): KNOWN[v] if k.endswith(".$") else v for k, v in payload.items()}


@pytest.mark.parametrize("file", KEPT, ids=lambda f: f.name)
def test_a_function_of_today_takes_what_a_former_definition_sends(file):
    found = list(tasks(read(file)))
    assert found
    for function, payload in found:
        assert isinstance(heard(TAKES[function], sent(payload)), TAKES[function])


@pytest.mark.parametrize("file", KEPT, ids=lambda f: f.name)
def test_the_functions_that_a_former_definition_calls_are_there(file):
    filled = MACHINES["OneStop"]["Properties"]["DefinitionSubstitutions"]
    assert {function for function, _ in tasks(read(file))} <= filled.keys() == TAKES.keys()


@pytest.mark.parametrize("file", KEPT, ids=lambda f: f.name)
def test_an_execution_that_starts_while_definitions_change_has_all_that_either_reads(file):
    """AWS changes a definition within seconds, not at once: a start of after the change may get the one of before."""
    asked = set(re.findall(r'"(\$\$?\.[\w.]+)"', file.read_text("utf-8")))
    assert asked - KNOWN.keys() <= {"$.Payload", "$.outcomes"}


def test_todays_definition_is_kept():
    kept = [read(file) for file in KEPT]
    again = f"cp {TODAY.name} tests/golden/machines/{len(KEPT) + 1}.asl.json: executions live by it for a year"
    assert read(TODAY) in kept, again


def test_a_field_that_no_former_definition_sends_would_be_refused():
    class Wider(msgspec.Struct, frozen=True, kw_only=True):
        dossier: str
        round: int

    (payload,) = (payload for function, payload in tasks(read(KEPT[0])) if function == "DecideArn")
    with pytest.raises(Malformed, match="round"):
        heard(Wider, sent(payload))


PAPERS = sorted((Path(__file__).parent / "machines" / "digitisation").glob("*.asl.json"))
PAPER = msgspec.to_builtins(DigitisationInput(reference="MC-1", component="c", timeout=60))


@pytest.mark.parametrize("file", PAPERS, ids=lambda f: f.name)
def test_the_step_of_today_takes_what_a_former_machine_of_papers_sends(file):
    known = {"$$.Task.Token": "token", "$$.Execution.Name": "MC-1.c", **{f"$.{k}": v for k, v in PAPER.items()}}
    found = list(tasks(read(file)))
    assert [payload["step"] for _, payload in found] == ["copy", "read", "convert"]
    for function, payload in found:
        assert function == "AwaitStepArn"
        assert isinstance(
            heard(StepInput, {k.removesuffix(".$"): known.get(v, v) for k, v in payload.items()}), StepInput
        )


DELIVERIES = sorted((Path(__file__).parent / "machines" / "delivery").glob("*.asl.json"))
FLOW = msgspec.to_builtins(DeliveryFlow(reference="MC-1", destinations=("app",), timeout=60))


@pytest.mark.parametrize("file", DELIVERIES, ids=lambda f: f.name)
def test_the_step_of_today_takes_what_a_former_machine_of_deliveries_sends(file):
    filled = {"$$.Task.Token": "token", "$$.Execution.Name": "MC-1.7.1", "$.destination": "app"}
    ((function, payload),) = tasks(read(file))
    assert function == "AwaitDestinationArn"
    given = {k.removesuffix(".$"): (filled | {"$.reference": FLOW["reference"]})[v] for k, v in payload.items()}
    assert isinstance(heard(DestinationInput, given), DestinationInput)
    asked = set(re.findall(r'"(\$\.[\w.]+)"', file.read_text("utf-8")))
    assert asked == {"$.destination", *(f"$.{name}" for name in FLOW)}


def test_todays_machine_of_deliveries_is_kept():
    assert read(STATEMACHINES / "delivery.asl.json") in [read(file) for file in DELIVERIES]


def test_todays_machine_of_papers_is_kept():
    assert read(STATEMACHINES / "digitisation.asl.json") in [read(file) for file in PAPERS]
