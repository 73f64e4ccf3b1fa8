"""The one reader of a dossier: HEAD and the parts that a step asks for, in as few queries as their order allows."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec
from msgspec.structs import replace

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.stored import Stored, Unreadable, name_of, typed
from chalicelib.contracts.stored import read as lifted_read
from chalicelib.dossier import items
from chalicelib.dossier.breakage import sound
from chalicelib.dossier.deliveries import Delivery
from chalicelib.dossier.marks import ClockItem
from chalicelib.dossier.on_paper import PapersItem
from chalicelib.dossier.parts import expiring_key
from chalicelib.dossier.plans import PinnedPlan, PlanItem, whole
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws, log, record
from chalicelib.kernel.problem import LogBroken


class Part(StrEnum):
    """What a dossier consists of, by the beginning of its sort key, in the order of the partition."""

    CLOCK = "CLOCK"
    COMPONENTS = "COMPONENT#"
    DELIVERIES = "DELIVERY#"
    EVENTS = "EVENT#"
    FORM = "FORM"
    HEAD = "HEAD"
    LEGS = "LEG#"
    PAPERS = "PAPERS"
    PLAN = "PLAN"
    RESULTS = "RESULT#"
    SLIPS = "SLIP#"
    TASKS = "TASK#"
    UPLOADS = "UPLOAD#"


KINDS: Final[Mapping[Part, type[Stored]]] = {
    Part.CLOCK: ClockItem,
    Part.COMPONENTS: items.Component,
    Part.DELIVERIES: Delivery,
    Part.FORM: items.FormItem,
    Part.LEGS: items.Leg,
    Part.PAPERS: PapersItem,
    Part.RESULTS: items.ResultItem,
    Part.SLIPS: items.Slip,
    Part.TASKS: items.Task,
    Part.UPLOADS: items.Upload,
}
"""The type of each part of which a row may be left out."""
WHOLE: Final = frozenset(Part)
HEAVY: Final = frozenset({Part.COMPONENTS, Part.EVENTS, Part.FORM, Part.UPLOADS})
"""Parts that are not read only because they lie between two others: a further query costs less."""
LAST: Final = "\U0010ffff"


class _Row(msgspec.Struct, frozen=True):
    """What every row has."""

    sk: str


class NotRead(LookupError):
    """A part of a dossier that was not asked for when it was read."""


class Dossier(msgspec.Struct, frozen=True):
    """What was read under one reference. Raises NotRead for a part that was not asked for."""

    head: items.Head
    asked: frozenset[Part]
    _pinned: PlanItem | None = None
    _plan: PinnedPlan | None = None
    _form: items.FormItem | None = None
    _components: tuple[items.Component, ...] = ()
    _uploads: tuple[items.Upload, ...] = ()
    _tasks: tuple[items.Task, ...] = ()
    _slips: tuple[items.Slip, ...] = ()
    _results: tuple[items.ResultItem, ...] = ()
    _events: tuple[record.LogRow, ...] = ()
    _clock: ClockItem | None = None
    _legs: Mapping[str, items.Leg] = msgspec.field(default_factory=dict)
    _papers: PapersItem | None = None
    _deliveries: tuple[Delivery, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Rows that are not as they were written, by their places, where it was read as far as it can be read."""

    @property
    def reference(self) -> str:
        """The reference."""
        return self.head.pk

    @property
    def pinned(self) -> PlanItem:
        """The plan as it is stored."""
        return self._there(self._pinned)

    @property
    def plan(self) -> PinnedPlan:
        """The version of the procedure and the office that it stands under."""
        return self._there(self._plan)

    @property
    def form(self) -> items.FormItem | None:
        """The form; None before it was saved."""
        return self._got(Part.FORM, self._form)

    @property
    def clock(self) -> ClockItem:
        """What happened to its clock; nothing, where nothing is stored."""
        return self._got(Part.CLOCK, self._clock) or ClockItem()

    @property
    def papers(self) -> PapersItem | None:
        """What it holds on paper; None of what came online."""
        return self._got(Part.PAPERS, self._papers)

    @property
    def components(self) -> tuple[items.Component, ...]:
        """Files that passed the checks."""
        return self._got(Part.COMPONENTS, self._components)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Where its result goes beside the vault."""
        return self._got(Part.DELIVERIES, self._deliveries)

    def delivery(self, destination: str) -> Delivery | None:
        """One of them."""
        return next((each for each in self.deliveries if each.destination == destination), None)

    @property
    def uploads(self) -> tuple[items.Upload, ...]:
        """Files that were announced."""
        return self._got(Part.UPLOADS, self._uploads)

    @property
    def tasks(self) -> tuple[items.Task, ...]:
        """All tasks, open and done."""
        return self._got(Part.TASKS, self._tasks)

    @property
    def legs(self) -> Mapping[str, items.Leg]:
        """Agencies' parts that a driver waits for or that are done, by their names."""
        return self._got(Part.LEGS, self._legs)

    @property
    def done_legs(self) -> frozenset[str]:
        """The names of the agencies' parts that came to something."""
        return frozenset(name for name, leg in self.legs.items() if leg.outcome)

    @property
    def begun_legs(self) -> frozenset[str]:
        """The names of the agencies' parts in which there is a task, open or done."""
        return frozenset(task.leg for task in self.tasks)

    @property
    def slips(self) -> tuple[items.Slip, ...]:
        """The control slip in order."""
        return self._got(Part.SLIPS, self._slips)

    @property
    def results(self) -> tuple[items.ResultItem, ...]:
        """Signed results in order."""
        return self._got(Part.RESULTS, self._results)

    @property
    def events(self) -> tuple[record.LogRow, ...]:
        """The log in order."""
        return self._got(Part.EVENTS, self._events)

    def filled(self, form: items.FormItem, sha256: str, expires_at: str) -> "Dossier":
        """As it stands when this form was saved; the log and HEAD's version are those from before."""
        kept = {"expires_at": expires_at, "exp_pk": expiring_key(self.reference)}
        head = replace(self.head, form_version=form.version, form_sha256=sha256, **kept)
        return replace(self, head=head, _form=form)

    def task(self, leg: str, kind: str, nth: int = 1) -> items.Task | None:
        """A task of a leg: the first of its kind, or a later one."""
        return next((t for t in self.tasks if (t.leg, t.kind, t.round) == (leg, kind, nth)), None)

    def rounds(self, leg: str, kind: str) -> int:
        """How many tasks of a kind a leg has, open and done."""
        return sum(t.leg == leg and t.kind == kind for t in self.tasks)

    @property
    def open_task(self) -> items.Task | None:
        """The task that says who holds the dossier until when; None when nobody has to act.

        In a state that interrupts the settlement it is the one that the state waits for; an opinion that was asked for
        holds nothing by itself, and the confirmation of a payment, or an objection, nothing at all.
        """
        awaited = items.AWAITED.get(self.head.state)
        held = (t for t in self.tasks if t.is_open and t.kind not in items.ASIDE)
        found = sorted(held, key=lambda task: task.kind == "consult")
        return next((t for t in found if t.kind == awaited), found[0] if found else None)

    def first[E: Event](self, kind: type[E]) -> E | None:
        """The first event of a kind in the log. Raises stored.Unreadable."""
        row = next((r for r in self.events if r.type == kind.type), None)
        return typed(kind, row.data, row.stored) if row else None

    def last[E: Event](self, kind: type[E]) -> tuple[E, str] | None:
        """The last event of a kind in the log, and when it was told. Raises stored.Unreadable."""
        row = next((r for r in reversed(self.events) if r.type == kind.type), None)
        return (typed(kind, row.data, row.stored), row.at) if row else None

    def _there[T](self, value: T | None) -> T:
        found = self._got(Part.PLAN, value)
        if found is None:
            raise Unreadable("PlanItem: missing", f"{self.reference}/{Part.PLAN}")
        return found

    def _got[T](self, part: Part, value: T) -> T:
        if part not in self.asked:
            raise NotRead(f"{self.reference}: {part.name} was not read")
        return value


