"""How a version of a function comes in, and goes back: every caller calls its alias.

A function that people wait for gets a tenth of its calls first (CodeDeploy, by SAM); an alarm of this page takes the
alias back to the version before, and the deployment with it. Workers change at once: what fails in them comes again
from its queue for hours, and the alias goes back with the stack.
"""

from collections.abc import Mapping
from typing import Any, Final

from infra.stack.functions import FUNCTIONS
from infra.stack.resources import ALIAS, Resource, alias, arn, logical, ref

BREAKS: Final = 0.05
"""Share of the API's answers that may be 5xx while a version comes in; a tenth of the calls are its own."""
SHIFTS: Final = tuple(
    f"CodeDeployDefault.Lambda{how}"
    for how in ("AllAtOnce", "Canary10Percent5Minutes", "Canary10Percent10Minutes", "Linear10PercentEvery1Minute")
)
SHIFTING: Final[dict[str, Resource]] = {
    "Canary": {
        "Type": "String",
        "Default": "true",
        "AllowedValues": ["true", "false"],
        "Description": "Whether a version of a function that people wait for comes in slowly, by CodeDeploy",
    },
    "Shift": {"Type": "String", "Default": SHIFTS[1], "AllowedValues": list(SHIFTS), "Description": "How slowly"},
}
"""The parameters of coming in."""


def aliased(value: Any) -> Any:
    """A copy in which each function is called by its alias: its ARN with a qualifier, wherever a name may stand."""
    return _aliased(value, {logical(name): alias(name) for name in FUNCTIONS})


def _aliased(value: Any, aliases: Mapping[str, str]) -> Any:
    match value:
        case list():
            return [_aliased(v, aliases) for v in value]
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), "Arn"]} if name in aliases:
            return ref(aliases[name])
        case dict():
            return {k: _aliased(v, aliases) for k, v in value.items()}
    return value


def called(resources: dict[str, Resource]) -> dict[str, Resource]:
    """The same resources, each calling aliases; how a failed call is parked belongs to the alias, too."""
    return {name: _parking(given) if _parks(given) else aliased(given) for name, given in resources.items()}


def _parks(resource: Resource) -> bool:
    return bool(resource["Type"] == "AWS::Lambda::EventInvokeConfig")


def _parking(resource: Resource) -> Resource:
    given = resource["Properties"]
    after = aliased(given["FunctionName"])["Ref"]  # the qualifier names the alias, and does not refer to it
    return resource | {"DependsOn": after, "Properties": given | {"Qualifier": ALIAS}}


def waited_for(function: str) -> bool:
    """Whether somebody waits for its answer, so that a version of it comes in slowly."""
    return FUNCTIONS[function].bundle != "worker"


def breaks(function: str) -> str:
    """The logical id of the alarm that takes a version of a function back."""
    return f"{logical(function)}Breaks"


def published(function: str) -> Resource:
    """What a function says of its versions: each change of it is one, of its settings and layers too."""
    given: Resource = {"AutoPublishAlias": ALIAS, "AutoPublishAliasAllProperties": True}
    if not waited_for(function):
        return given
    return given | {
        "DeploymentPreference": {
            "Enabled": ref("Canary"),
            "Type": ref("Shift"),
            "Role": arn("ShiftRole"),
            "Alarms": [ref(breaks(function)), ref("ApiBreaks")],
        }
    }


def _alarm(says: str, namespace: str, metric: str, dimensions: dict[str, Any], **more: Any) -> Resource:
    """An alarm of a minute that tells CodeDeploy and nobody else."""
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": says,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()],
            "ComparisonOperator": "GreaterThanThreshold",
            "Period": 60,
            "TreatMissingData": "notBreaching",
            **more,
        },
    }


def shifting() -> dict[str, Resource]:
    """What takes a version back, and CodeDeploy's role."""
    found = {
        breaks(name): _alarm(
            f"a version of {name} that comes in fails: it goes back",
            "AWS/Lambda",
            "Errors",
            {"FunctionName": ref(logical(name)), "Resource": {"Fn::Sub": f"${{{logical(name)}}}:{ALIAS}"}},
            Statistic="Sum",
            Threshold=1,
            EvaluationPeriods=1,
        )
        for name in FUNCTIONS
        if waited_for(name)
    }
    found["ApiBreaks"] = _alarm(
        "the API answers 5xx: what comes in goes back",
        "AWS/ApiGateway",
        "5XXError",
        {"ApiName": ref("Installation"), "Stage": "api"},
        Statistic="Average",
        Threshold=BREAKS,
        EvaluationPeriods=2,
    )
    return found | {"ShiftRole": _role()}


def _role() -> Resource:
    functions = {
        "Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-*"
    }
    alarms = {"Fn::Sub": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${AWS::StackName}-*"}
    trust = {"Effect": "Allow", "Principal": {"Service": "codedeploy.amazonaws.com"}, "Action": "sts:AssumeRole"}
    statements = [
        {
            "Effect": "Allow",
            "Action": ["lambda:GetAlias", "lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig"],
            "Resource": functions,
        },
        {"Effect": "Allow", "Action": "cloudwatch:DescribeAlarms", "Resource": alarms},
    ]
    policy = {"PolicyName": "shift", "PolicyDocument": {"Version": "2012-10-17", "Statement": statements}}
    document = {"Version": "2012-10-17", "Statement": [trust]}
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": document, "Policies": [policy]}}
