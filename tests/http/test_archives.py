"""Results of former years: an index sheet, its scans, data messages in their owners' vaults or with the agency."""

import hashlib
import json

import pytest
import requests
from typer.testing import CliRunner

from chalicelib.digitisation.archives.wire import LONGEST
from infra.command.cli import app
from infra.demo import story
from infra.demo.client import fetch
from infra.demo.scans import make_scan
from infra.local.cloud import LocalCloud
from tests.support.asserts import problem, rules
from tests.support.hostile_set import good
from tests.support.index_sheet import GOOD, sheet
from tests.support.world import OTHER_AGENCY, officer_of, whole_list

BROKEN = b"\xff\xd8\xff and no more"


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def owner():
    """Claims of somebody who was never here before."""
    return story.somebody()


_years = iter(range(1900, 2020))


def opened(desk, *rows, **more):
    """An archive; no two of them are one, as their numbers differ."""
    year = next(_years)
    rows = [{"file": f"{n}.jpg"} | row | {"number": f"{n}/{year}"} for n, row in enumerate(rows, 1)]
    return desk.post("/v1/archives", {"name": f"Năm {year}", "index": sheet(*rows), **more}).ok(201).body


def put(desk, archive, file, data, **more):
    """A scanner drops a file of an archive by a form."""
    body = {"archive": archive, "filename": file, "media_type": "image/jpeg", **more}
    ticket = desk.post("/v1/drops", body).ok(201).body
    answer = requests.post(ticket["post"]["url"], data=ticket["post"]["fields"], files={"file": data}, timeout=60)
    answer.raise_for_status()
    return ticket["key"]


def paper(desk, archive, line=2):
    found = desk.get(f"/v1/archives/{archive}").ok().body["papers"]
    return next(each for each in found if each["line"] == line)


def reached(desk, archive, state, line=2):
    """The line once it is so far."""

    def look():
        found = paper(desk, archive, line)
        return found if found["step"] == state else None

    return story.until(state, look)


def converted(where, desk, archive, line=2):
    """A paper is signed by its officer, looked at by two, and a data message."""
    copy = reached(desk, archive, "copied", line)["copy_id"]
    story.sign_copy(desk, copy).ok(202)
    story.look_over(copy, desk, story.second(where))
    return reached(desk, archive, "stored", line)


def test_a_paper_of_a_former_year_reaches_the_vault_of_its_owner(where, desk, owner):
    me, scan = story.citizen(where, **owner), make_scan("xac_nhan_cu_tru", seed=3).jpeg
    archive = opened(
        desk,
        {"owner_number": owner["personal_id"], "reads_as": "xac_nhan_cu_tru", "kind": "Xác nhận cư trú"},
        {"owner_number": ""},
    )["id"]
    seen = desk.get(f"/v1/archives/{archive}").ok().body
    assert seen["counts"] == {"waiting": 2, "taken": 0, "refused": 0, "stored": 0}
    assert [(each["step"], each["held_by"]) for each in seen["papers"]] == [
        ("waiting", "owner"), ("waiting", "agency"),
    ]  # fmt: skip
    assert put(desk, archive, "1.jpg", scan) == f"drops/{story.AGENCY}/archives/{archive}/1.jpg"
    put(desk, archive, "2.jpg", good(7))

    kept = converted(where, desk, archive)
    (document,) = story.until("the vault", lambda: me.get("/v1/vault/documents").ok().body["documents"])
    assert (document["id"], document["title"], document["provenance"], document["note"]) == (
        kept["code"], "Xác nhận thông tin về cư trú", "CONVERTED_SIGNED", "Xác nhận cư trú",
    )  # fmt: skip
    assert (document["dossier_code"], document["agency"]) == ("", story.AGENCY)
    message = fetch(me.get(f"/v1/vault/documents/{kept['code']}").ok().body["url"])
    assert hashlib.sha256(message).hexdigest() == document["sha256"]
    lines = me.get("/v1/vault/access").ok().body["lines"]
    assert ("stored", "01/2023/TT-VPCP Art. 24(2)") in {(line["act"], line["basis"]) for line in lines}
    assert lines[-1]["act"] == "read"

    other = converted(where, desk, archive, 3)
    held = desk.get(f"/v1/messages/{other['code']}").ok().body
    assert (held["kind"], hashlib.sha256(fetch(held["url"])).hexdigest()) == ("conversion", held["sha256"])
    assert desk.get(f"/v1/archives/{archive}").ok().body["counts"]["stored"] == 2
    for name, sha256 in ((kept["code"], document["sha256"]), (other["code"], held["sha256"])):
        told = desk.get(f"/v1/verifications/{name}?sha256={sha256}").ok().body
        assert (told["message"], told["origin"], told["standing"]) == (name, "converted", "unchanged")


