"""A personal number is one officer's of an agency; an administrator gives or changes it by two, a token by itself."""

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.demo import story
from infra.demo.client import Client
from tests.http.test_agency_above import Commune, task
from tests.http.test_petition_guards import decide, deletion, ended, propose
from tests.http.test_staff import LONG_AGO, file, today
from tests.support.asserts import problem


@pytest.fixture(scope="module")
def commune(cloud, where):
    return Commune(cloud, where)


def fresh():
    return story.somebody()["personal_id"]


def body(commune, subject, number, *roles):
    held = [{"role": role, "valid_from": LONG_AGO} for role in roles or ("reception",)]
    return {"subject": f"{subject}-{commune.agency}", "name": "Lý Oanh", "roles": held, "personal_id": number}


def path_of(commune, subject):
    return f"/v1/officers/{commune.ids[f'{subject}-{commune.agency}']}"


def given(commune, who, subject, number):
    """An administrator gives an officer a number."""
    path = path_of(commune, subject)
    version = who.get(path).ok().body["version"]
    return who.call("PATCH", path, {"personal_id": number}, version=version)


def confirmed(commune, who, subject):
    path = path_of(commune, subject)
    return who.post(f"{path}/confirmation", {"version": who.get(path).ok().body["version"]})


def enrolled(commune, subject, number):
    """An officer whom one administrator enrolled and another one confirmed."""
    made = commune.chief.post("/v1/officers", body(commune, subject, number)).ok(201).body
    commune.ids[made["subject"]] = made["id"]
    return confirmed(commune, commune.second, subject).ok().body


# --- one person, one account ----------------------------------------------------------------------------------------


def test_one_number_is_not_enrolled_twice_in_an_agency(commune):
    number = fresh()
    commune.officer("mot", "reception", number=number)
    told = problem(commune.chief.post("/v1/officers", body(commune, "hai", number)), 409, "number_taken")
    assert told["officer"] == commune.ids[f"mot-{commune.agency}"]
    assert number not in str(told)
    row = {"subject": f"tep2-{commune.agency}", "name": "Lý Oanh", "roles": "reception", "valid_from": LONG_AGO}
    taken = commune.chief.post("/v1/officers/import", {"rows": [row | {"personal_id": number}]}).ok().body["rows"]
    assert [(each["verdict"], each["code"]) for each in taken] == [("refused", "number_taken")]


def test_a_number_that_a_colleague_has_is_given_to_nobody(commune):
    number = fresh()
    commune.officer("ba", "reception", number=number)
    commune.officer("bon", "reception")
    commune.officer("nam", "reception", number=fresh())
    for subject in ("bon", "nam"):
        problem(given(commune, commune.chief, subject, number), 409, "number_taken")


def test_a_number_that_a_colleagues_token_says_is_given_to_nobody_else(cloud, where, commune, small_scan):
    number = fresh()
    commune.officer("sau", "reception")
    commune.officer("bay", "reception")
    said = Client.login(
        where, sub=f"sau-{commune.agency}", kind="OFFICER", name="Lý Oanh", agency=commune.agency, personal_id=number
    )
    _, reference = commune.filed(small_scan)
    story.complete(said, task(reference, "receive"), "accepted").ok()
    cloud.wait_idle()
    problem(given(commune, commune.chief, "bay", number), 409, "number_taken")


def seen_as(commune, who, subject):
    """What the list says of an officer, by their record and by the lists of whose token says another number."""
    differs = who.get(path_of(commune, subject)).ok().body["number_differs"]
    name = commune.ids[f"{subject}-{commune.agency}"]
    for asked in (True, False):
        listed = story.listed(who, f"/v1/officers?number_differs={str(asked).lower()}&", "officers")
        assert (name in {each["id"] for each in listed}) is (differs is asked)
    return differs


def test_administrators_see_whose_token_says_another_number_than_their_list(cloud, where, commune, small_scan):
    """By it the officer was somebody else at each act, and nobody heard."""
    number, other = fresh(), fresh()

    def acts(subject, said):
        _, reference = commune.filed(small_scan)
        claims = {"sub": f"{subject}-{commune.agency}", "name": "Lý Oanh", "agency": commune.agency}
        desk = Client.login(where, kind="OFFICER", **claims, personal_id=said)
        story.complete(desk, task(reference, "receive"), "accepted").ok()
        cloud.wait_idle()

    for subject, kept in (("lech-mot", number), ("lech-hai", None), ("lech-ba", None)):
        commune.officer(subject, "reception", number=kept)
    assert not seen_as(commune, commune.chief, "lech-mot"), "its token says none"
    acts("lech-mot", number)
    assert not seen_as(commune, commune.chief, "lech-mot"), "the same"
    acts("lech-mot", other)
    for who in (commune.chief, commune.second):
        assert seen_as(commune, who, "lech-mot")
    acts("lech-hai", fresh())
    assert not seen_as(commune, commune.chief, "lech-hai"), "the list has none"
    acts("lech-ba", fresh())
    given(commune, commune.chief, "lech-ba", fresh()).ok()
    assert seen_as(commune, commune.second, "lech-ba"), "and who would confirm another one is told before"
    given(commune, commune.chief, "lech-mot", other).ok()
    confirmed(commune, commune.second, "lech-mot").ok()
    cloud.wait_idle()
    assert not seen_as(commune, commune.chief, "lech-mot"), "two said that the token is right"
    acts("lech-mot", number)
    assert not seen_as(commune, commune.chief, "lech-mot"), "the former one is known"


