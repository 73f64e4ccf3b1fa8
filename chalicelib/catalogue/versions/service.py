"""Keeping versions: draft, review, publish, withdraw, compare."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypedDict

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import (
    Done,
    Finding,
    NationalRecord,
    ProcedureHead,
    Reviewed,
    TakeBack,
    VersionItem,
    VersionState,
)
from chalicelib.catalogue.procedures.model import DATA_AUTHOR, SHIPPED, is_public, is_readable, keeper_of, keeps
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.records.starting import draft_of, form_of
from chalicelib.catalogue.refusals import DraftOpen, NotItsKeeper, refused
from chalicelib.catalogue.versions import changes, model
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.keyed import KeyedAct
from chalicelib.catalogue.versions.ports import Proposals, Running
from chalicelib.catalogue.versions.publishing import in_force_on, published, put_out, take_back
from chalicelib.catalogue.versions.stored import version_of
from chalicelib.contracts.catalogue import VersionMoved, VersionReviewed, VersionSaved, VersionStarted
from chalicelib.contracts.event import Event
from chalicelib.dossier.second_person import doer_of, judge, require_other, require_second, with_numbers
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.problem import ForbiddenStep, LostUpdate, NotFound
from chalicelib.law.problems import Problem, errors
from chalicelib.law.validity import in_force

type Change = Callable[[VersionItem, datetime], tuple[VersionItem, Event]]

RUNNING_SHOWN = 20
"""Running dossiers listed of each partition: a publisher wants to see which, not all of ten thousand."""


class Comparison(NamedTuple):
    """What a version changes against another, and the running dossiers that such changes would touch."""

    against: int | None
    changes: tuple[changes.Change, ...]
    running: tuple[changes.Touched, ...]
    running_listed: int


class Kept(NamedTuple):
    """The versions of a procedure as they read today, its national record, and what an import changed in that last.

    `former` is the record of the import before; None of one that was imported once, or changed last by a release that
    did not keep it.
    """

    versions: list[VersionItem]
    national: NationalRecord | None
    former: NationalRecord | None
    changes: tuple[changes.Change, ...]


@dataclass(frozen=True)
class Editing:
    """Use cases of those who keep the catalogue. Versions of another agency's procedure look like none."""

    procedures: Procedures
    running: Running
    proposals: Proposals
    clock: Clock

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    # --- changing --------------------------------------------------------------------------------------------

    def start(
        self, who: Principal, code: str, facts: Facts | None, based_on: str, act: KeyedAct, *, alone: bool = False
    ) -> VersionItem:
        """A new draft from the record, the version in force, its restructuring, or facts given whole; once per key.

        A code that is not known yet becomes the agency's own; else a draft moves no ownership. `alone`: only where no
        other draft is open. Raises NotFound, NotItsKeeper, DraftOpen, KeyReused, VersionInvalid for another code.
        """
        if facts is not None:
            _require_code(facts, code)

        def once() -> VersionItem:
            head, owner, keeper = self._keeper(who, code)
            before = self.procedures.versions(code) if head.version else []
            known = next((each for each in before if act.is_in(each)), None)
            if known:
                return known
            if alone:
                _require_none_open(before)
            begin, form = (facts, None) if facts is not None else self._beginning(head, code, based_on)
            now = self.clock()
            draft = VersionItem(
                code=code,
                version=head.latest + 1,
                owner=who.agency,
                state=VersionState.DRAFT,
                author=_by(who, now),
                authors=(who.subject,),
                author_numbers=with_numbers((), who),
                edit=1,
                facts_text="",
                form_text="",
            ).saying(begin, form or form_of(begin))
            item = act.kept(draft)
            told = VersionStarted(**_named(item))
            begun = dict.fromkeys([keeper] if head.record else [])
            self.procedures.keep(
                head, [told], now, actor=who.subject, versions=[item], unbegun=begun, latest=item.version, owner=owner
            )
            return item

        return record.settled(once)

    def _keeper(self, who: Principal, code: str) -> tuple[ProcedureHead, str, str]:
        """A procedure that the principal's agency keeps, or may create, its owner as it will be stored, its keeper."""
        head, national = self.procedures.head(code), self.procedures.national(code)
        if not head.version:
            return head, who.agency, who.agency
        keeper = keeper_of(head, national)
        if keeps(who.agency, keeper):
            return head, head.owner, keeper
        if is_public(head):
            raise NotItsKeeper(owner=keeper or None)
        raise NotFound(what="procedure")

    def _beginning(self, head: ProcedureHead, code: str, based_on: str) -> tuple[Facts, dict[str, object] | None]:
        """Facts to begin with, and the form that goes on with them; None where a plain one is made."""
        if based_on == "record":
            national = self.procedures.national(code)
            if national is None:
                raise NotFound(what="record")
            return draft_of(national.facts), None
        current = self._version_now(code, head)
        # A form that somebody wrote goes on; a plain one follows the components, which change.
        form = current.form if current and current.form != form_of(current.facts) else None
        if based_on == "review":
            return self.proposals.draft(code, current), form
        if current is None:
            raise NotFound(what="version")
        return current.facts, form

    def save(
        self, who: Principal, code: str, number: int, facts: Facts, form: dict[str, object] | None, edit: int
    ) -> VersionItem:
        """Save a draft whole; what still keeps it from publication is told with it, not refused.

        Raises NotFound, LostUpdate, ForbiddenStep (it is no draft any more), VersionInvalid for another code.
        """
        _require_code(facts, code)

        def change(item: VersionItem, now: datetime) -> tuple[VersionItem, Event]:
            if item.edit != edit:
                raise LostUpdate(current_version=item.edit)
            if item.state is not VersionState.DRAFT:
                raise ForbiddenStep(state=item.state.value, wanted=VersionState.DRAFT.value)
            authors = tuple(sorted({*item.all_authors, who.subject}))
            theirs = {"authors": authors, "author_numbers": with_numbers(item.author_numbers, who)}
            written = structs.replace(item, author=_by(who, now), **theirs, edit=edit + 1)
            saved = written.saying(facts, form or form_of(facts))
            return saved, VersionSaved(**_named(saved))

        return self._changed(who, code, number, change)

    def submit(self, who: Principal, code: str, number: int, act: KeyedAct, *, only_whole: bool = False) -> VersionItem:
        """Hand a draft over to review; `only_whole`: not one that something keeps from being published.

        Raises NotFound, ForbiddenStep, KeyReused, VersionInvalid for what is not whole.
        """

        def change(item: VersionItem, _now: datetime) -> tuple[VersionItem, Event]:
            kept = _moved(item, "submit")
            if only_whole and (wrong := errors(self.problems(item))):
                raise refused(wrong)
            return kept, VersionMoved(**_named(kept), act="submit")

        return self._changed(who, code, number, change, act)

    def review(
        self, who: Principal, code: str, number: int, findings: Sequence[Finding], act: KeyedAct, *, accepted: bool
    ) -> VersionItem:
        """Record a review, or send the version back to its author. Raises NotFound, ForbiddenStep, VersionInvalid."""

        def change(item: VersionItem, now: datetime) -> tuple[VersionItem, Event]:
            told = Reviewed(by=who.subject, at=stamp(now), findings=tuple(findings))
            if not accepted:
                back = structs.replace(_moved(item, "return"), returned=told)
                return back, VersionMoved(**_named(back), act="return")
            vi, en = "Người rà soát phải khác người soạn", "The reviewer is another person than the author"
            wrote = refused([Problem("/review/reviewer", "R43", vi, en)])
            officers = [each for each in item.all_authors if each != DATA_AUTHOR]
            require_second(doer_of(who), officers, item.author_numbers, wrote)
            found = model.Review(who.subject, now.astimezone(ZONE).date(), told.findings)
            try:
                model.record(version_of(item), found)
            except model.IllegalMove as illegal:
                raise ForbiddenStep(state=illegal.state.value, wanted=illegal.act) from None
            except model.NotPublishable as bad:
                raise refused(bad.problems) from None
            reviewed = structs.replace(item, review=told, edit=item.edit + 1)
            return reviewed, VersionReviewed(**_named(reviewed))

        return self._changed(who, code, number, change, act)

    def _changed(
        self, who: Principal, code: str, number: int, change: Change, act: KeyedAct | None = None
    ) -> VersionItem:
        def once() -> VersionItem:
            head, item = self._own(who, code, number)
            if act and act.is_in(item):
                return item
            now = self.clock()
            kept, told = change(item, now)
            kept = act.kept(kept) if act else kept
            self.procedures.keep(head, [told], now, actor=who.subject, versions=[kept])
            return kept

        return record.settled(once)

    def publish(self, who: Principal, code: str, number: int, effective_from: date, act: KeyedAct) -> VersionItem:
        """Publish a reviewed version from a Vietnamese day on; the one before ends on that day (rule R41).

        Raises NotFound, ForbiddenStep, VersionInvalid naming everything that keeps it back.
        """

        def once() -> VersionItem:
            head, item = self._own(who, code, number)
            if act.is_in(item):
                return item
            now, others = self.clock(), self.procedures.versions(code)
            wanted = structs.replace(act.kept(item), effective_from=effective_from.isoformat())
            done, before = published(
                who.subject,
                wanted,
                others,
                now,
                self._recorded(code),
                self.procedures.knows_agency,
                in_force_on(self.procedures, effective_from),
            )
            put_out(self.procedures, head, done, before, now)
            return done

        return record.settled(once)

    def withdraw(self, who: Principal, code: str, number: int, reason: str, act: KeyedAct) -> VersionItem:
        """Take a version back: no draft of it is submitted any more; dossiers that were received go on (rule R41).

        One that was published takes two publishers: until another one says it too it is kept as proposed, and in force.
        No text of law was found that says how many; it is policy, as a service in force is everybody's.
        """

        def once() -> VersionItem:
            head, item = self._own(who, code, number)
            if act.is_in(item):
                return item
            now = self.clock()
            kept = act.kept(_moved(item, "withdraw"))
            if not keeps(who.agency, item.owner):
                raise NotFound(what="version")  # a version that another agency put out is replaced, not taken back
            if item.state is VersionState.REPLACED and (item.effective_to or "") <= self._today().isoformat():
                raise ForbiddenStep(state=item.state.value, wanted="withdraw")
            waits = item.take_back
            if item.is_out and waits:
                if (judged := judge(doer_of(who), [waits.by], waits.numbers)).said == "same":
                    return item
                require_other(judged, ForbiddenStep(state=item.state.value, wanted="withdraw"))
            if item.is_out and waits is None:
                asked = TakeBack(by=who.subject, at=stamp(now), reason=reason, numbers=with_numbers((), who))
                kept = structs.replace(act.kept(item), take_back=asked)
                told = VersionMoved(**_named(kept), act="propose_withdrawal", reason=reason)
                self.procedures.keep(head, [told], now, actor=who.subject, versions=[kept])
            elif item.is_out:
                take_back(self.procedures, head, kept, reason, who.subject, now)
            else:
                told = VersionMoved(**_named(kept), act="withdraw", reason=reason)
                self.procedures.keep(head, [told], now, actor=who.subject, versions=[kept])
            return kept

        return record.settled(once)

    # --- reading ---------------------------------------------------------------------------------------------

    def _own(
        self, who: Principal, code: str, number: int, *, shipped: bool = False
    ) -> tuple[ProcedureHead, VersionItem]:
        """A version of a procedure that the principal's agency keeps; `shipped`: or one that came with the project."""
        head, item = self.procedures.head(code), self.procedures.version(code, number)
        if item is None or not (self._is_kept(who, head, code) or (shipped and item.owner == SHIPPED)):
            raise NotFound(what="version")
        return head, item

    def _is_kept(self, who: Principal, head: ProcedureHead, code: str) -> bool:
        return keeps(who.agency, keeper_of(head, self.procedures.national(code)))

    def version(self, who: Principal, code: str, number: int) -> tuple[VersionItem, tuple[Problem, ...]]:
        """A version of one's own agency or a shipped one, and what keeps it from publication. Raises NotFound."""
        _, item = self._own(who, code, number, shipped=True)
        return self._as_of_today(item), self.problems(item)

    def problems(self, item: VersionItem) -> tuple[Problem, ...]:
        """What keeps a version from publication."""
        in_force = in_force_on(self.procedures, self.clock().astimezone(ZONE).date())
        return problems_of(item, self._recorded(item.code), self.procedures.knows_agency, in_force)

    def versions(self, who: Principal, code: str) -> Kept:
        """Every version of one's own agency's procedure, of another's those shipped, and the national record.

        Raises NotFound.
        """
        head, national = self.procedures.head(code), self.procedures.national(code)
        is_kept = keeps(who.agency, keeper_of(head, national))
        if not is_kept and not is_readable(head):
            raise NotFound(what="procedure")
        shown = [each for each in self.procedures.versions(code) if is_kept or each.owner == SHIPPED]
        former = self.procedures.national_before(code) if national and national.again else None
        said = changes.diff(plain(former.facts), plain(national.facts)) if national and former else []
        return Kept([self._as_of_today(each) for each in shown], national, former, tuple(said))

    def _as_of_today(self, item: VersionItem) -> VersionItem:
        """A version as it reads today."""
        return structs.replace(item, state=item.state_on(self._today()))

    def compare(self, who: Principal, code: str, number: int) -> Comparison:
        """What a version changes against the one in force, and which running dossiers such a change would touch."""
        head, item = self._own(who, code, number, shipped=True)
        current = self._version_now(code, head)
        found = changes.diff(_compared(current) if current else {}, _compared(item))
        rows = self.running.running(code, RUNNING_SHOWN)
        mine = [each for each in rows if each.agency == who.agency]  # another agency's are counted, not named
        return Comparison(
            against=current.version if current else None,
            changes=tuple(found),
            running=tuple(changes.touched(found, [(each.reference, each.version, int(each.state)) for each in mine])),
            running_listed=len(rows),
        )

    def _recorded(self, code: str) -> Facts | None:
        """What the national record says of a procedure; None when there is none."""
        national = self.procedures.national(code)
        return national.facts if national else None

    def _version_now(self, code: str, head: ProcedureHead) -> VersionItem | None:
        """The version in force today; None when there is none."""
        number = in_force(head.windows, self._today())
        return self.procedures.version(code, number) if number else None


