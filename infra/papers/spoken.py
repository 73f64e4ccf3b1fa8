"""Numbers and dates in Vietnamese words, as papers repeat a date "ghi bằng chữ"."""

from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_TEN: Final = 10
_HUNDRED: Final = 100


def number(value: int) -> str:
    """A number below ten thousand in words."""
    if value < _HUNDRED:
        return _tens(value)
    thousands, rest = divmod(value, 1000)
    hundreds, low = divmod(rest, _HUNDRED)
    said = [f"{_DIGITS[thousands]} nghìn"] if thousands else []
    said.append(f"{_DIGITS[hundreds]} trăm")
    if low:
        said.append(f"linh {_DIGITS[low]}" if low < _TEN else _tens(low))
    return " ".join(said)


def _tens(value: int) -> str:
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    tail = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {tail}".strip()


def date(written: str) -> str:
    """A date dd/mm/yyyy in words."""
    day, month, year = (int(each) for each in written.split("/"))
    months = {1: "giêng", 4: "tư", 12: "mười hai"}
    low = f"mồng {number(day)}" if day <= _TEN else number(day)
    return f"Ngày {low}, tháng {months.get(month, number(month))}, năm {number(year)}"
