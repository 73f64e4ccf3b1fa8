"""The plan that a dossier stands under: kept once under its own SHA-256 and named by it, or whole in its item.

What is kept under a hash never changes, so a process holds it for as long as it likes.
"""

import contextlib
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Collection
from typing import Final

import msgspec

from chalicelib.contracts.plan import Office, Part, Plan
from chalicelib.contracts.stored import Raw, Stored, Unreadable, lifts, read, typed, written
from chalicelib.dossier.table import TABLE, content_key
from chalicelib.kernel import aws
from chalicelib.kernel.ids import canonical

MOST: Final = 200
"""Plans that a process holds; the one that was read longest ago goes first."""

_held: OrderedDict[str, Plan] = OrderedDict()
_lock = threading.Lock()


class PinnedPlan(Plan, frozen=True, kw_only=True):
    """The version of the procedure and the office that the draft was opened under, and the channel it came by.

    `service_channel`: of Decree 137/2024 Art. 8(5); None of what an earlier release opened. It stands here and not in
    HEAD, which is written by every step.
    """

    office: Office
    service_channel: str | None = None


class PlanPin(Part, frozen=True, kw_only=True):
    """The same in short: the plan is named by its SHA-256. `min_level` is here too, for whoever asks for that alone."""

    procedure: str
    version: int
    sha256: str
    min_level: int
    office: Office
    service_channel: str | None = None


class PlanItem(Stored, frozen=True, kw_only=True):
    """What the dossier pins: a whole plan, or since `MOTCUA_PLANS_BY_HASH` 1 the short form; one of the two.

    `is_anew`: its release kept the form elsewhere, so a draft takes the version in force.
    """

    shape = 1

    plan: PinnedPlan | None = None
    pin: PlanPin | None = None
    is_anew: bool = False


@lifts(PlanItem, 0)
def _plan_0(raw: Raw) -> Raw:
    """78549b0 kept the form in the plan, knew administrative procedures only, and owed no notice of the level."""
    plan = {"notice_vi": "", "notice_en": "", **raw["plan"]}
    return {**raw, "plan": plan, "is_anew": "form" in plan}


class PlanContent(Stored, frozen=True, kw_only=True):
    """A plan as JSON text under the SHA-256 of that text: written once, never changed, never deleted."""

    shape = 1

    plan: str


def pinned(plan: Plan, office: Office, service_channel: str | None) -> PinnedPlan:
    """A plan as a dossier before this office pins it."""
    return PinnedPlan(**msgspec.structs.asdict(plan), office=office, service_channel=service_channel)


def named(plan: Plan, sha256: str, office: Office, service_channel: str | None) -> PlanItem:
    """What a dossier pins of a plan that is kept under this hash."""
    pin = PlanPin(
        procedure=plan.procedure,
        version=plan.version,
        sha256=sha256,
        min_level=plan.min_level,
        office=office,
        service_channel=service_channel,
    )
    return PlanItem(pin=pin)


def content(plan: Raw) -> tuple[str, aws.Op]:
    """A plan as it was told: the hash by which it is named, and its item, which is lost when it is kept already."""
    text = canonical(plan)
    sha256 = _sha256(text)
    pk, sk = content_key(sha256)
    return sha256, aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(PlanContent(plan=text))})


def whole(item: PlanItem, record: str) -> PinnedPlan:
    """The plan that an item pins; one that is named by its hash is read once by a process.

    Raises Unreadable under the record's name: the item says no plan, or what it names is not kept or was changed.
    """
    if pin := item.pin:
        return pinned(_kept(pin.sha256, record), pin.office, pin.service_channel)
    if item.plan is None:
        raise Unreadable("PlanItem: plan: missing", record)
    return item.plan


def learn(plans: Collection[PlanItem]) -> None:
    """Before the plans of a page of a list are asked for: read those that this process does not hold in one call."""
    wanted = {item.pin.sha256 for item in plans if item.pin}
    unknown = [content_key(sha256) for sha256 in sorted(wanted) if sha256 not in _held]
    for row in aws.many(TABLE(), unknown):
        with contextlib.suppress(Unreadable):  # `whole` says of which dossiers it is
            _hold(row)


def forget() -> None:
    """Hold nothing any more."""
    with _lock:
        _held.clear()


def _kept(sha256: str, record: str) -> Plan:
    with _lock:
        if found := _held.get(sha256):
            _held.move_to_end(sha256)
            return found
    row = aws.get(TABLE(), *content_key(sha256))
    if row is None:
        raise Unreadable(f"PlanContent {sha256}: missing", record)
    said, plan = _hold(row)
    if said != sha256:
        raise Unreadable(f"PlanContent {sha256}: not what its hash says", record)
    return plan


def _hold(row: aws.Item) -> tuple[str, Plan]:
    """The plan in an item, and the hash of its text, under which it is held. Raises Unreadable."""
    text = read(PlanContent, row).plan
    sha256, plan = _sha256(text), typed(Plan, json.loads(text), row)
    with _lock:
        _held[sha256] = plan
        while len(_held) > MOST:
            _held.popitem(last=False)
    return sha256, plan


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
