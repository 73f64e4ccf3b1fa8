"""What is told of a decided dossier: by the one-stop flow when it is, and before that to draw its result. Pure."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.onestop import OF_THE_FORM, Answer, DossierDecided, ResultPrivate
from chalicelib.contracts.plan import Office, Plan, PriceLine
from chalicelib.dossier.items import Approver, FormItem
from chalicelib.dossier.people import co_holders_of, filer_of, holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import stamp
from chalicelib.law import codes
from chalicelib.sealing.door import seal, unseal

MANDATE: Final = "mandate"
"""By which somebody asks in another's name; a parent or guardian asks in their own."""


def decided(
    dossier: Dossier, form: FormItem, code: str, approver: Approver, number: str, now: datetime, *, office: Office
) -> DossierDecided:
    """The facts of the first result of a dossier, read with its form and plan; `code` is the dossier's.

    `office` is the agency that decides, under its name of the day: the result is its, whoever received the dossier.
    """
    head, plan = dossier.head, dossier.plan
    return DossierDecided(
        reference=dossier.reference,
        dossier_code=code,
        result_code=codes.result_code(code, 1),
        procedure=plan.procedure,
        procedure_name=plan.name_vi,
        result=plan.result,
        kind=plan.kind,
        price=price_lines(plan),
        agency=office.id,
        office=office,
        holder=head.holder,
        min_level=plan.min_level,
        decided_at=stamp(now),
        number=number,
        sealed=seal(dossier.reference, told(_private(dossier, form, approver))),
    )


def price_lines(plan: Plan) -> tuple[PriceLine, ...]:
    """The provider's price list as the papers print it; a procedure has none."""
    return tuple(PriceLine(name_vi=p.name_vi, amount=p.amount_vnd, unit_vi=p.unit_vi or "") for p in plan.prices)


def _private(dossier: Dossier, form: FormItem, approver: Approver) -> ResultPrivate:
    reference, head = dossier.reference, dossier.head
    holder, filer = holder_of(head), filer_of(head)
    asks = filer if head.acting and head.acting.kind != MANDATE else None
    in_words = form.answers if dossier.plan.result.template not in OF_THE_FORM else None
    answers = unseal(reference, in_words) if in_words else []
    return ResultPrivate(
        name=holder.name,
        personal_id=holder.personal_id,
        kind=holder.kind,
        requester=asks.name if asks else None,
        requester_id=asks.personal_id if asks else None,
        together=co_holders_of(head),
        form=unseal(reference, form.sealed),
        answers=tuple(heard(Answer, answer) for answer in answers),
        approver=approver.name,
        approver_id=approver.id,
    )
