"""True answers with one fault planted, by counting: what the checker of whole records has to see, each of them."""

import copy
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any, Final

from tests.support.records_changed import Raw

type Fault = Callable[[Raw, int], bool]
"""Plants itself at the n-th place that it may; False where there is none."""


def _item(answer: Raw, key: str, number: int) -> Any:
    held = answer[key]
    return held[number % len(held)] if held else None


def _set(key: str, field: str, new: Callable[[Any], object], when: Callable[[Raw], bool]) -> Fault:
    def plant(answer: Raw, number: int) -> bool:
        fit = [item for item in answer[key] if when(item)]
        if not fit:
            return False
        item = fit[number % len(fit)]
        item[field] = new(item[field])
        return True

    return plant


def _drop(key: str) -> Fault:
    def plant(answer: Raw, number: int) -> bool:
        if len(answer[key]) < 1:
            return False
        answer[key].pop(number % len(answer[key]))
        return True

    return plant


def _reversed(answer: Raw, _number: int) -> bool:
    before = list(answer["steps"])
    answer["steps"].reverse()
    return bool(before != answer["steps"])


def _no_form(answer: Raw, number: int) -> bool:
    fit = [paper for paper in answer["papers"] if paper["blank_forms"]]
    if fit:
        fit[number % len(fit)]["blank_forms"].pop()
    return bool(fit)


def _other_form(answer: Raw, number: int) -> bool:
    fit = [paper for paper in answer["papers"] if paper["blank_forms"]]
    if fit:
        fit[number % len(fit)]["blank_forms"][0]["name"] = "another.docx"
    return bool(fit)


def _half_requirement(answer: Raw, _number: int) -> bool:
    words = answer["requirements_vi"]
    if words:
        answer["requirements_vi"] = words[: len(words) // 2]
    return bool(words)


def _lost_pointer(answer: Raw, number: int) -> bool:
    _item(answer, "unknown", number)["pointer"] = "/nowhere/7"
    return True


def _known_term(answer: Raw, number: int) -> bool:
    fit = [line for line in answer["times"] if not line["certain"]]
    if fit:
        line = fit[number % len(fit)]
        line.update(certain=True, term="4wd", quantity=4, unit="wd")
    return bool(fit)


FAULTS: Final[dict[str, Fault]] = {
    "a term's number": _set("times", "quantity", lambda old: old + 37, lambda line: line["quantity"] is not None),
    "a known term": _set("times", "term", lambda _: "77wd", lambda line: line["term"] is not None),
    "a term's unit": _set(
        "times", "unit", lambda old: "m" if old != "m" else "d", lambda line: line["unit"] is not None
    ),
    "a condition": _set("times", "text_vi", lambda old: old[: len(old) // 2], lambda line: len(line["text_vi"]) > 30),
    "what was open is certain": _known_term,
    "a fee's sum": _set("fees", "amount", lambda old: old * 10 + 1, lambda fee: fee["amount"] is not None),
    "a fee's currency": _set("fees", "currency", lambda _: "JPY", lambda _: True),
    "a fee's words": _set("fees", "text_vi", lambda old: old[: len(old) // 2], lambda fee: len(fee["text_vi"]) > 30),
    "free for certain": _set("fees", "certain", lambda _: True, lambda fee: not fee["certain"]),
    "a paper less": _drop("papers"),
    "originals": _set("papers", "originals", lambda old: (old or 0) + 5, lambda _: True),
    "copies": _set("papers", "copies", lambda old: (old or 0) + 5, lambda _: True),
    "a paper's name": _set("papers", "name_vi", lambda old: f"{old} khác", lambda _: True),
    "a need": _set("papers", "need", lambda _: "always", lambda _: True),
    "a form less": _no_form,
    "a form's name": _other_form,
    "half of the requirements": _half_requirement,
    "a step less": _drop("steps"),
    "steps in another order": _reversed,
    "a pointer": _lost_pointer,
    "an agency less": _drop("coordinated_by"),
}


def broken(answers: list[tuple[Raw, Raw]], many: int) -> Iterator[tuple[str, Raw, Raw]]:
    """`many` faults, one in each answer, in turn over kinds and records: name, record, broken answer."""
    return islice(_all(answers), many)


def _all(answers: list[tuple[Raw, Raw]]) -> Iterator[tuple[str, Raw, Raw]]:
    for number in count():
        for turn, (name, plant) in enumerate(FAULTS.items()):
            record, answer = answers[(number * 7 + turn) % len(answers)]
            fault = copy.deepcopy(answer)
            if plant(fault, number) and fault != answer:
                yield name, record, fault
