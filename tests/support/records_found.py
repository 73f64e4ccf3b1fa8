"""What the checker of whole records finds, and how it looks into an answer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.support.records_changed import Raw
from tests.support.records_said import numbers


@dataclass(frozen=True)
class Finding:
    """`missing`: neither in the answer nor named there; `wrong`: known there, and not so; `pointer`: points nowhere."""

    kind: str
    place: str
    atom: str
    said: str = ""


def number_of(value: object) -> Decimal | None:
    """The value as a number, if it is one."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def count_of(value: object) -> Decimal | None:
    """The number of a term's field, which some records write as text."""
    if isinstance(value, str) and value.strip().isdigit():
        return next(iter(numbers(value.strip())))
    return number_of(value)


def at(answer: Any, pointer: str) -> Any:
    """What stands at a JSON Pointer. Raises LookupError, ValueError, TypeError."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        answer = answer[int(key)] if isinstance(answer, list) else answer[key]
    return answer


def owned(answer: Raw, *pointers: str) -> bool:
    """Whether `unknown` names one of the places, or something under it."""
    named = [unknown["pointer"] for unknown in answer["unknown"]]
    return any(name == pointer or name.startswith(f"{pointer}/") for name in named for pointer in pointers)
