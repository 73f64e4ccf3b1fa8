"""What the use cases ask of the world; `remote.py` answers for registers, `store.py` for what is kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from chalicelib.contracts.identity import PersonChanged, RepresentationKept
from chalicelib.contracts.ledger import LineWritten
from chalicelib.identity.joined import Alias
from chalicelib.identity.registers.items import Asked, Kin, PersonHead, RepresentationHead
from chalicelib.identity.registers.model import Answer, Question


class Registers(Protocol):
    """Registers of the state."""

    def is_on(self) -> bool: ...
    def ask(self, question: Question) -> Answer: ...


class Lines(Protocol):
    """The access ledgers of those who are asked about."""

    def write(self, owner: str, line: LineWritten, actor: str, now: datetime) -> None: ...


class Representations(Protocol):
    """Representations by law."""

    def asked(self, who: str, key: str) -> Asked | None: ...
    def head(self, representation: str) -> RepresentationHead: ...
    def heads(self, representations: Collection[str]) -> list[RepresentationHead]: ...
    def kin(self, person: str) -> list[Kin]: ...
    def kin_of(self, person: str, other: str) -> Kin | None: ...
    def begin(
        self, head: RepresentationHead, asked: tuple[str, str, Asked], former: str | None, now: datetime
    ) -> None: ...
    def end(self, head: RepresentationHead, said: RepresentationKept, actor: str, now: datetime) -> None: ...


class Persons(Protocol):
    """What registers said of persons: numbers that belong together, and what became of somebody."""

    def person(self, person: str) -> PersonHead: ...
    def alias(self, person: str) -> Alias | None: ...
    def tell(self, head: PersonHead, event: PersonChanged, actor: str, now: datetime) -> None: ...
    def join(
        self, head: PersonHead, alias: Alias, known: Collection[Alias], event: PersonChanged, now: datetime
    ) -> None: ...
