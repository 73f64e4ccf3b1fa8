"""An announced outage changes: its end moves, it is withdrawn, by the agency that announced it and while it lasts."""

from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec import structs

from chalicelib.catalogue.agencies.service import Announcement, Move
from chalicelib.catalogue.refusals import NotItsOutage, OutageOver, VersionInvalid
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotFound, TryAgain
from tests.fakes import people

ADMIN = people.officer("administrator", name="Tạ Thị Quản")
PROVINCE = people.officer("administrator", agency="H01", name="Bùi Văn Tỉnh")
NEIGHBOUR = people.officer("administrator", agency="H01.10.25", name="Ngô Văn Lạ")
STARTS, ENDS = "2026-12-10T22:00:00+07:00", "2026-12-11T02:00:00+07:00"
WHY = "Chờ thêm thiết bị"
FALLBACK = {"fallback_vi": "Nộp trực tiếp tại Bộ phận Một cửa", "fallback_en": "At the one-stop unit"}


def announced(hall, who=ADMIN, key="k", **more):
    given = {"starts_at": STARTS, "ends_at": ENDS, "planned": True, "reason": "upgrade", **more}
    return hall.administration.announce(
        who, Announcement(text_vi="Nâng cấp", text_en="An upgrade", **FALLBACK, **given), key
    )


def move(hall, outage, ends_at, version=1, who=ADMIN, **more):
    return hall.administration.move(who, outage.id, Move(ends_at=ends_at, why=WHY, **more), version)


def withdraw(hall, outage, key="w", who=ADMIN, why="Không nâng cấp nữa"):
    return hall.administration.withdraw(who, outage.id, why, key)


def listed(hall):
    """Where each outage stands in the list."""
    return [row["sk"] for row in hall.rows.partition("OUTAGES")]


def told(hall, outage):
    return hall.rows.types(f"OUTAGE#{outage.id}")


def fields(refused):
    return {(f.pointer, f.rule) for f in refused.value.fields}


@pytest.fixture
def unchanged(hall):
    """What is stored after a test is what stood there when it was called."""
    before = []
    yield lambda: before.append(hall.rows.everything())
    assert before
    assert hall.rows.everything() == before[-1]


# --- the reason ------------------------------------------------------------------------------------------------------


def test_an_outage_has_a_reason_of_the_list_and_says_who_announced_it(hall):
    kept = announced(hall)
    assert (kept.reason, kept.announcer, kept.withdrawn, kept.changed_at) == ("upgrade", ADMIN.agency, False, None)
    with pytest.raises(VersionInvalid) as refused:
        announced(hall, key="other", reason="Nâng cấp")
    assert fields(refused) == {("/reason", "outage_reason")}
    assert "upgrade" in refused.value.fields[0].message_vi
    assert hall.rows.writes == 1


def test_what_is_wrong_with_an_announcement_is_named_by_its_own_fields(hall):
    with pytest.raises(VersionInvalid) as refused:
        announced(hall, starts_at="2026-11-26T22:00:00+07:00", ends_at="2026-11-26T21:00:00+07:00", reason="")
    assert fields(refused) == {("/ends_at", "R39"), ("/starts_at", "R39"), ("/reason", "outage_reason")}
    with pytest.raises(VersionInvalid) as refused:
        announced(hall, force_majeure=" ")
    assert fields(refused) == {("/force_majeure", "R39")}


# --- its end moves ---------------------------------------------------------------------------------------------------


def test_the_end_moves_with_its_place_in_the_list_and_whoever_reads_sees_it(hall):
    hall.ship()
    kept = announced(hall, services=(people.PROCEDURE,), agency=ADMIN.agency)
    hall.clock.advance(minutes=5)
    moved, version = move(hall, kept, "2026-12-11T05:00:00.000999+07:00")
    after = structs.replace(
        kept, ends_at="2026-12-10T22:00:00.000+00:00", changed_at="2026-11-25T02:25:05.000+00:00", changed_why=WHY
    )
    assert (moved, version) == (after, 2)
    assert hall.administration.outage(kept.id) == (after, 2)
    assert hall.administration.outages() == hall.services.read(people.PROCEDURE).outages == [after]
    assert after.suspends == kept.suspends != ()
    assert listed(hall) == [f"{after.ends_at}#{kept.id}"]
    assert told(hall, kept) == ["outage.announced", "outage.moved"]
    event = hall.rows.events(f"OUTAGE#{kept.id}")[1]
    assert (event["actor"], event["data"]["former"], event["data"]["ends_at"]) == (
        ADMIN.subject, kept.ends_at, after.ends_at,
    )  # fmt: skip
    assert hall.rows.unbroken(f"OUTAGE#{kept.id}")
    hall.clock.at("2026-12-11T03:00:00")
    assert hall.administration.outages() == [after], "it would be over by its former end"
    assert announced(hall, services=(people.PROCEDURE,), agency=ADMIN.agency) == after, "the same request again"


