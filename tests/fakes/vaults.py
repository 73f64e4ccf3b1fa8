"""Vaults in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kernel.events import Fact
from tests.fakes.rows import Rows, new


def partition(owner: str) -> str:
    return f"OWNER#{owner}"


class Vaults:
    """The port `vault.ports.Vaults`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def head(self, owner: str) -> dict[str, Any] | None:
        return self.rows.get(partition(owner), "HEAD")

    def document(self, owner: str, document: str) -> dict[str, Any] | None:
        return self.rows.get(partition(owner), f"DOC#{document}")

    def documents(self, owner: str) -> list[dict[str, Any]]:
        return self.rows.partition(partition(owner), "DOC#")

    def accesses(self, owner: str) -> list[dict[str, Any]]:
        return self.rows.partition(partition(owner), "ACCESS#")

    def write(
        self,
        owner: str,
        head: dict[str, Any] | None,
        fact: Fact,
        line: Mapping[str, Any],
        now: datetime,
        *,
        doc: Mapping[str, Any] | None = None,
    ) -> None:
        pk = partition(owner)
        put = {"lines": (head["lines"] if head else 0) + 1}
        steps = self.rows.append(head, [fact], now, put) if head else self.rows.begin(pk, [fact], put, now)
        steps.append(new({"pk": pk, **line}))
        if doc:
            steps.append(new({"pk": pk, **doc}))
        self.rows.write(*steps)

    def file_url(self, doc: Mapping[str, Any]) -> str:
        return f"https://messages.example.vn/{doc['key']}?v={doc['version_id']}"
