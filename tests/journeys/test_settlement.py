"""Three agencies in two stages: one is silent, one asks for a supplement, one new date, a withdrawal refused."""

from types import SimpleNamespace

import pytest

from infra.demo import story
from tests.support.asserts import problem
from tests.support.catalogue import Desk, facts_of, form_of, fresh_code, opened
from tests.support.world import aws, enrol, flows_of, officer_of, partition

COMMUNE, POLICE, HEALTH, EXPERT = story.AGENCY, "H01.10.91", "H01.10.92", "H01.10.93"
NAMES = {POLICE: "Công an xã Kiểm Soát", HEALTH: "Trung tâm Y tế Kiểm Soát", EXPERT: "Chi cục Giám định Kiểm Soát"}
ROUTE = [
    [
        {"leg": "commune", "agency": "@receiving", "deadline": "8wh", "steps": ["verify"]},
        {"leg": "police", "agency": POLICE, "deadline": "1wd"},
    ],
    [{"leg": "health", "agency": HEALTH, "deadline": "1wd", "lead": True}],
]
CONTENT = "Đề nghị cho ý kiến về kết quả giám định"
ASKED = {
    "target": story.BIRTH_NOTICE,
    "reason": "DATA_WRONG",
    "basis": "Nghị định 123/2015/NĐ-CP, Điều 9",
    "remedy": "Cơ quan quản lý dữ liệu sửa lại ngày sinh",
    "by": "database",
}
pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def settled(cloud, where):
    """The agencies are known and can sign; the procedure is published."""
    for agency, name in NAMES.items():
        entry = {"name": name, "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
        chief = officer_of(where, agency, "administrator")
        chief.call("PUT", f"/v1/agencies/{agency}", {"entries": [entry]}, version=0).ok()
    signs = {f"officer-{HEALTH}-leader": "Lý Thanh Oanh"}
    enrol(where, NAMES, signs, HEALTH)
    code = fresh_code()
    facts = facts_of(code, like=story.PROCEDURE, route=ROUTE, term={"text": "5wd", "record": "5 WORKING_DAY"})
    Desk(where, code).put_out(facts, form_of())
    cloud.wait_idle()
    return code


class Way:
    """One dossier on its way, and everybody who has to do with it."""

    def __init__(self, cloud, where, code, scan):
        self.cloud, self.where = cloud, where
        self.me = story.citizen(where, **story.somebody())
        self.reference = opened(self.me, code)
        story.fill(self.me, self.reference).ok()
        assert (
            story.checked(self.me, self.reference, story.upload(self.me, self.reference, scan))["status"] == "accepted"
        )
        story.submit(self.me, self.reference).ok(201)

    def desk(self, agency, role):
        return officer_of(self.where, agency, role)

    def do(self, agency, role, task, outcome, **said):
        path = f"/v1/tasks/{self.reference}.{task}/complete"
        desk = self.desk(agency, role)

        def once():
            answer = desk.post(path, {"outcome": outcome, **said})
            return None if answer.status == 409 and answer.body["code"] == "result_not_drawn" else answer

        return story.until(f"{task} {outcome}", once)

    def lists(self, agency, role, kind):
        return story.task_of(self.desk(agency, role), self.reference, kind) is not None

    def get(self, path="", who=None):
        return (who or self.me).get(f"/v1/dossiers/{self.reference}{path}")

    def pass_over(self, sk):
        """The time of a task is over: nobody waits a day here."""
        with aws(self.where, "dynamodb") as client:
            key = {"pk": {"S": self.reference}, "sk": {"S": sk}}
            client.update_item(
                TableName=self.where["table.Dossiers"],
                Key=key,
                UpdateExpression="SET due_at = :due, wl_sk = :sk",
                ExpressionAttributeValues={
                    ":due": {"S": "2026-01-01T00:00:00.000+00:00"},
                    ":sk": {"S": f"2026-01-01T00:00:00.000+00:00#{self.reference}"},
                },
            )
        self.cloud.functions.call("onestop_sweep", {})

    def entered(self):
        """States that its executions entered."""
        with aws(self.where, "stepfunctions") as client:
            machine = flows_of(client)
            runs = client.get_paginator("list_executions").paginate(stateMachineArn=machine)
            own = [e for p in runs for e in p["executions"] if e["name"].startswith(self.reference)]
            found = 0
            for each in own:
                pages = client.get_paginator("get_execution_history").paginate(executionArn=each["executionArn"])
                found += sum(e["type"].endswith("StateEntered") for p in pages for e in p["events"])
        return SimpleNamespace(runs=[e["status"] for e in own], states=found)


def begun(way):
    """Accepted, both legs of the first stage open, each on its own agency's list."""
    way.do(COMMUNE, "reception", "0-commune.receive", "accepted").ok()
    assert way.lists(COMMUNE, "processing", "verify")
    assert way.lists(POLICE, "processing", "verify")
    assert not way.lists(HEALTH, "processing", "verify")


def silent(way):
    """The commune asks for an opinion, and nobody answers."""
    question = {"agency": EXPERT, "content": CONTENT, "deadline": "2wd"}
    path = f"/v1/tasks/{way.reference}.0-commune.verify/consultations"
    asked = way.desk(COMMUNE, "processing").post(path, question).ok(201).body
    assert (asked["asks"], asked["agency"], asked["outcome"]) == (COMMUNE, EXPERT, None)
    assert way.lists(EXPERT, "processing", "consult")
    problem(way.do(COMMUNE, "processing", "0-commune.verify", "agreed"), 409, "consultation_open")
    way.pass_over("TASK#0-commune#consult")
    (found,) = way.get("/consultations", way.desk(POLICE, "processing")).ok().body["consultations"]
    assert (found["content"], found["outcome"]) == (CONTENT, "unanswered")
    problem(way.get("/consultations"), 403)
    way.do(COMMUNE, "processing", "0-commune.verify", "agreed").ok()


def supplemented(way):
    """The police ask for a supplement, and the term begins anew."""
    way.do(POLICE, "processing", "0-police.verify", "supplement", supplement={"items": [ASKED]}).ok()
    version = way.get().ok().body["version"]
    way.me.call("POST", f"/v1/dossiers/{way.reference}/supplement", {"fields": {}}, version=version).ok()
    way.do(POLICE, "processing", "0-police.verify.2", "verified").ok()
    way.do(POLICE, "leader", "0-police.approve", "disagreed", reason="Nơi cư trú chưa được xác minh").ok()


def extended_and_kept(way):
    """The leading agency gives the one new date; the applicant asks to withdraw, and reception refuses."""
    extension = {"term": "2wd", "reason": "Cơ quan phối hợp chưa trả lời đầy đủ"}
    path = f"/v1/dossiers/{way.reference}"
    way.desk(HEALTH, "leader").post(f"{path}/extension", extension).ok()
    problem(way.desk(HEALTH, "leader").post(f"{path}/extension", extension), 409, "extension_spent")
    way.me.post(f"{path}/withdrawal", {"reason": "Tôi muốn nộp ở nơi khác"}).ok()
    way.do(COMMUNE, "reception", "0-commune.withdrawal", "kept", reason="Hồ sơ đã có ý kiến của các cơ quan").ok()


def test_three_agencies_in_two_stages_bring_a_dossier_to_its_result(cloud, where, settled, small_scan):
    way = Way(cloud, where, settled, small_scan)
    begun(way)
    silent(way)
    supplemented(way)
    assert way.lists(HEALTH, "processing", "verify")
    lead = way.desk(HEALTH, "processing")
    legs = {leg["leg"]: leg for leg in way.get("/legs", lead).ok().body["legs"]}
    assert [(leg["outcome"], leg["status"]) for leg in legs.values()] == [
        ("agreed", "done"), ("disagreed", "done"), (None, "open"),
    ]  # fmt: skip
    assert legs["0-police"]["reason"] == "Nơi cư trú chưa được xác minh"
    problem(way.get("/legs"), 403)
    extended_and_kept(way)
    problem(way.do(POLICE, "processing", "1-health.verify", "verified"), 404)
    problem(way.do(POLICE, "reception", "1-health.verify", "verified"), 403)
    way.do(HEALTH, "processing", "1-health.verify", "verified").ok()
    assert story.confirm(way.me, way.reference), "the procedure asks the applicant whether the draft is right"
    way.do(HEALTH, "leader", "1-health.approve", "approved").ok()
    done = story.until("the result", lambda: story.returned(way.me, way.reference))
    assert len(done["results"]) == 1
    rows = [(row["giver"], row["receiver"]) for row in way.get("/slip").ok().body["rows"]]
    office = way.get("", None).ok().body["holding"]["office"]
    one_stop = rows_of_one_stop(way)
    assert (one_stop, NAMES[POLICE]) in rows
    assert (office, NAMES[EXPERT]) in rows
    assert (NAMES[EXPERT], office) in rows
    assert (office, NAMES[HEALTH]) in rows
    assert (NAMES[POLICE], NAMES[HEALTH]) in rows
    assert rows[-1] == (NAMES[HEALTH], one_stop)
    silences = [row for row in way.get("/slip").ok().body["rows"] if row["note"] == "Không trả lời"]
    assert len(silences) == 1
    cloud.wait_idle()
    entered = way.entered()
    assert entered.runs == ["SUCCEEDED"]
    assert entered.states <= 8


def rows_of_one_stop(way):
    """The name of the receiving unit, as the dossier pinned it."""
    plan = next(row for row in partition(way.where, "Dossiers", way.reference) if row["sk"] == "PLAN")
    return (plan.get("pin") or plan["plan"])["office"]["one_stop"]


def test_a_dossier_whose_execution_is_killed_between_two_stages_goes_on_by_itself(cloud, where, settled, small_scan):
    way = Way(cloud, where, settled, small_scan)
    begun(way)
    cloud.wait_idle()
    with aws(where, "stepfunctions") as client:
        machine = flows_of(client)
        arn = machine.replace(":stateMachine:", ":execution:")
        client.stop_execution(executionArn=f"{arn}:{way.reference}-1")
    way.do(COMMUNE, "processing", "0-commune.verify", "agreed").ok()
    way.do(POLICE, "processing", "0-police.verify", "verified").ok()
    way.do(POLICE, "leader", "0-police.approve", "agreed").ok()
    assert way.lists(HEALTH, "processing", "verify")
    way.do(HEALTH, "processing", "1-health.verify", "verified").ok()
    assert story.confirm(way.me, way.reference), "the procedure asks the applicant whether the draft is right"
    way.do(HEALTH, "leader", "1-health.approve", "approved").ok()
    assert story.until("the result", lambda: story.returned(way.me, way.reference))
    assert way.get("/timeline").ok().body["unbroken"]
