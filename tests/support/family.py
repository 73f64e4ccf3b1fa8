"""A bundle of two procedures in a counter hall: the second child needs the result of the first.

Its driver is a stand-in: `begin` is what Step Functions would do when it is a leg's turn.
"""

import json
from typing import Any, Final

from chalicelib.catalogue.versions.pinned import plan
from chalicelib.contracts.bundles import ChildMoved, LegOpened
from chalicelib.contracts.onestop import LegInput
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.bundled import child_reference
from chalicelib.dossier.items import Leg
from chalicelib.dossier.reading import Dossier, read_leg
from chalicelib.onestop.bundles.following import Following
from chalicelib.onestop.bundles.opening import Opening
from chalicelib.onestop.bundles.reaching import Reaching
from chalicelib.onestop.bundles.reception import BundleReception
from chalicelib.onestop.bundles.watch import Watch
from chalicelib.onestop.legs.opening import Opening as LegOpening
from chalicelib.onestop.outcomes.beginning import Beginning
from chalicelib.onestop.outcomes.receive import Receive
from chalicelib.onestop.store import Signers
from chalicelib.submission.bundles.starting import Starting
from chalicelib.submission.bundles.store import Table as Families
from chalicelib.submission.model import Came
from tests.fakes import people
from tests.support.hall import Hall, version

BUNDLE: Final = "2.009999"
FIRST, SECOND, THIRD = "0-birth", "1-again", "2-last"
TIMERS: Final = [
    {
        "name": "sync",
        "term": "10min",
        "begins": "opened",
        "ends": "made",
        "fix": "0wd",
        "text_vi": "Chưa chuyển hồ sơ",
        "text_en": "The case was not handed on",
        "citation": "63/2024/NĐ-CP",
    },
    {
        "name": "acknowledge",
        "term": "2wh",
        "begins": "made",
        "ends": "acknowledged",
        "text_vi": "Chưa xác nhận",
        "text_en": "Nobody acknowledged it",
        "citation": "63/2024/NĐ-CP",
    },
]


def _leg(name: str, agency: str, **starts: Any) -> dict[str, Any]:
    takes = [{"field": f"/{part}", "answer": f"/{part}"} for part in people.FORM]
    papers = [{"code": people.BIRTH_NOTICE, "component": people.BIRTH_NOTICE}]
    start = {"procedure": people.PROCEDURE, "needs": [], "takes": takes, "papers": papers, "timers": TIMERS, **starts}
    return {"leg": name, "agency": agency, "deadline": "2wd", "starts": {**start, "citation": "63/2024/NĐ-CP"}}


class Family:
    """A hall with a bundle of `BUNDLE`; `when` says of the second leg whether it is wanted.

    `needs`: of which results a third leg is in need; where none are named there is no such leg.
    """

    def __init__(self, hall: Hall, when: str | None = None, needs: tuple[str, ...] = ()) -> None:
        self.hall = hall
        second = {"needs": ["birth"]} | ({"when": when} if when else {})
        route = [[_leg("birth", "@receiving")], [_leg("again", people.OFFICE["id"], **second)]]
        route += [[_leg("last", people.OFFICE["id"], needs=[*needs])]] if needs else []
        facts = {**people.facts(), "code": BUNDLE, "confirm_within": None, "route": route}
        self.plan = plan(version(facts))
        hall.publish(self.plan)
        table, clock = hall.dossiers, hall.clock
        receive = Receive(table.next_serial, table.areas_of, Signers(), Beginning(LegOpening(table.office)))
        self.reception = BundleReception(table, receive, hall.flow.start, clock)
        self.opening = Opening(table, hall.driver, clock)
        self.starting = Starting(Families(), clock)
        self.following = Following(table, clock)
        self.reaching = Reaching(table, self.following, self.opening, clock)
        self.watch = Watch(table, clock)

    def filed(self, who: Any = people.CITIZEN) -> str:
        """The reference of a bundle that the portal received."""
        raw = json.dumps({"procedure": BUNDLE}).encode()
        came = Came("ONLINE", "national_portal")
        draft = self.hall.submissions.open(who, BUNDLE, people.OFFICE["id"], came, "open-bundle", raw)
        self.hall.submissions.save_form(who, draft.reference, people.form(), 0)
        self.hall.add(draft.reference)
        self.hall.submit(draft.reference, who, key="submit-bundle")
        (submitted,) = self.hall.told(draft.reference, DossierSubmitted)
        self.reception.receive(submitted)
        return draft.reference

    def begin(self, parent: str, leg: str) -> LegOpened | None:
        """It is a leg's turn; answers what calls for its child, if anything did."""
        stage, _, name = leg.partition("-")
        planned = next(each for each in self.plan.route[int(stage)] if each.leg == name)
        given = LegInput(dossier=parent, stage=int(stage), leg=planned, token=f"token-{leg}", execution=f"{parent}-1")
        self.opening.open_leg(given)
        return next((told for told in self.hall.told(parent, LegOpened) if told.leg == leg), None)

    def started(self, parent: str, leg: str = FIRST) -> str:
        """The reference of a leg's child, which is before its reception."""
        opened = self.begin(parent, leg)
        assert opened is not None
        self.starting.start(opened)
        return opened.child

    def leg(self, parent: str, leg: str) -> Leg:
        """A leg as it is stored."""
        found = read_leg(parent, leg)
        assert found is not None
        return found

    def moved(self, child: str, state: int = 0) -> ChildMoved:
        """What a child tells its parent when it moves; the state it tells of decides nothing."""
        head = self.hall.draft(child).head
        return ChildMoved(reference=child, parent=head.parent or "", leg=head.leg or "", state=state or head.state)

    def decided(self, child: str) -> None:
        """A child is settled by its agency, up to its decision."""
        for kind in ("receive", "verify", "approve"):
            self.hall.complete(child, kind, key=f"{child}-{kind}")
        self.hall.flow.decide(child)

    def state(self, reference: str) -> int:
        """Where a dossier stands."""
        return self.dossier(reference).head.state

    def dossier(self, reference: str) -> Dossier:
        """A dossier with all its parts."""
        return self.hall.draft(reference)


def child_of(parent: str, leg: str = FIRST) -> str:
    """The reference that the child of a leg has."""
    return child_reference(parent, leg)
