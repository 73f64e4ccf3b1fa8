"""What of a petitioner a text shows: their name, number, telephone or e-mail. Pure.

Texts are compared as `likeness` has them; a personal number by its keyed hash, as nothing else of it is kept.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from chalicelib.identity.petitions.items import Asked
from chalicelib.identity.petitions.likeness import runs_in, says_name, says_words, skeleton, words_in
from chalicelib.kernel.access import holder_of

type Trace = Literal["name", "number", "phone", "email"]

SHOWN: Final[Mapping[Trace, tuple[str, str]]] = {
    "name": ("Có tên của người gửi", "It has the name of who filed it"),
    "number": ("Có số định danh hoặc số giấy tờ của người gửi", "It has the number of who filed it"),
    "phone": (
        "Có số mà người gửi đã viết, như số điện thoại",
        "It has a number that they wrote, such as their telephone",
    ),
    "email": ("Có thư điện tử của người gửi", "It has the e-mail of who filed it"),
}
"""What is told of a public answer that shows who filed the petition."""

_AT: Final = re.compile(r"\s*(?:[\[({<]\s*(?:at|@)\s*[\])}>]|\ba[\s-]*cong\b)\s*")
_DOT: Final = re.compile(r"\s*[\[({<]\s*(?:dot|cham|\.)\s*[\])}>]\s*")
_EMAIL: Final = re.compile(r"[a-z0-9._%+'-]{1,64}\s*@\s*[a-z0-9.-]+")
_SPOKEN: Final = frozenset({"at", "dot", "cham"})
"""Words for the signs of an address, where it is written so that no machine takes it for one."""
_SHORTEST_PHONE: Final = 8
_LAST: Final = 9
"""The last digits by which a telephone number is known, with 0, with 84 or with neither before them."""
_LONGEST_PHONE: Final = 11
_PERSONAL, _ORGANISATION, _BRANCH = 12, 10, 13


def traces_of(text: str, asked: Asked, more: str, holders: frozenset[str]) -> list[Trace]:
    """What of a petitioner a text shows. `more`: what else they wrote; `holders`: the keyed hashes of their numbers."""
    found = list[Trace]()
    runs, written = list(runs_in(text)), f"{asked.words}\n{more}"
    if any(says_name(text, name) for name in (asked.name, asked.organisation) if name):
        found.append("name")
    document = words_in(asked.document.partition(":")[2])
    if says_words(words_in(text), document) or any(_is_theirs(run, holders) for run in runs):
        found.append("number")
    phones = {phone for run in runs_in(written) for phone in _phones(run)}
    if any(phone in run for phone in phones for run in runs):
        found.append("phone")
    said = _unspoken(words_in(_addressed(text)))
    if any(says_words(said, _unspoken(words_in(each))) for each in _EMAIL.findall(_addressed(written))):
        found.append("email")
    return found


def _phones(run: str) -> Iterable[str]:
    """By what the telephone numbers in a row of digits are known: each stretch of it where several may stand in it."""
    if len(run) < _SHORTEST_PHONE:
        return ()
    if len(run) <= _LONGEST_PHONE:
        return (run[-_LAST:],)
    return (run[at : at + _LAST] for at in range(len(run) - _LAST + 1))


def _addressed(text: str) -> str:
    """A text in which an address has its signs, however they were said: `ta (at) x [dot] vn`."""
    return _DOT.sub(".", _AT.sub("@", skeleton(text)))


def _unspoken(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in _SPOKEN]


def _is_theirs(run: str, holders: frozenset[str]) -> bool:
    """Whether digits have a person's number, or that of an organisation or its branch, anywhere among them."""
    parts = [run[at:] for at in range(len(run))]
    named = (("CITIZEN", part[:_PERSONAL]) for part in parts if len(part) >= _PERSONAL)
    whole = (("ORGANISATION", part[:_ORGANISATION]) for part in parts if len(part) >= _ORGANISATION)
    branch = (
        ("ORGANISATION", f"{part[:_ORGANISATION]}-{part[_ORGANISATION:_BRANCH]}")
        for part in parts
        if len(part) >= _BRANCH
    )
    return any(holder_of(kind, number) in holders for some in (named, whole, branch) for kind, number in some)
