"""The national portal as it answers over HTTP in its session dialect, and what a stage may say of its connection."""

import threading
from contextlib import nullcontext

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from chalicelib.delivery.ports import Unreachable
from chalicelib.delivery.synchronisation.payloads import Record, Step
from chalicelib.delivery.synchronisation.portal import SessionPortal
from chalicelib.delivery.synchronisation.ports import Known, NotLoggedIn, RefusedByPortal
from chalicelib.delivery.synchronisation.wiring import synchronising
from chalicelib.dossier.national_portal import CodeLists, Connection, PortalUnconfigured, connection_of, unfit
from chalicelib.kernel.settings import DECLARED, UnsafeSetting, boot
from infra.local.national_portal import MOUNT, UNIT, USERNAME, NationalPortal

CODE = "H01.10.24-20261125-0000001"
RECORD = Record(
    code=CODE, procedure="1.001193", procedure_name="Khai sinh", channel="2", holder="Nguyễn Thị Hoa", party="1",
    number="001195012345", summary="Khai sinh", state="2", handed="0", agency="UBND", has_digitised="0",
    paid_online="3",
)  # fmt: skip
STEP = Step(code=CODE, handler="Trần Văn A", at="20261125103000", content="Được tiếp nhận", state="2")


@pytest.fixture
def portal():
    """The local stand-in over HTTP; `odd` is answered in its place, `asked` has what came."""
    stand_in = NationalPortal()
    stand_in.odd, stand_in.odd_log_in, stand_in.heads = None, False, []

    def served(environ, start_response):
        request = Request(environ)
        stand_in.heads.append((request.path, request.headers.get("dstcode")))
        path = request.path.removeprefix(MOUNT)
        odd = stand_in.odd if path == "/data" or stand_in.odd_log_in else None
        answer = odd or stand_in.respond(request, path, "r")
        return answer(environ, start_response)

    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}{MOUNT}"
    stand_in.to = Connection(
        auth=f"{base}/auth", data=f"{base}/data", unit=UNIT, username=USERNAME, dstcode="VN:GOV:000.00.00.G22"
    )
    yield stand_in
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_dossier_is_created_updated_and_looked_up_within_one_session(portal):
    remote = SessionPortal(portal.to, "password")
    assert remote.find(CODE) is None
    remote.keep(RECORD, is_there=False)
    remote.add(STEP)
    remote.keep(RECORD, is_there=True)
    assert remote.find(CODE) == Known(marks=(STEP.mark,))
    assert len(portal.records[CODE]) == 2
    assert portal.records[CODE][0]["DinhDanhCHS" if RECORD.identities else "SoGiayToChuHoSo"] == "001195012345"
    logins = [head for path, head in portal.heads if path.endswith("/auth")]
    assert logins == ["VN:GOV:000.00.00.G22"]


def test_a_dossier_that_is_there_already_is_updated(portal):
    remote = SessionPortal(portal.to, "password")
    remote.keep(RECORD, is_there=False)
    remote.keep(RECORD, is_there=False)
    assert len(portal.records[CODE]) == 2
    portal.behave("exists")
    SessionPortal(portal.to, "password").keep(RECORD, is_there=False)
    assert len(portal.records[CODE]) == 3


@pytest.mark.parametrize("code", ["00", "0", 0])
def test_success_is_said_in_three_ways(portal, code):
    remote = SessionPortal(portal.to, "password")
    remote.find(CODE)
    portal.odd = Response(f'{{"error_code": {code!r}}}'.replace("'", '"'))
    remote.add(STEP)


def test_a_refusal_is_its_code_and_never_its_words(portal):
    remote = SessionPortal(portal.to, "password")
    portal.behave("refuses")
    for told in (lambda: remote.keep(RECORD, is_there=True), lambda: remote.add(STEP)):
        with pytest.raises(RefusedByPortal, match=r"^99$"):
            told()
    portal.odd = Response('{"error_code": "' + "9" * 400 + '"}')
    with pytest.raises(RefusedByPortal, match=r"^9{20}$"):
        remote.add(STEP)