@pytest.mark.parametrize(
    ("now", "ends_at", "wrong"),
    [
        ("2026-11-25T10:00:00", STARTS, ("/ends_at", "R39")),
        ("2026-11-25T10:00:00", "2026-12-10T20:00:00+07:00", ("/ends_at", "R39")),
        ("2026-12-10T23:00:00", "2026-12-10T23:00:00+07:00", ("/ends_at", "outage_end_past")),
        ("2026-12-10T23:00:00", "2026-12-10T22:30:00+07:00", ("/ends_at", "outage_end_past")),
        ("2026-11-25T10:00:00", ENDS, ("/ends_at", "outage_end_unchanged")),
        ("2026-11-25T10:00:00", "2026-12-10T19:00:00Z", ("/ends_at", "outage_end_unchanged")),
        ("2026-12-02T00:00:00", "2026-12-11T02:00:01+07:00", ("/ends_at", "R39")),
    ],
    ids=["at its start", "before its start", "now", "past", "unchanged", "in UTC", "longer too late"],
)
def test_an_end_that_cannot_be_is_refused(hall, unchanged, now, ends_at, wrong):
    kept = announced(hall)
    unchanged()
    hall.clock.at(now)
    with pytest.raises(VersionInvalid) as refused:
        move(hall, kept, ends_at)
    assert fields(refused) == {wrong}


def test_a_planned_outage_becomes_longer_in_time_or_by_force_majeure_or_once_it_has_begun(hall):
    kept = announced(hall)
    hall.clock.at("2026-12-01T23:59:59")
    kept, version = move(hall, kept, "2026-12-11T03:00:00+07:00")
    hall.clock.at("2026-12-02T00:00:00")
    kept, version = move(hall, kept, "2026-12-11T01:00:00+07:00", version)
    for late in (None, " "):
        with pytest.raises(VersionInvalid):
            move(hall, kept, "2026-12-11T04:00:00+07:00", version, force_majeure=late)
    kept, version = move(hall, kept, "2026-12-11T04:00:00+07:00", version, force_majeure="Bão số 15")
    assert (kept.force_majeure, version) == ("Bão số 15", 4)
    other = announced(hall, key="other", starts_at="2026-12-20T08:00:00+07:00", ends_at="2026-12-20T09:00:00+07:00")
    hall.clock.at("2026-12-20T08:00:00")
    assert move(hall, other, "2026-12-21T09:00:00+07:00")[0].force_majeure is None


def test_a_fault_lasts_longer_without_notice(hall):
    fault = announced(hall, starts_at="2026-11-25T09:30:00+07:00", ends_at="2026-11-25T10:00:00+07:00", planned=False)
    assert move(hall, fault, "2026-11-26T10:00:00+07:00")[0].ends_at == "2026-11-26T03:00:00.000+00:00"


def test_a_change_over_a_newer_one_is_refused(hall):
    kept = announced(hall)
    for version in (0, 2):
        with pytest.raises(LostUpdate) as refused:
            move(hall, kept, "2026-12-11T03:00:00+07:00", version)
        assert refused.value.facts == {"current_version": 1}
    hall.rows.meanwhile(lambda: move(hall, kept, "2026-12-11T04:00:00+07:00"))
    with pytest.raises(LostUpdate):
        move(hall, kept, "2026-12-11T03:00:00+07:00")
    assert hall.administration.outage(kept.id)[0].ends_at == "2026-12-10T21:00:00.000+00:00"
    assert len(listed(hall)) == 1
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        move(hall, kept, "2026-12-11T03:00:00+07:00", 2)


# --- with others -----------------------------------------------------------------------------------------------------


def lasting(hall, who, day, key, days=20, **more):
    """An outage of December, in time and by force majeure, from a day of it on."""
    starts = datetime(2026, 12, 1, tzinfo=ZONE) + timedelta(days=day)
    ends = starts + timedelta(days=days)
    said = {"starts_at": starts.isoformat(), "ends_at": ends.isoformat(), "force_majeure": "Bão số 15"}
    return announced(hall, who=who, key=key, **said, **more)


