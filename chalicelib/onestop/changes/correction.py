"""An officer's error is found when the result is out: a linked dossier mends it, at the agency's cost (R48)."""

from dataclasses import dataclass
from typing import Final

from msgspec import structs

from chalicelib.contracts.lifecycle import CorrectionOpened
from chalicelib.contracts.stored import Unreadable
from chalicelib.contracts.submission import DossierSubmitted, FiledFee
from chalicelib.dossier.bundled import ENDS
from chalicelib.dossier.change import Change
from chalicelib.dossier.follower import acting_of, also_listed, co_holders_anew, sealed_anew
from chalicelib.dossier.items import NEVER, FormItem, Head, Task, holder_key, mine_order
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.readings import carried
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import reference_of
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.changes.refusals import CorrectionOpen
from chalicelib.onestop.dates import reception_due
from chalicelib.onestop.model import leg_names, require_state
from chalicelib.onestop.papered import notice
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.ports import Dossiers
from chalicelib.sealing.door import seal

READS = (Part.COMPONENTS, Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS)
FREE: Final = FiledFee(
    amount=0,
    currency="VND",
    why_vi="Sửa sai sót do công chức gây ra: cơ quan chịu chi phí (Nghị định 61/2018/NĐ-CP, Điều 21)",
    why_en="An officer's error is mended at the agency's cost (Decree 61/2018 Art. 21)",
)


@dataclass(frozen=True)
class Corrections:
    """The use case of the agency that erred (Decree 61/2018 Art. 21)."""

    acts: Acts

    def open(self, asked: Asked, reason: str) -> Done:
        """A new dossier of the same holder, form and files in state 1, linked both ways, without a fee.

        The old one is never moved. Raises NotFound, NotAllowed, ForbiddenStep before the result is returned,
        CorrectionOpen while an earlier one is, BodyInvalid without a reason, ContentErased, KeyReused.
        """
        require_reason(reason)

        def write(dossier: Dossier, change: Change) -> None:
            if before := open_correction(self.acts.dossiers, dossier.head):
                raise CorrectionOpen(correction=before.pk)
            correct(self.acts.dossiers, dossier, change, asked.who, reason)

        return self.acts.once(acts.CORRECT, asked, READS, write, does=("verify", "approve"))


def open_correction(dossiers: Dossiers, head: Head) -> Head | None:
    """The correction of a result that did not end yet, if there is one: two at once gave two valid results."""
    for reference in reversed(head.corrected_by or ()):
        found = dossiers.dossier(reference)
        if found and found.head.state not in ENDS:
            return found.head
    return None


def correct(dossiers: Dossiers, dossier: Dossier, change: Change, who: Principal, reason: str) -> str:
    """The change opens the dossier that mends an error in a returned result; answers its reference.

    Raises ForbiddenStep before the result is returned.
    """
    head = dossier.head
    require_state(head, DossierState.RESULT_RETURNED)
    before = head.corrected_by or ()
    reference = reference_of("MC", f"correction\x1f{head.pk}\x1f{len(before) + 1}")
    event = CorrectionOpened(
        **notice(change, dossier, who),
        reference=head.pk,
        correction=reference,
        sealed=seal(head.pk, {"reason": reason}),
    )
    change.tell(event, actor=who.subject).move(corrected_by=(*before, reference))
    change.join("correction", _opened(dossiers, dossier, reference, change))
    return reference


def _opened(dossiers: Dossiers, dossier: Dossier, reference: str, beside: Change) -> Change:
    """The new dossier, submitted at once: what the old one holds of people is encrypted under keys of its own."""
    submitted = dossier.first(DossierSubmitted)
    if submitted is None:
        raise Unreadable(f"{DossierSubmitted.type}: missing", f"{dossier.reference}/EVENT#")
    now, task = stamp(beside.now), _task(dossier, reference, beside)
    change = dossiers.begin(_head(dossier, reference, now), beside.now)
    told = structs.replace(
        submitted,
        reference=reference,
        received_at=now,
        due_at=task.due_at,
        attempt=1,
        fee=FREE,
        portal=None,
        corrects=dossier.reference,
    )
    change.tell(told, state=int(DossierState.REGISTERED), actor="agency").pin(dossier.pinned).open_task(task)
    if dossier.form:
        change.save_form(_form(dossier.form, dossier.head, reference))
    change.take_over(carried(dossier.components, dossier.reference, reference))
    for holder in also_listed(dossier.head):
        change.share_with(holder)
    return change


def _head(dossier: Dossier, reference: str, now: str) -> Head:
    former = dossier.head
    return Head(
        pk=reference,
        state=int(DossierState.REGISTERED),
        procedure=former.procedure,
        procedure_version=former.procedure_version,
        agency=former.agency,
        holder=former.holder,
        sealed=sealed_anew(former.sealed, former.pk, reference),
        channel=former.channel,
        mine_pk=holder_key(former.holder),
        mine_sk=mine_order(now, reference, dossier.plan.min_level),
        expires_at=NEVER,
        form_version=former.form_version,
        form_sha256=former.form_sha256,
        submitted_at=now,
        attempt=1,
        acting=acting_of(former, reference),
        co_holders=co_holders_anew(former, reference),
        organ=former.organ,
        also=former.also,
        corrects=former.pk,
        parent=former.parent,
        leg=former.leg,
    )


def _form(form: FormItem, former: Head, reference: str) -> FormItem:
    answers = sealed_anew(form.answers, former.pk, reference) if form.answers else None
    sealed = sealed_anew(form.sealed, former.pk, reference)
    return structs.replace(form, sealed=sealed, answers=answers, named=former.named)


def _task(dossier: Dossier, reference: str, change: Change) -> Task:
    """Reception takes it in as it takes in any other."""
    leg = leg_names(dossier.plan)[0]
    first = dossier.task(leg, "receive")
    return Task(
        leg=leg,
        kind="receive",
        agency=first.agency if first else dossier.head.agency,
        opened_at=stamp(change.now),
        due_at=reception_due(change.now),
        reference=reference,
        procedure=dossier.head.procedure,
    )
