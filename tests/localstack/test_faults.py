"""Short faults end by themselves, with the packaged functions, each a process: nothing parked, nothing doubled.

`infra/localstack/plugin/motcua_localstack/faults.py` throttles DynamoDB and kills processes, the stage's timestamp
authority is down. Hours are compressed: a queue hides for `HIDDEN` seconds what it hides for six time-outs on AWS.
"""

import contextlib
import json
import time

import requests

from infra.demo import story
from infra.demo.run import RESIDENCE_SCAN
from infra.demo.scans import make_scan
from infra.stack.resources import HEARING, work
from tests.localstack.test_product import POLL, operator
from tests.support.counted import once
from tests.support.world import finish, page

WORKERS = (
    "outbox_publish", "onestop_start_flow", "onestop_open_leg", "digitisation_take_in", "digitisation_make_copy",
    "messages_sign_copy", "digitisation_read_copy", "digitisation_settle_component", "messages_issue_paper",
    "onestop_report_leg", "onestop_decide", "onestop_record_result", "vault_store_result", "onestop_record_delivery",
)  # fmt: skip
"""Whoever works on a birth dossier."""
HIDDEN = 2
"""Seconds, for 360 of those who sign on AWS: ten minutes are 3.3 seconds."""
REFUSED = 4
"""Questions that the timestamp authority refuses before it answers again: 12 minutes at least, as each waits before."""


@contextlib.contextmanager
def impatient(deployed):
    """Every queue of work brings again within seconds what failed; as often as the template says.

    It begins and ends when nothing is in them: a message that is taken before, by a poll that began before, or after is
    hidden for minutes.
    """
    sqs = deployed.client("sqs")
    urls = [deployed.where()[f"queue.{work(name)}"] for name in HEARING]
    deployed.wait_idle()
    before = {u: sqs.get_queue_attributes(QueueUrl=u, AttributeNames=["VisibilityTimeout"])["Attributes"] for u in urls}
    for url in urls:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(HIDDEN)})
    time.sleep(POLL)
    try:
        yield
        deployed.wait_idle()
    finally:
        for url, told in before.items():
            sqs.set_queue_attributes(QueueUrl=url, Attributes=told)


@contextlib.contextmanager
def faults(deployed, **given):
    """What fails meanwhile; answers a look at what failed."""
    url = f"{deployed.endpoint}/_motcua/faults"

    def told():
        return requests.get(url, timeout=30).json()

    requests.put(url, data=json.dumps(given), timeout=30).raise_for_status()
    try:
        yield told
    finally:
        requests.put(url, data="{}", timeout=30)


def test_throttled_unstamped_and_killed_a_dossier_ends_by_itself_and_once(deployed):
    where, parked = deployed.where(), len(deployed.parked())
    names = {deployed.own_name(name): name for name in WORKERS}
    requests.put(where["timestamps"], data=str(REFUSED), timeout=30).raise_for_status()
    before = requests.get(where["timestamps"], timeout=30).json()
    with impatient(deployed), faults(deployed, throttled=0.2, seed=7, killed=list(names)) as told:
        life = finish(where, make_scan(**RESIDENCE_SCAN).jpeg, claims=story.somebody())
        story.until("each worker dies", lambda: not told()["left"])
        failed = told()
    assert {names[name] for name in failed["killed"]} == set(WORKERS)
    share = sum(failed["refused"].values()) / failed["asked"]
    assert 0.15 < share < 0.25, failed
    authority = requests.get(where["timestamps"], timeout=30).json()
    assert (authority["refuses"], authority["refused"] - before["refused"]) == (0, REFUSED)
    assert len(deployed.parked()) == parked
    assert operator(deployed, "parked") == []
    once(where, story.citizen(where, **life.claims), life.reference)
    runs = [(e["name"], e["status"]) for e in deployed.executions() if e["input"].get("dossier") == life.reference]
    assert runs == [(f"{life.reference}-1", "SUCCEEDED")]
    print(f"{failed['asked']} calls of DynamoDB, {failed['refused']} refused; {len(failed['killed'])} processes killed")


def test_rows_that_a_stream_gave_up_lie_in_a_bucket_and_are_published_by_the_clock(deployed):
    where, parked = deployed.where(), len(deployed.parked())
    deployed.wait_idle()
    me = story.citizen(where, **story.somebody())
    draft = story.ready_draft(me, page())
    deployed.wait_idle()
    with faults(deployed, broken=[deployed.own_name("outbox_publish")], stream_tries=2):
        reference = story.submit(me, draft).ok(201).body["reference"]
        story.until("the letter", lambda: any(reference in text for text in letters(deployed)))
    found = operator(deployed, "parked")
    assert {(row["kind"], row["function"], row["owner"]) for row in found} == {("stream", "outbox_publish", "outbox")}
    told = deployed.call("outbox_replay", {"source": "aws.events", "detail": {}})
    assert (told["left"], told["rows"] > 0) == (0, True)
    story.through_the_desks(where, me, reference)
    story.until("the result", lambda: story.returned(me, reference))
    deployed.wait_idle()
    assert (letters(deployed), len(deployed.parked()), operator(deployed, "parked")) == ([], parked, [])
    runs = [e["status"] for e in deployed.executions() if e["input"].get("dossier") == reference]
    assert runs == ["SUCCEEDED"]


def letters(deployed):
    """What lies in the bucket of letters."""
    s3, bucket = deployed.client("s3"), deployed.where()["bucket.LettersBucket"]
    keys = [o["Key"] for o in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    return [s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode() for key in keys]