def test_a_sheet_is_taken_whole_or_refused_with_every_fault(desk):
    before = whole_list(desk, "/v1/archives", "archives")
    text = sheet({"issued_on": "31/02/1998"}, {"number": "2", "file": "2.jpg"}, {"number": "3", "file": "2.jpg"})
    assert rules(desk.post("/v1/archives", {"name": "x", "index": text})) == {
        "/index/2/issued_on": "date", "/index/4/file": "twice",
    }  # fmt: skip
    assert rules(desk.post("/v1/archives", {"name": "", "index": text, "days": 0})) == {
        "/name": "string_too_short", "/days": "greater_than_equal",
    }  # fmt: skip
    assert rules(desk.post("/v1/archives", {"name": "x", "index": "x" * (LONGEST + 1)})) == {
        "/index": "string_too_long"
    }
    assert whole_list(desk, "/v1/archives", "archives") == before


def test_thousands_of_lines_are_one_archive_and_read_page_by_page(where, desk):
    text = sheet(*({"number": f"{n}/2001", "file": f"{n}.jpg"} for n in range(3000)))
    assert len(text) > 200_000, "more than the body of any other route"
    archive = desk.post("/v1/archives", {"name": "2001", "index": text}).ok(201).body
    assert (archive["lines"], archive["opened_by"]) == (3000, story.OFFICERS["reception"]["name"])
    again = desk.post("/v1/archives", {"name": "another name", "index": text}, key="another").ok(201).body
    assert again == archive, "the same sheet is the same archive"
    papers = whole_list(desk, f"/v1/archives/{archive['id']}", "papers")
    assert [each["line"] for each in papers] == list(range(2, 3002))
    assert archive in whole_list(desk, "/v1/archives", "archives")
    other = officer_of(where, OTHER_AGENCY, "scanning")
    assert archive not in whole_list(other, "/v1/archives", "archives")
    problem(other.get(f"/v1/archives/{archive['id']}"), 404, "not_found")
    body = {"archive": archive["id"], "filename": "1.jpg", "media_type": "image/jpeg"}
    problem(other.post("/v1/drops", body), 404, "not_found")


def test_a_form_is_given_for_a_file_that_the_sheet_names(desk):
    archive = opened(desk, {})["id"]
    body = {"archive": archive, "filename": "2.jpg", "media_type": "image/jpeg"}
    assert rules(desk.post("/v1/drops", body)) == {"/filename": "unknown"}
    assert rules(desk.post("/v1/drops", {**body, "dossier": "MC-1"})) == {"/archive": "one_of"}


def test_a_bad_scan_leaves_its_line_open_and_a_rejected_one_too(desk):
    archive = opened(desk, {}, {})["id"]
    put(desk, archive, "1.jpg", BROKEN)
    seen = reached(desk, archive, "refused")
    assert (seen["reason_code"], seen["code"], seen["late"]) == ("truncated", None, False)
    assert seen["reason"] == "Tệp bị hỏng hoặc thiếu dữ liệu; hãy quét hoặc tải lại."
    rest = desk.get(f"/v1/archives/{archive}?step=waiting").ok().body["papers"]
    assert [each["line"] for each in rest] == [3]

    put(desk, archive, "1.jpg", good(8))
    copy = reached(desk, archive, "copied")["copy_id"]
    assert desk.get(f"/v1/copies/{copy}").ok().body["code"] == "ARCHIVED"
    problem(desk.post(f"/v1/copies/{copy}/sorting", {"component": "KQ003785"}), 409, "forbidden_step")
    key = put(desk, archive, "1.jpg", good(9))
    drop = story.until("refused", lambda: _verdict(desk, key, "refused", "line_has_paper"))
    assert drop["reason"]
    desk.post(f"/v1/copies/{copy}/rejection", {"reason": "incomplete"}).ok()
    assert reached(desk, archive, "refused")["reason_code"] == "incomplete"
    put(desk, archive, "1.jpg", good(9))
    assert reached(desk, archive, "copied")["copy_id"] != copy


def _verdict(desk, key, verdict, reason):
    found = whole_list(desk, f"/v1/drops?verdict={verdict}", "drops")
    return next((drop for drop in found if drop["key"] == key and drop["reason_code"] == reason), None)


def test_a_query_that_asks_for_no_step_of_ours_is_refused(desk):
    archive = opened(desk, {})["id"]
    assert rules(desk.get(f"/v1/archives/{archive}?step=lost")) == {"/step": "literal_error"}
    assert rules(desk.get(f"/v1/archives/{archive}?cursor=x")) == {"/cursor": "cursor"}


