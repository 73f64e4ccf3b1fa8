"""Keeping versions: draft, review, publish, withdraw, compare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.model import SHIPPED, in_force, is_open_to, windows_of
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.records.starting import draft_of, form_of
from chalicelib.catalogue.versions import model as versions
from chalicelib.catalogue.versions.changes import diff, touched
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.keyed import KeyedAct
from chalicelib.catalogue.versions.ports import Proposals, Running
from chalicelib.catalogue.versions.publishing import published, put_out, refused, take_back
from chalicelib.catalogue.versions.stored import version_of
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.errors import ForbiddenStep, LostUpdate, NotFound
from chalicelib.kernel.events import EventType, Fact
from chalicelib.law.problems import Problem

type Change = Callable[[dict[str, Any], datetime], tuple[dict[str, Any], Fact]]

OUT = (versions.VersionState.PUBLISHED, versions.VersionState.REPLACED)
RUNNING_SHOWN = 20
"""Running dossiers listed of each partition: a publisher wants to see which, not all of ten thousand."""


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
        self, who: Principal, code: str, facts: Mapping[str, Any] | None, based_on: str, act: KeyedAct
    ) -> dict[str, Any]:
        """A new draft from the record, the version in force, its restructuring, or facts given whole; once per key.

        Raises NotFound, KeyReused, VersionInvalid for facts of another code.
        """
        if facts is not None:
            _require_code(facts, code)

        def once() -> dict[str, Any]:
            head = self.procedures.head(code)
            if head and not is_open_to(head, who.agency):
                raise NotFound(what="procedure")
            before = self.procedures.versions(code) if head else []
            known = next((dict(v) for v in before if act.is_in(v)), None)
            if known:
                return known
            begin, form = (dict(facts), None) if facts is not None else self._beginning(head, code, based_on)
            now = self.clock()
            item = {
                "code": code,
                "version": (head["latest"] if head else 0) + 1,
                "owner": who.agency,
                "state": versions.VersionState.DRAFT.value,
                "author": {"by": who.subject, "at": stamp(now)},
                "facts": begin,
                "form": form or form_of(facts_of(begin)),
                "edit": 1,
                "keys": act.kept({}),
                "authors": [who.subject],
            }
            fact = Fact(EventType.VERSION_STARTED, _named(item), actor=who.subject)
            put = {"latest": item["version"], "owner": who.agency}
            self.procedures.keep(code, head, [fact], now, put=put, versions=[item])
            return item

        return record.settled(once)

    def _beginning(
        self, head: Mapping[str, Any] | None, code: str, based_on: str
    ) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Facts to begin with, and the form that goes on with them; None where a plain one is made."""
        if based_on == "record":
            national = self.procedures.national(code)
            if national is None:
                raise NotFound(what="record")
            return plain(draft_of(facts_of(national["facts"]))), None
        current = self._version_now(code, head)
        # A form that somebody wrote goes on; a plain one follows the components, which change.
        form = current["form"] if current and current["form"] != form_of(facts_of(current["facts"])) else None
        if based_on == "review":
            return plain(self.proposals.draft(code, current)), form
        if current is None:
            raise NotFound(what="version")
        return dict(current["facts"]), form

    def save(
        self,
        who: Principal,
        code: str,
        number: int,
        facts: Mapping[str, Any],
        form: Mapping[str, Any] | None,
        edit: int,
    ) -> dict[str, Any]:
        """Save a draft whole; what still keeps it from publication is told with it, not refused.

        Raises NotFound, LostUpdate, ForbiddenStep (it is no draft any more), VersionInvalid for another code.
        """
        _require_code(facts, code)

        def change(item: dict[str, Any], now: datetime) -> tuple[dict[str, Any], Fact]:
            if item["edit"] != edit:
                raise LostUpdate(current_version=item["edit"])
            if item["state"] != versions.VersionState.DRAFT:
                raise ForbiddenStep(state=item["state"], wanted=versions.VersionState.DRAFT.value)
            saved = {
                **item,
                "facts": dict(facts),
                "form": dict(form) if form else form_of(facts_of(facts)),
                "edit": edit + 1,
            }
            saved["author"] = {"by": who.subject, "at": stamp(now)}
            saved["authors"] = sorted({*_authors(item), who.subject})
            return saved, Fact(EventType.VERSION_SAVED, _named(saved), actor=who.subject)

        return self._changed(who, code, number, change)

    def submit(self, who: Principal, code: str, number: int, act: KeyedAct) -> dict[str, Any]:
        """Hand a draft over to review. Raises NotFound, ForbiddenStep, KeyReused."""
        return self._changed(who, code, number, lambda item, _now: self._moved(who, item, "submit"), act)

    def review(
        self,
        who: Principal,
        code: str,
        number: int,
        findings: Sequence[Mapping[str, Any]],
        act: KeyedAct,
        *,
        accepted: bool,
    ) -> dict[str, Any]:
        """Record a review, or send the version back to its author. Raises NotFound, ForbiddenStep, VersionInvalid."""

        def change(item: dict[str, Any], now: datetime) -> tuple[dict[str, Any], Fact]:
            if not accepted:
                kept, fact = self._moved(who, item, "return")
                why = {"by": who.subject, "at": stamp(now), "findings": [dict(f) for f in findings]}
                return {**kept, "returned": why}, fact
            if who.subject in _authors(item):
                vi, en = "Người rà soát phải khác người soạn", "The reviewer is another person than the author"
                raise refused([Problem("/review/reviewer", "R43", vi, en)])
            given = tuple(versions.Finding(f["criterion"], f["answer"], f.get("note", "")) for f in findings)
            found = versions.Review(who.subject, now.astimezone(ZONE).date(), given)
            try:
                versions.record(version_of(item), found)
            except versions.IllegalMove as illegal:
                raise ForbiddenStep(state=illegal.state.value, wanted=illegal.act) from None
            except versions.NotPublishable as bad:
                raise refused(bad.problems) from None
            review = {"by": who.subject, "at": stamp(now), "findings": [f._asdict() for f in given]}
            reviewed = {**item, "review": review, "edit": item["edit"] + 1}
            return reviewed, Fact(EventType.VERSION_REVIEWED, _named(reviewed), actor=who.subject)

        return self._changed(who, code, number, change, act)

    def _moved(self, who: Principal, item: dict[str, Any], act: versions.Act) -> tuple[dict[str, Any], Fact]:
        try:
            moved = versions.move(version_of(item), act)
        except versions.IllegalMove as illegal:
            raise ForbiddenStep(state=illegal.state.value, wanted=illegal.act) from None
        kept = {**item, "state": moved.state.value, "edit": item["edit"] + 1}
        if moved.review is None:
            kept.pop("review", None)
        return kept, Fact(EventType.VERSION_MOVED, _named(kept) | {"act": act}, actor=who.subject)

    def _changed(
        self, who: Principal, code: str, number: int, change: Change, act: KeyedAct | None = None
    ) -> dict[str, Any]:
        def once() -> dict[str, Any]:
            head, item = self._own(who, code, number)
            if act and act.is_in(item):
                return item
            now = self.clock()
            kept, fact = change(item, now)
            if act:
                kept = {**kept, "keys": act.kept(item)}
            self.procedures.keep(code, head, [fact], now, versions=[kept])
            return kept

        return record.settled(once)

    def publish(self, who: Principal, code: str, number: int, effective_from: date, act: KeyedAct) -> dict[str, Any]:
        """Publish a reviewed version from a Vietnamese day on; the one before ends on that day (rule R41).

        Raises NotFound, ForbiddenStep, VersionInvalid naming everything that keeps it back.
        """

        def once() -> dict[str, Any]:
            head, item = self._own(who, code, number)
            if act.is_in(item):
                return item
            now, others = self.clock(), self.procedures.versions(code)
            wanted = {**item, "effective_from": effective_from.isoformat(), "keys": act.kept(item)}
            done, before = published(who.subject, wanted, others, now)
            put_out(self.procedures, head, done, before, now)
            return done

        return record.settled(once)

    def withdraw(self, who: Principal, code: str, number: int, reason: str, act: KeyedAct) -> dict[str, Any]:
        """Take a version back: no draft of it is submitted any more; dossiers that were received go on (rule R41)."""

        def once() -> dict[str, Any]:
            head, item = self._own(who, code, number)
            if act.is_in(item):
                return item
            now = self.clock()
            kept, moved = self._moved(who, item, "withdraw")
            kept = {**kept, "keys": act.kept(item)}
            if item["owner"] != who.agency:
                raise NotFound(what="version")  # a version that another agency put out is replaced, not taken back
            if item["state"] == versions.VersionState.REPLACED and item["effective_to"] <= self._today().isoformat():
                raise ForbiddenStep(state=item["state"], wanted="withdraw")
            if item["state"] not in OUT:
                told = replace(moved, data={**moved.data, "reason": reason})
                self.procedures.keep(code, head, [told], now, versions=[kept])
                return kept
            take_back(self.procedures, head, kept, reason, who.subject, now)
            return kept

        return record.settled(once)

    # --- reading ---------------------------------------------------------------------------------------------

    def _own(self, who: Principal, code: str, number: int, *owners: str) -> tuple[Any, dict[str, Any]]:
        head = self.procedures.head(code)
        item = self.procedures.version(code, number) if head and head.get("owner") in {who.agency, *owners} else None
        if item is None:
            raise NotFound(what="version")
        return head, item

    def version(self, who: Principal, code: str, number: int) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """A version of one's own agency or a shipped one, and what keeps it from publication. Raises NotFound."""
        _, item = self._own(who, code, number, SHIPPED)
        return item, problems_of(item)

    def versions(self, who: Principal, code: str) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """Every version of one's own agency's procedure, and the national record. Raises NotFound."""
        head, national = self.procedures.head(code), self.procedures.national(code)
        if not is_open_to(head, who.agency):
            raise NotFound(what="procedure")
        return self.procedures.versions(code), national

    def compare(self, who: Principal, code: str, number: int) -> dict[str, Any]:
        """What a version changes against the one in force, and which running dossiers such a change would touch."""
        head, item = self._own(who, code, number, SHIPPED)
        current = self._version_now(code, head)
        before: dict[str, Any] = {**current["facts"], "form": current["form"]} if current else {}
        changes = diff(before, {**item["facts"], "form": item["form"]})
        rows = self.running.running(code, RUNNING_SHOWN)
        mine = [r for r in rows if r.agency == who.agency]  # another agency's dossiers are counted, not named
        running = [(r.reference, r.version, int(r.state)) for r in mine]
        return {
            "against": current["version"] if current else None,
            "changes": [c._asdict() for c in changes],
            "running": [t._asdict() for t in touched(changes, running)],
            "running_listed": len(rows),
        }

    def _version_now(self, code: str, head: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """The version in force today; None when there is none."""
        number = in_force(windows_of(head["windows"]), self.clock().astimezone(ZONE).date()) if head else None
        return self.procedures.version(code, number) if number else None


def _require_code(facts: Mapping[str, Any], code: str) -> None:
    if facts["code"] != code:
        vi, en = "Mã thủ tục phải là mã của phiên bản", "The code is that of the version"
        raise refused([Problem("/facts/code", "code", vi, en)])


def _authors(item: Mapping[str, Any]) -> Sequence[str]:
    """Everybody who wrote at a version: none of them reviews it, whoever saved it last."""
    return item.get("authors") or [item["author"]["by"]]


def _named(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"procedure": item["code"], "version": item["version"], "state": item["state"]}
