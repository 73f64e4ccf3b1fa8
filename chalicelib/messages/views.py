"""The page that the code on a paper opens: what it is, who signed it, whether it stands, and whether a file is it.

The file of the page (`templates/look.html`) is whole by itself: what is told is put into its elements by their names.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final
from xml.etree import ElementTree as ET

from msgspec import Struct, convert

from chalicelib.law.clock import ZONE
from chalicelib.messages.inquiry import SAID
from chalicelib.messages.model import Standing
from chalicelib.messages.wire import Verification

COMPARED: Final[tuple[Standing, ...]] = ("unchanged", "earlier", "changed", "withdrawn")
LOOKS: Final[Mapping[Standing, str]] = {
    "unchanged": "good",
    "registered": "good",
    "earlier": "good",
    "changed": "bad",
    "withdrawn": "bad",
}
MARKS: Final = {"good": "✓", "bad": "✗"}
"""How a standing looks: never by its colour alone."""
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "door": ("Một Cửa · Tra cứu giấy tờ", "Một Cửa · Look up a paper"),
    "other": ("English", "Tiếng Việt"),
    "agency": ("Cơ quan ban hành", "Issued by"),
    "signed_at": ("Ký lúc (giờ Việt Nam)", "Signed at (time of Viet Nam)"),
    "signed_by": ("Chữ ký số", "Electronic signatures"),
    "origin": ("Nguồn gốc", "Origin"),
    "withdrawn_at": ("Thu hồi lúc", "Withdrawn at"),
    "decision": ("Theo quyết định", "By the decision"),
    "sha256": ("Mã băm SHA-256 của tệp", "SHA-256 of the file"),
    "converted": ("Chuyển đổi từ bản giấy", "Converted from paper"),
    "copied": ("Bản sao điện tử của bản giấy", "Electronic copy of a paper"),
    "native": ("Lập dưới dạng điện tử", "Made electronically"),
    "owner": ("Giấy tờ là của ai", "Whose the paper is"),
    "read_and_compared": (
        "Máy đọc trên giấy và đối chiếu với bản kê, không có cán bộ thứ hai",
        "Read on the paper by machine and compared with the index sheet, without a second officer",
    ),
    "confirmed_by_two": ("Hai cán bộ đã xác nhận họ tên", "Two officers confirmed the name"),
    "name_and_number_by_two": (
        "Hai cán bộ đã xác nhận họ tên và số của chủ sở hữu",
        "Two officers confirmed the owner's name and number",
    ),
    "not_compared": ("Chưa ai đối chiếu", "Nobody compared it"),
    "ask": ("Đối chiếu tệp của bạn", "Compare your file"),
    "label": ("Chọn tệp PDF bạn nhận được", "Choose the PDF that you were given"),
    "send": ("Đối chiếu", "Compare"),
    "limit": (
        "Tệp được gửi lên để tính mã băm rồi bỏ, không ai mở hay lưu; tối đa 4 MB.",
        "The file is sent to be hashed and is dropped; nobody opens or keeps it. At most 4 MB.",
    ),
    "local": (
        "Tệp được đối chiếu ngay trên thiết bị của bạn, không gửi đi đâu.",
        "The file is compared on your own device and sent nowhere.",
    ),
    "foot": (
        "Trang này không cho biết nội dung của giấy tờ. Hãy so tên giấy tờ và cơ quan với bản bạn đang cầm.",
        "This page tells nothing of what the paper says. Compare its name and agency with the paper in your hand.",
    ),
    "unknown": ("Không tra cứu được", "Nothing to show"),
}
"""What the page says, in Vietnamese and English."""


class Fault(Struct, frozen=True):
    """What is wrong with one place of what was sent."""

    message: str


class Refused(Struct, frozen=True):
    """What the page says of a problem (RFC 9457)."""

    title: str
    detail: str
    errors: tuple[Fault, ...] = ()


class Look:
    """The page of a signed document. It runs its own script only, and loads nothing."""

    @property
    def policy(self) -> str:
        """What the page may do, by the hashes of its own script and style."""
        script, style = (_digest(_page().findtext(f".//{tag}", "")) for tag in ("script", "style"))
        return (
            f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )

    def answer(self, body: Verification, language: str) -> str:
        """The page of a document."""
        page = _Filled(language)
        page.say("name", f"{body.title} · Một Cửa")
        page.say("title", body.title)
        page.stand("standing", body.standing)
        for word, text in _facts(body, page):
            page.fact(word, text)
        form = page.of("check")
        form.set("data-sha256", body.sha256)
        form.set("data-earlier", " ".join(body.earlier))
        if body.withdrawn_at:
            form.set("data-withdrawn", "")
        for standing in COMPARED:
            form.set(f"data-said{standing}", _said(standing, language))
        return page.text()

    def refusal(self, told: Mapping[str, Any], language: str) -> str:
        """The page of a code that leads nowhere, or of a file that cannot be compared."""
        page = _Filled(language)
        problem = convert(told, Refused)
        page.say("name", f"{problem.title} · Một Cửa")
        page.say("title", page.word("unknown"))
        page.of("title").set("lang", language)
        page.say(
            "standing",
            ". ".join([problem.title, *(each.message for each in problem.errors), problem.detail, ""]).strip(),
        )
        page.of("standing").set("class", "standing warn")
        page.drop("facts", "check")
        return page.text()


PAGE: Final = Look()


class _Filled:
    """A copy of the page in a language, to be filled by the names of its elements."""

    def __init__(self, language: str) -> None:
        self._page, self._place = deepcopy(_page()), ("vi", "en").index(language)
        self._page.set("lang", language)
        for word in ("door", "other", "ask", "label", "send", "limit", "local", "foot"):
            self.say(word, self.word(word))
        other = ("en", "vi")[self._place]
        for name, value in (("href", f"?language={other}"), ("lang", other), ("hreflang", other)):
            self.of("other").set(name, value)
        self.of("check").set("action", "")

    def word(self, name: str) -> str:
        return WORDS[name][self._place]

    def of(self, name: str) -> ET.Element:
        found = self._page.find(f".//*[@id='{name}']")
        if found is None:
            raise KeyError(name)
        return found

    def say(self, name: str, text: str) -> None:
        self.of(name).text = text

    def stand(self, name: str, standing: Standing) -> None:
        look, place = LOOKS[standing], self.of(name)
        place.text = f"{MARKS[look]} {SAID[standing][self._place]}"
        place.set("class", f"standing {look}")

    def fact(self, word: str, text: str) -> None:
        ET.SubElement(self.of("facts"), "dt").text = self.word(word)
        ET.SubElement(self.of("facts"), "dd").text = text

    def drop(self, *names: str) -> None:
        for parent in list(self._page.iter()):
            for child in [each for each in parent if each.get("id") in names]:
                parent.remove(child)

    def text(self) -> str:
        return "<!doctype html>\n" + ET.tostring(self._page, encoding="unicode", method="html")


def _facts(body: Verification, page: _Filled) -> Iterator[tuple[str, str]]:
    yield "agency", body.agency_name
    yield "signed_at", _told(body.signed_at)
    if body.signatures:
        yield "signed_by", "; ".join(each.name for each in body.signatures)
    if body.origin:
        yield "origin", page.word(body.origin)
    if body.owner_compared:
        yield "owner", page.word(body.owner_compared)
    if body.withdrawn_at:
        yield "withdrawn_at", _told(body.withdrawn_at)
    if body.decision:
        yield "decision", body.decision
    yield "sha256", body.sha256


def _said(standing: Standing, language: str) -> str:
    return f"{MARKS[LOOKS[standing]]} {SAID[standing][('vi', 'en').index(language)]}"


def _told(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZONE).strftime("%H:%M, %d/%m/%Y")


@cache
def _page() -> ET.Element:
    text = files("chalicelib.messages").joinpath("templates", "look.html").read_text("utf-8")
    return ET.fromstring(text)  # noqa: S314 - our own file


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
