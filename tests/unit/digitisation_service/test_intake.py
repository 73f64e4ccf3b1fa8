"""What arrives is a component of its dossier, or it is refused and told (Circular 01/2023 Art. 4-5, 7)."""

import hashlib
from ssl import DER_cert_to_PEM_cert

import pytest

from chalicelib.contracts.digitisation import ComponentReceived, Digitisation, UploadRefused
from chalicelib.contracts.event import Malformed, heard
from chalicelib.digitisation.accepting import LIMITS, UNKNOWN_COMPONENT
from chalicelib.digitisation.arrivals import ObjectCreated, arrival_of, component_named
from chalicelib.digitisation.store import ROOTS, Files, Table
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import Delivery
from chalicelib.dossier.on_paper import Original, PapersItem
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from tests.fakes import people
from tests.support.signed import changed, root, signed
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, dropped, paper_steps, plan

WAITS = Digitisation(status="waiting")


@pytest.fixture
def hall(tables):
    return Hall(tables)


# --- uploads -------------------------------------------------------------------------------------------------------


def test_an_announced_upload_becomes_a_component_by_its_content(hall, picture):
    reference = hall.draft()
    key = hall.announce(reference)
    version = hall.arrive(key, picture)
    (component,) = hall.components(reference)
    assert (component.id, component.code) == (digest(key, version), people.BIRTH_NOTICE)
    assert (component.key, component.version_id, component.size) == (key, version, len(picture))
    assert component.sha256 == hashlib.sha256(picture).hexdigest()
    assert (component.filename, component.origin, component.pages) == ("gcs.jpg", "upload", 1)
    assert (hall.upload(reference).status, hall.upload(reference).version_id) == ("accepted", version)


@pytest.mark.rule("R22", "no_job", "reason")
def test_what_was_filed_online_is_exempt_from_digitisation_and_says_by_which_clause(hall, picture):
    reference = hall.draft()
    hall.arrive(hall.announce(reference), picture)
    (component,) = hall.components(reference)
    assert (component.digitisation.status, component.digitisation.code) == ("exempt", "filed_online")
    assert component.digitisation.citation
    (told,) = hall.told(reference, ComponentReceived)
    paper_steps(hall.clock).make_copy(told)
    assert Table().paper(reference, component.id) is None, "no job"
    assert hall.files("messages") == []


def test_the_component_that_arrived_is_told_with_what_its_digitisation_needs(hall, picture):
    reference = hall.draft()
    hall.arrive(hall.announce(reference), picture)
    (told,) = hall.told(reference, ComponentReceived)
    (component,) = hall.components(reference)
    for name in ("id", "code", "version_id", "size", "sha256", "media_type", "pages", "origin", "digitisation"):
        assert getattr(told, name) == getattr(component, name)
    assert (told.received_at, told.warnings) == (component.received_at, component.warnings)
    assert (told.reference, told.agency, told.procedure) == (reference, AGENCY, people.PROCEDURE)
    assert (told.reads_as, told.holder) == ("giay_chung_sinh", people.CITIZEN.holder)


def test_the_name_of_a_file_stays_in_the_dossier(hall, picture):
    """People name files after people."""
    reference = hall.draft()
    hall.arrive(hall.announce(reference, filename="canary-7.jpg"), picture)
    assert hall.components(reference)[0].filename == "canary-7.jpg"
    assert "canary" not in repr(hall.tables.events("Dossiers", reference))


def test_a_file_that_comes_for_an_expired_draft_does_not_stay_and_anothers_does(hall, picture):
    expired, another = hall.draft(), hall.draft()
    key = hall.announce(expired)
    Change(hall.head(expired), hall.clock()).expire(reading.held(expired)).write()
    hall.arrive(key, picture)
    hall.arrive(hall.announce(another), picture)
    kept = hall.tables.client("s3").list_object_versions(Bucket="intake").get("Versions", ())
    assert [each["Key"] for each in kept] == [f"uploads/{another}/u1"]
    assert hall.components(expired) == ()


