"""An agency ends, or its work goes to another one, by two administrators; who is to end is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from infra.demo import story
from infra.demo.client import Client
from tests.http.test_staff import on_list, task
from tests.support.asserts import problem
from tests.support.catalogue import fresh_agency, in_days, today
from tests.support.world import administrator, officer_of, partition, ready, whole_list

CHANGES = "/v1/catalogue/agencies"
FRIEND = "H01.10.25"
KEPT = ("valid_from", "valid_to", "successors", "parent", "jurisdiction", "receives_for", "areas",
        "unheld_working_hours", "name", "one_stop")  # fmt: skip
PLACES = [{"area": FRIEND, "fields": ["Hộ tịch"]}]
"""What one agency would settle or receive in the place of another one."""


class Commune:
    """A commune of its own below the province, with two administrators of that."""

    def __init__(self, cloud, where, **first):
        self.cloud, self.where, self.name = cloud, where, fresh_agency()
        self.first, self.second = (self.above(each) for each in ("mot", "hai"))
        self.entry = {"name": "UBND xã Cũ", "level": "commune", "parent": "H01", "valid_from": "2025-07-01", **first}
        self.put(self.first, self.entry, version=0).ok()

    def above(self, subject, agency="H01", **claims):
        return administrator(self.where, f"{subject}-{self.name}", agency, **claims)

    @property
    def ended(self):
        return {**self.entry, "valid_to": today().isoformat(), "successors": [FRIEND]}

    def put(self, who, *entries, version=None):
        at = self.version() if version is None else version
        return who.call("PUT", f"/v1/agencies/{self.name}", {"entries": list(entries)}, version=at)

    def version(self):
        return int(self.first.get(f"/v1/agencies/{self.name}").ok().headers["ETag"].strip('"'))

    def entries(self):
        said = self.first.get(f"/v1/agencies/{self.name}").ok().body["entries"]
        return [tuple(each[name] for name in KEPT) for each in said]

    def told(self, who):
        """What the list of changes says of this commune to somebody."""
        return [(each["is_in_force"], each["version"]) for each in self.listed(who)]

    def listed(self, who, query=""):
        return [each for each in whole_list(who, f"{CHANGES}{query}", "changes") if each["agency"] == self.name]


@pytest.fixture
def commune(cloud, where):
    return Commune(cloud, where)


BEFORE = [("2025-07-01", None, [], "H01", [], [], None, None, "UBND xã Cũ", None)]


def test_one_administrator_above_ends_no_commune_in_favour_of_a_friend(cloud, where, commune, small_scan):
    """What happened: the friend's commune read and refused its dossiers a moment later, and nobody was told."""
    cloud.wait_idle()
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan, agency=commune.name)
    story.submit(me, reference).ok(201)
    friend = officer_of(where, FRIEND, "reception")
    told = commune.put(commune.first, commune.ended).ok()
    assert (told.body["entries"][0]["valid_to"], told.headers["ETag"]) == (None, '"2"')
    assert told.body["waits"]["entries"][0]["successors"] == [FRIEND]
    assert told.body["waits"]["is_in_force"] is False
    cloud.wait_idle()
    assert commune.entries() == BEFORE
    problem(friend.get(f"/v1/dossiers/{reference}"), 404, "not_found")
    assert commune.first.get(f"/v1/agencies/{commune.name}").ok().body["waits"] is None, "not said to everybody"

    done = commune.put(commune.second, commune.ended).ok()
    assert (done.body["entries"][0]["successors"], done.body["waits"]) == ([FRIEND], None)
    cloud.wait_idle()
    friend.get(f"/v1/dossiers/{reference}").ok()
    assert on_list(friend, reference)
    friend.post(f"/v1/tasks/{task(reference)}/claim", {}).ok()


