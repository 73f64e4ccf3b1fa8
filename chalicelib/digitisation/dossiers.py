"""The dossier that a paper belongs to: its component, and how that one's digitisation ends."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from chalicelib.contracts.digitisation import ComponentConverted, ComponentRejected, Conversion, Digitisation
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import MessageConverted
from chalicelib.digitisation.model import Field
from chalicelib.digitisation.paper import Paper, Reading, converted_paper
from chalicelib.digitisation.ports import Marked
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.handed_in import decides
from chalicelib.dossier.items import Component, Head, result_item
from chalicelib.dossier.noticed import SYSTEM
from chalicelib.kernel.clock import stamp
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

    def agency(self, reference: str, component: str) -> str:
        """The agency before which it was filed; of its result the one that decides."""
        head = _head(reference)
        return decides(head) if head.paper_result == component else head.agency

    def marked(self, paper: Paper) -> Marked:
        """What the QR code says of it; before acceptance a dossier has no code."""
        head = _head(paper.reference)
        applicant = heard(_Applicant, unseal(head.pk, head.sealed))
        code = head.dossier_code or paper.reference
        return Marked(code, paper.procedure, PersonalId.parse(applicant.personal_id).masked)

    def stated(self, paper: Paper, text: str, read: Sequence[Field]) -> tuple[Field, ...]:
        """Nothing is said beforehand of what its papers say."""
        del paper, text, read
        return ()

    def require(self, paper: Paper, found: Reading) -> None:
        """Whatever a paper says, it stays with its dossier: officers judge it there."""

    def rejected(
        self, told: ComponentRejected, digitisation: Digitisation, now: datetime, *, actor: str = ""
    ) -> Change:
        """The component counts no more, and its people are told by whom and why."""
        head, component = _head(told.reference), self.component(told.reference, told.component)
        if component is None:
            raise _no_component(told.reference, told.component)
        noticed = structs.replace(
            told,
            reason_vi=digitisation.text_vi or "",
            reason_en=digitisation.text_en or "",
            handler=told.handler or SYSTEM,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=stamp(now),
            due_at=head.due_at,
        )
        change = Change(head, now).tell(noticed, actor=actor)
        if head.paper_result == told.component:
            change.take_off("paper_result", "paper_dropped_by", "paper_signed_by")
        return change.settle_component(component, digitisation)

    def converted(
        self, paper: Paper, message: MessageConverted, conversion: Conversion, now: datetime
    ) -> tuple[ComponentConverted, Change]:
        """The component is a data message, and what was read on it stands with it.

        One that is the result is kept by nobody before the dossier is decided, by another person than who signed it.
        """
        head, component = _place(message.reference, message.component)
        done = Digitisation.converted(conversion)
        if paper.result:
            ended = ComponentConverted.of(message.component, conversion)
            result = Change(head, now).tell(ended)
            if paper.signed_by:
                result.move(paper_signed_by=paper.signed_by)
            return ended, result.settle_component(component, done, signed=result_item(message))
        kept = converted_paper(paper, head.dossier_code or "", message)
        told = ComponentConverted.of(message.component, conversion, kept)
        change = Change(head, now).tell(told)
        return told, change.settle_component(component, done, paper.read_values)


def _place(reference: str, component: str) -> tuple[Head, Component]:
    found = reading.read_place(reference, component)
    if found is None:
        raise _no_component(reference, component)
    return found


def _no_component(reference: str, component: str) -> LookupError:
    return LookupError(f"there is no dossier {reference} with a component {component}")


def _head(reference: str) -> Head:
    dossier = reading.read(reference)
    if dossier is None:
        raise LookupError(f"there is no dossier {reference}")
    return dossier.head
