"""The national ID app behind a gateway of the installation (docs/how-to/connect-the-id-app.md), over HTTPS.

No wire of the app is published: an installation puts a translation between it and this.
"""

from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from chalicelib.delivery.gateway import asked, taken
from chalicelib.delivery.idapp.model import AppWord
from chalicelib.delivery.idapp.ports import Statement
from chalicelib.delivery.ports import Unreachable


@dataclass(frozen=True)
class RemoteApp:
    """A gateway at an address. `key` is a bearer token, nothing on a developer's machine."""

    url: str
    key: str

    def find(self, statement: str) -> AppWord | None:
        """What became of a revision; None when the app never heard of it."""
        status, content = asked(f"{self.url}/papers/{statement}", self.key, "GET")
        return None if status == HTTPStatus.NOT_FOUND else _read(status, content)

    def tell(self, statement: Statement) -> AppWord:
        """Tell the app of a revision."""
        return _read(*asked(f"{self.url}/papers", self.key, "POST", msgspec.json.encode(statement)))


def _read(status: int, content: bytes) -> AppWord:
    try:
        return msgspec.json.decode(taken(status, content), type=AppWord)
    except msgspec.DecodeError:
        raise Unreachable from None
