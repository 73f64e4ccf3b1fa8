"""Papers of vaults that the national ID app is told of, over the stores of a hall: an app that misbehaves, a worker."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.contracts.vault import KeptPaper
from chalicelib.delivery.idapp.integrating import Integrated, Integrating
from chalicelib.delivery.idapp.model import AppWord
from chalicelib.delivery.idapp.ports import Statement
from chalicelib.delivery.idapp.service import Showing, Wish
from chalicelib.delivery.idapp.store import Table
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier import integrating
from chalicelib.dossier.id_app import connection_of
from chalicelib.dossier.integrated import AppPaper, id_of
from chalicelib.dossier.kept import remember_kept
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.support.hall import Hall

KIND = "000.00.00.G15-KQ000001"
CONNECTED = json.dumps({"url": "https://app/v1", "kinds": [{"code": KIND, "source": "made up for tests"}]})


class App:
    """One that keeps whatever it is told, as often as it is told: a duplicate shows."""

    def __init__(self) -> None:
        self.way = "well"
        self.kept: list[Statement] = []
        self.asked = 0

    def find(self, statement: str) -> AppWord | None:
        """What became of a revision."""
        self.asked += 1
        if self.way == "down":
            raise Unreachable
        return self._word() if any(each.id == statement for each in self.kept) else None

    def tell(self, statement: Statement) -> AppWord:
        """Take a revision; `mute`: it is kept, and nobody hears of that; `breaks`: we do."""
        if self.way == "down":
            raise Unreachable
        if self.way == "breaks":
            raise ZeroDivisionError
        if self.way == "refuses":
            return AppWord(state="refused")
        self.kept.append(statement)
        if self.way == "mute":
            raise Unreachable
        return self._word()

    def _word(self) -> AppWord:
        return AppWord(state="taken" if self.way == "slow" else "integrated")


class Connected:
    """A hall whose papers the app is told of."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.app = hall, App()
        self.worker = self.worker_over(Table(), self.app)
        hall.stores.upload("MESSAGES", "results/none.pdf", b"%PDF", "application/pdf")

    @property
    def showing(self) -> Showing:
        """What owners and officers do."""
        return Showing(Table(), connection_of(integrating.ID_APP()), self.hall.clock)

    def worker_over(self, table: Any, app: Any) -> Integrating:
        """The use case over this ledger and app."""
        return Integrating(table, app, self.hall.clock)

    def paper(self, reference: str, document: str = "KQ1", **changes: Any) -> KeptPaper:
        """A paper of the citizen's vault that came from a dossier."""
        given: dict[str, Any] = {
            "owner": people.CITIZEN.holder,
            "document": document,
            "kind": KIND,
            "title": "Giấy khai sinh",
            "agency": people.OFFICE["id"],
            "reference": reference,
            "key": "results/none.pdf",
            "version_id": "m1",
            "sha256": "cd" * 32,
            "size": 54321,
            "provenance": "NATIVE_ESIGNED",
            "min_level": 1,
        }
        return KeptPaper(**(given | changes))

    def note(self, paper: KeptPaper, after: float = 0) -> str:
        """A vault tells it, twice, so many seconds from now; answers its name at the app."""
        at = stamp(self.hall.clock() + timedelta(seconds=after))
        for _ in range(2):
            integrating.note(paper, at, self.hall.clock())
        remember_kept(paper, at)
        return id_of(paper.owner, paper.document)

    def run(self, wait: timedelta = timedelta()) -> Integrated:
        """The clock calls, after a while."""
        self.hall.clock.advance(seconds=wait.total_seconds() + 1)
        return self.worker.run()

    def of(self, name: str) -> AppPaper:
        """How far it is."""
        found = integrating.one(name)
        assert found is not None
        return found

    def wish(self, key: str, who: Principal = people.CITIZEN, raw: bytes = b"{}") -> Wish:
        """An act as it is asked for."""
        return Wish(who, key, raw)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    """This installation is connected: the outbox notes papers."""
    monkeypatch.setenv("MOTCUA_ID_APP", CONNECTED)
