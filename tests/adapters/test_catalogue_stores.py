"""The catalogue's stores on a table of their own in the embedded cloud: what is kept, read, counted; the races."""

import threading
import uuid
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from msgspec import structs

from chalicelib.catalogue import fence
from chalicelib.catalogue.agencies.service import Administration, Announcement, Move
from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.catalogue.procedures import store as procedures_store
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.records.service import Records
from chalicelib.catalogue.refusals import VersionInvalid
from chalicelib.catalogue.restructuring.service import Reviews
from chalicelib.catalogue.restructuring.store import RunningTable
from chalicelib.catalogue.services.listing import Listing
from chalicelib.catalogue.services.search import Filters
from chalicelib.catalogue.services.service import Services
from chalicelib.catalogue.services.store import SnapshotFiles
from chalicelib.catalogue.settings import TABLE
from chalicelib.catalogue.versions.publishing import Shipping
from chalicelib.catalogue.versions.service import Editing
from chalicelib.contracts.catalogue import AgencyEntry, Outage, ProcedureRecorded
from chalicelib.contracts.event import heard
from chalicelib.contracts.submission import DossierSubmitted, SealLine
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ForbiddenStep, KeyReused, LostUpdate, TryAgain
from infra.stack.resources import TABLES
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.support.keepers import BIRTH, EDITOR, PUBLISHER, REVIEWER, SECOND, act, birth, findings

GIVEN = ("BillingMode", "AttributeDefinitions", "KeySchema")
ADMIN, ABOVE = (people.colleague(people.officer("administrator", agency="H01"), each) for each in ("admin", "above"))
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def table(cloud, monkeypatch):
    """An empty catalogue for one test; workers of the cloud rest meanwhile."""
    cloud.wait_idle()
    client, name = aws.client("dynamodb"), f"catalogue-{uuid.uuid4().hex[:8]}"
    client.create_table(TableName=name, **{key: TABLES["Catalogue"]["Properties"][key] for key in GIVEN})
    monkeypatch.setenv(TABLE.name, name)
    yield name
    client.delete_table(TableName=name)


@pytest.fixture
def hall(table):
    clock = Clock()
    return SimpleNamespace(
        clock=clock,
        records=Records(ProcedureTable(), clock),
        editing=Editing(ProcedureTable(), RunningTable(), Reviews(ProcedureTable(), RunningTable(), clock), clock),
        shipping=Shipping(ProcedureTable(), clock),
        listing=Listing(ProcedureTable(), SnapshotFiles(), clock),
        services=Services(ProcedureTable(), SnapshotFiles(), AgencyTable(), clock),
        administration=Administration(AgencyTable(), ProcedureTable(), clock),
    )


def reviewed(hall, key="1"):
    item = hall.editing.start(EDITOR, BIRTH, birth(), "facts", act(f"start-{key}"))
    number = item.version
    hall.editing.save(EDITOR, BIRTH, number, item.facts, people.form_document(), item.edit)
    hall.editing.submit(EDITOR, BIRTH, number, act(f"submit-{key}"))
    hall.editing.review(REVIEWER, BIRTH, number, findings(), act(f"review-{key}"), accepted=True)
    return number


def publish(hall, number, day, key):
    return hall.editing.publish(PUBLISHER, BIRTH, number, date.fromisoformat(day), act(key))


def passes(version, at):
    """Whether a submission would get through the fence."""
    try:
        aws.transact({"fence": fence.published(BIRTH, version, "MC-1", stamp(datetime.fromisoformat(at)))})
    except aws.Lost:
        return False
    return True


def whole(table, pk):
    """Whether a record's log is unbroken; its types."""
    head = heard(record.Head, aws.get(table, pk, "HEAD"))
    rows = [record.log_row(row) for row in aws.query(table, pk, "EVENT#")]
    assert record.unbroken(rows, head)
    return [row.type.removeprefix("vn.motcua.") for row in rows]