def read(reference: str, *parts: Part, whole: bool = False) -> Dossier | None:
    """A draft or dossier with the parts asked for; None when there is none. Raises stored.Unreadable, by name.

    With its events their chain is proved: raises record.LogBroken.
    """
    asked = WHOLE if whole else frozenset({Part.HEAD, *parts})
    if asked == {Part.HEAD}:
        found = aws.get(TABLE(), reference, Part.HEAD)
        return dossier_of([found] if found else [], asked)
    if Part.EVENTS not in asked:
        return _read(reference, asked)

    def once() -> tuple[Dossier | None, tuple[record.LogRow, ...], items.Head | None]:
        found = _read(reference, asked)
        return found, found.events if found else (), found.head if found else None

    return record.proved(reference, once)


def read_as_far(reference: str, *parts: Part, whole: bool = False) -> Dossier | None:
    """The same for whoever looks and decides nothing: rows that are not as they were written are named and left out.

    Who operates the stage hears of it. Raises stored.Unreadable where HEAD, or a plan that is asked for, is such a row.
    """
    try:
        return read(reference, *parts, whole=whole)
    except (LogBroken, Unreadable) as error:
        log.trouble("dossier read as far as it can be", error)
    asked = WHOLE if whole else frozenset({Part.HEAD, *parts})
    return dossier_of(_rows(reference, asked), asked, as_far=True)


