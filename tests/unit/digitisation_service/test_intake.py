"""What arrives is a component of its dossier, or it is refused and told (Circular 01/2023 Art. 4-5, 7)."""

import hashlib

import pytest
from chalicelib.kernel.events import EventType

from chalicelib.digitisation.arrivals import UNKNOWN_COMPONENT, arrival_of, component_code
from chalicelib.digitisation.intake import Intake
from chalicelib.kernel.ids import digest
from tests.fakes import people
from tests.fakes.counter import Counter
from tests.fakes.papers import Papers

FILE = {"component": people.BIRTH_NOTICE, "filename": "gcs.jpg", "media_type": "image/jpeg", "size": 1000}
AGENCY = people.OFFICE["id"]


class Desk(Counter):
    """A counter hall whose intake bucket can be filled."""

    def __init__(self):
        super().__init__()
        self.papers = Papers(self.rows)
        self.intake = Intake(self.papers, self.clock)

    def announced(self, reference, key="u", **changes):
        """The key of an announced upload."""
        _, post = self.submissions.announce(people.CITIZEN, reference, {**FILE, **changes}, key)
        return post["fields"]["key"]

    def arrive(self, key, body, version="v1"):
        """An object arrives and is told of."""
        self.papers.drop(key, body, version)
        self.intake.take_in(key, version)

    def components(self, reference):
        return self.rows.partition(reference, "COMPONENT#")

    def dropped(self, reference, name="KQ003785 cu tru.jpg", agency=AGENCY):
        return f"drops/{agency}/{reference}/{name}"


@pytest.fixture
def desk():
    return Desk()


# --- uploads -------------------------------------------------------------------------------------------------------


def test_an_announced_upload_becomes_a_component_by_its_content(desk, picture):
    reference = desk.open()
    key = desk.announced(reference)
    desk.arrive(key, picture)
    (component,) = desk.components(reference)
    assert component["id"] == digest(key, "v1")
    assert component["code"] == people.BIRTH_NOTICE
    assert (component["version_id"], component["size"]) == ("v1", len(picture))
    assert component["sha256"] == hashlib.sha256(picture).hexdigest()
    assert component["filename"] == "gcs.jpg"
    (upload,) = desk.rows.partition(reference, "UPLOAD#")
    assert (upload["status"], upload["version_id"]) == ("accepted", "v1")


@pytest.mark.rule("R22")
def test_what_was_filed_online_is_exempt_from_digitisation_and_says_by_which_clause(desk, picture):
    reference = desk.open()
    desk.arrive(desk.announced(reference), picture)
    (component,) = desk.components(reference)
    exempt = component["digitisation"]
    assert (exempt["status"], exempt["code"]) == ("exempt", "filed_online")
    assert exempt["citation"]


def test_the_component_that_arrived_is_told_with_what_its_digitisation_needs(desk, picture):
    reference = desk.open()
    desk.arrive(desk.announced(reference), picture)
    (told,) = desk.facts(reference, EventType.COMPONENT_RECEIVED)
    assert told["reads_as"] == "giay_chung_sinh"
    assert told["holder"] == people.CITIZEN.holder
    assert {"id", "code", "version_id", "sha256", "agency", "procedure", "reference", "digitisation"} <= told.keys()


def test_the_name_of_a_file_stays_in_the_dossier(desk, picture):
    """People name files after people."""
    reference = desk.open()
    desk.arrive(desk.announced(reference, filename="canary-7.jpg"), picture)
    assert desk.components(reference)[0]["filename"] == "canary-7.jpg"
    assert "canary" not in repr(desk.rows.events(reference))


def test_an_upload_told_twice_is_one_component(desk, picture):
    reference = desk.open()
    key = desk.announced(reference)
    for _ in range(2):
        desk.arrive(key, picture)
    assert len(desk.components(reference)) == 1
    assert desk.rows.types(reference).count("component.received") == 1


def test_an_upload_told_twice_at_once_is_one_component(desk, picture):
    reference = desk.open()
    key = desk.announced(reference)
    desk.rows.meanwhile(lambda: desk.arrive(key, picture))
    desk.arrive(key, picture)
    assert len(desk.components(reference)) == 1


