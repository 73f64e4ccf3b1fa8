"""The ten states over HTTP: what no edge allows is refused with the ways that there are, each edge gives one notice.

An act is tried from every state. What a dossier needs beside its state (an open task, a request) its `setting` makes by
the API; the state alone is put into the table then, so that nothing but the state refuses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from chalicelib.kernel.aws import packed
from chalicelib.law.states import EDGES, DossierState, ways_from
from infra.demo import story
from infra.demo.client import Answer, Client
from tests.support.asserts import problem
from tests.support.catalogue import fresh_receipt
from tests.support.counter import holder_of, paper, take_in
from tests.support.sample import sampled
from tests.support.world import aws, ready

REASON = "Hồ sơ đang chờ kết quả xác minh"
FACTS = ("agency", "handler", "received_at", "processed_at", "due_at")
STATES = tuple(map(int, DossierState))


@dataclass(frozen=True)
class Desk:
    """One dossier, its applicant and the officers of its agency."""

    where: Mapping[str, str]
    me: Client
    reference: str

    def officer(self, role: str) -> Client:
        """An officer of the agency."""
        return story.officer(self.where, role)

    def post(self, who: Client, act: str, body: Mapping[str, object]) -> Answer:
        """An act on the dossier."""
        return who.post(f"/v1/dossiers/{self.reference}/{act}", body)

    def complete(self, role: str, kind: str, outcome: str, **given: object) -> Answer:
        """The open task of a kind is completed by an officer with a role."""
        desk = self.officer(role)
        task = story.until(f"the task {kind}", lambda: story.task_of(desk, self.reference, kind))
        return desk.post(f"/v1/tasks/{task}/complete", {"outcome": outcome, **given})

    def stands(self, state: int) -> None:
        """The dossier stands in this state, whatever led there."""
        with aws(self.where, "dynamodb") as dynamodb:
            dynamodb.update_item(
                TableName=self.where["table.Dossiers"],
                Key=packed({"pk": self.reference, "sk": "HEAD"}),
                UpdateExpression="SET #s = :s",
                ExpressionAttributeNames={"#s": "state"},
                ExpressionAttributeValues=packed({":s": state}),
            )

    def notices(self) -> list:
        """What the applicant was told of changes of its state, in order."""
        told = self.me.get(f"/v1/dossiers/{self.reference}/notices").ok().body["notices"]
        return [each for each in told if each["about"] == "state"]


@dataclass(frozen=True)
class Act:
    """An act: from which state through which it leads, what it needs beside the state, how it is done."""

    name: str
    paths: Mapping[int, tuple[int, ...]]
    setting: Callable[[Desk], None]
    do: Callable[[Desk], Answer]
    wanted: int = 0
    direct: bool = False
    """Of a dossier that was handed in at the counter."""
    harmless: tuple[int, ...] = ()
    """States in which it does something and moves nothing."""

    @property
    def edges(self) -> set:
        """The moves of all its paths."""
        return {pair for src, path in self.paths.items() for pair in zip((src, *path), path, strict=False)}


def nothing(_desk: Desk) -> None:
    """The dossier as it was submitted."""


def accept(desk: Desk) -> Answer:
    return desk.complete("reception", "receive", "accepted")


def accepted(desk: Desk) -> None:
    accept(desk).ok()


def withdraw(desk: Desk) -> Answer:
    return desk.post(desk.me, "withdrawal", {"reason": "Tôi nộp lại ở nơi khác"})


def owe(desk: Desk) -> Answer:
    return desk.post(desk.officer("processing"), "payment/request", {"amount": 50_000, "reason": "Lệ phí cấp giấy"})


def owing(desk: Desk) -> None:
    accepted(desk)
    owe(desk).ok()


def paid(desk: Desk) -> Answer:
    return desk.post(desk.officer("reception"), "payment", {"proof": fresh_receipt()})


def withdrawn_from(state: int) -> Callable[[Desk], None]:
    """A withdrawal is asked for where the dossier stands so."""

    def setting(desk: Desk) -> None:
        if state != DossierState.REGISTERED:
            accepted(desk)
        desk.stands(state)
        withdraw(desk).ok()

    return setting


def stop(desk: Desk) -> Answer:
    return desk.complete("reception", "withdrawal", "stopped")


def keep(desk: Desk) -> Answer:
    return desk.complete("reception", "withdrawal", "kept", reason=REASON)


def refuse(desk: Desk) -> Answer:
    return desk.complete("reception", "receive", "refused", reason=REASON, basis="Điều 13")


def refuse_later(desk: Desk) -> Answer:
    return desk.complete("processing", "verify", "refused", reason=REASON, basis="Điều 13")


ASKED = {
    "items": [
        {
            "target": "/mother/year_of_birth",
            "reason": "INACCURATE",
            "basis": "Luật Hộ tịch 60/2014/QH13, Điều 16",
            "remedy": "Ghi đúng năm sinh của mẹ",
        }
    ]
}


def ask(desk: Desk) -> Answer:
    return desk.complete("reception", "receive", "supplement", supplement=ASKED)


def ask_before_forwarding(desk: Desk) -> Answer:
    return desk.complete("reception", "forward", "supplement", supplement=ASKED)


def ask_later(desk: Desk) -> Answer:
    return desk.complete("processing", "verify", "supplement", supplement=ASKED)


def answer(desk: Desk) -> Answer:
    version = int(desk.me.get(f"/v1/dossiers/{desk.reference}/supplement").ok().headers["ETag"].strip('"'))
    body = {"fields": {"/mother/year_of_birth": 1996}}
    return desk.me.call("POST", f"/v1/dossiers/{desk.reference}/supplement", body, version=version)


def asked_at(kind: Callable[[Desk], Answer]) -> Callable[[Desk], None]:
    """A supplement was asked for by a task."""

    def setting(desk: Desk) -> None:
        if kind is not ask:
            accepted(desk)
        kind(desk).ok()

    return setting


def forward(desk: Desk) -> Answer:
    return desk.complete("reception", "forward", "forwarded")


ACTS = (
    Act("acceptance at the counter", {1: (2,)}, nothing, accept, wanted=1, direct=True),
    Act("forwarding from the counter", {2: (4,)}, accepted, forward, wanted=2, direct=True, harmless=(4,)),
    Act("refusal at reception", {1: (3,)}, nothing, refuse, wanted=1),
    Act("refusal after verification", {4: (8,)}, accepted, refuse_later, wanted=4),
    Act("supplement at reception", {1: (5,)}, nothing, ask, wanted=1),
    Act("supplement before forwarding", {2: (5,)}, accepted, ask_before_forwarding, wanted=2, direct=True),
    Act("supplement after verification", {4: (5,)}, accepted, ask_later, wanted=4),
    Act("answer, back to 1", {5: (1,)}, asked_at(ask), answer, wanted=1),
    Act("answer, back to 2", {5: (2,)}, asked_at(ask_before_forwarding), answer, wanted=2, direct=True),
    Act("answer, back to 4", {5: (4,)}, asked_at(ask_later), answer, wanted=4),
    Act("acceptance", {1: (2, 4)}, nothing, accept, wanted=1),
    Act("withdrawal before the acceptance", {1: (7,)}, nothing, withdraw, wanted=7),
    Act("withdrawal", dict.fromkeys((2, 4, 5, 6), (7,)), accepted, withdraw, wanted=7),
    Act("withdrawal confirmed", {7: (8,)}, withdrawn_from(4), stop, wanted=8),
    *(
        Act(f"withdrawal refused, back to {state}", {7: (state,)}, withdrawn_from(state), keep, wanted=state)
        for state in (1, 2, 4, 5, 6)
    ),
    Act("payment asked for", {2: (6,), 4: (6,)}, accepted, owe, wanted=6),
    Act("payment recorded", {6: (4,)}, owing, paid, wanted=4),
)
"""Every act that moves a state over HTTP."""
BY_CLOCK = {(5, 3), (5, 8)}
"""A lapsed supplement is the sweep's: tests/unit/onestop/test_supplement_lapsed.py."""
BY_EVENTS = {(4, 9), (9, 10)}
"""A signed result and its delivery are told by workers, and by no route."""