def test_no_officer_alone_puts_a_paper_into_anybodys_vault_and_two_say_so(where, desk, owner, tmp_path):
    me, scan = story.citizen(where, **owner), make_scan("xac_nhan_cu_tru", seed=5).jpeg
    archive = opened(desk, {"owner_number": owner["personal_id"], "reads_as": ""})["id"]
    put(desk, archive, "1.jpg", scan)
    copy = reached(desk, archive, "copied")["copy_id"]
    story.sign_copy(desk, copy).ok(202)
    assert story.look_over(copy, desk)
    fields = {each["name"]: each for each in desk.get(f"/v1/reviews/{copy}").ok().body["fields"]}
    stated = {
        "chu_so_huu_theo_ban_ke": GOOD["owner_name"], "so_dinh_danh_theo_ban_ke": owner["personal_id"],
        "loai_giay_theo_ban_ke": "Giấy khai sinh",
    }  # fmt: skip
    for name, said in stated.items():
        asked = fields[name]
        assert (asked["value"], asked["second_person"], asked["closed"], asked["mine"]) == (said, True, False, False)
    assert story.look_over(copy, desk) == 0, "the same officer is nobody else"
    assert me.get("/v1/vault/documents").ok().body["documents"] == []

    assert story.look_over(copy, story.second(where))
    kept = reached(desk, archive, "stored")
    (document,) = story.until("the vault", lambda: me.get("/v1/vault/documents").ok().body["documents"])
    assert (document["title"], document["note"], document["owner_compared"]) == (
        "Giấy khai sinh", None, "name_and_number_by_two",
    )  # fmt: skip
    told = desk.get(f"/v1/verifications/{kept['code']}?sha256={document['sha256']}").ok().body
    assert told["owner_compared"] == "name_and_number_by_two"
    assert kept["owner_compared"] == "name_and_number_by_two"
    page = requests.get(f"{where['url']}/v1/verifications/{kept['code']}?sha256={document['sha256']}",
                        headers={"Accept": "text/html"}, timeout=60)  # fmt: skip
    assert "Hai cán bộ đã xác nhận họ tên và số của chủ sở hữu" in page.text
    (tmp_path / "paper.pdf").write_bytes(fetch(me.get(f"/v1/vault/documents/{kept['code']}").ok().body["url"]))
    (tmp_path / "ca.pem").write_bytes((LocalCloud.current.folder / "keys" / "ca.pem").read_bytes())
    said = CliRunner().invoke(app, ["verify", str(tmp_path / "paper.pdf"), "--ca", str(tmp_path / "ca.pem"),
                                     "--registry", where["url"], "--json"])  # fmt: skip
    assert json.loads(said.stdout)["owner_compared"] == "name_and_number_by_two"


def test_a_paper_that_its_agency_keeps_and_that_names_its_owner_itself_is_compared_by_the_reader(desk):
    scan = make_scan("xac_nhan_cu_tru", seed=9, values={"ho_ten": "Trần Văn Anh"}).jpeg
    row = {"owner_number": "", "owner_name": "Trần Văn Anh", "kind": "Xác nhận cư trú"}
    archive = opened(desk, row)["id"]
    put(desk, archive, "1.jpg", scan)
    copy = reached(desk, archive, "copied")["copy_id"]
    story.sign_copy(desk, copy).ok(202)
    story.look_over(copy, desk)
    kept = reached(desk, archive, "stored")
    assert (kept["kind"], kept["title"], kept["held_by"], kept["owner_compared"]) == (
        "Xác nhận cư trú", "Xác nhận thông tin về cư trú", "agency", "read_and_compared",
    )  # fmt: skip


def test_what_nobody_knows_the_kind_of_gets_no_title_of_a_certificate(where, desk, owner):
    me = story.citizen(where, **owner)
    row = {"owner_number": owner["personal_id"], "kind": "Bản sao giấy khai sinh của con"}
    archive = opened(desk, row)["id"]
    put(desk, archive, "1.jpg", good(12))
    assert converted(where, desk, archive)["owner_compared"] == "name_and_number_by_two"
    (document,) = story.until("the vault", lambda: me.get("/v1/vault/documents").ok().body["documents"])
    assert (document["title"], document["note"]) == ("Giấy tờ lưu trữ", "Bản sao giấy khai sinh của con")


def test_a_title_that_says_another_kind_is_refused(desk):
    text = sheet({"kind": "Giấy khai sinh (bản chính)", "reads_as": "quyet_dinh"})
    assert rules(desk.post("/v1/archives", {"name": "x", "index": text})) == {"/index/2/kind": "other_kind"}


def test_no_officer_confirms_that_a_paper_is_their_own(where, desk, owner):
    row = {"owner_number": owner["personal_id"], "owner_name": story.OFFICERS["reception"]["name"].upper()}
    archive = opened(desk, row)["id"]
    put(desk, archive, "1.jpg", good(13))
    copy = reached(desk, archive, "copied")["copy_id"]
    story.sign_copy(desk, copy).ok(202)
    story.until("read", lambda: desk.get(f"/v1/copies/{copy}").ok().body["step"] == "in_review")
    seen = desk.get(f"/v1/reviews/{copy}").ok()
    said = {"answers": [{"field": "chu_so_huu_theo_ban_ke", "verb": "confirm"}]}
    version = int(seen.headers["ETag"].strip('"'))
    problem(desk.post(f"/v1/reviews/{copy}/answers", said, version=version), 403, "own_paper")
    story.second(where).post(f"/v1/reviews/{copy}/answers", said, version=version).ok()
