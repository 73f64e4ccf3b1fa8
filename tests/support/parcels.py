"""A result that goes to destinations, over the stores of a hall: what carries it, and workers that die."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.contracts.delivery import DeliveriesDue, DeliverySettled
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.vault import VaultStored
from chalicelib.delivery.model import Word
from chalicelib.delivery.ports import Address, Parcel, Unreachable
from chalicelib.delivery.sending import Sending
from chalicelib.delivery.service import Deliveries, Order
from chalicelib.delivery.store import Table
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import Delivery
from chalicelib.kernel.access import Principal
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table as Vaults
from tests.fakes import people
from tests.support.hall import Hall, signed_result

HOME = Address(name="Nguyễn Thị Hoa", phone="0912345678", address="số 12, thôn Đông")


class Died(BaseException):
    """The process is gone: no `except` of ours sees it."""


class Carrier:
    """Destinations that keep whatever they are sent, as often as it is sent: a duplicate shows."""

    def __init__(self) -> None:
        self.way, self.connected = "well", True
        self.kept: list[tuple[str, Parcel]] = []
        self.asked = 0

    def reaches(self, way: str) -> bool:
        """Whether this installation is connected to it."""
        return self.connected and way != "counter"

    def find(self, way: str, parcel: str) -> Word | None:
        """What became of a parcel."""
        self.asked += 1
        if self.way == "down":
            raise Unreachable
        return self._word(parcel) if any(each.id == parcel for at, each in self.kept if at == way) else None

    def send(self, way: str, parcel: Parcel) -> Word:
        """Take a parcel; `mute`: it is kept, and nobody hears of that."""
        if self.way == "down":
            raise Unreachable
        if self.way == "refuses":
            return Word(state="refused")
        self.kept.append((way, parcel))
        if self.way == "mute":
            raise Unreachable
        return self._word(parcel.id)

    def _word(self, parcel: str) -> Word:
        return Word(state="taken" if self.way == "slow" else "delivered", receipt=f"R-{parcel[-4:]}")


class Mortal:
    """Dies at its n-th call, before it or after it was carried out; counts them all."""

    def __init__(self, at: int = -1, *, after: bool = False) -> None:
        self.at, self.after, self.calls = at, after, 0

    def wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A call that may be its last."""

        def called(*given: Any, **named: Any) -> Any:
            self.calls += 1
            is_last = self.calls == self.at
            if is_last and not self.after:
                raise Died
            answer = call(*given, **named)
            if is_last:
                raise Died
            return answer

        return called

    def over(self, port: Any) -> Any:
        """A port, each call of which may be the last."""
        return type("Port", (), {"__getattr__": lambda _, name: self._part(getattr(port, name))})()

    def _part(self, found: Any) -> Any:
        """A call that may be its last; what is none of a port is as it is."""
        return self.wrap(found) if callable(found) else found


class Mail:
    """A hall with deliveries."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.carrier = hall, Carrier()
        self.deliveries = Deliveries(Table(), self.carrier, hall.clock)
        self.sending = Sending(Table(), self.carrier, hall.clock)
        hall.stores.upload("MESSAGES", "results/none.pdf", b"%PDF", "application/pdf")

    def ask(self, reference: str, way: str, who: Principal = people.CITIZEN, key: str = "ask", **more: Any) -> str:
        """Somebody wants the result there too."""
        address = more.get("address", HOME if way == "post" else None)
        return self.deliveries.ask(Order(who, reference, f"{key}-{way}", way.encode()), way, address)

    def signed(self, reference: str, *, is_kept: bool = True) -> str:
        """Its result is signed, and in its holder's vault; answers the result's code."""
        self.hall.flow.decide(reference)
        code = f"{self.hall.draft(reference).head.dossier_code}-KQ1"
        self.hall.flow.record_result(signed_result(reference, code))
        if is_kept:
            self.keep(reference)
        return code

    def keep(self, reference: str) -> None:
        """The vault hears of the result, and the flow of the vault, twice."""
        (processed,) = self.hall.told(reference, DossierProcessed)
        vault = Vault(Vaults(), self.hall.clock)
        owners = processed.keepers if processed.keepers is not None else (processed.holder,)
        for _ in range(2):
            vault.store_result(processed)
        rows = [row for who in owners for row in self.hall.stores.events("Vaults", f"OWNER#{who}")]
        for row in rows:
            if row["type"] == VaultStored.type and row["data"]["reference"] == reference:
                self.hall.flow.record_delivery(VaultStored(**{k: v for k, v in row["data"].items() if k != "paper"}))

    def hear(self, reference: str) -> None:
        """Workers hear all that is due and settled, twice and the last first."""
        for _ in range(2):
            for due in reversed(self.hall.told(reference, DeliveriesDue)):
                for way in due.destinations:
                    self.sending.turn(reference, way)
        for _ in range(2):
            for settled in reversed(self.hall.told(reference, DeliverySettled)):
                self.hall.flow.record_settled(settled)

    def of(self, reference: str, way: str) -> Delivery:
        """A destination as it stands."""
        found = self.hall.draft(reference).delivery(way)
        assert found is not None
        return found

    def state(self, reference: str) -> int:
        """The dossier's state."""
        return self.hall.draft(reference).head.state


def mortal(monkeypatch: pytest.MonkeyPatch, mail: Mail, life: Mortal) -> Sending:
    """A worker that dies at one of its calls: of the store, of a destination, of a write."""
    monkeypatch.setattr(Change, "write", life.wrap(Change.write))
    return Sending(life.over(Table()), life.over(mail.carrier), mail.hall.clock)
