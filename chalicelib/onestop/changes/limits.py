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
from chalicelib.law.sums import check_asked


@dataclass(frozen=True, slots=True)
class Owed:
    """What the applicant has to pay: in whole units of the currency, until when (a stored stamp), and why in words."""

    amount: int
    currency: str
    reason: str
    pay_by: str | None = None


def require_owed(dossier: Dossier, owed: Owed) -> None:
    """Raise BodyInvalid unless a dossier may be asked for a sum, beside what it was asked for before."""
    head = dossier.head
    before = sum(each.amount for each in _requests(dossier) if each.currency == owed.currency)
    pack = packs.pinned(head.rule_pack, _day(head.accepted_at or head.submitted_at))
    if wrong := check_asked(owed.amount, owed.currency, _bounds(dossier), pack, before):
        raise BodyInvalid(fields=[FieldError(wrong.pointer, wrong.rule, wrong.vi, wrong.en)])


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
