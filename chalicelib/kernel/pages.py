"""A page, or a table, at the address where machines read JSON: which of them is answered, and its headers."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol
from urllib.parse import urlencode

HTML: Final = "text/html; charset=utf-8"
CSV: Final = "text/csv; charset=utf-8"
FORMAT: Final = "format"
"""The parameter by which links of a page ask for the same as `json` or `csv`: a browser accepts the same of each."""
CHOSEN: Final = {"Vary": "Accept, Accept-Language"}
"""By what an answer that may be kept is another one at the same address."""
FORMULA: Final = re.compile(r'(^|;|\r\n?|\n)(?=["\s]*[=+\-@]|[\t\r])')
"""Where a cell begins that a spreadsheet would work out: in one that parts cells by `;` inside ours, too."""


class Page(Protocol):
    """How a route shows what it answers to whoever asks with a browser. Nothing is loaded from elsewhere by it."""

    @property
    def policy(self) -> str:
        """Its Content-Security-Policy."""

    def answer(self, body: Any, language: str) -> str:
        """The page of an answer, in `vi` or `en`."""

    def refusal(self, told: Mapping[str, Any], language: str) -> str:
        """The page of a problem (RFC 9457), whose words are in that language already."""


def is_page_wanted(headers: Mapping[str, str], linked: str = "") -> bool:
    """Whether a client wants a page: it accepts `text/html`, and asks for nothing else by name, nor does its link."""
    accepted = headers.get("accept", "").lower()
    return "text/html" in accepted and "json" not in accepted and linked not in ("json", "csv")


def headers_of(page: Page, language: str) -> dict[str, str]:
    """What goes with a page: it may run and load only what its policy names, and stands in no other page."""
    return {
        "Content-Type": HTML,
        "Content-Language": language,
        "Content-Security-Policy": page.policy,
        "Referrer-Policy": "no-referrer",
    }


class Sheet(Protocol):
    """How a route gives what it answers as a table to whoever asks for `text/csv`."""

    @property
    def filename(self) -> str:
        """What the table is called."""

    def rows(self, body: Any) -> Iterable[Sequence[str]]:
        """The names of the columns, then the rows."""

    def following(self, body: Any) -> str | None:
        """The cursor of the next page."""


def is_sheet_wanted(headers: Mapping[str, str], linked: str = "") -> bool:
    """Whether a client wants a table: it accepts `text/csv`, or a link asks for it."""
    return linked == "csv" or (not linked and "text/csv" in headers.get("accept", "").lower())


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """A table (RFC 4180) that spreadsheets read as UTF-8 and in which no cell is a formula."""
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    csv.writer(text).writerows([FORMULA.sub(r"\1'", cell) for cell in row] for row in rows)
    return text.getvalue()


def sheet_headers(sheet: Sheet, body: Any, query: Mapping[str, str]) -> dict[str, str]:
    """What goes with a table: where it goes on stands in a link (RFC 8288), for a table has no place for it."""
    told = {"Content-Type": CSV, "Content-Disposition": f'attachment; filename="{sheet.filename}"'}
    following = sheet.following(body)
    if following is None:
        return told
    return told | {"Link": f'<?{urlencode({**query, "cursor": following})}>; rel="next"'}