def test_the_commune_that_would_end_reads_of_it_and_so_when_it_has_ended(commune, where):
    own = commune.above("cua-xa", commune.name)
    beside = commune.above("ben-canh", FRIEND)
    below = commune.above("don-vi", f"{commune.name}.1")
    assert commune.told(own) == []
    commune.put(commune.first, commune.ended).ok()
    for who in (own, commune.first, commune.second):
        assert commune.told(who) == [(False, 2)]
    assert commune.told(beside) == [(False, 2)], "the successor that is named"
    assert commune.told(commune.above("xa-khac", "H01.10.24")) == commune.told(below) == []
    problem(officer_of(where, "H01", "leader").get(CHANGES), 403, "not_allowed")
    problem(Client(where).get(CHANGES), 401)
    commune.put(commune.second, commune.ended).ok()
    for who in (own, commune.first, beside):
        assert commune.told(who) == [(True, 3)]
    (row,) = [each for each in own.get(CHANGES).ok().body["changes"] if each["agency"] == commune.name]
    assert (row["by_agency"], row["entries"][0]["successors"], row["decided_at"] >= row["at"]) == (
        "H01",
        [FRIEND],
        True,
    )
    events = [row for row in partition(where, "Catalogue", f"AGENCY#{commune.name}") if "type" in row]
    assert [row["type"] for row in events] == [
        "vn.motcua.agency.published",
        "vn.motcua.agency.change_proposed",
        "vn.motcua.agency.published",
    ]


CUTS = {
    "ends": lambda entry: [{**entry, "valid_to": in_days(30).isoformat()}],
    "begins later": lambda entry: [{**entry, "valid_from": "2025-07-02"}],
    "a gap": lambda entry: [
        {**entry, "valid_to": in_days(30).isoformat()}, {**entry, "valid_from": in_days(31).isoformat()}
    ],
    "a successor for what follows itself": lambda entry: [
        {**entry, "valid_to": in_days(30).isoformat(), "successors": [FRIEND]},
        {**entry, "valid_from": in_days(30).isoformat()},
    ],
    "another parent": lambda entry: [{**entry, "parent": "H01.10.25"}],
    "no parent": lambda entry: [{**entry, "parent": None}],
    "another parent from a day on": lambda entry: [
        {**entry, "valid_to": in_days(30).isoformat()},
        {**entry, "valid_from": in_days(30).isoformat(), "parent": "H01.10.25"},
    ],
    "what it decides on": lambda entry: [{**entry, "jurisdiction": PLACES}],
    "what it receives for others": lambda entry: [{**entry, "receives_for": PLACES}],
    "what it decides on from a day on": lambda entry: [
        {**entry, "valid_to": in_days(30).isoformat()},
        {**entry, "valid_from": in_days(30).isoformat(), "jurisdiction": PLACES},
    ],
    "what it receives for others on days before its first": lambda entry: [
        {**entry, "valid_from": "2025-06-01", "valid_to": "2025-07-01", "receives_for": PLACES}, entry
    ],
    "another kind of commune, whose terms are longer": lambda entry: [{**entry, "areas": ["remote"]}],
    "a longer time that nobody is told of a task": lambda entry: [{**entry, "unheld_working_hours": 200}],
    "another name": lambda entry: [{**entry, "name": "Bộ Công an"}],
    "another name of its one-stop": lambda entry: [{**entry, "one_stop": "Bộ Công an"}],
    "another name from a day on": lambda entry: [
        {**entry, "valid_to": in_days(30).isoformat()},
        {**entry, "valid_from": in_days(30).isoformat(), "name": "UBND xã Sau"},
    ],
    "another parent on days before its first": lambda entry: [
        {**entry, "valid_from": "2025-06-01", "valid_to": "2025-07-01", "parent": "H01.10.25"}, entry
    ],
}  # fmt: skip


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_what_shortens_an_agency_or_turns_its_work_takes_two(commune, cut):
    entries = cut(commune.entry)
    assert commune.put(commune.first, *entries).ok().body["waits"]
    assert commune.entries() == BEFORE
    assert commune.put(commune.second, *entries).ok().body["waits"] is None
    assert commune.entries() != BEFORE