def test_two_that_are_announced_at_once_count_together(hall):
    hall.rows.meanwhile(lambda: lasting(hall, ADMIN, 0, "a"))
    with pytest.raises(VersionInvalid) as refused:
        lasting(hall, ADMIN, 20, "b")
    assert fields(refused) == {("/ends_at", "outage_together")}
    assert len(listed(hall)) == 1
    other = lasting(hall, ADMIN, 20, "c", days=5)
    hall.rows.meanwhile(lambda: lasting(hall, ADMIN, 25, "d", days=5))
    with pytest.raises(VersionInvalid) as refused:
        move(hall, other, "2027-01-01T00:00:00+07:00")
    assert fields(refused) == {("/ends_at", "outage_together")}


SECOND = {"agency": "H01", "services": ("1.2",)}


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ((ADMIN, {}), (ADMIN, {}), True),
        ((PROVINCE, {}), (ADMIN, {}), True),
        ((ADMIN, {}), (PROVINCE, {"agency": ADMIN.agency}), False),
        ((NEIGHBOUR, {}), (ADMIN, {}), False),
        ((PROVINCE, {"agency": NEIGHBOUR.agency}), (PROVINCE, {"agency": ADMIN.agency}), False),
        ((PROVINCE, {"agency": NEIGHBOUR.agency}), (PROVINCE, {}), True),
        ((PROVINCE, {"agency": "H01", "services": ("1.1", "1.2")}), (PROVINCE, SECOND), True),
        ((PROVINCE, {"agency": "H01", "services": ("1.1",)}), (PROVINCE, SECOND), False),
        ((PROVINCE, {"agency": "H01", "services": ("1.1",)}), (PROVINCE, {}), True),
        ((PROVINCE, {}), (PROVINCE, SECOND), True),
    ],
)  # fmt: skip
def test_what_counts_together_is_of_the_same_service_and_agency_and_announced_there_or_above(
    hall, first, second, counts
):
    (one, what), (other, other_what) = first, second
    lasting(hall, one, 0, "a", **what)
    if counts:
        with pytest.raises(VersionInvalid) as refused:
            lasting(hall, other, 20, "b", **other_what)
        assert fields(refused) == {("/ends_at", "outage_together")}
    else:
        assert lasting(hall, other, 20, "b", **other_what)
    assert lasting(hall, other, 20, "c", days=10, **other_what)


# --- it is withdrawn -------------------------------------------------------------------------------------------------


def test_one_that_has_not_begun_vanishes_and_suspends_nothing(hall):
    hall.ship()
    kept = announced(hall, services=(people.PROCEDURE,), agency=ADMIN.agency)
    gone, version = withdraw(hall, kept)
    assert (gone.withdrawn, gone.suspends, gone.changed_why, version) == (True, (), "Không nâng cấp nữa", 2)
    assert (gone.starts_at, gone.ends_at) == (kept.starts_at, kept.ends_at)
    assert hall.administration.outages() == hall.services.read(people.PROCEDURE).outages == listed(hall) == []
    assert hall.administration.outage(kept.id) == (gone, 2)
    assert told(hall, kept) == ["outage.announced", "outage.withdrawn"]
    data = hall.rows.events(f"OUTAGE#{kept.id}")[1]["data"]
    assert (data["former"], data["begun"], data["suspends"]) == (kept.ends_at, False, [])
    assert hall.rows.unbroken(f"OUTAGE#{kept.id}")


@pytest.mark.parametrize("now", ["2026-12-10T22:00:00", "2026-12-11T01:59:59"])
def test_one_that_has_begun_ends_now_and_suspends_until_then(hall, now):
    kept = announced(hall)
    hall.clock.at(now)
    gone, _ = withdraw(hall, kept)
    assert (gone.withdrawn, gone.suspends, gone.ends_at) == (True, kept.suspends, gone.changed_at)
    assert hall.administration.outages() == []
    assert listed(hall) == [f"{gone.ends_at}#{kept.id}"], "who counts a suspension later finds its end"
    data = hall.rows.events(f"OUTAGE#{kept.id}")[1]["data"]
    assert (data["former"], data["begun"], data["ends_at"]) == (kept.ends_at, True, gone.ends_at)


def test_the_same_request_withdraws_once_and_another_finds_it_over(hall):
    kept = announced(hall)
    gone = withdraw(hall, kept)
    hall.clock.advance(minutes=5)
    assert withdraw(hall, kept) == gone
    assert hall.rows.writes == 2
    with pytest.raises(KeyReused):
        withdraw(hall, kept, why="Lý do khác hẳn")
    with pytest.raises(OutageOver) as refused:
        withdraw(hall, kept, key="another")
    assert refused.value.facts == {"since": "2026-11-25T09:20:05+07:00", "withdrawn": True}
    with pytest.raises(OutageOver):
        move(hall, kept, "2026-12-11T03:00:00+07:00", 2)


