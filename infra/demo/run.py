"""A paper result that is shared, and the dossier that reuses it, whole on a local cloud of their own."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import boto3

from chalicelib.messages.verdict import Verdict
from chalicelib.messages.verification import verify
from infra.demo import article_eight, story
from infra.demo.client import Client, fetch
from infra.demo.scans import Scan, character_error_rate, make_scan
from infra.local.cloud import LocalCloud
from infra.local.folder import forget, keep_port
from infra.local.officers import OFFICERS
from infra.local.server import PortBusy
from infra.local.stage import local_stage

type Say = Callable[[str], None]
PORT: Final = 8000
"""Where `motcua serve` answers, and so what the codes on the papers name."""
LIEU, THUONG, OANH = (str(who["name"]) for who in (story.CITIZEN, article_eight.AGENT, article_eight.FRIEND))
LUONG, NHUONG, NGHIA, TAM = (str(OFFICERS[role]["name"]) for role in ("reception", "processing", "leader", "clerk"))
ARTICLE_8: Final = "Decree 137/2024/ND-CP Art. 8(4)"
DIGITISED: Final = "Circular 01/2023/TT-VPCP Art. 7; Law 20/2023/QH15 Art. 12"
DESKS: Final = {
    "receive": (
        f"{LUONG} tiếp nhận hồ sơ: cấp mã hồ sơ và giấy hẹn.",
        f"{LUONG} accepts the dossier: it gets its code and its receipt.",
        "Decree 61/2018/ND-CP Art. 17; Circular 03/2025/TT-VPCP, form 01",
    ),
    "verify": (
        f"{NHUONG} thẩm tra hồ sơ, lập dự thảo giấy khai sinh.",
        f"{NHUONG} verifies the dossier; the draft of the birth certificate is there.",
        "Decree 61/2018/ND-CP Art. 19",
    ),
    "approve": (
        f"{NGHIA} phê duyệt giấy khai sinh.",
        f"{NGHIA} approves the birth certificate.",
        "Decree 61/2018/ND-CP Art. 19",
    ),
}
"""What each desk does with the dossier: in Vietnamese, in English, by which clause."""
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
    """The story's actors and what they saw. `out` is where the papers go.

    `port` is the one that the codes on them name; None: that of `motcua serve`, or a free one where it is taken.
    """

    out: Path
    say: Say
    port: int | None = None
    summary: dict[str, Any] = field(default_factory=dict)
    _since: float = field(default_factory=time.monotonic)

    def run(self) -> dict[str, Any]:
        """Live the whole story; answers the summary that is also written. Raises PortBusy for a port that was given."""
        started = self._since = time.monotonic()
        self.out.mkdir(parents=True, exist_ok=True)
        for name in LEFT:  # of a run before: whoever stops this one must not take them for its own
            (self.out / name).unlink(missing_ok=True)
        folder = self.out / "cloud"
        forget(folder)
        with self._served(folder) as cloud:
            keep_port(folder, int(cloud.url.rpartition(":")[2]))
            self.where = cloud.where()
            self._tell("Một Cửa khởi động trên máy này.", "Một Cửa starts on this machine.")
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

    @contextmanager
    def _served(self, folder: Path) -> Iterator[LocalCloud]:
        try:
            cloud = local_stage(folder, port=PORT if self.port is None else self.port).start()
        except PortBusy:
            if self.port is not None:
                raise
            cloud = local_stage(folder).start()
        try:
            yield cloud
        finally:
            cloud.stop()

    def _tell(self, vi: str, en: str, clause: str = "") -> None:
        """A step of the story is done: who did what for whom, by which clause, and how long it took."""
        now = time.monotonic()
        took, self._since = round(now - self._since, 1), now
        steps = self.summary.setdefault("steps", [])
        steps.append({"vi": vi, "en": en, "clause": clause, "seconds": took})
        self.say(f"{len(steps):>2}. {vi}\n      {en}\n      " + "; ".join(filter(None, (clause, f"{took} s"))))

    def _write(self, name: str, value: Any) -> None:
        (self.out / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _paper_result(self) -> None:
        """Filed under a mandate, settled by three agencies: a result on paper becomes a data message that is shared."""
        self.me, agent = story.citizen(self.where), story.citizen(self.where, **article_eight.AGENT)
        friend = story.citizen(self.where, **article_eight.FRIEND)
        self.birth = make_scan(**BIRTH_SCAN)
        article_eight.follow(self.where, article_eight.AGENCIES)
        article_eight.publish(self.where)
        self._tell(
            "Cơ quan công bố dịch vụ ví dụ “Cấp giấy chứng sinh”, sau khi một người khác đã rà soát.",
            "An agency publishes an example service, “birth notice”, after another person has reviewed it.",
            "Decree 137/2024/ND-CP Art. 8(2)",
        )
        self.paper = article_eight.PaperStory(self.where, self.birth.jpeg, self.me, story.CITIZEN, agent)
        self.paper.file()
        self._tell(
            f"{THUONG} nộp hồ sơ thay {LIEU} theo ủy quyền; {LIEU} muốn nhận kết quả trên ứng dụng định danh.",
            f"{THUONG} files a dossier for {LIEU} under her mandate; she wants the result in the national ID app.",
            f"Civil Code 91/2015/QH13 Art. 134-141; {ARTICLE_8}",
        )
        self.paper.settle()
        self._tell(
            "Ba cơ quan giải quyết hồ sơ, mỗi nơi phần của mình; kết quả được ký tay trên giấy.",
            "Three agencies settle it, each its own part; the result is signed by hand, on paper.",
            "Decree 61/2018/ND-CP Art. 19(6)",
        )
        self.paper_copy = self.paper.hand_in()
        self._tell(
            f"{TAM} quét tờ giấy, ký bản sao chụp, xem lại những gì máy đọc được; giấy thành thông điệp dữ liệu.",
            f"{TAM} scans the paper, signs the copy and looks over what was read: the paper becomes a data message.",
            DIGITISED,
        )
        self.paper.decide()
        self._tell(
            f"Kết quả được phê duyệt: vào kho của {LIEU} và {THUONG} như ủy quyền đã ghi, và lên ứng dụng định danh.",
            f"The result is approved: it is in the vaults of {LIEU} and {THUONG}, as the mandate says, and in the app.",
            ARTICLE_8,
        )
        self.grant = self.paper.share(friend, article_eight.FRIEND["personal_id"])
        self._tell(
            f"{LIEU} chia sẻ kết quả cho {OANH} trong ba ngày; {OANH} mở xem.",
            f"{LIEU} shares the result with {OANH} for three days, who opens it.",
            ARTICLE_8,
        )

    def _proof(self) -> None:
        """Each step of Article 8(2) and (4), as the service itself tells it."""
        self.paper.open_reused(story.officer(self.where, "reception"), self.reference)
        self.summary["article_8"] = self.paper.proof(self.reference, self.grant, story.AGENCY)
        self._tell(
            f"{LUONG} mở tờ giấy dùng lại mà không ai phải nộp; {LIEU} thấy trong sổ truy cập ai đã xem gì.",
            f"{LUONG} opens the reused paper that nobody handed in again; {LIEU} reads in her ledger who saw what.",
            ARTICLE_8,
        )

    def _citizen(self) -> None:
        """Procedure, draft, a component from the vault, form, submission: nobody asks for the paper again."""
        self.me.get(f"/v1/services/{story.PROCEDURE}").ok()
        draft = story.open_draft(self.me).ok(201).body["reference"]
        self.paper.reuse(draft)
        story.fill(self.me, draft).ok()
        self._tell(
            f"{LIEU} đăng ký khai sinh cho con, {CHILD['full_name']}: giấy chứng sinh lấy từ kho, không nộp lại.",
            f"{LIEU} registers the birth of her child, {CHILD['full_name']}: the birth notice comes from her vault.",
            f"Decree 45/2020/ND-CP Art. 9; {ARTICLE_8}",
        )
        answer = story.submit(self.me, draft, key=f"demo-{draft}").ok(201)
        self.reference = answer.body["reference"]
        self._tell(
            f"{LIEU} nộp hồ sơ trực tuyến; hệ thống trả lời đã nhận, số {self.reference}.",
            f"{LIEU} submits it online; the service answers that it has it, under {self.reference}.",
            "Decree 45/2020/ND-CP Art. 11",
        )
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
        self._tell(
            f"{LUONG} quét giấy xác nhận cư trú và ký số bản sao chụp, trước khi máy đọc.",
            f"{LUONG} scans the proof of residence and signs the copy, before anything is read from it.",
            "Circular 01/2023/TT-VPCP Art. 7, 8(1)",
        )

    def _desks(self) -> None:
        """Receive, verify, approve; the applicant confirms and the paper is digitised in between."""
        for kind, role, outcome in story.STEPS:
            desk = story.officer(self.where, role)
            if kind == "approve" and story.confirm(self.me, self.reference):
                self._tell(
                    f"{LIEU} xem dự thảo giấy khai sinh và xác nhận.",
                    f"{LIEU} looks at the draft of the certificate and confirms it.",
                    "Procedure 1.001193",
                )
            task = story.until(kind, lambda: story.task_of(desk, self.reference, kind))  # noqa: B023 - used at once
            if kind == "approve":
                story.until("the data message", lambda: story.settled(self.me, self.reference))
                self._tell(
                    "Giấy xác nhận cư trú đã thành thông điệp dữ liệu, có chữ ký của cơ quan.",
                    "The proof of residence is a data message, with the agency's signature.",
                    DIGITISED,
                )
            story.complete(desk, task, outcome).ok()
            self._tell(*DESKS[kind])
        self.done = story.until("the result", lambda: story.returned(self.me, self.reference))
        self._tell(
            f"Giấy khai sinh được ký số và vào kho của {LIEU}. Hồ sơ {self.done['dossier_code']}: đã trả kết quả.",
            f"The certificate is signed and in the vault of {LIEU}. Dossier {self.done['dossier_code']}: returned.",
            f"Decree 45/2020/ND-CP Art. 14(3); {ARTICLE_8}",
        )

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
            "receipt_page": self._page_of(self.done["receipt"]),
        }
        self._tell(
            "Bốn giấy tờ được kiểm tra chữ ký và đối chiếu với sổ đăng ký của hệ thống.",
            "Four papers are checked: their signatures, and their hashes by the register.",
            "Law 20/2023/QH15 Art. 12; Circular 01/2023/TT-VPCP Art. 26",
        )

    def _page_of(self, message: str) -> str:
        """The address that the code on a paper opens."""
        lookup = self.me.get(f"/v1/messages/{message}").ok().body["lookup"]
        return f"{self.where['url']}/v1/verifications/{lookup}"

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
