"""What a raw national record says, read for the checker alone: words, numbers, lengths of time, sums of money."""

import html
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

CHANNELS: Final = ("ONLINE", "POSTAL", "DIRECT")
UNITS: Final = {"WORKING_DAY": {"wd"}, "DAY": {"d"}, "HOUR": {"h", "wh"}, "MONTH": {"m"}}
WORDS: Final = {
    "ngày làm việc": "wd",
    "ngày": "d",
    "giờ làm việc": "wh",
    "giờ": "h",
    "tháng": "m",
    "tuần": "w",
    "năm": "y",
    "phút": "min",
}
MONEY: Final = {
    "việt nam đồng": "VND",
    "đồng": "VND",
    "vnđ": "VND",
    "vnd": "VND",
    "usd": "USD",
    "đô la mỹ": "USD",
    "eur": "EUR",
    "euro": "EUR",
}
CURRENCY_IDS: Final = {
    "019b3fb2-b5b8-70ac-85e2-9409ec1eaffa": "VND",
    "019b3fb2-dee2-76ab-aa53-22d4d903a2bb": "USD",
}
"""As the 35 records pair ids with names."""
UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
NUMBER: Final = r"\d+(?:[.,]\d+)*"
LENGTH: Final = re.compile(
    rf"({NUMBER})\s*\)?\s*(ngày làm việc|ngày|giờ làm việc|giờ|tháng|tuần|năm|phút)(?!\s*\d)(?![^\W\d_])", re.IGNORECASE
)
HOUR_OF_DAY: Final = re.compile(rf"({NUMBER})\s*(giờ)(?=\s*\d)", re.IGNORECASE)
SUM: Final = re.compile(rf"({NUMBER})\s*(nghìn|ngàn|triệu|tỷ)?", re.IGNORECASE)
TIMES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}
DOUBT: Final = re.compile(r"trường hợp|miễn|đối với|nếu|trừ|tối đa|/|mỗi|theo |từ ", re.IGNORECASE)


def plain(text: object) -> str:
    """The words of a text, whatever its blanks, composed letters, entities and marks."""
    words = TAG.sub(" ", html.unescape(str(text or "")))
    return " ".join(unicodedata.normalize("NFC", words).translate(UNSEEN).split())


def core(text: object) -> str:
    """The words without the bullets and colons around them."""
    return plain(text).strip(' *-+:;.,•"')


def sentences(text: object) -> list[str]:
    """Lines, and sentences of lines."""
    lines = re.split(r"[\r\n]+|(?<=[.;])\s+(?=[^\W\d_a-z])", html.unescape(str(text or "")))
    return [words for line in lines if (words := core(line))]


def numbers(words: str) -> set[Decimal]:
    """What a number as the Vietnamese write it may mean: 1.500.000 is 1500000, 1,5 is 1.5, 02 is 2."""
    found = {words.replace(".", "").replace(",", ".")} if words.count(",") <= 1 else set()
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", words):
        found = {re.sub(r"[.,]", "", words)}
    elif re.fullmatch(r"\d+\.\d{1,2}", words):
        found = {words}
    try:
        return {Decimal(number) for number in found}
    except InvalidOperation:
        return set()


def lengths(text: object) -> set[tuple[Decimal, str]]:
    """Every length of time in the words."""
    return {(number, WORDS[unit.lower()]) for said, unit in LENGTH.findall(plain(text)) for number in numbers(said)}


def worded(text: object) -> set[tuple[Decimal, str]]:
    """What a reader who decides nothing may take for a length: also an hour of the day, and "on the same day"."""
    said, words = lengths(text), plain(text)
    said |= {
        (number, WORDS[unit.lower()])
        for number_said, unit in HOUR_OF_DAY.findall(words)
        for number in numbers(number_said)
    }
    return said | ({(Decimal(0), "wd"), (Decimal(0), "d")} if "ngay trong ngày" in words.lower() else set())


def sums(text: object) -> set[Decimal]:
    """Every number that could be a sum of money."""
    return {n * TIMES.get(many.lower(), 1) for said, many in SUM.findall(plain(text)) for n in numbers(said)}


def currencies(text: object) -> set[str]:
    """Every currency that the words name."""
    words = plain(text).lower()
    return {iso for name, iso in MONEY.items() if re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", words)} | (
        {"VND"} if re.search(r"\d\s*(đồng|đ)\b", words) else set()
    )
