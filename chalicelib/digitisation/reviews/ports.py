"""What a review asks of the world; `store.py` answers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.contracts.ledger import ValueReviewed
from chalicelib.digitisation.model import Field, PageText
from chalicelib.digitisation.paper import Paper
from chalicelib.digitisation.reviews.model import ReviewField
from chalicelib.kernel.access import Principal
from chalicelib.kernel.record import Change


class Registers(Protocol):
    """Who may know a value better than the print: a population or civil status register."""

    def confirms(self, reference: str, kind: str, field: Field) -> str:
        """The name of the register that says the very same of the person concerned; empty when none does."""
        ...


class Reviews(Protocol):
    """Where papers and their fields are kept."""

    def paper(self, reference: str, component: str) -> Paper | None: ...
    def fields(self, paper: Paper) -> list[ReviewField]: ...
    def keep(self, of: Change, field: ReviewField) -> None: ...
    def in_review(self, agencies: Collection[str], after: str) -> tuple[list[Paper], str | None]: ...


class Openings(Protocol):
    """Where the steps of a paper open its review, and read what came of it."""

    def opened(
        self, paper: Paper, read: Sequence[Field], scans: Sequence[bytes], pages: Sequence[PageText], now: datetime
    ) -> tuple[ReviewField, ...]: ...
    def fields(self, paper: Paper) -> list[ReviewField]: ...
    def keep(self, of: Change, field: ReviewField) -> None: ...


class Looks(Protocol):
    """What an officer sees of fields, and the holder's ledger of who did."""

    def crop(self, field: ReviewField) -> bytes: ...
    def note(self, paper: Paper, who: Principal, now: datetime) -> None: ...
    def line(self, paper: Paper, who: Principal, values: Sequence[ValueReviewed], now: datetime) -> Change: ...
