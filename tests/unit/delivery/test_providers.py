"""Providers of notices as they answer over HTTP, and what a stage may say of its channels."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from chalicelib.delivery.notices.ports import Message
from chalicelib.delivery.notices.senders import RemoteSender
from chalicelib.delivery.notices.wiring import notifying
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.channels import Channels, Quiet, Unconfigured, channels_of, unfit
from chalicelib.kernel.settings import DECLARED, UnsafeSetting, boot
from infra.local.senders import CHANNELS, MOUNT, Senders

MESSAGE = Message(id="MC-1.000001.sms.applicant", to="0912345678", subject="", text="Ho so")


@pytest.fixture
def gateway():
    """The local stand-in over HTTP; `odd` is answered in its place."""
    senders = Senders()
    senders.odd = None

    def served(environ, start_response):
        request = Request(environ)
        answer = senders.odd or senders.respond(request, request.path.removeprefix(MOUNT), "r")
        return answer(environ, start_response)

    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    senders.url = f"http://127.0.0.1:{server.server_port}{MOUNT}/first/"
    yield senders
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_provider_takes_a_message_and_says_what_became_of_it(gateway, channel):
    remote = RemoteSender(gateway.url, "key")
    assert remote.find(channel, MESSAGE.id) is None
    gateway.behave(first="slow")
    taken = remote.send(channel, MESSAGE)
    assert (taken.state, taken.delivered_at, taken.bounced_at) == ("accepted", None, None)
    gateway.behave(first="well")
    assert remote.find(channel, MESSAGE.id).delivered_at
    gateway.behave(first="bounces")
    assert remote.find(channel, MESSAGE.id).bounced_at
    assert [(each["channel"], each["to"]) for each in gateway.kept["first"]] == [(channel, MESSAGE.to)]
    gateway.behave(first="refuses")
    assert remote.send(channel, MESSAGE).state == "refused"


@pytest.mark.parametrize("badly", ["down", "nonsense", "mute"])
def test_a_provider_that_answers_nothing_of_use_is_not_reached(gateway, badly):
    gateway.behave(first=badly)
    with pytest.raises(Unreachable):
        RemoteSender(gateway.url, "").send("sms", MESSAGE)
    assert len(gateway.kept["first"]) == (badly == "mute")


@pytest.mark.parametrize("time", ["yesterday", "2026-11-25T10:31:06", "2026-99-25T10:31:06+07:00"])
def test_a_time_that_is_none_is_not_believed(gateway, time):
    gateway.odd = Response(f'{{"state": "accepted", "delivered_at": "{time}"}}')
    with pytest.raises(Unreachable):
        RemoteSender(gateway.url, "").send("sms", MESSAGE)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("nonsense", "malformed"),
        ('{"fax": []}', "unknown field"),
        ('{"sms": ["http://sms.example.vn/"]}', "https"),
        ('{"sms": ["https://sms.example.vn/"], "languages": []}', "languages"),
        ('{"sms": [], "languages": ["fr"]}', "languages"),
        ('{"sms": [], "quiet": {"from": "24:00", "until": "07:00"}}', "quiet"),
    ],
)
def test_a_deployed_stage_does_not_start_with_channels_that_are_none(stage, value, why):
    stage.setenv("MOTCUA_STAGE", "trial")
    for name in DECLARED:
        if name not in ("MOTCUA_STAGE", "MOTCUA_NOTICES"):
            stage.delenv(name, raising=False)
    stage.setenv("MOTCUA_NOTICES", value)
    boot.cache_clear()
    with pytest.raises(UnsafeSetting, match="MOTCUA_NOTICES") as refused:
        boot()
    assert why in str(refused.value)
    assert "fr" not in str(refused.value).replace("from", "")


def test_a_deployed_stage_has_none_or_some_over_https():
    assert (unfit("none"), unfit('{"email": ["https://mail.example.vn/"]}')) == ("", "")
    with pytest.raises(Unconfigured):
        channels_of('{"email": ["ftp://mail/"]}')
    with pytest.raises(Unconfigured, match="different times"):
        channels_of('{"quiet": {"from": "21:00", "until": "21:00"}}')
    assert channels_of('{"email": ["http://127.0.0.1/"]}').providers("email") == ("http://127.0.0.1/",)


def test_a_provider_on_a_developers_machine_gets_no_key(stage):
    stage.setenv("MOTCUA_NOTICES", '{"email": ["http://127.0.0.1/a", "https://mail.example.vn/"]}')
    first, second = notifying().senders["email"]
    assert (first.key, second.key) == ("", "notices-0123456789abcdef")


def hour(clock):
    """A moment of a day in Viet Nam."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, 11, 24, 17, 0, tzinfo=UTC) + timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("since", "until", "now", "waits"),
    [
        ("21:00", "07:00", "20:59", None),
        ("21:00", "07:00", "21:00", 31),
        ("21:00", "07:00", "06:59", 7),
        ("21:00", "07:00", "07:00", None),
        ("12:00", "13:30", "12:30", 13.5),
        ("12:00", "13:30", "13:30", None),
    ],
)
def test_quiet_hours_begin_and_end_and_may_pass_midnight(since, until, now, waits):
    found = Channels(quiet=Quiet(since=since, until=until)).waits_until("sms", "any", hour(now))
    assert found == (None if waits is None else hour("00:00") + timedelta(hours=waits))
    assert Channels(quiet=Quiet(since=since, until=until)).waits_until("email", "any", hour(now)) is None
    assert Channels().waits_until("sms", "any", hour(now)) is None
