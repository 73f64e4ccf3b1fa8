"""What a dossier holds on paper: which papers came, and of each original who has it since when. Pure.

One item of the dossier, written under HEAD's version like the form; a dossier that came online has none.
"""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from chalicelib.contracts.delivery import Proof
from chalicelib.contracts.stored import Stored
from chalicelib.dossier.items import Component
from chalicelib.law.states import DossierState

OVER: Final = frozenset(
    {DossierState.NOT_ACCEPTED, DossierState.STOPPED, DossierState.PROCESSED, DossierState.RESULT_RETURNED}
)
"""States in which nobody needs an original any more."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """How the applicant is reached, as they said it at the counter; kept encrypted."""

    phone: str = ""
    email: str = ""
    address: str = ""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What reception noted of a paper; kept encrypted."""

    note: str


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """A component that came on paper: how many originals and copies, since when (a stored stamp).

    `note` is encrypted, as it may name people. `exemption` is the code of the clause by which it is not digitised; None
    of one whose scan is awaited.
    """

    code: str
    originals: int
    copies: int
    at: str
    note: str | None = None
    exemption: str | None = None


class HandedOn(msgspec.Struct, frozen=True, kw_only=True):
    """An original was handed on: by whom to whom, when; officers by keyed hash and name."""

    at: str
    by: str
    by_name: str
    agency: str
    officer: str | None = None
    name: str = ""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """An original was returned: when, by which officer; `sealed` is to whom, by name and number, encrypted.

    `to` and `proof` are None of what an earlier release wrote; `authorisation` is the component by which an agent
    without a mandate took it.
    """

    at: str
    by: str
    by_name: str
    sealed: str
    to: Literal["applicant", "agent"] | None = None
    proof: Proof | None = None
    authorisation: str | None = None


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """An original paper: of which component, and who has it since when: an agency always, its officer by name.

    `officer` is a keyed hash; None, where it lies with a unit whose name `name` then is. `n` counts from 1 within the
    dossier. `handed` and `returned` are never changed once they are there.
    """

    n: int
    code: str
    agency: str
    since: str
    name: str
    officer: str | None = None
    handed: tuple[HandedOn, ...] = ()
    returned: Returned | None = None


class PapersItem(Stored, frozen=True, kw_only=True, omit_defaults=True):
    """The papers of a dossier. `contact` is a `Contact`, encrypted; `told_at`: when it was told that some are owed."""

    shape = 1

    contact: str = ""
    lines: tuple[PaperLine, ...] = ()
    originals: tuple[Original, ...] = ()
    told_at: str | None = None

    @property
    def kept(self) -> tuple[Original, ...]:
        """Originals that were not returned yet."""
        return tuple(each for each in self.originals if each.returned is None)


def awaited(papers: PapersItem | None, components: Iterable[Component]) -> list[str]:
    """Codes of what came on paper, is to be digitised, and of which no scan arrived (Decree 61/2018 Art. 17(1))."""
    there = {c.code for c in components if _counts(c)}
    lines = papers.lines if papers else ()
    return [each.code for each in lines if each.exemption is None and each.code not in there]


def was_handed_in(papers: PapersItem | None, components: Iterable[Component], code: str) -> bool:
    """Whether one scan more of a component is of a paper that was taken in: as many as its slip lists, and no more."""
    came = sum(each.originals + each.copies for each in papers.lines if each.code == code) if papers else 0
    return came > sum(c.code == code and _counts(c) for c in components)


def _counts(component: Component) -> bool:
    return component.digitisation.status != "rejected" and component.superseded_by is None
