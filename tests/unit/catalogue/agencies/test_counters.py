"""What an agency says of a service at its own counter: by date, under its version, and read for a place."""

from datetime import date

import pytest
from msgspec import structs

from chalicelib.catalogue.agencies.items import CounterHead, ListedCounter
from chalicelib.catalogue.agencies.local import fee_problems, on_day, problems_of
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.refusals import VersionInvalid
from chalicelib.contracts.catalogue import AgencyEntry, Counter, CounterEntry, CounterFee
from chalicelib.contracts.stored import read, written
from chalicelib.kernel.problem import LostUpdate, NotFound
from chalicelib.law.fees import Filing
from chalicelib.law.packs import newest
from tests.fakes import people
from tests.support.keepers import BIRTH, PUBLISHER, SECOND

FEE = CounterFee(type="FEE", amount=8000, currency="VND", citation="Nghị quyết 12/2026/NQ-HĐND")
ENTRY = CounterEntry(valid_from="2026-01-01", fees=(FEE,), hours_vi="7:30-17:00", address_vi="Quầy 14")
BODY = structs.replace(ENTRY, valid_to="2026-12-10")
LATER = structs.replace(ENTRY, valid_from="2026-12-10", hours_vi="8:00-17:00")


def agency(hall, name, parent=None):
    entry = AgencyEntry(id="", name=f"Cơ quan {name}", level="unit", parent=parent, valid_from="2026-01-01")
    hall.administration.keep(people.officer("administrator"), name, [entry], 0)


@pytest.fixture
def there(hall):
    """A service that is offered, and three agencies, one under the other."""
    hall.ship()
    for name, parent in (("H01", None), ("H01.10", "H01"), ("H01.10.24", "H01.10"), ("H02", None)):
        agency(hall, name, parent)
    return hall


def propose(hall, name="H01.10", *entries, who=PUBLISHER, version=0, code=BIRTH):
    return hall.counters.keep(who, name, code, entries, version)


def keep(hall, name="H01.10", *entries, version=0, code=BIRTH):
    """By two publishers."""
    said = entries or (ENTRY,)
    waits = propose(hall, name, *said, version=version, code=code)
    return propose(hall, name, *said, who=SECOND, version=waits.version, code=code)


def shown(hall, province=None, name=None):
    return [(c.agency, e.hours_vi) for c, e in hall.services.counters(BIRTH, province, name)]


def fields(refused):
    return {(f.pointer, f.rule) for f in refused.value.fields}


def test_a_counter_is_kept_with_its_event_and_read_again(there):
    kept, version, waits = keep(there)
    wanted = Counter(agency="H01.10", procedure=BIRTH, name="Cơ quan H01.10", entries=(ENTRY,))
    assert (kept, version, waits) == (wanted, 2, None)
    assert there.counters.read("H01.10", BIRTH) == (kept, 2)
    assert there.rows.types(f"COUNTER#H01.10#{BIRTH}") == ["counter.change_proposed", "counter.published"]
    changed, version, _ = keep(there, "H01.10", LATER, version=2)
    assert there.counters.read("H01.10", BIRTH) == (changed, version) == (changed, 4)


def test_what_nobody_confirmed_in_time_is_no_more_and_is_proposed_anew(there):
    propose(there, "H01.10", ENTRY)
    there.clock.advance(days=30, seconds=-1)
    above = structs.replace(SECOND, agency="H01")
    assert [each.version for each in there.counters.changes(above, None, 9)[0]] == [1]
    there.clock.advance(seconds=1)
    assert there.counters.changes(above, None, 9) == ([], None)
    again = propose(there, "H01.10", ENTRY, who=above, version=1)
    assert (again.waits.by_agency, again.counter.entries, again.version) == ("H01", (), 2)
    assert propose(there, "H01.10", ENTRY, version=2).waits is None


def test_a_fee_that_the_version_cannot_ask_any_more_is_refused_at_the_second_word(there):
    waits = propose(there, "H01.10", ENTRY)
    there.ship(free=True, fees=[])
    there.clock.advance(days=1)
    with pytest.raises(VersionInvalid) as refused:
        propose(there, "H01.10", ENTRY, who=SECOND, version=waits.version)
    assert fields(refused) == {("/entries/0/fees/0/amount", "fee_most")}
    with pytest.raises(NotFound):
        there.counters.read("H01.10", BIRTH)


def test_what_waits_is_listed_for_the_agency_and_those_above_it_a_page_at_a_time(there):
    for name in ("H01", "H01.10", "H01.10.24", "H02"):
        propose(there, name, ENTRY)
    above, commune = (structs.replace(SECOND, agency=name) for name in ("H01", "H01.10.24"))
    found, place = [], None
    while not found or place:
        rows, place = there.counters.changes(above, place, 2)
        found += [each.agency for each in rows]
    assert found == ["H01", "H01.10", "H01.10.24"]
    assert [each.agency for each in there.counters.changes(commune, None, 9)[0]] == ["H01.10.24"]
    assert there.counters.changes(structs.replace(SECOND, agency="H01.1"), None, 9) == ([], None)


def test_a_counter_that_an_earlier_release_kept_is_read_and_changed_by_two(there):
    keep(there)
    pk = f"COUNTER#H01.10#{BIRTH}"
    assert "proposal" not in there.rows.get(pk, "HEAD"), "as before"
    waits = propose(there, "H01.10", LATER, version=2)
    assert there.rows.get(pk, "HEAD")["proposal"]["entries"][0]["hours_vi"] == "8:00-17:00"
    assert (waits.counter.entries, there.counters.read("H01.10", BIRTH)[0].entries) == ((ENTRY,), (ENTRY,))


