"""A version goes out and is taken back: windows by day, fences, the event in the same write, what is shipped."""

import pytest

from chalicelib.catalogue import fence
from chalicelib.catalogue.procedures.items import Done
from chalicelib.catalogue.refusals import VersionInvalid
from chalicelib.catalogue.services.search import Filters
from chalicelib.catalogue.versions.views import versions_view
from chalicelib.contracts.plan import Window
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ForbiddenStep, KeyReused, NotFound, TryAgain
from tests.fakes import people
from tests.support.keepers import BIRTH, EDITOR, OURS, PUBLISHER, REVIEWER, Catalogue, act, birth, findings, ours
from tests.unit.catalogue.records.given import read

PK = f"PROCEDURE#{BIRTH}"
TODAY, TOMORROW, LATER = "2026-11-25", "2026-11-26", "2026-12-10"
MIDNIGHT = {TODAY: "2026-11-24T17:00:00.000+00:00", TOMORROW: "2026-11-25T17:00:00.000+00:00"}


def fields(refused):
    return {(f.pointer, f.rule) for f in refused.value.fields}


def read_on(hall, day):
    """The version that everybody reads on a day; None when the service is not offered."""
    hall.clock.at(f"{day}T08:00:00")
    service = hall.services.read(BIRTH)
    return service.version.version if service.is_offered else None


def passes(hall, version, at):
    """Whether the fence lets a submission through at a moment."""
    hall.clock.at(at)
    try:
        aws.transact({"fence": fence.published(BIRTH, version, "MC-1", stamp(hall.clock()))})
    except aws.Lost:
        return False
    return True


# --- what keeps a version back ---------------------------------------------------------------------------------------


@pytest.mark.rule("R43")
def test_nothing_is_published_from_a_draft(hall):
    with pytest.raises(ForbiddenStep) as refused:
        hall.publish(hall.started(), TODAY)
    assert refused.value.facts == {"state": "draft", "wanted": "publish"}


@pytest.mark.rule("R43", "refused")
def test_a_version_without_a_review_is_not_published(hall):
    item = hall.started()
    hall.editing.submit(EDITOR, BIRTH, 1, act("submit-1"))
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(item, TODAY)
    assert ("/review", "R43") in fields(refused)
    assert (hall.kept().state, hall.procedures.rows()) == ("review", [])


def test_everything_that_keeps_a_version_back_is_named_at_once(hall):
    item = hall.reviewed(term=None, route=None, channels=[])
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(item, TODAY)
    assert fields(refused) == {
        ("/facts/term", "complete"),
        ("/facts/route", "complete"),
        ("/facts/channels", "complete"),
    }
    assert all(f.message_vi != f.message_en for f in refused.value.fields)


OPEN = {
    "eform_available": True,
    "all_components_submittable_electronically": True,
    "fee_payable_online_or_none": True,
    "no_physical_presence": True,
    "no_onsite_verification": True,
    "result_issuable_electronically_or_postal": True,
    "signing_supported": True,
}


FREE = {"fees": [], "free": True}


def online(**more):
    return {"gates": OPEN, "reasons": [], "electronic_barred": False, "legal_basis": None, **more}


@pytest.mark.rule("R02")
@pytest.mark.rule("R43", "level")
def test_with_every_gate_open_the_level_is_full_after_a_review_and_not_with_an_unmet_criterion(hall, tables):
    hall.publish(hall.reviewed(found=findings(payment_online="met"), online=online(), **FREE), TODAY)
    assert hall.listed()["level"] == "full"
    assert (hall.told()["level"], hall.told()["notice_vi"]) == ("full", "")
    tables.clear()
    other = Catalogue(tables)
    other.publish(other.reviewed(found=findings(payment_online="not_met"), online=online(), **FREE), TODAY)
    assert other.listed()["level"] == "partial"
    assert other.told()["notice_vi"] != other.told()["notice_en"]
    assert "rà soát" in other.told()["notice_vi"]


@pytest.mark.rule("R02", "no_reason")
def test_a_partial_service_without_a_reason_or_with_an_unknown_basis_is_refused(hall):
    shut = {**OPEN, "no_physical_presence": False}
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(hall.reviewed(online=online(gates=shut), **FREE), TODAY)
    assert {rule for _, rule in fields(refused)} == {"R02"}
    reason = {"code": "presence", "legal_basis": "Luật chưa ai viết, Điều 1"}
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(hall.reviewed("2", online=online(gates=shut, reasons=[reason]), **FREE), TODAY, "publish-2")
    assert fields(refused) == {("/facts/online/reasons/0/legal_basis", "legal_basis")}


