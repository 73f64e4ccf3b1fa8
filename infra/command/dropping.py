"""The service's door for scanners, as a program outside of it uses it: a form, the file, and what became of it."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from http import HTTPStatus
from mimetypes import guess_type
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import requests

from infra.demo.client import Answer, Client

TIMEOUT: Final = 120  # seconds
VERDICTS: Final = ("taken", "refused", "acknowledged")
OF_S3: Final = {
    "EntityTooSmall": ("empty", "Tệp trống.", "the file is empty"),
    "EntityTooLarge": ("too_large", "Tệp quá lớn.", "the file is too large"),
}
"""What S3 says of a file that its form does not take."""
TOO_LATE: Final = frozenset({"AccessDenied", "RequestTimeout", "SlowDown"})
_CODE: Final = re.compile(r"<Code>(\w+)</Code>")


class Unreachable(Exception):
    """The service does not answer, or not us: nothing was sent, and the same is tried again later."""


class Unsure(Exception):
    """The file may have arrived or not: the line broke while it was sent."""


class Declined(Exception):
    """The service does not take this file into this dossier."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(code)
        self.code, self.vi, self.en = code, vi, en


class SheetRefused(Exception):
    """An index sheet that the service does not take; `faults` are sentences in Vietnamese, then in English."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class Ticket(NamedTuple):
    """A form for one file, and the name that the object will have."""

    url: str
    fields: dict[str, str]
    key: str


class Told(NamedTuple):
    """What the service's lists say of one object."""

    key: str
    verdict: str
    reference: str | None
    component: str | None
    same_as: str | None
    reason_code: str | None
    reason_vi: str | None
    reason_en: str | None


class Line(NamedTuple):
    """A line of an archive's index sheet, as the service sees it; `version` grows with whatever happens to it."""

    line: int
    file: str
    step: str
    version: int
    copy_id: str | None
    code: str | None
    reason_code: str | None
    reason_vi: str | None
    reason_en: str | None


class Service:
    """One Một Cửa, before which `token` says who asks; it is asked for each time, as tokens end."""

    def __init__(self, api: str, token: Callable[[], str]) -> None:
        self._where, self._token = {"url": api.rstrip("/")}, token

    def open_archive(self, name: str, index: str, days: int) -> str:
        """The archive of an index sheet; the same sheet is the same archive. Raises SheetRefused, Unreachable."""
        body, key = {"name": name, "index": index, "days": days}, sha256(index.encode()).hexdigest()[:32]

        def asked(language: str) -> Answer:
            return self._call("POST", "/v1/archives", body, key=key, language=language)

        answer = asked("vi")
        if answer.status == HTTPStatus.CREATED:
            return str(answer.body["id"])
        told, english = answer.body.get("errors", ()), asked("en").body.get("errors", ())
        faults = [(str(vi["message"]), str(en["message"])) for vi, en in zip(told, english, strict=False)]
        raise SheetRefused(faults or [(_said(answer), str(answer.status))])

    def lines(self, archive: str) -> Iterator[Line]:
        """Every line of an archive, in order. Raises Unreachable."""
        path, cursor = f"/v1/archives/{quote(archive, safe='')}", ""
        while True:
            asked = path + (f"?cursor={quote(cursor, safe='')}" if cursor else "")
            answer = self._call("GET", asked, language="vi")
            if answer.status != HTTPStatus.OK:
                raise Unreachable(_said(answer))
            papers = answer.body["papers"]
            has_reasons = any(each["reason"] for each in papers)
            english = self._call("GET", asked, language="en").body["papers"] if has_reasons else papers
            for each, other in zip(papers, english, strict=True):
                same = {name: each[name] for name in Line._fields if not name.startswith("reason_")}
                yield Line(**same, reason_code=each["reason_code"], reason_vi=each["reason"], reason_en=other["reason"])
            cursor = answer.body["next"]
            if not cursor:
                return

    def admit(self, dossier: str, filename: str, key: str, *, archive: str = "") -> Ticket:
        """A form for a file of a dossier, or of an archive. The same key is the same object.

        Raises Declined, Unreachable.
        """
        body = {
            **({"archive": archive} if archive else {"dossier": dossier}),
            "filename": filename,
            "media_type": guess_type(filename)[0] or "application/octet-stream",
        }

        def asked(language: str) -> Answer:
            return self._call("POST", "/v1/drops", body, key=key, language=language)

        answer = asked("vi")
        if answer.status == HTTPStatus.CREATED:
            post = answer.body["post"]
            return Ticket(post["url"], post["fields"], answer.body["key"])
        raise Declined(str(answer.body.get("code", answer.status)), _said(answer), _said(asked("en")))

    def send(self, ticket: Ticket, data: bytes) -> None:
        """Post a file by its form. Raises Declined, Unreachable, Unsure."""
        try:
            answer = requests.post(ticket.url, data=ticket.fields, files={"file": ("file", data)}, timeout=TIMEOUT)
        except requests.ConnectTimeout as error:
            raise Unreachable(str(error)) from error
        except requests.RequestException as error:
            raise Unsure(str(error)) from error
        if answer.ok:
            return
        code = found[1] if (found := _CODE.search(answer.text)) else ""
        if code in OF_S3:
            raise Declined(*OF_S3[code])
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and code not in TOO_LATE:
            raise Unsure(f"{answer.status_code} {code}")
        raise Unreachable(f"S3 answers {answer.status_code} {code}")

    def verdicts(self, verdict: str, cursor: str) -> tuple[list[Told], str | None]:
        """A page of our agency's drops with this verdict, and where the list goes on. Raises Unreachable."""
        path = f"/v1/drops?verdict={verdict}" + (f"&cursor={quote(cursor, safe='')}" if cursor else "")
        answer = self._call("GET", path, language="vi")
        if answer.status != HTTPStatus.OK:
            raise Unreachable(_said(answer))
        english = self._call("GET", path, language="en") if verdict != "taken" and answer.body["drops"] else answer
        reasons = {drop["id"]: drop["reason"] for drop in english.body["drops"]}
        return list(_told(answer.body["drops"], reasons)), answer.body["next"]

    def _call(self, method: str, path: str, body: Any = None, *, key: str = "", language: str) -> Answer:
        client = Client(self._where, self._token())
        try:
            answer = client.call(method, path, body, key=key, Accept_Language=language)
        except requests.RequestException as error:
            raise Unreachable(str(error)) from error
        if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise Unreachable(f"who we are is not let in ({_said(answer)}): it needs a token with the role scanning")
        later = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
        if (
            answer.status in later
            or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            or not isinstance(answer.body, dict)
        ):
            raise Unreachable(f"the service answers {answer.status}")
        return answer


def _told(drops: list[dict[str, Any]], english: dict[str, str | None]) -> Iterator[Told]:
    for drop in drops:
        yield Told(
            key=drop["key"],
            verdict=drop["verdict"],
            reference=drop["reference"],
            component=drop["component"],
            same_as=drop["same_as"],
            reason_code=drop["reason_code"],
            reason_vi=drop["reason"],
            reason_en=english.get(drop["id"]),
        )


def _said(answer: Answer) -> str:
    """A problem in words: its title, and of each field what is wrong with it."""
    body = answer.body if isinstance(answer.body, dict) else {}
    fields = [f"{each.get('pointer', '')} {each.get('message', '')}".strip() for each in body.get("errors", ())]
    return ": ".join([str(body.get("title", answer.status)), *(["; ".join(fields)] if fields else [])])
