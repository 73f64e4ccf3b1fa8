"""What was read on a dossier's converted papers, as its components keep it: sealed, and only what forms may ask for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, structs

from chalicelib.contracts.digitisation import Reviewed
from chalicelib.contracts.event import heard, told
from chalicelib.dossier.follower import sealed_anew
from chalicelib.dossier.items import Component
from chalicelib.forms.papers import PaperValue, said_on, speaking
from chalicelib.sealing.door import seal, unseal


class ReadValues(Struct, frozen=True):
    """The kind of a paper, and what is printed in its fields; stands sealed with the component."""

    kind: str
    printed: dict[str, str]


class ReadPaper(NamedTuple):
    """A converted paper: its component, its kind, what it says."""

    component: Component
    kind: str
    said: list[PaperValue]

    def confirmed(self, field: str) -> Reviewed | None:
        """Who looked at a value; None of one that was read so surely that nobody had to."""
        return next((each for each in self.component.digitisation.reviewed or () if each.field == field), None)


def sealed_values(reference: str, kind: str, printed: Mapping[str, str]) -> str | None:
    """What a form may ask for of a paper, under the dossier's key; None if it has none. Raises ContentErased."""
    kept = {name: text for name, text in printed.items() if text and name in speaking(kind)}
    return seal(reference, told(ReadValues(kind, kept))) if kept else None


def read_papers(reference: str, components: Iterable[Component]) -> Iterator[ReadPaper]:
    """The papers of a dossier that count and say something that forms ask. Raises ContentErased."""
    for each in components:
        if each.read_values and each.superseded_by is None and each.digitisation.status == "converted":
            found = heard(ReadValues, unseal(reference, each.read_values))
            yield ReadPaper(each, found.kind, said_on(found.kind, found.printed))


def carried(components: Iterable[Component], former: str, reference: str) -> tuple[Component, ...]:
    """Components that go into another dossier: what was read on them is sealed under its key. Raises ContentErased."""
    return tuple(
        structs.replace(each, read_values=sealed_anew(each.read_values, former, reference))
        if each.read_values
        else each
        for each in components
    )
