"""Who acts in the world: people who file, officers who work through their lists, each act tried till it is answered."""

import itertools
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final, NamedTuple

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
from chalicelib.onestop.changes.limits import Owed
from chalicelib.onestop.changes.payment import Paid
from chalicelib.onestop.changes.wiring import extensions, payments, withdrawals
from chalicelib.onestop.given import Given, SupplementGiven
from chalicelib.onestop.previewing.wiring import confirmations
from chalicelib.onestop.supplement.answering import Given as Answer
from chalicelib.onestop.tasks.wiring import claims
from tests.fakes import people
from tests.simulation.world import World

FAMILY, MIDDLE, GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm"), ("Thị", "Văn", "Ngọc"), ("An", "Bình", "Liễu", "Thưởng", "Út")
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
WRONG: Final = "Ngày sinh của con là 18/11/2026"
SORRY: Final = "Cơ quan phối hợp chưa trả lời, xin ông bà thông cảm"


class Duty(NamedTuple):
    """Who does a task of a kind, and what they may say of it: the first more often than all others."""

    who: Principal
    outcomes: tuple[Given, ...]


DUTIES: Final[Mapping[str, Duty]] = {
    "receive": Duty(people.RECEPTION, (Given(outcome="accepted"), REFUSED, MISSING)),
    "verify": Duty(people.PROCESSING, (Given(outcome="verified"), REFUSED, MISSING)),
    "approve": Duty(people.LEADER, (Given(outcome="approved"),)),
    "withdrawal": Duty(
        people.RECEPTION,
        (Given(outcome="stopped"), Given(outcome="kept", reason="Kết quả đã được ký và sắp trả cho ông bà")),
    ),
}
"""What an officer does: a new kind of task is a line here."""


class Wanted(NamedTuple):
    """What a person does when asked: some of them, within some hours; the others never answer."""

    share: float
    hours: float
    act: Callable[["Life", lists.TaskRow, str], None]


class Life:
    """People and officers of a world."""

    def __init__(self, world: World, count: int) -> None:
        self.world, self.count = world, count
        self.submitted: dict[str, Principal] = {}
        self._keys, self._asked = itertools.count(1), set[str]()
        self._receipts: dict[tuple[str, str], str] = {}

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
            rows = [row for kind in DUTIES for row in self._rows(kind)]
            for kind, wanted in WANTED.items():
                self._ask(self._rows(kind), wanted)
        for row in rows:
            if self.world.random.random() < 0.7:
                key = f"task-{next(self._keys)}"
                self._besides(row, key)
                for _ in range(2 if self.world.random.random() < 0.02 else 1):
                    self._until("complete", partial(self._complete, row, key))
        if rows or len(self.submitted) < self.count:
            self.world.at(utc_now() + timedelta(hours=4), "desk", self._desk)

    def _ask(self, rows: list[lists.TaskRow], wanted: Wanted) -> None:
        """Whoever is newly asked for something thinks about it, once."""
        for row in rows:
            task = task_id(row.pk, row.leg, row.kind, row.round)
            if task not in self._asked and self.world.random.random() < wanted.share:
                later = utc_now() + timedelta(hours=self.world.random.uniform(0, wanted.hours))
                self.world.at(later, f"answer {row.kind}", partial(wanted.act, self, row, f"answer-{next(self._keys)}"))
            self._asked.add(task)

    def _besides(self, row: lists.TaskRow, key: str) -> None:
        """What an officer does now and then before a task: take it, ask for money, give a new date."""
        chance, task = self.world.random.random(), task_id(row.pk, row.leg, row.kind, row.round)
        if chance < 0.1:
            self._until("claim", lambda: claims().claim(DUTIES[row.kind].who, task, f"claim-{key}"))
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
        receipt = self._receipts.setdefault((reference, key), f"26TAA-{len(self._receipts) + 1:08d}")
        try:
            payments().record(Asked(people.RECEPTION, reference, key, b"{}"), Paid(receipt))
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
        duty = DUTIES[row.kind]
        given = duty.outcomes[0]
        if self.world.random.random() > 0.8:
            given = self.world.random.choice(duty.outcomes)
        task, body = task_id(row.pk, row.leg, row.kind, row.round), repr(given).encode()
        self.world.hall.desk.complete(duty.who, task, given, key, body)

    def answer_supplement(self, row: lists.TaskRow, key: str) -> None:
        """Whoever filed it sends the marked items; their client reads the dossier before it tries again."""
        reference, who = row.pk, self.submitted[row.pk]
        with self.world.calm():
            if len(self.world.hall.draft(reference).components) == 1:
                self.world.hall.add(reference, filename="ban-moi.jpg", sha256="ef" * 32)
            version = self.world.hall.draft(reference).head.version
        raw = json.dumps({"fields": MENDED}).encode()
        try:
            self.world.hall.answers.answer(who, reference, Answer(MENDED, key, raw, version))
        except LostUpdate as lost:
            raise TryAgain from lost

    def confirm_draft(self, row: lists.TaskRow, key: str) -> None:
        """Whoever filed it says that the draft of the result is right, or now and then what is wrong in it."""
        asked = Asked(self.submitted[row.pk], row.pk, key, b"{}")
        if row.round == 1 and self.world.random.random() < 0.2:
            confirmations().correct(asked, [WRONG])
        else:
            confirmations().confirm(asked)


WANTED: Final[Mapping[str, Wanted]] = {
    "supplement": Wanted(0.8, 120, Life.answer_supplement),
    "confirm": Wanted(0.7, 20, Life.confirm_draft),
}
"""What a person does when asked: a new kind of task of theirs is a line here."""


def _named(number: int) -> str:
    return f"{FAMILY[number % 4]} {MIDDLE[number % 3]} {GIVEN[number % 5]}"
