"""Open a draft, fill it, announce files (Decree 45/2020 Art. 10-11; Decree 69/2024)."""

import base64
import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import heard, told
from chalicelib.contracts.stored import read
from chalicelib.contracts.submission import UploadAnnounced
from chalicelib.dossier import offered
from chalicelib.dossier.items import FormItem
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.aws import Lost
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, KeyReused, LevelTooLow, LostUpdate, NotFound, TryAgain
from chalicelib.sealing.door import unseal
from chalicelib.submission.model import MAX_UPLOAD_BYTES, Announcement, Came
from chalicelib.submission.refusals import AlreadySubmitted, UploadRefused
from infra.local.meter import KB, item_size
from tests.fakes import people
from tests.support.hall import Hall

FILE = Announcement(people.BIRTH_NOTICE, "giay-chung-sinh.jpg", "image/jpeg", 412345)


CAME = Came("ONLINE", "national_portal")


def opened(
    hall, who=people.CITIZEN, *, procedure=people.PROCEDURE, agency=people.OFFICE["id"], key="k", raw=b"{}", came=CAME
):
    return hall.submissions.open(who, procedure, agency, came, key, raw)


def test_a_draft_pins_the_published_version_and_its_office(hall):
    draft = opened(hall)
    assert draft.head.procedure_version == 1
    assert told(draft.plan.office) == people.OFFICE
    assert draft.head.state == 0
    assert hall.rows.types(draft.reference) == ["draft.opened"]


@pytest.mark.rule("R44", "recorded")
@pytest.mark.parametrize("channel", ["national_portal", "authority_system", "provider_portal"])
def test_the_channel_that_brings_a_dossier_is_recorded_with_the_draft_and_at_the_submission(tables, channel):
    hall = Hall(tables, online_channels=[])
    draft = opened(hall, came=Came("ONLINE", channel))
    assert draft.plan.service_channel == channel
    hall.submissions.save_form(people.CITIZEN, draft.reference, people.form(), 0)
    hall.add(draft.reference)
    hall.submit(draft.reference)
    (first, *_, last) = hall.rows.events(draft.reference)
    assert (first["type"], first["data"]["service_channel"]) == ("vn.motcua.draft.opened", channel)
    assert (last["type"], last["data"]["service_channel"]) == ("vn.motcua.dossier.submitted", channel)


def test_a_channel_on_which_the_service_is_not_offered_opens_nothing(tables):
    hall = Hall(tables, online_channels=["national_portal"])
    writes = hall.rows.writes
    with pytest.raises(BodyInvalid) as refused:
        opened(hall, came=Came("ONLINE", "provider_portal"))
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/service_channel", "R44")]
    assert "national_portal" in refused.value.fields[0].message_en
    assert hall.rows.writes == writes
    assert opened(hall).plan.service_channel == "national_portal"


def test_a_draft_that_is_pinned_anew_keeps_its_channel(hall):
    draft = opened(hall, came=Came("ONLINE", "authority_system"))
    hall.rows.change(draft.reference, "PLAN", is_anew=True)
    assert hall.submissions.read(people.CITIZEN, draft.reference).plan.service_channel == "authority_system"


def test_a_plan_of_a_release_that_did_not_ask_for_the_channel_says_none(hall, stage):
    stage.setenv("MOTCUA_PLANS_BY_HASH", "0")
    draft = opened(hall)
    plan = hall.rows.get(draft.reference, "PLAN")["plan"]
    del plan["service_channel"], plan["online_channels"]
    hall.rows.change(draft.reference, "PLAN", plan=plan)
    kept = hall.submissions.read(people.CITIZEN, draft.reference).plan
    assert (kept.service_channel, kept.online_channels) == (None, ())


def test_a_draft_holds_no_personal_data_in_clear(hall):
    draft = opened(hall)
    text = repr(hall.rows.partition(draft.reference))
    assert people.CITIZEN.personal_id not in text
    assert people.CITIZEN.name not in text
    assert unseal(draft.reference, draft.head.sealed) == {
        "name": people.CITIZEN.name,
        "personal_id": people.CITIZEN.personal_id,
    }


def test_a_citizen_of_identity_level_1_cannot_open_a_procedure_of_level_2(hall):
    before = hall.rows.writes
    with pytest.raises(LevelTooLow) as refused:
        opened(hall, people.HALF_KNOWN)
    assert refused.value.facts == {"required": 2}
    assert hall.rows.writes == before, "nothing was written"


UNSURE = Principal("citizen-1", "CITIZEN", people.CITIZEN.name, 1, people.CITIZEN.personal_id)


def test_what_the_release_before_opened_is_read_with_the_level_of_its_plan(hall):
    """It did not write the level where lists look; the plan says it, to reading and to the list alike."""
    reference = hall.submitted()
    old = hall.head(reference)["mine_sk"].rpartition("#")[0]
    hall.put(reference, mine_sk=old)
    assert hall.views.read(people.CITIZEN, reference).head.min_level is None
    with pytest.raises(LevelTooLow):
        hall.views.read(UNSURE, reference)
    assert hall.views.mine(UNSURE, "") == ([], 1, None)
    ((row,), withheld, _) = hall.views.mine(people.CITIZEN, "")
    assert (row.pk, withheld) == (reference, 0)