def test_an_upload_told_twice_is_one_component(hall, picture):
    reference = hall.draft()
    key = hall.announce(reference)
    version = hall.arrive(key, picture)
    hall.intake.take_in(key, version)
    assert len(hall.components(reference)) == 1
    assert hall.types(reference) == ["component.received"]


def test_an_upload_told_twice_at_once_is_one_component(hall, picture):
    reference = hall.draft()
    key = hall.announce(reference)
    version = hall.tables.upload("INTAKE", key, picture)
    hall.tables.meanwhile(lambda: hall.intake.take_in(key, version))
    hall.intake.take_in(key, version)
    assert len(hall.components(reference)) == 1
    assert hall.types(reference) == ["component.received"]


def test_a_second_file_under_the_same_form_changes_nothing(hall, picture):
    """The first version that was checked is the component; whoever posts again cannot swap it."""
    reference = hall.draft()
    key = hall.announce(reference)
    first = hall.arrive(key, picture)
    hall.arrive(key, picture + b"\0")
    (component,) = hall.components(reference)
    assert component.version_id == hall.upload(reference).version_id == first


def test_a_second_file_that_arrives_at_once_with_the_first_does_not_swap_it(hall, picture):
    reference = hall.draft()
    key = hall.announce(reference)
    hall.tables.meanwhile(lambda: hall.arrive(key, picture + b"\0"))
    hall.arrive(key, picture)
    (component,) = hall.components(reference)
    assert component.version_id == hall.upload(reference).version_id
    assert hall.types(reference) == ["component.received"]


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "empty"), (b"hello", "wrong_type"), (b"\xff\xd8\xff\xe0 truncated", "truncated")],
    ids=["empty", "no picture", "cut off"],
)
def test_a_file_that_is_not_taken_is_refused_with_its_reason_in_both_languages(hall, body, code):
    reference = hall.draft()
    version = hall.arrive(hall.announce(reference), body)
    assert hall.components(reference) == ()
    upload = hall.upload(reference)
    assert (upload.status, upload.version_id, upload.reason_code) == ("refused", version, code)
    assert upload.reason_vi
    assert upload.reason_en
    (told,) = hall.told(reference, UploadRefused)
    assert told == UploadRefused(upload=upload.id, component=people.BIRTH_NOTICE, reason_code=code)


def test_a_file_over_the_limit_is_refused_before_it_is_read(hall):
    reference = hall.draft()
    key = hall.announce(reference)
    asked = hall.tables.client("s3").meta.events
    reads = []
    asked.register("before-call.s3.GetObject", lambda **_: reads.append(1), unique_id="reads")
    try:
        hall.arrive(key, b"-" * (LIMITS.max_bytes + 1))
        assert (hall.upload(reference).status, hall.upload(reference).reason_code) == ("refused", "too_large")
        assert reads == []
        hall.arrive(hall.announce(hall.draft()), b"-" * LIMITS.max_bytes)
        assert reads == [1]
    finally:
        asked.unregister("before-call.s3.GetObject", unique_id="reads")


def test_a_file_that_is_gone_is_refused(hall):
    reference = hall.draft()
    key = hall.announce(reference)
    version = hall.tables.upload("INTAKE", key, b"-")
    hall.intake.files.remove(key, version)
    hall.intake.take_in(key, version)
    assert (hall.upload(reference).status, hall.upload(reference).reason_code) == ("refused", "missing")


def test_a_refused_upload_told_twice_is_refused_once(hall):
    reference = hall.draft()
    key = hall.announce(reference)
    version = hall.arrive(key, b"hello")
    hall.intake.take_in(key, version)
    assert hall.types(reference) == ["upload.refused"]


