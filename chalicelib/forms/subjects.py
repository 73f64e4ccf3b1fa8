"""Who applies, as far as a form has to know: a person (with a number or without), an organisation, a household."""

import re
from collections.abc import Iterable
from typing import Final

PERSON: Final = "Cá nhân có số định danh cá nhân"
ABROAD: Final = "Cá nhân chỉ có hộ chiếu"
ORGANISATION: Final = "Tổ chức, doanh nghiệp, hợp tác xã"
HOUSEHOLD: Final = "Hộ gia đình, hộ kinh doanh"
KINDS: Final = (PERSON, ABROAD, ORGANISATION, HOUSEHOLD)
"""Every kind, in the order in which a form offers them; the words are the choices themselves."""

_WORDS: Final = (
    (ORGANISATION, ("tổ chức", "doanh nghiệp", "hợp tác xã", "cơ quan", "đơn vị")),
    (HOUSEHOLD, ("hộ gia đình", "hộ kinh doanh")),
    (ABROAD, ("nước ngoài",)),
    (PERSON, ("công dân", "cá nhân", "người", "cán bộ", "đảng viên")),
)
"""Words of the national list's names of subjects; the first kind that fits is meant ("Tổ chức nước ngoài" is one)."""
_ASIDE: Final = re.compile(r"\([^()]*\)")


def kinds_of(subjects: Iterable[str]) -> tuple[str, ...]:
    """The kinds that a record's subjects come to; all of them when it names none that is known.

    Who lives abroad or is a foreigner may have a Vietnamese number all the same, so both are offered.
    """
    found = set()
    for name in subjects:
        for part in re.split("[,;]", _ASIDE.sub("", name.casefold())):
            kind = next((kind for kind, words in _WORDS if any(word in part for word in words)), None)
            found |= {PERSON, ABROAD} if kind == ABROAD else {kind} if kind else set()
    return tuple(kind for kind in KINDS if kind in found) or KINDS
