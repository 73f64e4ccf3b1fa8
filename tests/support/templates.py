"""What a part of a template of CloudFormation says."""

import json
import re
from collections.abc import Iterator
from typing import Any


def references(value: Any) -> Iterator[str]:
    """Every logical id that it refers to."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            else:
                yield from references(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from references(inner)


def asked(template: Any) -> set[str]:
    """Every condition that something in a template asks: resources, outputs, other conditions."""
    return set(re.findall(r'"(?:Fn::If": \[|Condition": )"([^"]+)"', json.dumps(template)))
