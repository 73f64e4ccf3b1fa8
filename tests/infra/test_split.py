"""The app in stacks: nothing is lost between them, each takes of those before it only, all are under the limits."""

import copy
import json
import re

import pytest

from infra.build import compose, limits
from infra.build.package import Artefact, app_template
from infra.build.parts import PARTS
from infra.build.split import APP, STACKS, WATCH, WORK, Circle, split
from infra.stack import rest_api
from infra.stack.front import STAGE_ID
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import HEARING, addresses, alias, arn, logical, ref, work
from tests.support.planted import HERE, grown, plant
from tests.support.templates import asked, references

BESIDE = {
    "Owner",
    "RestAPIId",
    "OpenLegArn",
    "DecideArn",
    "AwaitStepArn",
    "AwaitDestinationArn",
    *addresses(HEARING)["Fn::Sub"][1],
}
"""Names in texts that are given beside the text."""


@pytest.fixture(scope="module")
def app():
    return rest_api.application()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    made = {name: Artefact(name, "", f"{name}.zip", 0, 0, "", ()) for name in PARTS}
    return app_template("test", made, tmp_path_factory.mktemp("chalice") / "project")


@pytest.fixture(scope="module")
def stacks(whole):
    return split(whole)


def taken(template):
    """The parameters that another stack has to give."""
    return {name for name, p in template["Parameters"].items() if p.get("Description", "").startswith("Output of")}


# --- split ---------------------------------------------------------------------------------------------------


def test_every_resource_is_in_one_stack(whole, stacks):
    found = [name for name in STACKS for name in stacks[name]["Resources"]]
    assert sorted(found) == sorted(whole["Resources"])


def test_a_stack_takes_what_the_stacks_before_it_give(stacks):
    given = set(compose.data_template()["Outputs"])
    for name in STACKS:
        assert taken(stacks[name]) <= given, name
        given |= stacks[name].get("Outputs", {}).keys()


def test_an_output_is_the_thing_that_the_parameter_stands_for(stacks):
    assert stacks[WORK]["Outputs"]["VaultStoreResultWorkArn"] == {"Value": arn("VaultStoreResultWork")}
    mapping = stacks[APP]["Resources"]["VaultStoreResultWorkMapping"]["Properties"]
    assert mapping["EventSourceArn"] == ref("VaultStoreResultWorkArn")
    alarm = stacks[WORK]["Resources"]["VaultStoreResultOld"]["Properties"]
    assert alarm["Dimensions"][0]["Value"] == {"Fn::GetAtt": ["VaultStoreResultWork", "QueueName"]}
    assert [each for each in stacks[WATCH]["Parameters"] if each.endswith("QueueName")] == []
    assert stacks[WORK]["Outputs"]["AlarmsArn"] == {"Value": ref("Alarms")}
    name = {"Fn::Select": [5, {"Fn::Split": [":", ref("VaultStoreResultWorkArn")]}]}
    assert json.dumps(name) in json.dumps(stacks[APP]), "the app stack has the ARN anyway: its name is no parameter"
    assert [each for each in stacks[APP]["Parameters"] if each.endswith("QueueName")] == []
    assert "${OutboxPublishName}" in json.dumps(stacks[WATCH]["Resources"]["Dashboard"])
    assert stacks[APP]["Outputs"]["OutboxPublishName"] == {"Value": ref("OutboxPublish")}


@pytest.mark.parametrize("name", STACKS)
def test_a_stack_names_nothing_that_is_not_in_it(stacks, name):
    template = stacks[name]
    known = template["Resources"].keys() | template["Parameters"].keys()
    known |= {STAGE_ID, *(alias(function) for function in FUNCTIONS)} if name == APP else set()  # SAM makes them
    text = json.dumps([template["Resources"], template.get("Outputs", {})])
    named = set(references([template["Resources"], template.get("Outputs", {})]))
    named |= set(re.findall(r"\$\{(\w+)(?:\.\w+)?\}", text)) - BESIDE
    assert {n for n in named if not n.startswith("AWS")} <= known
    assert {n for r in template["Resources"].values() for n in _depends(r)} <= known
    assert asked(template) == template.get("Conditions", {}).keys()
    assert taken(template) <= set(re.findall(r'"Ref": "(\w+)"', text)) | set(re.findall(r"\$\{(\w+)\}", text))


def _depends(resource):
    given = resource.get("DependsOn", [])
    return given if isinstance(given, list) else [given]


