"""What a part of a template of CloudFormation says."""

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
