"""Short faults end by themselves: throttled tables, a timestamp authority that is down, workers that die in their work.

Nothing is parked, nothing is doubled. The same on LocalStack, with processes and a larger share of faults:
`tests/localstack/test_faults.py`.
"""

import contextlib
import json
import threading
import time
from collections import Counter
from functools import partial
from types import SimpleNamespace

import botocore.endpoint
import pytest

from chalicelib.law.states import DossierState
from infra.demo import story
from infra.local import server
from infra.local.authority import MOUNT, Authority
from infra.local.delivery import _scheduled
from infra.local.faults import CANCELLED, Throttling
from infra.local.names import HOST
from infra.local.server import Front
from infra.local.shims import SITE
from infra.local.shortcut import Connection
from infra.local.stage import keep_logs, local_stage
from infra.stack.resources import HEARING
from tests.support import world
from tests.support.breaking import STEPS
from tests.support.bundles import BIRTH, birth_form, children_of, desk, start
from tests.support.counted import once
from tests.support.own_files import put_in

WORKERS = (
    *(
        name for name in HEARING if name not in (*STEPS["people"], *STEPS["deliver"], *STEPS["report"])
    ),  # of these journeys: test_ops.py
    *("outbox_publish", "onestop_open_leg", "onestop_decide"),
)
AT_START = ("catalogue_make_list", "submission_hear_catalogue")
"""What works as a cloud starts, and not again."""
NEVER = 10**3
"""More tries than anything gets."""
AT_LAST = 10**6
"""More calls than any function makes: it dies when all is done, before its answer is told."""
DEATHS = (1, 3, AT_LAST)
"""After which of its calls a worker dies, one life after the other: each was carried out."""
Killed = type("Runtime.ExitError", (Exception,), {})
"""What Lambda, and a state machine, say of a process that died."""


class Died(BaseException):
    """The process is gone: nothing in it goes on, and no `except` of ours sees it."""


def dying(names):
    """Each of these workers dies, at every moment given."""
    return {name: list(DEATHS) for name in names}


class Deaths:
    """Lets each worker die at the moments given."""

    def __init__(self, call):
        self._call, self._here, self._lock = call, threading.local(), threading.Lock()
        self.come(dying(AT_START))

    def come(self, left):
        """From now on these workers die so; nobody else does, and nobody has."""
        self.left, self.killed = left, []

    def called(self, name, event, request_id=""):
        """In the place of `Functions.call`."""
        with self._lock:
            moments = self.left.get(name)
            moment = moments.pop(0) if moments else 0
        if not moment:
            return self._call(name, event, request_id)
        before, self._here.left = getattr(self._here, "left", 0), moment
        with contextlib.suppress(Died):
            self._call(name, event, request_id)
        self._here.left = before
        self.killed.append(name)
        raise Killed(name)

    def asked(self, stock):
        """In the place of what carries a call of AWS: its answer may reach nobody."""

        def urlopen(*args, **kwargs):
            answer = stock(*args, **kwargs)
            if left := getattr(self._here, "left", 0):
                self._here.left = left - 1
                if left == 1:
                    raise Died
            return answer

        return urlopen


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A cloud of its own that asks an authority of its own; `throttled`, `deaths` and `authority` break it."""
    folder = tmp_path_factory.mktemp("faults")
    keep_logs(folder / "log.jsonl")
    with world.resting(), pytest.MonkeyPatch.context() as patch:
        listener = server.bind(0)
        authority = Authority(folder / "cloud" / "keys")
        front = Front(listener, authority)
        front.start()
        patch.setenv("MOTCUA_TIMESTAMP_URL", f"http://{HOST}:{listener.getsockname()[1]}{MOUNT}")
        quick = SimpleNamespace(sleep=lambda seconds: time.sleep(seconds / 50))
        patch.setattr(botocore.endpoint, "time", quick)  # what botocore waits between its tries, compressed
        cloud = local_stage(folder / "cloud")
        deaths = Deaths(cloud.functions.call)
        patch.setattr(cloud.functions, "call", deaths.called)
        patch.setattr(Connection, "urlopen", deaths.asked(Connection.urlopen))
        try:
            with cloud:
                cloud.wait_idle()
                assert Counter(deaths.killed) == dict.fromkeys(AT_START, len(DEATHS))
                yield SimpleNamespace(cloud=cloud, deaths=deaths, authority=authority)
        finally:
            front.stop()


@contextlib.contextmanager
def throttled(share, seed):
    SITE.throttling = found = Throttling(share, seed)
    try:
        yield found
    finally:
        SITE.throttling = None


def ended_by_itself(faulty, life):
    """Nobody did anything, and nothing is left to do."""
    cloud, where = faulty.cloud, faulty.cloud.where()
    cloud.wait_idle()
    assert cloud.parked() == []
    runs = [e["status"] for e in cloud.executions() if e["name"].startswith(life.reference)]
    assert runs == ["SUCCEEDED"]
    return once(where, story.citizen(where, **life.claims), life.reference)


def refused_once(where, reference):
    """A copy is given to a scanner's officer without a key: its signature is refused, and the copy comes back."""
    with world.aws(where, "s3") as s3:
        key = "signers/officers/officer-H01.10.24-scanning.pem"
        s3.put_object(Bucket=where["bucket.MessagesBucket"], Key=key, Body=b"-")
    desk = story.officer(where, "reception")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    story.sign_copy(world.officer_of(where, story.AGENCY, "scanning"), copy).ok(202)