@pytest.mark.parametrize("unknown", [{"procedure": "9.999999"}, {"agency": "H99"}])
def test_an_unknown_procedure_or_agency_is_not_found(hall, unknown):
    with pytest.raises(NotFound):
        opened(hall, **unknown)


@pytest.mark.parametrize(
    ("entries", "name"),
    [
        ((("A", "2025-07-01", "2026-11-25"),), None),
        ((("A", "2026-11-26", None),), None),
        ((("A", "2025-07-01", "2026-11-25"), ("B", "2026-11-25", None)), "B"),
        ((("A", "2025-07-01", "2026-11-26"), ("B", "2026-11-26", None)), "A"),
    ],
    ids=["ended", "not yet", "renamed today", "renamed tomorrow"],
)
def test_a_draft_stands_before_an_agency_under_its_name_of_the_day(hall, entries, name):
    known = [
        {"id": people.OFFICE["id"], "name": called, "level": "commune", "valid_from": begins, "valid_to": ends}
        for called, begins, ends in entries
    ]
    later = stamp(hall.clock() + timedelta(seconds=1))
    offered.remember_agency(heard(AgencyPublished, {**people.OFFICE, "entries": known}), later)
    if name is None:
        with pytest.raises(NotFound):
            opened(hall)
    else:
        assert opened(hall).plan.office.name == name


def test_what_is_not_known_yet_is_absent_from_a_stored_draft_and_not_blank(hall):
    reference = opened(hall).reference
    hall.submissions.announce(people.CITIZEN, reference, FILE, "k")
    head, (upload,) = hall.head(reference), hall.rows.partition(reference, "UPLOAD#")
    assert [name for row in (head, upload) for name, value in row.items() if value in ("", None)] == []
    assert {"due_at", "dossier_code", "submitted_at", "rule_pack"}.isdisjoint(head)
    assert {"version_id", "reason_code"}.isdisjoint(upload)


def test_a_form_without_faults_is_stored_without_empty_lists(hall):
    """Of the birth form, in a journey that is counted, they are what is over two kilobytes."""
    reference = hall.ready()
    item, form = hall.rows.get(reference, "FORM"), hall.draft(reference).form
    assert not item.keys() & {"errors", "warnings"}
    assert (form.errors, form.warnings) == ((), ())
    assert read(FormItem, {**item, "errors": [], "warnings": []}) == form, "as an earlier release wrote it"
    assert item_size(aws.packed(item)) <= 2 * KB


def test_the_same_key_opens_one_draft_and_another_body_is_refused(hall):
    first = opened(hall)
    assert opened(hall).reference == first.reference
    with pytest.raises(KeyReused):
        opened(hall, raw=b'{"other": 1}')


def test_two_first_requests_with_one_key_at_once_open_one_draft(hall):
    others = []
    hall.rows.meanwhile(lambda: others.append(opened(hall).reference))
    assert opened(hall).reference == others[0]
    mine = [r["pk"] for r in hall.rows.everything() if r["sk"] == "HEAD" and r["pk"].startswith("MC-")]
    assert mine == others


def test_keys_of_two_persons_are_two_keys(hall):
    assert opened(hall).reference != opened(hall, people.NEIGHBOUR).reference


def test_a_draft_is_its_owners_only(hall):
    reference = opened(hall).reference
    nobody = Principal("x", "CITIZEN", "X", 2, "")
    for stranger in (people.NEIGHBOUR, people.RECEPTION, nobody):
        with pytest.raises(NotFound):
            hall.submissions.read(stranger, reference)
    assert hall.submissions.read(people.CITIZEN, reference).reference == reference


def test_an_unfinished_form_is_kept_with_its_broken_rules(hall):
    reference = opened(hall).reference
    unfinished = people.form(child={"sex": "khác"})
    del unfinished["mother"]
    draft = hall.submissions.save_form(people.CITIZEN, reference, unfinished, 0)
    assert [(e.pointer, e.rule) for e in draft.form.errors] == [
        ("/child/sex", "enum"),
        ("/mother", "required"),
    ]
    assert unseal(draft.reference, draft.form.sealed) == people.kept(unfinished)
    assert draft.head.form_version == 1
    assert "Liễu" not in repr(hall.rows.partition(reference))


def test_of_two_savings_on_one_version_the_second_is_told_the_current_one(hall):
    reference = opened(hall).reference
    hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    with pytest.raises(LostUpdate) as lost:
        hall.submissions.save_form(people.CITIZEN, reference, {}, 0)
    assert lost.value.facts == {"current_version": 1}
    assert hall.draft(reference).form.errors == ()


