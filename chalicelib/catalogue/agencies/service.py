"""Agencies and outages: everybody reads them, an administrator keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chalicelib.catalogue.agencies.model import Agency, in_force, read_agencies
from chalicelib.catalogue.agencies.ports import Agencies
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import canonical, digest
from chalicelib.kernel.problem import FieldError, KeyReused, LostUpdate, NotFound, VersionInvalid
from chalicelib.law import outages
from chalicelib.law.problems import Problem, errors


@dataclass(frozen=True)
class Administration:
    """Use cases of an administrator; reading agencies is for everybody."""

    agencies: Agencies
    clock: Clock

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    def read(self, agency: str) -> tuple[dict[str, Any], int]:
        """An agency with its entries over time, and its version. Raises NotFound."""
        head = self.agencies.agency(agency)
        if head is None:
            raise NotFound(what="agency")
        return self._named(head["agency"]), head["version"]

    def page(self, start: Any, limit: int) -> tuple[list[dict[str, Any]], Any]:
        """A page of agencies by identifier, each under its name of today, and where the next one starts."""
        rows, last = self.agencies.page(start, limit)
        return [self._named(each) for each in rows], last

    def _named(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """An agency that is kept, under its name of today."""
        found, _ = read_agencies(kept["entries"])
        return {**kept, **_shown(kept["id"], kept["entries"], found, self._today())}

    def keep(
        self, actor: str, agency: str, entries: Sequence[Mapping[str, Any]], version: int | None
    ) -> tuple[dict[str, Any], int, tuple[Problem, ...]]:
        """Keep an agency's entries over time, checked within the whole tree; returns it, its version, and warnings.

        `version` is what the administrator read (0 for a new one); None keeps what is shipped, unless it is there as
        it is or somebody else kept it since. Raises LostUpdate, VersionInvalid (identifier, parent, cycle, overlap;
        Decision 20/2020/QD-TTg).
        """

        def once() -> tuple[dict[str, Any], int, tuple[Problem, ...]]:
            tree, head = self.agencies.tree(), self.agencies.agency(agency)
            mine = [{**entry, "id": agency} for entry in entries]
            known = head["agency"].get("entries") if head else None  # an older release kept none
            if head and version is None and (known == mine or head.get("keeper", actor) != actor):
                return head["agency"], head["version"], ()
            if version is not None and version != (head["version"] if head else 0):
                raise LostUpdate(current_version=head["version"] if head else 0)
            others = [e for other in self.agencies.agencies() if other["id"] != agency for e in other["entries"]]
            found, problems = _of_mine(mine, others)
            if wrong := errors(problems):
                raise VersionInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in wrong])
            now = self.clock()
            kept = {**_shown(agency, mine, found, self._today()), "entries": mine}
            fact = Fact(EventType.AGENCY_PUBLISHED, kept, actor=actor)
            self.agencies.put_agency(head, kept, tree, fact, now)
            return kept, (head["version"] if head else 0) + 1, problems

        return record.settled(once)

    def outages(self) -> list[Mapping[str, Any]]:
        """Outages that are not over yet, the next to end first."""
        now = self.clock()
        return [o for o in self.agencies.outages(now) if moment(o["ends_at"]) > now]

    def announce(self, who: Principal, given: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Announce an outage, once per key.

        Raises VersionInvalid: too late, no recovery time (224/2026 Art. 13); KeyReused.
        """
        return record.settled(lambda: self._announced(who, given, key))

    def _announced(self, who: Principal, given: Mapping[str, Any], key: str) -> dict[str, Any]:
        now, body = self.clock(), digest(canonical(given))
        known = self.agencies.outage(digest(who.subject, key))
        if known:
            if known["body"] != body:
                raise KeyReused
            return dict(known["outage"])
        outage = outages.Outage(
            starts_at=datetime.fromisoformat(given["starts_at"]),
            announced_at=now,
            expected_back_at=datetime.fromisoformat(given["ends_at"]),
            planned=given["planned"],
            force_majeure=bool(given["force_majeure"]),
            force_majeure_reason=given["force_majeure"] or "",
        )
        if wrong := errors(outages.check(outage)):
            raise VersionInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in wrong])
        kept = {
            **given,
            "id": digest(who.subject, key),
            "starts_at": stamp(outage.starts_at),
            "ends_at": stamp(datetime.fromisoformat(given["ends_at"])),
            "announced_at": stamp(now),
            "suspends": [term._asdict() for term in outages.suspended_terms()],
        }
        self.agencies.announce(kept, body, Fact(EventType.OUTAGE_ANNOUNCED, kept, actor=who.subject), now)
        return kept


def _of_mine(
    mine: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Agency, ...], tuple[Problem, ...]]:
    """What is wrong with these entries among all; what was wrong with the others before is not told here."""
    agencies, problems = read_agencies([*mine, *others])
    ours = {str(place) for place in range(len(mine))}
    told = [p._replace(pointer=f"/entries{p.pointer}") for p in problems if p.pointer.split("/")[1] in ours]
    return agencies, tuple(told)


def _shown(agency: str, mine: Sequence[Mapping[str, Any]], found: Sequence[Agency], today: date) -> dict[str, Any]:
    """The agency under its name of today; of the latest entry when none is in force."""
    now = in_force((a for a in found if a.id == agency), today).get(agency)
    entry = next((e for e in mine if now and e["valid_from"] == now.valid_from.isoformat()), mine[-1])
    return {
        "id": agency,
        "name": entry["name"],
        "one_stop": entry.get("one_stop") or entry["name"],
        "place": entry.get("place", ""),
    }
