"""The dossier that a paper belongs to: its component, and how that one's digitisation ends."""

from datetime import datetime

from msgspec import Struct

from chalicelib.contracts.digitisation import ComponentConverted, ComponentRejected, Conversion, Digitisation
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import MessageConverted
from chalicelib.digitisation.model import Field
from chalicelib.digitisation.paper import Paper, Reading, converted_paper
from chalicelib.digitisation.ports import Marked
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Head
from chalicelib.law.codes import PersonalId
from chalicelib.sealing.door import unseal


class _Applicant(Struct, frozen=True):
    """What is needed of the person whose name HEAD of the dossier has sealed."""

    personal_id: str


class DossierFolder:
    """A dossier, as the steps of its papers see it. Raises LookupError where there is none."""

    def component(self, reference: str, component: str) -> Component | None:
        """The component that a paper is."""
        return reading.read_component(reference, component)

    def agency(self, reference: str) -> str:
        """The agency before which it was filed."""
        return _head(reference).agency

    def marked(self, paper: Paper) -> Marked:
        """What the QR code says of it; before acceptance a dossier has no code."""
        head = _head(paper.reference)
        applicant = heard(_Applicant, unseal(head.pk, head.sealed))
        code = head.dossier_code or paper.reference
        return Marked(code, paper.procedure, PersonalId.parse(applicant.personal_id).masked)

    def stated(self, paper: Paper, text: str) -> tuple[Field, ...]:
        """Nothing is said beforehand of what its papers say."""
        del paper, text
        return ()

    def require(self, paper: Paper, found: Reading) -> None:
        """Whatever a paper says, it stays with its dossier: officers judge it there."""

    def rejected(
        self, told: ComponentRejected, digitisation: Digitisation, now: datetime, *, actor: str = ""
    ) -> Change:
        """The component counts no more."""
        change = Change(_head(told.reference), now).tell(told, actor=actor)
        return change.settle_component(told.component, digitisation)

    def converted(
        self, paper: Paper, message: MessageConverted, conversion: Conversion, now: datetime
    ) -> tuple[ComponentConverted, Change]:
        """The component is a data message, and what was read on it stands with it."""
        head = _head(message.reference)
        kept = converted_paper(paper, head.dossier_code or "", message)
        told = ComponentConverted.of(message.component, conversion, kept)
        change = Change(head, now).tell(told)
        return told, change.settle_component(message.component, Digitisation.converted(conversion), paper.read_values)


def _head(reference: str) -> Head:
    dossier = reading.read(reference)
    if dossier is None:
        raise LookupError(f"there is no dossier {reference}")
    return dossier.head
