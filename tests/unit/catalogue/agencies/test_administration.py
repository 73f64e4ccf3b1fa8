"""Agencies and outages as an administrator keeps them."""

from datetime import timedelta

import pytest
from msgspec import structs

from chalicelib.catalogue.agencies.service import Announcement
from chalicelib.catalogue.refusals import VersionInvalid
from chalicelib.catalogue.shipped import shipped_agencies
from chalicelib.contracts.catalogue import AgencyEntry
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotFound, TryAgain
from tests.fakes import people

ADMIN = people.officer("administrator", name="Tạ Thị Quản")
ABOVE = people.colleague(people.officer("administrator", agency="H01"), "officer-above")
PROVINCE, COMMUNE = "H01", "H01.10"


def entry(name="Ủy ban nhân dân tỉnh", parent=None, begins="2026-01-01", ends=None, level="province"):
    return AgencyEntry(id="", name=name, level=level, parent=parent, valid_from=begins, valid_to=ends)


def placed(place):
    return structs.replace(entry(), place=place)


def keep(hall, agency, *entries, version=0, who=ADMIN):
    return hall.administration.keep(who, agency, entries, version)


def ship(hall, agency, entries=None):
    return hall.administration.ship("motcua", agency.id, agency.entries if entries is None else entries)


def fields(refused):
    return {(f.pointer, f.rule) for f in refused.value.fields}


def test_an_agency_is_kept_and_read(hall):
    kept, version, warnings, waits = keep(hall, PROVINCE, entry())
    assert (kept.name, version, warnings, waits) == ("Ủy ban nhân dân tỉnh", 1, (), None)
    assert hall.administration.read(PROVINCE) == (kept, 1)
    assert (hall.rows.types("AGENCY#H01"), hall.rows.writes) == (["agency.published"], 1)
    assert hall.agencies.agencies() == [kept]


def test_an_unknown_agency_is_not_found(hall):
    with pytest.raises(NotFound) as refused:
        hall.administration.read("H99")
    assert refused.value.facts == {"what": "agency"}


@pytest.mark.rule("R34")
@pytest.mark.parametrize(
    ("agency", "entries", "wrong"),
    [
        ("X1", [entry()], ("/entries/0/id", "R34")),
        (COMMUNE, [entry(parent="H77", level="commune")], ("/entries/0/parent", "R34")),
        (PROVINCE, [entry(), entry(name="B", begins="2026-06-01")], ("/entries/1/valid_from", "R34")),
    ],
    ids=["identifier", "parent", "overlap"],
)
def test_what_is_wrong_with_an_agency_is_named(hall, agency, entries, wrong):
    with pytest.raises(VersionInvalid) as refused:
        keep(hall, agency, *entries)
    assert wrong in fields(refused)
    assert hall.rows.writes == 0


def test_a_circle_of_agencies_is_refused(hall):
    keep(hall, PROVINCE, entry())
    keep(hall, COMMUNE, entry(parent=PROVINCE, level="commune"))
    with pytest.raises(VersionInvalid) as refused:
        keep(hall, PROVINCE, entry(parent=COMMUNE), version=1)
    assert {rule for _, rule in fields(refused)} == {"R34"}
    assert hall.administration.read(PROVINCE)[0].entries[0].parent is None


def test_two_changes_at_once_do_not_close_a_circle(hall):
    for agency in ("H01.10", "H01.11"):
        keep(hall, agency, entry(level="commune"))
    for agency, other in (("H01.10", "H01.11"), ("H01.11", "H01.10")):
        assert keep(hall, agency, entry(parent=other, level="commune"), version=1).waits
    hall.rows.meanwhile(lambda: keep(hall, "H01.11", entry(parent="H01.10", level="commune"), version=2, who=ABOVE))
    with pytest.raises(VersionInvalid) as refused:
        keep(hall, "H01.10", entry(parent="H01.11", level="commune"), version=2, who=ABOVE)
    assert {rule for _, rule in fields(refused)} == {"R34"}
    assert [a.entries[0].parent for a in hall.agencies.agencies()] == [None, "H01.10"]


