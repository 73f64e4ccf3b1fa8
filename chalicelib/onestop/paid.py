"""What a paper says of the money of a dossier: what it owes by law, what was asked for and paid. Vietnamese, pure."""

from typing import Final

from chalicelib.contracts.lifecycle import PaymentRecorded, PaymentRequested
from chalicelib.contracts.stored import typed
from chalicelib.contracts.submission import FiledFee
from chalicelib.dossier.reading import Dossier
from chalicelib.law.money import amount_text

NOTHING_OWED: Final = "Hồ sơ không phát sinh nghĩa vụ tài chính"
FREE: Final = "Không thu"
UNPAID: Final = "chưa nộp"
PAID: Final = "đã nộp, biên lai số {}"


def fee_text(fee: FiledFee | None) -> str:
    """The fees and charges of a dossier as its receipt prints them (form 01); empty where its procedure names none.

    A provider's price is no fee: the receipt has a line of its own for it. Where an amount is not known, why.
    """
    lines = [line for line in fee.lines if line.type] if fee else []
    if unknown := next((line.why_vi for line in lines if line.amount is None), ""):
        return unknown
    owed: dict[str, int] = {}
    for line in lines:
        if line.amount:
            owed[line.currency or "VND"] = owed.get(line.currency or "VND", 0) + line.amount
    if not owed:
        return FREE if lines else ""
    return "; ".join(amount_text(amount, currency) for currency, amount in owed.items())


def finance_text(dossier: Dossier) -> str:
    """What was asked for and what of it was paid, as a stop notice prints it (form 05). Reads the events."""
    told = list[str]()
    for row in dossier.events:
        if row.type == PaymentRequested.type:
            asked = typed(PaymentRequested, row.data, row.stored)
            told.append(f"{amount_text(asked.amount, asked.currency)}: {UNPAID}")
        elif row.type == PaymentRecorded.type and told:
            paid = PAID.format(typed(PaymentRecorded, row.data, row.stored).proof)
            told[-1] = told[-1].replace(UNPAID, paid)
    return "; ".join(told) or NOTHING_OWED