# --- windows and fences ----------------------------------------------------------------------------------------------


@pytest.mark.rule("R41")
def test_a_version_is_in_force_from_its_first_vietnamese_day(hall):
    hall.records.keep(ours(read(BIRTH).typed), [])
    hall.published(TOMORROW)
    assert read_on(hall, TODAY) is None
    assert read_on(hall, TOMORROW) == 1
    assert hall.gate(1) == {"is_published": True, "opens": MIDNIGHT[TOMORROW]}
    assert not passes(hall, 1, "2026-11-25T23:59:59")
    assert passes(hall, 1, "2026-11-26T00:00:00")


@pytest.mark.rule("R41")
def test_a_version_that_is_replaced_stays_in_force_until_the_new_ones_day(hall):
    hall.published(TODAY)
    new = hall.published(LATER, "2", name_en="New")
    assert hall.procedures.head(BIRTH).windows == (
        Window(version=1, opens=TODAY, closes=LATER),
        Window(version=2, opens=LATER),
    )
    assert (read_on(hall, "2026-12-09"), read_on(hall, LATER)) == (1, 2)
    moments = ["2026-12-09T23:59:59", "2026-12-10T00:00:00"]
    assert [[passes(hall, version, at) for version in (1, 2)] for at in moments] == [[True, False], [False, True]]
    old = hall.kept()
    assert (old.state, old.effective_to, new.state) == ("replaced", LATER, "published")


def test_a_version_reads_replaced_from_the_day_of_the_one_that_replaces_it(hall):
    old, new = hall.published(TODAY), hall.published(LATER, "2", name_en="New")

    def read():
        listed = [(v.version, v.status) for v in versions_view(BIRTH, hall.editing.versions(EDITOR, BIRTH)).versions]
        shown = [hall.editing.version(EDITOR, BIRTH, each.version)[0].state for each in (old, new)]
        assert [status for _, status in listed] == shown
        return shown

    for moment, states in (
        ("2026-11-25T09:00:00", ["published", "published"]),
        ("2026-12-09T23:59:59", ["published", "published"]),
        ("2026-12-10T00:00:00", ["replaced", "published"]),
    ):
        hall.clock.at(moment)
        assert read() == states


@pytest.mark.rule("R41")
def test_a_first_version_is_not_dated_back(hall):
    item = hall.reviewed()
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(item, "2026-11-24")
    assert fields(refused) == {("/effective_from", "R41")}
    assert hall.publish(item, TODAY, "publish-2").effective_from == TODAY


@pytest.mark.rule("R41")
def test_a_draft_and_a_dossier_stay_on_the_version_that_they_began_under(hall):
    hall.published(TODAY)
    before = hall.told()
    hall.published(TOMORROW, "2", name_en="New", min_level=2)
    assert hall.kept().facts == birth()
    replaced = hall.told()
    assert replaced == {"procedure": BIRTH, "version": 1, "state": "replaced", "act": "replace"}
    told = hall.told(place=-2)
    assert (before["version"], told["version"], told["name_en"]) == (1, 2, "New")


@pytest.mark.rule("R41")
def test_a_day_has_one_version(hall):
    hall.published(TODAY)
    item = hall.reviewed("2")
    for day in (TODAY, "2026-11-20"):
        with pytest.raises(VersionInvalid) as refused:
            hall.publish(item, day, f"publish-{day}")
        assert ("/effective_from", "R41") in fields(refused)
    hall.publish(item, LATER, "publish-2")
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(hall.reviewed("3"), TOMORROW, "publish-3")
    assert fields(refused) == {("/effective_from", "R41")}


@pytest.mark.rule("R41")
def test_nothing_is_published_into_the_days_of_a_version_that_was_replaced(hall):
    hall.published(TODAY)
    hall.withdraw(hall.published(LATER, "2"))
    item = hall.reviewed("3")
    for day in (TODAY, "2026-12-09", "2026-11-20"):
        with pytest.raises(VersionInvalid) as refused:
            hall.publish(item, day, f"publish-{day}")
        assert {("/effective_from", "R41")} == fields(refused)
    hall.publish(item, LATER, "publish-3")
    assert (read_on(hall, "2026-12-09"), read_on(hall, LATER)) == (1, 3)


# --- one write -------------------------------------------------------------------------------------------------------