def test_the_same_form_again_on_its_version_is_told_as_saved_and_writes_nothing(hall):
    """The answer to the first was lost: who sends it again is told the same, who sends another one is not."""
    reference = opened(hall).reference
    saved = hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    writes = hall.rows.writes
    again = hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    assert (again.head.form_version, again.form) == (saved.head.form_version, saved.form)
    assert hall.rows.writes == writes
    hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1)
    for version in (0, 3):
        with pytest.raises(LostUpdate) as lost:
            hall.submissions.save_form(people.CITIZEN, reference, people.form(), version)
        assert lost.value.facts == {"current_version": 2}


def test_a_saving_that_races_with_another_is_lost_and_not_overwritten(hall):
    reference = opened(hall).reference
    hall.rows.meanwhile(lambda: hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0))
    with pytest.raises(LostUpdate):
        hall.submissions.save_form(people.CITIZEN, reference, {}, 0)
    assert hall.draft(reference).form.errors == ()


def test_a_saving_survives_a_change_of_something_else(hall):
    reference = opened(hall).reference
    hall.rows.meanwhile(lambda: hall.add(reference))
    draft = hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    assert draft.head.form_version == 1
    assert len(draft.components) == 1
    assert hall.rows.types(reference) == ["draft.opened", "component.received", "draft.saved"]


def test_a_draft_that_others_hold_all_the_time_asks_to_try_again(hall):
    reference = opened(hall).reference
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)


def test_an_announced_file_gets_one_key_of_ours_its_type_and_a_limit(hall):
    reference = opened(hall).reference
    upload, post = hall.submissions.announce(people.CITIZEN, reference, replace(FILE, filename="../../etc/passwd"), "u")
    assert post.fields["key"] == f"uploads/{reference}/{upload}"
    assert post.fields["Content-Type"] == "image/jpeg"
    policy = json.loads(base64.b64decode(post.fields["policy"]))
    assert ["content-length-range", 1, MAX_UPLOAD_BYTES] in policy["conditions"]
    assert {"Content-Type": "image/jpeg"} in policy["conditions"]
    assert {"key": post.fields["key"]} in policy["conditions"]
    assert hall.draft(reference).uploads[0].status == "pending"


def test_an_announcement_repeated_with_its_key_is_one_upload(hall):
    reference = opened(hall).reference
    first = hall.submissions.announce(people.CITIZEN, reference, FILE, "u")
    assert hall.submissions.announce(people.CITIZEN, reference, FILE, "u") == first
    assert len(hall.draft(reference).uploads) == 1
    with pytest.raises(KeyReused):
        hall.submissions.announce(people.CITIZEN, reference, replace(FILE, size=1), "u")


def test_two_announcements_at_once_with_one_key_are_one_upload(hall):
    reference = opened(hall).reference
    hall.rows.meanwhile(lambda: hall.submissions.announce(people.CITIZEN, reference, FILE, "u"))
    hall.submissions.announce(people.CITIZEN, reference, FILE, "u")
    assert len(hall.draft(reference).uploads) == 1


@pytest.mark.parametrize(
    ("wrong", "pointer", "rule"),
    [
        ({"component": "000.00.00.G15-KQ999999"}, "/component", "unknown"),
        ({"media_type": "text/html"}, "/media_type", "accepted_types"),
        ({"size": 0}, "/size", "max_bytes"),
        ({"size": -1}, "/size", "max_bytes"),
        ({"size": MAX_UPLOAD_BYTES + 1}, "/size", "max_bytes"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_by_field_and_rule(hall, wrong, pointer, rule):
    reference = opened(hall).reference
    with pytest.raises(UploadRefused) as refused:
        hall.submissions.announce(people.CITIZEN, reference, replace(FILE, **wrong), "u")
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [(pointer, rule)]
    assert all(f.message_vi and f.message_en for f in refused.value.fields)


def test_a_draft_takes_only_so_many_files(hall):
    reference = opened(hall).reference
    for number in range(40):
        hall.submissions.announce(people.CITIZEN, reference, FILE, f"u{number}")
    with pytest.raises(UploadRefused) as refused:
        hall.submissions.announce(people.CITIZEN, reference, FILE, "u40")
    assert [f.rule for f in refused.value.fields] == ["max_uploads"]


def test_a_submitted_draft_is_closed_to_its_form_and_its_files(hall):
    reference = hall.submitted()
    with pytest.raises(AlreadySubmitted):
        hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1)
    with pytest.raises(AlreadySubmitted):
        hall.submissions.announce(people.CITIZEN, reference, FILE, "late")


def test_a_condition_other_than_the_version_is_not_tried_again(hall):
    reference = opened(hall).reference
    upload, _ = hall.submissions.announce(people.CITIZEN, reference, FILE, "u")
    draft = hall.draft(reference)
    event = UploadAnnounced(upload=upload, component=people.BIRTH_NOTICE)
    with pytest.raises(Lost) as lost:
        record.settled(
            lambda: hall.drafts.announce(draft, draft.uploads[0], event, hall.clock(), account=draft.head.holder)
        )
    assert lost.value.parts == {"upload"}
