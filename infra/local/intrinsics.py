"""The few intrinsic functions of CloudFormation that the resource list uses, resolved to the local cloud's names."""

import string
from collections.abc import Mapping
from typing import Any

from infra.local.names import ACCOUNT, ARN, physical
from infra.stack.functions import Function
from infra.stack.resources import logical

_ATTRIBUTES = {
    ("AWS::DynamoDB::Table", "StreamArn"): "{physical}",
    ("AWS::DynamoDB::Table", "Arn"): ARN.format(service="dynamodb", resource="table/{physical}"),
    ("AWS::S3::Bucket", "Arn"): "arn:aws:s3:::{physical}",
    ("AWS::SQS::Queue", "Arn"): ARN.format(service="sqs", resource="{physical}"),
    ("AWS::SQS::Queue", "QueueName"): "{physical}",
    ("AWS::Serverless::StateMachine", "Arn"): ARN.format(service="states", resource="stateMachine:{name}"),
    ("AWS::Events::Rule", "Arn"): ARN.format(service="events", resource="rule/{name}"),
    ("AWS::IAM::Role", "Arn"): f"arn:aws:iam::{ACCOUNT}:role/{{name}}",
    ("AWS::Events::EventBus", "Arn"): ARN.format(service="events", resource="event-bus/{physical}"),
}


class Unresolved(LookupError):
    """The resource list refers to something that is not in it, or in a way the local cloud does not know."""


class Names:
    """Resolves `Ref`, `Fn::GetAtt` and `Fn::Sub` against resources, functions and parameters. Raises: `Unresolved`."""

    def __init__(
        self, resources: Mapping[str, Any], functions: Mapping[str, Function], parameters: Mapping[str, str]
    ) -> None:
        clash = {logical(name) for name in functions} & resources.keys()
        if clash:  # Chalice's template would lose one of the two
            raise Unresolved(f"a function and a resource have the same logical id: {sorted(clash)}")
        self._resources = resources
        self._functions = {logical(name): name for name in functions}
        self._parameters = parameters

    def resolve(self, value: Any) -> Any:
        """A copy of a value with every intrinsic function replaced. Raises: `Unresolved`."""
        if isinstance(value, list):
            return [self.resolve(v) for v in value]
        if not isinstance(value, dict):
            return value
        match value:
            case {"Ref": str(name)}:
                return self.ref(name)
            case {"Fn::GetAtt": [str(name), str(attribute)]}:
                return self.attribute(name, attribute)
            case {"Fn::Sub": str(text)}:
                return text.replace("${AWS::StackName}", "motcua")
        return _filled({key: self.resolve(v) for key, v in value.items()})

    def ref(self, name: str) -> str:
        """What `Ref` gives: a parameter's value, a function's or resource's name, the ARN of a machine."""
        if name in self._parameters:
            return self._parameters[name]
        if name in self._functions:
            return self._functions[name]
        return self.attribute(name, "Arn") if self._kind(name) == "AWS::Serverless::StateMachine" else physical(name)

    def attribute(self, name: str, attribute: str) -> str:
        """What `Fn::GetAtt` gives for Arn and StreamArn; a StreamArn is the table's name here, for the mappings."""
        if name in self._functions:
            return ARN.format(service="lambda", resource=f"function:{self._functions[name]}")
        pattern = _ATTRIBUTES.get((self._kind(name), attribute))
        if pattern is None:
            raise Unresolved(f"{name}.{attribute}")
        return pattern.format(name=name, physical=physical(name))

    def _kind(self, name: str) -> str:
        if name not in self._resources:
            raise Unresolved(name)
        return str(self._resources[name]["Type"])


def _filled(value: dict[str, Any]) -> Any:
    """A text with the names that are declared beside it filled in; what is none stays as it is."""
    match value:
        case {"Fn::Sub": [str(text), dict(names)]}:
            return string.Template(text).substitute(names)
    return value
