"""Dossiers of which the national portal is told, over the stores of a hall: a portal that misbehaves, a worker."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.delivery.ports import Unreachable
from chalicelib.delivery.service import Order
from chalicelib.delivery.synchronisation.model import LEASE
from chalicelib.delivery.synchronisation.payloads import Record, Step
from chalicelib.delivery.synchronisation.ports import Known, NotLoggedIn, RefusedByPortal
from chalicelib.delivery.synchronisation.service import Redeliveries, Shown
from chalicelib.delivery.synchronisation.store import Table
from chalicelib.delivery.synchronisation.synchronising import Synchronised, Synchronising
from chalicelib.dossier import fed, synchronising
from chalicelib.dossier.national_portal import CodeLists
from chalicelib.dossier.synchronised import Synchronisation
from chalicelib.kernel.access import Principal
from tests.fakes import people
from tests.support.hall import Hall
from tests.support.parcels import Mortal

CONNECTED = '{"auth": "https://p/auth", "data": "https://p/data", "unit": "000.00.00.G01", "username": "motcua"}'


class Portal:
    """One that keeps whatever it is told, as often as it is told: a duplicate shows. `kept` is all of it, in order."""

    def __init__(self) -> None:
        self.way = "well"
        self.kept: list[Record | Step] = []
        self.asked = 0
        self.says_steps = True

    @property
    def steps(self) -> list[Step]:
        """The steps that it has, as they came."""
        return [each for each in self.kept if isinstance(each, Step)]

    @property
    def records(self) -> list[Record]:
        """Each telling of a dossier, as they came."""
        return [each for each in self.kept if isinstance(each, Record)]

    def find(self, code: str) -> Known | None:
        """What it has of a dossier."""
        self.asked += 1
        self._log_in()
        if self.way in ("down", "slow"):
            raise Unreachable
        if not any(each.code == code for each in self.records):
            return None
        return Known(marks=tuple(each.mark for each in self.steps if each.code == code) if self.says_steps else None)

    def keep(self, record: Record, *, is_there: bool) -> None:
        """Take a dossier, new or known."""
        assert is_there == any(each.code == record.code for each in self.records), "created and updated as it is"
        self._take(record)

    def add(self, step: Step) -> None:
        """Take a step. `mute`, `slow` and `loses`, this of steps alone: it is kept, and nobody hears of that."""
        self._take(step)

    def _log_in(self) -> None:
        if self.way == "logs nobody in":
            raise NotLoggedIn

    def _take(self, what: Record | Step) -> None:
        self._log_in()
        if self.way == "down":
            raise Unreachable
        if self.way == "refuses":
            raise RefusedByPortal("99")
        self.kept.append(what)
        if self.way in ("mute", "slow") or (self.way == "loses" and isinstance(what, Step)):
            raise Unreachable


class Connected:
    """A hall whose dossiers the national portal is told of."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.portal = hall, Portal()
        self.worker = self.worker_over(Table(), self.portal)
        self.officers = Redeliveries(Table(), hall.clock)

    def worker_over(self, table: Any, portal: Any, lists: CodeLists | None = None) -> Synchronising:
        """The use case over this ledger and portal."""
        return Synchronising(table, portal, lists or CodeLists(), self.hall.clock)

    def note(self, reference: str, first: int = 1, last: int = 999) -> None:
        """The outbox brings a piece of the log, twice, the newest first."""
        rows = fed.events_of(reference, first, last)
        for _ in range(2):
            for row in reversed(rows):
                assert synchronising.queue({0: (reference, row)}, self.hall.clock()) == {}

    def run(self, wait: timedelta = timedelta()) -> Synchronised:
        """The clock calls, after a while."""
        self.hall.clock.advance(seconds=wait.total_seconds() + 1)
        return self.worker.run()

    def later(self) -> Synchronised:
        """After a worker's lease ended."""
        return self.run(LEASE)

    def of(self, reference: str) -> Synchronisation:
        """How far it is."""
        found = synchronising.one(reference)
        assert found is not None
        return found

    def redeliver(self, reference: str, who: Principal = people.RECEPTION, key: str = "again", **said: bool) -> Shown:
        """An officer has it told again."""
        return self.officers.redeliver(Order(who, reference, key, b"{}"), **said)


def mortal(connected: Connected, life: Mortal) -> Synchronising:
    """A worker that dies at one of its calls: of the ledger, of the portal."""
    return connected.worker_over(life.over(Table()), life.over(connected.portal))


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    """This installation is connected: the outbox notes steps."""
    monkeypatch.setenv("MOTCUA_NATIONAL_PORTAL", CONNECTED)
