"""A draft that nobody changed or submitted in time ends, with its files, once; whoever is there in time wins."""

import copy
from datetime import timedelta

import pytest

from chalicelib.contracts.submission import DraftCleared, DraftEnrolled, DraftExpired
from chalicelib.dossier.items import NEVER
from chalicelib.dossier.parts import expiring_key
from chalicelib.kernel.clock import moment, said, stamp
from chalicelib.kernel.objects import NotRemoved, remove_all
from chalicelib.kernel.problem import LevelTooLow, LogBroken, NotFound
from chalicelib.submission import expiry as module
from chalicelib.submission.expiry import Expiry, Swept
from chalicelib.submission.model import Announcement, kept_until
from chalicelib.submission.refusals import DraftGone
from chalicelib.submission.store import Table
from tests.fakes import people

FILE = Announcement(people.BIRTH_NOTICE, "giay-chung-sinh.jpg", "image/jpeg", 4)
DONE = ["draft.expired", "draft.cleared"]


class Watched(Table):
    """The real store; what `before` has for the name of a call happens before it, once."""

    def __init__(self):
        self.before, self.behind = {}, []

    def expired(self, now):
        return iter(self.behind) if self.behind else super().expired(now)

    def expire(self, head, held, event, now):
        self.before.pop("expire", lambda: None)()
        super().expire(head, held, event, now)

    def destroy_keys(self, reference, now):
        self.before.pop("destroy", lambda: None)()
        return super().destroy_keys(reference, now)

    def remove_uploads(self, reference):
        self.before.pop("remove", lambda: None)()
        return super().remove_uploads(reference)

    def clear(self, head, event, now):
        self.before.pop("clear", lambda: None)()
        super().clear(head, event, now)


@pytest.fixture
def drafts():
    return Watched()


@pytest.fixture
def expiry(hall, drafts):
    return Expiry(drafts, hall.clock)


def announced(hall, reference, who=people.CITIZEN, key="u"):
    """The key of a file that was announced and posted."""
    _, post = hall.submissions.announce(who, reference, FILE, key)
    hall.post(post.fields["key"])
    return post.fields["key"]


def versions(hall, prefix=""):
    """Keys of all versions in the intake bucket, and of marks of deletion."""
    found = hall.stores.client("s3").list_object_versions(Bucket="intake", Prefix=prefix)
    return [each["Key"] for each in (*found.get("Versions", ()), *found.get("DeleteMarkers", ()))]


def over(hall, reference):
    """The clock stands where the draft's time is over."""
    hall.clock.now = moment(hall.head(reference)["expires_at"])
    return reference


def filled(hall):
    """A draft with a form, a component and a file, whose time is over."""
    reference = hall.ready()
    announced(hall, reference)
    return over(hall, reference)


def test_a_draft_is_kept_for_whole_vietnamese_days_after_its_last_change():
    assert stamp(kept_until(moment("2026-11-26T16:59:59.999+00:00"), 30)) == "2026-12-26T17:00:00.000+00:00"
    assert stamp(kept_until(moment("2026-11-26T17:00:00.000+00:00"), 30)) == "2026-12-27T17:00:00.000+00:00"


@pytest.mark.parametrize(
    "change",
    [
        lambda hall, reference: hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0),
        lambda hall, reference: hall.submissions.announce(people.CITIZEN, reference, FILE, "u"),
    ],
)
def test_each_change_of_its_owner_moves_the_end_and_is_told(hall, change, stage):
    stage.setenv("MOTCUA_DRAFT_DAYS", "7")
    reference = hall.open()
    first = hall.submissions.expires_at(hall.draft(reference))
    assert first == stamp(kept_until(hall.clock(), 7))
    hall.clock.advance(days=5)
    change(hall, reference)
    assert hall.submissions.expires_at(hall.draft(reference)) == stamp(kept_until(hall.clock(), 7)) > first


def test_what_saving_answers_is_the_end_as_it_is_stored(hall):
    reference = hall.open()
    hall.clock.advance(days=5)
    told = hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    assert hall.submissions.expires_at(told) == hall.head(reference)["expires_at"]


def test_reading_moves_nothing(hall):
    reference = hall.open()
    before = hall.head(reference)
    hall.clock.advance(days=5)
    hall.submissions.read(people.CITIZEN, reference)
    assert hall.head(reference) == before


