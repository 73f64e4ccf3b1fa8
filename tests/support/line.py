"""The line from a client to DynamoDB, which breaks under a write: before the table got it, or after it was written."""

import json
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest
from botocore.exceptions import ConnectionClosedError

WRITE = "before-send.dynamodb.TransactWriteItems"


class Line:
    """What a client sends to DynamoDB; `cut` breaks the line under the next transaction that mentions something."""

    def __init__(self, client: Any, patch: pytest.MonkeyPatch) -> None:
        self.client, self.sent = client, list[dict[str, Any]]()
        self._about, self._left, self._written = "", 0, True
        client.meta.events.register(WRITE, self._send)
        patch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))  # between two tries of one call

    def close(self) -> None:
        """The line is whole again."""
        self.client.meta.events.unregister(WRITE, self._send)

    def cut(self, about: str, times: int, *, written: bool = True) -> None:
        """Break under that many tries of the next transaction that mentions it; `written`: after it was carried out."""
        self.sent.clear()
        self._about, self._left, self._written = about, times, written

    @property
    def tokens(self) -> set[str]:
        """Under which tokens the transaction was sent."""
        return {str(each["ClientRequestToken"]) for each in self.sent}

    def _send(self, request: Any, **_: Any) -> None:
        """Workers that hear of what was written write about the same: only the first transaction is meant."""
        if not self._about or self._about.encode() not in request.body:
            return
        asked = json.loads(request.body)
        if self.sent and asked["ClientRequestToken"] not in self.tokens:
            return
        self.sent.append(asked)
        if self._left:
            self._left -= 1
            if self._written:
                self.client._endpoint.http_session.send(request)
            raise ConnectionClosedError(endpoint_url=request.url)
