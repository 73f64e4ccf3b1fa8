"""What a version offers: kind of service, channels, price list, and the level its facts allow; plan items."""

from collections.abc import Collection
from enum import StrEnum
from re import compile as pattern
from typing import Final

from msgspec.structs import replace

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import PAYS_ONLINE
from chalicelib.catalogue.procedures.parts import Component, PlanItem, Price, Provider, RecordedGates, Signing
from chalicelib.forms.form import Schema
from chalicelib.law.codes import BadCode, agency_id
from chalicelib.law.levels import Bar, Gate, Gates, LevelFinding, Reason, judge
from chalicelib.law.packs import RulePack
from chalicelib.law.problems import Problem

_QUARTER: Final = pattern(r"(20[0-9]{2})-Q([1-4])")
_FEE_WORDS: Final = pattern(r"^\W*(?:mức |tiền )?phí\b|\blệ phí\b")
# Needs that no person is asked a paper for on the online channel.
_NO_PAPER_ONLINE: Final = frozenset({"form", "paper", "data"})
# What a form that asks for something has in its schema.
_ASKING: Final = ("properties", "allOf")
GATES: Final = Gates.__struct_fields__
_PAYMENT: Final = "fee_payable_online_or_none"


class Kind(StrEnum):
    """The three kinds of service of Decree 137/2024 Art. 8(5)-(6)."""

    ADMINISTRATIVE = "administrative_procedure"
    NON_BUSINESS = "public_non_business"
    UTILITY = "public_utility"


class OnlineChannel(StrEnum):
    """The three places where a service is offered online: Decree 137/2024 Art. 8(5)."""

    NATIONAL_PORTAL = "national_portal"
    AUTHORITY_SYSTEM = "authority_system"
    PROVIDER_PORTAL = "provider_portal"


class PlanState(StrEnum):
    """How far an item of an agency's plan is: Decree 137/2024 Art. 8(6)."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


_ORDER: Final = {"none": 0, "partial": 1, "full": 2}


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with kind, provider, price list and channels: Decree 137/2024 Art. 8(5)-(6)."""
    if facts.kind not in set(Kind):
        allowed = ", ".join(Kind)
        return (Problem("/kind", "R42", f"Loại dịch vụ phải là một trong: {allowed}", f"The kind is one of {allowed}"),)
    found = list(_channels(facts, required=facts.kind != Kind.ADMINISTRATIVE))
    if facts.kind == Kind.ADMINISTRATIVE:
        if facts.prices:
            vi, en = "Thủ tục hành chính thu phí, lệ phí, không thu giá", "A procedure has fees, not prices"
            found.append(Problem("/prices", "R42", vi, en))
        return tuple(found)
    return tuple(found + _provider(facts) + _prices(facts))


def gates_of(facts: Facts, form: Schema | None, *, pays_online: bool = PAYS_ONLINE) -> Gates:
    """The gates that the facts speak of; what they do not say is None: Decree 137/2024 Art. 8(2)-(3).

    `online.gates` holds what an officer recorded and is believed first, but for payment: that follows from the price
    and from whether this system takes payments. A reason of presence or on-site verification shuts its gate (Decree
    224/2026 Art. 14).
    """
    codes = {reason.code for reason in reasons_of(facts)}
    derived = Gates(
        eform_available=_has_form(form),
        all_components_submittable_electronically=_papers_online(facts),
        fee_payable_online_or_none=payable(facts, pays_online=pays_online),
        no_physical_presence=False if "presence" in codes else None,
        no_onsite_verification=False if "on_site" in codes else None,
        result_issuable_electronically_or_postal=_result_issuable(facts),
        signing_supported=_signing(facts),
    )
    return replace(derived, **_recorded(facts.online.gates))


def _recorded(gates: RecordedGates) -> dict[str, bool]:
    said = ((name, getattr(gates, name)) for name in GATES if name != _PAYMENT)
    return {name: value for name, value in said if value is not None}


def reasons_of(facts: Facts) -> tuple[Reason, ...]:
    """The reasons the facts give for a partial service (224/2026 Art. 14)."""
    return tuple(Reason(each.code, each.legal_basis or "") for each in facts.online.reasons)


def is_barred(facts: Facts) -> bool:
    """Whether the facts say that the law keeps the procedure from electronic means: Decree 137/2024 Art. 8(1)."""
    return bool(facts.online.electronic_barred)


def level_of(
    facts: Facts,
    form: Schema | None,
    *,
    reviewed: bool = False,
    pack: RulePack | None = None,
) -> LevelFinding:
    """The level that a version's facts allow, with blockers, notices and problems: Decree 224/2026 Art. 14.

    `reviewed`: a review that meets the quality list is recorded (Decree 137/2024 Art. 8(2)).
    """
    bar = Bar(facts.online.legal_basis or "") if is_barred(facts) else None
    return judge(gates_of(facts, form), reasons_of(facts), reviewed=reviewed, bar=bar, pack=pack)


def quantity(component: Component) -> int | None:
    """How many sheets of a component are asked for; None when the record leaves it out (224/2026 Art. 15)."""
    originals, copies = component.originals, component.copies
    if not originals and not copies:
        return 0 if originals == copies == 0 else None
    return (originals or 0) + (copies or 0)


