"""Triage: an officer's look at a dropped paper: what it shows, which component it is, and that it has to go.

What was read of a paper is there only after its copy is signed: the signature comes before the extraction
(Circular 01/2023/TT-VPCP Art. 7-8).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from msgspec import structs

from chalicelib.contracts.digitisation import ComponentRejected, ComponentSorted, SecrecyDeclined, SecrecyProposed
from chalicelib.contracts.plan import PlannedComponent
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.exemptions import SECRET_BY_LAW, digitisation_of
from chalicelib.digitisation.paper import Paper, Reading, Rejection, Secrecy, Step, is_archived
from chalicelib.digitisation.ports import Files, Folder, Papers
from chalicelib.digitisation.receptions import names_of, scan_added
from chalicelib.digitisation.refusals import SecondForSecret
from chalicelib.digitisation.rejections import rejected_as
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.hands import Hand, hand_of
from chalicelib.dossier.interests import SCAN, Work, require_other
from chalicelib.dossier.items import Component
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.second_person import WITHOUT, doer_of, require_second
from chalicelib.dossier.staffed import numbers_on_lists
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError, ForbiddenStep, NotFound

type Which = Literal["original", "copy"]


@dataclass(frozen=True)
class Triage:
    """What an officer of the paper's agency does with it before it is signed."""

    papers: Papers
    files: Files
    clock: Clock
    folders: Callable[[str], Folder]

    def look(self, who: Principal, copy_id: str) -> tuple[Paper, Reading | None]:
        """A paper, and what was read of it; of that the holder's ledger gets a line. Raises NotFound."""
        paper = self._own(who, copy_id)
        found = self.files.reading(paper, who, self.clock()) if paper.reading and not _is_gone(paper) else None
        return paper, found

    def file(self, who: Principal, copy_id: str, which: Which) -> str:
        """A link to the scan as it came, or to the copy to be signed, by the ledger's door. Raises NotFound."""
        paper = self._own(who, copy_id)
        if _is_gone(paper):
            raise NotFound(what="file")
        return self.files.hand_out(paper, which, who, self.clock())

    def reject(self, who: Principal, copy_id: str, reason: str, note: str, key: str) -> Paper:
        """The paper counts no more. A secret one is gone for good once a second person rejects it as such: what one
        officer alone says keeps it from being signed, and no more.

        Raises NotFound, OwnDossier, NumberUnknown, ForbiddenStep; of a secret one SecondForSecret, SecondUnknown.
        """
        asked = digest(who.subject, key)
        paper = record.settled(lambda: self._reject(who, copy_id, reason, note, asked))
        if _is_gone(paper):  # after it is written: a request that broke off here is sent again
            self.files.remove(paper.scan.key, paper.scan.version_id)
            self.files.discard_all(paper)
            self.papers.forget_values(paper)
        return paper

    def _reject(self, who: Principal, copy_id: str, reason: str, note: str, asked: str) -> Paper:
        paper = self._own(who, copy_id)
        if paper.rejection and paper.rejection.asked == asked and paper.rejection.code == reason:
            return paper  # told the first time
        now = self.clock()
        require_other(who, paper.people, Work(paper.agency, SCAN), now)
        _require_step(paper, "copied", "in_review")
        by = who.name
        if reason == SECRET_BY_LAW:
            first = paper.secrecy
            if first is None or first.asked == asked:
                return self._propose(paper, who, note, asked)
            self._require_another(paper, who, (first.hand,))
            by = f"{first.by}, {who.name}"
        rejection = Rejection(code=reason, note=note, by=by, at=stamp(now), asked=asked)
        told = ComponentRejected(
            reference=paper.reference,
            component=paper.component,
            agency=paper.agency,
            reason_code=reason,
            handler=by,
        )
        folder = self.folders(paper.reference)
        change = folder.rejected(told, rejected_as(reason), now, actor=who.subject)
        change.join("paper", PaperChange(paper, now).rejected(rejection).tell(told, actor=who.subject)).write()
        return structs.replace(paper, step="rejected", rejection=rejection)

    def _propose(self, paper: Paper, who: Principal, note: str, asked: str) -> Paper:
        if paper.secrecy:
            return paper  # told the first time
        now = self.clock()
        if paper.doubters:  # whoever was declined would keep it from being signed, again and again
            self._require_another(paper, who, paper.doubters)
        secrecy = Secrecy(by=who.name, at=stamp(now), hand=hand_of(who), asked=asked, note=note)
        told = SecrecyProposed(reference=paper.reference, component=paper.component, agency=paper.agency)
        PaperChange(paper, now).doubted(secrecy).tell(told, actor=who.subject).write()
        return structs.replace(paper, secrecy=secrecy)

    def _require_another(self, paper: Paper, who: Principal, hands: Sequence[Hand]) -> None:
        """Raise SecondForSecret for an officer who is one of these, SecondUnknown where nobody can say it."""
        numbers = chain.from_iterable(each.numbers or (WITHOUT + each.officer,) for each in hands)
        on_lists = numbers_on_lists({paper.agency, who.agency})
        require_second(doer_of(who), {each.officer for each in hands}, numbers, SecondForSecret(), on_lists)

    def decline(self, who: Principal, copy_id: str) -> Paper:
        """The paper is no secret one: it is signed or reviewed as any other.

        Raises NotFound, OwnDossier, NumberUnknown.
        """
        return record.settled(lambda: self._decline(who, copy_id))

    def _decline(self, who: Principal, copy_id: str) -> Paper:
        paper, now = self._own(who, copy_id), self.clock()
        require_other(who, paper.people, Work(paper.agency, SCAN), now)
        if paper.secrecy is None or paper.step == "rejected":
            return paper
        told = SecrecyDeclined(reference=paper.reference, component=paper.component, agency=paper.agency)
        doubters = (*paper.doubters, paper.secrecy.hand)
        PaperChange(paper, now).undoubted(doubters).tell(told, actor=who.subject).write()
        return structs.replace(paper, secrecy=None, doubters=doubters)

    def sort(self, who: Principal, copy_id: str, code: str) -> Paper:
        """The officer says which component of the procedure the paper is.

        Raises NotFound, OwnDossier, ForbiddenStep, BodyInvalid for what is no component of the procedure, or a secret
        one.
        """
        return record.settled(lambda: self._sort(who, copy_id, code))

    def _sort(self, who: Principal, copy_id: str, code: str) -> Paper:
        paper = self._own(who, copy_id)
        require_other(who, paper.people, Work(paper.agency, SCAN), self.clock())
        if paper.code == code:
            return paper
        if paper.result:  # a wrong one is rejected
            raise ForbiddenStep(step=paper.step)
        dossier, now = self._open(paper, "copied"), self.clock()
        planned = _component(dossier, code)
        digitisation = digitisation_of(planned.exemption, now.astimezone(ZONE).date())
        told = ComponentSorted(reference=paper.reference, component=paper.component, code=code, former=paper.code)
        change = Change(dossier.head, now).tell(told, actor=who.subject)
        change.sort_component(_known(paper), code, digitisation)
        change.tell(scan_added(paper.component, names_of(planned), dossier.head, who.name, now), actor=who.subject)
        own = PaperChange(paper, now).sorted_as(code, planned.reading or "").tell(told, actor=who.subject)
        is_exempt = digitisation.status == "exempt"
        change.join("paper", own.exempt() if is_exempt else own).write()
        return structs.replace(paper, code=code, step="exempt" if is_exempt else paper.step)

    def _own(self, who: Principal, copy_id: str) -> Paper:
        reference, _, component = copy_id.partition(".")
        paper = self.papers.paper(reference, component)
        if paper is None or paper.agency not in who.agencies:
            raise NotFound(what="copy")
        return paper

    def _open(self, paper: Paper, *steps: Step) -> Dossier:
        """The dossier of a paper that an officer may still decide on."""
        _require_step(paper, *steps)
        if is_archived(paper.reference):  # its line of the index sheet says what it is
            raise ForbiddenStep(step=paper.step)
        dossier = reading.read(paper.reference, Part.PLAN)
        if dossier is None:
            raise LookupError(f"there is no dossier {paper.reference}")
        return dossier


def _known(paper: Paper) -> Component:
    found = reading.read_component(paper.reference, paper.component)
    if found is None:
        raise LookupError(f"there is no component {paper.component} of {paper.reference}")
    return found


def _is_gone(paper: Paper) -> bool:
    """Whether nothing is left of its files: it was secret under law."""
    return paper.rejection is not None and paper.rejection.code == SECRET_BY_LAW


def _require_step(paper: Paper, *steps: Step) -> None:
    if paper.step not in steps:
        raise ForbiddenStep(step=paper.step)


def _component(dossier: Dossier, code: str) -> PlannedComponent:
    planned = next((each for each in dossier.plan.components if each.code == code), None)
    if planned is None:
        known = ", ".join(each.code for each in dossier.plan.components)
        vi, en = f"Một trong: {known}", f"One of: {known}"
        raise BodyInvalid(fields=[FieldError("/component", "unknown", vi, en)])
    if planned.exemption == SECRET_BY_LAW:
        vi, en = "Giấy tờ mật: hãy từ chối với lý do secret", "Secret under law: reject it with the reason secret"
        raise BodyInvalid(fields=[FieldError("/component", "secret", vi, en)])
    return planned
