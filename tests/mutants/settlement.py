"""Mutants of the guards of settlement: bundles, legs, opinions, drafts to confirm, originals, letters; see `named.py`.

Each is what is wrong, where, what stands there exactly once, and what stands there instead.
"""

from typing import Final

ONESTOP: Final = "chalicelib/onestop"
SETTLEMENT: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "who filed at the counter is asked to confirm a draft",
        f"{ONESTOP}/confirming/asking.py",
        "is_online = dossier.head.channel == ONLINE",
        "is_online = bool(dossier.head.channel)",
    ),
    (
        "each agency's verification asks the applicant, not the leading one's alone",
        f"{ONESTOP}/confirming/asking.py",
        "dossier.plan.confirm_within is not None and is_lead(dossier.plan, leg)",
        "dossier.plan.confirm_within is not None and bool(leg)",
    ),
    (
        "a silence confirms while somebody wants to withdraw",
        f"{ONESTOP}/confirming/answering.py",
        "if dossier.head.state != DossierState.PROCESSING:",
        "if dossier.head.state == DossierState.REGISTERED:",
    ),
    (
        "a draft is confirmed that nobody has drawn",
        f"{ONESTOP}/previewing/confirmations.py",
        "            require_preview(self.previews, dossier)\n",
        "",
    ),
    (
        "a draft of the form before the supplement counts",
        f"{ONESTOP}/store.py",
        "return former if not was_supplemented and is_there(",
        "return former if is_there(",
    ),
    (
        "any dossier that says so ends the leg of a bundle",
        f"{ONESTOP}/bundles/following.py",
        "or leg is None or leg.child != moved.reference:",
        "or leg is None:",
    ),
    (
        "a bundle is received as often as it is told",
        f"{ONESTOP}/bundles/reception.py",
        "if dossier is None or dossier.head.state != DossierState.REGISTERED:",
        "if dossier is None:",
    ),
    (
        "a decided child ends with its bundle",
        f"{ONESTOP}/bundles/reaching.py",
        "return child.head.decided_at is None and child.head.state not in ENDS",
        "return child.head.state not in ENDS",
    ),
    (
        "an erased bundle starts a child",
        "chalicelib/submission/bundles/starting.py",
        "if parent.head.state != DossierState.PROCESSING or parent.head.erased_at:",
        "if parent.head.state != DossierState.PROCESSING:",
    ),
    (
        "a leg whose time was told to have passed is told again",
        f"{ONESTOP}/bundles/times.py",
        "if timer.name not in leg.missed:",
        "if timer.name not in leg.missed or leg.missed:",
    ),
    (
        "an agency that does not lead approves",
        f"{ONESTOP}/legs/finishing.py",
        "if outcome not in allowed:",
        "if not allowed:",
    ),
    (
        "a leg is due later than its dossier",
        f"{ONESTOP}/legs/terms.py",
        "    return min(stamp(own.due_at), due_at)\n",
        "    return stamp(own.due_at)\n",
    ),
    (
        "a leg goes on before the agencies that it asked answer",
        f"{ONESTOP}/consulting/waiting.py",
        'each.kind == "consult" and each.leg == task.leg]',
        'each.kind == "consult" and each.leg == task.kind]',
    ),
    (
        "a unit accepts what another agency is competent for",
        f"{ONESTOP}/outcomes/redirect.py",
        "if task.agency != agency and not dossier.plan.is_bundle:",
        "if not agency:",
    ),
    (
        "an extension more than the pack allows",
        f"{ONESTOP}/changes/extension.py",
        "if taken >= allowed.value:",
        "if taken > allowed.value:",
    ),
    (
        "an agency hands on an original that another has",
        f"{ONESTOP}/originals/refused.py",
        "if original.agency not in who.agencies:",
        "if not original.agency:",
    ),
    (
        "an original goes to an agency that has nothing to do with the dossier",
        f"{ONESTOP}/originals/hands.py",
        "if agency not in _agencies(dossier):",
        "if not agency:",
    ),
    (
        "an original goes to an agency that was only asked for its opinion",
        f"{ONESTOP}/originals/hands.py",
        'if task.kind != "consult")}',
        "if task.kind)}",
    ),
    (
        "an agency is asked about a dossier, and its applicant does not hear",
        f"{ONESTOP}/coordination/asking.py",
        "change.tell(event, actor=who.subject).tell(told, actor=who.subject).open_task(",
        "change.tell(event, actor=who.subject).open_task(",
    ),
    (
        "an original goes to any name, and its applicant does not hear",
        f"{ONESTOP}/originals/hands.py",
        "            self._tell_moved(change, dossier, original, row, asked.who.subject)\n",
        "",
    ),
    (
        "an officer puts a second scan of a listed paper into a dossier, and nobody hears",
        "chalicelib/dossier/on_paper.py",
        "return came > sum(c.code == code and _counts(c) for c in components)",
        "return came > 0",
    ),
    (
        "a dossier goes on by another date, and its applicant does not hear",
        f"{ONESTOP}/bundles/downstream.py",
        '    change.tell(GoesOn(**told, correction=correction.reference, result=code), actor="bundle")\n',
        "",
    ),
    (
        "an agency that only takes part reads the applicant's letters",
        f"{ONESTOP}/thread/writing.py",
        "if not self.acts.views.may(who, acts.READ_THREAD, dossier.head):",
        "if not who.subject:",
    ),
    (
        "a letter is written to a dossier that ended",
        f"{ONESTOP}/thread/writing.py",
        "if head.state in TERMINAL:",
        "if not head.state:",
    ),
)
