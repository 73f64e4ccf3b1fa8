"""Dropped files by their folders and names, each judged once. Nothing is stored here."""

from types import SimpleNamespace

import pytest

from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.objects import Post
from chalicelib.kernel.problem import BodyInvalid, TryAgain
from chalicelib.measures.ingested.dropping import Dropping, Head, head_of
from chalicelib.measures.ingested.model import Arrived, Taken
from tests.support.ingested import NOW, kept_batch
from tests.support.provinces import CITY

FOLDER = f"figures/{CITY}/one-stop/emc/3/2026-10"
ROW = '{"SiteId": "H01", "CodeTTHC": "1", "MaHoSo": "a", "Status": 1, "FormsReception": 1}'
FILE = f'{{"rows": [{ROW}]}}'.encode()
BATCH = kept_batch(version=3)


class Desk:
    """Takes whatever comes: a new batch, one that was there, or not at this moment. Verdicts are noted."""

    def __init__(self, data=FILE, *, is_new=True, error=None, known=None):
        self.taken, self.verdicts, self.asked, self.known = [], [], [], known
        self._data, self._is_new, self._error = data, is_new, error
        reports = SimpleNamespace(judged=self._judged, judge=self.verdicts.append)
        ingestion = SimpleNamespace(reports=reports, clock=lambda: NOW, take=self._take)
        self.dropping = Dropping(ingestion, self)

    def _judged(self, agency, identifier):
        self.asked.append((agency, identifier))
        return self.known

    def _take(self, given, way, told):
        self.taken.append((given, way, told))
        if self._error:
            raise self._error
        return Taken(BATCH, (), self._is_new)

    def read(self, key, version):
        return self._data

    def form(self, key, media_type):
        return Post(url="u", fields={"Content-Type": media_type}, key=key)


TOLD = Arrived(
    id=digest(f"{FOLDER}/a.json", "v1"),
    agency=CITY,
    way="drop",
    at=stamp(NOW),
    verdict="taken",
    file="one-stop/emc/3/2026-10/a.json",
    listed=True,
)


def test_a_file_is_taken_as_its_folder_says_and_its_verdict_is_kept_with_the_batch():
    desk = Desk()
    told = desk.dropping.take_in(f"{FOLDER}/a.json", "v1")
    ((given, way, verdict),) = desk.taken
    assert (given[:5], way, verdict) == ((CITY, "one-stop", "emc", 3, "2026-10"), "drop", TOLD)
    assert [each.code for each in given.rows] == ["a"]
    assert (told.batch, told.verdict, desk.verdicts) == ("b1", "taken", [])
    assert desk.asked == [(CITY, TOLD.id)]


def test_one_that_was_judged_is_not_taken_again():
    desk = Desk(known=TOLD)
    assert desk.dropping.take_in(f"{FOLDER}/a.json", "v1") == TOLD
    assert (desk.taken, desk.verdicts) == ([], [])


def test_another_version_of_the_same_file_is_another_file():
    desk = Desk()
    names = [desk.dropping.take_in(f"{FOLDER}/a.json", version).id for version in ("v1", "v2")]
    assert len(set(names)) == 2


def test_what_was_there_before_is_judged_a_duplicate_of_it():
    desk = Desk(is_new=False)
    told = desk.dropping.take_in(f"{FOLDER}/a.json", "v1")
    assert desk.verdicts == [told]
    assert (told.verdict, told.batch, told.faults) == ("duplicate", "b1", ())


def test_what_cannot_be_kept_at_this_moment_has_no_verdict_and_comes_again():
    desk = Desk(error=TryAgain())
    with pytest.raises(TryAgain):
        desk.dropping.take_in(f"{FOLDER}/a.json", "v1")
    assert desk.verdicts == []