@pytest.mark.parametrize("way", ["ends", "refuses"])
def test_what_it_says_no_to_is_said_once_more_in_a_new_session(portal, way):
    remote = SessionPortal(portal.to, "password")
    remote.keep(RECORD, is_there=False)
    told = (lambda: remote.add(STEP), lambda: remote.keep(RECORD, is_there=True), lambda: remote.find(CODE))
    for tell in told[: 3 if way == "ends" else 2]:
        portal.behave("well")
        remote.find(CODE)
        portal.heads.clear()
        portal.behave(way)
        with nullcontext() if way == "ends" else pytest.raises(RefusedByPortal):
            tell()
        assert [path.removeprefix(MOUNT) for path, _ in portal.heads] == ["/data", "/auth", "/data"]
    assert len(portal.steps) == (way == "ends")


def test_a_new_session_that_is_not_given_is_no_refusal(portal):
    remote = SessionPortal(portal.to, "password")
    remote.find(CODE)
    portal.odd, portal.odd_log_in = Response('{"error_code": "02"}'), True
    with pytest.raises(NotLoggedIn):
        remote.add(STEP)


@pytest.mark.parametrize("way", ["down", "mute", "slow", "nonsense"])
def test_what_answers_nothing_of_use_is_not_reached(portal, way):
    remote = SessionPortal(portal.to, "password")
    portal.behave(way)
    with pytest.raises(Unreachable):
        remote.keep(RECORD, is_there=False)
    with pytest.raises(Unreachable):
        remote.add(STEP)
    assert bool(portal.records) == (way in ("mute", "slow"))


@pytest.mark.parametrize("odd", ['{"error_code": "02"}', '{"result": []}', "no", '{"error_code": "00", "result": {}}'])
def test_a_look_up_that_says_nothing_is_none(portal, odd):
    remote = SessionPortal(portal.to, "password")
    remote.find(CODE)
    portal.odd = Response(odd)
    with pytest.raises(Unreachable):
        remote.find(CODE)


def test_a_look_up_without_steps_says_that_it_knows_the_dossier(portal):
    remote = SessionPortal(portal.to, "password")
    remote.find(CODE)
    portal.odd = Response('{"error_code": "00", "result": [{"MaHoSo": "x"}]}')
    assert remote.find(CODE) == Known(marks=None)


@pytest.mark.parametrize("odd", ['{"error_code": "01"}', '{"error_code": 0}', "no"])
def test_who_is_not_logged_in_tells_nothing(portal, odd):
    portal.odd, portal.odd_log_in = Response(odd), True
    with pytest.raises(NotLoggedIn):
        SessionPortal(portal.to, "password").add(STEP)
    assert portal.steps == []


GOOD = '{"auth": "https://p/a", "data": "https://p/d", "unit": "G01", "username": "u"}'


def test_a_stage_says_where_the_portal_is(stage, monkeypatch):
    assert connection_of("none") is None
    assert synchronising() is None
    assert unfit(GOOD) == unfit("none") == ""
    found = connection_of(GOOD.replace("}", ', "codes": {"parties": {"CITIZEN": "0"}}}'))
    assert found.codes == CodeLists(parties={"CITIZEN": "0"})
    monkeypatch.setenv("MOTCUA_NATIONAL_PORTAL", GOOD)
    assert synchronising().portal.to == connection_of(GOOD)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("somewhere", "JSON"),
        ('{"auth": "https://p/a"}', "data: missing"),
        (GOOD.replace("}", ', "password": "x"}'), "password"),
        (GOOD.replace("https://p/d", "http://p/d"), "https"),
        (GOOD.replace('"G01"', '""'), "unit"),
    ],
)
def test_what_a_stage_may_not_say_is_refused_by_its_rule(value, word):
    assert word in unfit(value)
    if "http://" not in value:
        with pytest.raises(PortalUnconfigured):
            connection_of(value)


def test_a_deployed_stage_does_not_start_without_https(stage, monkeypatch):
    assert "MOTCUA_NATIONAL_PORTAL" in DECLARED
    monkeypatch.setenv("MOTCUA_STAGE", "prod")
    monkeypatch.setenv("MOTCUA_NATIONAL_PORTAL", GOOD.replace("https://p/d", "http://p/d"))
    for name in DECLARED.keys() - {"MOTCUA_NATIONAL_PORTAL"}:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MOTCUA_STAGE", "prod")
    boot.cache_clear()
    with pytest.raises(UnsafeSetting, match="MOTCUA_NATIONAL_PORTAL"):
        boot()
    boot.cache_clear()
