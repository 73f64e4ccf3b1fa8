"""A small client of the public API, as a portal or an officer's program would write it."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

TIMEOUT = 60  # seconds
AGAIN: Final = Retry(
    total=30, connect=0, read=False, other=0, allowed_methods=None, raise_on_status=False, retry_after_max=30
)
"""Who is told when to come again (`Retry-After`) does, with the same request: its key makes that one act."""


class Unexpected(Exception):
    """The API answered with another status than the story expects."""


@dataclass(frozen=True)
class Answer:
    """Status, headers and JSON of an answer."""

    status: int
    headers: Mapping[str, str]
    body: Any

    def ok(self, *expected: int) -> "Answer":
        """This answer, if its status is as expected (any 2xx when none is named). Raises Unexpected."""
        good = self.status in expected if expected else 200 <= self.status < 300  # noqa: PLR2004
        if not good:
            raise Unexpected(f"{self.status}: {json.dumps(self.body, ensure_ascii=False)[:600]}")
        return self


@contextmanager
def patient() -> Iterator[requests.Session]:
    """A session that obeys `Retry-After`; the last refusal is answered when it stays."""
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=AGAIN))
        yield session


class Client:
    """One principal before the API. `where` is what the local cloud writes to where.json, or {"url": ...}."""

    def __init__(self, where: Mapping[str, str], token: str = "") -> None:
        self.where, self.token = where, token

    @classmethod
    def login(cls, where: Mapping[str, str], **claims: Any) -> "Client":
        """A client with a token of the local issuer: sub, kind, name, level, personal_id, agency, roles."""
        answer = requests.post(where["token"], json=claims, timeout=TIMEOUT)
        answer.raise_for_status()
        return cls(where, answer.json()["access_token"])

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: int | None = None,
        **headers: str,
    ) -> Answer:
        """One call. A POST gets a fresh Idempotency-Key unless one is given (empty: none)."""
        given = {k.replace("_", "-"): v for k, v in headers.items()}
        if self.token:
            given.setdefault("Authorization", f"Bearer {self.token}")
        if method == "POST" and key != "":
            given.setdefault("Idempotency-Key", key or uuid.uuid4().hex)
        if version is not None:
            given["If-Match"] = f'"{version}"'
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            given.setdefault("Content-Type", "application/json")
        with patient() as session:
            answer = session.request(method, self.where["url"] + path, data=data, headers=given, timeout=TIMEOUT)
        try:
            content = answer.json()
        except ValueError:
            content = answer.text
        return Answer(answer.status_code, answer.headers, content)

    def get(self, path: str) -> Answer:
        """GET."""
        return self.call("GET", path)

    def post(self, path: str, body: Any, **more: Any) -> Answer:
        """POST."""
        return self.call("POST", path, body, **more)


def fetch(url: str) -> bytes:
    """The file behind a presigned link."""
    answer = requests.get(url, timeout=TIMEOUT)
    answer.raise_for_status()
    return answer.content