def test_two_refusals_at_once_are_one(hall):
    reference = hall.draft()
    key = hall.announce(reference)
    hall.tables.meanwhile(lambda: hall.arrive(key, b"no"))
    hall.arrive(key, b"hello")
    assert hall.types(reference) == ["upload.refused"]


def test_an_upload_that_comes_after_the_submission_is_refused_and_becomes_no_component(hall, picture):
    reference = hall.draft()
    key = hall.announce(reference)
    hall.move(reference, state=1)
    hall.arrive(key, picture)
    assert hall.components(reference) == ()
    assert (hall.upload(reference).status, hall.upload(reference).reason_code) == ("refused", "after_submission")


def test_an_upload_that_was_announced_for_a_supplement_is_taken_while_the_dossier_waits_for_it(hall, picture):
    reference = hall.draft()
    hall.move(reference, state=5, submitted_at=stamp(hall.clock()))
    hall.clock.advance(minutes=1)
    hall.arrive(hall.announce(reference), picture)
    (component,) = hall.components(reference)
    assert (component.code, component.digitisation.status) == (people.BIRTH_NOTICE, "exempt")
    assert hall.upload(reference).status == "accepted"


@pytest.mark.parametrize("waits", [True, False])
def test_an_upload_of_the_draft_or_after_the_answer_is_none_for_the_supplement(hall, picture, waits):
    reference = hall.draft()
    if waits:
        key = hall.announce(reference)  # for the draft, and posted now
        hall.clock.advance(minutes=1)
        hall.move(reference, state=5, submitted_at=stamp(hall.clock()))
    else:
        hall.move(reference, state=4, submitted_at=stamp(hall.clock()))
        hall.clock.advance(minutes=1)
        key = hall.announce(reference)
    hall.arrive(key, picture)
    assert hall.components(reference) == ()
    assert hall.upload(reference).reason_code == "after_submission"


def test_an_upload_that_races_with_the_submission_is_refused_when_it_comes_second(hall, picture):
    """What was sealed is what was there: a component cannot slip in beside the seal."""
    reference = hall.draft()
    key = hall.announce(reference)
    hall.tables.meanwhile(lambda: hall.move(reference, state=1))
    hall.arrive(key, picture)
    assert hall.components(reference) == ()
    assert hall.upload(reference).reason_code == "after_submission"


def test_a_submission_that_races_with_an_upload_is_lost_when_it_comes_second(hall, picture):
    reference = hall.draft()
    key = hall.announce(reference)
    read_before = hall.head(reference)
    hall.arrive(key, picture)
    with pytest.raises(aws.Lost, match="head"):
        Change(read_before, hall.clock()).move(state=1).write()


def test_a_file_that_nobody_announced_becomes_nothing(hall, picture):
    reference = hall.draft()
    before = hall.tables.writes
    for key in (f"uploads/{reference}/0123456789abcdef", "uploads/MC-NEVER/0123456789abcdef"):
        hall.arrive(key, picture)
    assert hall.tables.writes == before


# --- drops ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["reference", "code"])
def test_a_drop_of_the_dossiers_own_agency_becomes_a_component_that_waits(hall, picture, by):
    reference, code = hall.open(), "H01.10.24-20261125-0000001"
    Change(hall.head(reference), hall.clock()).name(code).write()
    version = hall.arrive(dropped(reference if by == "reference" else code), picture)
    (component,) = hall.components(reference)
    assert (component.code, component.filename) == (people.RESIDENCE, "KQ003785 cu tru.jpg")
    assert (component.origin, component.version_id, component.digitisation) == ("drop", version, WAITS)
    (told,) = hall.told(reference, ComponentReceived)
    assert (told.reads_as, told.digitisation) == ("xac_nhan_cu_tru", WAITS)
    assert hall.refused() == []


def test_a_drop_told_twice_is_one_component(hall, picture):
    reference = hall.open()
    key = dropped(reference)
    version = hall.arrive(key, picture)
    hall.intake.take_in(key, version)
    assert len(hall.components(reference)) == 1
    assert hall.types(reference) == ["component.received", "dossier.scan_added"]


