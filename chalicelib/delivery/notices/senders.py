"""Providers behind a gateway that speaks our small JSON shape (docs/how-to/send-notices.md), over HTTPS."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

import msgspec

from chalicelib.delivery.gateway import asked, taken
from chalicelib.delivery.notices.model import Report
from chalicelib.delivery.notices.ports import Message
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.notified import Channel
from chalicelib.kernel.clock import moment


@dataclass(frozen=True)
class RemoteSender:
    """A gateway at an address. `key` is a bearer token, nothing on a developer's machine."""

    url: str
    key: str
    remembers: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """Its address."""
        return self.url.rstrip("/")

    def find(self, channel: Channel, message: str) -> Report | None:
        """What became of a message; None when the provider never heard of it."""
        status, content = asked(f"{self._of(channel)}/{message}", self.key, "GET")
        return None if status == HTTPStatus.NOT_FOUND else _read(status, content)

    def send(self, channel: Channel, message: Message) -> Report:
        """Give a message to the provider."""
        return _read(*asked(self._of(channel), self.key, "POST", msgspec.json.encode(message)))

    def _of(self, channel: Channel) -> str:
        return f"{self.url.rstrip('/')}/{channel}/messages"


def _read(status: int, content: bytes) -> Report:
    """An answer as its type; a time that is none, or has no zone, is nothing that anybody understands."""
    try:
        found = msgspec.json.decode(taken(status, content), type=Report)
        for each in filter(None, (found.sent_at, found.delivered_at, found.bounced_at)):
            moment(each)
    except ValueError:  # msgspec's own errors are among these
        raise Unreachable from None
    return found
