"""What CloudFormation takes of a template at most, and how many resources SAM makes of one.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, read in 2026-11.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

RESOURCES: Final = 500
PARAMETERS: Final = 200
OUTPUTS: Final = 200
MAPPINGS: Final = 200
BODY: Final = 1_000_000
"""Bytes of a template that stands in S3, and of what a transform makes of it."""
TEXT: Final = 1_024
"""Bytes of a description."""


def made(template: Mapping[str, Any]) -> int:
    """How many resources CloudFormation counts, after SAM; `infra/build/lint.py` holds it against SAM's translator."""
    found, shifted = 0, False
    for resource in template["Resources"].values():
        given = resource.get("Properties", {})
        found += 1
        if resource["Type"] == "AWS::Serverless::Api":
            found += 2  # its deployment, its stage
        if resource["Type"] == "AWS::Serverless::Function":
            found += 2 if "AutoPublishAlias" in given else 0  # its version, its alias
            found += 1 if "DeploymentPreference" in given else 0
            shifted = shifted or "DeploymentPreference" in given
    return found + (1 if shifted else 0)  # the application of CodeDeploy


def written(template: Mapping[str, Any]) -> str:
    """A template as it is uploaded: without blanks, which CloudFormation counts."""
    return json.dumps(template, sort_keys=True, separators=(",", ":"))


def size(template: Mapping[str, Any]) -> int:
    """Bytes of a template as it is uploaded."""
    return len(written(template).encode())


def faults(name: str, template: Mapping[str, Any]) -> Iterator[str]:
    """Everything of a template that CloudFormation would refuse for its size."""
    counts = {
        "resources": (made(template), RESOURCES),
        "parameters": (len(template.get("Parameters", {})), PARAMETERS),
        "outputs": (len(template.get("Outputs", {})), OUTPUTS),
        "mappings": (len(template.get("Mappings", {})), MAPPINGS),
        "bytes": (size(template), BODY),
        "bytes of description": (len(template.get("Description", "").encode()), TEXT),
    }
    for what, (has, limit) in counts.items():
        if has > limit:
            yield f"the {name} stack has {has:,} {what}; CloudFormation takes {limit:,}"
