"""Papers that agree with themselves: who is a man is not called Thị, a number tells the sex and year beside it."""

from collections.abc import Mapping
from typing import Final

_MALE, _FEMALE = "Nam", "Nữ"
_AT_LEAST: Final = {_MALE: 0, _FEMALE: 1}
_ALWAYS: Final = {"_me": _FEMALE, "_vo": _FEMALE, "_cha": _MALE, "_chong": _MALE}
"""What names of values end in that say whose they are."""
_DIGITS: Final = 12


def _sex(values: Mapping[str, str], name: str) -> str:
    """The sex of whoever a name is, or nothing where the paper says none."""
    said = next((sex for end, sex in _ALWAYS.items() if name.endswith(end)), "")
    return said or (values.get("gioi_tinh", "") if name == "ho_ten" else "")


def _renamed(name: str, sex: str) -> str:
    """The name without what only the other sex is called; the first word is the family's."""
    others, own = {_MALE: ("Thị", "Văn"), _FEMALE: ("Văn", "Thị"), "": ("", "")}[sex]
    family, *words = name.split()
    if others.upper() in words:
        others, own = others.upper(), own.upper()
    return " ".join([family, *(own if word == others else word for word in words)])


def _renumbered(number: str, sex: str, born: str) -> str:
    """The personal number with the sex, the century and the year of who was born then."""
    if len(number) != _DIGITS:
        return number
    century, year = divmod(int(born[-4:]), 100)
    first = (century - 19) * 2 + (_AT_LEAST[sex] if sex else int(number[3]) % 2)
    return f"{number[:3]}{first}{year:02d}{number[6:]}"


def agreed(values: Mapping[str, str]) -> dict[str, str]:
    """The values of a paper, names and numbers as the sex and the birth beside them want."""
    made = dict(values)
    for name in values:
        if not name.startswith("ho_ten"):
            continue
        end, sex = name.removeprefix("ho_ten"), _sex(values, name)
        made[name] = _renamed(values[name], sex)
        born = values.get(f"ngay_sinh{end}") or values.get(f"nam_sinh{end}")
        for number in (f"so_dinh_danh{end}", f"so_giay_to{end}"):
            if born and number in values:
                made[number] = _renumbered(values[number], sex, born)
    return made
