"""The facts of a procedure, as a version or a national record says them, and how they are read.

A version and a record say the same things by the same names; some names only one of them has. `given.plain` writes
them: with the names that were said, no more, so that facts which did not change have the same fingerprint.
"""

import json
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from chalicelib.catalogue.procedures import fees
from chalicelib.catalogue.procedures.children import Supplement
from chalicelib.catalogue.procedures.fees import Fee, FeeAnswer
from chalicelib.catalogue.procedures.given import Given, given
from chalicelib.catalogue.procedures.parts import (
    Appeal,
    Case,
    Component,
    Flags,
    Leg,
    LifeGroup,
    Method,
    Named,
    Note,
    Online,
    PlanItem,
    Price,
    Promulgator,
    Provider,
    Result,
    ReturnWays,
    Signing,
    Source,
    Step,
    Term,
    Unknown,
)
from chalicelib.contracts.event import heard


class Facts(Given, frozen=True, kw_only=True):
    """The facts of a procedure. `methods` and `results` are a record's alone.

    `delegated_to` and `coordinated_by` may have words of the record instead of a name; `receiving_vi` is where to hand
    in, `description_vi` what a record says besides its requirements.
    """

    code: str
    name_vi: str = ""
    name_en: str | None = None
    kind: str = ""
    variant_of: str | None = None
    agency: str | None = None
    source: Source | None = None
    field: Named | None = None
    fields: tuple[Named, ...] = ()
    promulgated_by: Promulgator | None = None
    performed_by: str | None = None
    performers: tuple[Named, ...] = ()
    decided_by: tuple[Named, ...] = ()
    delegated_to: tuple[Named, ...] = ()
    coordinated_by: tuple[Named, ...] = ()
    subjects: tuple[Named, ...] = ()
    life_groups: tuple[LifeGroup, ...] = ()
    administrative_level: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    online_channels: tuple[str, ...] = ()
    online: Online = Online()
    term: Term | None = None
    supplement: Supplement | None = None
    withdrawal: str | None = None
    silence: str | None = None
    confirm_within: str | None = None
    fees: tuple[Fee, ...] = ()
    fee_answers: tuple[FeeAnswer, ...] = ()
    prices: tuple[Price, ...] = ()
    free: bool | None = None
    provider: Provider | None = None
    methods: tuple[Method, ...] = ()
    cases: tuple[Case, ...] = ()
    components: tuple[Component, ...] = ()
    notes: tuple[Note, ...] = ()
    requirements_vi: str | None = None
    description_vi: str | None = None
    receiving_vi: str | None = None
    result: Result | None = None
    results: tuple[Named, ...] = ()
    returning: tuple[str, ...] = ()
    return_ways: tuple[ReturnWays, ...] = ()
    steps: tuple[Step, ...] = ()
    signing: Signing | None = None
    legal_bases: tuple[Named, ...] = ()
    min_level: int | None = None
    route: tuple[tuple[Leg, ...], ...] | None = None
    appeal: Appeal | None = None
    plan_items: tuple[PlanItem, ...] = ()
    flags: Flags | None = None
    unknown: tuple[Unknown, ...] = ()
    note_vi: str | None = None

    @property
    def all_fields(self) -> tuple[Named, ...]:
        """Its fields; where only the first one is named, that one."""
        return self.fields or ((self.field,) if self.field else ())

    @property
    def all_results(self) -> tuple[Named, ...]:
        """Its results; where only the one that is issued is named, that one."""
        return self.results or ((self.result,) if self.result else ())


_NAMED: Final = ("subjects", "legal_bases", "decided_by")
_EARLIER: Final = frozenset({"reason", "offline_only"})


def facts_of(raw: object) -> Facts:
    """Facts from plain JSON, or from its text, whatever release wrote it. Raises contracts.event.Malformed."""
    return given(Facts, _lifted(json.loads(raw) if isinstance(raw, str) else raw))


def _lifted(raw: object) -> object:
    """What earlier releases wrote: bare names, one reason, a bar under another name, fees as sums of dong."""
    if not isinstance(raw, Mapping):
        return raw
    lifted = dict(raw)
    for name in _NAMED:
        if isinstance(names := lifted.get(name), list):
            lifted[name] = [{"code": None, "name_vi": each} if isinstance(each, str) else each for each in names]
    for name, lift in (("fees", fees.lifted), ("prices", _price)):
        if isinstance(owed := lifted.get(name), list):
            lifted[name] = [lift(each) for each in owed]
    if isinstance(online := lifted.get("online"), Mapping) and _EARLIER & online.keys():
        lifted["online"] = _online(online)
    return lifted


def _price(raw: object) -> object:
    """A price without the claim that it can be paid online, which is no matter of the price."""
    if not isinstance(raw, Mapping):
        return raw
    return {name: value for name, value in raw.items() if name != "payable_online"}


class _Earlier(Struct, frozen=True):
    reason: str | None = None
    offline_only: bool | None = None
    electronic_barred: bool | None = None
    legal_basis: str | None = None
    reasons: tuple[object, ...] | None = None


def _online(raw: Mapping[str, object]) -> dict[str, object]:
    before = heard(_Earlier, raw)
    kept = {name: value for name, value in raw.items() if name not in _EARLIER}
    barred, reasons = bool(before.offline_only or before.electronic_barred), before.reasons or ()
    if before.reason and not barred:
        reasons = reasons or ({"code": before.reason, "legal_basis": before.legal_basis},)
    return {**kept, "reasons": reasons, "electronic_barred": barred}
