"""A version goes out: what keeps it back is named, the one before it ends, everybody is told in the same write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Unpack

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import Done, Finding, ProcedureHead, Reviewed, VersionItem, VersionState
from chalicelib.catalogue.procedures.listed import UNKNOWN, ListedRow, row
from chalicelib.catalogue.procedures.model import (
    DATA_AUTHOR,
    EXAMPLE_PUBLISHER,
    EXAMPLE_REVIEWER,
    SHIPPED,
    promulgator_of,
    shipped_print,
)
from chalicelib.catalogue.procedures.ports import HeadFields, Procedures
from chalicelib.catalogue.refusals import refused
from chalicelib.catalogue.versions import model as versions
from chalicelib.catalogue.versions.bundles import ChildOf
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.pinned import level_of_version, plan
from chalicelib.catalogue.versions.routes import IsAgency, anybody
from chalicelib.catalogue.versions.stored import version_of
from chalicelib.contracts.catalogue import (
    ProcedurePublished,
    ProcedureTransferred,
    ProcedureWithdrawn,
    VersionMoved,
    VersionStarted,
)
from chalicelib.contracts.plan import Window
from chalicelib.kernel import record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.problem import ForbiddenStep
from chalicelib.law.problems import Problem, errors
from chalicelib.law.validity import in_force

TOLD_BYTES: Final = 200_000
"""Facts and form together: the event that tells of a publication carries them, and a bus takes 256 KB."""


def published(
    publisher: str,
    item: VersionItem,
    others: Sequence[VersionItem],
    now: datetime,
    record: Facts | None = None,
    is_agency: IsAgency = anybody,
    child_of: ChildOf | None = None,
) -> tuple[VersionItem, VersionItem | None]:
    """The version as published and the one before it, ended; `record`: what its national record says.

    `is_agency`: whether an identifier of its route is an agency of the catalogue; `child_of`: the version in force of
    another procedure.

    Raises ForbiddenStep, or VersionInvalid naming it all.
    """
    wrong, closed = list(errors(problems_of(item, record, is_agency, child_of))), None
    try:
        rest = [_held(version_of(each)) for each in others if each.version != item.version]
        _, closed = versions.publish(version_of(item), publisher, now.astimezone(ZONE).date(), rest)
    except versions.IllegalMove as illegal:
        raise ForbiddenStep(state=illegal.state.value, wanted=illegal.act) from None
    except versions.NotPublishable as bad:
        wrong += bad.problems
    if len(f"[{item.facts_text},{item.form_text}]".encode()) > TOLD_BYTES:
        vi, en = f"Nội dung và biểu mẫu tối đa {TOLD_BYTES} byte", f"Facts and form have at most {TOLD_BYTES} bytes"
        wrong.append(Problem("", "max_bytes", vi, en))
    if wrong:
        raise refused(wrong)
    by = Done(by=publisher, at=stamp(now))
    done = structs.replace(item, state=VersionState.PUBLISHED, edit=item.edit + 1, publisher=by)
    if closed is None:
        return done, None
    before = next(each for each in others if each.version == closed.number)
    return done, structs.replace(before, effective_to=item.effective_from, state=VersionState.REPLACED)


def _held(version: versions.Version) -> versions.Version:
    """A version that another one ends keeps its days until then: nothing may be published into them."""
    if version.state is not VersionState.REPLACED:
        return version
    return replace(version, state=VersionState.PUBLISHED)


def in_force_on(procedures: Procedures, day: date) -> ChildOf:
    """Finds the version of a procedure that is in force on a Vietnamese day: that on which a bundle begins."""

    def found(code: str) -> VersionItem | None:
        number = in_force(procedures.head(code).windows, day)
        return procedures.version(code, number) if number else None

    return found


def put_out(
    procedures: Procedures,
    head: ProcedureHead,
    item: VersionItem,
    before: VersionItem | None,
    now: datetime,
    **put: Unpack[HeadFields],
) -> None:
    """Write a published version with its fences, its row, and the event that tells everybody. Raises Lost."""
    windows = windows_with(head.windows, item, before)
    told = ProcedurePublished(**structs.asdict(plan(item)), form=item.form_text, windows=windows)
    ended = [before] if before else []
    moved = [VersionMoved(procedure=v.code, version=v.version, state=v.state.value, act="replace") for v in ended]
    put |= {"current": item.version, "windows": windows}
    procedures.keep(
        head,
        [told, *moved],
        now,
        actor=item.publisher.by if item.publisher else "",
        versions=[item, *ended],
        fenced=True,
        row=_row(item.facts, level_of_version(item).level.key, windows, head),
        **put,
    )


def take_back(
    procedures: Procedures, head: ProcedureHead, kept: VersionItem, reason: str, actor: str, now: datetime
) -> None:
    """Write a withdrawn version, its fence closed; what is in force without it is listed. Raises Lost."""
    windows = tuple(each for each in head.windows if each.version != kept.version)
    number = in_force(windows, now.astimezone(ZONE).date())
    left = procedures.version(kept.code, number) if number else None
    national = procedures.national(kept.code) if head.record and left is None else None
    procedures.keep(
        head,
        [ProcedureWithdrawn(procedure=kept.code, version=kept.version, reason=reason, windows=windows)],
        now,
        actor=actor,
        versions=[kept],
        fenced=True,
        row=_row(
            (left or national or kept).facts, level_of_version(left).level.key if left else UNKNOWN, windows, head
        ),
        current=number or 0,
        windows=windows,
    )


def _row(facts: Facts, level: str, windows: tuple[Window, ...], head: ProcedureHead) -> ListedRow:
    return row(facts, level, windows=windows, recorded=bool(head.record))


def window(item: VersionItem) -> Window:
    """When a version is in force; open at the end when it has none."""
    return Window(version=item.version, opens=item.effective_from or "", closes=item.effective_to)


def windows_with(known: Sequence[Window], item: VersionItem, before: VersionItem | None) -> tuple[Window, ...]:
    """When which version is in force, the newest last, once `item` is published and `before` ends for it."""
    kept = [each for each in known if before is None or each.version != before.version]
    return (*kept, *(window(each) for each in (before, item) if each))


def _first_day(head: ProcedureHead, now: datetime) -> date:
    """Today; after a version that begins today, the day after: a day has one version, also when we deploy twice."""
    today, begun = now.astimezone(ZONE).date(), [date.fromisoformat(each.opens) for each in head.windows]
    return max([today, *(day + timedelta(days=1) for day in begun)])


@dataclass(frozen=True)
class Shipping:
    """Loads what comes with the project: drafts at a deployment, published examples at the start of a local cloud."""

    procedures: Procedures
    clock: Clock

    def draft(self, facts: Facts, form: dict[str, object]) -> int:
        """Begin a draft of these facts for the body that promulgated them; what anybody has begun is left alone."""

        def once() -> int:
            head = self.procedures.head(facts.code)
            if head.latest:
                return head.latest
            now, owner = self.clock(), head.owner or promulgator_of(facts)
            item = VersionItem(
                code=facts.code,
                version=1,
                owner=owner,
                state=VersionState.DRAFT,
                author=Done(by=DATA_AUTHOR, at=stamp(now)),
                edit=1,
                facts_text="",
                form_text="",
            ).saying(facts, form)
            told = VersionStarted(procedure=item.code, version=item.version, state=item.state.value)
            put: HeadFields = {"latest": item.version, "owner": owner, "shipped": shipped_print(facts, form)}
            self.procedures.keep(head, [told], now, actor=SHIPPED, versions=[item], **put)
            return item.version

        return record.settled(once)

    def publish(self, facts: Facts, form: dict[str, object], findings: Sequence[Finding]) -> int:
        """Publish these facts as a new version unless they are out; a procedure that an agency works at is left alone.

        It belongs to the body that promulgated it, whatever agency drafted at it under an earlier release. `findings`
        are those of an invented reviewer: a local stage's only. Raises VersionInvalid: what is shipped obeys the rules.
        """
        print_of, owner = shipped_print(facts, form), promulgator_of(facts) or SHIPPED
        record.settled(lambda: self._give_back(facts.code, owner))

        def once() -> int:
            head = self.procedures.head(facts.code)
            others = self.procedures.versions(facts.code) if head.version else []
            if head.version and (head.shipped == print_of or any(each.owner != SHIPPED for each in others)):
                return head.current
            now = self.clock()
            at, day = stamp(now), self._first_day(facts, head, now)
            item = VersionItem(
                code=facts.code,
                version=head.latest + 1,
                owner=SHIPPED,
                state=VersionState.REVIEW,
                author=Done(by=DATA_AUTHOR, at=at),
                review=Reviewed(by=EXAMPLE_REVIEWER, at=at, findings=tuple(findings)),
                effective_from=day.isoformat(),
                edit=1,
                facts_text="",
                form_text="",
            ).saying(facts, form)
            done, before = published(EXAMPLE_PUBLISHER, item, others, now, child_of=in_force_on(self.procedures, day))
            put_out(self.procedures, head, done, before, now, latest=item.version, owner=owner, shipped=print_of)
            return item.version

        return record.settled(once)

    def _first_day(self, facts: Facts, head: ProcedureHead, now: datetime) -> date:
        """Of a bundle not before the newest versions of its children: it fills their forms in."""
        started = {leg.starts.procedure for legs in facts.route or () for leg in legs if leg.starts}
        opened = [date.fromisoformat(w.opens) for code in started for w in self.procedures.head(code).windows]
        return max([_first_day(head, now), *opened])

    def _give_back(self, code: str, owner: str) -> None:
        """What was shipped and an earlier release let an agency take over goes back to its keeper."""
        head = self.procedures.head(code)
        if head.shipped and not head.handed and head.owner != owner:
            told = ProcedureTransferred(procedure=code, former=head.owner, owner=owner, ground="promulgated")
            self.procedures.keep(head, [told], self.clock(), actor=SHIPPED, owner=owner)
