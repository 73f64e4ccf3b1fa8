"""The national e-data store over HTTP: the shape of its questions, and answers that are late, broken or too long."""

import base64
import json

import pytest
from werkzeug.wrappers import Response

from chalicelib.kernel.settings import SettingMissing, UnsafeSetting, boot
from chalicelib.submission.estore.connection import Connection, StoreUnconfigured, connection_of
from chalicelib.submission.estore.model import HeldFile, HeldPaper, Question, Sought, Unanswered
from chalicelib.submission.estore.remote import LONGEST, RemoteStore
from chalicelib.submission.estore.settings import STORE
from chalicelib.submission.estore.wiring import national_papers
from chalicelib.submission.model import MAX_UPLOAD_BYTES
from tests.support.gateways import drips, hung_up_on, serving

QUESTION = Question(
    owner="001195012345",
    asker="001195012345",
    asker_name="Lê An",
    procedure="1.001193",
    reference="MC-1",
    sought=(Sought("000.00.00.G15-KQ004389", "15/GCS"), Sought("000.00.00.G15-KQ003785")),
)
PAPER = {
    "MaKetQua": "000.00.00.G15-KQ004389",
    "TenGiayTo": "Giấy chứng sinh",
    "SoKyHieu": "15/GCS",
    "CoQuanChuQuan": "G15.03",
    "DanhSachTepDinhKem": [{"TenTep": "15.pdf", "DuongDan": "2026/11/15.pdf"}],
}
HELD = HeldPaper(
    kind="000.00.00.G15-KQ004389",
    title="Giấy chứng sinh",
    number="15/GCS",
    issuer="G15.03",
    files=(HeldFile("15.pdf", "2026/11/15.pdf"),),
)
SAID = {"channel": "2", "purpose": "p", "basis": "b", "seconds": 5}
GOOD = {"papers": "https://store.example.vn/papers", "files": "https://store.example.vn/files", **SAID}


def listed(*papers, code="0", **more):
    result = {"DanhSachGiayToKetQua": list(papers)}
    return json.dumps({"errorCode": code, "message": "", "signature": "", "result": result, **more})


@pytest.fixture
def gateway():
    with serving(listed(PAPER)) as made:
        yield made


def store(url, key="", seconds=5):
    return RemoteStore(Connection(papers=f"{url}/papers", files=f"{url}/files", **SAID | {"seconds": seconds}), key)


def reason(act):
    with pytest.raises(Unanswered) as unanswered:
        act()
    assert "001195012345" not in str(unanswered.value)
    return unanswered.value.reason


def test_the_question_has_the_shape_seen_in_practice_and_the_answer_comes_back_typed(gateway):
    assert store(gateway.url, "k-1").look_up(QUESTION) == (HELD,)
    ((path, key, body),) = gateway.came
    assert (path, key) == ("/papers", "Bearer k-1")
    assert json.loads(body) == {
        "SoDinhDanhChuSoHuu": "001195012345",
        "HoTenNguoiYeuCau": "Lê An",
        "SoDinhDanhNguoiYeuCau": "001195012345",
        "KenhThucHien": "2",
        "MaThuTuc": "1.001193",
        "DanhSachDanhMucKetQua": [
            {"MaKetQua": "000.00.00.G15-KQ004389", "SoKyHieu": "15/GCS"},
            {"MaKetQua": "000.00.00.G15-KQ003785", "SoKyHieu": ""},
        ],
    }


def test_a_file_is_asked_by_its_keeper_and_path_and_is_base64(gateway):
    gateway.answer = Response(json.dumps(base64.b64encode(b"%PDF-1.7").decode()))
    assert store(gateway.url).fetch("G15.03", "2026/11/15.pdf") == b"%PDF-1.7"
    ((path, _, body),) = gateway.came
    assert (path, json.loads(body)) == ("/files", {"CoQuanChuQuan": "G15.03", "DuongDan": "2026/11/15.pdf"})


@pytest.mark.parametrize("code", ["0", "00", 0])
def test_success_is_told_in_words_of_several_years(gateway, code):
    gateway.answer = Response(listed(PAPER, code=code))
    assert store(gateway.url).look_up(QUESTION) == (HELD,)


@pytest.mark.parametrize("result", [None, {}, {"DanhSachGiayToKetQua": None}, {"DanhSachGiayToKetQua": []}])
def test_nothing_held_may_be_said_in_several_ways(gateway, result):
    gateway.answer = Response(json.dumps({"errorCode": "0", "result": result}))
    assert store(gateway.url).look_up(QUESTION) == ()


def test_what_a_paper_leaves_empty_is_empty_and_a_file_without_a_path_is_none(gateway):
    bare = {"MaKetQua": "K", "TenGiayTo": None, "DanhSachTepDinhKem": [{"TenTep": "a", "DuongDan": ""}]}
    gateway.answer = Response(listed(bare))
    assert store(gateway.url).look_up(QUESTION) == (HeldPaper(kind="K", title="", number="", issuer=""),)


@pytest.mark.parametrize("code", ["-1", "01", 1, "", "false"])
def test_any_other_code_is_a_refusal_whatever_else_it_says(gateway, code):
    gateway.answer = Response(listed(PAPER, code=code))
    assert reason(lambda: store(gateway.url).look_up(QUESTION)) == "refused"


def test_a_slow_store_is_told_from_one_that_is_down_and_is_not_asked_twice(gateway):
    gateway.held.clear()
    assert reason(lambda: store(gateway.url, seconds=1).look_up(QUESTION)) == "slow"
    assert gateway.times_asked() == 1
    assert reason(lambda: store("http://127.0.0.1:9").look_up(QUESTION)) == "down"