def test_it_is_withdrawn_once_by_two_at_once_and_after_a_move_that_came_first(hall):
    kept = announced(hall)
    hall.rows.meanwhile(lambda: withdraw(hall, kept))
    assert withdraw(hall, kept)[1] == 2
    other = announced(hall, key="other")
    hall.rows.meanwhile(lambda: move(hall, other, "2026-12-11T03:00:00+07:00"))
    gone, version = withdraw(hall, other)
    assert (gone.ends_at, version, listed(hall)) == ("2026-12-10T20:00:00.000+00:00", 3, [])


def test_one_that_is_over_changes_no_more(hall, unchanged):
    kept = announced(hall)
    unchanged()
    hall.clock.at("2026-12-11T02:00:00")
    with pytest.raises(OutageOver) as refused:
        withdraw(hall, kept)
    assert refused.value.facts == {"since": "2026-12-11T02:00:00+07:00", "withdrawn": False}
    with pytest.raises(OutageOver):
        move(hall, kept, "2026-12-11T05:00:00+07:00")
    assert hall.administration.outage(kept.id) == (kept, 1)


def test_what_nobody_announced_is_not_found(hall):
    for act in (
        lambda: hall.administration.outage("0123456789abcdef"),
        lambda: hall.administration.withdraw(ADMIN, "0123456789abcdef", WHY, "k"),
        lambda: hall.administration.move(ADMIN, "0123456789abcdef", Move(ends_at=ENDS, why=WHY), 1),
    ):
        with pytest.raises(NotFound) as refused:
            act()
        assert refused.value.facts == {"what": "outage"}


# --- whose it is -----------------------------------------------------------------------------------------------------


def refused_to(hall, outage, who):
    """Both changes are refused; the agency that is named as the announcer."""
    named = set()
    for act in (
        lambda: move(hall, outage, "2026-12-11T03:00:00+07:00", who=who),
        lambda: withdraw(hall, outage, who=who),
    ):
        with pytest.raises(NotItsOutage) as refused:
            act()
        named.add(refused.value.facts["announcer"])
    (announcer,) = named
    return announcer


def test_only_the_agency_that_announced_it_changes_it(hall, unchanged):
    kept = announced(hall, PROVINCE, agency=ADMIN.agency)
    unchanged()
    for other in (ADMIN, NEIGHBOUR):
        assert refused_to(hall, kept, other) == "H01"
    mine = announced(hall, key="mine")
    unchanged()
    assert refused_to(hall, mine, PROVINCE) == ADMIN.agency


def left(hall, kept, **changes):
    """An outage as the release before left it: without a reason and who announced it."""
    old = structs.replace(kept, reason=None, announcer=None, **changes)
    names = {"reason", "announcer", "changed_at", "changed_why", "withdrawn"}
    plain = {k: v for k, v in msgspec.to_builtins(old).items() if k not in names and v is not None}
    hall.rows.change(f"OUTAGE#{kept.id}", "HEAD", outage=plain)
    hall.rows.change("OUTAGES", f"{kept.ends_at}#{kept.id}", outage=plain)
    return old


def test_an_outage_of_the_release_before_is_read_and_changed_by_whose_filings_it_names(hall):
    old = left(hall, announced(hall, agency=ADMIN.agency))
    assert hall.administration.outages() == [old]
    assert hall.administration.outage(old.id) == (old, 1)
    assert refused_to(hall, old, NEIGHBOUR) is None
    moved, version = move(hall, old, "2026-12-11T03:00:00+07:00", who=PROVINCE)
    assert (moved.announcer, moved.reason, version) == (None, None, 2)
    assert withdraw(hall, old)[0].withdrawn


def test_one_that_names_services_is_changed_by_their_keeper_and_one_that_names_nothing_by_nobody(hall):
    hall.ship()
    kept = announced(hall)
    services = left(hall, kept, agency=None, services=(people.PROCEDURE,))
    assert refused_to(hall, services, NEIGHBOUR) is None
    assert move(hall, services, "2026-12-11T03:00:00+07:00")[1] == 2
    nothing = left(hall, announced(hall, key="other"), agency=None)
    for who in (ADMIN, PROVINCE, NEIGHBOUR):
        assert refused_to(hall, nothing, who) is None
