"""An opinion is asked for, answered, or not: then the dossier goes on, or waits where its procedure says so."""

import pytest

from chalicelib.contracts.consulting import ConsultationAnswered, ConsultationAsked, ConsultationUnanswered
from chalicelib.kernel.problem import BodyInvalid, KeyReused, NotAllowed, NotFound
from chalicelib.onestop.changes.keyed import Acts
from chalicelib.onestop.coordination.asking import Consultations, Question
from chalicelib.onestop.coordination.consultations import consultations
from chalicelib.onestop.legs.opening import Opening
from chalicelib.onestop.refusals import ConsultationOpen, TaskClosed
from chalicelib.onestop.store import Table
from chalicelib.onestop.sweep import Sweep
from chalicelib.onestop.windows import windows
from tests.fakes import people
from tests.support.hall import LEG, Hall

ASKED = people.OTHER_OFFICE["id"]
CONTENT = "Đề nghị cho ý kiến về tình trạng cư trú"
QUESTION = Question(ASKED, CONTENT, "4wh")
OPINION = "Cha mẹ chưa đăng ký cư trú tại xã"
EXPERT = people.colleague(people.officer("processing", agency=ASKED), "officer-khoa", name="Trịnh Văn Khoa")


class Desks:
    """A hall whose dossier is being verified."""

    def __init__(self, tables, **facts):
        self.hall = hall = Hall(tables, **{"term": {"text": "3wd"}, **facts})
        self.reference = hall.at("receive")
        acts = Acts(hall.dossiers, hall.views, hall.clock)
        self.asking = Consultations(acts, Opening(hall.dossiers.office))
        self.sweep = Sweep(Table(), hall.clock, windows(Table(), hall.clock))

    @property
    def dossier(self):
        return self.hall.draft(self.reference)

    def ask(self, question=QUESTION, *, who=people.PROCESSING, key="ask-1", kind="verify", raw=b"{}"):
        return self.asking.ask(who, f"{self.reference}.{LEG}.{kind}", question, key, raw)

    def answer(self, outcome, *, who=EXPERT, **said):
        from chalicelib.onestop.given import Given

        given = Given(outcome=outcome, **said)
        return self.hall.desk.complete(who, f"{self.reference}.{LEG}.consult", given, "answer-1", b"{}")

    def after(self, **time):
        self.hall.clock.advance(**time)
        return self.sweep.run()


@pytest.fixture
def desks(tables):
    return Desks(tables)


def test_a_question_is_a_task_on_the_list_of_the_agency_that_is_asked(desks):
    desks.ask()
    task = desks.dossier.task(LEG, "consult")
    assert (task.agency, task.is_open) == (ASKED, True)
    assert task.due_at < desks.dossier.head.due_at
    assert (task.handed.giver, task.handed.receiver) == (people.OFFICE["name"], people.OTHER_OFFICE["name"])
    (told,) = desks.hall.told(desks.reference, ConsultationAsked)
    assert (told.asks, told.agency) == (people.OFFICE["id"], ASKED)
    assert CONTENT not in repr(told)
    assert desks.hall.views.read(EXPERT, desks.reference), "who is asked sees what about"
    assert desks.dossier.open_task.kind == "verify", "the question holds nothing by itself"


def test_no_answer_is_awaited_longer_than_the_dossier_has(desks):
    desks.ask(Question(ASKED, CONTENT, "30wd"))
    assert desks.dossier.task(LEG, "consult").due_at == desks.dossier.head.due_at


def test_the_leg_waits_for_the_answer(desks):
    desks.ask()
    with pytest.raises(ConsultationOpen) as waits:
        desks.hall.complete(desks.reference, "verify")
    assert waits.value.facts["agencies"] == [ASKED]
    desks.answer("agreed")
    assert desks.hall.complete(desks.reference, "verify").status == "done"


