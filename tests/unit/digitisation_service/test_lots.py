"""A folder of files and a manifest: in any order, all are taken in or none, and what is wrong is said by name."""

import itertools
import json
from copy import replace
from hashlib import sha256

import pytest

from chalicelib.digitisation.arrivals import arrival_of
from chalicelib.digitisation.lots.manifests import MOST, Line, lines_of, lot_of
from chalicelib.digitisation.lots.taking import Lots
from chalicelib.digitisation.model import Refused
from chalicelib.digitisation.store import DropTable
from tests.fakes import people
from tests.support.hostile_set import good
from tests.support.signed import changed, signed
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, Says


@pytest.fixture
def hall(tables):
    return Hall(tables)


def at(name):
    return f"drops/{AGENCY}/lots/lo-1/{name}"


def manifest(*lines):
    return json.dumps(
        {"files": [dict(zip(("file", "dossier", "component", "sha256"), line, strict=False)) for line in lines]}
    ).encode()


def verdicts(hall):
    """What each object's verdict is, by its name."""
    found = [(d.key.rpartition("/")[2], d.reason_code) for d in hall.refused()]
    return dict(found) | {d.key.rpartition("/")[2]: "taken" for d in hall.drops("taken")}


@pytest.mark.parametrize("order", [*itertools.permutations(("a.jpg", "b.jpg", "manifest.json"))], ids=str)
def test_whatever_comes_last_takes_them_all_in(hall, order):
    one, other = hall.open(), hall.open()
    given = {
        "a.jpg": good(1),
        "b.jpg": good(2),
        "manifest.json": manifest(("a.jpg", one, people.RESIDENCE), ("b.jpg", other, people.BIRTH_NOTICE)),
    }
    for name in order[:2]:
        hall.arrive(at(name), given[name])
    assert (hall.components(one), hall.components(other)) == ((), ())
    assert set(verdicts(hall).values()) <= {"awaits_manifest", "manifest_incomplete"}
    version = hall.arrive(at(order[2]), given[order[2]])
    assert [c.code for c in hall.components(one)] == [people.RESIDENCE]
    assert [c.code for c in hall.components(other)] == [people.BIRTH_NOTICE]
    assert verdicts(hall) == dict.fromkeys(given, "taken")
    assert all(drop.reason_code is None for drop in hall.drops("taken"))
    hall.intake.take_in(at(order[2]), version)
    assert len(hall.components(one)) == 1


def test_columns_say_the_same_as_json(hall):
    one = hall.open()
    hall.arrive(at("manifest.csv"), f"\ufefffile,dossier,component\r\na.jpg,{one},{people.RESIDENCE}\r\n".encode())
    hall.arrive(at("a.jpg"), good(1))
    assert [c.code for c in hall.components(one)] == [people.RESIDENCE]


def lies(one):
    wrong = "0" * 64
    return {
        "a file that is not there": (manifest(("a.jpg", one), ("c.jpg", one)), "manifest_incomplete"),
        "a file twice": (manifest(("a.jpg", one), ("a.jpg", one)), "bad_manifest"),
        "the same file in other letters": (manifest(("a\u0300.jpg", one), ("\u00e0.jpg", one)), "bad_manifest"),
        "itself": (manifest(("a.jpg", one), ("manifest.json", one)), "bad_manifest"),
        "no file": (manifest(), "bad_manifest"),
        "too many": (manifest(*((f"{n}.jpg", one) for n in range(MOST + 1))), "bad_manifest"),
        "another shape": (b'{"files": [{"file": "a.jpg"}]}', "bad_manifest"),
        "a field of its own": (b'{"files": [], "run": "x"}', "bad_manifest"),
        "no JSON": (b"<xml/>", "bad_manifest"),
        "no letters": (b"\xff\xfe", "bad_manifest"),
        "a dossier that is none": (manifest(("a.jpg", one), ("b.jpg", "MC-0000000000009999")), "no_dossier"),
        "a component that is none": (manifest(("a.jpg", one), ("b.jpg", one, "X-1")), "bad_manifest"),
        "another hash": (manifest(("a.jpg", one), ("b.jpg", one, "", wrong)), "bad_manifest"),
    }


@pytest.mark.parametrize("lie", lies("MC-1"))
def test_a_manifest_that_cannot_be_followed_takes_nothing(hall, lie):
    one = hall.open()
    data, code = lies(one)[lie]
    hall.arrive(at("a.jpg"), good(1))
    hall.arrive(at("b.jpg"), good(2))
    hall.arrive(at("manifest.json"), data)
    assert hall.components(one) == ()
    assert verdicts(hall) == {"a.jpg": "awaits_manifest", "b.jpg": "awaits_manifest", "manifest.json": code}
    hall.arrive(at("manifest.json"), manifest(("a.jpg", one, "", sha256(good(1)).hexdigest()), ("b.jpg", one)))
    assert len(hall.components(one)) == 2, "a better one is followed"