LISTED = drips(listed(PAPER).encode())


@pytest.mark.parametrize("way", LISTED)
def test_a_store_that_drips_a_good_answer_gets_no_more_time_by_it_and_is_hung_up_on(way):
    assert hung_up_on(*LISTED[way], lambda url: reason(lambda: store(url, seconds=1).look_up(QUESTION)))


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_a_store_that_is_busy_or_broken_is_down(gateway, status):
    gateway.answer = Response("", status)
    assert reason(lambda: store(gateway.url).look_up(QUESTION)) == "down"
    gateway.answer = Response("", status)
    assert reason(lambda: store(gateway.url).fetch("a", "b")) == "down"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, '{"errorCode": null}'),
        (200, '{"errorCode": "0", "result": {"DanhSachGiayToKetQua": "nhieu"}}'),
        (200, listed({**PAPER, "MaKetQua": 1})),
        (200, listed({**PAPER, "DanhSachTepDinhKem": [{"TenTep": "a"}]})),
        (200, listed(PAPER, more="x" * LONGEST)),
        (200, "\xff"),
        (204, ""),
        (400, listed(PAPER)),
        (401, listed(PAPER)),
        (404, listed(PAPER)),
    ],
)
def test_what_nobody_understands_is_no_answer(gateway, status, body):
    gateway.answer = Response(body.encode("latin-1", "xmlcharrefreplace"), status)
    assert reason(lambda: store(gateway.url).look_up(QUESTION)) == "unreadable"


def test_an_answer_of_the_longest_is_read_and_a_byte_more_is_none(gateway):
    """What is cut off might be empty: what is left of it would be read as whole."""
    gateway.answer = Response(listed(PAPER).ljust(LONGEST).encode())
    assert store(gateway.url).look_up(QUESTION) == (HELD,)
    gateway.answer = Response(listed(PAPER).ljust(LONGEST + 1).encode())
    assert reason(lambda: store(gateway.url).look_up(QUESTION)) == "unreadable"


@pytest.mark.parametrize("said", ["", "null", '"%%%"', '""', "{}", '"á"', json.dumps("QQ")])
def test_what_is_no_base64_is_no_file(gateway, said):
    gateway.answer = Response(said.encode())
    assert reason(lambda: store(gateway.url).fetch("a", "b")) == "unreadable"


def test_a_file_above_the_limit_of_uploads_is_none(gateway):
    gateway.answer = Response(json.dumps(base64.b64encode(b"x" * (MAX_UPLOAD_BYTES + 1)).decode()))
    assert reason(lambda: store(gateway.url).fetch("a", "b")) == "unreadable"


def test_a_redirect_is_not_followed(gateway):
    gateway.answer = Response("", 307, {"Location": f"{gateway.url}/elsewhere"})
    assert reason(lambda: store(gateway.url, "k-1").look_up(QUESTION)) == "unreadable"
    assert [path for path, *_ in gateway.came] == ["/papers"]


# --- how it is connected ----------------------------------------------------------------------------------------------


def test_a_stage_that_says_none_has_none_and_a_deployed_one_asks_with_its_key(stage):
    assert national_papers().store is None
    stage.setenv("MOTCUA_STAGE", "trial")
    stage.setenv("MOTCUA_NATIONAL_STORE", json.dumps(GOOD))
    assert national_papers().store == RemoteStore(Connection(**GOOD), "store-0123456789abcdef")
    stage.delenv("MOTCUA_NATIONAL_STORE_KEY")
    with pytest.raises(SettingMissing):
        national_papers()
    stage.setenv("MOTCUA_STAGE", "local")
    stage.setenv("MOTCUA_NATIONAL_STORE", json.dumps(GOOD | {"papers": "http://127.0.0.1:1/papers"}))
    assert national_papers().store.key == ""


BAD = [
    "",
    "yes",
    "[]",
    "{}",
    json.dumps(GOOD | {"papers": "ftp://store.example.vn"}),
    json.dumps(GOOD | {"files": "store.example.vn"}),
    json.dumps(GOOD | {"more": 1}),
    *(json.dumps(GOOD | {name: " "}) for name in ("channel", "purpose", "basis")),
    *(json.dumps(GOOD | {"seconds": each}) for each in (0, 11, "5")),
    *(json.dumps({k: v for k, v in GOOD.items() if k != name}) for name in GOOD),
]


@pytest.mark.parametrize("value", BAD)
def test_a_connection_that_says_too_little_or_too_much_is_none(value):
    with pytest.raises(StoreUnconfigured):
        connection_of(value)
    assert STORE.unsafe(value)


@pytest.mark.parametrize("name", ["papers", "files"])
def test_a_deployed_stage_does_not_start_with_a_store_in_clear(stage, name):
    value = json.dumps(GOOD | {name: "http://store.example.vn"})
    assert connection_of(value)
    assert STORE.unsafe(value)
    assert not STORE.unsafe("none")
    assert not STORE.unsafe(json.dumps(GOOD))
    for setting in ("MOTCUA_SECRET", "MOTCUA_ISSUER", "MOTCUA_JWKS_URL", "MOTCUA_KEYS_FOLDER"):
        stage.delenv(setting)
    stage.setenv("MOTCUA_STAGE", "trial")
    stage.setenv(STORE.name, value)
    with pytest.raises(UnsafeSetting):
        boot()
