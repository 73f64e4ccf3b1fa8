"""Counts of the budgets in design/performance.md that no clock decides: 7 (no hot key), 8 (lists that do not grow).

Budgets 1 and 2 are in tests/journeys/test_birth.py, 3 in tests/arch/test_imports.py.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from moto.dynamodb.models import dynamodb_backends

from chalicelib.catalogue.fence import COPIES, state_key, state_keys
from chalicelib.contracts import stored
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.sealing.door import ring
from chalicelib.submission.service import Submissions
from chalicelib.submission.store import Table
from infra.demo import story
from infra.local import meter
from infra.local.names import ACCOUNT, REGION
from infra.stack.resources import TABLES
from tests.fakes.draft import draft as draft_of
from tests.fakes.environment import SETTINGS
from tests.support.world import officer_of, partition, ready

RATE = 420  # submissions a second: 25 M dossiers a month, ten times the mean of office hours
PARTITION = 1000  # write units a second that one key of DynamoDB takes
COMMUNES, PROCEDURES, SAMPLE = 3321, 200, 4000
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

# --- budget 7 --------------------------------------------------------------------------------------------------------


def zipf(count, power):
    """Weights of which the first is the heaviest."""
    return [1 / rank**power for rank in range(1, count + 1)]


def indexes():
    """The dossiers' indexes as the meter wants them."""
    found = {}
    for index in TABLES["Dossiers"]["Properties"]["GlobalSecondaryIndexes"]:
        keys = tuple(k["AttributeName"] for k in index["KeySchema"])
        found[index["IndexName"]] = meter.Index(
            keys, frozenset({*keys, "pk", "sk", *index["Projection"].get("NonKeyAttributes", ())})
        )
    return found


def charged(op, draft):
    """The keys that an operation of the submission writes, with their units."""
    ((kind, given),) = op.items()
    key = given.get("Key") or given["Item"]
    before = aws.packed(stored.written(draft.head)) if key["sk"] == {"S": "HEAD"} else None
    if kind == "Put":
        after = given["Item"]
    elif kind == "Update":
        names, values = given["ExpressionAttributeNames"], given["ExpressionAttributeValues"]
        changed = {name: values[f":{k[1:]}"] for k, name in names.items() if f":{k[1:]}" in values}
        after = {**before, **changed}
    else:
        before = after = {**key, **aws.packed({"is_published": True})}
    yield ("table", given["TableName"], key["pk"]["S"]), meter.write_units(before, after, transaction=True)
    for name, index in indexes().items():
        if units := meter.index_units(before, after, index):
            yield ("index", name, after[index.keys[0]]["S"]), units


@pytest.fixture(scope="module")
def histogram():
    """Write units a second of every key, at the peak: communes and procedures are not equally busy."""
    dice, keys, kept = random.Random(7), Counter(), []
    agencies = dice.choices(range(COMMUNES), zipf(COMMUNES, 0.5), k=SAMPLE)
    procedures = dice.choices(range(PROCEDURES), zipf(PROCEDURES, 1), k=SAMPLE)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        patch.setattr(aws, "transact", lambda parts: kept.append(list(parts.values())))
        patch.setattr(Table, "used_key", lambda *_: None)
        for number, (agency, procedure) in enumerate(zip(agencies, procedures, strict=True)):
            code, office, holder = f"1.{procedure:06d}", f"H{agency % 90 + 10}.{agency}", f"{number:032x}"
            draft = draft_of(f"MC-{number:016d}", holder=holder, agency=office, procedure=code)
            patch.setattr(Table, "draft", lambda *_, draft=draft: draft)
            who = Principal(subject="s", kind="CITIZEN", name="n", level=2, personal_id="0" * 12)
            patch.setattr(type(who), "holder", holder)
            use_cases = Submissions(Table(), lambda n=number: NOW + timedelta(milliseconds=n * 1000 / RATE))
            use_cases.submit(who, draft.reference, f"key-{number}", b"{}")
            for op in kept.pop():
                for key, units in charged(op, draft):
                    keys[key] += units * RATE / SAMPLE
        fence = {pk for n in range(PROCEDURES) for pk, _ in state_keys(f"1.{n:06d}", 1)}
    return keys, fence


