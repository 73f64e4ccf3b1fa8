"""Dossiers that run and the papers they came with, in whatever order and however often their events come."""

import json
import lzma
import re
from pathlib import Path

import pytest
from msgspec import structs

from chalicelib.catalogue.restructuring.events import catalogue_follow_dossier
from chalicelib.catalogue.restructuring.running import RunningDossier
from chalicelib.catalogue.restructuring.store import RunningTable
from chalicelib.contracts.event import told
from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped
from chalicelib.contracts.onestop import DossierAccepted, DossierReturned
from chalicelib.contracts.plan import Office
from chalicelib.contracts.submission import DossierSubmitted, SealLine
from chalicelib.kernel import aws
from chalicelib.law.states import DossierState
from tests.fakes import people
from tests.support.keepers import BIRTH

GOLDEN = Path(__file__).parents[3] / "golden" / "bca595e" / "catalogue.sql.xz"
NOTICE = {"agency": "H01.10.24", "handler": "officer-1", "received_at": "", "processed_at": "", "due_at": ""}


@pytest.fixture(autouse=True)
def rows(tables):
    return tables


def came(reference, *papers, version=1):
    lines = tuple(
        SealLine(id=c, code=c, key=c, version_id="v", size=1, sha256="", media_type="") for c in papers
    )  # fmt: skip
    return DossierSubmitted(
        reference=reference, procedure=BIRTH, procedure_version=version, agency="H01.10.24", channel="ONLINE",
        received_at="", components=lines, seal_sha256="", stages=(),
    )  # fmt: skip


def began(reference, *papers):
    RunningTable().submitted(came(reference, *papers))


def moved(reference, state=DossierState.PROCESSING):
    RunningTable().moved(BIRTH, reference, state)


def ended(reference):
    RunningTable().ended(reference)


def runs():
    return {each.reference: (each.version, each.state) for each in RunningTable().running(BIRTH, 20)}


def test_a_dossier_that_is_told_twice_is_counted_once():
    for _ in range(2):
        began("MC-1", "A", "B", "A")
    began("MC-2", "A")
    assert runs() == {"MC-1": (1, 1), "MC-2": (1, 1)}
    assert RunningTable().used(BIRTH) == (2, {"A": 2, "B": 1}, {})
    assert RunningTable().used("1.000894") == (0, {}, {})


@pytest.mark.rule("R44", "counted")
def test_dossiers_are_counted_by_the_channel_that_brought_them_once_each():
    """Decree 137/2024 Art. 8(5): the National Portal, the authority's system, the provider's own portal."""
    channels = ["national_portal", "provider_portal", "national_portal", None, "authority_system"]
    for number, channel in enumerate(channels):
        for _ in range(2):
            RunningTable().submitted(structs.replace(came(f"MC-{number}"), service_channel=channel))
    used = RunningTable().used(BIRTH)
    assert used.dossiers == 5, "one of a release that did not ask is in no channel"
    assert used.channels == {"national_portal": 2, "provider_portal": 1, "authority_system": 1}


def test_dossiers_are_counted_in_their_month_of_viet_nam():
    """What had no channel yet, of a release that did not ask, is in no month."""
    for number, at in enumerate(
        ("2026-10-31T16:59:59+00:00", "2026-10-31T17:00:00+00:00", "2026-11-05T01:00:00+00:00")
    ):
        one = structs.replace(came(f"MC-{number}"), received_at=at, service_channel="national_portal")
        for _ in range(2):
            RunningTable().submitted(one)
    RunningTable().submitted(structs.replace(one, reference="MC-9", service_channel=None))
    assert RunningTable().monthly(BIRTH) == [("2026-10", "national_portal", 1), ("2026-11", "national_portal", 2)]
    assert RunningTable().used(BIRTH) == (4, {}, {"national_portal": 3})


def test_a_procedure_that_half_the_country_files_is_counted_under_many_partition_keys(rows):
    for number in range(80):
        began(f"MC-{number}", "A")
    keys = {row["pk"] for row in rows.everything("Catalogue") if row["pk"].startswith("USED#")}
    assert keys == {f"USED#{BIRTH}#{shard:02d}" for shard in range(16)}
    assert RunningTable().used(BIRTH) == (80, {"A": 80}, {})


def test_what_an_earlier_release_counted_under_one_key_is_counted_still(rows):
    """Four rows of the golden folder of a release that kept all shards of a procedure under one partition key."""
    with lzma.open(GOLDEN, "rt", encoding="utf-8") as lines:
        kept = [line for line in lines if "USED#" in line]
    for line in kept:
        item = re.search(r"'(\{.*\})'\);", line)[1]
        rows.put("Catalogue", aws.plain(json.loads(item)))
    assert {row["pk"] for row in rows.everything("Catalogue")} == {f"USED#{BIRTH}"}
    assert (len(kept), RunningTable().used(BIRTH)) == (4, (5, {people.BIRTH_NOTICE: 5}, {}))
    began("MC-1", people.BIRTH_NOTICE, "A")
    assert RunningTable().used(BIRTH) == (6, {people.BIRTH_NOTICE: 6, "A": 1}, {})


def test_a_dossier_that_moves_is_seen_and_one_that_is_told_again_is_not_set_back():
    began("MC-1")
    moved("MC-1")
    began("MC-1")
    assert runs() == {"MC-1": (1, DossierState.PROCESSING)}
    assert RunningTable().used(BIRTH) == (1, {}, {})


