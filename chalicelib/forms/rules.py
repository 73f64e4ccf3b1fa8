"""The rules of a form, run by a CEL engine within a budget.

The engine cannot be stopped once it runs, so the budget is counted before: each rule's bound (`expressions`) with the
longest list of the answer in hand, summed over the form. No clock is read, so the same answer always ends the same.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from threading import Lock
from types import ModuleType
from typing import Protocol, cast

import msgspec

from chalicelib.forms.expressions import Reading, Refused, read

ENGINE, LOADING = "cel.cel", Lock()
BUDGET = 50_000
MAX_RULES = 60
WHOLE_FROM, WHOLE_TO = -(2**63), 2**63


class Nothing(Enum):
    """An expression without a value: what it reads was not filled in, or it does not fit the values."""

    ABSENT = "absent"
    FAILED = "failed"


class Program(Protocol):
    """An expression as the engine compiled it."""

    def execute(self, context: object) -> object:
        """Its value, or what the engine raises."""


class Engine(Protocol):
    """The part of the engine's module in use."""

    def compile(self, expression: str) -> Program:
        """The program of an expression. Raises ValueError."""

    def Context(self, variables: Mapping[str, object], functions: Mapping[str, Callable[..., object]]) -> object:  # noqa: N802 - a class of the engine
        """What the names of an expression mean."""


class Ready(msgspec.Struct, frozen=True):
    """A compiled expression with its bound."""

    program: Program
    reading: Reading


@lru_cache(maxsize=1024)
def compiled(expression: str) -> Ready:
    """The expression compiled, kept by its text. Raises Refused, by name, for what is outside the limits."""
    reading = read(expression)
    try:
        return Ready(_engine().compile(expression), reading)
    except (ValueError, RuntimeError, TypeError):
        raise Refused("expression_syntax") from None


class Scope:
    """The values that the rules of one answer read, converted once for as long as they do not change."""

    def __init__(self, form: Mapping[str, object], today: date) -> None:
        self._variables = {"form": _plain(form), "today": today.isoformat()}
        self._context = _engine().Context(self._variables, {"years": _years, "days": _days, "year": _year})

    def run(self, expression: str) -> object:
        """The value of the expression, or why there is none; never raises for a compiled expression."""
        try:
            return compiled(expression).program.execute(self._context)
        except KeyError:
            return Nothing.ABSENT
        except (TypeError, ValueError, RuntimeError, ArithmeticError, LookupError):
            return Nothing.FAILED


def _engine() -> Engine:
    """The engine without its package, which would bring a command line and four libraries for it (100 ms).

    It sets up its log once per process and panics at a second time, so it is loaded under a lock and by its own name.
    """
    with LOADING:
        return cast("Engine", sys.modules.get(ENGINE) or _loaded())


def _loaded() -> ModuleType:
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    package = PathFinder.find_spec(ENGINE.partition(".")[0])
    spec = PathFinder.find_spec(ENGINE, package.submodule_search_locations if package else None)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("common-expression-language is not installed")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[ENGINE] = module
    return module


def _plain(value: object) -> object:
    """A JSON value as the engine wants it: whole numbers are whole (1.0 is 1 in JSON), huge ones are not numbers."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not WHOLE_FROM <= value < WHOLE_TO:
        return None
    return value


def _years(*given: object) -> int | None:
    """Full years between two dates; a birthday on 29 February counts from 1 March in a common year."""
    days = _dates(given)
    if days is None:
        return None
    first, last = days
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _days(*given: object) -> int | None:
    days = _dates(given)
    return None if days is None else (days[1] - days[0]).days


def _year(*given: object) -> int | None:
    """The year of a date."""
    days = _dates((*given, *given))
    return None if days is None else days[0].year


def _dates(given: tuple[object, ...]) -> tuple[date, date] | None:
    """Two dates or nothing: the engine writes what a function raises, with its values, to the log."""
    try:
        first, last = given
        return date.fromisoformat(cast("str", first)), date.fromisoformat(cast("str", last))
    except (TypeError, ValueError):
        return None