def test_a_drop_told_twice_at_once_is_one_component(hall, picture):
    reference = hall.open()
    key = dropped(reference)
    version = hall.tables.upload("INTAKE", key, picture)
    hall.tables.meanwhile(lambda: hall.intake.take_in(key, version))
    hall.intake.take_in(key, version)
    assert len(hall.components(reference)) == 1
    assert hall.types(reference) == ["component.received", "dossier.scan_added"]


@pytest.mark.parametrize("to", [{"state": 10}, {"approved_at": "2026-11-25T00:00:00.000+00:00"}])
def test_a_drop_that_was_taken_in_and_is_told_again_after_the_end_is_not_refused(hall, picture, to):
    reference = hall.open()
    key = dropped(reference)
    version = hall.arrive(key, picture)
    hall.move(reference, **to)
    hall.intake.take_in(key, version)
    assert hall.refused() == []
    assert len(hall.components(reference)) == 1


def test_the_same_name_dropped_again_is_another_paper(hall, picture):
    reference = hall.open()
    versions = {hall.arrive(dropped(reference), picture) for _ in range(2)}
    assert {c.version_id for c in hall.components(reference)} == versions
    assert len(versions) == 2


@pytest.mark.parametrize("batch", ["MC-NEVER", "H01.10.24-20261125-9999999", "x"])
def test_a_drop_for_no_dossier_stands_once_on_the_list_of_its_agency(hall, picture, batch):
    key = dropped(batch)
    version = hall.arrive(key, picture)
    hall.intake.take_in(key, version)
    (drop,) = hall.refused()
    assert (drop.key, drop.reason_code) == (key, "no_dossier")
    assert drop.reason("vi") != drop.reason("en")
    assert hall.files() == [(key, version)], "it stays where it is"


def test_a_drop_of_another_agency_is_refused_as_if_there_were_no_such_dossier(hall, picture):
    reference = hall.open()
    for batch in (reference, "MC-NEVER"):
        hall.arrive(dropped(batch, agency=OTHER_AGENCY), picture)
    first, second = ((d.reason_code, d.reason_vi, d.reason_en) for d in hall.refused(OTHER_AGENCY))
    assert first == second
    assert hall.components(reference) == ()


def test_a_drop_into_a_draft_is_refused(hall, picture):
    reference = hall.draft()
    hall.arrive(dropped(reference), picture)
    assert hall.components(reference) == ()
    assert len(hall.refused()) == 1


@pytest.mark.parametrize("state", range(1, 11))
def test_a_drop_is_taken_while_its_dossier_is_open_and_refused_when_it_is_closed(hall, picture, state):
    reference = hall.move(hall.draft(), state=state)
    hall.arrive(dropped(reference), picture)
    open_states = (1, 2, 4, 5, 6)
    assert (len(hall.components(reference)), len(hall.refused())) == ((1, 0) if state in open_states else (0, 1))


@pytest.mark.parametrize("state", [9, 10])
@pytest.mark.parametrize("destination", ["counter", "post"])
def test_a_paper_of_who_fetches_a_result_is_taken_and_is_none_that_was_asked_for(hall, picture, state, destination):
    reference = hall.move(hall.draft(), state=state)
    wished(hall, reference, state, destination, "waiting")
    hall.arrive(dropped(reference), picture)
    assert [each.code for each in hall.components(reference)] == [UNKNOWN_COMPONENT]


@pytest.mark.parametrize("state", [9, 10])
@pytest.mark.parametrize(("destination", "how_far"), [("app", "waiting"), ("counter", "handed_over")])
def test_no_paper_is_taken_of_a_result_that_nobody_fetches(hall, picture, state, destination, how_far):
    reference = hall.move(hall.draft(), state=state)
    wished(hall, reference, state, destination, how_far)
    hall.arrive(dropped(reference), picture)
    assert (len(hall.components(reference)), len(hall.refused())) == (0, 1)