@pytest.fixture
def begun(where, small_scan):
    """`begun(direct)`: a submitted dossier, online or at the counter."""

    def made(direct: bool = False) -> Desk:
        if direct:
            body = paper()
            reference = take_in(story.officer(where, "reception"), body).ok(201).body["reference"]
            return Desk(where, holder_of(where, body), reference)
        me = story.citizen(where, **story.somebody())
        reference = ready(me, small_scan)
        story.submit(me, reference).ok(201)
        return Desk(where, me, reference)

    return made


@pytest.fixture
def desk(begun):
    """A dossier that was submitted online."""
    return begun()


def test_each_edge_of_the_table_has_its_act_here():
    by_acts = set().union(*(act.edges for act in ACTS))
    assert not by_acts & (BY_CLOCK | BY_EVENTS)
    edges = {(int(edge.src), int(edge.dst)) for edge in EDGES if edge.src}
    assert by_acts | BY_EVENTS | BY_CLOCK == edges


@pytest.mark.parametrize("act", sampled(ACTS, 8), ids=lambda act: act.name)
def test_an_act_is_refused_in_every_state_from_which_no_edge_of_its_leads(begun, act):
    desk = begun(act.direct)
    act.setting(desk)
    others = {state for other in ACTS if other.do is act.do for state in other.paths} | {*act.harmless}
    before = desk.notices()
    for state in STATES:
        if state in others:
            continue
        desk.stands(state)
        refused = problem(act.do(desk), 409, "forbidden_step")
        told = (refused["state"], refused["wanted"], refused["allowed"])
        assert told == (state, act.wanted, [int(way) for way in ways_from(DossierState(state))])
    assert desk.notices() == before