@pytest.mark.parametrize(
    ("folder", "data", "rule"),
    [
        (FOLDER, None, "gone"),
        (FOLDER, b"{", "unreadable"),
        (FOLDER.replace("emc", "other"), FILE, "folder"),
        (f"figures/{CITY}", FILE, "folder"),
    ],
)
def test_what_is_refused_has_its_verdict_and_why(folder, data, rule):
    desk = Desk(data)
    told = desk.dropping.take_in(f"{folder}/a.json", "v1")
    assert desk.verdicts == [told]
    assert (told.verdict, told.batch, [each.rule for each in told.faults]) == ("refused", "", [rule])
    assert desk.taken == []


@pytest.mark.parametrize("key", ["figures/a.json", "figures//a.json", "figures", f"drops/{CITY}/a.json"])
def test_what_stands_in_no_agencys_folder_is_nobodys(key):
    desk = Desk()
    assert desk.dropping.take_in(key, "v1") is None
    assert (desk.asked, desk.verdicts) == ([], [])


def test_the_name_of_a_file_is_kept_as_far_as_it_is_read():
    told = Desk().dropping.take_in(f"figures/{CITY}/{'x' * 299}y{'z' * 9}", "v1")
    assert told.file == "x" * 299 + "y"


def parts(system="one-stop", dialect="emc", version="3", period="2026-10"):
    return ["figures", CITY, system, dialect, version, period, "a.csv"]


@pytest.mark.parametrize(
    ("change", "head"),
    [
        ({}, Head(CITY, "one-stop", "emc", 3, "2026-10")),
        ({"period": "all"}, Head(CITY, "one-stop", "emc", 3, "")),
        ({"system": "a" * 40}, Head(CITY, "a" * 40, "emc", 3, "2026-10")),
        ({"system": "1"}, Head(CITY, "1", "emc", 3, "2026-10")),
        ({"version": "9" * 15}, Head(CITY, "one-stop", "emc", 10**15 - 1, "2026-10")),
        ({"dialect": "portal_sync"}, Head(CITY, "one-stop", "portal_sync", 3, "2026-10")),
    ],
)
def test_a_folder_says_whose_its_files_are(change, head):
    assert head_of(parts(**change)) == head


@pytest.mark.parametrize(
    "change",
    [
        {"system": "a" * 41},
        {"system": "-a"},
        {"system": "A"},
        {"system": ""},
        {"version": "1" + "0" * 15},
        {"version": "0"},
        {"version": "01"},
        {"version": "-1"},
        {"version": ""},
        {"dialect": ""},
    ],
)
def test_a_folder_that_says_something_else_is_none(change):
    with pytest.raises(BodyInvalid) as caught:
        head_of(parts(**change))
    assert [(each.pointer, each.rule) for each in caught.value.fields] == [("", "folder")]
    assert "portal_report|portal_sync|emc" in caught.value.fields[0].message_en
    for more in (parts()[:-1], [*parts(), "b.csv"]):
        with pytest.raises(BodyInvalid):
            head_of(more)


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.csv", "text/csv"),
        ("9.json", "application/json"),
        (f"{'a' * 80}.csv", "text/csv"),
        ("A.b_c-d.csv", "text/csv"),
    ],
)
def test_a_form_is_for_a_plain_name_in_the_folder_of_who_asks(name, media):
    who = SimpleNamespace(agency="H02")
    post, key = Desk().dropping.admit(who, Head(CITY, "one-stop", "emc", 3, "2026-10"), name)
    assert key == post.key == f"figures/H02/one-stop/emc/3/2026-10/{name}"
    assert post.fields == {"Content-Type": media}
    own = Desk().dropping.admit(who, Head(CITY, "one-stop", "portal_report", 3, ""), name)[1]
    assert own == f"figures/H02/one-stop/portal_report/3/all/{name}", "where rows say their own period"


@pytest.mark.parametrize("name", [f"{'a' * 81}.csv", ".csv", "_.csv", "-a.csv", "a.CSV", "a.csv ", "a.csv\n", "ă.csv"])
def test_a_name_that_is_not_plain_has_no_form(name):
    with pytest.raises(BodyInvalid) as caught:
        Desk().dropping.admit(SimpleNamespace(agency="H02"), Head(CITY, "one-stop", "emc", 3, ""), name)
    assert [(each.pointer, each.rule) for each in caught.value.fields] == [("/file", "file_kind")]