def test_the_answer_is_told_with_its_words_to_the_agencies_alone(desks):
    desks.ask()
    with pytest.raises(BodyInvalid):
        desks.answer("disagreed")
    desks.answer("disagreed", reason=OPINION)
    (told,) = desks.hall.told(desks.reference, ConsultationAnswered)
    assert OPINION not in repr(told)
    (found,) = consultations(desks.dossier)
    assert (found.content, found.outcome, found.opinion) == (CONTENT, "disagreed", OPINION)
    slip = desks.dossier.task(LEG, "consult").slip
    assert (slip.giver, slip.receiver) == (people.OTHER_OFFICE["name"], people.OFFICE["name"])


def test_a_silence_is_recorded_once_and_the_leg_goes_on(desks):
    desks.ask()
    assert desks.after(hours=2).silent == 0
    assert desks.after(days=1).silent == 1
    assert desks.after(minutes=5).silent == 0
    (told,) = desks.hall.told(desks.reference, ConsultationUnanswered)
    assert (told.asks, told.agency, told.goes_on) == (people.OFFICE["id"], ASKED, True)
    rows = [row for row in desks.dossier.slips if row.note == "Không trả lời"]
    assert [(row.giver, row.receiver) for row in rows] == [(people.OTHER_OFFICE["name"], people.OFFICE["name"])]
    with pytest.raises(TaskClosed):
        desks.answer("agreed")
    assert desks.hall.complete(desks.reference, "verify").status == "done"
    assert [each.outcome for each in consultations(desks.dossier)] == ["unanswered"]


def test_where_the_procedure_waits_a_silence_is_recorded_and_the_answer_is_late(tables):
    desks = Desks(tables, silence="waits")
    desks.ask()
    assert desks.after(days=1).silent == 1
    assert desks.after(minutes=5).silent == 0
    (told,) = desks.hall.told(desks.reference, ConsultationUnanswered)
    assert not told.goes_on
    with pytest.raises(ConsultationOpen):
        desks.hall.complete(desks.reference, "verify")
    desks.answer("agreed")
    assert desks.hall.complete(desks.reference, "verify").status == "done"


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        (Question(people.OFFICE["id"], CONTENT, "4wh"), "/agency"),
        (Question("H01.10.99", CONTENT, "4wh"), "/agency"),
        (Question(ASKED, "E_12", "4wh"), "/content"),
        (Question(ASKED, CONTENT, "soon"), "/deadline"),
        (Question(ASKED, CONTENT, "0wd"), "/deadline"),
    ],
)
def test_a_question_names_an_agency_a_content_and_a_deadline(desks, question, pointer):
    with pytest.raises(BodyInvalid) as refused:
        desks.ask(question)
    assert [each.pointer for each in refused.value.fields] == [pointer]


def test_no_agency_is_asked_twice_at_once(desks):
    desks.ask()
    with pytest.raises(BodyInvalid):
        desks.ask(key="ask-2")
    desks.answer("agreed")
    desks.ask(key="ask-3")
    assert desks.dossier.task(LEG, "consult", 2).is_open


def test_the_same_key_asks_once(desks):
    first, second = desks.ask(), desks.ask()
    assert first == second
    with pytest.raises(KeyReused):
        desks.ask(raw=b"other")


def test_only_who_has_the_task_asks(desks):
    with pytest.raises(NotAllowed):
        desks.ask(who=people.RECEPTION)
    with pytest.raises(NotFound):
        desks.ask(who=EXPERT)
    with pytest.raises(NotFound):
        desks.ask(kind="approve", who=people.LEADER)
    desks.hall.complete(desks.reference, "verify")
    with pytest.raises(TaskClosed):
        desks.ask()


def test_only_the_agency_that_is_asked_answers(desks):
    desks.ask()
    with pytest.raises(NotFound):
        desks.answer("agreed", who=people.PROCESSING)
    with pytest.raises(NotFound):
        desks.answer("agreed", who=people.officer("processing", agency="H01.10.30"))
