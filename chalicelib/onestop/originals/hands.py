"""Who has a paper original since when: handed on by slip, returned against a name (Decree 61/2018 Art. 18, 20)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import msgspec

from chalicelib.contracts.delivery import Proof
from chalicelib.contracts.event import told
from chalicelib.contracts.originals import OriginalHandedOn, OriginalMoved, OriginalReturned, OriginalTaken
from chalicelib.dossier.agents import authorisation_of, require_other_taker, taken_words
from chalicelib.dossier.change import Change
from chalicelib.dossier.noticed import told_of
from chalicelib.dossier.on_paper import OVER, HandedOn, Original, PapersItem, Returned
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.legs.opening import Opening
from chalicelib.onestop.model import officer_hash, slip_row
from chalicelib.onestop.originals.refused import require_here
from chalicelib.onestop.refusals import OriginalNeeded
from chalicelib.sealing.door import seal

READS: Final = (Part.COMPONENTS, Part.PAPERS, Part.PLAN, Part.TASKS)
MOST_HANDED: Final = 50
"""Hand-overs of one original: each is a line of one item."""
DESKS: Final = ("receive", "verify", "approve")


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """Who gets an original: an agency of the dossier (None: the same), an officer by record or a unit, by name."""

    name: str
    agency: str | None = None
    officer: str | None = None
    note: str = ""


class Taker(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes an original back and what proves it; of the applicant the dossier knows name and number.

    `authorisation` is the scan of the paper by which an agent may take it, who has no mandate on the dossier.
    """

    to: Literal["applicant", "agent"]
    proof: Proof
    name: str = ""
    number: str | None = None
    authorisation: str | None = None


class Took(msgspec.Struct, frozen=True, kw_only=True):
    """Who took an original back, as it is kept encrypted."""

    name: str
    number: str


@dataclass(frozen=True)
class Originals:
    """Use cases of officers who have originals."""

    acts: Acts

    def hand_on(self, asked: Asked, n: int, receiver: Receiver) -> Done:
        """An original goes on, with a row of the control slip; the applicant is told at once to whom.

        Raises NotFound, NotAllowed, OriginalNotHere, KeyReused, BodyInvalid for an agency that is none of its own.
        """

        def write(dossier: Dossier, change: Change, original: Original) -> Original:
            agency, at = receiver.agency or original.agency, stamp(change.now)
            if agency not in _agencies(dossier):
                vi, en = "Không phải cơ quan giải quyết hồ sơ này", "No agency of this dossier"
                raise BodyInvalid(fields=[FieldError("/agency", "unknown", vi, en)])
            if len(original.handed) == MOST_HANDED:
                vi, en = f"Tối đa {MOST_HANDED} lần bàn giao", f"At most {MOST_HANDED} hand-overs"
                raise BodyInvalid(fields=[FieldError("", "most", vi, en)])
            row = HandedOn(
                at=at,
                by=officer_hash(asked.who),
                by_name=asked.who.name,
                agency=agency,
                officer=receiver.officer,
                name=receiver.name,
            )
            event = OriginalHandedOn(
                reference=dossier.reference,
                number=n,
                component=original.code,
                agency=original.agency,
                to=agency,
                officer=receiver.officer,
            )
            change.tell(event, actor=asked.who.subject)
            self._tell_moved(change, dossier, original, row, asked.who.subject)
            what = f"Bản chính {n}: {_names(dossier).get(original.code, original.code)}"
            note = f"{what}. {receiver.note}" if receiver.note else what
            change.add_slip(slip_row(asked.who.name, receiver.name, at, _due(dossier, at), note))
            return msgspec.structs.replace(
                original,
                agency=agency,
                officer=receiver.officer,
                name=receiver.name,
                since=at,
                handed=(*original.handed, row),
            )

        return self._once(acts.HAND_ON, asked, n, write)

    def give_back(self, asked: Asked, n: int, taker: Taker) -> Done:
        """An original goes back to the applicant or to an agent who has a right to it (Decree 61/2018 Art. 20).

        When the dossier is over, or its scan is a data message: then it was taken for comparison alone. The applicant
        is told at once. Raises NotFound, NotAllowed, OriginalNotHere, OriginalNeeded, MandateEnded, OwnDossier where it
        goes to the officer themselves, BodyInvalid for an agent without name, number, or a right to it.
        """

        def write(dossier: Dossier, change: Change, original: Original) -> Original:
            if dossier.head.state not in OVER and not _is_compared(dossier, original):
                raise OriginalNeeded(state=dossier.head.state)
            at, by = stamp(change.now), officer_hash(asked.who)
            event = OriginalReturned(
                reference=dossier.reference, number=n, component=original.code, agency=original.agency, to=taker.to
            )
            sealed = seal(dossier.reference, told(_took(dossier, taker)))
            right = self._right_of(dossier, taker, asked.who, change.now)
            change.tell(event, actor=asked.who.subject)
            _tell_taken(change, asked.who, original, taker, _names(dossier).get(original.code, original.code), right)
            returned = Returned(
                at=at, by=by, by_name=asked.who.name, sealed=sealed, to=taker.to, proof=taker.proof, authorisation=right
            )
            return msgspec.structs.replace(original, since=at, returned=returned)

        return self._once(acts.GIVE_BACK, asked, n, write)

    def _tell_moved(self, change: Change, dossier: Dossier, original: Original, row: HandedOn, actor: str) -> None:
        """The applicant is told who has it now, and where: whoever that is, a name that is typed proves nothing."""
        head, at = dossier.head, Opening(self.acts.dossiers.office).name(change, dossier, row.agency)
        planned = next((each for each in dossier.plan.components if each.code == original.code), None)
        vi, en = (planned.name_vi, planned.name_en or planned.name_vi) if planned else (original.code, original.code)
        reason = (
            f"Bản chính {original.n}: {vi}. Người giữ hiện nay: {row.name} ({at})."
            f" / Original {original.n}: {en}. Who has it now: {row.name} ({at})."
        )
        event = OriginalMoved(
            **told_of(head, row.by_name, change.now),
            number=original.n,
            to=row.agency,
            sealed=seal(head.pk, {"reason": reason}),
        )
        change.tell(event, actor=actor)

    def _right_of(self, dossier: Dossier, taker: Taker, who: Principal, now: datetime) -> str | None:
        """The scan by which an agent may take it; None for the applicant, and under a mandate that holds."""
        if taker.to == "applicant":
            return None
        require_other_taker(who, dossier.head, taker.number, now)
        state = self.acts.dossiers.mandate_state(dossier.head, now)
        return authorisation_of(dossier, taker.number, taker.authorisation, state)

    def _once(self, act: str, asked: Asked, n: int, change_of: Callable[[Dossier, Change, Original], Original]) -> Done:
        """One original as it is from now on, under HEAD's version and the key."""

        def write(dossier: Dossier, change: Change) -> None:
            papers = dossier.papers or PapersItem()
            original = next((each for each in papers.originals if each.n == n), None)
            if original is None:
                raise NotFound(what="original")
            require_here(asked.who, original)
            after = change_of(dossier, change, original)
            kept = tuple(after if each.n == n else each for each in papers.originals)
            change.keep_papers(msgspec.structs.replace(papers, originals=kept))

        by_number = Asked(asked.who, asked.dossier, asked.key, f"{n}\x1f".encode() + asked.raw)
        return self.acts.once(act, by_number, READS, write, does=DESKS)


