"""What a notice says of its dossier, and what a form of Circular 03/2025/TT-VPCP says beside: its private part."""

from typing import TypedDict

from msgspec import Struct, structs

from chalicelib.contracts.event import Malformed, heard, told
from chalicelib.contracts.lifecycle import AskedItem, PaperPrivate
from chalicelib.contracts.plan import Office
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import TaskKind
from chalicelib.dossier.people import co_holders_of, filer_of, holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.law.states import DossierState, label
from chalicelib.onestop.model import SYSTEM, stands_in_for
from chalicelib.onestop.paid import finance_text
from chalicelib.sealing.door import seal, unseal


class NoticeFacts(TypedDict):
    """The five facts of a notice (Decree 224/2026 Art. 15(1)(g)), and for whom a deputy acted."""

    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None
    acted_for: str | None


class OfDossier(TypedDict):
    """The fields of a `Papered` event that say of which dossier it is; `sealed` is a `PaperPrivate`, encrypted."""

    reference: str
    procedure: str
    procedure_name: str
    office: Office
    holder: str
    sealed: str
    dossier_code: str | None
    submitted_at: str
    accepted_at: str | None
    min_level: int
    rule_pack: str | None


class PaperFacts(NoticeFacts, OfDossier):
    """All that a `Papered` event says of its dossier."""


def notice(
    change: Change, dossier: Dossier, who: Principal, *, kind: TaskKind | None = None, due_at: str | None = None
) -> NoticeFacts:
    """The facts of a notice of what somebody does now; `kind` is the task they do it by, `due_at` a new due date.

    Before its acceptance a dossier is due as its reception says. Reads the tasks.
    """
    head = dossier.head
    awaited = next((task.due_at for task in dossier.tasks if task.is_open and task.kind == "receive"), None)
    return NoticeFacts(
        agency=head.agency,
        handler=who.name,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=stamp(change.now),
        due_at=due_at or head.due_at or awaited,
        acted_for=stands_in_for(who, kind) if kind else None,
    )


def paper(
    dossier: Dossier,
    who: Principal | None,
    facts: NoticeFacts,
    *,
    reason: str = "",
    basis: str = "",
    asked: tuple[AskedItem, ...] = (),
    as_head: bool = False,
    stood: int | None = None,
) -> PaperFacts:
    """The facts of a form, by a dossier read with its plan and form; `who` says it, None: the system.

    `reason` in words that a citizen understands; `as_head`: they sign for the agency (form 04). `stood`: the
    state in which it is stopped; then the form says so, and what was paid (form 05), and the events are read.
    Raises ContentErased.
    """
    head, plan = dossier.head, dossier.plan
    private = structs.replace(_private(dossier, who, reason, basis), asked=_named(dossier, asked))
    if who and as_head:
        private = structs.replace(private, leader=who.name, leader_id=who.subject)
    if stood is not None:
        stage = label(DossierState(stood))
        private = structs.replace(private, stage=stage, finance=finance_text(dossier))
    return PaperFacts(
        **facts,
        reference=dossier.reference,
        procedure=plan.procedure,
        procedure_name=plan.name_vi,
        office=plan.office,
        holder=head.holder,
        sealed=seal(dossier.reference, told(private)),
        dossier_code=head.dossier_code,
        submitted_at=head.submitted_at or "",
        accepted_at=head.accepted_at,
        min_level=plan.min_level,
        rule_pack=head.rule_pack,
    )


class _Requester(Struct, frozen=True):
    """Whoever asks, as a form may name them."""

    phone: str = ""


class _Answers(Struct, frozen=True):
    """What is looked for in any form."""

    requester: _Requester = _Requester()


def phone_of(dossier: Dossier) -> str:
    """The telephone that the form names; empty where it names none, or asks it otherwise. Raises ContentErased."""
    form = dossier.form
    try:
        return heard(_Answers, unseal(dossier.reference, form.sealed)).requester.phone if form else ""
    except Malformed:
        return ""


def _private(dossier: Dossier, who: Principal | None, reason: str, basis: str) -> PaperPrivate:
    head, holder, filer = dossier.head, holder_of(dossier.head), filer_of(dossier.head)
    return PaperPrivate(
        name=holder.name,
        personal_id=holder.personal_id,
        officer=who.name if who else SYSTEM,
        officer_id=who.subject if who else "",
        kind=holder.kind,
        submitter=filer.name if filer else holder.by,
        together=co_holders_of(head),
        phone=phone_of(dossier),
        reason=reason,
        basis=basis,
    )


def _named(dossier: Dossier, asked: tuple[AskedItem, ...]) -> tuple[AskedItem, ...]:
    """What is asked for, components by the names that a citizen knows."""
    names = {each.code: each.name_vi for each in dossier.plan.components}
    return tuple(structs.replace(item, name=names.get(item.target, item.name)) for item in asked)
