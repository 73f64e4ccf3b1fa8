"""Who acts in the world: people who file, officers who work through their lists, each act tried till it is answered."""

import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from chalicelib.contracts.identity import OfficerKept
from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.dossier import lists, staffed
from chalicelib.dossier.items import task_id
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, utc_now
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import ForbiddenStep, LostUpdate, TryAgain
from chalicelib.law.states import DossierState
from chalicelib.law.terms import Term
from chalicelib.onestop.changes.keyed import Asked
from chalicelib.onestop.changes.payment import Owed
from chalicelib.onestop.changes.wiring import extensions, payments, withdrawals
from chalicelib.onestop.given import Given, SupplementGiven
from chalicelib.onestop.supplement.answering import Given as Answer
from chalicelib.onestop.tasks.wiring import claims
from tests.fakes import people
from tests.simulation.world import World

FAMILY, MIDDLE, GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm"), ("Thị", "Văn", "Ngọc"), ("An", "Bình", "Liễu", "Thưởng", "Út")
DESKS: Final = {
    "receive": people.RECEPTION,
    "verify": people.PROCESSING,
    "approve": people.LEADER,
    "withdrawal": people.RECEPTION,
}
REFUSED: Final = Given(outcome="refused", reason="Hồ sơ không thuộc thẩm quyền của xã", basis="Điều 13 Luật Hộ tịch")
ASKED: Final = SupplementGiven(
    items=(
        AskedItem(
            target=people.BIRTH_NOTICE, reason="INACCURATE", basis="Điều 16", remedy="Nộp bản chụp rõ cả hai mặt"
        ),
        AskedItem(
            target="/mother/year_of_birth", reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"
        ),
    )
)
MISSING: Final = Given(outcome="supplement", supplement=ASKED)
MENDED: Final = {"/mother/year_of_birth": 1996}
SORRY: Final = "Cơ quan phối hợp chưa trả lời, xin ông bà thông cảm"
OUTCOMES: Final[dict[str, tuple[Given, ...]]] = {
    "receive": (Given(outcome="accepted"), REFUSED, MISSING),
    "verify": (Given(outcome="verified"), REFUSED, MISSING),
    "approve": (Given(outcome="approved"),),
    "withdrawal": (Given(outcome="stopped"), Given(outcome="kept", reason="Kết quả đã được ký và sắp trả cho ông bà")),
}
"""What an officer may say of a task; the first one more often than all others."""


