"""What a label means whose words are not on the list: by phrases that each sort of value is told by.

"Gia đình dự kiến gọi cháu là" is no name of a label that anybody wrote down, yet it says "dự kiến". What is found so is
looked at by an officer unless its value could be nothing else. Pure.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from chalicelib.digitisation.labels import NUMBERING, Hit, Known, Rule, is_caption, plain, worded
from chalicelib.digitisation.model import Word

_BRACKETS: Final = re.compile(r"\([^()]*\)?")
_LONGEST: Final = 12
"""Words of a label, at most."""
_SHORT: Final = 5
_PLAINLY: Final = 0.8
_COVERED: Final = 0.4
"""The share of a label's letters that are explained, at least."""
PLACES: Final = frozenset(("residence", "birthplace", "origin", "registered_at", "address"))
"""The sorts of values that are a place."""
_PROVINCE: Final = re.compile(r"(?i)^(tỉnh|thành phố|tp\.?|t\.) ?")
_HOSPITAL: Final = re.compile(r"(Bệnh viện|Trung tâm|Trạm|Nhà hộ sinh|Phòng khám|Cơ sở y tế)\b")


class Meant(NamedTuple):
    """The rules that a label may mean, and the share of its letters that says so."""

    rules: tuple[Rule, ...]
    covered: float


def meant(words: Sequence[Word], form: Known) -> Meant:
    """What a label means by its phrases; no rules where it is another paper's number, or says nothing of ours."""
    nothing = Meant((), 0.0)
    texts = [word.text for word in words]
    if texts and NUMBERING.fullmatch(texts[0].rstrip(":")):
        texts = texts[1:]
    whole = " ".join(texts)
    said = worded(_BRACKETS.sub(" ", whole))
    said = said if said.strip() else worded(whole)
    if not said.strip() or len(said.split()) > _LONGEST or any(phrase in said for phrase in form.foreign):
        return nothing
    mentioned = _part_of(said, form)
    best: dict[str, str] = {}
    for phrase, rules in form.told.items():
        if phrase in said:
            for rule in rules:
                best[rule.name] = max(best.get(rule.name, ""), phrase, key=len)
    rules = tuple(rule for rule in form.rules if rule.name in best and _of_part(rule, mentioned, best[rule.name], form))
    if not rules and mentioned:
        rules = tuple(rule for rule in form.rules if rule.part == mentioned[0] and rule.shape == "person")
        best = {rule.name: mentioned[1] for rule in rules}
    if not rules:
        return nothing
    longest = max(len(best[rule.name]) for rule in rules)
    rules = tuple(rule for rule in rules if len(best[rule.name]) == longest)
    left = said.replace(best[rules[0].name], " ")
    left = left.replace(mentioned[1], " ") if mentioned else left
    unexplained = sum(len(word) for word in left.split() if word not in form.fillers)
    covered = 1 - unexplained / sum(map(len, said.split()))
    return Meant(rules, covered) if covered >= _COVERED else nothing


def says_label(words: Sequence[Word], form: Known) -> bool:
    """Whether a short text plainly means a label, and is no value of one."""
    return len(words) <= _SHORT and meant(words, form).covered >= _PLAINLY


def _part_of(said: str, form: Known) -> tuple[str, str] | None:
    """The part that a label names, and the words that name it."""
    named = [(worded(name), part) for name, part in form.parts.items() if worded(name) in said]
    if not named:
        return None
    name, part = max(named, key=lambda each: len(each[0]))
    return part, name


def _of_part(rule: Rule, mentioned: tuple[str, str] | None, phrase: str, form: Known) -> bool:
    """Whether a rule may be meant where a part is named."""
    if mentioned is None:
        return True
    if rule.part:
        return rule.part == mentioned[0]
    # "Quan hệ với chủ hộ" is no field of the head of the household's; "Số định danh của chủ hộ" is.
    return not any(other.part == mentioned[0] for other in form.told[phrase])


def with_meant(words: Sequence[Word], found: Sequence[Hit], form: Known) -> list[Hit]:
    """The labels of a piece of text with those that end in a colon and only mean one."""
    if is_caption(words):
        return list(found)
    every = list(found)
    floor = 0
    for end in (number for number, word in enumerate(words, 1) if word.text.endswith(":")):
        if not floor and (whole := _of_whole(words, end, form)):
            return [whole]
        if not any(hit.start < end <= hit.end for hit in found):
            starts = [0] if not floor else [at for at in range(floor, end) if words[at].text[:1].isupper()]
            told = [
                Hit(at, end, each.rules, 100 * each.covered, told=True)
                for at in starts
                if (each := meant(words[at:end], form)).rules
            ]
            if told:
                every.append(max(told, key=lambda hit: hit.score))
        floor = end
    return sorted(every)


def _of_whole(words: Sequence[Word], end: int, form: Known) -> Hit | None:
    """A label that says first whose it is: "Mẹ: họ và tên"."""
    whose = worded(" ".join(word.text for word in words[:end]))
    if end == len(words) or len(words) > _LONGEST or not any(worded(name) == whose for name in form.parts):
        return None
    if not words[end].text[:1].islower():
        return None
    told = meant(words, form)
    return Hit(0, len(words), told.rules, 100 * told.covered, told=True) if told.rules else None


def is_whole_place(value: str, form: Known) -> bool:
    """Whether a place ends with a province, as addresses do; less of it, or more behind it, is another's line.

    A hospital by its name alone is a place too.
    """
    if value == "Không" or ("," not in value and _HOSPITAL.match(value)):
        return True
    last = plain(_PROVINCE.sub("", value.rpartition(",")[2].strip()))
    return last in form.provinces
