"""Each condition of a write of the catalogue, lost once: nothing of the write is there, and the part is named."""

import pytest
from msgspec import structs

from chalicelib.contracts.catalogue import Agency, AgencyEntry, Outage, OutageMoved, OutageWithdrawn, VersionSaved
from chalicelib.kernel import aws
from tests.fakes import people
from tests.support.hall import version
from tests.support.keepers import BIRTH, EDITOR, act

SAVED = VersionSaved(procedure=BIRTH, version=1, state="draft")
ENTRY = AgencyEntry(id="H01", name="Tỉnh", level="province", valid_from="2026-01-01")
PROVINCE = Agency(id="H01", name="Tỉnh", one_stop="Tỉnh", entries=(ENTRY,))
OUTAGE = Outage(
    id="o1", starts_at="2026-12-10T15:00:00.000+00:00", ends_at="2026-12-10T19:00:00.000+00:00",
    announced_at="2026-11-25T02:00:00.000+00:00", planned=True, text_vi="Bảo trì", text_en="Maintenance",
)  # fmt: skip


def lost(act):
    with pytest.raises(aws.Lost) as refused:
        act()
    return refused.value.parts


@pytest.fixture
def unchanged(hall):
    """What is stored after a test is what stood there when it was called."""
    before = []
    yield lambda: before.append(hall.rows.everything())
    assert before
    assert hall.rows.everything() == before[-1]


def test_a_version_under_a_head_that_moved_on_is_not_kept(hall, unchanged):
    item, stale = hall.started(), hall.procedures.head(BIRTH)
    hall.save(item, name_en="A")
    unchanged()
    other = structs.replace(item, edit=9)
    parts = lost(lambda: hall.procedures.keep(stale, [SAVED], hall.clock(), versions=[other], fenced=True, latest=9))
    assert "head" in parts


def test_a_procedure_begins_once(hall, unchanged):
    nothing = hall.procedures.head(BIRTH)
    hall.started()
    unchanged()
    assert "head" in lost(lambda: hall.procedures.keep(nothing, [SAVED], hall.clock(), versions=[hall.kept()]))


def test_a_keyed_act_twice_at_once_is_one(hall):
    item = hall.started()
    again = act("submit-1")
    hall.rows.meanwhile(lambda: hall.editing.submit(EDITOR, BIRTH, item.version, again))
    done = hall.editing.submit(EDITOR, BIRTH, item.version, again)
    assert (done, done.edit) == (hall.kept(), item.edit + 1)
    assert hall.log() == ["version.started", "version.moved"]
    assert [key for key, _ in done.keys] == [act("start-1").key, again.key]


def test_an_agency_under_an_older_tree_is_not_kept(hall, unchanged):
    for tree, agency in enumerate(("H02", "H03")):
        other = structs.replace(PROVINCE, id=agency)
        hall.agencies.keep(hall.agencies.head(agency), other, "a", tree, hall.clock())
    unchanged()
    for older in (0, 1):
        with pytest.raises(aws.WriteContended):
            hall.agencies.keep(hall.agencies.head("H01"), PROVINCE, "a", older, hall.clock())
    assert hall.agencies.tree() == 2


def test_an_agency_under_a_head_that_moved_on_is_not_kept(hall, unchanged):
    nothing = hall.agencies.head("H01")
    hall.agencies.keep(nothing, PROVINCE, "a", 0, hall.clock())
    stale = hall.agencies.head("H01")
    hall.agencies.keep(stale, PROVINCE, "a", 1, hall.clock())
    unchanged()
    for head in (nothing, stale):
        assert "head" in lost(lambda head=head: hall.agencies.keep(head, PROVINCE, "a", 2, hall.clock()))


def announce(hall, actor):
    hall.agencies.announce(OUTAGE, "body", actor, hall.agencies.outage_changes(), hall.clock())


def test_an_outage_is_announced_once(hall, unchanged):
    announce(hall, "a")
    unchanged()
    assert lost(lambda: announce(hall, "b")) >= {"head", "row"}


def test_an_outage_under_a_head_that_moved_on_is_not_changed(hall, unchanged):
    announce(hall, "a")
    stale = hall.agencies.outage("o1")
    later = structs.replace(OUTAGE, ends_at="2026-12-10T20:00:00.000+00:00")
    moved = OutageMoved(**structs.asdict(later), former=OUTAGE.ends_at)
    hall.agencies.move(stale, later, moved, "a", hall.agencies.outage_changes(), hall.clock())
    unchanged()
    assert "head" in lost(
        lambda: hall.agencies.move(stale, later, moved, "b", hall.agencies.outage_changes(), hall.clock())
    )
    gone = structs.replace(OUTAGE, withdrawn=True)
    withdrawn = OutageWithdrawn(**structs.asdict(gone), former=OUTAGE.ends_at, begun=False)
    assert "head" in lost(lambda: hall.agencies.withdraw(stale, gone, withdrawn, ("k", "b"), "b", hall.clock()))


def test_an_outage_whose_row_is_there_is_not_announced(hall, unchanged):
    hall.rows.put({"pk": "OUTAGES", "sk": f"{OUTAGE.ends_at}#{OUTAGE.id}"})
    unchanged()
    assert lost(lambda: announce(hall, "a")) == {"row"}


# --- what earlier releases left --------------------------------------------------------------------------------------


def test_what_the_first_release_left_is_read_and_gone_on_with(hall):
    """Its HEAD counted no versions, its facts and forms were maps, its versions had no state."""
    pk = f"PROCEDURE#{BIRTH}"
    hall.rows.put(
        {"pk": pk, "sk": "HEAD", "current": 1, "fingerprint": "f", "version": 1, "seq": 0, "chain": "0" * 32},
        {"pk": pk, "sk": "VERSION#0001", "code": BIRTH, "version": 1, "facts": people.facts(), "form": {"title": "A"}},
    )
    head, old = hall.procedures.head(BIRTH), hall.kept()
    assert (head.latest, head.current, head.windows, head.owner) == (1, 1, (), "")
    assert (old.facts.code, old.form, old.edit, old.state) == (BIRTH, {"title": "A"}, 0, "published")
    assert hall.procedures.versions(BIRTH) == [], "nobody worked at it here"
    assert hall.ship() == 2
    assert hall.procedures.head(BIRTH).latest == 2
    assert hall.rows.unbroken(pk)


def test_an_agency_of_the_first_release_is_read_and_kept_anew(hall):
    """Its agencies had no entries and no keeper."""
    agency = {"id": "H01", "name": "Tỉnh cũ", "one_stop": "Tỉnh cũ", "place": "", "note": "-"}
    hall.rows.put({"pk": "AGENCY#H01", "sk": "HEAD", "agency": agency, "version": 1, "seq": 0, "chain": "0" * 32})
    found, number = hall.administration.read("H01")
    assert (found.name, found.entries, number) == ("Tỉnh cũ", (), 1)
    kept, number, *_ = hall.administration.ship("motcua", "H01", [ENTRY])
    assert (kept.name, number) == ("Tỉnh", 2)


def test_a_version_comes_back_as_it_was_kept(hall):
    item = version({**people.facts(), "notes": [{"text_vi": "0.5", "share": 0.5, "deep": [[1, [True, None]]]}]})
    hall.procedures.keep(hall.procedures.head(BIRTH), [SAVED], hall.clock(), versions=[item])
    assert hall.kept() == item
