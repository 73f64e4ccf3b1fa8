"""Calls to outside systems: whole in their time or none, never sent twice, never redirected."""

import io
import socket

import pytest
from werkzeug.wrappers import Response

from chalicelib.kernel import calling
from chalicelib.kernel.calling import Answered, NoAnswer, called
from tests.support.gateways import drips, hung_up_on, serving

GOOD = b'{"said": "' + b"x" * 300 + b'"}'


@pytest.fixture
def gateway():
    with serving("good") as made:
        yield made


def ask(url, **more):
    return called("POST", url, "k-1", b"{}", **{"seconds": 5, "longest": 1_000} | more)


def fault(url, **more):
    with pytest.raises(NoAnswer) as none:
        ask(url, **more)
    return none.value.fault


def test_the_request_has_its_key_and_headers_and_the_answer_is_bounded(gateway):
    assert ask(gateway.url) == Answered(200, b"good")
    assert ask(gateway.url, longest=2) == Answered(200, b"goo"), "a byte more says that it is too long"
    assert [each[1:] for each in gateway.came] == [("Bearer k-1", b"{}")] * 2


def test_without_a_key_nobody_says_who_asks_and_further_headers_go_along(gateway):
    def echoed(environ, start_response):
        got = {name: environ.get(f"HTTP_{name}") for name in ("AUTHORIZATION", "X_ASKED")}
        return Response(f"{got}")(environ, start_response)

    gateway.answer = echoed
    answer = called("POST", gateway.url, "", b"{}", seconds=5, longest=1_000, more={"X-Asked": "for"})
    assert answer.content.decode() == "{'AUTHORIZATION': None, 'X_ASKED': 'for'}"


@pytest.mark.parametrize("way", drips(GOOD))
def test_who_drips_a_good_answer_gets_no_more_time_by_it_and_is_hung_up_on(way):
    assert hung_up_on(*drips(GOOD)[way], lambda url: fault(url, seconds=1) == "slow")


def test_what_is_slow_is_told_from_what_is_down_and_is_not_asked_twice(gateway):
    gateway.held.clear()
    assert fault(gateway.url, seconds=0.3, connects=3) == "slow"
    assert gateway.times_asked() == 1
    assert fault("http://127.0.0.1:9") == "down"


def test_what_breaks_off_after_the_request_is_down_and_nothing_is_sent_twice(gateway):
    def cut(environ, start_response):
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return Response("")(environ, start_response)

    gateway.answer = cut
    assert fault(gateway.url, connects=3) == "down"
    assert len(gateway.came) == 1


def test_a_connection_is_tried_as_often_as_was_said(monkeypatch):
    tried = []

    def none(*_, **__):
        tried.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", none)
    calling._pool.cache_clear()
    assert (fault("http://127.0.0.1:9", connects=2), len(tried)) == ("down", 2)
    assert (fault("http://127.0.0.1:9"), len(tried)) == ("down", 3)


class Minutes:
    """A clock that goes on by what is waited for."""

    def __init__(self):
        self.at = 0.0

    def monotonic(self):
        return self.at


class Said(io.BytesIO):
    """What a socket says, and how long it was to wait for each piece."""

    def __init__(self):
        super().__init__(b"dripped")
        self.waited = []

    def settimeout(self, left):
        self.waited.append(left)


def test_each_piece_of_an_answer_has_what_is_left_of_the_time_and_none_comes_after_it(monkeypatch):
    clock, said = Minutes(), Said()
    monkeypatch.setattr(calling, "time", clock)
    read = calling._InTime(said, said, 5.0)
    for clock.at in (0.0, 2.0, 4.5):
        assert read.readinto(bytearray(1)) == 1
    assert said.waited == [5.0, 3.0, 0.5]
    for clock.at in (5.0, 6.0):
        with pytest.raises(TimeoutError):
            read.readinto(bytearray(1))
    assert said.tell() == 3, "nothing more was read"
    read.close()
    assert (read.closed, said.closed) == (True, True)


@pytest.mark.parametrize(("first", "waits"), [("slow", [5.0]), ("refuses", [5.0, 3.0])])
def test_all_addresses_of_a_name_have_the_time_of_one_call(monkeypatch, first, waits):
    clock, waited, asked = Minutes(), [], socket.getaddrinfo

    def addresses(host, port, *more):
        names = [f"127.0.0.{n}" for n in (1, 2, 3)] if host == "many.example" else [host]
        return [asked(name, port, *more)[0] for name in names]

    def connect(sock, place):
        waited.append(sock.gettimeout())
        if first == "refuses" and len(waited) == 1:
            clock.at += 2
            raise ConnectionRefusedError
        clock.at += sock.gettimeout()
        raise TimeoutError

    monkeypatch.setattr(calling, "time", clock)
    monkeypatch.setattr(socket, "getaddrinfo", addresses)
    monkeypatch.setattr(socket.socket, "connect", connect)
    calling._pool.cache_clear()
    assert fault("http://many.example:9", connects=3) == "slow", "no further try once the time is over"
    assert (waited, clock.at) == (waits, 5.0)


def test_a_handshake_has_what_connecting_left(monkeypatch, gateway):
    clock, connect = Minutes(), socket.socket.connect

    def slowly(sock, place):
        clock.at += 2
        connect(sock, place)

    monkeypatch.setattr(calling, "time", clock)
    monkeypatch.setattr(socket.socket, "connect", slowly)
    host, port = gateway.url.removeprefix("http://").split(":")
    with calling._connected(host, int(port), 5.0, None) as sock:
        assert sock.gettimeout() == 3.0


@pytest.mark.parametrize("error", [socket.gaierror, UnicodeError])
def test_a_name_that_nobody_knows_is_down(monkeypatch, error):
    def unknown(*_):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    calling._pool.cache_clear()
    assert fault("http://nobody.invalid:9") == "down"


def test_a_redirect_is_not_followed(gateway):
    gateway.answer = Response("", 307, {"Location": f"{gateway.url}/elsewhere"})
    assert ask(gateway.url).status == 307
    assert len(gateway.came) == 1


@pytest.mark.parametrize(("status", "down"), [(200, False), (404, False), (408, True), (429, True), (500, True)])
def test_what_says_that_it_cannot_answer_now_is_down(status, down):
    assert Answered(status, b"").is_down is down