def test_a_second_file_under_the_same_form_changes_nothing(desk, picture):
    """The first version that was checked is the component; whoever posts again cannot swap it."""
    reference = desk.open()
    key = desk.announced(reference)
    desk.arrive(key, picture, "v1")
    desk.arrive(key, picture + b"\0", "v2")
    (component,) = desk.components(reference)
    assert component["version_id"] == "v1"


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "empty"), (b"hello", "wrong_type"), (b"\xff\xd8\xff\xe0 truncated", "truncated")],
    ids=["empty", "no picture", "cut off"],
)
def test_a_file_that_is_not_taken_is_refused_with_its_reason_in_both_languages(desk, body, code):
    reference = desk.open()
    desk.arrive(desk.announced(reference), body)
    assert desk.components(reference) == []
    (upload,) = desk.rows.partition(reference, "UPLOAD#")
    assert upload["status"] == "refused"
    assert upload["reason_code"] == code
    assert upload["reason_vi"]
    assert upload["reason_en"]
    (told,) = desk.facts(reference, EventType.UPLOAD_REFUSED)
    assert (told["upload"], told["reason_code"]) == (upload["id"], code)


def test_a_file_over_the_limit_is_refused_before_it_is_read(desk):
    reference = desk.open()
    key = desk.announced(reference)
    desk.papers.size = lambda _key, _version: 20 * 1024 * 1024 + 1
    desk.arrive(key, b"-")
    (upload,) = desk.rows.partition(reference, "UPLOAD#")
    assert (upload["status"], upload["reason_code"]) == ("refused", "too_large")
    assert desk.papers.read == 0


def test_a_refused_upload_told_twice_is_refused_once(desk):
    reference = desk.open()
    key = desk.announced(reference)
    for _ in range(2):
        desk.arrive(key, b"hello")
    assert desk.rows.types(reference).count("upload.refused") == 1


def test_an_upload_that_comes_after_the_submission_is_refused_and_the_seal_stays(desk, picture):
    reference = desk.ready()
    key = desk.announced(reference, component=people.RESIDENCE)
    sealed = desk.submit(reference)
    desk.arrive(key, picture)
    assert [c["id"] for c in desk.components(reference)] == [line["id"] for line in sealed.components]
    upload = desk.rows.partition(reference, "UPLOAD#")[0]
    assert (upload["status"], upload["reason_code"]) == ("refused", "after_submission")


def test_an_upload_that_races_with_the_submission_is_in_the_seal_or_refused(desk, picture):
    reference = desk.ready()
    key = desk.announced(reference, component=people.RESIDENCE)
    sealed = []
    desk.rows.meanwhile(lambda: sealed.append(desk.submit(reference)))
    desk.arrive(key, picture)
    assert {c["id"] for c in desk.components(reference)} == {line["id"] for line in sealed[0].components}


def test_a_file_that_nobody_announced_becomes_nothing(desk, picture):
    reference = desk.open()
    before = desk.rows.writes
    for key in (f"uploads/{reference}/0123456789abcdef", "uploads/MC-NEVER/0123456789abcdef"):
        desk.arrive(key, picture)
    assert desk.rows.writes == before


# --- drops ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["reference", "code"])
def test_a_drop_of_the_dossiers_own_agency_becomes_a_component_that_waits(desk, picture, by):
    reference = desk.at("receive")
    batch = reference if by == "reference" else desk.head(reference)["dossier_code"]
    desk.arrive(desk.dropped(batch), picture)
    component = next(c for c in desk.components(reference) if c["origin"] == "drop")
    assert (component["code"], component["filename"]) == (people.RESIDENCE, "KQ003785 cu tru.jpg")
    assert component["digitisation"] == {"status": "waiting"}
    assert desk.papers.refused(AGENCY) == []


def test_a_drop_told_twice_is_one_component(desk, picture):
    reference = desk.at("receive")
    for _ in range(2):
        desk.arrive(desk.dropped(reference), picture)
    assert len(desk.components(reference)) == 2


def test_the_same_name_dropped_again_is_another_paper(desk, picture):
    reference = desk.at("receive")
    for version in ("v1", "v2"):
        desk.arrive(desk.dropped(reference), picture, version)
    assert len(desk.components(reference)) == 3


