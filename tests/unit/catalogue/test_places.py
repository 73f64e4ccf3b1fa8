"""Where the catalogue's items stand and who is in its logs: what one release wrote, the next one must find."""

from chalicelib.catalogue.procedures.store import shard_of
from tests.fakes import people
from tests.support.keepers import BIRTH, EDITOR, PUBLISHER, REVIEWER, birth
from tests.unit.catalogue.test_conditions import OUTAGE, PROVINCE

STATE = [(f"STATE#1.001193#0001#{copy:02d}", "STATE") for copy in range(16)]


def places(hall):
    return {(item["pk"], item["sk"]) for item in hall.rows.everything() if not item["sk"].startswith("EVENT#")}


def test_a_procedure_its_versions_their_fences_and_its_row(hall):
    hall.published("2026-12-01")
    assert (shard_of("1.001193"), shard_of("1.000894")) == ("SERVICES#04", "SERVICES#14")
    assert places(hall) == {
        ("PROCEDURE#1.001193", "HEAD"),
        ("PROCEDURE#1.001193", "VERSION#0001"),
        ("SERVICES#04", "1.001193"),
        *STATE,
    }


def test_a_national_record(hall):
    hall.records.keep(birth(), ())
    assert ("PROCEDURE#1.001193", "RECORD") in places(hall)


def test_agencies_and_outages(hall):
    hall.agencies.keep(hall.agencies.head("H01"), PROVINCE, "a", 0, hall.clock())
    hall.agencies.announce(OUTAGE, "body", "a", hall.agencies.outage_changes(), hall.clock())
    assert places(hall) == {
        ("AGENCIES", "H01"),
        ("AGENCY#H01", "HEAD"),
        ("AGENCY TREE", "CHANGES"),
        ("OUTAGE CHANGES", "CHANGES"),
        ("OUTAGE#o1", "HEAD"),
        ("OUTAGES", "2026-12-10T19:00:00.000+00:00#o1"),
    }


def test_running_dossiers_and_what_they_came_with(hall):
    hall.runs("MC-1", 1, state=4, papers=(people.BIRTH_NOTICE,))
    hall.running.ended("MC-2")
    assert places(hall) == {
        ("RUNNING#1.001193#11", "DOSSIER#MC-1"),
        ("SEEN#MC-1", "SUBMITTED"),
        ("SEEN#MC-2", "ENDED"),
        ("USED#1.001193#11", "COUNTS"),
    }
    assert hall.rows.get("USED#1.001193#11", "COUNTS") == {
        "pk": "USED#1.001193#11", "sk": "COUNTS", "dossiers": 1, f"paper {people.BIRTH_NOTICE}": 1,
    }  # fmt: skip


def test_the_list_that_search_reads(hall):
    made = hall.snapshots.keep("SEARCH", b"x", 1, "2026-11-25")
    assert places(hall) == {("SNAPSHOT", "SEARCH")}
    assert made.key == f"catalogue/search/{made.sha256}.jsonl.gz"


def test_the_log_says_who_did_it(hall):
    hall.published("2026-12-01")
    hall.agencies.keep(hall.agencies.head("H01"), PROVINCE, "an administrator", 0, hall.clock())
    hall.agencies.announce(OUTAGE, "body", "an administrator", hall.agencies.outage_changes(), hall.clock())
    actors = [row["actor"] for row in hall.rows.events(f"PROCEDURE#{BIRTH}")]
    assert actors == [EDITOR.subject] * 3 + [REVIEWER.subject, PUBLISHER.subject]
    for pk in ("AGENCY#H01", "OUTAGE#o1"):
        assert [row["actor"] for row in hall.rows.events(pk)] == ["an administrator"]
