"""People, files and dossiers that several tests need, and what they leave in the tables."""

import contextlib
import io
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from PIL import Image, ImageDraw

from chalicelib.kernel.aws import plain, query
from chalicelib.kernel.clock import utc_now
from infra.demo import story
from infra.demo.client import Answer, Client
from infra.local.bootstrap import Bootstrap
from infra.local.cloud import LocalCloud
from infra.local.pki import ensure_pki
from infra.local.stage import register_signers
from infra.stack import resources
from infra.stack.functions import FUNCTIONS

OTHER_AGENCY = "H01.10.25"
ALL_ROLES = ("reception", "processing", "leader", "scanning")
KEEPING_ROLES = ("editor", "reviewer", "publisher", "administrator")
NOBODYS = "MC-0000000000000000"
"""A reference that is never given."""


def officer_of(where: Mapping[str, str], agency: str, *roles: str) -> Client:
    """An officer with exactly these roles."""
    sub = f"officer-{agency}-{'-'.join(roles) or 'none'}"
    return Client.login(where, sub=sub, kind="OFFICER", name="Lý Thanh Oanh", agency=agency, roles=list(roles))


def administrator(where: Mapping[str, str], subject: str, agency: str = "H01", *, number: str | bool = True) -> Client:
    """An administrator by their token, which says a personal number of theirs, that one, or none."""
    return _keeper(where, "administrator", subject, agency, number)


def publisher(where: Mapping[str, str], subject: str, agency: str = "H01", *, number: str | bool = True) -> Client:
    """A publisher by their token, as an administrator."""
    return _keeper(where, "publisher", subject, agency, number)


def _keeper(where: Mapping[str, str], role: str, subject: str, agency: str, number: str | bool) -> Client:
    said = story.somebody()["personal_id"] if number is True else number or None
    return Client.login(
        where, kind="OFFICER", sub=subject, name="Hồ Dũng", agency=agency, roles=[role], personal_id=said
    )


def enrol(where: Mapping[str, str], agencies: Mapping[str, str], officers: Mapping[str, str], serving: str) -> None:
    """Keys and certificates for agencies and their officers, in the register of signers of the stage."""
    keys = Path(where["folder"]) / "keys"
    ensure_pki(keys, agencies=agencies, officers=officers, serving=dict.fromkeys(officers, serving), now=utc_now())
    register_signers(keys, where)