@pytest.mark.parametrize("state", [3, 8, 9, 10])
@pytest.mark.parametrize(("there", "found"), [(1, (1, 0)), (0, (0, 1))])
def test_a_paper_of_who_fetches_an_original_is_taken_while_there_is_one(hall, picture, state, there, found):
    reference = hall.move(with_originals(hall, there), state=state)
    hall.arrive(dropped(reference), picture)
    assert (len(hall.components(reference)), len(hall.refused())) == found
    assert {each.code for each in hall.components(reference)} <= {UNKNOWN_COMPONENT}


@pytest.mark.parametrize("change", [{"state": 7}, {"state": 3, "erased_at": "2026-11-25T00:00:00.000+00:00"}])
def test_no_paper_is_taken_of_originals_that_nobody_is_to_return(hall, picture, change):
    reference = hall.move(with_originals(hall, 1), **change)
    hall.arrive(dropped(reference), picture)
    assert (len(hall.components(reference)), len(hall.refused())) == (0, 1)


def with_originals(hall, count):
    """A dossier of which its agency has so many originals."""
    reference, since = hall.draft(), stamp(hall.clock())
    there = tuple(
        Original(n=n, code="x", agency=reading.read(reference).head.agency, since=since, name="Bộ phận tiếp nhận")
        for n in range(1, count + 1)
    )
    Change(reading.read(reference).head, hall.clock()).keep_papers(PapersItem(originals=there)).write()
    return reference


def wished(hall, reference, state, destination, how_far):
    """The result is to go to a destination, or went there."""
    wish = Delivery(destination=destination, state=how_far, asked_at=stamp(hall.clock()))
    change = Change(reading.read(reference).head, hall.clock()).keep_delivery(wish)
    awaits = () if wish.is_settled or state != 9 else (destination,)
    change.move(awaits=awaits).write()


def test_a_drop_after_the_approval_is_refused(hall, picture):
    """What was approved is what was there; a paper that comes later would never be looked at."""
    reference = hall.move(hall.open(), approved_at="2026-11-25T00:00:00.000+00:00")
    hall.arrive(dropped(reference), picture)
    assert hall.components(reference) == ()
    assert len(hall.refused()) == 1


def test_a_drop_that_is_no_page_is_refused_with_its_reason(hall):
    reference = hall.open()
    hall.arrive(dropped(reference), b"hello")
    (drop,) = hall.refused()
    assert drop.reason_code == "wrong_type"
    assert hall.components(reference) == ()
    (row,) = hall.tables.events("Messages", drop.pk)
    assert heard(UploadRefused, row["data"]).agency == AGENCY


def test_a_drop_named_like_an_upload_is_a_drop(hall, picture):
    """File names are the agency's to choose; one that equals the id of a citizen's upload must not answer for it."""
    reference = hall.draft()
    hall.announce(reference, "0123456789abcdef", component=people.RESIDENCE)
    hall.move(reference, state=4)
    hall.arrive(dropped(reference, "0123456789abcdef"), picture)
    (component,) = hall.components(reference)
    assert (component.origin, component.code, component.filename) == ("drop", UNKNOWN_COMPONENT, "0123456789abcdef")
    assert hall.upload(reference).status == "pending"


# --- what S3 tells ---------------------------------------------------------------------------------------------------


def test_what_s3_tells_is_read_by_its_names_and_what_lacks_is_named():
    thing = {"key": "a", "version-id": "v1", "size": 3, "etag": "-", "sequencer": "0"}
    told = heard(ObjectCreated, {"source": "aws.s3", "detail": {"bucket": {"name": "b"}, "object": thing}})
    assert (told.detail.object.key, told.detail.object.version_id) == ("a", "v1")
    with pytest.raises(Malformed, match=r"ObjectCreated: detail\.object.*version-id"):
        heard(ObjectCreated, {"detail": {"object": {"key": "a"}}})


