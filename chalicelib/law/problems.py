"""One thing that a rule refuses or doubts, in the shape in which an API can answer it."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

type Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """What is wrong: a JSON Pointer into what was given (RFC 6901), the rule, and a sentence in each language.

    The first four are what an answer 422 shows; a warning is told and refuses nothing.
    """

    pointer: str
    rule: str
    vi: str
    en: str
    severity: Severity = "error"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that refuse; warnings are left out."""
    return tuple(problem for problem in problems if problem.severity == "error")