def test_a_draft_ends_when_its_time_is_over_and_not_a_moment_before(hall, expiry):
    filled(hall)
    hall.clock.now -= timedelta(milliseconds=1)
    assert expiry.run() == Swept()
    hall.clock.advance(milliseconds=1)
    assert expiry.run() == Swept(expired=1, files=1)


def test_what_a_draft_held_is_gone_and_its_log_is_whole(hall, expiry):
    reference = filled(hall)
    was = hall.head(reference)
    expiry.run()
    assert [row["sk"] for row in hall.rows.partition(reference) if not row["sk"].startswith("EVENT#")] == ["HEAD"]
    head = hall.head(reference)
    assert (head["sealed"], head["expired_at"]) == ("", stamp(hall.clock()))
    assert not {"mine_pk", "form_sha256", "exp_pk"} & head.keys()
    assert hall.rows.types(reference)[-2:] == DONE
    assert hall.rows.unbroken(reference)
    assert hall.told(reference, DraftExpired) == [
        DraftExpired(procedure=people.PROCEDURE, agency=people.OFFICE["id"], expires_at=was["expires_at"])
    ]
    assert hall.told(reference, DraftCleared) == [DraftCleared(files=1)]
    assert versions(hall) == []


def test_every_version_of_a_file_goes_and_every_mark_of_deletion_and_no_neighbours_file(hall, expiry):
    reference = filled(hall)
    key = announced(hall, reference)
    hall.stores.client("s3").delete_object(Bucket="intake", Key=key)
    hall.stores.upload("INTAKE", f"uploads/{reference}0/x", b"a neighbour whose name begins alike")
    hall.stores.upload("INTAKE", f"drops/{people.OFFICE['id']}/{reference}/x", b"an agency's")
    over(hall, reference)
    assert expiry.run() == Swept(expired=1, files=3)
    assert versions(hall) == [f"drops/{people.OFFICE['id']}/{reference}/x", f"uploads/{reference}0/x"]


def test_a_submitted_dossier_keeps_its_files_and_leaves_the_list(hall, expiry):
    reference = hall.ready()
    hall.stores.upload("INTAKE", f"uploads/{reference}/x", b"file")
    hall.submit(reference)
    assert "exp_pk" not in hall.head(reference)
    assert hall.head(reference)["expires_at"] == NEVER
    hall.clock.advance(days=400)
    assert expiry.run() == Swept()
    assert hall.head(reference)["state"] == 1
    assert versions(hall) == [f"uploads/{reference}/x"]


def submitted_meanwhile(hall, reference):
    hall.submit(reference)


def saved_meanwhile(hall, reference):
    hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1)


@pytest.mark.parametrize(
    ("act", "last"), [(submitted_meanwhile, "dossier.submitted"), (saved_meanwhile, "draft.saved")]
)
def test_whoever_acts_in_the_same_moment_wins(hall, expiry, act, last):
    reference = hall.ready()
    hall.stores.upload("INTAKE", f"uploads/{reference}/x", b"file")
    over(hall, reference)
    hall.rows.meanwhile(lambda: act(hall, reference))
    assert expiry.run() == Swept()
    assert hall.rows.types(reference)[-1] == last
    assert versions(hall) == [f"uploads/{reference}/x"]
    assert hall.rows.unbroken(reference)


@pytest.mark.parametrize(
    "act",
    [
        lambda hall, reference: hall.submit(reference),
        lambda hall, reference: hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1),
        lambda hall, reference: hall.submissions.announce(people.CITIZEN, reference, FILE, "late"),
    ],
)
def test_who_comes_a_moment_late_is_told_that_it_expired(hall, expiry, act):
    reference = over(hall, hall.ready())
    hall.rows.meanwhile(expiry.run)
    with pytest.raises(DraftGone):
        act(hall, reference)
    assert hall.rows.types(reference)[-2:] == DONE


def test_held_items_are_waited_for(hall, expiry):
    reference = filled(hall)
    hall.rows.contend(2)
    assert expiry.run() == Swept(expired=1, files=1)
    assert hall.rows.types(reference)[-2:] == DONE


def test_the_list_is_behind(hall, expiry, drafts):
    reference, another = filled(hall), hall.open(people.NEIGHBOUR)
    expiry.run()
    drafts.behind = [reference, another, "MC-0000000000000000"]
    assert expiry.run() == Swept()
    assert hall.rows.types(reference)[-2:] == DONE
    assert hall.rows.types(another) == ["draft.opened"]


