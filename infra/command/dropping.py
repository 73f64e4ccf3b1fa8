"""The service's door for scanners, as a program outside of it uses it: a form, the file, and what became of it."""

import re
from collections.abc import Callable, Iterator
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


class Service:
    """One Một Cửa, before which `token` says who asks; it is asked for each time, as tokens end."""

    def __init__(self, api: str, token: Callable[[], str]) -> None:
        self._where, self._token = {"url": api.rstrip("/")}, token

    def admit(self, dossier: str, filename: str, key: str) -> Ticket:
        """A form for a file. The same key is the same object. Raises Declined, Unreachable."""
        body = {
            "dossier": dossier,
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
