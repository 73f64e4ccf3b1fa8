"""The QR code of an identity card: what it says, beside what was read on the card. Pure.

Seven parts, `|` between them: number of the card, of the older card, name, day of birth, sex, place of residence,
day of issue; any but the first may be empty. No norm that fixes this was found: cards are told to have these parts.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import structs

from chalicelib.digitisation.model import Field

KIND: Final = "can_cuoc"
DIFFERS: Final = "differs_from_code"
_NUMBER: Final = re.compile(r"\d{12}")
_DAY: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")
_PARTS: Final = {"so_dinh_danh": 0, "ho_ten": 2, "ngay_sinh": 3, "gioi_tinh": 4, "noi_thuong_tru": 5}
"""The part of the code that says a field of `can_cuoc`."""
_FEWEST_PARTS: Final = 7


def is_card(code: str) -> bool:
    """Whether a text could be the code of a card."""
    parts = code.split("|")
    return len(parts) >= _FEWEST_PARTS and _NUMBER.fullmatch(parts[0].strip()) is not None


def said_by(codes: Iterable[str]) -> Mapping[str, str]:
    """The values that the code of a card says, by the names of fields; nothing when there is none, or cards differ."""
    cards = dict.fromkeys(code for code in codes if is_card(code))
    if len(cards) != 1:
        return {}
    parts = [unicodedata.normalize("NFC", part).strip() for part in next(iter(cards)).split("|")]
    return {name: _DAY.sub(r"\1/\2/\3", parts[at]) if name.startswith("ngay") else parts[at]
            for name, at in _PARTS.items() if parts[at]}  # fmt: skip


def checked(fields: Sequence[Field], said: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields beside the code: where both say the very same none need look, a name too; else an officer must."""
    return tuple(_checked(field, said.get(field.name, "")) for field in fields)


def _checked(field: Field, said: str) -> Field:
    if not said:
        return field
    if _alike(field.value) == _alike(said):
        return structs.replace(field, needs_review=False, reason="")
    others = tuple(dict.fromkeys((said, *field.alternatives)))
    return structs.replace(
        field, needs_review=True, reason=DIFFERS if field.value else field.reason, alternatives=others
    )


def _alike(value: str) -> str:
    """A value as it is compared: a card prints names in capitals, its code may not; every mark counts."""
    return " ".join(re.sub(r"[\s,.;-]+", " ", unicodedata.normalize("NFC", value)).casefold().split())