def test_a_place_a_later_end_and_a_new_agency_take_one(commune):
    then, later = in_days(30).isoformat(), in_days(60).isoformat()
    for entries in (
        [{**commune.entry, "place": "Vĩnh Long", "note": "Chuyển trụ sở"}],
        [{**commune.entry, "valid_to": then}, {**commune.entry, "place": "Bến Tre", "valid_from": then}],
        [{**commune.entry, "valid_from": "2025-06-01"}],
    ):
        assert commune.put(commune.first, *entries).ok().body["waits"] is None
    ended = {**commune.entry, "valid_from": "2025-06-01", "valid_to": then, "successors": [FRIEND]}
    commune.put(commune.first, ended).ok()
    assert commune.put(commune.second, ended).ok().body["waits"] is None
    assert commune.put(commune.first, {**ended, "note": "Chú thích"}).ok().body["waits"] is None
    assert commune.put(commune.first, {**ended, "valid_to": later}).ok().body["waits"] is None
    assert commune.put(commune.first, {**ended, "valid_to": then}).ok().body["waits"], "what is shortened again"
    assert commune.put(commune.first, {**ended, "valid_to": later, "successors": []}).ok().body["waits"]
    open_again = {**commune.entry, "valid_from": "2025-06-01"}
    assert commune.put(commune.first, open_again).ok().body["waits"] is None, "a later end takes back what was to be"
    assert commune.told(commune.first) == []


def test_what_an_agency_decides_on_at_first_takes_one_and_less_of_it_two(cloud, where):
    """As its parent: a new agency takes nobody's desk, and what is kept of another one stays its own."""
    everywhere = {"area": "*", "procedures": ["1.000894"]}
    commune = Commune(cloud, where, jurisdiction=PLACES, receives_for=[*PLACES, everywhere])
    turned = {**commune.entry, "receives_for": commune.entry["receives_for"][::-1]}
    assert commune.put(commune.first, {**turned, "place": "Vĩnh Long"}).ok().body["waits"] is None, "the same"
    for entry in ({**turned, "jurisdiction": []}, {**turned, "receives_for": PLACES}):
        assert commune.put(commune.first, entry).ok().body["waits"]
        assert commune.put(commune.second, entry).ok().body["waits"] is None
        assert commune.put(commune.first, turned).ok().body["waits"], "and so back"
        assert commune.put(commune.second, turned).ok().body["waits"] is None


def test_who_proposed_it_and_who_is_not_above_confirm_nothing(commune, where):
    number = story.somebody()["personal_id"]
    first = commune.above("mot-so", number=number)
    commune.put(first, commune.ended).ok()
    twin = commune.above("tai-khoan-hai", number=number)
    for who in (first, twin):
        assert problem(commune.put(who, commune.ended), 403, "administrator_above_needed")["above"] == "H01"
    nameless = commune.above("khong-so", number=False)
    assert problem(commune.put(nameless, commune.ended), 403, "second_unknown")["whose"] == "second"
    own = commune.above("cua-xa", commune.name)
    problem(commune.put(own, commune.ended), 403, "administrator_above_needed")
    for beside in (FRIEND, "H02"):
        problem(commune.put(commune.above("ben-canh", beside), commune.ended), 403, "not_allowed")
    assert (commune.entries(), commune.told(first)) == (BEFORE, [(False, 2)])
    commune.put(commune.second, commune.ended).ok()


def test_of_a_first_one_without_a_number_nobody_can_say_that_they_are_two(commune):
    commune.put(commune.above("khong-so", number=False), commune.ended).ok()
    assert problem(commune.put(commune.second, commune.ended), 403, "second_unknown")["whose"] == "first"
    assert commune.entries() == BEFORE


def test_the_communes_own_administrator_ends_it_with_one_above(commune, cloud):
    own = commune.above("cua-xa", commune.name)
    assert commune.put(own, commune.ended).ok().body["waits"]["by_agency"] == commune.name
    problem(commune.put(commune.above("cua-xa-hai", commune.name), commune.ended), 403, "administrator_above_needed")
    assert commune.put(commune.second, commune.ended).ok().body["waits"] is None


def test_what_waits_falls_away_when_the_agency_is_kept_otherwise_meanwhile(commune):
    commune.put(commune.first, commune.ended).ok()
    seen = commune.version()
    commune.put(commune.above("ba"), {**commune.entry, "place": "UBND xã Đổi Tên"}).ok()
    assert problem(commune.put(commune.second, commune.ended, version=seen), 412)["current_version"] == seen + 1
    assert commune.told(commune.first) == []
    assert commune.put(commune.second, commune.ended).ok().body["waits"], "it is a first proposal again"
    other = {**commune.ended, "successors": ["H01.10.24"]}
    assert commune.put(commune.first, other).ok().body["waits"]["entries"][0]["successors"] == ["H01.10.24"]
    assert commune.put(commune.second, commune.ended).ok().body["waits"], "another one took its place"
    declined = {**commune.entry, "place": "UBND xã Đổi Tên"}
    assert commune.put(commune.above("ba"), declined).ok().body["waits"] is None
    assert (commune.told(commune.first), commune.entries()) == ([], BEFORE)