def test_a_change_is_made_on_what_was_read(there):
    keep(there)
    before = there.rows.writes
    with pytest.raises(LostUpdate) as lost:
        keep(there)
    assert (lost.value.facts, there.rows.writes) == ({"current_version": 2}, before)


@pytest.mark.parametrize(
    ("name", "code", "what"),
    [("H99", BIRTH, "agency"), ("H01", "9.999999", "procedure"), ("no agency", BIRTH, "agency")],
)
def test_a_counter_of_what_nobody_knows_is_not_kept(there, name, code, what):
    before = there.rows.writes
    with pytest.raises(NotFound) as refused:
        keep(there, name, code=code)
    assert (refused.value.facts, there.rows.writes) == ({"what": what}, before)


def test_a_draft_that_nobody_reads_has_no_counter(hall):
    agency(hall, "H01")
    hall.started()
    with pytest.raises(NotFound):
        keep(hall, "H01")


def test_what_nobody_said_is_not_found(there):
    with pytest.raises(NotFound) as refused:
        there.counters.read("H01", BIRTH)
    assert refused.value.facts == {"what": "counter"}


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ([structs.replace(ENTRY, valid_from="2026-02-30")], ("/entries/0/valid_from", "day")),
        ([structs.replace(ENTRY, valid_to="2026-13-01")], ("/entries/0/valid_to", "day")),
        ([structs.replace(ENTRY, valid_to="2026-01-01")], ("/entries/0/valid_to", "validity")),
        ([CounterEntry(valid_from="2026-01-01")], ("/entries/0", "empty")),
        ([BODY, structs.replace(LATER, valid_from="2026-12-09")], ("/entries/1/valid_from", "validity")),
        ([LATER, ENTRY], ("/entries/0/valid_from", "validity")),
        ([structs.replace(ENTRY, fees=(structs.replace(FEE, amount=None),))], ("/entries/0/fees/0/amount", "fee")),
        ([structs.replace(ENTRY, fees=(structs.replace(FEE, currency=None),))], ("/entries/0/fees/0/currency", "fee")),
    ],
)
def test_what_is_wrong_is_named_by_its_place_and_nothing_is_written(there, entries, wrong):
    before = there.rows.writes
    with pytest.raises(VersionInvalid) as refused:
        keep(there, "H01", *entries)
    assert (fields(refused), there.rows.writes) == ({wrong}, before)


def test_words_are_enough_for_a_fee_and_no_entry_takes_all_back(there):
    words = structs.replace(FEE, amount=None, currency=None, text_vi="Theo từng trang")
    assert problems_of([structs.replace(ENTRY, fees=(words,))]) == ()
    keep(there)
    propose(there, version=2)
    assert there.counters.read("H01.10", BIRTH)[0].entries == (ENTRY,)
    propose(there, who=SECOND, version=3)
    assert (there.counters.read("H01.10", BIRTH)[0].entries, shown(there, "H01")) == ((), [])


def testday_has_todays_entry(there):
    keep(there, "H01.10", BODY, LATER)
    assert shown(there, "H01") == [("H01.10", "7:30-17:00")]
    there.clock.at("2026-12-10T00:00:00")
    assert shown(there, "H01") == [("H01.10", "8:00-17:00")]
    assert on_day([LATER], there.services.day().replace(month=11)) is None


def test_of_a_province_all_are_shown_and_of_an_agency_it_and_those_above(there):
    for name in ("H01", "H01.10", "H01.10.24", "H02"):
        keep(there, name, structs.replace(ENTRY, hours_vi=name))
    assert [name for name, _ in shown(there, "H01")] == ["H01", "H01.10", "H01.10.24"]
    assert [name for name, _ in shown(there, None, "H01.10.24")] == ["H01.10.24", "H01.10", "H01"]
    assert [name for name, _ in shown(there, "H02", "H01.10")] == ["H01.10", "H01"], "the agency goes before"
    assert [name for name, _ in shown(there, None, "H01.1")] == ["H01"], "a name that begins so is another agency"
    assert shown(there) == shown(there, "H35") == []


def test_what_is_stored_says_its_shape_and_comes_back():
    counter = Counter(agency="H01", procedure=BIRTH, name="A", entries=(ENTRY,))
    assert read(ListedCounter, written(ListedCounter(counter=counter))).counter == counter
    assert read(CounterHead, written(CounterHead(pk="x", counter=counter))).counter == counter


@pytest.mark.parametrize(("facts", "most"), [(None, 100_000_000), (Facts(code="1", free=True), 0)])
def test_a_fee_is_held_against_the_version_that_is_in_force_or_against_the_cap_where_none_is(facts, most):
    filing = Filing("1", "", "", date(2026, 12, 1), "H01", is_payer_said=False)

    def wrong(*amounts, channel=None):
        fees = tuple(structs.replace(FEE, amount=a, type=str(n), channel=channel) for n, a in enumerate(amounts))
        found = fee_problems(3, structs.replace(ENTRY, fees=fees), facts, filing, newest())
        return [problem.pointer for problem in found]

    for channel in (None, "DIRECT"):
        assert wrong(most, channel=channel) == wrong(most, 0, channel=channel) == []
        assert wrong(most + 1, channel=channel) == ["/entries/3/fees/0/amount"]
        assert wrong(most, 1, channel=channel) == ["/entries/3/fees/1/amount"]
    assert wrong(None) == []