def at_once(*works):
    gate, told = threading.Barrier(len(works)), [None] * len(works)

    def run(place):
        gate.wait(120)
        try:
            told[place] = works[place]()
        except Exception as error:  # noqa: BLE001 - it is what is asserted on
            told[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return told


# --- procedures ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R41")
def test_a_version_goes_from_draft_to_its_end_with_its_log_and_its_fence(hall, table):
    publish(hall, reviewed(hall), "2026-11-25", "p1")
    publish(hall, reviewed(hall, "2"), "2026-12-10", "p2")
    moments = ["2026-11-24T23:59:59+07:00", "2026-11-25T00:00:00+07:00", "2026-12-10T00:00:00+07:00"]
    assert [[passes(v, at) for v in (1, 2)] for at in moments] == [[False, False], [True, False], [False, True]]
    assert whole(table, f"PROCEDURE#{BIRTH}") == [
        *("version.started", "version.saved", "version.moved", "version.reviewed", "procedure.published"),
        *("version.started", "version.saved", "version.moved", "version.reviewed"),
        *("procedure.published", "version.moved"),
    ]
    hall.editing.withdraw(PUBLISHER, BIRTH, 2, "Căn cứ đã hết hiệu lực", act("w2"))
    assert passes(2, moments[2]), "it takes two"
    hall.editing.withdraw(SECOND, BIRTH, 2, "Căn cứ đã hết hiệu lực", act("w3"))
    assert not passes(2, moments[2])
    assert hall.services.read(BIRTH).version.version == 1


def test_what_was_saved_comes_back_as_it_was_fractions_too(hall):
    facts = birth(notes=[{"text_vi": "0.5", "share": 0.5, "none": None, "deep": [[1, [True]]]}])
    hall.editing.start(EDITOR, BIRTH, facts, "facts", act("s"))
    assert ProcedureTable().version(BIRTH, 1).facts == facts
    assert ProcedureTable().versions(BIRTH)[0].facts == facts


def test_keys_come_back_in_their_order(hall):
    reviewed(hall)
    keys = ProcedureTable().version(BIRTH, 1).keys
    assert [key for key, _ in keys] == [act(name).key for name in ("start-1", "submit-1", "review-1")]
    with pytest.raises(KeyReused):
        hall.editing.submit(EDITOR, BIRTH, 1, act("submit-1", "other"))


def test_of_those_who_publish_at_once_one_does(hall, table):
    one, two = reviewed(hall), reviewed(hall, "2")
    told = at_once(*(lambda n=n: publish(hall, n, "2026-11-25", f"p{n}") for n in (one, two)))
    assert sum(isinstance(t, VersionItem) for t in told) == 1, told
    assert sum(isinstance(t, VersionInvalid | TryAgain) for t in told) == 1, told
    assert whole(table, f"PROCEDURE#{BIRTH}").count("procedure.published") == 1


def test_a_publication_and_a_withdrawal_at_once_leave_one_state(hall, table):
    number = reviewed(hall)
    told = at_once(
        lambda: publish(hall, number, "2026-11-25", "p"),
        lambda: hall.editing.withdraw(PUBLISHER, BIRTH, number, "không còn căn cứ", act("w")),
    )
    state = ProcedureTable().version(BIRTH, number).state
    assert passes(number, "2026-11-25T10:00:00+07:00") is (state == "published")
    assert all(isinstance(t, VersionItem | ForbiddenStep | TryAgain) for t in told), told
    assert whole(table, f"PROCEDURE#{BIRTH}")


def test_rows_of_all_partitions_are_found(hall):
    codes = [f"9.{n:06d}" for n in range(60)]
    for code in codes:
        facts = Facts(code=code, name_vi="Thủ tục", kind="administrative_procedure")
        assert hall.records.keep(facts, []) == "imported"
    assert sorted(row.code for row in ProcedureTable().rows()) == codes
    assert len({procedures_store.shard_of(code) for code in codes}) > 10


# --- agencies and outages --------------------------------------------------------------------------------------------


def entry(name):
    return AgencyEntry(id="", name=name, level="province", valid_from="2026-01-01")


def test_agencies_are_kept_listed_and_paged(hall, table):
    ids = ["H01", "H02", "H03"]
    for agency in ids:
        hall.administration.keep(ADMIN, agency, [entry(agency)], 0)
    assert [a.id for a in AgencyTable().agencies()] == ids
    first, start = AgencyTable().page(None, 2)
    rest, end = AgencyTable().page(start, 2)
    assert ([a.id for a in first], [a.id for a in rest], end) == (["H01", "H02"], ["H03"], None)
    assert AgencyTable().head("H01").keeper == ADMIN.subject
    assert whole(table, "AGENCY#H01") == ["agency.published"]


@pytest.mark.rule("R34")
def test_changes_at_once_do_not_close_a_circle(hall, table):
    for agency in ("H01.10", "H01.11"):
        hall.administration.keep(ADMIN, agency, [entry(agency)], 0)
    pairs = [("H01.10", "H01.11"), ("H01.11", "H01.10")]
    wanted = {a: [structs.replace(entry(a), parent=b)] for a, b in pairs}
    for agency, entries in wanted.items():
        assert hall.administration.keep(ADMIN, agency, entries, 1).waits, "another parent takes two"
    told = at_once(
        *(lambda a=a, entries=entries: hall.administration.keep(ABOVE, a, entries, 2) for a, entries in wanted.items())
    )
    assert sum(isinstance(t, tuple) for t in told) == 1, told
    assert sum(isinstance(t, VersionInvalid | TryAgain) for t in told) == 1, told
    assert AgencyTable().tree() == 3


def test_an_outage_is_announced_once_by_those_who_announce_at_once(hall, table):
    given = Announcement(
        starts_at="2026-12-10T22:00:00+07:00", ends_at="2026-12-11T02:00:00+07:00", planned=True,
        text_vi="Bảo trì", text_en="Maintenance", reason="maintenance",
        fallback_vi="Tại quầy", fallback_en="At the desk",
    )  # fmt: skip
    told = at_once(*(lambda: hall.administration.announce(EDITOR, given, "k") for _ in range(3)))
    done = [t for t in told if isinstance(t, Outage)]
    assert len(done) + sum(isinstance(t, TryAgain) for t in told) == 3, told
    assert [done[0]] * len(done) == done
    assert AgencyTable().outages(NOW) == [done[0]]
    assert whole(table, f"OUTAGE#{done[0].id}") == ["outage.announced"]
    assert AgencyTable().outages(datetime(2026, 12, 12, tzinfo=UTC)) == []
    assert AgencyTable().outage("none").version == 0


def test_an_outage_is_moved_once_by_those_who_move_at_once(hall, table):
    given = Announcement(
        starts_at="2026-12-10T22:00:00+07:00", ends_at="2026-12-11T02:00:00+07:00", planned=True,
        text_vi="Bảo trì", text_en="Maintenance", reason="maintenance",
        fallback_vi="Tại quầy", fallback_en="At the desk",
    )  # fmt: skip
    outage = hall.administration.announce(EDITOR, given, "k").id
    ends = [Move(ends_at=f"2026-12-11T0{hour}:00:00+07:00", why="Lâu hơn dự kiến") for hour in (3, 4, 5)]
    told = at_once(*(lambda end=end: hall.administration.move(EDITOR, outage, end, 1) for end in ends))
    (moved,) = [t[0] for t in told if isinstance(t, tuple)]
    assert sum(isinstance(t, LostUpdate | TryAgain) for t in told) == 2, told
    assert AgencyTable().outages(NOW) == [moved]
    hall.administration.withdraw(EDITOR, outage, "Không bảo trì nữa", "w")
    assert AgencyTable().outages(NOW) == aws.query(table, "OUTAGES") == []
    assert whole(table, f"OUTAGE#{outage}") == ["outage.announced", "outage.moved", "outage.withdrawn"]


# --- running dossiers ------------------------------------------------------------------------------------------------


def began(reference, *papers):
    lines = [SealLine(id=c, code=c, key=c, version_id="v", size=1, sha256="", media_type="") for c in papers]
    told = DossierSubmitted(
        reference=reference, procedure=BIRTH, procedure_version=1, agency="H01", channel="ONLINE",
        received_at=stamp(NOW), components=tuple(lines), seal_sha256="", stages=(),
    )  # fmt: skip
    RunningTable().submitted(told)


def runs(procedure=BIRTH):
    rows = RunningTable().running(procedure, 20)
    return {row.reference: (row.version, row.state) for row in rows}


def test_dossiers_that_are_told_at_once_are_all_counted(table):
    def tell(number):
        for _ in waiting.turns():
            try:
                return began(f"MC-{number}", "A")
            except aws.WriteContended:
                continue
        raise TryAgain

    assert at_once(*(lambda n=n: tell(n) for n in range(6))) == [None] * 6
    assert RunningTable().used(BIRTH) == (6, {"A": 6}, {})
    assert len(runs()) == 6


# --- snapshots -------------------------------------------------------------------------------------------------------


def test_a_refresh_skips_what_the_list_knows(hall, table):
    head = ProcedureTable().head("9.000001")
    assert head.version == 0
    ProcedureTable().keep(head, [ProcedureRecorded(procedure="9.000001", fingerprint="f")], NOW)
    changed = stamp(hall.clock())
    hall.clock.advance(minutes=1)
    assert [hall.listing.refresh(changed) for _ in range(3)] == ["made", "newer", "newer"]


def test_what_is_published_is_found_and_exported(hall, table):
    hall.shipping.publish(birth(), people.form_document(), findings())
    hall.clock.advance(minutes=1)
    assert hall.listing.export() == 1
    page, _, as_of = hall.services.search("khai sinh", Filters(), 0, 5)
    assert ([h.entry.code for h in page.hits], as_of) == ([BIRTH], stamp(hall.clock()))
    pointer, link = hall.services.export("EXPORT")
    assert pointer.sha256 in link
