"""A further request for a supplement: another person makes it, so often at most, and not for what came (R08)."""

import re
from collections.abc import Callable, Iterable, Iterator

from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.dossier.asked import all_asked
from chalicelib.dossier.names import plain_name
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.second_person import Lookup, doer_of, require_second
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.plain import unplain
from chalicelib.onestop.supplement.refusals import AskedBySelf, SupplementsSpent, SupplementUsed
from chalicelib.onestop.supplement.rules import SupplementRules
from chalicelib.onestop.supplement.targets import AT

_SIGNS = re.compile(r"[\W_]+")


def is_further(
    dossier: Dossier,
    rules: SupplementRules,
    asked: SupplementGiven,
    who: Principal,
    *,
    read: Callable[[str, Part], Dossier | None],
    numbers_on_lists: Callable[[Iterable[str]], Lookup],
) -> bool:
    """Whether it is one more request than the law asks for, with a reason, by somebody who asked none of them.

    The log is read of such a dossier alone. Raises SupplementUsed, SupplementsSpent, AskedBySelf, SecondUnknown,
    BodyInvalid for what was answered and is asked for as if it had not been, ContentErased, NotFound.
    """
    made = dossier.clock.supplements
    if made < rules.most:
        return False
    if not asked.override.strip():
        raise SupplementUsed(asked=made, allowed=rules.most)
    if made >= rules.most + rules.most_further:
        raise SupplementsSpent(asked=made, most=rules.most + rules.most_further)
    _require_another(dossier, who, numbers_on_lists)
    log = read(dossier.reference, Part.EVENTS)
    if log is None:
        raise NotFound(what="dossier")
    broken = [*unplain(f"{AT.removesuffix('/items')}/override", asked.override), *_answered(log, asked.items)]
    if broken:
        raise BodyInvalid(fields=broken)
    return True


def _require_another(dossier: Dossier, who: Principal, numbers_on_lists: Callable[[Iterable[str]], Lookup]) -> None:
    """Nobody asks twice: the word of one that all is missing is followed by the word of another. Raises AskedBySelf."""
    listed = numbers_on_lists({each.agency for each in dossier.tasks} | {who.agency})
    for each in dossier.tasks:
        if each.outcome == "supplement" and each.officer:
            require_second(doer_of(who), {each.officer}, each.numbers, AskedBySelf(), listed)


def _answered(log: Dossier, items: Iterable[AskedItem]) -> Iterator[FieldError]:
    """What was asked for before came: it is not missing, and what is wrong with it now is said in words of its own."""
    before: dict[str, set[str]] = {}
    for former in (each for each in all_asked(log) if each.by == "applicant"):
        before.setdefault(former.target, set()).add(_plain(former.remedy))
    for place, item in enumerate(items):
        at = f"{AT}/{place}"
        if item.target not in before:
            continue
        if item.reason == "MISSING":
            vi = "Nội dung này đã được bổ sung, không còn là thiếu"
            yield FieldError(f"{at}/reason", "answered", vi, "This was supplemented: it is not missing")
        if _plain(item.remedy) in before[item.target]:
            vi = "Nội dung này đã được bổ sung: nêu rõ điều gì còn sai, không lặp lại yêu cầu trước"
            en = "This was supplemented: say what is wrong with it now, and not the former request again"
            yield FieldError(f"{at}/remedy", "answered", vi, en)


def _plain(text: str) -> str:
    """Words alone: accents, capitals and signs make no other request."""
    return _SIGNS.sub(" ", plain_name(text)).strip()
