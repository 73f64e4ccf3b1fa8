"""A state machine as CloudFormation has it, with the role that it calls its functions by."""

from typing import Any

type Resource = dict[str, Any]


def defined(name: str, definition: Resource, used: dict[str, Resource], role: Resource) -> dict[str, Resource]:
    """A machine and its role, which may call exactly the functions `used` in the definition's placeholders."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": list(used.values())}],
    }
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    return {
        f"{name}Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": trust,
                "Policies": [{"PolicyName": "invoke", "PolicyDocument": policy}],
            },
        },
        name: {
            "Type": "AWS::Serverless::StateMachine",
            "Properties": {
                "Definition": definition,
                "DefinitionSubstitutions": used,
                # Its own functions must know it, and it must know them: a name of ours breaks the circle.
                "Name": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
                "Role": role,
            },
        },
    }