@pytest.mark.parametrize(
    ("act", "src"), sampled([(act, src) for act in ACTS for src in act.paths], 9), ids=lambda x: getattr(x, "name", x)
)
def test_each_edge_gives_exactly_one_notice_with_the_five_facts(begun, act, src):
    desk = begun(act.direct)
    act.setting(desk)
    desk.stands(src)
    before = desk.notices()
    act.do(desk).ok()
    told = desk.notices()
    assert told[: len(before)] == before
    assert [each["state"]["code"] for each in told[len(before) :]] == list(act.paths[src])
    for each in told[len(before) :]:
        assert all(each[fact] for fact in FACTS), each
    assert story.dossier(desk.me, desk.reference)["state"]["code"] == act.paths[src][-1]
    line = desk.me.get(f"/v1/dossiers/{desk.reference}/timeline").ok().body
    assert line["unbroken"]


def test_the_submission_the_result_and_its_delivery_are_one_notice_each_with_the_five_facts(finished, holder):
    told = holder.get(f"/v1/dossiers/{finished.reference}/notices").ok().body["notices"]
    assert [each["state"]["code"] for each in told if each["about"] == "state"] == [1, 2, 4, 9, 10]
    assert all(each[fact] for each in told if each["about"] == "state" for fact in FACTS)


def test_who_is_asked_for_the_draft_of_their_result_is_told_so_as_silence_confirms_it(finished, holder):
    """The clock stood, and silence would have confirmed: what a portal did not look for, it was not told."""
    told = holder.get(f"/v1/dossiers/{finished.reference}/notices").ok().body["notices"]
    asked, confirmed = (each for each in told if each["about"] == "preview")
    for said in ("coi như đã xác nhận", "silence counts", "tạm dừng"):
        assert said in asked["reason"], asked
    assert all(each[fact] for each in (asked, confirmed) for fact in FACTS if fact != "due_at")
    assert confirmed["reason"] is None, "they did it themselves"


def test_what_ended_takes_no_act_at_all(finished, holder, where):
    desk = Desk(where, holder, finished.reference)
    for act in (withdraw, owe, paid):
        refused = problem(act(desk), 409, "forbidden_step")
        assert (refused["state"], refused["allowed"]) == (10, [])


def test_a_stopped_dossier_leaves_nobody_anything_to_do_and_its_applicant_is_told_why(desk, cloud):
    accepted(desk)
    withdraw(desk).ok()
    keep(desk).ok()
    assert desk.notices()[-1]["reason"] == REASON
    withdraw(desk).ok()
    stop(desk).ok()
    cloud.wait_idle()
    for role, kind in (("processing", "verify"), ("reception", "withdrawal"), ("reception", "receive")):
        assert story.task_of(desk.officer(role), desk.reference, kind) is None
    assert story.dossier(desk.me, desk.reference)["state"]["code"] == DossierState.STOPPED
    (flow,) = [each for each in cloud.executions() if each["name"].startswith(desk.reference)]
    assert flow["status"] == "SUCCEEDED", "who waited was told that nothing comes, and was not stopped"
    events = desk.me.get(f"/v1/dossiers/{desk.reference}/timeline").ok().body["events"]
    assert "vn.motcua.dossier.decided" not in {each["type"] for each in events}


def test_an_extension_is_told_and_the_due_date_explains_itself(desk):
    accepted(desk)
    leader = desk.officer("leader")
    before = desk.me.get(f"/v1/dossiers/{desk.reference}/due").ok().body
    body = {"term": "3wd", "reason": "Cơ quan phối hợp chưa trả lời"}
    answer = leader.post(f"/v1/dossiers/{desk.reference}/extension", body)
    if answer.status == 409:  # a same-day term that is due today has no day before it any more
        assert answer.body["code"] == "extension_late"
        return
    due = desk.me.get(f"/v1/dossiers/{desk.reference}/due").ok().body
    assert due["due_at"] == answer.body["due_at"] > before["due_at"]
    assert [each for each in due["clock"]["intervals"] if each["rule"] == "extended"]
    told = desk.me.get(f"/v1/dossiers/{desk.reference}/notices").ok().body["notices"][-1]
    assert (told["about"], told["state"]["code"], told["reason"]) == ("due_date", 4, body["reason"])
    problem(leader.post(f"/v1/dossiers/{desk.reference}/extension", body), 409, "extension_spent")