def test_who_left_leaves_their_number_and_another_agency_may_have_the_same_person(cloud, where, commune):
    number = fresh()
    commune.officer("tam", "reception", number=number)
    commune.officer("chin", "reception")
    commune.leave(f"tam-{commune.agency}", f"chin-{commune.agency}").ok()
    cloud.wait_idle()
    enrolled(commune, "muoi", number)
    problem(commune.chief.post("/v1/officers", body(commune, "tam", number)), 409, "number_taken")
    other = Commune(cloud, where)
    enrolled(other, "mot", number)


def test_who_leaves_tomorrow_has_their_number_today(cloud, commune):
    number = fresh()
    commune.officer("mai", "reception", number=number)
    commune.officer("kia", "reception")
    commune.leave(f"mai-{commune.agency}", f"kia-{commune.agency}", today(1)).ok()
    cloud.wait_idle()
    problem(commune.chief.post("/v1/officers", body(commune, "nay", number)), 409, "number_taken")


def test_of_two_who_are_enrolled_with_one_number_at_once_one_is_confirmed(commune):
    number = fresh()
    for who, subject in ((commune.chief, "dua1"), (commune.second, "dua2")):
        made = who.post("/v1/officers", body(commune, subject, number)).ok(201).body
        commune.ids[made["subject"]] = made["id"]
    confirmed(commune, commune.second, "dua1").ok()
    told = confirmed(commune, commune.chief, "dua2")  # before the bus told anybody
    problem(told, 409, "number_taken")


# --- a first number -------------------------------------------------------------------------------------------------


@pytest.fixture
def _before_the_day(monkeypatch):
    """The stage's day has not come, so who has no number decides what one officer decides."""
    monkeypatch.setenv("MOTCUA_OFFICERS_KNOWN_FROM", "2099-01-01")


def proposed_erasure(commune, where):
    """A petition of which two leaders whose numbers are known ended and proposed to erase: a third one confirms it."""
    me = story.citizen(where, **story.somebody())
    ending, proposing = (commune.officer(f"lanh-dao-{fresh()}", "leader", number=fresh()) for _ in range(2))
    name = ended(ending, me, agency=commune.agency)
    propose(proposing, name, deletion(me, commune.agency)).ok()
    return name


def says_second_unknown(answer):
    assert problem(answer, 403, "second_unknown")["whose"] == "second"


@pytest.mark.usefixtures("_before_the_day")
def test_a_number_that_one_administrator_alone_gave_makes_no_second_person(cloud, where, commune):
    name = proposed_erasure(commune, where)
    straw = commune.officer("rom", "leader")
    says_second_unknown(decide(straw, name))
    seen = given(commune, commune.chief, "rom", fresh()).ok().body
    assert (seen["waits"], seen["number_waits"], seen["number_known"]) == (True, True, False)
    listed = story.listed(commune.chief, "/v1/officers?number_known=false&", "officers")
    assert {each["id"]: each["number_waits"] for each in listed}[seen["id"]]
    cloud.wait_idle()
    says_second_unknown(decide(straw, name))
    problem(confirmed(commune, commune.chief, "rom"), 403, "same_person")
    seen = confirmed(commune, commune.second, "rom").ok().body
    assert (seen["waits"], seen["number_waits"], seen["number_known"]) == (False, False, True)
    cloud.wait_idle()
    decide(straw, name).ok()