@pytest.mark.parametrize("bad", [b"no picture", changed(signed())], ids=["no picture", "a broken signature"])
def test_a_file_that_is_refused_keeps_its_lot_back_until_a_better_one_comes(hall, bad):
    one = hall.open()
    hall.arrive(at("a.jpg"), good(1))
    hall.arrive(at("b.jpg"), bad)
    hall.arrive(at("manifest.json"), manifest(("a.jpg", one), ("b.jpg", one)))
    assert hall.components(one) == ()
    assert verdicts(hall)["manifest.json"] == "manifest_incomplete"
    hall.arrive(at("b.jpg"), good(2))
    assert len(hall.components(one)) == 2


def test_a_secret_paper_goes_out_of_the_bucket_and_nothing_of_its_lot_is_taken(tables):
    hall = Hall(tables, exemption="secret")
    one = hall.open()
    hall.arrive(at("a.jpg"), good(1))
    hall.arrive(at("manifest.json"), manifest(("a.jpg", one, people.RESIDENCE)))
    assert hall.components(one) == ()
    assert [name for name, _ in hall.files()] == [at("manifest.json")]
    assert verdicts(hall) == {"a.jpg": "secret", "manifest.json": "secret"}


def test_whoever_dies_over_a_secret_paper_of_a_lot_has_told_of_it_before_it_goes(tables, monkeypatch):
    hall = Hall(tables, exemption="secret")
    one, real, fails = hall.open(), hall.intake.files.remove, [True]

    def remove(key, version):
        if fails and fails.pop():
            raise KeyboardInterrupt
        real(key, version)

    monkeypatch.setattr(type(hall.intake.files), "remove", lambda _, key, version: remove(key, version))
    hall.arrive(at("a.jpg"), good(1))
    lot = manifest(("a.jpg", one, people.RESIDENCE))
    with pytest.raises(KeyboardInterrupt):
        hall.arrive(at("manifest.json"), lot)
    assert verdicts(hall) == {"a.jpg": "secret"}
    (_, version), *_ = [(name, version) for name, version in hall.files() if name == at("manifest.json")]
    hall.intake.take_in(at("manifest.json"), version)
    assert verdicts(hall) == {"a.jpg": "secret", "manifest.json": "secret"}
    assert [name for name, _ in hall.files()] == [at("manifest.json")]


def test_a_worker_that_died_in_between_goes_on_where_it_was(hall, monkeypatch):
    one = hall.open()
    hall.arrive(at("a.jpg"), good(1))
    hall.arrive(at("b.jpg"), good(2))
    real, calls = DropTable.took, []

    def dies(self, drop, now):
        calls.append(drop)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, drop, now)

    monkeypatch.setattr(DropTable, "took", dies)
    version = hall.tables.upload("INTAKE", at("manifest.json"), manifest(("a.jpg", one), ("b.jpg", one)))
    with pytest.raises(KeyboardInterrupt):
        hall.intake.take_in(at("manifest.json"), version)
    assert len(hall.components(one)) == 1
    hall.intake.take_in(at("manifest.json"), version)
    assert len(hall.components(one)) == 2
    assert set(verdicts(hall).values()) == {"taken"}


def test_what_a_manifest_does_not_name_goes_on_waiting(hall):
    one = hall.open()
    for name, number in (("a.jpg", 1), ("z.jpg", 2)):
        hall.arrive(at(name), good(number))
    hall.arrive(at("manifest.json"), manifest(("a.jpg", one)))
    assert verdicts(hall) == {"a.jpg": "taken", "manifest.json": "taken", "z.jpg": "awaits_manifest"}


# --- what no lot takes -----------------------------------------------------------------------------------------------


@pytest.fixture
def quick(tables):
    """A hall that opens nothing: whatever arrives is one good page."""
    made = Hall(tables)
    made.intake = replace(made.intake, opener=Says())
    return made


@pytest.mark.parametrize("where", ["of another agency", "decided", "a draft"])
def test_a_lot_reaches_no_dossier_that_a_single_drop_would_not(quick, where):
    mine, other = quick.open(), quick.draft() if where == "a draft" else quick.open()
    if where == "of another agency":
        quick.move(other, agency=OTHER_AGENCY)
    elif where == "decided":
        quick.move(other, state=9)
    quick.arrive(at("a.jpg"), b"a")
    quick.arrive(at("b.jpg"), b"b")
    quick.arrive(at("manifest.json"), manifest(("a.jpg", mine), ("b.jpg", other)))
    assert (quick.components(mine), quick.components(other)) == ((), ())
    assert verdicts(quick)["manifest.json"] == "no_dossier"


@pytest.mark.parametrize("component", ["KQ003785", people.RESIDENCE.lower()])
def test_a_component_is_named_by_its_whole_code(quick, component):
    one = quick.open()
    quick.arrive(at("a.jpg"), b"a")
    quick.arrive(at("manifest.json"), manifest(("a.jpg", one, component)))
    assert (quick.components(one), verdicts(quick)["manifest.json"]) == ((), "bad_manifest")


