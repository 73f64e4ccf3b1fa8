"""A paper result that is shared, and the dossier that reuses it, whole on a local cloud of their own."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import boto3

from chalicelib.messages.verdict import Verdict
from chalicelib.messages.verification import verify
from infra.demo import article_eight, story
from infra.demo.client import Client, fetch
from infra.demo.scans import Scan, character_error_rate, make_scan
from infra.local.folder import forget
from infra.local.officers import OFFICERS
from infra.local.stage import local_stage

type Say = Callable[[str], None]
LEFT: Final = (
    *("receipt.pdf", "copy.pdf", "component.pdf", "result.pdf", "ca.pem"),
    *("timeline.json", "due.json", "vault.json", "summary.json"),
)
"""What a run leaves in its folder, besides its cloud and its log."""
CHILD, MOTHER, FATHER = story.FORM["child"], story.FORM["mother"], story.FORM["father"]
BIRTH_SCAN: dict[str, Any] = {
    "kind": "giay_chung_sinh",
    "seed": 11,
    "font": "liberation-serif",
    "values": {
        "ho_ten_me": MOTHER["full_name"],
        "nam_sinh_me": str(MOTHER["year_of_birth"]),
        "so_dinh_danh_me": MOTHER["personal_id"],
        "dan_toc_me": MOTHER["ethnicity"],
        "noi_cu_tru_me": MOTHER["residence"],
        "thoi_gian_sinh": "08 giờ 25 phút, ngày 18 tháng 11 năm 2026",
        "noi_sinh": CHILD["place_of_birth"],
        "gioi_tinh_con": CHILD["sex"],
        "ten_du_dinh": CHILD["full_name"],
    },
}
RESIDENCE_SCAN: dict[str, Any] = {
    "kind": "xac_nhan_cu_tru",
    "seed": 12,
    "font": "noto-serif",
    "values": {
        "ho_ten": MOTHER["full_name"],
        "ngay_sinh": "09/03/1995",
        "gioi_tinh": "Nữ",
        "so_dinh_danh": MOTHER["personal_id"],
        "dan_toc": MOTHER["ethnicity"],
        "noi_thuong_tru": MOTHER["residence"],
        "noi_o_hien_tai": MOTHER["residence"],
        "ho_ten_chu_ho": FATHER["full_name"],
        "quan_he_chu_ho": "Vợ",
    },
}


@dataclass
class Demo:
    """The story's actors and what they saw. `out` is where the papers go."""

    out: Path
    say: Say
    summary: dict[str, Any] = field(default_factory=dict)

    def run(self) -> dict[str, Any]:
        """Live the whole story; answers the summary that is also written."""
        started = time.monotonic()
        self.out.mkdir(parents=True, exist_ok=True)
        for name in LEFT:  # of a run before: whoever stops this one must not take them for its own
            (self.out / name).unlink(missing_ok=True)
        folder = self.out / "cloud"
        forget(folder)
        with local_stage(folder) as cloud:
            self.where = cloud.where()
            self.say(f"Đám mây cục bộ / local cloud: {cloud.url}")
            self._paper_result()
            self._citizen()
            self._scanning_desk()
            self._desks()
            self._papers()
            cloud.wait_idle()
            self._readings()
            self._driver()
            self._proof()
        self.summary["elapsed_s"] = round(time.monotonic() - started, 2)
        self._write("summary.json", self.summary)
        return self.summary

    def _write(self, name: str, value: Any) -> None:
        (self.out / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _paper_result(self) -> None:
        """Filed under a mandate, settled by three agencies: a result on paper becomes a data message that is shared."""
        self.me, agent = story.citizen(self.where), story.citizen(self.where, **article_eight.AGENT)
        friend = story.citizen(self.where, **article_eight.FRIEND)
        self.birth = make_scan(**BIRTH_SCAN)
        article_eight.follow(self.where, article_eight.AGENCIES)
        article_eight.publish(self.where)
        self.paper = article_eight.PaperStory(self.where, self.birth.jpeg, self.me, story.CITIZEN, agent)
        self.say(
            f"Hồ sơ {self.paper.file()}: người được ủy quyền nộp; người ủy quyền muốn nhận trên ứng dụng định danh"
        )
        self.paper.settle()
        self.say("Ba cơ quan giải quyết; kết quả được ký tay trên giấy")
        self.paper_copy = self.paper.hand_in()
        self.paper.decide()
        self.say(f"Kết quả giấy {self.paper.document}: số hóa, ký số, vào kho của hai bên theo ủy quyền, gửi ứng dụng")
        self.grant = self.paper.share(friend, article_eight.FRIEND["personal_id"])

    def _proof(self) -> None:
        """Each step of Article 8(2) and (4), as the service itself tells it."""
        self.paper.open_reused(story.officer(self.where, "reception"), self.reference)
        self.summary["article_8"] = self.paper.proof(self.reference, self.grant, story.AGENCY)

    def _citizen(self) -> None:
        """Procedure, draft, a component from the vault, form, submission: nobody asks for the paper again."""
        procedure = self.me.get(f"/v1/services/{story.PROCEDURE}").ok().body
        self.say(f"Thủ tục {procedure['code']} {procedure['name_vi']}: mức trực tuyến {procedure['online']['level']}")
        draft = story.open_draft(self.me).ok(201).body["reference"]
        self.paper.reuse(draft)
        story.fill(self.me, draft).ok()
        self.say(f"Bản nháp {draft}: giấy chứng sinh lấy từ kho, không tải lên; biểu mẫu đã lưu")
        answer = story.submit(self.me, draft, key=f"demo-{draft}").ok(201)
        self.reference = answer.body["reference"]
        self.say(answer.body["acknowledgement"])
        self.summary |= {
            "submission_reference": self.reference,
            "procedure": story.PROCEDURE,
            "submitted_at": answer.body["received_at"],
            "seal": answer.body["seal"],
            "submit_dynamodb_calls": int(answer.headers["X-Local-DynamoDB-Calls"]),
            "submit_write_units": int(answer.headers["X-Local-Write-Units"]),
        }

    def _scanning_desk(self) -> None:
        """A drop into the intake bucket becomes a component; its officer signs the copy before anything is read."""
        self.residence = make_scan(**RESIDENCE_SCAN)
        desk = story.officer(self.where, "reception")
        story.scanned(desk, self.reference, self.residence.jpeg, "KQ003785 xác nhận cư trú.jpg")
        copy = story.until("the copy", lambda: story.copy_of(desk, self.reference))
        self.copy = copy
        story.digitised(self.where, copy)
        self.say("Bản quét của công chức đã thành thành phần hồ sơ; công chức ký số bản sao chụp")

    def _desks(self) -> None:
        """Receive, verify, approve; the applicant confirms and the paper is digitised in between."""
        for kind, role, outcome in story.STEPS:
            desk = story.officer(self.where, role)
            if kind == "approve" and story.confirm(self.me, self.reference):
                self.say("Người nộp hồ sơ đã xem dự thảo kết quả và xác nhận")
            task = story.until(kind, lambda: story.task_of(desk, self.reference, kind))  # noqa: B023 - used at once
            if kind == "approve":
                story.until("the data message", lambda: story.settled(self.me, self.reference))
                self.say("Số hóa xong: sao chụp, ký, bóc tách, cấp mã, lưu, chuyển đổi sang thông điệp dữ liệu")
            story.complete(desk, task, outcome).ok()
            self.say(f"{OFFICERS[role]['name']}: {kind} -> {outcome}")
        self.done = story.until("the result", lambda: story.returned(self.me, self.reference))
        self.say(f"Hồ sơ {self.done['dossier_code']}: {self.done['state']['label_vi']}")

    def _papers(self) -> None:
        """Timeline, due date, notices, slip, ledger, and every paper, verified."""
        timeline = self._get("timeline")
        due = self._get("due")["explanation"]
        self._write(
            "timeline.json", timeline | {"notices": self._get("notices")["notices"], "slip": self._get("slip")["rows"]}
        )
        self._write("due.json", due)
        document = self.done["vault_document"]
        opened = self.me.get(f"/v1/vault/documents/{document}").ok().body
        self._write(
            "vault.json", {"document": opened["document"], "ledger": self.me.get("/v1/vault/access").ok().body["lines"]}
        )
        ca = Path(self.where["folder"]) / "keys" / "ca.pem"
        (self.out / "ca.pem").write_bytes(ca.read_bytes())
        conversion = next(c for c in self.done["components"] if c["origin"] == "drop")["digitisation"]["conversion_id"]
        papers = {"receipt": self.done["receipt"], "copy": f"COPY.{self.copy}", "component": conversion}
        verdicts = {name: self._verified(name, message) for name, message in papers.items()}
        verdicts["result"] = self._verified("result", document, opened["url"])
        self.summary |= {
            "dossier_code": self.done["dossier_code"],
            "result_code": self.done["results"][0],
            "states": [e["state"]["code"] for e in timeline["events"] if e["state"]],
            "received_at": self.done["accepted_at"],
            "due_at": self.done["due_at"],
            "holder_name": self.done["holder_name"],
            "vault_document_id": document,
            "result_sha256": verdicts["result"].sha256,
            "signature_valid": verdicts["result"].valid,
            "signatures": {name: v.valid for name, v in verdicts.items()},
            "log_unbroken": timeline["unbroken"],
        }

    def _get(self, what: str) -> Any:
        return self.me.get(f"/v1/dossiers/{self.reference}/{what}").ok().body

    def _verified(self, name: str, message: str, url: str = "") -> Verdict:
        """Fetch a paper, keep it, and check it against the local root and the registered hash."""
        view = self.me.get(f"/v1/messages/{message}").ok().body
        registered = Client(self.where).get(f"/v1/verifications/{view['lookup']}").ok().body
        pdf = fetch(url or view["url"])
        (self.out / f"{name}.pdf").write_bytes(pdf)
        return verify(pdf, roots=self.out / "ca.pem", registered_sha256=registered["sha256"])

    def _readings(self) -> None:
        """How well the scans were read, against the generator's truth."""
        s3 = boto3.client("s3", endpoint_url=self.where["endpoint"], region_name=self.where["region"])

        def rate(scan: Scan, copy: str) -> float:
            key = f"papers/{copy.replace('.', '/')}/reading.json"
            stored = json.load(s3.get_object(Bucket=self.where["bucket.MessagesBucket"], Key=key)["Body"])
            return round(character_error_rate(scan.text, stored["text"]), 5)

        self.summary["character_error_rate"] = {
            "giay_chung_sinh": rate(self.birth, self.paper_copy),
            "xac_nhan_cu_tru": rate(self.residence, self.copy),
        }

    def _driver(self) -> None:
        """How many states the execution entered: what Step Functions charges for."""
        machine = boto3.client("stepfunctions", endpoint_url=self.where["endpoint"], region_name=self.where["region"])
        arns = [m["stateMachineArn"] for m in machine.list_state_machines()["stateMachines"]]
        runs = [e for a in arns for e in machine.list_executions(stateMachineArn=a)["executions"]]
        own = [e["executionArn"] for e in runs if e["name"].startswith(self.reference)]
        pages = machine.get_paginator("get_execution_history").paginate(executionArn=own[0])
        entered = [e for p in pages for e in p["events"] if e["type"].endswith("StateEntered")]
        self.summary |= {"state_entries": len(entered), "executions": len(own)}