@pytest.mark.parametrize("step", ["destroy", "remove", "clear"])
def test_what_stopped_in_between_goes_on_in_the_next_run_and_is_told_once(hall, expiry, drafts, step):
    reference = filled(hall)

    def stop():
        raise ConnectionError

    drafts.before[step] = stop
    assert expiry.run().failed == 1
    assert hall.rows.types(reference)[-1] == "draft.expired"
    assert hall.head(reference)["exp_pk"] == expiring_key(reference)
    assert expiry.run() == Swept(files=0 if step == "clear" else 1)
    assert hall.rows.types(reference)[-2:] == DONE
    assert versions(hall) == []


@pytest.mark.parametrize("step", ["expire", "destroy", "remove", "clear"])
def test_two_runs_at_once_end_it_once(hall, expiry, drafts, step):
    reference = filled(hall)
    drafts.before[step] = Expiry(Table(), hall.clock).run
    expiry.run()
    assert hall.rows.types(reference)[-2:] == DONE
    assert hall.rows.types(reference).count("draft.expired") == 1


def test_a_draft_that_fails_stops_no_other(hall, expiry, drafts):
    first, second = filled(hall), hall.open(people.NEIGHBOUR)
    hall.rows.change(first, "HEAD", channel=7)
    over(hall, second)
    assert expiry.run() == Swept(expired=1, failed=1)
    assert hall.rows.types(second)[-2:] == DONE
    assert hall.rows.types(first)[-1] != "draft.cleared"


def test_a_part_that_nobody_can_read_keeps_no_draft(hall, expiry):
    reference = filled(hall)
    hall.rows.change(reference, "FORM", version="?")
    assert expiry.run() == Swept(expired=1, files=1)


def test_a_run_ends_when_its_time_is_over_and_the_next_goes_on(hall, drafts):
    filled(hall)
    over(hall, hall.open(people.NEIGHBOUR))
    begun = hall.clock()
    times = iter([begun, begun, begun, begun, begun + module.LASTS + timedelta(seconds=1)])
    run = Expiry(drafts, lambda: next(times, begun + timedelta(hours=1))).run()
    assert (run.expired, run.unfinished) == (1, 1)
    assert Expiry(drafts, hall.clock).run().expired == 1


def test_s3_that_deletes_not_all_is_no_end(hall, expiry, monkeypatch):
    reference = filled(hall)
    s3 = hall.stores.client("s3")
    with monkeypatch.context() as patched:
        patched.setattr(s3, "delete_objects", lambda **_: {"Errors": [{"Code": "InternalError", "Key": "k"}]})
        with pytest.raises(NotRemoved, match=r"^InternalError$"):
            remove_all("intake", f"uploads/{reference}/")
        assert expiry.run().failed == 1
    assert expiry.run() == Swept(files=1)
    assert hall.rows.types(reference)[-2:] == DONE


def test_a_deletion_of_many_carries_its_checksum(hall):
    """S3 refuses one without: nothing of ours says it, botocore does by itself."""
    seen = []
    hall.stores.upload("INTAKE", "uploads/MC-1/x", b"file")
    events = hall.stores.client("s3").meta.events

    def look(request, **_):
        seen.append({name.lower() for name in request.headers})

    events.register_first("before-send.s3.DeleteObjects", look)
    try:
        assert remove_all("intake", "uploads/MC-1/") == 1
    finally:
        events.unregister("before-send.s3.DeleteObjects", look)
    (headers,) = seen
    assert headers & {"content-md5", "x-amz-checksum-crc32"}


def test_a_folder_ends_with_a_slash(hall):
    with pytest.raises(AssertionError):
        remove_all("intake", "uploads/MC-1")


def test_its_owner_reads_when_it_expired_and_nobody_else_that_it_was(hall, expiry):
    reference = filled(hall)
    expiry.run()
    with pytest.raises(DraftGone) as gone:
        hall.submissions.read(people.CITIZEN, reference)
    assert gone.value.facts == {"expired_at": said(stamp(hall.clock()))}
    with pytest.raises(NotFound):
        hall.submissions.read(people.NEIGHBOUR, reference)
    with pytest.raises(LevelTooLow):
        hall.submissions.read(copy.replace(people.CITIZEN, level=1), reference)
    with pytest.raises(NotFound):
        hall.views.read(people.CITIZEN, reference)


def test_the_key_that_opened_it_opens_no_other(hall, expiry):
    reference = over(hall, hall.open())
    expiry.run()
    with pytest.raises(DraftGone):
        hall.open()
    assert [row["sk"] for row in hall.rows.everything() if row["pk"].startswith("MC-") and row["sk"] == "HEAD"] == [
        "HEAD"
    ]
    assert reference != hall.open(key="another")