def test_a_renamed_agency_has_the_name_of_the_day(hall):
    entries = [entry("Tên cũ", ends="2026-12-01"), entry("Tên mới", begins="2026-12-01")]
    assert keep(hall, PROVINCE, *entries)[0].name == "Tên cũ"
    hall.clock.at("2026-12-01T00:00:00")
    assert keep(hall, PROVINCE, *entries, version=1)[0].name == "Tên mới"


def test_a_change_over_a_newer_one_is_refused(hall):
    keep(hall, PROVINCE, entry())
    for version in (0, 2):
        with pytest.raises(LostUpdate) as refused:
            keep(hall, PROVINCE, entry("B"), version=version)
        assert refused.value.facts == {"current_version": 1}
    with pytest.raises(LostUpdate) as refused:
        keep(hall, COMMUNE, entry(), version=3)
    assert refused.value.facts == {"current_version": 0}


def test_of_two_who_change_an_agency_at_once_one_is_told(hall):
    keep(hall, PROVINCE, entry())
    hall.rows.meanwhile(lambda: keep(hall, PROVINCE, placed("A"), version=1))
    with pytest.raises(LostUpdate):
        keep(hall, PROVINCE, placed("B"), version=1)
    assert hall.administration.read(PROVINCE)[0].place == "A"
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        keep(hall, PROVINCE, placed("C"), version=2)


def test_what_is_shipped_is_kept_once_and_again_when_it_changes(hall):
    agency = shipped_agencies()[0]
    assert [ship(hall, agency).version for _ in range(2)] == [1, 1]
    renamed = [structs.replace(e, name="Tên khác") for e in agency.entries]
    assert ship(hall, agency, renamed).version == 2
    ended = [structs.replace(e, valid_to="2026-12-01") for e in agency.entries]
    assert ship(hall, agency, ended).agency.entries[-1].valid_to == "2026-12-01", "what is shipped takes nobody"


def test_a_deployment_leaves_alone_what_an_administrator_keeps(hall):
    agency = shipped_agencies()[0]
    ship(hall, agency)
    keep(hall, agency.id, *(structs.replace(e, place="Nơi của người quản trị") for e in agency.entries), version=1)
    kept, version, *_ = ship(hall, agency)
    assert (kept.place, version) == ("Nơi của người quản trị", 2)


def test_every_shipped_agency_is_kept_in_the_order_of_the_file(hall):
    for agency in shipped_agencies():
        ship(hall, agency)
    assert len(hall.agencies.agencies()) == len(shipped_agencies())


# --- outages ---------------------------------------------------------------------------------------------------------


def outage(starts="2026-12-10T22:00:00+07:00", ends="2026-12-11T02:00:00+07:00", **more):
    given = {"planned": True, "reason": "maintenance", "text_vi": "Bảo trì", "text_en": "Maintenance"}
    given |= {"fallback_vi": "Nộp trực tiếp", "fallback_en": "At the desk", **more}
    return Announcement(starts_at=starts, ends_at=ends, **given)


def announce(hall, key="k", **given):
    return hall.administration.announce(ADMIN, outage(**given), key)


@pytest.mark.rule("R39")
def test_an_outage_is_announced_with_what_it_suspends(hall):
    kept = announce(hall)
    assert kept.starts_at == "2026-12-10T15:00:00.000+00:00"
    assert kept.suspends
    assert hall.administration.outages() == [kept]
    assert hall.rows.types(f"OUTAGE#{kept.id}") == ["outage.announced"]
    assert hall.rows.writes == 1


@pytest.mark.rule("R39")
@pytest.mark.parametrize("starts", ["2026-11-30T22:00:00+07:00", "2026-12-02T22:00:00+07:00"])
def test_a_planned_outage_that_is_announced_late_is_refused(hall, starts):
    with pytest.raises(VersionInvalid) as refused:
        announce(hall, starts=starts)
    assert {rule for _, rule in fields(refused)} == {"R39"}
    assert hall.rows.writes == 0


@pytest.mark.rule("R39")
def test_an_outage_ends_after_it_begins(hall):
    with pytest.raises(VersionInvalid) as refused:
        announce(hall, ends="2026-12-10T21:00:00+07:00")
    assert {rule for _, rule in fields(refused)} == {"R39"}