def test_a_file_of_which_a_manifest_says_no_component_is_known_by_its_name(quick):
    one = quick.open()
    quick.arrive(at("KQ003785 cu tru.jpg"), b"a")
    quick.arrive(at("manifest.json"), manifest(("KQ003785 cu tru.jpg", one)))
    assert [c.code for c in quick.components(one)] == [people.RESIDENCE]


def test_a_file_of_which_there_is_no_verdict_yet_is_not_taken_in(quick):
    """It may be in quarantine, or its event on the way; its own verdict takes the lot up."""
    one = quick.open()
    version = quick.tables.upload("INTAKE", at("a.jpg"), b"a")
    quick.arrive(at("manifest.json"), manifest(("a.jpg", one)))
    assert (quick.components(one), verdicts(quick)) == ((), {"manifest.json": "manifest_incomplete"})
    quick.intake.take_in(at("a.jpg"), version)
    assert len(quick.components(one)) == 1


def test_a_manifest_is_followed_once_whatever_comes_under_its_names_later(quick):
    one = quick.open()
    quick.arrive(at("a.jpg"), b"a")
    quick.arrive(at("manifest.json"), manifest(("a.jpg", one)))
    (component,) = quick.components(one)
    quick.arrive(at("a.jpg"), b"another")
    assert quick.components(one) == (component,)
    assert [drop.reason_code for drop in quick.refused()] == ["awaits_manifest"]


def test_a_manifest_that_cannot_be_followed_is_not_followed_when_another_file_comes(quick):
    one = quick.open()
    quick.arrive(at("a.jpg"), b"a")
    quick.arrive(at("manifest.json"), manifest(("a.jpg", one, "", sha256(b"another").hexdigest())))
    quick.arrive(at("a.jpg"), b"another")
    assert (quick.components(one), verdicts(quick)["manifest.json"]) == ((), "bad_manifest")


def test_a_worker_that_died_before_the_lot_was_looked_at_is_made_good_by_the_next_delivery(quick, monkeypatch):
    one = quick.open()
    quick.arrive(at("manifest.json"), manifest(("a.jpg", one)))
    version = quick.tables.upload("INTAKE", at("a.jpg"), b"a")
    with monkeypatch.context() as dying:
        dying.setattr(Lots, "complete", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            quick.intake.take_in(at("a.jpg"), version)
    assert (quick.components(one), verdicts(quick)["a.jpg"]) == ((), "awaits_manifest")
    quick.intake.take_in(at("a.jpg"), version)
    assert len(quick.components(one)) == 1


def test_a_file_that_was_taken_out_of_its_folder_is_not_there(quick):
    one = quick.open()
    quick.arrive(at("a.jpg"), b"a")
    quick.tables.client("s3").delete_object(Bucket="intake", Key=at("a.jpg"))
    quick.arrive(at("manifest.json"), manifest(("a.jpg", one)))
    assert (quick.components(one), verdicts(quick)["manifest.json"]) == ((), "manifest_incomplete")


# --- pure ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "lot"),
    [
        (f"drops/{AGENCY}/lots/lo-1/a.jpg", "lo-1"),
        (f"drops/{AGENCY}/lots/lo-1/deep/a.jpg", None),
        (f"drops/{AGENCY}/lots/a.jpg", None),
        (f"drops/{AGENCY}/lots//a.jpg", None),
        (f"drops/{AGENCY}/other/lo-1/a.jpg", None),
    ],
)
def test_a_lot_is_a_folder_of_its_own_and_has_none_in_it(key, lot):
    assert lot_of(arrival_of(key, "v1")) == lot


def named(count, pad=0):
    """A manifest of so many files, so many bytes longer than it need be."""
    return json.dumps({"files": [{"file": f"{n}.jpg", "dossier": "MC-1"} for n in range(count)]}).encode() + b" " * pad


def test_a_manifest_may_name_as_many_files_as_are_opened_in_one_go_and_be_a_megabyte_long():
    whole = named(MOST, (1 << 20) - len(named(MOST)))
    assert [line.file for line in lines_of("manifest.json", whole)] == [f"{n}.jpg" for n in range(MOST)]
    for data in (whole + b" ", named(MOST + 1), named(0)):
        with pytest.raises(Refused) as refused:
            lines_of("manifest.json", data)
        assert refused.value.code == "bad_manifest"


@pytest.mark.parametrize(
    "rows", ["", "a.jpg", 'a.jpg,"MC-1', "a.jpg,MC-1,more", ",MC-1", "deep/,MC-1", "manifest.csv,MC-1"]
)
def test_columns_that_cannot_be_followed_are_refused_as_json_is(rows):
    assert lines_of("manifest.csv", b"file,dossier\na.jpg,MC-1\n") == (Line(file="a.jpg", dossier="MC-1"),)
    with pytest.raises(Refused) as refused:
        lines_of("manifest.csv", f"file,dossier\n{rows}\n".encode())
    assert refused.value.code == "bad_manifest"
