"""What of the fees keeps a version from being published: what nobody decided, a price that is said to be payable."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import CURRENCY, PAYERS, PAYS_ONLINE, READINGS, Fee
from chalicelib.catalogue.procedures.offering import is_price, payable
from chalicelib.catalogue.records.charges import charges_of
from chalicelib.law.problems import Problem
from chalicelib.law.scales import faults

_FEES: Final = "/facts/fees"
_IN_WORDS: Final = frozenset({"conditional", "elsewhere", "free"})
_SHOWN: Final = 160  # as much of the record's own words as a message quotes


def fee_problems(facts: Facts) -> Iterator[Problem]:
    """What is wrong with the fees of a version, and with what it claims of them."""
    for place, fee in enumerate(facts.fees):
        yield from _fee(f"{_FEES}/{place}", fee, facts)
    counted = Counter((fee.channel, fee.type) for fee in facts.fees if fee.is_certain)
    for place, fee in enumerate(facts.fees):
        if fee.is_certain and counted[fee.channel, fee.type] > 1:
            vi, en = "Hai mức cùng loại cho mọi người trên một kênh", "Two fees of one type, both owed by everybody"
            yield Problem(f"{_FEES}/{place}/reading", "twice", vi, en)
    yield from _claims(facts)


def fees_left_out(facts: Facts, record: Facts) -> Iterator[Problem]:
    """Fees of the national record that the version does not have with the record's words."""
    for charge in charges_of(record):
        if not any(_is_kept(charge, fee) for fee in facts.fees):
            words = (charge.words_vi or charge.record or "")[:_SHOWN]
            vi = f"Bản ghi quốc gia có khoản phí chưa được đưa vào ({charge.channel}): “{words}”"
            en = f"The national record has a fee that is left out here ({charge.channel}): “{words}”"
            yield Problem(_FEES, "record_words", vi, en)


def _is_kept(charge: Fee, fee: Fee) -> bool:
    same = (charge.channel, charge.type, charge.record) == (fee.channel, fee.type, fee.record)
    return same and charge.words_vi in fee.words_vi


def _fee(at: str, fee: Fee, facts: Facts) -> Iterator[Problem]:
    if fee.channel is not None and facts.channels and fee.channel not in facts.channels:
        vi, en = f"Thủ tục không có cách nộp {fee.channel}", f"The procedure has no channel {fee.channel}"
        yield Problem(f"{at}/channel", "channel", vi, en)
    if unknown := sorted(set(fee.exempts) - PAYERS):
        vi, en = f"Không có nhóm người nộp {unknown[0]}", f"No such group of payers: {unknown[0]}"
        yield Problem(f"{at}/exempts", "payer", vi, en)
    moneys = [("currency", fee.currency)]
    moneys += [(f"tiers/{place}/currency", tier.currency) for place, tier in enumerate(fee.tiers)]
    for pointer, money in moneys:
        if money is not None and not CURRENCY.fullmatch(money):
            yield Problem(f"{at}/{pointer}", "currency", "Loại tiền theo ISO 4217, như VND", "A currency is like VND")
    if fee.reading not in READINGS:
        yield _undecided(f"{at}/reading", fee)
    else:
        yield from _decided(at, fee)


def _undecided(at: str, fee: Fee) -> Problem:
    words = (fee.words_vi or fee.record or "")[:_SHOWN]
    ways = ", ".join(sorted(READINGS))
    vi = f"Cần quyết định khoản phí này là gì ({ways}): “{words}”"
    return Problem(at, "decide", vi, f"Decide what this fee is ({ways}): “{words}”")


def _decided(at: str, fee: Fee) -> Iterator[Problem]:
    """What a decision needs: a sum with its money, tiers that leave nothing open, none, or words."""
    if fee.reading in {"exact", "each"}:
        yield from _owed(at, fee)
    if fee.reading == "tiered":
        for fault in faults(fee.reckoned_by()):
            yield Problem(f"{at}/{fault.place}", fault.rule, fault.vi, fault.en)
    elif fee.scale:
        vi, en = (
            "Cách tính theo bậc chỉ dùng cho khoản phí tiered",
            "Only a fee that is tiered is reckoned by its tiers",
        )
        yield Problem(f"{at}/scale", "tiered", vi, en)
    if fee.reading == "free" and fee.amount != 0:
        yield Problem(f"{at}/amount", "free", "Miễn phí thì mức là 0", "What is free has the amount 0")
    if fee.reading == "elsewhere" and fee.amount is not None:
        vi, en = "Mức do văn bản khác quy định thì để trống", "A fee that another text sets has no amount here"
        yield Problem(f"{at}/amount", "elsewhere", vi, en)
    if fee.reading in _IN_WORDS and not fee.words_vi:
        vi, en = "Cần ghi rõ điều kiện hoặc văn bản quy định", "The condition, or the text that says so, is needed"
        yield Problem(f"{at}/condition_vi", "complete", vi, en)


def _owed(at: str, fee: Fee) -> Iterator[Problem]:
    """A sum that is owed by everybody, or for each of something."""
    if not fee.amount:
        yield Problem(f"{at}/amount", "complete", "Cần mức phí lớn hơn 0", "An amount above 0 is needed")
    if fee.currency is None:
        yield Problem(f"{at}/currency", "complete", "Cần loại tiền", "The currency is needed")
    if fee.reading == "exact" and (fee.tiers or fee.exempts):
        vi = "Có nhiều mức hoặc có người được miễn thì không phải ai cũng nộp đúng mức này"
        en = "With tiers, or with somebody spared, not everybody owes exactly this"
        yield Problem(f"{at}/reading", "exact", vi, en)
    if fee.reading == "each" and not fee.per_vi:
        yield Problem(f"{at}/per_vi", "complete", "Cần đơn vị tính", "For each what it is owed has to be said")


def _claims(facts: Facts) -> Iterator[Problem]:
    """What a version says of payment against its own price."""
    owed = [fee for fee in facts.fees if fee.reading != "free"]
    if facts.free is True and (owed or any(is_price(each) for each in facts.prices)):
        vi, en = "Có khoản phải nộp thì không ghi là miễn phí", "Something is owed: it cannot be said to be free"
        yield Problem("/facts/free", "free", vi, en)
    claimed = facts.online.gates.fee_payable_online_or_none
    if claimed and payable(facts, pays_online=PAYS_ONLINE) is not True:
        vi = "Có khoản phải nộp, hoặc chưa rõ, mà hệ thống này chưa thanh toán trực tuyến: không phải toàn trình"
        en = "Something is owed, or may be, that cannot be paid online here: the service is not end to end"
        yield Problem("/facts/online/gates/fee_payable_online_or_none", "R02", vi, en)