def _agencies(dossier: Dossier) -> set[str]:
    """The agency before which it was filed, and those of its tasks; not one that was asked for an opinion alone."""
    return {dossier.head.agency, *(task.agency for task in dossier.tasks if task.kind != "consult")}


def _names(dossier: Dossier) -> Mapping[str, str]:
    return {each.code: each.name_vi for each in dossier.plan.components}


def _due(dossier: Dossier, at: str) -> str:
    task = dossier.open_task
    return dossier.head.due_at or (task.due_at if task else at)


def _is_compared(dossier: Dossier, original: Original) -> bool:
    """Whether a scan of it was compared with it and signed."""
    return any(c.code == original.code and c.digitisation.status == "converted" for c in dossier.components)


def _tell_taken(
    change: Change, who: Principal, original: Original, taker: Taker, name: str, authorisation: str | None
) -> None:
    """The applicant is told which original went back, to whom and by what proof; an agent's number is not said."""
    head, by = change.head, taken_words(taker.name if taker.to == "agent" else "", authorisation, taker.proof)
    event = OriginalTaken(
        **told_of(head, who.name, change.now),
        number=original.n,
        to=taker.to,
        authorisation=authorisation,
        sealed=seal(head.pk, {"reason": f"Bản chính {original.n}: {name}. Người nhận: {by}"}),
    )
    change.tell(event, actor=who.subject)


def _took(dossier: Dossier, taker: Taker) -> Took:
    """Name and number of who takes it. Raises BodyInvalid, ContentErased."""
    if taker.to == "applicant":
        holder = holder_of(dossier.head)
        return Took(name=holder.name, number=holder.personal_id)
    absent = [at for at, text in (("/name", taker.name.strip()), ("/number", taker.number)) if not text]
    if absent:
        vi, en = "Cần tên và số của người nhận thay", "Name and number of who takes it are needed"
        raise BodyInvalid(fields=[FieldError(at, "required", vi, en) for at in absent])
    return Took(name=taker.name, number=taker.number or "")
