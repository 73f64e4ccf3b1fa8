"""A component of a draft by reference to a document of its holder's vault: nobody uploads what is held already.

Decree 45/2020 Art. 9 (dẫn nguồn từ Kho), Decree 137/2024 Art. 8(4).
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from msgspec import structs

from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.submission import ComponentReferred, ReliedPaperFlagged
from chalicelib.contracts.vault import DocumentFlagged, KeptPaper
from chalicelib.dossier.items import Component
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.reused import Reused
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal, require_level
from chalicelib.kernel.clock import ZONE, Clock, said, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.submission.ports import Reusing
from chalicelib.submission.refusals import DocumentNotReusable, DocumentOfAnotherKind

PDF: Final = "application/pdf"
FROM_THE_VAULT: Final = Digitisation(
    status="exempt",
    code="held_in_vault",
    text_vi="Đã có trong Kho quản lý dữ liệu điện tử, có giá trị pháp lý và được chia sẻ",
    text_en="Held in the electronic store, with legal value and shared",
    citation="Circular 01/2023/TT-VPCP Art. 4-5",
)
"""What is said of a component that nobody uploaded: it is no paper that would be digitised again."""


class Reuses(msgspec.Struct, frozen=True):
    """Use cases of a reuse. `read` gives a draft to its holder, who alone opens their vault."""

    drafts: Reusing
    read: Callable[[Principal, str], Dossier]
    clock: Clock

    def refer(self, who: Principal, reference: str, component: str, document: str) -> Dossier:
        """The draft whose component is satisfied by a document of the principal's own, once.

        Raises BodyInvalid for what is no component, NotFound for what is nobody's or another's, LevelTooLow,
        DocumentOfAnotherKind, DocumentNotReusable, and what `read` raises.
        """

        def once() -> Dossier:
            draft, now = self.read(who, reference), self.clock()
            made = digest("vault", component, document)
            if any(each.id == made for each in draft.components):
                return draft
            _require_component(draft, component)
            paper = self._paper(who, document, component, now)
            event = ComponentReferred(
                component=component,
                document=document,
                provenance=paper.provenance,
                issuer=paper.agency,
                agency=draft.head.agency,
            )
            try:
                self.drafts.refer(draft, _component(made, component, paper, now), event, now, account=who.account)
            except aws.Lost as lost:
                if any(part.startswith("document") for part in lost.parts):
                    raise DocumentNotReusable(document=document) from None
                raise
            return self.read(who, reference)

        return record.settled(once)

    def _paper(self, who: Principal, document: str, component: str, now: datetime) -> KeptPaper:
        kept = next(filter(None, (self.drafts.kept(each, document) for each in self.drafts.numbers(who.holder))), None)
        if kept is None:
            raise NotFound(what="document")
        require_level(who, kept.paper.min_level)
        if kept.paper.kind != component:
            raise DocumentOfAnotherKind(document=document, kind=kept.paper.kind or None, component=component)
        _require_usable(kept, now)
        return kept.paper

    def fall_away(self, flagged: DocumentFlagged) -> None:
        """A document is worth nothing any more: who relies on it is told, each by itself.

        A draft loses the component and says that it is missing; of what was submitted and did not end, the log and the
        component say so. What ended is as it was decided.
        """
        for reference in self.drafts.relying(flagged.paper.document):
            record.settled(partial(self._tell, reference, flagged))

    def _tell(self, reference: str, flagged: DocumentFlagged) -> None:
        draft, paper = self.drafts.relied(reference), flagged.paper
        if draft is None or draft.head.expired_at or draft.head.erased_at or draft.head.has_ended:
            return
        for each in draft.components:
            reused = each.reused
            if reused is None or reused.fell_away or (reused.owner, reused.document) != (paper.owner, paper.document):
                continue
            event = ReliedPaperFlagged(
                reference=reference,
                component=each.code,
                document=paper.document,
                why=flagged.why,
                agency=draft.head.agency,
                handler=paper.agency,
                received_at=draft.head.submitted_at or draft.head.created_at,
                processed_at=stamp(self.clock()),
                due_at=draft.head.due_at,
            )
            after = None if draft.head.is_draft else structs.replace(each, reused=reused.fallen(flagged.why))
            self.drafts.fall_away(draft, each, after, event, self.clock())
            return


def _require_component(draft: Dossier, component: str) -> None:
    if component not in {each.code for each in draft.plan.components}:
        vi, en = "Không phải thành phần của thủ tục", "Not a component of this procedure"
        raise BodyInvalid(fields=[FieldError("/component", "unknown", vi, en)])


def _require_usable(kept: Kept, now: datetime) -> None:
    """Raise DocumentNotReusable for what is withdrawn, replaced or expired; it says which."""
    paper = kept.paper
    if kept.is_usable(now.astimezone(ZONE).date()):
        return
    why = "withdrawn" if paper.withdrawn_at else "replaced" if paper.replaced_by else "expired"
    raise DocumentNotReusable(
        document=paper.document,
        why=why,
        withdrawn_at=said(paper.withdrawn_at),
        replaced_by=paper.replaced_by,
        valid_until=paper.valid_until,
    )


def _component(made: str, code: str, paper: KeptPaper, now: datetime) -> Component:
    """A document of a vault as a component: the same file, by key, version and hash."""
    return Component(
        id=made,
        code=code,
        filename=f"{paper.document}.pdf",
        key=paper.key,
        version_id=paper.version_id,
        size=paper.size,
        sha256=paper.sha256,
        media_type=PDF,
        pages=1,
        origin="result",
        received_at=stamp(now),
        digitisation=FROM_THE_VAULT,
        reused=Reused(
            owner=paper.owner,
            document=paper.document,
            title=paper.title,
            issuer=paper.agency,
            provenance=paper.provenance,
        ),
    )
