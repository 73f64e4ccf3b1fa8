"""Signed documents in memory."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kernel.events import Fact
from chalicelib.messages.store import SourceChanged
from tests.fakes.rows import Rows


def message_key(message: str) -> str:
    return f"MESSAGE#{message}"


class Messages:
    """The port `messages.ports.Messages` over the keys of a local stage."""

    def __init__(self, rows: Rows, keys: Any) -> None:
        self.rows, self._keys = rows, keys
        self.sources: dict[tuple[str, str], bytes] = {}
        self.kept: list[tuple[str, bytes]] = []

    def message(self, message: str) -> dict[str, Any] | None:
        return self.rows.get(message_key(message), "HEAD")

    def register(self, message: str, head: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        self.rows.write(*self.rows.begin(message_key(message), [fact], head, now))

    def source(self, source: Mapping[str, Any]) -> bytes:
        body = self.sources[source["key"], source["version_id"]]
        if hashlib.sha256(body).hexdigest() != source["sha256"]:
            raise SourceChanged(source["key"])
        return body

    def keep(self, key: str, pdf: bytes) -> str:
        self.kept.append((key, pdf))
        return f"v{len(self.kept)}"

    def file_url(self, message: Mapping[str, Any]) -> str:
        return f"https://messages.example.vn/{message['key']}?v={message['version_id']}"

    def agency_name(self, agency: str) -> str:
        item = self.rows.get(f"AGENCY#{agency}", "PUBLISHED")
        return str(item["agency"]["name"]) if item else agency

    def keys(self) -> Any:
        return self._keys
