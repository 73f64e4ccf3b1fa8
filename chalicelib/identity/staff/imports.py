"""Take in a file of joiners and leavers: nothing of it when a row is wrong, else each row whole, with its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import structs

from chalicelib.identity.refusals import AlreadyEnrolled, OfficerGone
from chalicelib.identity.staff.author import By, officer_hash
from chalicelib.identity.staff.files import Leaver, Line
from chalicelib.identity.staff.model import OPERATOR, Enrolment, Hand, Officer
from chalicelib.identity.staff.proposals import granted, waits
from chalicelib.identity.staff.rules import of_leaving
from chalicelib.identity.staff.service import Changes, Staff
from chalicelib.kernel.access import holder_of
from chalicelib.kernel.problem import BodyInvalid, DomainError, FieldError, NotFound

type Outcome = Literal["enrolled", "proposed", "numbered", "left", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row; `code` and `facts` say why it was refused by what changed since the file was checked."""

    place: str
    subject: str
    outcome: Outcome
    officer: str
    code: str = ""


@dataclass(frozen=True)
class Import:
    """The use case of a file."""

    staff: Staff

    def run(
        self, who: By, lines: Sequence[Line], faults: Sequence[FieldError], *, dry_run: bool = False
    ) -> list[Verdict]:
        """Check all rows, then take in one after the other; the same file again changes nothing.

        Raises BodyInvalid with every fault: then nothing was written.
        """
        lines = [_hashed(line) for line in lines]
        joining = {line.row.subject for line in lines if isinstance(line.row, Enrolment)}
        found = [*faults, *(fault for line in lines for fault in self._faults(who, line, joining))]
        if found:
            raise BodyInvalid(fields=found)
        return [] if dry_run else [self._taken_in(who, line) for line in lines]

    def _faults(self, who: By, line: Line, joining: set[str]) -> list[FieldError]:
        """What of the agency's staff speaks against a row."""
        row, known = line.row, self._known(who, line.row.subject)
        if isinstance(row, Enrolment):
            if known and not self._is_gone(known) and not _is_same(known, row):
                vi, en = "Người này đã được đăng ký với nội dung khác", "They are enrolled otherwise: change the record"
                return [_at(line, "subject", "already_enrolled", vi, en)]
            return []
        if known is None:
            return [_at(line, "subject", "unknown", "Cơ quan không có người này", "The agency has no such officer")]
        return self._leaver_faults(who, line, row, known, joining) if known.left_on != row.left_on else []

    def _leaver_faults(self, who: By, line: Line, row: Leaver, known: Officer, joining: set[str]) -> list[FieldError]:
        if self._is_gone(known):
            return [_at(line, "subject", "officer_gone", "Người này đã thôi làm việc", "They have left already")]
        colleague = self._known(who, row.hand_over_to)
        if colleague is None and row.hand_over_to in joining:
            return []
        wrong = of_leaving(known, row.left_on, colleague)
        return [_at(line, each.pointer.strip("/"), each.rule, each.message_vi, each.message_en) for each in wrong]

    def _known(self, who: By, subject: str) -> Officer | None:
        try:
            return self.staff.read(who.agency, officer_hash(subject)).officer
        except NotFound:
            return None

    def _is_gone(self, known: Officer) -> bool:
        return known.left_on is not None and known.left_on <= self.staff.day()

    def _taken_in(self, who: By, line: Line) -> Verdict:
        row, officer = line.row, officer_hash(line.row.subject)
        try:
            outcome = self._joined(who, row) if isinstance(row, Enrolment) else self._left(who, row)
        except DomainError as error:
            return Verdict(line.place, row.subject, "refused", officer, error.row.code)
        return Verdict(line.place, row.subject, outcome, officer)

    def _joined(self, who: By, row: Enrolment) -> Outcome:
        known = self._known(who, row.subject)
        if known and not self._is_gone(known):
            if not _is_same(known, row):
                raise AlreadyEnrolled
            if row.person in ("", known.person) or self._is_waiting(who, known, row.person):
                return "unchanged"
            version = self.staff.read(who.agency, known.officer).version
            after = self.staff.change(who, known.officer, Changes(person=row.person), version).officer
            return "proposed" if after and after.proposal else "numbered"
        made = self.staff.enrol(who, row).officer
        return "proposed" if made and waits(made) else "enrolled"

    def _is_waiting(self, who: By, known: Officer, person: str) -> bool:
        """Whether a number waits for a second administrator, and this file does not make it count."""
        return who.officer != OPERATOR and known.proposal is not None and known.proposal.person == person

    def _left(self, who: By, row: Leaver) -> Outcome:
        known = self._known(who, row.subject)
        waiting = known.departure.left_on if known and known.departure else None
        if known and row.left_on in (known.left_on, waiting):
            return "unchanged"
        if known and self._is_gone(known):
            raise OfficerGone
        gone = self.staff.leave(who, officer_hash(row.subject), row.left_on, officer_hash(row.hand_over_to)).officer
        return "proposed" if gone and gone.departure else "left"


def _hashed(line: Line) -> Line:
    """A row with the keyed hash of the number that it says, and no number any more."""
    if not line.number or isinstance(line.row, Leaver):
        return structs.replace(line, number="")
    return structs.replace(line, number="", row=structs.replace(line.row, person=holder_of("CITIZEN", line.number)))


def _is_same(known: Officer, row: Enrolment) -> bool:
    """Whether somebody is enrolled as a row says, confirmed or not; a number may be given later."""
    wanted = {(role.role, role.valid_from, role.valid_to) for role in granted(row.roles, (), Hand(officer=""))}
    held = {(role.role, role.valid_from, role.valid_to) for role in known.roles}
    about = known.kinds, known.areas, known.position, known.certificate
    return wanted == held and about == (row.kinds, row.areas, row.position, row.certificate)


def _at(line: Line, column: str, rule: str, vi: str, en: str) -> FieldError:
    number = line.place.rsplit("/", 1)[-1]
    return FieldError(
        f"{line.place}/{column}", rule, f"Dòng {number}, cột {column}: {vi}", f"Line {number}, column {column}: {en}"
    )
