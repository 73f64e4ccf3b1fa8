"""What a review asks of the world; `store.py` answers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.digitisation.model import Field, PageText
from chalicelib.digitisation.paper import Paper
from chalicelib.digitisation.reviews.model import ReviewField
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
    def keep(self, change: Change, field: ReviewField) -> None: ...
    def in_review(self, agencies: Collection[str], after: str) -> tuple[list[Paper], str | None]: ...


class Openings(Protocol):
    """Where the steps of a paper open its review, and read what came of it."""

    def opened(
        self, paper: Paper, read: Sequence[Field], scans: Sequence[bytes], pages: Sequence[PageText], now: datetime
    ) -> tuple[ReviewField, ...]: ...
    def fields(self, paper: Paper) -> list[ReviewField]: ...
    def keep(self, change: Change, field: ReviewField) -> None: ...


class Crops(Protocol):
    """Where the small pictures of fields are kept."""

    def crop(self, field: ReviewField) -> bytes: ...
