"""One change of one dossier: parts with names, in words of the domain, written whole or not at all.

A lost condition is told by the part's name (`kernel.aws.Lost`): "head", "task", "component", "key", "code head", "leg",
or what a caller named its fence.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Self, Unpack

from msgspec import structs

from chalicelib.contracts.bundles import ChildMoved
from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.event import told
from chalicelib.contracts.identity import OneAct
from chalicelib.contracts.onestop import LegOutcome
from chalicelib.contracts.stored import Stored, written
from chalicelib.dossier import form_people, items, references
from chalicelib.dossier.claims import Asked, Claim, Claimed, claimed_list
from chalicelib.dossier.deliveries import Delivery, listed
from chalicelib.dossier.head_fields import HeadFields
from chalicelib.dossier.holding import Acting, Shared, UsedUp
from chalicelib.dossier.marks import ClockItem
from chalicelib.dossier.on_paper import PapersItem
from chalicelib.dossier.owed import owed_keys
from chalicelib.dossier.parts import expiring_key
from chalicelib.dossier.plans import PlanItem
from chalicelib.dossier.series import SeriesItem
from chalicelib.dossier.superiors import placed
from chalicelib.dossier.table import (
    EXPIRING,
    OPEN,
    SOUGHT,
    TABLE,
    WORKLIST,
    series_key,
    shared_key,
    used_up_key,
)
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import allowances, aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ContentErased
from chalicelib.law.states import TERMINAL, DossierState

ERASED: Final = "erased"
"""What tasks and legs of an erased dossier come to."""

AWAITED_OF_CHILDREN: Final = frozenset({*TERMINAL, DossierState.PROCESSED})
"""States of a child dossier that its parent is told of."""


class Change(record.Change):
    """A change of a dossier under the version of HEAD that was read; a HEAD of version 0 makes a new draft.

    Raises ContentErased: an erased dossier changes no more.
    """

    head: items.Head

    def __init__(self, head: items.Head, now: datetime) -> None:
        if head.erased_at:
            raise ContentErased(dossier=head.pk)
        super().__init__(TABLE(), head, now)
        self._told_parent = False

    def move(self, **to: Unpack[HeadFields]) -> Self:
        """HEAD gets these values."""
        return self.put(**to)

    def keep_until(self, expires_at: str) -> Self:
        """A draft expires then, unless it is changed or submitted before."""
        return self.put(expires_at=expires_at, exp_pk=expiring_key(self.head.pk))

    def keep(self) -> Self:
        """It expires no more."""
        return self.put(expires_at=items.NEVER).take_off(EXPIRING)

    def expire(self, held: Iterable[str]) -> Self:
        """What a draft held is deleted by its sort keys, and HEAD forgets who opened it and what the form said.

        It stays on the list of those that expire until its files are gone.
        """
        for sk in held:
            self.also(f"gone {sk}", aws.delete(TABLE(), (self.head.pk, sk)))
        return self.put(expired_at=stamp(self.now), sealed="").take_off("mine_pk", "form_sha256", "named")

    def parts(self) -> dict[str, aws.Op]:
        """The operations by name, HEAD first.

        Who ends leaves the index of what is open, who is decided or erased that of names; else it stands in both.
        """
        coming = structs.replace(self.head, **self._put)
        self._tell_parent(coming)
        ended = bool(coming.expired_at) or coming.state in TERMINAL
        if not ended and self.head.open_pk is None:
            self.put(open_pk=items.open_key(self.head.pk))
        elif ended and self.head.open_pk and OPEN not in self._off:
            self.take_off(OPEN)
        if (ended or coming.erased_at or coming.decided_at) and self.head.so_pk and SOUGHT[0] not in self._off:
            self.take_off(*SOUGHT)
        has_ended = coming.state in TERMINAL and self.head.state not in TERMINAL
        if has_ended and coming.has_originals and "papers" not in self._parts:
            place = (self.head.pk, "PAPERS")
            listed = aws.update(TABLE(), place, put=owed_keys(coming, self.now), condition="attribute_exists(pk)")
            self.also("papers", listed)
        return super().parts()

    def _tell_parent(self, coming: items.Head) -> None:
        """A child that comes to a state its parent waits for says so, whoever moves it there."""
        moved = coming.state != self.head.state and coming.state in AWAITED_OF_CHILDREN
        if moved and coming.parent and coming.leg and not self._told_parent:
            self._told_parent = True
            child = ChildMoved(reference=coming.pk, parent=coming.parent, leg=coming.leg, state=int(coming.state))
            self.tell(child, actor="system")

    def require(self, part: str, fence: aws.Op) -> Self:
        """What another room's fence asks for must hold in this very transaction."""
        return self.also(part, fence)

    def pin(self, plan: PlanItem) -> Self:
        """The plan that the dossier stands under, whatever stood there."""
        return self.also("plan", aws.put(TABLE(), self._item("PLAN", plan)))

    def save_form(self, form: items.FormItem) -> Self:
        """The form's new state, whatever stood there: HEAD's version guards it, and says whom else the form names."""
        if others := form_people.others(form.named, people_of(structs.replace(self.head, named=None))):
            self.move(named=others)
        elif self.head.named:
            self.take_off("named")
        return self.also("form", aws.put(TABLE(), self._item("FORM", structs.replace(form, named=None))))

    def keep_clock(self, clock: ClockItem) -> Self:
        """What happened to its clock, whatever stood there: HEAD's version guards it."""
        return self.also("clock", aws.put(TABLE(), self._item("CLOCK", clock)))

    def keep_papers(self, papers: PapersItem) -> Self:
        """What it holds on paper, whatever stood there: HEAD's version guards it.

        Of one that ended it stands on the list of those that owe originals, until all are returned or it was told.
        """
        owes = self.head.state in TERMINAL and papers.kept and papers.told_at is None
        listed = owed_keys(self.head, self.now) if owes else {}
        self.put(has_originals=bool(papers.kept))
        return self.also("papers", aws.put(TABLE(), self._item("PAPERS", papers) | listed))

    def add_slip(self, slip: items.Slip) -> Self:
        """A row of the control slip that belongs to no task; no other one is ever changed."""
        return self.also("slip", aws.put_new(TABLE(), self._item(f"SLIP#{self.head.seq + 1:06d}", slip)))

    def keep_delivery(self, delivery: Delivery) -> Self:
        """A destination of the result, whatever stood there: HEAD's version guards it."""
        item = self._item(f"DELIVERY#{delivery.destination}", delivery) | listed(self.head.pk, delivery)
        return self.also(f"delivery {delivery.destination}", aws.put(TABLE(), item))

    def announce(self, upload: items.Upload) -> Self:
        """A file that is expected; "upload" is lost when it was announced before."""
        return self.also("upload", aws.put_new(TABLE(), self._item(f"UPLOAD#{upload.id}", upload)))

    def judge(
        self,
        upload: items.Upload,
        status: items.UploadStatus,
        *,
        version_id: str,
        reason: Mapping[str, str] | None = None,
    ) -> Self:
        """The verdict on a file that was expected; "upload" is lost when there is one already."""
        verdict = {"status": status, "version_id": version_id, **(reason or {})}
        op = aws.update(
            TABLE(),
            (self.head.pk, f"UPLOAD#{upload.id}"),
            put=verdict,
            condition="#st = :pending",
            expect={"pending": "pending"},
            reserved={"#st": "status"},
        )
        return self.also("upload", op, upload)

    def add_component(self, component: items.Component) -> Self:
        """A file that passed the checks; "component" is lost when it is there already."""
        return self.also("component", aws.put_new(TABLE(), self._item(f"COMPONENT#{component.id}", component)))

    def take_over(self, components: Iterable[items.Component]) -> Self:
        """Files of another dossier are this new one's too: the same versions, by the same keys."""
        for each in components:
            self.also(f"component {each.id}", aws.put_new(TABLE(), self._item(f"COMPONENT#{each.id}", each)))
        return self

    def settle_component(
        self,
        component: items.Component,
        digitisation: Digitisation,
        read_values: str | None = None,
        signed: items.ResultItem | None = None,
    ) -> Self:
        """Its digitisation, values read for forms (sealed), a result's message; "component" is lost where none is."""
        place, after = (self.head.pk, f"COMPONENT#{component.id}"), dict[str, object](digitisation=told(digitisation))
        after |= {"read_values": read_values} if read_values else {}
        after |= {"signed": written(signed)} if signed else {}
        op = aws.update(TABLE(), place, put=after, condition="attribute_exists(pk)")
        return self.also("component", op, component)

    def supersede(self, component: items.Component, by: str) -> Self:
        """A supplement brought another file instead; "superseded <component>" is lost when there is no such file."""
        place = (self.head.pk, f"COMPONENT#{component.id}")
        op = aws.update(TABLE(), place, put={"superseded_by": by}, condition="attribute_exists(pk)")
        return self.also(f"superseded {component.id}", op, component)

    def sort_component(self, component: items.Component, code: str, digitisation: Digitisation) -> Self:
        """Which component of the procedure a file is; "component" is lost when there is no such file."""
        place, after = (self.head.pk, f"COMPONENT#{component.id}"), {"code": code, "digitisation": told(digitisation)}
        op = aws.update(TABLE(), place, put=after, condition="attribute_exists(pk)")
        return self.also("component", op, component)

    def open_task(self, task: items.Task) -> Self:
        """A task on its agency's list, and on that of whoever has it from the beginning.

        "opened task <leg> <kind>" is lost when it was opened before.
        """
        task = placed(task, self.head.above)
        if task.claim:
            self.also("claimed", aws.put(TABLE(), self._claimed(task, task.claim)))
        item = self._item(items.task_sk(task.leg, task.kind, task.round), task)
        return self.also(
            f"opened task {task.leg} {task.kind}", aws.put_new(TABLE(), item | items.worklist_keys(task, self.head.pk))
        )

    def close_task(
        self,
        task: items.Task,
        *,
        outcome: str,
        by: str,
        key: str,
        body: str,
        officer: str = "",
        numbers: Iterable[str] = (),
        slip: items.Slip | None = None,
        acted_for: str | None = None,
    ) -> Self:
        """A task is done and off its list, with its row of the control slip.

        "task" is lost when it was done, or changed, before.
        """
        done: dict[str, object] = {"outcome": outcome, "done_at": stamp(self.now), "by": by, "key": key, "body": body}
        done |= {"officer": officer} if officer else {}
        done |= {"numbers": sorted(numbers)} if numbers else {}
        done |= {"acted_for": acted_for} if acted_for else {}
        done |= {"slip": written(slip)} if slip else {}
        return self.also("task", self._closed(task, done), task)

    def claim_task(self, task: items.Task, claim: Claim | None, asked: Asked | None = None) -> Self:
        """An open task is somebody's, or with None nobody's; "task" is lost when it was done, or changed, before."""
        after = structs.replace(task, claim=claim, unheld_at=None if claim else task.unheld_at)
        given = {"claim": claim and told(claim), "asked": asked and told(asked), "version": task.version + 1}
        op = aws.update(
            TABLE(),
            (self.head.pk, items.task_sk(task.leg, task.kind, task.round)),
            put={**given, **items.worklist_keys(after, self.head.pk)},
            remove=("unheld_at",) if claim else ("claim",),
            condition="#st = :open AND #ve = :version",
            expect={"open": "open", "version": task.version},
            reserved={"#st": "status", "#ve": "version"},
        )
        if claim:
            self.also("claimed", aws.put(TABLE(), self._claimed(task, claim)))
        if task.claim and (claim is None or claim.officer != task.claim.officer):
            self._off_the_list_of(task.claim.officer, task)
        return self.also("task", op, task)

    def _claimed(self, task: items.Task, claim: Claim) -> aws.Item:
        sk = items.task_id(self.head.pk, task.leg, task.kind, task.round)
        shown = {n: getattr(task, n) for n in ("leg", "kind", "procedure", "opened_at", "due_at")} | {"agency": task.at}
        row = Claimed(sk=sk, reference=self.head.pk, round=task.round, dossier_code=self.head.dossier_code, **shown)
        return {"pk": claimed_list(claim.officer), **written(row)}

    def _off_the_list_of(self, officer: str, task: items.Task) -> None:
        sk = items.task_id(self.head.pk, task.leg, task.kind, task.round)
        self.also(f"no more claimed {sk}", aws.delete(TABLE(), (claimed_list(officer), sk)))

    def drop_task(self, task: items.Task, outcome: str = ERASED) -> Self:
        """An open task that nobody will do is off its list; "task <leg> <kind>" is lost when it was done or changed."""
        done = {"outcome": outcome, "done_at": stamp(self.now)}
        return self.also(f"task {task.leg} {task.kind}", self._closed(task, done), task)

    def _closed(self, task: items.Task, done: Mapping[str, object]) -> aws.Op:
        """A task is off its lists, if it is still open as it was read."""
        if task.claim:
            self._off_the_list_of(task.claim.officer, task)
        return aws.update(
            TABLE(),
            (self.head.pk, items.task_sk(task.leg, task.kind, task.round)),
            put={"status": "done", "version": task.version + 1, **done},
            remove=(*WORKLIST, SOUGHT[0]),
            condition="#st = :open AND #ve = :version",
            expect={"open": "open", "version": task.version},
            reserved={"#st": "status", "#ve": "version"},
        )

    def end_leg(self, leg: str, outcome: str = ERASED) -> Self:
        """An agency's part comes to nothing; "leg <leg>" is lost when it came to something meanwhile."""
        place, after = (self.head.pk, f"LEG#{leg}"), {"outcome": told(LegOutcome(outcome=outcome, leg=leg))}
        return self.also(f"leg {leg}", aws.update(TABLE(), place, put=after, condition="attribute_not_exists(outcome)"))

    def put_off(self, task: items.Task, due_at: str) -> Self:
        """An open task is due at another time, a stored stamp; "task <leg> <kind>" is lost when it was done meanwhile.

        What marked it as overdue goes: by its new time it is not, or will be marked again.
        """
        moved = structs.replace(task, due_at=due_at)
        if task.claim:
            name = items.task_id(self.head.pk, task.leg, task.kind, task.round)
            self.also(f"claimed {name}", aws.put(TABLE(), self._claimed(moved, task.claim)))
        op = aws.update(
            TABLE(),
            (self.head.pk, items.task_sk(task.leg, task.kind, task.round)),
            put={"due_at": due_at, **items.worklist_keys(moved, self.head.pk)},
            remove=("overdue_at",),
            condition="#st = :open",
            expect={"open": "open"},
            reserved={"#st": "status"},
        )
        return self.also(f"task {task.leg} {task.kind}", op, task)

    def mark_overdue(self, task: items.Task) -> Self:
        """Note once that an open task is overdue; "task" is lost when it was done or marked before."""
        op = aws.update(
            TABLE(),
            (self.head.pk, items.task_sk(task.leg, task.kind, task.round)),
            put={"overdue_at": stamp(self.now)},
            condition="#st = :open AND attribute_not_exists(overdue_at)",
            expect={"open": "open"},
            reserved={"#st": "status"},
        )
        return self.also("task", op, task)

    def complete_leg(self, leg: str, outcome: LegOutcome, approver: str = "", reason: str = "") -> Self:
        """What an agency's part came to, who approved it and why, encrypted; "leg" is lost when it is known already."""
        place = (self.head.pk, f"LEG#{leg}")
        after = {"outcome": told(outcome), "approver": approver or None, "done_at": stamp(self.now)}
        after |= {"reason": reason} if reason else {}
        return self.also("leg", aws.update(TABLE(), place, put=after, condition="attribute_not_exists(outcome)"))

    def add_result(self, number: int, result: items.ResultItem) -> Self:
        """A signed result; "result" is lost when the number is taken."""
        return self.also("result", aws.put_new(TABLE(), self._item(f"RESULT#KQ{number}", result)))

    def name(self, code: str) -> Self:
        """The dossier gets its code; "code head" is lost when another dossier has it.

        It is named like a HEAD, so `record.settled` decides again, with the next serial: a restore may bring old ones.
        """
        return self.also("code head", references.coded(code, self.head.pk)).move(dossier_code=code)

    def take_number(self, agency: str, year: int, last: int) -> Self:
        """The number after the last one of this series is the dossier's; "series head" is lost when another was faster.

        It is named like a HEAD, as `record.settled` reads, decides and writes again when one is lost.
        """
        op = aws.update(
            TABLE(),
            series_key(agency, year),
            put=written(SeriesItem(last=last + 1)),
            condition="#la = :last" if last else "attribute_not_exists(pk)",
            expect={"last": last} if last else {},
            reserved={"#la": "last"} if last else {},
        )
        return self.also("series head", op)

    def share_with(self, holder: str) -> Self:
        """The dossier stands on the list of somebody beside its holder; "shared <holder>" is lost when it does."""
        place = {"pk": shared_key(holder), "sk": self.head.mine_sk}
        head, mine = self.head, items.holder_key(holder)
        listed = Shared(mine_pk=mine, mine_sk=head.mine_sk, procedure=head.procedure, state=head.state)
        return self.also(f"shared {holder}", aws.put_new(TABLE(), place | written(listed)))

    def use_up(self, acting: Acting) -> Self:
        """This dossier is what terms for one act were for, of its mandate and of the one above; of others nothing.

        "one act", or "one act above", is lost when another dossier was.
        """
        used = {"one act": OneAct(id=acting.under, version=acting.version) if acting.for_one_act else None}
        for part, terms in {**used, "one act above": acting.above}.items():
            if terms:
                pk, sk = used_up_key(terms.id, terms.version)
                self.also(part, aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(UsedUp(reference=self.head.pk))}))
        return self

    def use_key(self, holder: str, key: str, body: str, *, event: int | None = None) -> Self:
        """What is done here is done under an Idempotency-Key; "key" is lost when it came first elsewhere."""
        return self.also("key", references.used(holder, key, body, self.head.pk, event, self.now))

    def count_draft(self, holder: str) -> Self:
        """It is one more draft that somebody opens on this day; `allowances.PART` is lost where they may open none."""
        return self.also(allowances.PART, allowances.counted(TABLE(), holder, "draft", self.now))

    def _item(self, sk: str, thing: Stored) -> aws.Item:
        return {"pk": self.head.pk, "sk": sk, **written(thing)}
