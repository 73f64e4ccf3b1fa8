"""What a dossier was last asked to supplement, from its log. Unsealed here."""

from typing import Any, NamedTuple

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import AskedItem, DossierSupplemented, PaperPrivate, SupplementRequested
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import typed
from chalicelib.dossier.items import Component
from chalicelib.dossier.reading import Dossier
from chalicelib.sealing.door import unseal


class Asked(NamedTuple):
    """A request for a supplement: what was told, when (a stored stamp), and what is open to answer."""

    event: SupplementRequested
    at: str
    items: tuple[AskedItem, ...]

    @property
    def components(self) -> frozenset[str]:
        """Codes of the components that may be handed in anew."""
        return frozenset(each.target for each in self.items if not is_field(each.target))

    @property
    def fields(self) -> frozenset[str]:
        """Places of the form that may be corrected, with what lies in them."""
        return frozenset(each.target for each in self.items if is_field(each.target))

    def came(self, component: Component) -> bool:
        """Whether a file is an answer: of a component that was asked for, and taken in since."""
        is_new = component.received_at > self.at and component.digitisation.status != "rejected"
        return component.code in self.components and is_new


class Override(Part, frozen=True, kw_only=True):
    """Why a further request was needed, as its event keeps it encrypted."""

    reason: str


class ChangedField(Part, frozen=True, kw_only=True):
    """A place of the form that an officer changed: what it was, what it is now; None where there is nothing."""

    target: str
    name_vi: str
    name_en: str
    before: Any = None
    after: Any = None


class NewPaper(Part, frozen=True, kw_only=True):
    """A paper that an officer took: which component, the name of its file, its SHA-256."""

    code: str
    filename: str
    sha256: str


class Entered(Part, frozen=True, kw_only=True):
    """What an officer entered for the applicant; `present` was there, and `slip` is the SHA-256 of what they signed."""

    fields: tuple[ChangedField, ...] = ()
    papers: tuple[NewPaper, ...] = ()
    present: str = ""
    slip: str = ""


def entered_in(reference: str, event: DossierSupplemented) -> Entered | None:
    """What an event says that an officer entered; None where the applicant did, or a release before did not say it.

    Raises ContentErased.
    """
    return heard(Entered, unseal(reference, event.sealed)) if event.sealed else None


def is_field(target: str) -> bool:
    """Whether a target is a place of the form (a JSON Pointer), and no component's code."""
    return target.startswith("/")


def all_asked(dossier: Dossier) -> tuple[AskedItem, ...]:
    """What a dossier that was read with its log was ever asked to supplement. Raises ContentErased, Unreadable."""
    rows = (each for each in dossier.events if each.type == SupplementRequested.type)
    said = (typed(SupplementRequested, row.data, row.stored).sealed for row in rows)
    return tuple(item for each in said for item in heard(PaperPrivate, unseal(dossier.reference, each)).asked)


def asked_of(dossier: Dossier) -> Asked | None:
    """The last request of a dossier that was read with its log; None when there was none. Raises ContentErased."""
    found = dossier.last(SupplementRequested)
    if found is None:
        return None
    event, at = found
    return Asked(event, at, heard(PaperPrivate, unseal(dossier.reference, event.sealed)).asked)