def _compared(item: VersionItem) -> dict[str, object]:
    """What of a version is compared: its facts as they were sent, and its form."""
    return {**plain(item.facts), "form": item.form}


def _moved(item: VersionItem, act: model.Act) -> VersionItem:
    """The version in the state that the act leads to. Raises ForbiddenStep."""
    try:
        moved = model.move(version_of(item), act)
    except model.IllegalMove as illegal:
        raise ForbiddenStep(state=illegal.state.value, wanted=illegal.act) from None
    review = item.review if moved.review else None
    return structs.replace(item, state=moved.state, edit=item.edit + 1, review=review)


def _require_none_open(versions: Sequence[VersionItem]) -> None:
    for each in versions:
        if each.state in (VersionState.DRAFT, VersionState.REVIEW):
            raise DraftOpen(version=each.version)


def _require_code(facts: Facts, code: str) -> None:
    if facts.code != code:
        vi, en = "Mã thủ tục phải là mã của phiên bản", "The code is that of the version"
        raise refused([Problem("/facts/code", "code", vi, en)])


def _by(who: Principal, now: datetime) -> Done:
    return Done(by=who.subject, at=stamp(now))


class _Names(TypedDict):
    procedure: str
    version: int
    state: str


def _named(item: VersionItem) -> _Names:
    """What every event of a version says."""
    return {"procedure": item.code, "version": item.version, "state": item.state.value}