@pytest.mark.parametrize(
    "key", ["", "x", "drops/H01/MC-1/", "drops//MC-1/a", "drops/a", "uploads/a", "uploads/a/b/c", "elsewhere/x.jpg"]
)
def test_what_stands_under_nobody_is_left_alone_and_counted_for_the_operator(hall, key, monkeypatch):
    counted = []
    monkeypatch.setattr("chalicelib.digitisation.intake.log.measure", lambda **counts: counted.append(counts))
    assert arrival_of(key, "v1") is None
    hall.intake.take_in(key, "v1")
    assert hall.tables.writes == 0
    assert counted == [{"ObjectsUnclaimed": 1}]


def test_what_another_room_asks_about_is_left_to_it(hall, monkeypatch):
    counted = []
    monkeypatch.setattr("chalicelib.digitisation.intake.log.measure", lambda **counts: counted.append(counts))
    hall.intake.take_in("evidence/MD-1/1", "v1")
    assert (hall.tables.writes, counted) == (0, [])


def test_a_drop_may_have_any_name_and_folders():
    arrival = arrival_of("drops/H01.10.24/MC-1/tủ 3/../KQ003785.jpg", "v1")
    assert (arrival.agency, arrival.batch, arrival.name) == ("H01.10.24", "MC-1", "tủ 3/../KQ003785.jpg")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KQ003785.jpg", people.RESIDENCE),
        ("kq003785 xác nhận cư trú.jpg", people.RESIDENCE),
        (f"{people.RESIDENCE}.jpg", people.RESIDENCE),
        ("giấy lạ.jpg", None),
        ("", None),
    ],
)
def test_a_paper_is_known_by_the_code_in_its_name_or_left_to_an_officer(name, code):
    found = component_named(plan().components, name)
    assert (found.code if found else None) == code


# --- signed PDFs ------------------------------------------------------------------------------------------------------


def test_a_signed_pdf_that_is_dropped_is_a_data_message_already_and_keeps_every_byte(hall, tables):
    reference = hall.open()
    data = signed()
    version = hall.arrive(dropped(reference, "KQ003785 da ky.pdf"), data)
    (component,) = hall.components(reference)
    assert (component.digitisation.status, component.digitisation.code) == ("exempt", "signed_electronically")
    assert [(s.intact, s.trusted) for s in component.signatures] == [(True, False)]
    assert any(w.startswith("signature_untrusted") for w in component.warnings)
    (told,) = hall.told(reference, ComponentReceived)
    assert told.signatures == component.signatures
    paper_steps(hall.clock).make_copy(told)
    assert hall.files("messages") == [], "no copy that would lose the signature"
    assert Files().scan(component.key, version) == data


def test_a_signature_is_trusted_by_the_roots_that_this_installation_keeps(hall, tables):
    pem = DER_cert_to_PEM_cert(root()).encode()
    tables.client("s3").put_object(Bucket="messages", Key=ROOTS, Body=pem)
    reference = hall.open()
    hall.arrive(dropped(reference, "KQ003785 da ky.pdf"), signed())
    (component,) = hall.components(reference)
    assert [s.trusted for s in component.signatures] == [True]
    assert not [w for w in component.warnings if w.startswith("signature")]


def test_a_signed_pdf_that_was_changed_since_is_no_original_and_no_paper_either(hall):
    reference = hall.open()
    hall.arrive(dropped(reference, "KQ003785.pdf"), changed(signed()))
    assert hall.components(reference) == ()
    assert [drop.reason_code for drop in hall.refused()] == ["signature_broken"]


def test_what_a_citizen_uploads_with_a_signature_that_broke_is_shown_to_the_officer_as_that(hall):
    reference = hall.draft()
    hall.arrive(hall.announce(reference), changed(signed()))
    (component,) = hall.components(reference)
    assert any(w.startswith("signature_broken") for w in component.warnings)
