"""What reading the catalogue costs, by our own meter: the same with a hundred procedures and with ten thousand."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from moto.dynamodb.models import dynamodb_backends
from msgspec import structs

from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.catalogue.procedures import store as procedures
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import NationalRecord, ProcedureHead
from chalicelib.catalogue.procedures.listed import row
from chalicelib.catalogue.procedures.store import ProcedureTable, shard_of
from chalicelib.catalogue.restructuring.service import Reviews
from chalicelib.catalogue.restructuring.store import RunningTable
from chalicelib.catalogue.services.listing import Listing
from chalicelib.catalogue.services.search import Filters
from chalicelib.catalogue.services.service import Services
from chalicelib.catalogue.services.store import SnapshotFiles
from chalicelib.catalogue.settings import TABLE
from chalicelib.catalogue.versions.service import Editing
from chalicelib.contracts.stored import written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import canonical
from infra.local import meter
from infra.local.names import ACCOUNT, REGION
from infra.stack.resources import TABLES
from tests.support.keepers import EDITOR
from tests.unit.catalogue.records.given import read

GIVEN = ("BillingMode", "AttributeDefinitions", "KeySchema")
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SAMPLE = "1.003197"
FEW = 100


class Filled:
    """National records as an import leaves them, straight into the table: by transactions ten thousand take minutes."""

    def __init__(self, name):
        self.table = dynamodb_backends[ACCOUNT][REGION].tables[name]
        self.facts = read(SAMPLE).typed
        self.count = 0

    def put(self, item):
        self.table.put_item(aws.packed(item))

    def up_to(self, count):
        for number in range(self.count, count):
            code = f"9.{number:06d}"
            name = f"{self.facts.name_vi} số {number}"
            facts = structs.replace(self.facts, code=code, name_vi=name)
            head = ProcedureHead(pk=f"PROCEDURE#{code}", record="f" * 64, version=1, seq=1)
            kept = NationalRecord(
                code=code, fingerprint="f" * 64, imported_at=stamp(NOW), facts_text=canonical(plain(facts))
            )
            shown = row(facts, "unknown", windows=(), recorded=True)
            self.put({**written(head), "sk": "HEAD"})
            self.put({**written(kept), "pk": head.pk, "sk": "RECORD"})
            self.put({**written(shown), "pk": shard_of(code), "sk": code})
        self.count = count


@pytest.fixture
def filled(cloud, monkeypatch):
    """An empty catalogue, and room for many procedures."""
    cloud.wait_idle()
    client, name = aws.client("dynamodb"), f"catalogue-{uuid.uuid4().hex[:8]}"
    client.create_table(TableName=name, **{key: TABLES["Catalogue"]["Properties"][key] for key in GIVEN})
    monkeypatch.setenv(TABLE.name, name)
    yield Filled(name)
    client.delete_table(TableName=name)


def used(act):
    """The calls and read units of an act."""
    with meter.measure() as m:
        act()
    return m.read_calls, m.read_units, m.write_calls


def costs(minute):
    """What each way of reading the catalogue costs, after its list was made."""

    def clock():
        return NOW + timedelta(minutes=minute)

    procedures._national_at.cache_clear()
    assert Listing(ProcedureTable(), SnapshotFiles(), clock).refresh(stamp(clock())) == "made"
    services = Services(ProcedureTable(), SnapshotFiles(), AgencyTable(), clock)
    reviews = Reviews(ProcedureTable(), RunningTable(), clock)
    editing = Editing(ProcedureTable(), RunningTable(), reviews, clock)
    code = "9.000042"
    found = {}
    for name, act in {
        "search": lambda: services.search("giay to so 42", Filters(), 0, 20),
        "list": lambda: services.search("", Filters(offered=False), 40, 20),
        "read": lambda: services.read(code),
        "read again": lambda: services.read(code),
        "no place": lambda: services.counters(code, None, None),
        "province": lambda: services.counters(code, "H01", None),
        "agency": lambda: services.counters(code, None, "H01.10.24"),
        "versions": lambda: editing.versions(EDITOR, code),
        "restructuring": lambda: reviews.read(EDITOR, code),
    }.items():
        found[name] = used(act)
    page, _, _ = services.search(f"{read(SAMPLE).typed.name_vi} số 42", Filters(), 0, 5)
    assert page.hits[0].entry.code == code
    return found, services.search("", Filters(), 0, 1)[0].total


@pytest.mark.parametrize("many_are", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_search_list_and_read_cost_the_same_however_many_procedures_there_are(filled, many_are):
    filled.up_to(FEW)
    few, count = costs(0)
    assert count == FEW
    filled.up_to(many_are)
    many, count = costs(10)
    assert count == many_are
    print(f"\ncalls, read units and writes with {many_are} procedures: {many}")
    assert many == few
    assert {name: calls for name, (calls, _, _) in many.items()} == {
        "search": 1, "list": 1, "read": 3, "read again": 2, "no place": 0, "province": 1, "agency": 3, "versions": 3,
        "restructuring": 4,
    }  # fmt: skip
    assert many["read again"][1] <= 2, "HEAD and the outages that are announced: what never changes is not read again"
    assert {writes for _, _, writes in many.values()} == {0}