@pytest.mark.usefixtures("_before_the_day")
def test_a_file_of_one_administrator_makes_no_second_person_and_one_of_who_operates_the_service_does(
    cloud, where, commune, tmp_path
):
    name = proposed_erasure(commune, where)
    straw = commune.officer("rom-tep", "leader")
    row = {"subject": f"rom-tep-{commune.agency}", "name": "Rơm", "roles": "leader", "valid_from": LONG_AGO}
    number = fresh()
    for verdict in ("proposed", "unchanged"):
        (told,) = commune.chief.post("/v1/officers/import", {"rows": [row | {"personal_id": number}]}).ok().body["rows"]
        assert told["verdict"] == verdict
    cloud.wait_idle()
    says_second_unknown(decide(straw, name))
    given_file = tmp_path / "staff.csv"
    given_file.write_text(f"{','.join(row)},personal_id\n{','.join(row.values())},{number}\n", "utf-8")
    command = ["officers", "import", str(given_file), "--agency", commune.agency, "--where", file(where)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    seen = commune.chief.get(path_of(commune, "rom-tep")).ok().body
    assert (seen["waits"], seen["number_known"]) == (False, True)
    cloud.wait_idle()
    decide(straw, name).ok()


@pytest.mark.usefixtures("_before_the_day")
def test_what_an_accounts_own_token_says_counts_while_a_number_waits(cloud, where, commune):
    name = proposed_erasure(commune, where)
    commune.officer("co-the", "leader")
    assert given(commune, commune.chief, "co-the", fresh()).ok().body["number_waits"]
    cloud.wait_idle()
    claims = {"sub": f"co-the-{commune.agency}", "name": "Lý Oanh", "agency": commune.agency, "personal_id": fresh()}
    decide(Client.login(where, kind="OFFICER", **claims), name).ok()


def test_nobody_confirms_a_number_of_their_own_for_another_account(where, commune):
    number = fresh()
    commune.officer("rom-hai", "reception")
    given(commune, commune.chief, "rom-hai", number).ok()
    claims = {"sub": f"second-{commune.agency}", "name": "Lý Oanh", "agency": commune.agency, "personal_id": number}
    problem(confirmed(commune, Client.login(where, kind="OFFICER", **claims), "rom-hai"), 403, "same_person")
    confirmed(commune, commune.second, "rom-hai").ok()


# --- a number that is there already ---------------------------------------------------------------------------------


def test_one_administrator_alone_does_not_change_a_number(cloud, commune, small_scan):
    number, other = fresh(), fresh()
    desk = commune.officer("doi", "reception", number=number)
    seen = given(commune, commune.chief, "doi", other).ok().body
    assert (seen["waits"], seen["number_waits"]) == (True, True)
    cloud.wait_idle()
    _, own = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    problem(story.complete(desk, task(own, "receive"), "accepted"), 403, "own_dossier")
    problem(confirmed(commune, commune.chief, "doi"), 403, "same_person")
    seen = confirmed(commune, commune.second, "doi").ok().body
    assert (seen["waits"], seen["number_waits"]) == (False, False)
    cloud.wait_idle()
    for mine in (number, other):
        _, reference = commune.filed(small_scan, personal_id=mine, sub=f"citizen-{mine}-b")
        problem(story.complete(desk, task(reference, "receive"), "accepted"), 403, "own_dossier")
    _, reference = commune.filed(small_scan)
    story.complete(desk, task(reference, "receive"), "accepted").ok()


def test_the_same_number_again_takes_a_proposal_back(commune):
    number = fresh()
    commune.officer("dau", "reception", number=number)
    seen = given(commune, commune.chief, "dau", fresh()).ok().body
    assert (seen["number_waits"], seen["number_known"]) == (True, True), "the one that is there counts meanwhile"
    assert not given(commune, commune.second, "dau", number).ok().body["number_waits"]
    problem(confirmed(commune, commune.second, "dau"), 409, "nothing_to_confirm")


def test_a_file_changes_no_number_alone_either(commune):
    commune.officer("te", "reception")
    row = {"subject": f"te-{commune.agency}", "name": "Cán bộ tệp", "roles": "reception", "valid_from": LONG_AGO}

    def taken(number):
        rows = [row | {"personal_id": number}]
        return commune.chief.post("/v1/officers/import", {"rows": rows}).ok().body["rows"][0]["verdict"]

    assert taken(fresh()) == "proposed"
    confirmed(commune, commune.second, "te").ok()
    assert taken(fresh()) == "proposed"


def test_who_comes_back_under_another_number_has_it_confirmed(cloud, commune):
    number = fresh()
    commune.officer("ve", "reception", number=number)
    commune.officer("giu", "reception")
    commune.leave(f"ve-{commune.agency}", f"giu-{commune.agency}").ok()
    cloud.wait_idle()
    back = commune.chief.post("/v1/officers", body(commune, "ve", fresh())).ok(201).body
    assert back["number_waits"]


def test_a_number_that_waits_is_nobody_elses(commune):
    wanted = fresh()
    commune.officer("cho", "reception", number=fresh())
    given(commune, commune.chief, "cho", wanted).ok()
    enrolled(commune, "giua", wanted)
    problem(confirmed(commune, commune.second, "cho"), 409, "number_taken")
