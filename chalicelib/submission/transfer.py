"""Answers and papers of a draft under another version of its procedure: what fits stays, what does not is named. Pure.

A version that replaces another may ask otherwise; what somebody typed is theirs, and is taken over as far as it goes.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Final, NamedTuple, cast

from chalicelib.contracts.plan import Plan
from chalicelib.contracts.submission import LeftOut
from chalicelib.dossier.filled import ReadAnswer, read_answer
from chalicelib.dossier.items import Component
from chalicelib.dossier.reading import Dossier
from chalicelib.forms.form import Form
from chalicelib.forms.problems import parted
from chalicelib.submission.model import SECRET_PAPER

NOT_ASKED: Final = "not_asked"
ROUNDS: Final = 8
"""How often an answer is read without what did not fit: what one field said may have hidden the fault of another."""

type Place = tuple[str, ...]


class Transfer(NamedTuple):
    """The answer as the new version reads it, what of the old one was left out and why, and its values by place."""

    answer: ReadAnswer
    left_out: tuple[LeftOut, ...]
    values: dict[str, object]


def transferred(
    plan: Plan, document: Form, before: Mapping[str, object], known: frozenset[tuple[str, str]], today: date
) -> Transfer:
    """Fields that the new form asks too, with values that it takes.

    `known` are faults (place, rule) that the draft had already: those values stay, and the draft says what is wrong.
    """
    values, gone = deepcopy(dict(before)), dict[str, tuple[str, object]]()
    answer = read_answer(plan, document, values, today)
    for _ in range(ROUNDS):
        wrong = {
            each.pointer: each.rule
            for each in answer.outcome.errors
            if each.pointer and (each.pointer, each.rule) not in known and _has(values, parted(each.pointer))
        }
        if not wrong:
            break
        for pointer in sorted(wrong, key=_order, reverse=True):
            rule = NOT_ASKED if wrong[pointer] == "additionalProperties" else wrong[pointer]
            gone[pointer] = (rule, _cut(values, parted(pointer)))
        answer = read_answer(plan, document, values, today)
    after = dict(_leaves(answer.outcome.values))
    lost = {pointer: (NOT_ASKED, value) for pointer, value in _leaves(values) if pointer not in after}
    found = gone | lost
    left_out = tuple(LeftOut(field=pointer, why=found[pointer][0]) for pointer in sorted(found))
    return Transfer(answer, left_out, {pointer: value for pointer, (_, value) in found.items()})


def unfit(draft: Dossier, plan: Plan) -> list[Component]:
    """Components of a draft that the new version does not take online, by its channel."""
    takes = fitting(plan, draft.head.channel)
    return [each for each in draft.components if each.code not in takes]


def fitting(plan: Plan, channel: str) -> frozenset[str]:
    """Codes of the components that a version takes on a channel as files."""
    here = (each for each in plan.components if not each.channels or channel in each.channels)
    return frozenset(each.code for each in here if each.exemption != SECRET_PAPER)


def _order(pointer: str) -> tuple[tuple[int, str], ...]:
    """Entries of a list by their number, so that the last one is cut first."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parted(pointer))


def _leaves(node: object, place: str = "") -> Iterator[tuple[str, object]]:
    """Each value of an answer with its JSON Pointer; what is empty is no answer."""
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _leaves(inner, f"{place}/{str(name).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for n, inner in enumerate(node):
            yield from _leaves(inner, f"{place}/{n}")
    elif node not in (None, ""):
        yield place, node


def _has(node: object, place: Place) -> bool:
    for name in place:
        if isinstance(node, dict) and name in node:
            node = node[name]
        elif isinstance(node, list) and name.isdecimal() and int(name) < len(node):
            node = node[int(name)]
        else:
            return False
    return True


def _cut(values: dict[str, object], place: Place) -> object:
    """Take what stands at a place out of an answer; it is there."""
    node: object = values
    for name in place[:-1]:
        node = node[int(name)] if isinstance(node, list) else cast("dict[str, object]", node)[name]
    last = place[-1]
    return node.pop(int(last)) if isinstance(node, list) else cast("dict[str, object]", node).pop(last)
