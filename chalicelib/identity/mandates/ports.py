"""What the use cases of mandates ask of the world; `store` answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.event import Event
from chalicelib.contracts.mandates import MandateSide
from chalicelib.identity.mandates.model import Claims, MandateHead
from chalicelib.kernel.aws import Item


class Step(NamedTuple):
    """A mandate before and after a change, and what is told of it; None where nothing is."""

    before: MandateHead
    after: MandateHead
    event: Event | None
    by: MandateSide | None = None


class Mandates(Protocol):
    """Where mandates are kept."""

    def mandate(self, mandate: str) -> MandateHead | None: ...
    def numbers(self, holder: str) -> tuple[str, ...]: ...
    def listed(
        self, numbers: Sequence[str], starts: Mapping[str, Item], limit: int
    ) -> tuple[list[MandateHead], dict[str, Item]]: ...
    def claims(self, represented: str) -> Claims: ...
    def write(
        self, step: Step, now: datetime, *, claims: Claims | None = None, joined: Sequence[Step] = ()
    ) -> None: ...
