"""A line of an archive, as the steps of its paper see it: how its digitisation ends is written there too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.contracts.archives import ArchivedConverted
from chalicelib.contracts.digitisation import ComponentConverted, ComponentRejected, Conversion, Digitisation
from chalicelib.contracts.messages import MessageConverted
from chalicelib.contracts.provenance import Compared
from chalicelib.digitisation.archives.change import ArchivedChange
from chalicelib.digitisation.archives.kinds import is_same, is_same_number, kinds, title_of
from chalicelib.digitisation.archives.model import LEVEL, Archived, masked
from chalicelib.digitisation.archives.ports import Archives
from chalicelib.digitisation.archives.sheet import SheetLine
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import KIND, NUMBER, OWNER, STATED, WHOSE, Paper, Reading
from chalicelib.digitisation.ports import Marked
from chalicelib.dossier.items import Component

LABELS: Final[Mapping[str, str]] = {
    OWNER: "Họ tên chủ sở hữu theo bản kê",
    NUMBER: "Số định danh chủ sở hữu theo bản kê",
    KIND: "Loại giấy tờ theo bản kê",
}
TWO: Final = 2
"""Officers who say whose a paper is, and of what kind one is that does not say it itself."""
OTHER_OWNER: Final = Refused(
    "other_owner",
    "Giấy tờ không phải của người nêu trong bản kê; hãy quét đúng giấy hoặc lập bản kê khác",
    "the paper is not that of the owner in the index sheet",
)
OTHER_KIND: Final = Refused(
    "other_kind",
    "Giấy tờ không thuộc loại nêu trong bản kê; hãy quét đúng giấy hoặc lập bản kê khác",
    "the paper is not of the kind that the index sheet names",
)
ONE_OFFICER: Final = Refused(
    "owner_not_compared",
    "Chưa có hai cán bộ xác nhận giấy tờ này là của ai; hãy quét lại",
    "two officers have not said whose the paper is: scan it again",
)
"""Of a paper that a release before read, which asked one officer, or nobody, or for the name alone."""
READ: Final = "read_and_compared"
"""How it is known whose a paper is that no vault has: the reader alone found the name on it."""


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
        return Marked(paper.reference, line.procedure or title_of(paper.reads_as), masked(line, paper.agency))

    def stated(self, paper: Paper, text: str, read: Sequence[Field]) -> tuple[Field, ...]:
        """What the sheet says and two officers look at: the owner, and the kind where the paper does not say it.

        Anybody prints a name and a number on a paper. So of one that a vault is to have they are asked for both,
        whatever the paper says; of one that the agency keeps for the name, where the paper does not say it.
        """
        line, asked = self._line(paper), list[Field]()
        is_said = _says_owner(paper, line, {each.name: each.value for each in read})
        if line.owner_kind or not is_said:
            asked.append(_asked(OWNER, line.owner_name, "for_a_vault" if is_said else "not_on_paper"))
        if line.owner_kind:
            asked.append(_asked(NUMBER, line.owner_number, "for_a_vault" if is_said else "not_on_paper"))
        if paper.reads_as and not kinds()[paper.reads_as].is_said_by(text):
            asked.append(_asked(KIND, title_of(paper.reads_as), "not_on_paper"))
        return tuple(asked)

    def require(self, paper: Paper, found: Reading) -> Compared:
        """How it is known whose a paper is.

        Raises Refused (`other_owner`, `other_kind`) for one that officers found to be something else, and
        (`owner_not_compared`) where two officers did not say whose one is that a vault is to have, or where neither
        they nor the reader say it of one that the agency keeps.
        """
        line, said = self._line(paper), {field.name: field.value for field in found.fields}
        if _is_denied(line, said):
            raise OTHER_OWNER
        if KIND in said and not is_same(said[KIND], title_of(paper.reads_as)):
            raise OTHER_KIND
        by_two = {each.field for each in found.reviewed if len(each.by) >= TWO}
        if not (STATED & said.keys()) | (WHOSE if line.owner_kind else set()) <= by_two:
            raise ONE_OFFICER
        is_read = _says_owner(paper, line, {field.name: found.as_read(field) for field in found.fields})
        if not is_read and OWNER not in said:
            raise ONE_OFFICER
        if is_read and not _says_owner(paper, line, said):  # the reader was wrong, as the officers who looked said
            raise OTHER_OWNER
        return "name_and_number_by_two" if line.owner_kind else "confirmed_by_two" if OWNER in said else READ

    def rejected(
        self, told: ComponentRejected, digitisation: Digitisation, now: datetime, *, actor: str = ""
    ) -> ArchivedChange:
        """The scan counts no more, and another one may come."""
        change = ArchivedChange(self._archived(told.reference), now)
        change.refused(told.reason_code, digitisation.text_vi or "", digitisation.text_en or "")
        change.tell(told, actor=actor)
        return change.settle_component(self._scan(told.reference, told.component), digitisation)

    def converted(
        self, paper: Paper, message: MessageConverted, conversion: Conversion, now: datetime
    ) -> tuple[ComponentConverted, ArchivedChange]:
        """The paper is a data message; whoever keeps the store of its owner hears of it."""
        archived, told = self._archived(message.reference), ComponentConverted.of(paper.component, conversion)
        title = title_of(paper.reads_as)
        change = ArchivedChange(archived, now).stored(message.code)
        change.tell(told)
        change.tell(
            ArchivedConverted(
                code=message.code,
                key=message.key,
                version_id=message.version_id,
                sha256=message.sha256,
                size=message.size,
                title=title,
                note="" if is_same(archived.kind, title) else archived.kind,
                compared=paper.compared or "not_compared",
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
        return told, change.settle_component(
            self._scan(message.reference, message.component), Digitisation.converted(conversion)
        )

    def _line(self, paper: Paper) -> SheetLine:
        archived = self._archived(paper.reference)
        archive = self.archives.archive(archived.archive)
        if archive is None:
            raise LookupError(f"there is no archive {archived.archive}")
        return next(each for each in self.archives.sheet(archive).lines if each.line == archived.line)

    def _scan(self, reference: str, component: str) -> Component:
        found = self.archives.component(reference, component)
        if found is None:
            raise LookupError(f"there is no scan {component} of {reference}")
        return found

    def _archived(self, reference: str) -> Archived:
        found = self.archives.archived(reference)
        if found is None:
            raise LookupError(f"nothing came for {reference}")
        return found


def _says_owner(paper: Paper, line: SheetLine, values: Mapping[str, str]) -> bool:
    """Whether values that were read on a paper of a known kind say that it is the owner's."""
    number = line.owner_number if line.owner_kind else ""
    return bool(paper.reads_as) and kinds()[paper.reads_as].names_owner(values, line.owner_name, number)


def _is_denied(line: SheetLine, said: Mapping[str, str]) -> bool:
    """Whether officers said another owner than the sheet names, by name or by number, or that they cannot say it."""
    name, number = said.get(OWNER, line.owner_name), said.get(NUMBER, line.owner_number)
    return not is_same(name, line.owner_name) or (NUMBER in said and not is_same_number(number, line.owner_number))


def _asked(name: str, value: str, reason: str) -> Field:
    return Field(name=name, label=LABELS[name], value=value, confidence=0.0, needs_review=True, reason=reason)