def test_a_publication_is_one_write_with_its_event_and_whole_or_not_at_all(hall):
    hall.published(TODAY)
    item = hall.reviewed("2")
    before = (hall.rows.writes, len(hall.log()))
    hall.publish(item, TOMORROW, "publish-2")
    assert (hall.rows.writes, hall.log()[before[1] :]) == (before[0] + 1, ["procedure.published", "version.moved"])
    assert hall.rows.unbroken(PK)


def test_a_publication_tells_all_that_a_draft_pins(hall):
    hall.published(TODAY)
    told = hall.told()
    assert told["windows"] == [{"version": 1, "from": TODAY}]
    pinned = "procedure version kind term components route min_level channels prices form level notice_vi"
    assert set(pinned.split()) <= told.keys()
    assert told["components"][0].keys() >= {"code", "name_vi", "name_en", "need", "originals", "copies"}


def test_a_publication_that_finds_the_procedure_held_writes_nothing(hall):
    item = hall.reviewed()
    writes = hall.rows.writes
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        hall.publish(item, TODAY)
    assert (hall.rows.writes, hall.procedures.rows(), hall.kept().state) == (
        writes, [], "review",
    )  # fmt: skip


def test_the_same_publication_twice_at_once_is_one(hall):
    item = hall.reviewed()
    hall.rows.meanwhile(lambda: hall.publish(item, TODAY))
    assert hall.publish(item, TODAY).state == "published"
    assert hall.log().count("procedure.published") == 1


def test_two_publications_at_once_of_two_versions_do_not_overlap(hall):
    one, two = hall.reviewed("1"), hall.reviewed("2")
    hall.rows.meanwhile(lambda: hall.publish(one, TODAY, "publish-1"))
    with pytest.raises(VersionInvalid) as refused:
        hall.publish(two, TODAY, "publish-2")
    assert fields(refused) == {("/effective_from", "R41")}
    assert hall.log().count("procedure.published") == 1


def test_a_publication_and_a_withdrawal_at_once_leave_one_of_them(hall):
    item = hall.reviewed()
    hall.rows.meanwhile(lambda: hall.withdraw(item))
    with pytest.raises(ForbiddenStep) as refused:
        hall.publish(item, TODAY)
    assert refused.value.facts == {"state": "withdrawn", "wanted": "publish"}


def test_a_key_of_a_publication_is_kept(hall):
    item = hall.published(TODAY)
    writes = hall.rows.writes
    assert hall.publish(item, TODAY) == item
    assert hall.rows.writes == writes
    with pytest.raises(KeyReused):
        hall.publish(item, TOMORROW)
    with pytest.raises(ForbiddenStep):
        hall.publish(item, TODAY, "publish-2")


# --- withdrawal ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R41")
def test_a_version_that_is_withdrawn_shuts_its_fence_and_says_why(hall):
    hall.records.keep(ours(read(BIRTH).typed), [])
    item = hall.published(TODAY)
    gone = hall.withdraw(item)
    assert hall.gate(1)["is_published"] is False
    assert not passes(hall, 1, "2026-11-25T12:00:00")
    assert hall.told() == {"procedure": BIRTH, "version": 1, "reason": "Căn cứ đã hết hiệu lực", "windows": []}
    assert hall.log()[-1] == "procedure.withdrawn"
    assert read_on(hall, TODAY) is None
    assert hall.listed()["level"] == "unknown"
    writes = hall.rows.writes
    assert hall.withdraw(item) == gone
    assert hall.rows.writes == writes


@pytest.mark.rule("R41")
def test_a_version_that_is_taken_back_before_its_day_leaves_the_one_in_force(hall):
    hall.published(TODAY)
    hall.withdraw(hall.published(LATER, "2", name_vi="Tên mới", name_en="New"))
    assert hall.procedures.head(BIRTH).current == 1
    assert hall.listed()["name_vi"] == people.facts()["name_vi"]
    assert (read_on(hall, TODAY), passes(hall, 1, "2026-11-26T00:00:00")) == (1, True)
    hall.listing.refresh(stamp(hall.clock()))
    (hit,) = hall.services.search("khai sinh", Filters(), 0, 5)[0].hits
    assert hit.entry.offered
    assert read_on(hall, "2026-12-09") == 1
    hall.clock.at(f"{LATER}T00:00:00")
    with pytest.raises(NotFound):
        hall.services.read(BIRTH)


def test_a_version_whose_successor_waits_for_its_day_may_be_withdrawn_until_then(hall):
    old = hall.published(TODAY)
    hall.published(TOMORROW, "2")
    assert hall.withdraw(old).state == "withdrawn"
    assert passes(hall, 1, "2026-11-25T10:00:00") is False
    assert read_on(hall, TOMORROW) == 2