class Life:
    """People and officers of a world."""

    def __init__(self, world: World, count: int) -> None:
        self.world, self.count = world, count
        self.submitted: dict[str, Principal] = {}
        self._keys = itertools.count(1)

    def begin(self) -> None:
        """Everybody files within ten days; the desks are open every few hours."""
        for number in range(self.count):
            begins = utc_now() + timedelta(hours=self.world.random.uniform(0, 240))
            self.world.at(begins, "file", partial(self._file, number))
        self.world.at(utc_now() + timedelta(hours=1), "desk", self._desk)
        for hours in range(7, 240, 7):
            self.world.at(utc_now() + timedelta(hours=hours), "engine", self.world.machine_loses)
        self.world.at(utc_now() + timedelta(days=6), "leave", self._leave)

    def _leave(self) -> None:
        """An officer who took tasks is there no more from today on; nobody was named to take them over."""
        day = utc_now().astimezone(ZONE).date().isoformat()
        officer = keyed_hash("officer", people.PROCESSING.subject)
        agency = people.OFFICE["id"]
        staffed.remember_officer(OfficerKept(act="left", agency=agency, officer=officer, version=1, left_on=day))

    def desk_again(self) -> None:
        """The desks open once more."""
        self.world.at(utc_now() + timedelta(minutes=10), "desk", self._desk)

    def _file(self, number: int) -> None:
        who = Principal(f"citizen-{number}", "CITIZEN", _named(number), 2, f"{number:012d}")
        with self.world.calm():  # what a draft may meet is looked at elsewhere
            reference = self.world.hall.ready(who)
        self._until(f"submit {number}", lambda: self._submit(reference, who))

    def _submit(self, reference: str, who: Principal) -> None:
        self.world.hall.submit(reference, who, key=f"submit-{reference}")
        self.submitted[reference] = who
        if self.world.random.random() < 0.15:
            later = utc_now() + timedelta(hours=self.world.random.uniform(0, 72))
            self.world.at(later, "withdraw", partial(self._withdraw, reference, who))

    def _withdraw(self, reference: str, who: Principal) -> None:
        withdrawals().ask(Asked(who, reference, f"withdraw-{reference}", b"{}"))

    def _until(self, name: str, act: Callable[[], Any]) -> None:
        """An act over HTTP: its client tries it again, under the same key, until it is answered."""
        self.world.soon(name.split(maxsplit=1)[0], act)

    def _desk(self) -> None:
        """Officers look at their lists and do most of what they find; some do the same twice, or too late."""
        with self.world.calm():
            rows = [row for kind in DESKS for row in self._rows(kind)]
        for row in rows:
            if self.world.random.random() < 0.7:
                key = f"task-{next(self._keys)}"
                self._besides(row, key)
                for _ in range(2 if self.world.random.random() < 0.02 else 1):
                    self._until("complete", partial(self._complete, row, key))
        if rows or len(self.submitted) < self.count:
            self.world.at(utc_now() + timedelta(hours=4), "desk", self._desk)

    def _besides(self, row: lists.TaskRow, key: str) -> None:
        """What an officer does now and then before a task: take it, ask for money, give a new date."""
        chance, task = self.world.random.random(), task_id(row.pk, row.leg, row.kind, row.round)
        if chance < 0.1:
            self._until("claim", lambda: claims().claim(DESKS[row.kind], task, f"claim-{key}"))
        elif chance < 0.2 and row.kind == "verify":
            self._until("pay", partial(self._owe, row.pk, f"pay-{key}"))
        elif chance < 0.3 and row.kind == "approve":
            asked = Asked(people.LEADER, row.pk, f"extend-{key}", b"{}")
            self._until("extend", lambda: extensions().extend(asked, Term.parse("3wd"), SORRY))

    def _owe(self, reference: str, key: str) -> None:
        """A payment is asked for, and recorded some hours later."""
        payments().ask(Asked(people.PROCESSING, reference, key, b"{}"), Owed(amount=8000, currency="VND", reason=SORRY))
        self._pay_later(reference, key)

    def _pay_later(self, reference: str, key: str) -> None:
        at = utc_now() + timedelta(hours=self.world.random.uniform(1, 72))
        self.world.at(at, "paid", partial(self._pay, reference, f"paid-{key}"))

    def _pay(self, reference: str, key: str) -> None:
        """While a withdrawal is asked nothing is recorded: the officer comes back, unless the dossier ended."""
        try:
            payments().record(Asked(people.PROCESSING, reference, key, b"{}"), "BL-17")
        except ForbiddenStep:
            if self.world.hall.draft(reference).head.state == DossierState.WITHDRAWAL_REQUESTED:
                self._pay_later(reference, key)

    def _rows(self, kind: str) -> list[lists.TaskRow]:
        found, cursor = list[lists.TaskRow](), ""
        while True:
            rows, following = lists.tasks([people.OFFICE["id"]], [kind], cursor)
            found += rows
            if following is None:
                return found
            cursor = following

    def _complete(self, row: lists.TaskRow, key: str) -> None:
        given = OUTCOMES[row.kind][0]
        if self.world.random.random() > 0.8:
            given = self.world.random.choice(OUTCOMES[row.kind])
        body = repr(given).encode()
        self.world.hall.desk.complete(DESKS[row.kind], task_id(row.pk, row.leg, row.kind, row.round), given, key, body)
        if given is MISSING and self.world.random.random() < 0.8:  # the others never answer
            at = utc_now() + timedelta(hours=self.world.random.uniform(1, 120))
            self.world.at(at, "answer", partial(self._answer, row.pk, f"answer-{key}"))

    def _answer(self, reference: str, key: str) -> None:
        """Whoever filed it sends the marked items; their client reads the dossier before it tries again."""
        who = self.submitted[reference]
        with self.world.calm():
            if len(self.world.hall.draft(reference).components) == 1:
                self.world.hall.add(reference, filename="ban-moi.jpg", sha256="ef" * 32)
            version = self.world.hall.draft(reference).head.version
        raw = json.dumps({"fields": MENDED}).encode()
        try:
            self.world.hall.answers.answer(who, reference, Answer(MENDED, key, raw, version))
        except LostUpdate as lost:
            raise TryAgain from lost


def _named(number: int) -> str:
    return f"{FAMILY[number % 4]} {MIDDLE[number % 3]} {GIVEN[number % 5]}"
