"""A page for people at the address where machines read JSON: which of the two is answered, and its headers."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

HTML: Final = "text/html; charset=utf-8"


class Page(Protocol):
    """How a route shows what it answers to whoever asks with a browser. Nothing is loaded from elsewhere by it."""

    @property
    def policy(self) -> str:
        """Its Content-Security-Policy."""

    def answer(self, body: Any, language: str) -> str:
        """The page of an answer, in `vi` or `en`."""

    def refusal(self, told: Mapping[str, Any], language: str) -> str:
        """The page of a problem (RFC 9457), whose words are in that language already."""


def is_page_wanted(headers: Mapping[str, str]) -> bool:
    """Whether a client wants a page: it accepts `text/html`, and does not ask for JSON by name."""
    accepted = headers.get("accept", "").lower()
    return "text/html" in accepted and "json" not in accepted


def headers_of(page: Page, language: str) -> dict[str, str]:
    """What goes with a page: it may run and load only what its policy names, and stands in no other page."""
    return {
        "Content-Type": HTML,
        "Content-Language": language,
        "Content-Security-Policy": page.policy,
        "Referrer-Policy": "no-referrer",
    }