def test_a_version_whose_days_are_over_is_not_withdrawn(hall):
    old = hall.published(TODAY)
    hall.published(TOMORROW, "2")
    hall.clock.advance(days=2)
    with pytest.raises(ForbiddenStep) as refused:
        hall.withdraw(old)
    assert refused.value.facts == {"state": "replaced", "wanted": "withdraw"}


def test_a_version_that_another_agency_put_out_is_not_taken_back(hall):
    """Who takes a shipped procedure over replaces its version; it does not close it for everybody else."""
    hall.ship()
    hall.started()
    with pytest.raises(NotFound):
        hall.editing.withdraw(PUBLISHER, BIRTH, 1, "Không còn căn cứ pháp lý", act("w"))


def test_after_a_withdrawal_another_version_may_be_published(hall):
    hall.withdraw(hall.published(TODAY))
    hall.published(TODAY, "2")
    assert read_on(hall, TODAY) == 2
    assert (passes(hall, 1, "2026-11-25T10:00:00"), passes(hall, 2, "2026-11-25T10:00:00")) == (False, True)


# --- what is shipped -------------------------------------------------------------------------------------------------


def test_what_is_shipped_is_published_once(hall):
    assert (hall.ship(), hall.ship()) == (1, 1)
    assert (hall.rows.writes, hall.log()) == (1, ["procedure.published"])


def test_what_is_shipped_anew_replaces_what_was(hall):
    hall.ship()
    hall.clock.at("2026-12-01T08:00:00")
    assert hall.ship(name_en="Anew") == 2
    assert (read_on(hall, "2026-11-30"), read_on(hall, "2026-12-01")) == (1, 2)


@pytest.mark.rule("R41")
def test_three_deployments_in_a_day_follow_each_other_day_by_day(hall):
    names = ["A", "B", "C"]
    assert [hall.ship(name_en=name) for name in names] == [1, 2, 3]
    assert [read_on(hall, day) for day in (TODAY, TOMORROW, "2026-11-27")] == [1, 2, 3]


def test_what_is_shipped_obeys_the_same_rules(hall):
    with pytest.raises(VersionInvalid) as refused:
        hall.ship(route=None)
    assert fields(refused) == {("/facts/route", "complete")}
    assert hall.rows.writes == 0


def shipped_draft(hall, **changes):
    return hall.shipping.draft(birth(**{"promulgated_by": OURS, **changes}), people.form_document())


@pytest.mark.rule("R43")
def test_on_a_deployed_stage_what_is_shipped_is_a_draft_that_its_officers_review_and_publish(hall):
    assert (shipped_draft(hall), shipped_draft(hall, name_en="Anew")) == (1, 1)
    assert (hall.rows.writes, hall.log(), hall.procedures.head(BIRTH).windows) == (1, ["version.started"], ())
    draft = hall.procedures.version(BIRTH, 1)
    assert (draft.state, draft.review, draft.publisher, draft.owner) == ("draft", None, None, EDITOR.agency)
    assert hall.procedures.head(BIRTH).owner == EDITOR.agency
    hall.editing.submit(EDITOR, BIRTH, 1, act("submit"))
    reviewed = hall.editing.review(REVIEWER, BIRTH, 1, findings(), act("review"), accepted=True)
    assert hall.publish(reviewed, TODAY).publisher.by == PUBLISHER.subject
    assert shipped_draft(hall, name_en="Anew") == 1


def test_a_deployment_begins_no_draft_where_an_agency_did(hall):
    item = hall.started()
    assert shipped_draft(hall) == item.version
    assert hall.log() == ["version.started"]


def test_an_example_says_that_its_officers_are_invented(hall):
    hall.ship()
    version = hall.procedures.version(BIRTH, 1)
    assert (version.review.by, version.publisher.by) == ("example-reviewer", "example-publisher")


def test_two_deployments_at_once_publish_once(hall):
    hall.rows.meanwhile(hall.ship)
    assert hall.ship() == 1
    assert hall.log() == ["procedure.published"]


def test_an_agency_that_works_at_a_procedure_is_not_overtaken_by_a_deployment_at_once(hall):
    hall.ship()
    hall.rows.meanwhile(lambda: hall.editing.start(EDITOR, BIRTH, None, "current", act("start-1")))
    assert hall.ship(name_en="Anew") == 1
    assert len(hall.procedures.versions(BIRTH)) == 2


@pytest.mark.rule("R43")
def test_the_publisher_is_recorded(hall):
    assert hall.published(TODAY).publisher == Done(by=PUBLISHER.subject, at=stamp(hall.clock()))