def plan_item(given: PlanItem, services: Collection[str] | None = None) -> tuple[Problem, ...]:
    """What is wrong with an item of an agency's plan: Decree 137/2024 Art. 8(6).

    `services` are the codes the catalogue holds; without them any code is taken.
    """
    found = []
    if not given.service or (services is not None and given.service not in services):
        found.append(Problem("/service", "R42", "Dịch vụ không có trong danh mục", "No such service in the catalogue"))
    try:
        agency_id(given.owner)
    except BadCode:
        vi, en = "Mã cơ quan chủ trì không đúng", "The owner is no agency identifier"
        found.append(Problem("/owner", "R34", vi, en))
    found += _levels(given)
    if not _QUARTER.fullmatch(given.quarter):
        vi, en = "Quý viết như 2026-Q4", "A quarter is written like 2026-Q4"
        found.append(Problem("/quarter", "R42", vi, en))
    if given.state not in set(PlanState):
        states = ", ".join(PlanState)
        found.append(Problem("/state", "R42", f"Trạng thái: {states}", f"The state is one of {states}"))
    return tuple(found)


def _levels(given: PlanItem) -> list[Problem]:
    found = [
        Problem(f"/{name}", "R42", "Mức: none, partial hoặc full", "A level is none, partial or full")
        for name, level in (("current", given.current), ("target", given.target))
        if level not in _ORDER
    ]
    if not found and _ORDER[given.target] < _ORDER[given.current]:
        vi, en = "Mức đích thấp hơn mức hiện tại", "The target is lower than the current level"
        found.append(Problem("/target", "R42", vi, en))
    return found


def _channels(facts: Facts, *, required: bool) -> list[Problem]:
    channels = facts.online_channels
    allowed = ", ".join(OnlineChannel)
    if not channels and required:
        vi, en = f"Cần ít nhất một kênh: {allowed}", f"At least one channel is needed: {allowed}"
        return [Problem("/online_channels", "R44", vi, en)]
    found = []
    for place, channel in enumerate(channels):
        if channel not in set(OnlineChannel) or channel in channels[:place]:
            vi, en = f"Kênh là một trong, mỗi kênh một lần: {allowed}", f"A channel is one of {allowed}, each once"
            found.append(Problem(f"/online_channels/{place}", "R44", vi, en))
    return found


def _provider(facts: Facts) -> list[Problem]:
    provider = facts.provider or Provider()
    return [
        Problem(f"/provider/{name}", "R44", "Cần nêu đơn vị cung cấp dịch vụ", "The provider has to be named")
        for name, said in (("name_vi", provider.name_vi), ("name_en", provider.name_en))
        if not (said or "").strip()
    ]


def _prices(facts: Facts) -> list[Problem]:
    found = []
    if facts.fees:
        vi, en = "Dịch vụ này thu theo giá, không thu phí, lệ phí", "This kind has prices, not fees"
        found.append(Problem("/fees", "R44", vi, en))
    if not facts.prices:
        found.append(Problem("/prices", "R44", "Cần bảng giá dịch vụ", "A price list is needed"))
    for place, price in enumerate(facts.prices):
        at, name, amount = f"/prices/{place}", price.name_vi or "", price.amount_vnd
        if not name.strip() or not (price.name_en or "").strip():
            found.append(Problem(f"{at}/name_vi", "R44", "Mỗi giá có tên", "Each price has a name in both languages"))
        elif _FEE_WORDS.search(name.casefold()):
            found.append(Problem(f"{at}/name_vi", "R44", "Gọi là giá, không gọi là phí, lệ phí", "A price is no fee"))
        if (amount is None and not price.note_vi) or (amount is not None and amount < 0):
            vi, en = "Nêu mức giá hoặc cách tính", "Give the amount, or say how it is reckoned"
            found.append(Problem(f"{at}/amount_vnd", "R44", vi, en))
    return found


def _has_form(form: Schema | None) -> Gate:
    return True if form and any(form.get(name) for name in _ASKING) else None


def _papers_online(facts: Facts) -> Gate:
    if facts.channels and "ONLINE" not in facts.channels:
        return False
    if not (facts.components or facts.says("components")):
        return None
    asked = [each for each in facts.components if each.need not in _NO_PAPER_ONLINE and quantity(each) != 0]
    said = [each.electronic for each in asked]
    if False in said:
        return False
    return None if None in said else True


def payable(facts: Facts, *, pays_online: bool) -> Gate:
    """Whether nothing is owed online or all of it can be paid there; None where nobody knows whether it is owed."""
    owed = [each.is_owed for each in facts.fees if each.is_due_online] + [is_price(each) for each in facts.prices]
    if True in owed and not pays_online:
        return False
    if None in owed:
        return None
    return True if owed or facts.free is True else None


def is_price(price: Price) -> bool:
    """Whether a line of a price list asks for something: one without an amount is reckoned as its note says."""
    return price.amount_vnd != 0 or bool(price.note_vi)


def _result_issuable(facts: Facts) -> Gate:
    if (facts.result and facts.result.template) or {"ONLINE", "AT_HOME"}.intersection(facts.returning):
        return True
    return False if facts.returning else None


def _signing(facts: Facts) -> Gate:
    signing = facts.signing or Signing()
    return True if signing.required is False else signing.supported