def _read(reference: str, asked: frozenset[Part]) -> Dossier | None:
    return dossier_of(_rows(reference, asked), asked)


def _rows(reference: str, asked: frozenset[Part]) -> list[aws.Item]:
    return [row for first, last in spans(_lying(asked)) for row in aws.between(TABLE(), reference, first, last + LAST)]


def _lying(asked: frozenset[Part]) -> frozenset[Part]:
    """Where the parts lie: a row of the slip with its task, of earlier releases by itself."""
    return asked | {Part.TASKS} if Part.SLIPS in asked else asked


def spans(asked: Iterable[Part]) -> list[tuple[Part, Part]]:
    """First and last part of each query: parts that lie together, or have only light ones between them."""
    order, found = list(Part), list[tuple[Part, Part]]()
    for part in sorted(asked, key=order.index):
        if found and not HEAVY & set(order[order.index(found[-1][1]) + 1 : order.index(part)]):
            found[-1] = (found[-1][0], part)
        else:
            found.append((part, part))
    return found


def dossier_of(rows: Iterable[aws.Item], asked: frozenset[Part], *, as_far: bool = False) -> Dossier | None:
    """A dossier from rows of its partition; None when HEAD is not among them. Raises stored.Unreadable.

    A plan that is named by its hash is read, unless this process holds it. `as_far`: rows that are broken are named.
    """
    unread = list[str]()
    by_part: dict[Part, list[aws.Item]] = {part: [] for part in Part}
    for row in rows:
        which = next((p for p in Part if row["sk"].startswith(p)), None)
        if which is not None:
            by_part[which].append(row)
        elif as_far:
            unread.append(name_of(row))
        else:
            raise Unreadable("Dossier: no part of ours", name_of(row))
    if not by_part[Part.HEAD]:
        return None

    def all_of[S: Stored](part: Part, kind: type[S]) -> tuple[S, ...]:
        return tuple(lifted_read(kind, row) for row in by_part[part]) if part in asked else ()

    (head,) = by_part[Part.HEAD]
    if as_far:
        events = sound(by_part, KINDS, by_part[Part.EVENTS], lifted_read(items.Head, head), unread)
    else:
        events = tuple(record.log_row(row) for row in by_part[Part.EVENTS])
    pinned = next(iter(all_of(Part.PLAN, PlanItem)), None)
    return Dossier(
        lifted_read(items.Head, head),
        asked,
        pinned,
        whole(pinned, name_of(by_part[Part.PLAN][0])) if pinned else None,
        next(iter(all_of(Part.FORM, items.FormItem)), None),
        all_of(Part.COMPONENTS, items.Component),
        all_of(Part.UPLOADS, items.Upload),
        all_of(Part.TASKS, items.Task),
        _slips(by_part) if Part.SLIPS in asked else (),
        all_of(Part.RESULTS, items.ResultItem),
        events,
        next(iter(all_of(Part.CLOCK, ClockItem)), None),
        _legs(by_part[Part.LEGS]) if Part.LEGS in asked else {},
        next(iter(all_of(Part.PAPERS, PapersItem)), None),
        all_of(Part.DELIVERIES, Delivery),
        tuple(unread),
    )