def hottest(keys, fence, *, fenced):
    return max((units, key) for key, units in keys.items() if (key[2] in fence) == fenced)


def test_no_key_of_a_submission_is_hot_at_the_peak(histogram):
    units, key = hottest(*histogram, fenced=False)
    assert units <= PARTITION / 10, key
    assert sum(histogram[0].values()) / RATE <= 14, "units of one submission, indexes too"


def test_the_fence_of_a_procedure_is_not_hot_at_the_peak(histogram):
    units, key = hottest(*histogram, fenced=True)
    print(f"\nhottest fence: {key[2]} {units:.0f} units/s of {PARTITION}")
    assert units <= PARTITION / 10, key


def test_the_fence_is_not_hot_when_every_submission_is_for_one_procedure():
    """The last evening before a school year: the worst case of the number of copies."""
    references = [f"MC-{number:016d}" for number in range(SAMPLE)]
    used = Counter(state_key("1.001193", 1, reference) for reference in references)
    assert len(used) == COPIES
    units = meter.write_units(*(aws.packed({"pk": "p", "sk": "s"}),) * 2, transaction=True)
    assert max(used.values()) * units * RATE / SAMPLE <= PARTITION / 10


# --- budget 8 --------------------------------------------------------------------------------------------------------

AGENCY = "H77.88.99"


class Filled:
    """Copies of one dossier's rows, straight into the cloud's tables: by HTTP twenty thousand take a minute."""

    def __init__(self, where, reference):
        self.tables = dynamodb_backends[ACCOUNT][REGION].tables
        self.name, self.vaults = where["table.Dossiers"], where["table.Vaults"]
        self.rows = partition(where, "Dossiers", reference)
        self.count, self.made = 0, []

    def put(self, table, item):
        made = self.tables[table].put_item(aws.packed(item))
        self.made.append((table, made.hash_key))

    def up_to(self, count):
        task = next(r for r in self.rows if r["sk"].startswith("TASK#"))
        for n in range(self.count, count):
            pk = f"MC-COPY{n:012d}"
            self.put(self.name, {**task, "pk": pk, "wl_pk": f"{AGENCY}#receive", "wl_sk": f"2026-12-01#{pk}"})
            doc = {"pk": f"OWNER#{n:032x}", "sk": "DOC#1", "key": "k" * 60, "sha256": "a" * 64, "code": "KQ1"}
            self.put(self.vaults, doc)
        self.count = count

    def empty(self):
        for table, key in self.made:
            self.tables[table].items.pop(key, None)


@pytest.fixture
def filled(where, citizen, small_scan):
    """A dossier, and room for more."""
    reference = story.submit(citizen, ready(citizen, small_scan)).ok(201).body["reference"]
    made = Filled(where, reference)
    made.reference = reference
    yield made
    made.empty()


def reads(who, path):
    ring().forget()
    headers = who.get(path).ok().headers
    return int(headers["X-Local-DynamoDB-Reads"]), float(headers["X-Local-Read-Units"])


def lists(where, citizen, filled):
    desk = officer_of(where, AGENCY, "reception")
    return {
        "worklist": reads(desk, "/v1/tasks?kind=receive"),
        "status": reads(citizen, f"/v1/dossiers/{filled.reference}"),
        "my dossiers": reads(citizen, "/v1/dossiers"),
        "vault": reads(citizen, "/v1/vault/documents"),
    }


@pytest.mark.parametrize("many", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)], ids=["20 k", "1 M"])
def test_lists_and_status_cost_the_same_however_many_rows_there_are(cloud, where, citizen, filled, many):
    cloud.wait_idle()
    filled.up_to(1000)
    few = lists(where, citizen, filled)
    filled.up_to(many)
    assert lists(where, citizen, filled) == few
    print(f"\nreads and units at {many}: {few}")
    assert {name: calls for name, (calls, _) in few.items()} == dict.fromkeys(few, 1) | {"worklist": 4, "status": 3}, (
        "the officer, a page of what nobody claimed and of what somebody did, and at once what stands behind the rows;"
        " a dossier, its keys, their day's"
    )
