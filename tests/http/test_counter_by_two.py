"""What a counter says changes by two publishers; who may be the second one finds it on a list."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency
from tests.support.world import administrator, officer_of, partition, publisher, whole_list

WAITING = "/v1/catalogue/counters"
ENTRY = {"valid_from": "2026-01-01", "fees": [], "hours_vi": "7:30-17:00", "address_vi": "Quầy 14"}
FEE = {"type": "FEE", "amount": 8000, "currency": "VND", "citation": "Nghị quyết 12/2026/NQ-HĐND"}
MOVED = {**ENTRY, "address_vi": "Nhà riêng"}


class Counter:
    """A counter of an agency of its own below the province, with two publishers of that."""

    def __init__(self, where):
        self.where, self.agency = where, fresh_agency()
        body = {"name": "UBND xã", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
        chief = administrator(where, f"lap-{self.agency}")
        chief.call("PUT", f"/v1/agencies/{self.agency}", {"entries": [body]}, version=0).ok()
        self.path = f"/v1/agencies/{self.agency}/counters/{story.PROCEDURE}"
        self.first, self.second, self.anyone = self.of("mot"), self.of("hai"), Client(where)

    def of(self, subject, agency="H01", **claims):
        return publisher(self.where, f"{subject}-{self.agency}", agency, **claims)

    def put(self, who, *entries, version):
        return who.call("PUT", self.path, {"entries": list(entries)}, version=version)

    def kept(self, *entries):
        """What it says, by both; its version is 2."""
        self.put(self.first, *entries, version=0).ok()
        self.put(self.second, *entries, version=1).ok()
        return self

    def addresses(self):
        """What anybody is shown of it, by its own page and by that of the service."""
        own = self.anyone.get(self.path)
        told = self.anyone.get(f"/v1/services/{story.PROCEDURE}?agency={self.agency}").ok().body["counters"]
        return (
            [each["address_vi"] for each in own.body["entries"]] if own.status == 200 else None,
            [each["address_vi"] for each in told if each["agency"] == self.agency],
        )

    def waiting(self, who, query=""):
        return [each for each in whole_list(who, f"{WAITING}{query}", "changes") if each["agency"] == self.agency]


@pytest.fixture
def counter(cloud, where):
    return Counter(where)


def test_one_publisher_alone_sets_nothing_that_a_counter_says(counter, where):
    """What happened: one publisher sent citizens to another address, with hours, words and a fee of their own."""
    told = counter.put(counter.first, ENTRY, version=0).ok()
    assert (told.body["entries"], told.headers["ETag"]) == ([], '"1"')
    assert (told.body["waits"]["entries"], told.body["waits"]["version"]) == (
        [{**ENTRY, "valid_to": None, "note_vi": ""}],
        1,
    )
    assert counter.addresses() == (None, [])
    done = counter.put(counter.second, ENTRY, version=1).ok()
    assert (done.body["entries"][0]["address_vi"], done.body["waits"], done.headers["ETag"]) == ("Quầy 14", None, '"2"')
    assert counter.addresses() == (["Quầy 14"], ["Quầy 14"])
    for changed in (
        MOVED,
        {**ENTRY, "hours_vi": "Đóng cửa"},
        {**ENTRY, "note_vi": "Gọi 0900"},
        {**ENTRY, "fees": [FEE]},
    ):
        version = int(counter.anyone.get(counter.path).ok().headers["ETag"].strip('"'))
        assert counter.put(counter.first, changed, version=version).ok().body["waits"]
    shown = counter.anyone.get(counter.path).ok().body
    assert (counter.addresses(), shown["waits"]) == ((["Quầy 14"], ["Quầy 14"]), None), "not said to everybody"
    events = [
        row for row in partition(where, "Catalogue", f"COUNTER#{counter.agency}#{story.PROCEDURE}") if "type" in row
    ]
    proposed, published = "vn.motcua.counter.change_proposed", "vn.motcua.counter.published"
    assert [row["type"] for row in events] == [proposed, published, *[proposed] * 4]


def test_that_a_counter_says_nothing_any_more_takes_two(counter):
    counter.kept(ENTRY)
    assert counter.put(counter.first, version=2).ok().body["waits"]["entries"] == []
    assert counter.addresses() == (["Quầy 14"], ["Quầy 14"])
    assert counter.put(counter.second, version=3).ok().body["waits"] is None
    assert counter.addresses() == ([], [])
    assert counter.put(counter.first, ENTRY, version=4).ok().body["waits"], "and so that it says something again"


def test_that_a_new_counter_says_nothing_takes_two(counter):
    """Who has nothing in force drops no proposal alone: they would put a record of their own in its place."""
    counter.put(counter.first, ENTRY, version=0).ok()
    assert counter.put(counter.second, version=1).ok().body["waits"]["entries"] == []
    assert counter.addresses() == (None, [])


def test_who_proposed_it_confirms_nothing_under_whichever_account(counter):
    number = story.somebody()["personal_id"]
    first, twin = counter.of("mot-so", number=number), counter.of("tai-khoan-hai", number=number)
    counter.put(first, ENTRY, version=0).ok()
    for who in (first, twin):
        problem(counter.put(who, ENTRY, version=1), 403, "second_publisher_needed")
    nameless = counter.of("khong-so", number=False)
    assert problem(counter.put(nameless, ENTRY, version=1), 403, "second_unknown")["whose"] == "second"
    for beside in ("H01.10.25", "H02"):
        problem(counter.put(counter.of("ben-canh", beside), ENTRY, version=1), 403, "not_allowed")
    chief = administrator(counter.where, f"quan-tri-{counter.agency}")
    problem(counter.put(chief, ENTRY, version=1), 403, "not_allowed")
    assert counter.addresses() == (None, [])
    counter.put(counter.of("cua-xa", counter.agency), ENTRY, version=1).ok()
    assert counter.addresses() == (["Quầy 14"], ["Quầy 14"])


def test_of_a_first_one_without_a_number_nobody_can_say_that_they_are_two(counter):
    counter.put(counter.of("khong-so", number=False), ENTRY, version=0).ok()
    assert problem(counter.put(counter.second, ENTRY, version=1), 403, "second_unknown")["whose"] == "first"
    assert counter.addresses() == (None, [])


def test_who_is_the_only_publisher_of_an_agency_has_one_above_as_the_second(counter):
    only = counter.of("cua-xa", counter.agency)
    counter.put(only, ENTRY, version=0).ok()
    problem(counter.put(only, ENTRY, version=1), 403, "second_publisher_needed")
    assert [each["yours_to_confirm"] for each in counter.waiting(counter.first)] == [True]
    counter.put(counter.first, ENTRY, version=1).ok()
    assert counter.addresses() == (["Quầy 14"], ["Quầy 14"])


def test_another_body_is_another_proposal_and_what_is_in_force_drops_it(counter):
    counter.kept(ENTRY)
    counter.put(counter.first, MOVED, version=2).ok()
    for other in ({**MOVED, "hours_vi": "8:00"}, {**MOVED, "fees": [FEE]}, {**MOVED, "note_vi": "Gọi 0900"}):
        version = counter.waiting(counter.first)[0]["version"]
        assert counter.put(counter.second, other, version=version).ok().body["waits"]["entries"][0]["hours_vi"]
    problem(counter.put(counter.second, {**MOVED, "note_vi": "Gọi 0900"}, version=5), 412, "lost_update")
    problem(counter.put(counter.second, {**MOVED, "note_vi": "Gọi 0900"}, version=6), 403, "second_publisher_needed")
    assert counter.put(counter.second, MOVED, version=6).ok().body["waits"], "the first one's was replaced"
    assert counter.addresses() == (["Quầy 14"], ["Quầy 14"])
    assert counter.put(counter.first, ENTRY, version=7).ok().body["waits"] is None, "declined"
    assert (counter.waiting(counter.first), counter.addresses()) == ([], (["Quầy 14"], ["Quầy 14"]))
    assert counter.put(counter.first, MOVED, version=8).ok().body["waits"], "it is a first proposal again"


def test_who_may_confirm_a_counter_finds_it_on_their_list(counter):
    own, beside = counter.of("cua-xa", counter.agency), counter.of("ben-canh", "H01.10.25")
    below = counter.of("don-vi", f"{counter.agency}.1")
    assert counter.waiting(counter.second) == []
    counter.put(counter.first, ENTRY, version=0).ok()
    for who, theirs in ((counter.first, False), (counter.second, True), (own, True)):
        (row,) = counter.waiting(who)
        assert (row["procedure"], row["name"], row["by_agency"]) == (story.PROCEDURE, "UBND xã", "H01")
        assert (row["version"], row["entries"][0]["address_vi"]) == (1, "Quầy 14")
        assert moment(row["expires_at"]) - moment(row["at"]) == timedelta(days=30)
        assert row["yours_to_confirm"] is theirs
        assert bool(counter.waiting(who, "?yours_to_confirm=true")) is theirs
        assert bool(counter.waiting(who, "?yours_to_confirm=false")) is not theirs
    assert counter.waiting(beside) == counter.waiting(below) == []
    for who in (administrator(counter.where, "quan-tri"), officer_of(counter.where, "H01", "leader")):
        problem(who.get(WAITING), 403, "not_allowed")
    problem(Client(counter.where).get(WAITING), 401)
    row = counter.waiting(counter.second)[0]
    counter.put(counter.second, *row["entries"], version=row["version"]).ok()
    assert counter.waiting(counter.first) == counter.waiting(own) == []


def test_what_a_proposal_may_not_say_is_refused_at_the_first_word(counter):
    wrong = counter.put(counter.first, {**ENTRY, "fees": [{**FEE, "amount": 10**11}]}, version=0)
    assert rules(wrong) == {"/entries/0/fees/0/amount": "payment_cap"}
    assert counter.waiting(counter.first) == []


def test_of_two_at_once_one_proposes_and_of_two_who_confirm_one_does(counter):
    def both(*who, version):
        with ThreadPoolExecutor(2) as pool:
            return sorted(a.status for a in pool.map(lambda w: counter.put(w, ENTRY, version=version), who))

    assert both(counter.first, counter.second, version=0) == [200, 412]
    assert counter.addresses() == (None, [])
    assert both(counter.of("ba"), counter.of("bon"), version=1) == [200, 412]
    assert counter.addresses() == (["Quầy 14"], ["Quầy 14"])
