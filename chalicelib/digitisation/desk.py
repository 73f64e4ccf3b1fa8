"""Use cases of the scanning desk: copies that wait for an officer's signature, drops that were refused."""

from dataclasses import dataclass
from typing import Final

from msgspec import structs

from chalicelib.contracts.digitisation import SignatureOrdered, Signer
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.paper import Paper, RefusedDrop, WaitingCopy
from chalicelib.digitisation.ports import Papers
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import ForbiddenStep, NotFound

TITLE: Final = "Bản sao chụp có chữ ký số cá nhân"
REASON: Final = "Sao chụp từ bản giấy (Thông tư 01/2023/TT-VPCP Điều 8)"


@dataclass(frozen=True)
class Desk:
    """The scanning desk of an officer's agency."""

    papers: Papers
    clock: Clock

    def waiting(self, who: Principal, after: str) -> tuple[list[WaitingCopy], str | None]:
        """A page of the copies that wait for a signature, and where the list goes on."""
        return self.papers.waiting(who.agency, after)

    def refused(self, who: Principal, after: str) -> tuple[list[RefusedDrop], str | None]:
        """A page of the drops that became no component, and where the list goes on."""
        return self.papers.refused(who.agency, after)

    def sign_copy(self, who: Principal, copy_id: str, key: str) -> Paper:
        """The officer orders their own personal signature on the copy, before anything is read (Art. 8(1)).

        Raises NotFound, ForbiddenStep.
        """
        reference, _, component = copy_id.partition(".")
        return record.settled(lambda: self._sign_copy(who, reference, component, digest(who.subject, key)))

    def _sign_copy(self, who: Principal, reference: str, component: str, signed_with: str) -> Paper:
        paper = self.papers.paper(reference, component)
        if paper is None or paper.agency != who.agency:
            raise NotFound(what="copy")
        if paper.step != "copied":
            if paper.signed_with == signed_with:
                return structs.replace(paper, step="signature_ordered")  # what was told the first time
            raise ForbiddenStep(step=paper.step)
        order = SignatureOrdered(
            order=f"COPY.{reference}.{component}",
            kind="copy",
            title=TITLE,
            source=paper.copy.pinned,
            target=paper.file("copy.pdf"),
            signer=Signer(kind="officer", id=who.subject),
            reason=REASON,
            box=paper.copy.box,
            lines=("Người sao chụp:", who.name),
            certify=False,
            then="vn.motcua.copy.signed",
            reference=paper.reference,
            component=paper.component,
            agency=paper.agency,
            holder=paper.holder,
            procedure=paper.procedure,
            min_level=paper.min_level,
        )
        PaperChange(paper, self.clock()).ordered(who.name, signed_with).tell(order, actor=who.subject).write()
        return structs.replace(paper, step="signature_ordered")