def split(where, claims, scan):
    """A bundle is received, its first child made and refused: whoever does that dies in turn too."""
    me = story.citizen(where, **claims)
    bundle = start(me, BIRTH, birth_form(wants_card=False), scan)
    child = story.until("the first child", lambda: children_of(me, bundle).get("0-birth"))
    why = {"reason": "Trẻ đã được đăng ký khai sinh ở nơi khác", "basis": "Luật Hộ tịch, Điều 16"}
    desk(where, child, "receive", "refused", **why).ok()
    return story.until("the bundle ends", lambda: _ended(story.dossier(me, bundle)))


def _ended(bundle):
    return bundle if bundle["state"]["code"] == DossierState.STOPPED else None


def test_each_worker_dies_in_turn_and_every_dossier_ends_once(faulty, small_scan):
    where = faulty.cloud.where()
    workers = [name for name in WORKERS if name not in AT_START]
    faulty.deaths.come(dying(workers))
    refused = partial(refused_once, where)
    life = world.finish(where, small_scan, claims=story.somebody(), dropped=refused)
    ended_by_itself(faulty, life)
    me = story.citizen(where, **life.claims)
    me.post("/v1/vault/takeouts", {}).ok(202)
    put_in(me)
    bundle = split(where, life.claims, small_scan)
    faulty.cloud.wait_idle()
    assert bundle["state"]["code"] == DossierState.STOPPED
    assert Counter(faulty.deaths.killed) == dict.fromkeys(workers, len(DEATHS))


def test_a_fifth_of_all_calls_is_throttled_while_nobody_stamps_the_time_and_nothing_is_parked(faulty, small_scan):
    faulty.deaths.come({})
    answered, faulty.authority.refuses = faulty.authority.answered, 2
    with throttled(0.2, seed=7) as found:
        life = world.finish(faulty.cloud.where(), small_scan, claims=story.somebody())
        faulty.cloud.wait_idle()
    ended_by_itself(faulty, life)
    assert (faulty.authority.refuses, faulty.authority.refused) == (0, 2)
    assert faulty.authority.answered - answered >= 5
    share = sum(found.refused.values()) / found.asked
    assert 0.15 < share < 0.25, found.refused
    assert found.refused[CANCELLED]


def test_rows_that_a_stream_gave_up_lie_in_a_bucket_and_are_published_by_the_clock(faulty, small_scan):
    cloud, deaths = faulty.cloud, faulty.deaths

    def given_up(reference):
        """Nothing of the submission was published; then the clock ticks, and who publishes it dies, too."""
        cloud.wait_idle()
        letters = cloud.parked()
        assert {letter["function"] for letter in letters} == {"outbox_publish"}
        assert any(reference in letter["body"] for letter in letters)
        assert not [e for e in cloud.executions() if e["name"].startswith(reference)]
        deaths.come({"outbox_replay": [2, 4, AT_LAST]})
        cloud.journal.send("target", "EveryHour", "outbox_replay", json.dumps(_scheduled("EveryHour")))

    deaths.come({"outbox_publish": [1] * NEVER})
    life = world.finish(cloud.where(), small_scan, claims=story.somebody(), submitted=given_up)
    ended_by_itself(faulty, life)
    assert deaths.killed == ["outbox_replay"] * 3
