"""The app is told of what waits: a try is written down, made, and its end written down; each step may be lost.

Nothing is told twice: a try stands in the paper before it is made, and whoever finds a revision of which nobody knows
whether the app has it asks the app by its name before it is sent again.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from chalicelib.contracts.delivery import PaperIntegrated, PaperNotIntegrated
from chalicelib.contracts.event import Event, heard
from chalicelib.delivery.idapp import model
from chalicelib.delivery.idapp.model import AppWord
from chalicelib.delivery.idapp.ports import App, AppPapers, Standing, Statement
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.holding import Named
from chalicelib.dossier.integrated import AppPaper, AppTry, DuePaper
from chalicelib.dossier.people import confirmed, holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import ZONE, Clock, moment
from chalicelib.kernel.rounds import Round, go_round
from chalicelib.law import packs
from chalicelib.law.rules import AppTimes
from chalicelib.sealing.door import unseal

SYSTEM: Final = "system"
TAKES: Final = 30.0
"""Seconds that a paper may take, with both calls of the app: with less left none is begun."""
MOST: Final = 200
"""Papers that a run goes on with: the next run does the rest."""


@dataclass
class Integrated(Round):
    """What a run of the clock did: papers it went on with, that are there now, parked, late, broken."""

    turned: int = 0
    told: int = 0
    parked: int = 0
    late: int = 0


class Begun(NamedTuple):
    """A try that this worker alone makes now; `in_doubt`: the app may have the revision, and is asked first."""

    paper: AppPaper
    made: AppTry
    receiver: str
    in_doubt: bool


@dataclass(frozen=True)
class Integrating:
    """Use cases of the worker."""

    papers: AppPapers
    app: App
    clock: Clock

    def run(self, done: Integrated | None = None) -> Integrated:
        """Go on with all that is due, while there is time; what fails for one stops no other. `done` counts it."""
        done = done or Integrated()

        def go_on(row: DuePaper) -> None:
            done.turned += self.turn(row.id, done)

        def broken(row: DuePaper, error: Exception) -> None:
            log.trouble("paper not told to the ID app", error, record=row.id)
            self._put_off(row, done)

        due = self.papers.due(self.clock())
        go_round(due, go_on, done, broken=broken, is_full=lambda: done.turned + done.failed >= MOST, takes=TAKES)
        return done

    def _put_off(self, row: DuePaper, done: Integrated) -> None:
        """Let the others come first: what breaks each minute would take the run's time from them. Late is late."""
        with contextlib.suppress(Exception):  # it comes again all the same, in a minute
            self.papers.put_off(row, model.LEASE, self.clock())
        with contextlib.suppress(Exception):  # looked at again, when it is due
            record.settled(partial(self._look_at_time, row.id, done))

    def _look_at_time(self, name: str, done: Integrated) -> None:
        """That its time passed is told, whatever else breaks."""
        paper, now = self.papers.one(name), self.clock()
        if paper and not paper.late_at and model.is_late(paper, times_of(paper), now):
            self.papers.keep(paper, model.late(paper, now), now, _missing(paper, model.LATE), actor=SYSTEM)
            done.late += 1

    def turn(self, paper: str, done: Integrated | None = None) -> bool:
        """Do what is due for a paper; False where nothing was, or another worker has it."""
        done = done or Integrated()
        begun = record.settled(partial(self._begin, paper, done))
        if not isinstance(begun, Begun):
            return begun
        try:
            word = self._word(begun)
        except Unreachable:
            log.note("ID app unreachable", record=paper)
            word = None
        except Exception:
            record.settled(partial(self._end, begun, None, done, is_broken=True))
            raise
        record.settled(partial(self._end, begun, word, done))
        return True

    def _begin(self, name: str, done: Integrated) -> Begun | bool:
        paper, now = self.papers.one(name), self.clock()
        if paper is None or not model.is_due(paper, now):
            return False
        if paper.parked_at:
            return self._watch(paper, now, done)
        dossier = self.papers.dossier(paper.paper.reference)
        if dossier and dossier.head.erased_at:
            return self._over(paper, model.ERASED, now, done)
        if dossier is None:
            return self._park(paper, model.NO_DOSSIER, now, done)
        whom = _holder(dossier, paper.paper.owner)
        if whom is None or (whom.kind or "CITIZEN") not in _parties(now):
            why = model.NO_LEVELS if whom else model.ANOTHERS
            return self._over(paper, why, now, done)
        begun = model.begun(paper, now)
        self.papers.keep(paper, begun, now)
        return Begun(begun, begun.attempts[-1], whom.personal_id, in_doubt=paper.sent == paper.revision)

    def _over(self, paper: AppPaper, why: str, now: datetime, done: Integrated) -> bool:
        """Nobody can tell the app any more; what it shows as valid and is not, somebody takes off by hand."""
        if paper.told and not paper.is_valid:
            return self._park(paper, why, now, done)
        self.papers.keep(paper, model.ended(paper, why, now), now)
        return True

    def _watch(self, paper: AppPaper, now: datetime, done: Integrated) -> bool:
        """What waits for a person is told once its time passed, and is due no more then."""
        times = times_of(paper)
        if not model.is_late(paper, times, now) or paper.late_at:
            self.papers.keep(paper, model.watched(paper, times), now)
            return True
        after = model.watched(model.late(paper, now), times)
        self.papers.keep(paper, after, now, _missing(paper, model.LATE), actor=SYSTEM)
        done.late += 1
        return True

    def _park(self, paper: AppPaper, why: str, now: datetime, done: Integrated) -> bool:
        after = model.watched(model.parked(paper, why, now), times_of(paper))
        self.papers.keep(paper, after, now, _missing(paper, why), actor=SYSTEM)
        done.parked += 1
        return True

    def _word(self, begun: Begun) -> AppWord | None:
        """What the app says; None of a revision that it took once and does not know: it is not sent again."""
        known = self.app.find(model.parcel_id(begun.paper, begun.made.revision)) if begun.in_doubt else None
        if known or begun.paper.taken >= begun.made.revision:
            return known
        return self.app.tell(self._statement(begun))

    def _statement(self, begun: Begun) -> Statement:
        paper, held = begun.paper, begun.paper.paper
        standing: Standing = "withdrawn" if held.withdrawn_at else "replaced" if held.replaced_by else "valid"
        is_shown = paper.shown and standing == "valid"
        return Statement(
            id=model.parcel_id(paper, begun.made.revision),
            paper=paper.id,
            revision=begun.made.revision,
            receiver=begun.receiver,
            kind=held.kind,
            document=held.document,
            title=held.title,
            agency=held.agency,
            sha256=held.sha256,
            standing=standing,
            shown=is_shown,
            valid_until=held.valid_until,
            replaced_by=held.replaced_by,
            link=self.papers.hand_out_paper(paper, self.clock()) if is_shown else None,
        )

    def _end(self, begun: Begun, word: AppWord | None, done: Integrated, *, is_broken: bool = False) -> None:
        paper, now = self.papers.one(begun.paper.id), self.clock()
        if paper is None or begun.made not in paper.attempts:
            return  # what it was of is told by another worker, or gone
        if paper.attempts[-1] != begun.made and word is None:
            return  # another worker has it now, and says how it ended
        times = times_of(paper)
        if word:
            after = model.answered(paper, begun.made, word, now, times)
        else:
            after = model.failed(paper, begun.made, "broken" if is_broken else "unreachable", now, times)
        events, is_late = list[Event](), not paper.late_at and model.is_late(paper, times, now)
        if after.told > paper.told:
            held = paper.paper
            told = PaperIntegrated(paper=paper.id, agency=held.agency, document=held.document, revision=after.told)
            events = [_missing(paper, model.LATE), told] if is_late else [told]
        elif after.parked_at:
            after, events, is_late = model.watched(after, times), [_missing(paper, after.why or "")], False
        elif is_late:
            after, events = model.late(after, now), [_missing(paper, model.LATE)]
        self.papers.keep(paper, after, now, *events, actor=SYSTEM if events else "")
        done.told += after.told > paper.told
        done.parked += bool(after.parked_at)
        done.late += is_late


def times_of(paper: AppPaper) -> AppTimes | None:
    """The times of the law of the day on which it was asked for, or since which it waits; None before that law."""
    rule = packs.pack_on(moment(paper.asked_at or paper.since or paper.at).astimezone(ZONE).date()).rules.id_app_times
    return rule.value if rule else None


def _parties(now: datetime) -> tuple[str, ...]:
    """Whose accounts have levels, so that papers are integrated into them."""
    rule = packs.pack_on(now.astimezone(ZONE).date()).rules.id_app_parties
    return rule.value if rule else ()


def _holder(dossier: Dossier, owner: str) -> Named | None:
    """Whose paper it is, by name and number; None of one that somebody keeps for another. Raises ContentErased."""
    if dossier.head.holder == owner:
        return holder_of(dossier.head)
    other = next((each for each in confirmed(dossier.head) if each.holder == owner), None)
    return heard(Named, unseal(dossier.head.pk, other.sealed)) if other else None


def _missing(paper: AppPaper, why: str) -> PaperNotIntegrated:
    held = paper.paper
    return PaperNotIntegrated(
        paper=paper.id, agency=held.agency, document=held.document, revision=paper.revision, why=why
    )
