"""The gateway works at so many requests, lets so many wait, and tells the rest at once when to come again."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit

import pytest

from infra.demo.story import until
from infra.local.door import LATEST, ClientLeft, Door, Full


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def free(door):
    return door._turns._value, door._places._value


def test_as_many_come_in_as_can_be_worked_at_and_the_next_is_told_when_to_come_again():
    door = Door(at_once=2, waiting=0)
    with door.entered(None), door.entered(None):
        for _ in range(20):
            with pytest.raises(Full) as full, door.entered(None):
                pytest.fail("a third came in")
            assert 1 <= full.value.wait <= LATEST
    assert free(door) == (2, 2)
    with contextlib.suppress(KeyError), door.entered(None):
        raise KeyError
    assert free(door) == (2, 2), "whatever becomes of a request, its place is free again"


def test_who_waits_comes_in_when_another_leaves():
    door, inside = Door(at_once=1, waiting=1, seconds=120), []

    def second():
        with door.entered(None):
            inside.append(free(door))

    with door.entered(None):
        thread = threading.Thread(target=second)
        thread.start()
        until("the second waits", lambda: free(door) == (0, 0))
        with pytest.raises(Full), door.entered(None):
            pytest.fail("there is no place to wait in")
        assert inside == []
    thread.join(120)
    assert inside == [(0, 1)]


def test_who_gets_no_turn_in_time_is_told_to_come_again():
    door = Door(at_once=1, waiting=1, seconds=0.01)
    with door.entered(None):
        with pytest.raises(Full), door.entered(None):
            pytest.fail("it was not its turn")
        assert free(door) == (0, 1)


@pytest.mark.parametrize("unread", [b"", b"the rest of a body"], ids=["all was read", "a body is unread"])
@pytest.mark.parametrize("left", [True, False], ids=["left", "stays"])
def test_who_left_while_it_waited_is_not_worked_for(pair, unread, left):
    ours, theirs = pair
    door, told = Door(at_once=1, waiting=1, seconds=120), []
    theirs.sendall(unread)

    def second():
        try:
            with door.entered(ours):
                told.append("worked for")
        except ClientLeft:
            told.append("left")

    with door.entered(None):
        thread = threading.Thread(target=second)
        thread.start()
        until("it waits", lambda: free(door) == (0, 0))
        if left:
            theirs.close()
    thread.join(120)
    assert told == ["left" if left else "worked for"]
    assert free(door) == (1, 2)


def test_the_gateway_sheds_what_it_cannot_carry_and_works_for_nobody_who_left(clouds, http, monkeypatch):
    door = Door(at_once=1, waiting=1, seconds=120)
    monkeypatch.setattr("infra.local.gateway.Door", lambda: door)
    cloud, gate, worked = clouds(), threading.Event(), []
    stock = cloud.functions.call

    def call(name, event, request_id=""):
        worked.append(event["path"])
        gate.wait(120)
        return stock(name, event, request_id)

    monkeypatch.setattr(cloud.functions, "call", call)
    first = threading.Thread(target=http, args=(cloud, "GET", "/v1/things/first"))
    first.start()
    until("the first is worked at", lambda: worked)
    host = urlsplit(cloud.url)
    with socket.create_connection((host.hostname, host.port)) as second:
        second.sendall(b"GET /v1/things/second HTTP/1.1\r\nHost: x\r\n\r\n")
        until("the second waits", lambda: free(door) == (0, 0))
        third = http(cloud, "GET", "/v1/things/third")
        assert (third.status, third.json["code"]) == (503, "try_again")
        assert 1 <= int(third.headers["Retry-After"]) <= LATEST
        assert third.headers["Access-Control-Allow-Origin"] == "https://portal.test"
        assert http(cloud, "GET", "/health").status == 200, "its own pages are not held back"
    gate.set()
    first.join(120)
    until("nobody waits", lambda: free(door) == (1, 2))
    assert worked == ["/v1/things/first"]
    assert http(cloud, "GET", "/v1/things/fourth").status == 200
