"""Notices that leave the portal, over the stores of a hall: providers that misbehave, an outbox, a worker."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.contracts.event import told
from chalicelib.contracts.stored import written
from chalicelib.delivery.notices.model import LEASE, Report
from chalicelib.delivery.notices.ports import Message, Unsent
from chalicelib.delivery.notices.sending import Notified, Notifying
from chalicelib.delivery.notices.store import Table
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier import fed, notifying
from chalicelib.dossier.channels import Channels
from chalicelib.dossier.notified import Sending
from chalicelib.dossier.on_paper import Contact, PapersItem
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.sealing.door import seal
from tests.support.hall import Hall
from tests.support.parcels import Mortal

ON = Channels(email=("first", "second"), sms=("first", "second"), app=("first", "second"))
MAIL = "lieu@example.vn"


class Provider:
    """One that keeps whatever it is sent, as often as it is sent: a duplicate shows. `ways` are those of a channel."""

    def __init__(self, clock: Clock, name: str) -> None:
        self.clock, self.name, self.way, self.remembers = clock, name, "well", True
        self.kept: list[tuple[str, Message]] = []
        self.asked = 0

    def find(self, channel: str, message: str) -> Report | None:
        """What became of a message."""
        self.asked += 1
        if self.way == "down":
            raise Unreachable
        found = [each for at, each in self.kept if (at, each.id) == (channel, message)]
        return self.told_of(found[0]) if found else None

    def send(self, channel: str, message: Message) -> Report:
        """Take a message; `mute`: it is kept, and nobody hears of that."""
        if self.way == "down":
            raise Unreachable
        if self.way == "refuses":
            return Report(state="refused")
        if self.way == "busy":
            raise Unsent
        self.kept.append((channel, message))
        if self.way == "mute":
            raise Unreachable
        return self.told_of(message)

    def told_of(self, _: Message) -> Report:
        """What it says of a message that it has."""
        now = stamp(self.clock())
        report = {"slow": {}, "bounces": {"bounced_at": now}}.get(self.way, {"delivered_at": now})
        return Report(state="accepted", sent_at=now, **report)


class Post:
    """A hall whose notices leave the portal."""

    def __init__(self, hall: Hall, channels: Channels = ON) -> None:
        self.hall, self.channels = hall, channels
        self.first, self.second = Provider(hall.clock, "first"), Provider(hall.clock, "second")
        self.worker = self.worker_over(Table(), (self.first, self.second))

    def worker_over(self, table: Any, providers: tuple[Any, ...]) -> Notifying:
        """The use case over these stores and providers."""
        of = {"email": self.channels.email, "sms": self.channels.sms, "app": self.channels.app}
        senders = {channel: providers if names else () for channel, names in of.items()}
        return Notifying(table, self.channels, senders, "https://motcua.example.vn", self.hall.clock)

    def queue(self, reference: str, first: int = 1) -> None:
        """The outbox brings all of the log from an event on, twice, the newest first."""
        rows = fed.events_of(reference, first, 999)
        for _ in range(2):
            assert notifying.queue(dict(enumerate((reference, row) for row in reversed(rows))), self.hall.clock()) == {}

    def run(self, wait: timedelta = timedelta()) -> Notified:
        """The clock calls, after a while."""
        self.hall.clock.advance(seconds=wait.total_seconds() + 1)
        return self.worker.run()

    def later(self) -> Notified:
        """After a worker's lease ended."""
        return self.run(LEASE)

    def of(self, reference: str, channel: str = "", receiver: str = "") -> list[Sending]:
        """Notices as they stand."""
        found = notifying.sendings(reference)
        return [each for each in found if channel in ("", each.channel) and receiver in ("", each.receiver)]

    def reached(self, reference: str, **contact: str) -> None:
        """The applicant said at the counter how they are reached."""
        sealed = seal(reference, told(Contact(**{"email": MAIL, "phone": "0912345678", **contact})))
        self.hall.rows.put({"pk": reference, "sk": "PAPERS", **written(PapersItem(contact=sealed))})


def mortal(post: Post, life: Mortal) -> Notifying:
    """A worker that dies at one of its calls: of the store, of a provider."""
    return post.worker_over(life.over(Table()), tuple(life.over(each) for each in (post.first, post.second)))


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    """This installation has channels: the outbox queues."""
    channels = '{"email": ["https://first/"], "sms": ["https://first/"], "app": ["https://first/"]}'
    monkeypatch.setenv("MOTCUA_NOTICES", channels)