def _slips(rows: Mapping[Part, list[aws.Item]]) -> tuple[items.Slip, ...]:
    """The control slip in order: rows of tasks, and those of originals and of earlier releases."""
    former = [lifted_read(items.Slip, row) for row in rows[Part.SLIPS]]
    tasks = [lifted_read(items.Task, row) for row in rows[Part.TASKS]]
    handed = (slip for task in tasks for slip in (task.handed, task.slip) if slip)
    return tuple(sorted((*former, *handed), key=lambda slip: slip.at))


def _legs(rows: Iterable[aws.Item]) -> Mapping[str, items.Leg]:
    """The agencies' parts by the names in their sort keys."""
    return {row["sk"].removeprefix(Part.LEGS): lifted_read(items.Leg, row) for row in rows}


def level_of(known: int | None, reference: str) -> int:
    """The level of identity that a draft or dossier is read with: the one that is known, else that of its plan."""
    if known is not None:
        return known
    found = aws.get(TABLE(), reference, Part.PLAN)
    if found is None:
        return UNSAID_LEVEL
    item = lifted_read(PlanItem, found)
    return (item.pin or whole(item, name_of(found))).min_level


def held(reference: str) -> list[str]:
    """The sort keys of all that stands under a reference but HEAD and the log, whether it can be read or not."""
    rows = (typed(_Row, row, row) for row in aws.query(TABLE(), reference))
    return [row.sk for row in rows if row.sk != Part.HEAD and not row.sk.startswith(Part.EVENTS)]


def read_component(reference: str, component: str) -> items.Component | None:
    """One component alone."""
    found = aws.get(TABLE(), reference, f"{Part.COMPONENTS}{component}")
    return lifted_read(items.Component, found) if found else None


def read_place(reference: str, component: str) -> tuple[items.Head, items.Component] | None:
    """A component with HEAD of its dossier, as they were a moment ago; None where either is not there.

    For who changes both: what changed since is lost or contended then, and half a unit for each is one of HEAD alone.
    """
    keys = [(reference, Part.HEAD.value), (reference, f"{Part.COMPONENTS}{component}")]
    found = {typed(_Row, row, row).sk: row for row in aws.many(TABLE(), keys)}
    if len(found) < len(keys):
        return None
    return lifted_read(items.Head, found[keys[0][1]]), lifted_read(items.Component, found[keys[1][1]])


def read_leg(reference: str, leg: str) -> items.Leg | None:
    """A leg's token and outcome."""
    found = aws.get(TABLE(), reference, f"LEG#{leg}")
    return lifted_read(items.Leg, found) if found else None


def read_event[E: Event](reference: str, number: int, kind: type[E]) -> E:
    """One event of the log. Raises stored.Unreadable, also when there is none."""
    key = {"pk": reference, "sk": f"EVENT#{number:06d}"}
    return typed(kind, (aws.get(TABLE(), **key) or {}).get("data"), key)


def read_row(reference: str, number: int) -> record.LogRow:
    """A row of the log, whatever it tells. Raises stored.Unreadable, also when there is none."""
    key = {"pk": reference, "sk": f"EVENT#{number:06d}"}
    return record.log_row(aws.get(TABLE(), **key) or key)