def test_a_move_that_is_told_before_the_beginning_is_remembered():
    moved("MC-1")
    assert runs() == {}, "of an unknown dossier nothing runs"
    began("MC-1")
    assert runs() == {"MC-1": (1, DossierState.PROCESSING)}


def test_a_dossier_that_ended_runs_no_more_and_stays_counted():
    began("MC-1", "A")
    for _ in range(2):
        ended("MC-1")
    moved("MC-1")
    began("MC-1", "A")
    assert (runs(), RunningTable().used(BIRTH)) == ({}, (1, {"A": 1}, {}))


def test_an_end_that_is_told_before_the_beginning_is_remembered():
    ended("MC-1")
    for _ in range(2):
        began("MC-1", "A")
    assert (runs(), RunningTable().used(BIRTH)) == ({}, (1, {"A": 1}, {}))


@pytest.fixture
def at_the_write(monkeypatch):
    """`at_the_write("before", do)`: something else happens right before, or after, the next item that is put alone."""

    def hook(when, do):
        stock, hooks = aws.alone, [do]

        def alone(op):
            happens = hooks.pop() if hooks and "Put" in op else None
            if happens and when == "before":
                happens()
            done = stock(op)
            if happens and when == "after":
                happens()
            return done

        monkeypatch.setattr(aws, "alone", alone)

    return hook


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_beginning_that_is_told_while_the_end_is_written_leaves_no_dossier_running(at_the_write, when):
    at_the_write(when, lambda: began("MC-1", "A"))
    ended("MC-1")
    assert (runs(), RunningTable().used(BIRTH)) == ({}, (1, {"A": 1}, {}))


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_end_that_is_told_while_the_row_is_written_leaves_no_dossier_running(at_the_write, when):
    at_the_write(when, lambda: ended("MC-1"))
    began("MC-1", "A")
    assert (runs(), RunningTable().used(BIRTH)) == ({}, (1, {"A": 1}, {}))


def test_a_beginning_that_broke_off_after_it_was_counted_runs_when_it_is_told_again(monkeypatch):
    def fails(_):
        raise TimeoutError

    with monkeypatch.context() as broken:
        broken.setattr(aws, "alone", fails)
        with pytest.raises(TimeoutError):
            began("MC-1", "A")
    assert runs() == {}
    began("MC-1", "A")
    assert (runs(), RunningTable().used(BIRTH)) == ({"MC-1": (1, 1)}, (1, {"A": 1}, {}))


def test_an_end_that_is_told_while_the_beginning_is_written_leaves_no_dossier_running(rows):
    rows.meanwhile(lambda: ended("MC-1"))
    began("MC-1", "A")
    assert (runs(), RunningTable().used(BIRTH)) == ({}, (1, {"A": 1}, {}))


def test_who_writes_at_the_same_time_is_waited_for(rows):
    rows.contend(1)
    began("MC-1", "A")
    rows.contend(1)
    moved("MC-1")
    assert runs() == {"MC-1": (1, DossierState.PROCESSING)}
    rows.contend(1)
    ended("MC-1")
    assert runs() == {}


def test_what_an_earlier_release_left_runs_on(rows):
    began("MC-1")
    shaped = rows.everything("Catalogue")
    assert [row["shape"] for row in shaped if row["sk"] != "STATE" and "shape" in row] == [1, 1]
    for row in shaped:
        rows.put("Catalogue", {name: value for name, value in row.items() if name not in ("shape", "reference")})
    assert RunningTable().running(BIRTH, 20) == [
        RunningDossier(reference="MC-1", version=1, state=DossierState.REGISTERED, agency="H01.10.24")
    ]
    moved("MC-1")
    assert runs() == {"MC-1": (1, DossierState.PROCESSING)}
    ended("MC-1")
    assert runs() == {}


def hear(subject, event):
    """The worker, with an event as the bus brings it."""
    given = {"id": "1", "type": event.type, "subject": subject, "time": "2026-11-25T02:00:00.000+00:00"}
    catalogue_follow_dossier({"detail": {**given, "data": told(event)}}, None)


def test_the_events_of_a_dossier_are_followed_to_its_end():
    hear("MC-1", came("MC-1", people.BIRTH_NOTICE))
    assert runs() == {"MC-1": (1, DossierState.REGISTERED)}
    accepted = DossierAccepted(
        **NOTICE, reference="MC-1", dossier_code="H01", procedure=BIRTH, procedure_name="", term="1wd", rule_pack="",
        office=Office(id="H01.10.24", name="", one_stop=""), holder="", sealed="", submitted_at="",
    )  # fmt: skip
    hear("MC-1", accepted)
    assert runs() == {"MC-1": (1, DossierState.PROCESSING)}
    hear("MC-1", DossierReturned(**NOTICE, delivered=()))
    assert runs() == {}
    assert RunningTable().used(BIRTH) == (1, {people.BIRTH_NOTICE: 1}, {})


@pytest.mark.parametrize("event", ["refused", "stopped"])
def test_a_dossier_that_ended_without_a_result_runs_no_more(event):
    facts = {**NOTICE, "reference": "MC-1", "procedure": BIRTH, "procedure_name": "", "holder": "", "sealed": ""}
    office = Office(id="H01.10.24", name="", one_stop="")
    ends = {
        "refused": DossierRefused(**facts, office=office),
        "stopped": DossierStopped(**facts, office=office, why="withdrawn"),
    }
    hear("MC-1", came("MC-1", people.BIRTH_NOTICE))
    hear("MC-1", ends[event])
    assert runs() == {}
