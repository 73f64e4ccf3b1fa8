"""One app, three stacks: what waits, what runs, what watches. Each stays under CloudFormation's limits.

The app is composed and held against its faults as one template. Here its resources go to their stacks, and every name
that one stack takes of another becomes an output there and a parameter of the same name here. A stack takes only of
those before it in `STACKS`; `infra/build/deploy.py` deploys them in this order.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from infra.stack import resources
from infra.stack.resources import Resource

WORK, APP, WATCH = "work", "app", "watch"
STACKS: Final = (WORK, APP, WATCH)
"""In the order in which they are deployed."""
SAYS: Final = {
    WORK: "Mot Cua: bus, rules, queues and their alarms, firewall. What waits stays here when the app stack goes.",
    APP: "Mot Cua: functions, API, schedules, machine. May be deleted and deployed again.",
    WATCH: "Mot Cua: alarms of functions, dashboard, where last calls are parked. May be deleted and deployed again.",
}
_WAITS: Final = ("AWS::Events::EventBus", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::SNS::Topic")
_STANDS_BEFORE: Final = ("AWS::WAFv2::IPSet", "AWS::WAFv2::WebACL")
_WATCHES: Final = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::XRay::SamplingRule")
_WORDS: Final = {"AWS::SQS::Queue": "Url", "AWS::SNS::Topic": "Arn", "AWS::Serverless::StateMachine": "Arn"}
"""What `Ref` gives, where it is no name."""
_ARN_NAME: Final = 5
"""Where the name of a queue stands in its ARN: arn:aws:sqs:<region>:<account>:<name>."""
NOTHING: Final = "none"
"""What an output says of a resource whose condition does not hold: whoever takes it has the same condition."""
_SUBSTITUTED: Final = re.compile(r"\$\{(\w+)(?:\.(\w+))?\}")


class Circle(ValueError):
    """A stack takes something of one that is deployed after it, or names what is in none."""


def home(resource: Resource) -> str:
    """The stack of a resource. What a rule brings waits in its queue; what a schedule calls is a function.

    A firewall takes nothing of the app, which has no room for it; and what watches a queue stands beside it, with whom
    it tells.
    """
    kind = resource["Type"]
    if kind in ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard") and _of_queues(resource):
        return WORK
    if kind in (*_WAITS, *_STANDS_BEFORE) or (kind == "AWS::Events::Rule" and "EventPattern" in resource["Properties"]):
        return WORK
    if kind == "AWS::Lambda::EventInvokeConfig" and resource["Properties"]["FunctionName"] in _called_last():
        return WATCH  # where it parks the last call of a worker: the app stack has no room for one a worker
    if kind == "AWS::CloudWatch::Alarm" and "AlarmActions" not in resource["Properties"]:
        return APP  # it takes a version back, and tells nobody
    return WATCH if kind in _WATCHES else APP


def _of_queues(watching: Resource) -> bool:
    """Whether an alarm or a dashboard watches queues and nothing else."""
    said = json.dumps(watching["Properties"])
    return "AWS/SQS" in said and not any(other in said for other in ("AWS/Lambda", "AWS/States", "AWS/ApiGateway"))


def _called_last() -> list[Resource]:
    """Workers of queues: nothing but the last call of what they gave up comes past their queue."""
    return [resources.ref(resources.logical(name)) for name in resources.HEARING]


class _Stack:
    """A stack while it is made: what it holds, and what it takes of others."""

    def __init__(self, name: str, whole: Mapping[str, Any], homes: Mapping[str, str]) -> None:
        self.name = name
        self.asked: dict[str, Resource] = {}
        self._whole, self._homes = whole, homes

    def told(self, value: Any) -> Any:
        """A copy in which what stands elsewhere is a parameter. Raises Circle."""
        match value:
            case list():
                return [self.told(v) for v in value]
            case {"Ref": str(name)}:
                return {"Ref": self._crossed(name, "Ref") or name}
            case {"Fn::GetAtt": [str(name), str(attribute)]}:
                return self._attribute(name, attribute) or value
            case {"Fn::Sub": str(text)}:
                return {"Fn::Sub": _SUBSTITUTED.sub(self._substituted, text)}
            case dict():  # names that a Fn::Sub declares beside its text are its own
                return {k: v if isinstance(v, str) else self.told(v) for k, v in value.items()}
        return value

    def _attribute(self, name: str, attribute: str) -> Resource:
        """The parameter for an attribute of something elsewhere, or what says it; nothing for what is here.

        The app has the ARN of each queue, so it takes the name from there: CloudFormation allows 200 parameters.
        """
        if attribute == "QueueName" and self.name == APP and (crossed := self._crossed(name, "Arn")):
            return {"Fn::Select": [_ARN_NAME, {"Fn::Split": [":", {"Ref": crossed}]}]}
        crossed = self._crossed(name, attribute)
        return {"Ref": crossed} if crossed else {}

    def _substituted(self, found: re.Match[str]) -> str:
        crossed = self._crossed(found[1], found[2] or "Ref")
        return f"${{{crossed}}}" if crossed else found[0]

    def _crossed(self, name: str, attribute: str) -> str:
        """The parameter for something of another stack; nothing for what is here."""
        there = self._homes.get(name)
        if there is None:
            if name not in self._whole["Parameters"] and not name.startswith("AWS") and self.name != APP:
                raise Circle(f"the {self.name} stack names {name}, which is in no stack")
            return ""
        if there == self.name:
            return ""
        if STACKS.index(there) > STACKS.index(self.name):
            raise Circle(f"the {self.name} stack takes {name} of the {there} stack, which comes after it")
        kind = self._whole["Resources"][name]["Type"]
        word = name + (_WORDS.get(kind, "Name") if attribute == "Ref" else attribute)
        self.asked[word] = {"Ref": name} if attribute == "Ref" else {"Fn::GetAtt": [name, attribute]}
        return word


def _named(value: Any, by: str) -> set[str]:
    """What is named under a key such as `Ref`, and in texts that are filled in."""
    if isinstance(value, list):
        return {name for v in value for name in _named(v, by)}
    if isinstance(value, str):
        return {found[1] for found in _SUBSTITUTED.finditer(value)} if by == "Ref" else set()
    if not isinstance(value, dict):
        return set()
    here: Any = value.get(by)
    own = {here} if isinstance(here, str) else {here[0]} if isinstance(here, list) else set()
    return own | {name for v in value.values() for name in _named(v, by)}


def _resources(stack: _Stack, whole: Mapping[str, Any], homes: Mapping[str, str]) -> dict[str, Resource]:
    found = {}
    for name, given in whole["Resources"].items():
        if homes[name] != stack.name:
            continue
        made = {k: stack.told(v) if k != "DependsOn" else v for k, v in given.items()}
        if "DependsOn" in made:  # what is in a stack before this one is there already
            names = made["DependsOn"] if isinstance(made["DependsOn"], list) else [made["DependsOn"]]
            made["DependsOn"] = [n for n in names if homes.get(n, APP) == stack.name]  # SAM makes the others in the app
        found[name] = made
    return found


def split(whole: Mapping[str, Any], where: Callable[[Resource], str] = home) -> dict[str, dict[str, Any]]:
    """The stacks of an app template, by name. Raises Circle."""
    homes = {name: where(given) for name, given in whole["Resources"].items()}
    stacks = {name: _Stack(name, whole, homes) for name in STACKS}
    resources = {name: _resources(stack, whole, homes) for name, stack in stacks.items()}
    outputs: dict[str, dict[str, Any]] = {name: {} for name in STACKS}
    for name, given in whole["Outputs"].items():
        of = {homes[n] for n in _named(given, "Ref") | _named(given, "Fn::GetAtt") if n in homes}
        outputs[of.pop() if len(of) == 1 else APP][name] = given
    for stack in stacks.values():
        for word, value in stack.asked.items():
            (name,) = references(value)
            when = whole["Resources"][name].get("Condition")
            outputs[homes[name]][word] = {"Value": {"Fn::If": [when, value, NOTHING]} if when else value}
    return {name: _template(stacks[name], whole, resources[name], outputs[name]) for name in STACKS}


def references(value: Resource) -> set[str]:
    """The logical ids of a `Ref` or a `Fn::GetAtt`."""
    return {value["Ref"] if "Ref" in value else value["Fn::GetAtt"][0]}


def _template(
    stack: _Stack, whole: Mapping[str, Any], resources: dict[str, Resource], outputs: dict[str, Any]
) -> dict[str, Any]:
    asked = {word: {"Type": "String", "Description": "Output of another stack"} for word in stack.asked}
    conditions = _conditions(whole, [resources, outputs])
    used = _named([resources, outputs, conditions], "Ref")
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": SAYS[stack.name],
        "Parameters": {name: p for name, p in whole["Parameters"].items() if name in used} | asked,
        "Conditions": conditions,
        "Resources": resources,
        "Outputs": outputs,
    }
    if any(r["Type"].startswith("AWS::Serverless::") for r in resources.values()):
        template["Transform"] = whole["Transform"]
    return {key: value for key, value in template.items() if value}


def _conditions(whole: Mapping[str, Any], asking: Any) -> dict[str, Any]:
    """The conditions that resources and outputs ask, and those that they ask in turn."""
    every: dict[str, Any] = whole.get("Conditions", {})
    wanted = _named(asking, "Fn::If") | _named(asking, "Condition")
    while more := {n for name in wanted & every.keys() for n in _named(every[name], "Condition")} - wanted:
        wanted |= more
    return {name: given for name, given in every.items() if name in wanted}