def test_it_is_off_its_owners_list(hall, expiry):
    filled(hall)
    expiry.run()
    assert hall.dossiers.mine(people.CITIZEN.holder, "")[:2] == ([], None)


def older(hall):
    """A draft as an earlier release left it: it was to expire 30 days after its opening, and no change moved that."""
    reference = hall.open()
    head = {k: v for k, v in hall.head(reference).items() if k != "exp_pk"}
    hall.rows.put({**head, "expires_at": "2026-11-25T00:00:00.000+00:00"})
    hall.clock.advance(days=2)
    hall.add(reference)
    return reference


def test_an_older_draft_expires_by_its_last_change_and_is_told_so(hall):
    reference = older(hall)
    hall.clock.advance(days=1)
    (*_, last) = hall.rows.events(reference)
    assert hall.submissions.expires_at(hall.draft(reference)) == stamp(kept_until(moment(last["at"]), 30))


def test_an_older_draft_is_on_no_list_until_it_is_changed_or_enrolled(hall, expiry):
    reference = older(hall)
    hall.clock.advance(days=400)
    assert expiry.run() == Swept()
    told = hall.submissions.expires_at(hall.draft(reference))
    assert expiry.enrol(reference, 30)
    assert not expiry.enrol(reference, 30)
    assert hall.head(reference)["expires_at"] == told
    assert hall.told(reference, DraftEnrolled) == [DraftEnrolled(expires_at=told)]
    assert expiry.run() == Swept(expired=1)
    assert hall.rows.unbroken(reference)
    assert not expiry.enrol(reference, 30)


def test_an_older_draft_that_is_changed_expires_as_others_do(hall, expiry):
    reference = older(hall)
    hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    assert hall.head(reference)["exp_pk"] == expiring_key(reference)
    over(hall, reference)
    assert expiry.run().expired == 1


@pytest.mark.parametrize("listed", [True, False])
def test_only_the_log_of_a_draft_that_is_enrolled_is_read(hall, expiry, listed):
    reference = hall.open() if listed else older(hall)
    (row,) = [row for row in hall.rows.everything() if row["pk"] == reference and row["sk"] == "EVENT#000001"]
    hall.rows.put({**row, "type": "forged"})
    if listed:
        assert not expiry.enrol(reference, 30)
        return
    with pytest.raises(LogBroken):
        expiry.enrol(reference, 30)


def test_nothing_but_a_draft_is_enrolled(hall, expiry):
    reference = hall.submitted()
    assert not expiry.enrol(reference, 30)
    assert not expiry.enrol("MC-0000000000000000", 30)


def test_what_is_known_of_a_key_is_forgotten_after_thirty_days(hall):
    reference = hall.submitted()
    kept = [row for row in hall.rows.everything() if row["pk"].startswith("IDEMPOTENCY#")]
    assert {row["reference"] for row in kept} == {reference}
    for row in kept:
        assert row["forget_at"] == int((moment(row["at"]) + timedelta(days=30)).timestamp())


def test_nothing_else_is_ever_forgotten_by_the_table(hall):
    hall.decided()
    forgotten = {row["pk"].split("#")[0] for row in hall.rows.everything() if "forget_at" in row}
    assert forgotten == {"ALLOWANCE", "IDEMPOTENCY"}


def test_what_an_earlier_release_kept_of_a_key_is_read_on(hall):
    reference = hall.ready()
    first = hall.submit(reference)
    for row in hall.rows.everything():
        if row["pk"].startswith("IDEMPOTENCY#"):
            hall.rows.put({k: v for k, v in row.items() if k != "forget_at"})
    assert hall.submit(reference) == first


def test_a_draft_of_two_changes_on_one_day_moves_nothing_in_the_index(hall):
    """What an index entry costs is paid when its key changes: once a day, not once a change."""
    reference = hall.open()
    before = hall.head(reference)
    hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    hall.submissions.announce(people.CITIZEN, reference, FILE, "u")
    after = hall.head(reference)
    assert [after[name] for name in ("exp_pk", "expires_at")] == [before[name] for name in ("exp_pk", "expires_at")]


def test_a_transaction_of_the_fullest_draft_is_one_that_dynamodb_takes(hall, expiry):
    reference = hall.ready()
    for number in range(40):
        key = announced(hall, reference, key=f"u{number}")
        hall.add(reference, key=key)
    over(hall, reference)
    assert expiry.run().expired == 1