def page(width: int = 800, height: int = 1100, kind: str = "JPEG") -> bytes:
    """A small page with a line of print."""
    out, sheet = io.BytesIO(), Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(sheet).text((width // 9, height // 9), "XAC NHAN 2026", fill="black", font_size=40)
    sheet.save(out, kind, dpi=(200, 200))
    return out.getvalue()


def posted(ticket: Mapping[str, Any], data: bytes) -> None:
    """Post a file with a presigned form, whatever was announced."""
    post = ticket["post"]
    requests.post(post["url"], data=post["fields"], files={"file": ("file", data)}, timeout=300).raise_for_status()


def ready(who: Client, scan: bytes, *, agency: str = story.AGENCY, form: Any = None) -> str:
    """A draft that can be submitted, before any agency, with any form."""
    draft = str(story.open_draft(who, agency=agency).ok(201).body["reference"])
    story.fill(who, draft, form).ok()
    assert story.checked(who, draft, story.upload(who, draft, scan))["status"] == "accepted"
    return draft


@dataclass
class Finished:
    """A dossier that lived its whole life, with a paper of an officer's scanner in it."""

    claims: dict[str, Any]
    form: dict[str, Any]
    draft: dict[str, Any] = field(default_factory=dict)
    submission: dict[str, Any] = field(default_factory=dict)
    copy: str = ""
    dossier: dict[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        """The submission reference."""
        return str(self.submission["reference"])

    @property
    def messages(self) -> list[str]:
        """Names of its receipt, copy, data message and result."""
        converted = next(c for c in self.dossier["components"] if c["origin"] == "drop")["digitisation"]
        return [self.dossier["receipt"], f"COPY.{self.copy}", converted["conversion_id"], self.dossier["results"][0]]


def finish(
    where: Mapping[str, str],
    scan: bytes,
    *,
    claims: Mapping[str, Any],
    form: Any = None,
    paper: str = "KQ003785.jpg",
    submitted: Callable[[str], object] = lambda reference: None,
    dropped: Callable[[str], object] = lambda reference: None,
) -> Finished:
    """One dossier through its whole life; what else is done once it was submitted, and once its paper was dropped."""
    life = Finished({**story.CITIZEN, **claims}, form or story.FORM)
    me = story.citizen(where, **life.claims)
    reference = ready(me, scan, form=life.form)
    life.draft = me.get(f"/v1/drafts/{reference}").ok().body
    life.submission = story.submit(me, reference).ok(201).body
    submitted(reference)
    story.drop(where, reference, scan, paper)
    dropped(reference)
    desk = story.officer(where, "reception")
    life.copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    story.digitised(where, life.copy)
    story.until("the data message", lambda: story.settled(me, reference))
    story.through_the_desks(where, me, reference)
    life.dossier = story.until("the result", lambda: story.returned(me, reference))
    return life


def rest(cloud: LocalCloud) -> None:
    """Stop a cloud, and let what still runs in it come to its end: it would write by the client of the next test."""
    cloud.stop()
    story.until("the end of what runs", lambda: cloud.functions.running == 0, seconds=600)


@contextlib.contextmanager
def resting() -> Iterator[None]:
    """A cloud of other tests rests meanwhile: there is one at a time in a process."""
    other = LocalCloud.current
    if other is not None:
        rest(other)
    try:
        yield
    finally:
        if other is not None:
            other.start()


@contextlib.contextmanager
def without_clock() -> Iterator[None]:
    """Clouds that start meanwhile have no schedules: by the clock comes only what a test sends itself.

    Minutes and hours of a slow run else fall at any line of a test that counts what failed, or what stands in tables.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bootstrap, "schedules", lambda _: [])
        yield


# --- what stands in the cloud ------------------------------------------------------------------------------------


@contextlib.contextmanager
def aws(where: Mapping[str, str], service: str) -> Iterator[Any]:
    """A client of the cloud, closed in the end."""
    client = boto3.client(
        service,
        endpoint_url=where["endpoint"],
        region_name=where["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"max_attempts": 1}, connect_timeout=10, read_timeout=300),
    )
    try:
        yield client
    finally:
        client.close()


def tables(where: Mapping[str, str]) -> dict[str, list[str]]:
    """Every item of every table as DynamoDB's own JSON, in the order of its keys: equal when no byte changed.

    They come from the journal, which has each write in its own commit: a scan by HTTP of a long run's tables is slow.
    """
    cloud = LocalCloud.current
    if cloud is None:
        return scanned(where)
    names = {table: name.removeprefix("table.") for name, table in where.items() if name.startswith("table.")}
    found: dict[str, list[str]] = {name: [] for name in names.values()}
    for table, item in cloud.journal.all("SELECT tbl, item FROM row ORDER BY tbl, key"):
        if table in names:  # the store contracts keep a table of their own in the same cloud
            found[names[table]].append(item)
    return found


def parked(cloud: Any, *references: str) -> list[dict[str, Any]]:
    """What is parked of these dossiers: other tests of a cloud may have parked what is theirs."""
    return [message for message in cloud.parked() if any(reference in message["body"] for reference in references)]


def scanned(where: Mapping[str, str]) -> dict[str, list[str]]:
    """The same of a deployed cloud, which has no journal."""
    found: dict[str, list[str]] = {}
    with aws(where, "dynamodb") as client:
        for table in resources.TABLES:
            pages = client.get_paginator("scan").paginate(TableName=where[f"table.{table}"])
            rows = sorted((i for p in pages for i in p["Items"]), key=lambda i: (i["pk"]["S"], i["sk"]["S"]))
            found[table] = [json.dumps(row, ensure_ascii=False) for row in rows]
    return found


def partition(where: Mapping[str, str], table: str, pk: str) -> list[dict[str, Any]]:
    """The items of one partition as plain values."""
    with aws(where, "dynamodb") as client:
        pages = client.get_paginator("query").paginate(
            TableName=where[f"table.{table}"],
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": pk}},
        )
        return [plain(item) for p in pages for item in p["Items"]]


def files(where: Mapping[str, str], bucket: str = "MessagesBucket", under: str = "") -> list[tuple[str, str]]:
    """Every version of every object of a bucket, or under a prefix: key and version."""
    with aws(where, "s3") as client:
        pages = client.get_paginator("list_object_versions").paginate(Bucket=where[f"bucket.{bucket}"], Prefix=under)
        return sorted((v["Key"], v["VersionId"]) for p in pages for v in p.get("Versions", []))


def files_of(where: Mapping[str, str], reference: str) -> list[tuple[str, str]]:
    """Every version of every file that belongs to a dossier."""
    kept = [f"{kind}/{reference}/" for kind in ("papers", "receipts", "results", "forms")]
    sent = [f"uploads/{reference}/", f"drops/{story.AGENCY}/{reference}/"]
    places = [("MessagesBucket", under) for under in kept] + [("IntakeBucket", under) for under in sent]
    return [found for bucket, under in places for found in files(where, bucket, under)]


def events(where: Mapping[str, str], about: str = "") -> list[dict[str, Any]]:
    """The EVENT rows of all tables that mention something, oldest first."""
    texts = (t for items in tables(where).values() for t in items if about in t and "EVENT#" in t)
    rows = [plain(json.loads(text)) for text in texts]
    return sorted((r for r in rows if r["sk"].startswith("EVENT#")), key=lambda r: (r["at"], r["pk"], r["sk"]))


def listeners(event_type: str) -> list[str]:
    """The functions that the rules call for an event of ours."""
    names = {resources.logical(name): name for name in FUNCTIONS}
    found = []
    for rule in resources.RULES.values():
        if rule["Type"] == "AWS::Events::Rule":
            given = rule["Properties"]
            if event_type in given["EventPattern"]["detail-type"]:
                found += [names[resources.reached(t)] for t in given["Targets"]]
    return found


@contextlib.contextmanager
def between(cloud: Any, call: Callable[[Callable[..., Any], str, Any], Any]) -> Iterator[None]:
    """Put `call(stock, function, event)` between the cloud and its functions."""
    stock = cloud.functions.call

    def instead(name: str, event: Any, request_id: str = "") -> Any:
        if name.endswith("_api"):
            return stock(name, event, request_id)
        return call(stock, name, event)

    cloud.functions.call = instead
    try:
        yield
    finally:
        del cloud.functions.call


@contextlib.contextmanager
def held(cloud: Any, function: str) -> Iterator[None]:
    """A function's deliveries wait until the block is left."""
    gate = threading.Event()

    def call(stock: Callable[..., Any], name: str, event: Any) -> Any:
        if name == function:
            gate.wait()
        return stock(name, event)

    with between(cloud, call):
        try:
            yield
        finally:
            gate.set()
            cloud.wait_idle()


def whole_list(who: Client, path: str, name: str) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    rows, step = [], path
    while True:
        answer: Answer = who.get(step).ok()
        rows += answer.body[name]
        if not answer.body.get("next"):
            return rows
        step = f"{path}{'&' if '?' in path else '?'}cursor={answer.body['next']}"


def plain_rows(table: str, pk: str) -> list[dict[str, Any]]:
    """The items of a partition of any table, by the environment's cloud."""
    return list(query(table, pk))


def flows_of(client: Any) -> str:
    """The ARN of the machine that dossiers' flows run on; scanned papers have one of their own."""
    machines = client.list_state_machines()["stateMachines"]
    (arn,) = [each["stateMachineArn"] for each in machines if each["name"].endswith("OneStop")]
    return str(arn)