@pytest.mark.rule("R39")
def test_force_majeure_and_a_fault_are_announced_when_they_are_seen(hall):
    now = {"starts": "2026-11-25T09:00:00+07:00", "ends": "2026-11-25T12:00:00+07:00"}
    assert announce(hall, "a", **now, force_majeure="Bão số 15").force_majeure == "Bão số 15"
    assert announce(hall, "b", **now, planned=False).planned is False


@pytest.mark.rule("R39", "fallback")
@pytest.mark.parametrize("lacks", ["fallback_vi", "fallback_en"])
def test_a_planned_outage_without_a_fallback_in_both_languages_is_refused(hall, lacks):
    with pytest.raises(VersionInvalid) as refused:
        announce(hall, **{lacks: " "})
    assert fields(refused) == {("/fallback_vi", "R39")}
    kept = announce(hall)
    assert (kept.fallback_vi, kept.fallback_en) == ("Nộp trực tiếp", "At the desk")


def test_the_same_key_announces_once_and_another_body_is_refused(hall):
    kept = announce(hall)
    hall.clock.advance(minutes=5)
    assert announce(hall) == kept
    assert hall.rows.writes == 1
    with pytest.raises(KeyReused):
        announce(hall, text_en="Other words")


def test_the_same_key_tells_the_same_when_the_outage_is_over(hall):
    kept = announce(hall, starts="2026-11-25T09:00:00+07:00", ends="2026-11-25T12:00:00+07:00", planned=False)
    hall.clock.at("2026-11-25T13:00:00")
    assert announce(hall, starts="2026-11-25T09:00:00+07:00", ends="2026-11-25T12:00:00+07:00", planned=False) == kept


def test_the_same_announcement_twice_at_once_is_one(hall):
    hall.rows.meanwhile(lambda: announce(hall))
    assert announce(hall) == hall.administration.outages()[0]
    assert hall.rows.writes == 1
    hall.rows.contend(1)
    announce(hall, "other")
    assert len({o.id for o in hall.administration.outages()}) == 2


def test_an_outage_is_shown_until_it_is_over_and_with_the_services_it_names(hall):
    hall.ship()
    announce(hall, "a", services=("1.000894",), agency=ADMIN.agency)
    announce(hall, "b", ends="2026-12-11T03:00:00+07:00", services=(people.PROCEDURE,), agency=ADMIN.agency)
    announce(hall, "c", ends="2026-12-11T04:00:00+07:00")
    ends = [moment(o.ends_at) for o in hall.administration.outages()]
    assert (len(ends), ends) == (3, sorted(ends))
    assert [o.services for o in hall.services.read(people.PROCEDURE).outages] == [(people.PROCEDURE,), ()]
    hall.clock.at("2026-12-11T03:00:00")
    assert [o.services for o in hall.administration.outages()] == [()]


def test_a_change_that_nobody_confirmed_in_the_days_of_the_pack_is_no_more(hall):
    keep(hall, COMMUNE, entry())
    ended = entry(ends="2027-01-01")
    at = hall.clock()
    assert keep(hall, COMMUNE, ended, version=1).waits
    hall.clock.at((at + timedelta(days=30)).isoformat())
    assert hall.administration.changes(ABOVE, None, 9)[0] == []
    again = keep(hall, COMMUNE, ended, version=2, who=ABOVE)
    assert (again.waits and again.waits.at, again.agency.entries[0].valid_to) == (stamp(hall.clock()), None)
    hall.clock.at((at + timedelta(days=60, microseconds=-1)).isoformat())
    second = people.colleague(ABOVE, "officer-above-too")
    assert [each.agency for each in hall.administration.changes(second, None, 9)[0]] == [COMMUNE]
    assert keep(hall, COMMUNE, ended, version=3, who=second).agency.entries[0].valid_to == "2027-01-01"
    hall.clock.advance(days=400)
    assert [each.decided_at != "" for each in hall.administration.changes(second, None, 9)[0]] == [True]
