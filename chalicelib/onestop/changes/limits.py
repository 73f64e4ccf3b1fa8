"""The most that a dossier may be asked to pay: by its version's fees, else by the cap of the rule pack. Pure."""

from dataclasses import dataclass
from datetime import date

from chalicelib.contracts.lifecycle import PaymentRequested
from chalicelib.contracts.stored import typed
from chalicelib.contracts.submission import DossierSubmitted, FiledGiven
from chalicelib.dossier import fees
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import packs
from chalicelib.law.money import amount_text


@dataclass(frozen=True, slots=True)
class Owed:
    """What the applicant has to pay: in whole units of the currency, until when (a stored stamp), and why in words."""

    amount: int
    currency: str
    reason: str
    pay_by: str | None = None


def require_owed(dossier: Dossier, owed: Owed) -> None:
    """Raise BodyInvalid unless a dossier may be asked for a sum, beside what it was asked for before."""
    bounds = _bounds(dossier)
    if owed.currency not in bounds:
        only = ", ".join(sorted(bounds))
        vi, en = f"Phí của thủ tục tính bằng {only}", f"The fee of the procedure is in {only}"
        raise BodyInvalid(fields=[FieldError("/currency", "fee_currency", vi, en)])
    before = sum(each.amount for each in _requests(dossier) if each.currency == owed.currency)
    most = bounds[owed.currency]
    if most is not None:
        if before + owed.amount > most:
            said = amount_text(most, owed.currency)
            vi, en = f"Thủ tục thu tối đa {said}", f"The procedure charges {said} at most"
            raise BodyInvalid(fields=[FieldError("/amount", "fee_most", *_with_before(vi, en, before, owed.currency))])
        return
    _require_capped(dossier, owed, before)


def _require_capped(dossier: Dossier, owed: Owed, before: int) -> None:
    """Where no sum is certain the cap of the rule pack holds, and says that it is a policy. Raises BodyInvalid."""
    head = dossier.head
    pack = packs.pinned(head.rule_pack, _day(head.accepted_at or head.submitted_at))
    caps = {each.currency: each.most for each in pack.rules.payment_cap.value}
    if owed.currency not in caps:
        only = ", ".join(sorted(caps))
        vi, en = f"Chỉ có hạn mức cho {only}", f"A cap is set for {only} only"
        raise BodyInvalid(fields=[FieldError("/currency", "payment_cap", vi, en)])
    if before + owed.amount > caps[owed.currency]:
        said = amount_text(caps[owed.currency], owed.currency)
        vi = f"Chưa rõ mức phí nên áp dụng hạn mức {said} (chính sách payment.cap của {pack.id}, không phải luật)"
        en = f"The fee is not known, so the cap of {said} holds (payment.cap of {pack.id}: policy, no law)"
        raise BodyInvalid(fields=[FieldError("/amount", "payment_cap", *_with_before(vi, en, before, owed.currency))])


def _with_before(vi: str, en: str, before: int, currency: str) -> tuple[str, str]:
    if not before:
        return vi, en
    said = amount_text(before, currency)
    return f"{vi}; đã yêu cầu {said}", f"{en}; {said} was asked for before"


def _bounds(dossier: Dossier) -> dict[str, int | None]:
    """The highest sums by what the form says now, and by what was said beside it when the dossier was submitted."""
    head, form, submitted = dossier.head, dossier.form, dossier.first(DossierSubmitted)
    filed: tuple[FiledGiven, ...] = (submitted.fee.given if submitted and submitted.fee else None) or ()
    said = ((form.fee_said if form else None) or (), (each for each in filed if each.field is None))
    given = [each for some in said for each in some]
    return fees.bounds(dossier.plan, head.channel, head.agency, _day(head.submitted_at), given)


def _day(at: str | None) -> date:
    return moment(at or "").astimezone(ZONE).date()


def _requests(dossier: Dossier) -> list[PaymentRequested]:
    """What was asked for before: all of it was paid, as a dossier that waits for a payment is asked for no other."""
    rows = [row for row in dossier.events if row.type == PaymentRequested.type]
    return [typed(PaymentRequested, row.data, row.stored) for row in rows]
