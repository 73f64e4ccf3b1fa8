"""The most that may be asked of a payer: what the procedure charges, else the cap of the rule pack. Pure."""

from collections.abc import Mapping

from chalicelib.law.money import amount_text
from chalicelib.law.packs import RulePack
from chalicelib.law.problems import Problem


def check_asked(
    amount: int, currency: str, bounds: Mapping[str, int | None], pack: RulePack, before: int = 0
) -> Problem | None:
    """The problem of a sum beside what was asked before, by `/amount` or `/currency`; whole units of the currency.

    `bounds` are the highest sums of the procedure by currency, None where no sum is certain: there the cap of the pack
    holds (`payment.cap`), and says that it is a policy.
    """
    if currency not in bounds:
        only = ", ".join(sorted(bounds))
        vi, en = f"Phí của thủ tục tính bằng {only}", f"The fee of the procedure is in {only}"
        return Problem("/currency", "fee_currency", vi, en)
    most = bounds[currency]
    if most is None:
        return _check_capped(amount, currency, pack, before)
    if before + amount <= most:
        return None
    said = amount_text(most, currency)
    vi, en = f"Thủ tục thu tối đa {said}", f"The procedure charges {said} at most"
    return Problem("/amount", "fee_most", *_with_before(vi, en, before, currency))


def _check_capped(amount: int, currency: str, pack: RulePack, before: int) -> Problem | None:
    caps = {each.currency: each.most for each in pack.rules.payment_cap.value}
    if currency not in caps:
        only = ", ".join(sorted(caps))
        vi, en = f"Chỉ có hạn mức cho {only}", f"A cap is set for {only} only"
        return Problem("/currency", "payment_cap", vi, en)
    if before + amount <= caps[currency]:
        return None
    said = amount_text(caps[currency], currency)
    vi = f"Chưa rõ mức phí nên áp dụng hạn mức {said} (chính sách payment.cap của {pack.id}, không phải luật)"
    en = f"The fee is not known, so the cap of {said} holds (payment.cap of {pack.id}: policy, no law)"
    return Problem("/amount", "payment_cap", *_with_before(vi, en, before, currency))


def _with_before(vi: str, en: str, before: int, currency: str) -> tuple[str, str]:
    if not before:
        return vi, en
    said = amount_text(before, currency)
    return f"{vi}; đã yêu cầu {said}", f"{en}; {said} was asked for before"
