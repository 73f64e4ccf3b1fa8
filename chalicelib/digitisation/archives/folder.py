"""A line of an archive, as the steps of its paper see it: how its digitisation ends is written there too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from unicodedata import normalize

from chalicelib.contracts.archives import ArchivedConverted
from chalicelib.contracts.digitisation import ComponentConverted, ComponentRejected, Conversion, Digitisation
from chalicelib.contracts.messages import MessageConverted
from chalicelib.digitisation.archives.change import ArchivedChange
from chalicelib.digitisation.archives.model import LEVEL, Archived, masked
from chalicelib.digitisation.archives.ports import Archives
from chalicelib.digitisation.archives.sheet import SheetLine
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import Paper, Reading
from chalicelib.digitisation.ports import Marked
from chalicelib.dossier.items import Component

OWNER: Final = "chu_so_huu_theo_ban_ke"
OWNER_LABEL: Final = "Họ tên chủ sở hữu theo bản kê"
OTHER_OWNER: Final = Refused(
    "other_owner",
    "Giấy tờ không phải của người nêu trong bản kê; hãy quét đúng giấy hoặc lập bản kê khác",
    "the paper is not that of the owner in the index sheet",
)


@dataclass(frozen=True)
class ArchiveFolder:
    """The papers of archives. Raises LookupError for one that has no record."""

    archives: Archives

    def component(self, reference: str, component: str) -> Component | None:
        """A scan that came for a paper."""
        return self.archives.component(reference, component)

    def agency(self, reference: str, component: str) -> str:
        """The agency that keeps the archive."""
        del component
        return self._archived(reference).agency

    def marked(self, paper: Paper) -> Marked:
        """What the QR code says of it: a paper of no known procedure says of what kind it is."""
        line = self._line(paper)
        return Marked(paper.reference, line.procedure or line.kind, masked(line, paper.agency))

    def stated(self, paper: Paper, text: str) -> tuple[Field, ...]:
        """The owner whom the sheet names, for an officer to look at, when the print does not say the name."""
        name = self._line(paper).owner_name
        if _plain(name) in _plain(text):
            return ()
        asked = Field(
            name=OWNER, label=OWNER_LABEL, value=name, confidence=0.0, needs_review=True, reason="not_on_paper"
        )
        return (asked,)

    def require(self, paper: Paper, found: Reading) -> None:
        """Raises Refused (`other_owner`) for a paper that an officer found to be somebody else's."""
        said = next((field.value for field in found.fields if field.name == OWNER), None)
        if said is not None and _plain(said) != _plain(self._line(paper).owner_name):
            raise OTHER_OWNER

    def rejected(
        self, told: ComponentRejected, digitisation: Digitisation, now: datetime, *, actor: str = ""
    ) -> ArchivedChange:
        """The scan counts no more, and another one may come."""
        change = ArchivedChange(self._archived(told.reference), now)
        change.refused(told.reason_code, digitisation.text_vi or "", digitisation.text_en or "")
        change.tell(told, actor=actor)
        return change.settle_component(told.component, digitisation)

    def converted(
        self, paper: Paper, message: MessageConverted, conversion: Conversion, now: datetime
    ) -> tuple[ComponentConverted, ArchivedChange]:
        """The paper is a data message; whoever keeps the store of its owner hears of it."""
        archived, told = self._archived(message.reference), ComponentConverted.of(paper.component, conversion)
        change = ArchivedChange(archived, now).stored(message.code)
        change.tell(told)
        change.tell(
            ArchivedConverted(
                code=message.code,
                key=message.key,
                version_id=message.version_id,
                sha256=message.sha256,
                size=message.size,
                title=archived.kind,
                message=message.message,
                reference=archived.reference,
                archive=archived.archive,
                agency=archived.agency,
                holder=archived.holder,
                is_owned=archived.is_owned,
                procedure=archived.procedure,
                converted_at=conversion.converted_at,
                min_level=LEVEL,
            )
        )
        return told, change.settle_component(message.component, Digitisation.converted(conversion))

    def _line(self, paper: Paper) -> SheetLine:
        archived = self._archived(paper.reference)
        archive = self.archives.archive(archived.archive)
        if archive is None:
            raise LookupError(f"there is no archive {archived.archive}")
        return next(each for each in self.archives.sheet(archive).lines if each.line == archived.line)

    def _archived(self, reference: str) -> Archived:
        found = self.archives.archived(reference)
        if found is None:
            raise LookupError(f"nothing came for {reference}")
        return found


def _plain(text: str) -> str:
    """A text as names are compared: NFC, small letters, one blank wherever there are some or a line ends."""
    return " ".join(normalize("NFC", text).casefold().split())