def test_of_two_at_once_one_proposes_and_of_two_who_confirm_one_does(commune):
    def both(*who, version):
        with ThreadPoolExecutor(2) as pool:
            return sorted(a.status for a in pool.map(lambda w: commune.put(w, commune.ended, version=version), who))

    assert both(commune.first, commune.second, version=1) == [200, 412]
    assert (commune.entries(), commune.told(commune.first)) == (BEFORE, [(False, 2)])
    assert both(commune.above("ba"), commune.above("bon"), version=2) == [200, 412]
    assert commune.told(commune.first) == [(True, 3)]


def test_whom_a_change_names_reads_of_it_and_of_its_end(commune, where):
    """The successor, the other parent, and where it would work: on their own list, as what ends their own agency is."""
    successor, parent, area = (fresh_agency() for _ in range(3))
    for each in (successor, parent):
        body = {"entries": [{**commune.entry, "name": f"UBND xã {each[-3:]}"}]}
        commune.first.call("PUT", f"/v1/agencies/{each}", body, version=0).ok()
    heir, other, served = (commune.above(f"cua-{each}", each) for each in (successor, parent, area))
    commune.put(commune.first, {**commune.ended, "successors": [successor]}).ok()
    assert [commune.told(who) for who in (heir, other, served)] == [[(False, 2)], [], []]
    places = [{"area": area}, {"area": "*", "fields": ["Hộ tịch"]}]
    turned = {**commune.entry, "parent": parent, "receives_for": places}
    commune.put(commune.second, turned).ok()
    assert [commune.told(who) for who in (heir, other, served)] == [[], [(False, 3)], [(False, 3)]], "in its place"
    commune.put(commune.first, turned).ok()
    assert [commune.told(who) for who in (heir, other, served)] == [[], [(True, 4)], [(True, 4)]]
    commune.put(commune.first, {**turned, "receives_for": []}).ok()
    assert commune.told(served) == [(False, 5)], "what it loses is its matter, too"
    assert commune.told(commune.first) == [(False, 5)], "said once to who is above all of them"
    commune.put(commune.second, turned).ok()
    assert [commune.told(who) for who in (heir, other, served, commune.first)] == [[], [(True, 4)], [], []], "declined"


def test_who_may_confirm_a_change_sees_that_it_waits_for_them(commune, where):
    own, heir = commune.above("cua-xa", commune.name), commune.above("ben-canh", FRIEND)
    commune.put(own, commune.ended).ok()
    mine = {who: commune.listed(who)[0]["yours_to_confirm"] for who in (own, heir, commune.first)}
    assert mine == {own: False, heir: False, commune.first: True}
    for who, waiting in mine.items():
        assert bool(commune.listed(who, "?yours_to_confirm=true")) is waiting
        assert bool(commune.listed(who, "?yours_to_confirm=false")) is not waiting
    (row,) = commune.listed(commune.first)
    assert moment(row["expires_at"]) - moment(row["at"]) == timedelta(days=30)
    commune.put(commune.first, commune.ended).ok()
    (row,) = commune.listed(commune.second)
    assert (row["expires_at"], row["yours_to_confirm"]) == (None, False)


def test_a_change_that_is_about_more_agencies_than_one_write_can_tell_is_made_in_several(commune):
    def places(count):
        return {**commune.entry, "receives_for": [{"area": f"H02.{n}"} for n in range(1, count + 1)]}

    told = problem(commune.put(commune.first, places(41)), 422, "version_invalid")
    assert [(each["pointer"], each["rule"]) for each in told["errors"]] == [("/entries", "most")]
    assert commune.put(commune.first, places(40)).ok().body["waits"]
    other = {**commune.entry, "receives_for": [{"area": f"H03.{n}"} for n in range(1, 41)]}
    assert commune.put(commune.second, other).ok().body["waits"], "in the place of forty others"
    assert commune.put(commune.first, other).ok().body["waits"] is None