@pytest.mark.parametrize("batch", ["MC-NEVER", "H01.10.24-20261125-9999999", "x"])
def test_a_drop_for_no_dossier_stands_on_the_list_of_its_agency(desk, picture, batch):
    key = desk.dropped(batch)
    for _ in range(2):
        desk.arrive(key, picture)
    (row,) = desk.papers.refused(AGENCY)
    assert (row["key"], row["reason_code"]) == (key, "no_dossier")
    assert row["reason_vi"]
    assert row["reason_en"]


def test_a_drop_of_another_agency_is_refused_as_if_there_were_no_such_dossier(desk, picture):
    reference = desk.at("receive")
    for batch in (reference, "MC-NEVER"):
        desk.arrive(desk.dropped(batch, agency="H01.10.25"), picture)
    told = [{k: v for k, v in row.items() if k.startswith("reason")} for row in desk.papers.refused("H01.10.25")]
    assert len(told) == 2
    assert told[0] == told[1]
    assert len(desk.components(reference)) == 1


def test_a_drop_into_a_draft_is_refused(desk, picture):
    reference = desk.open()
    desk.arrive(desk.dropped(reference), picture)
    assert desk.components(reference) == []
    assert len(desk.papers.refused(AGENCY)) == 1


@pytest.mark.parametrize("state", [3, 7, 8, 9, 10])
def test_a_drop_into_a_closed_dossier_is_refused(desk, picture, state):
    reference = desk.at("receive")
    desk.put(reference, state=state)
    desk.arrive(desk.dropped(reference), picture)
    assert len(desk.components(reference)) == 1
    assert len(desk.papers.refused(AGENCY)) == 1


def test_a_drop_after_the_approval_is_refused(desk, picture):
    """What was approved is what was there; a paper that comes later would never be looked at."""
    reference = desk.at("receive", "verify", "approve")
    desk.arrive(desk.dropped(reference), picture)
    assert len(desk.components(reference)) == 1
    assert len(desk.papers.refused(AGENCY)) == 1


def test_a_drop_that_is_no_page_is_refused_with_its_reason(desk):
    reference = desk.at("receive")
    desk.arrive(desk.dropped(reference), b"hello")
    (row,) = desk.papers.refused(AGENCY)
    assert row["reason_code"] == "wrong_type"
    assert len(desk.components(reference)) == 1


def test_a_drop_named_like_an_upload_is_a_drop(desk, picture):
    """File names are the agency's to choose; one that equals the id of a citizen's upload must not answer for it."""
    reference = desk.ready()
    upload = desk.announced(reference, component=people.RESIDENCE).rpartition("/")[2]
    desk.submit(reference)
    desk.arrive(desk.dropped(reference, upload), picture)
    dropped = [c for c in desk.components(reference) if c["origin"] == "drop"]
    assert [(c["code"], c["filename"]) for c in dropped] == [(UNKNOWN_COMPONENT, upload)]
    (row,) = desk.rows.partition(reference, "UPLOAD#")
    assert row["status"] == "pending"


@pytest.mark.parametrize(
    "key", ["", "x", "drops/H01/MC-1/", "drops//MC-1/a", "drops/H01/a", "uploads/a", "uploads/a/b/c"]
)
def test_a_key_of_no_grammar_of_ours_is_left_alone(desk, key):
    assert arrival_of(key, "v1") is None
    desk.intake.take_in(key, "v1")


def test_a_drop_may_have_any_name_and_folders():
    arrival = arrival_of("drops/H01.10.24/MC-1/tủ 3/../KQ003785.jpg", "v1")
    assert (arrival.agency, arrival.batch, arrival.name) == ("H01.10.24", "MC-1", "tủ 3/../KQ003785.jpg")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KQ003785.jpg", people.RESIDENCE),
        ("kq003785 xác nhận cư trú.jpg", people.RESIDENCE),
        (f"{people.RESIDENCE}.jpg", people.RESIDENCE),
        ("giấy lạ.jpg", UNKNOWN_COMPONENT),
        ("", UNKNOWN_COMPONENT),
    ],
)
def test_a_paper_is_known_by_the_code_in_its_name_or_left_to_an_officer(desk, name, code):
    assert component_code(desk.plan, name) == code