def test_what_waits_and_what_watches_do_not_go_with_the_app(stacks):
    kinds = {name: {r["Type"] for r in stacks[name]["Resources"].values()} for name in STACKS}
    waits = {"AWS::Events::EventBus", "AWS::Events::Rule", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy"}
    tells = {"AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::SNS::Topic"}
    assert kinds[WORK] == waits | tells | {"AWS::WAFv2::IPSet", "AWS::WAFv2::WebACL"}
    both = {"AWS::CloudWatch::Alarm", "AWS::Lambda::EventInvokeConfig"}
    assert kinds[WATCH] == both | {"AWS::CloudWatch::Dashboard", "AWS::XRay::SamplingRule"}
    parking = {f"{logical(name)}Invoked" for name in HEARING}
    assert parking <= stacks[WATCH]["Resources"].keys()
    assert not kinds[APP] & (kinds[WATCH] - both | kinds[WORK] - tells - {"AWS::Events::Rule"})
    assert "AWS::SNS::Topic" not in kinds[APP]
    told = {n: r["Properties"] for n, r in stacks[APP]["Resources"].items() if r["Type"] == "AWS::CloudWatch::Alarm"}
    assert told
    assert all(name.endswith("Breaks") and "AlarmActions" not in given for name, given in told.items())
    assert {work(name) for name in HEARING} <= stacks[WORK]["Resources"].keys()
    assert {logical(name) for name in FUNCTIONS} <= stacks[APP]["Resources"].keys()


def test_only_the_app_is_transformed(stacks):
    assert [name for name in STACKS if "Transform" in stacks[name]] == [APP]


def test_a_stack_that_would_wait_for_a_later_one_is_refused(whole):
    broken = copy.deepcopy(whole)
    broken["Resources"]["ParkedPolicy"]["Properties"]["PolicyDocument"]["Statement"][0]["Resource"] = arn("VaultApi")
    with pytest.raises(Circle, match="the work stack takes VaultApi of the app stack"):
        split(broken)


def test_a_name_that_is_nowhere_is_refused(whole):
    broken = copy.deepcopy(whole)
    broken["Resources"]["Alarms"]["Properties"]["KmsMasterKeyId"] = ref("NoKey")
    with pytest.raises(Circle, match="NoKey"):
        split(broken)


# --- limits --------------------------------------------------------------------------------------------------


def faults(stacks):
    return [fault for name, template in stacks.items() for fault in limits.faults(name, template)]


def test_thirteen_capabilities_are_under_the_limits(whole, app, monkeypatch):
    planted = plant(monkeypatch, 13 - HERE)
    stacks = {"data": compose.data_template(), **split(grown(whole, app, planted))}
    print({name: (limits.made(t), f"{limits.size(t):,} bytes") for name, t in stacks.items()})
    assert {logical(name) for name in planted} <= stacks[APP]["Resources"].keys()
    assert len(FUNCTIONS) >= 13 / HERE * (len(FUNCTIONS) - len(planted)) * 0.9, "as many functions as today, each"
    assert faults(stacks) == []


def test_the_limit_is_seen(whole, app, monkeypatch):
    planted = plant(monkeypatch, 60)
    found = " ".join(faults(split(grown(whole, app, planted))))
    assert re.search(r"the app stack has [\d,]+ resources; CloudFormation takes 500", found)
    assert re.search(r"the watch stack has [\d,]+ parameters; CloudFormation takes 200", found)


@pytest.mark.parametrize(
    ("part", "what"), [("Parameters", "parameters"), ("Outputs", "outputs"), ("Mappings", "mappings")]
)
def test_a_template_of_exactly_the_limit_is_taken_and_one_more_is_not(part, what):
    template = {"Resources": {}, part: {f"A{n}": {} for n in range(200)}}
    assert list(limits.faults("app", template)) == []
    template[part]["More"] = {}
    assert list(limits.faults("app", template)) == [f"the app stack has 201 {what}; CloudFormation takes 200"]


def test_bytes_are_counted_as_they_are_uploaded():
    template = {"Resources": {}, "Description": "é" * 600}
    assert list(limits.faults("app", template)) == [
        "the app stack has 1,200 bytes of description; CloudFormation takes 1,024"
    ]
    heavy = {"Resources": {"A": {"Type": "x", "Metadata": "x" * limits.BODY}}}
    assert "bytes; CloudFormation takes 1,000,000" in next(limits.faults("app", heavy))


def test_what_sam_makes_of_a_resource_is_counted():
    alone = {"Type": "AWS::Serverless::Function", "Properties": {}}
    live = {"Type": "AWS::Serverless::Function", "Properties": {"AutoPublishAlias": "live"}}
    shifted = {
        "Type": "AWS::Serverless::Function",
        "Properties": {"AutoPublishAlias": "live", "DeploymentPreference": {}},
    }
    counts = [
        limits.made({"Resources": {"A": one}}) for one in (alone, live, shifted, {"Type": "AWS::Serverless::Api"})
    ]
    assert counts == [1, 3, 5, 3]
