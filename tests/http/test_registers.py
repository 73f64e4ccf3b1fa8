"""Registers over HTTP: the local stage's own, which is slow, down, or says otherwise; and what leaves a line where."""

import itertools
import json

import pytest
import requests

from chalicelib.identity.registers.settings import MOST_SECONDS, SECONDS
from chalicelib.kernel import aws
from chalicelib.kernel.ids import keyed_hash
from infra.demo import story
from infra.demo.client import Answer, Client
from tests.support.asserts import problem, same_shape
from tests.support.world import officer_of, tables

AT = "2026-07-01T00:00:00+07:00"
BORN, CHILD_BORN = "1988-02-03", "2020-05-05"
_serials = itertools.count(1)


class Family:
    """A parent and a child nobody else in this run has, as the population register has them."""

    def __init__(self, where):
        self.where = where
        claims = story.somebody()
        self.claims = {**story.CITIZEN, **claims, "name": "Phạm Thị Sổ Bộ"}
        self.number, self.child = claims["personal_id"], f"0863209{next(_serials):05d}"
        self.parent = Client.login(where, **self.claims)
        self.keep()

    def keep(self, **child):
        """Put both into the register."""
        parent = person(self.number, self.claims["name"], BORN, **{"residence.address": "Thôn 3"})
        kept = person(self.child, "Phạm Sổ Con", CHILD_BORN, parents=[self.number], **child)
        put(self.where, "data", {"people": [parent, kept]})

    def body(self, **changes):
        """What names the child."""
        told = {"ground": "parent", "name": "Phạm Sổ Con", "born_on": CHILD_BORN, "personal_id": self.child}
        return {**told, **changes}

    def login_child(self):
        """The child, with an account of their own."""
        return Client.login(
            self.where, sub=f"child-{self.child}", kind="CITIZEN", name="Phạm Sổ Con", level=1, personal_id=self.child
        )


def person(number, name, born_on, **more):
    known = {"person.personal_id": number, "person.full_name": name, "person.born_on": born_on}
    return {**known, "person.sex": "Nữ", "at": AT, **more}


def put(where, path, body):
    answer = requests.put(f"{where['registers']}/{path}", json=body, timeout=60)
    assert answer.status_code == 200, answer.text


@pytest.fixture(autouse=True)
def patience(cloud, monkeypatch):
    """`patience(1)`: registers are waited for so long; else as long as can be: a busy machine is none that is slow."""

    def wait(seconds):
        monkeypatch.setenv(SECONDS.name, str(seconds))

    wait(MOST_SECONDS)
    return wait


@pytest.fixture
def family(where):
    return Family(where)


@pytest.fixture
def behave(where):
    """`behave(population="slow")` until the test's end."""

    def do(**ways):
        put(where, "control", ways)

    yield do
    do(population="well", business="well", land="well")


def impatient(client, path, body, key):
    """A POST that does not come again, whatever `Retry-After` says."""
    headers = {"Authorization": f"Bearer {client.token}", "Idempotency-Key": key}
    answer = requests.post(client.where["url"] + path, json=body, headers=headers, timeout=60)
    return Answer(answer.status_code, answer.headers, answer.json())


def lines(client):
    return client.get("/v1/vault/access").ok().body["lines"]


def ledger_of(where, number):
    return aws.query(where["table.Ledgers"], f"LEDGER#{keyed_hash('holder', number)}", "EVENT#")


def test_a_parent_is_confirmed_and_both_see_it(family):
    made = family.parent.post("/v1/representations", family.body()).ok(201)
    body = made.body
    assert (body["kind"], body["status"], body["side"], body["represented"]) == (
        "parent", "active", "representative", "Phạm Sổ Con"
    )  # fmt: skip
    assert (body["closes"], body["acting"], body["register_name"]) == (
        "2038-05-05T00:00:00+07:00", "minor_with_consent", "population"
    )  # fmt: skip
    assert body["warnings"] == []
    path = f"/v1/representations/{body['id']}"
    for who, side in ((family.parent, "representative"), (family.login_child(), "represented")):
        assert who.get(path).ok().body["side"] == side
        assert [each["id"] for each in who.get("/v1/representations").ok().body["representations"]] == [body["id"]]
    ended = family.parent.post(f"{path}/end", {}).ok().body
    assert (ended["status"], ended["ended_why"]) == ("ended", "representative")
    problem(family.login_child().post(f"{path}/end", {}), 403, "not_allowed")


def test_the_child_reads_in_the_ledger_that_the_register_was_asked_and_for_what(family):
    family.parent.post("/v1/representations", family.body()).ok(201)
    (line,) = lines(family.login_child())
    assert (line["act"], line["by"], line["officer"], line["document"]) == (
        "asked", "person", None, "register.population"
    )  # fmt: skip
    assert line["asked"]["fields"] == ["relation.parent"]
    assert line["asked"]["use"] == "representation"
    assert line["asked"]["purpose"]
    text = json.dumps(line, ensure_ascii=False)
    assert not [value for value in (family.number, family.child, family.claims["name"]) if value in text]


@pytest.mark.parametrize("way", ["down", "slow", "nonsense"])
def test_a_register_that_gives_no_answer_is_told_with_its_reason_and_leaves_nothing(
    cloud, where, family, behave, patience, way
):
    if way == "slow":  # it answers nobody before it behaves again
        patience(1)
    behave(population=way)
    cloud.wait_idle()
    before = tables(where)["Identity"]
    asked = {"procedure": story.PROCEDURE, "born_on": BORN}
    for path, body in (("/v1/representations", family.body()), ("/v1/me/register", asked)):
        answer = impatient(family.parent, path, body, key="again")
        told = problem(answer, 503, "register_unavailable")
        assert (told["register"], told["reason"]) == ("population", {"nonsense": "unreadable"}.get(way, way))
        assert answer.headers["Retry-After"] == "60"
    assert tables(where)["Identity"] == before
    behave(population="well")
    patience(MOST_SECONDS)
    family.parent.post("/v1/representations", family.body(), key="again").ok(201)


def test_guessing_whether_a_person_exists_is_one_shape_and_the_same_calls(cloud, where, family):
    stranger = story.citizen(where, **story.somebody())
    nobody = f"0863208{next(_serials):05d}"
    cloud.wait_idle()
    before = tables(where)["Identity"]
    guesses = [
        family.body(),
        family.body(name="Phạm Sổ Cún"),
        family.body(born_on="2020-05-06"),
        family.body(personal_id=nobody),
        family.body(ground="guardian"),
    ]
    answers = [stranger.post("/v1/representations", guess) for guess in guesses]
    for answer in answers:
        problem(answer, 409, "not_its_representative")
        same_shape(answers[0], answer, 409, "not_its_representative")
    used = {
        tuple(answer.headers[f"X-Local-{name}"] for name in ("DynamoDB-Calls", "DynamoDB-Reads", "Write-Units"))
        for answer in answers
    }
    assert len(used) == 1
    assert len(ledger_of(where, nobody)) == 1, "a line is written of whoever is named"
    assert tables(where)["Identity"] == before


def test_a_register_that_says_otherwise_or_finds_no_ground_confirms_nothing(family, behave):
    for way in ("otherwise", "ground"):
        behave(population=way)
        problem(family.parent.post("/v1/representations", family.body()), 409, "not_its_representative")
    asked = {"procedure": story.PROCEDURE, "born_on": BORN, "fields": ["person.full_name"]}
    problem(family.parent.post("/v1/me/register", asked), 409, "ground_insufficient")
    behave(population="otherwise")
    said = [{"field": "person.full_name", "value": family.claims["name"]}]
    told = problem(family.parent.post("/v1/me/register", {**asked, "said": said}), 409, "register_says_otherwise")
    assert told["differences"] == ["person.full_name"]
    asked = {"procedure": story.PROCEDURE, "born_on": BORN, "fields": ["residence.address"]}
    said = [{"field": "residence.address", "value": "Thôn 3"}]
    found = family.parent.post("/v1/me/register", {**asked, "said": said}).ok().body
    assert found["differences"] == [{"field": "residence.address", "outcome": "warn"}]


def test_a_form_is_filled_with_what_is_registered_each_with_source_and_time(family):
    asked = {"procedure": story.PROCEDURE, "born_on": BORN}
    found = family.parent.post("/v1/me/register", asked).ok().body
    assert {each["field"]: each["value"] for each in found["values"]} == {
        "person.full_name": family.claims["name"],
        "person.personal_id": family.number,
        "person.birth_year": 1988,
        "residence.address": "Thôn 3",
    }
    assert {(each["source"], each["at"]) for each in found["values"]} == {("population", AT)}
    (line,) = lines(family.parent)
    assert (line["act"], line["by"]) == ("asked", "owner")
    assert set(line["asked"]["fields"]) == {each["field"] for each in found["values"]}


def test_a_field_beyond_the_registration_is_refused_by_name_before_anything_leaves(where, family):
    asked = {"procedure": story.PROCEDURE, "born_on": BORN, "fields": ["person.full_name", "person.sex"]}
    told = problem(family.parent.post("/v1/me/register", asked), 403, "field_not_registered")
    assert told["names"] == ["person.sex"]
    problem(family.parent.post("/v1/me/register", {**asked, "procedure": "9.999999"}), 403, "field_not_registered")
    assert ledger_of(where, family.number) == []


def test_a_birth_date_that_is_not_theirs_tells_nothing_of_them(family):
    told = problem(
        family.parent.post("/v1/me/register", {"procedure": story.PROCEDURE, "born_on": "1988-02-04"}),
        409,
        "register_says_otherwise",
    )
    assert (told["verdict"], told["differences"]) == ("no_match", [])


def test_former_numbers_are_joined_without_a_proof(where, family):
    old = f"0863207{next(_serials):05d}"
    parent = person(family.number, family.claims["name"], BORN, former=[old])
    put(where, "data", {"people": [parent]})
    assert family.parent.post("/v1/me/numbers", {"born_on": BORN}).ok().body == {"count": 2}
    under = aws.get(where["table.Identity"], f"ALIAS#{keyed_hash('holder', old)}", "ALIAS")
    assert under["person"] == keyed_hash("holder", family.number)


def test_a_death_ends_it_when_the_register_says_so_too(where, family):
    made = family.parent.post("/v1/representations", family.body()).ok(201).body["id"]
    desk = officer_of(where, story.AGENCY, "administrator")
    notice = {"kind": "died", "name": "Phạm Sổ Con", "born_on": CHILD_BORN, "personal_id": family.child}
    assert desk.post("/v1/registers/persons", notice).ok().body == {"is_confirmed": False, "ended": 0}
    assert family.parent.get(f"/v1/representations/{made}").ok().body["status"] == "active"
    family.keep(dead=True)
    assert desk.post("/v1/registers/persons", notice).ok().body == {"is_confirmed": True, "ended": 1}
    ended = family.parent.get(f"/v1/representations/{made}").ok().body
    assert (ended["status"], ended["ended_why"]) == ("ended", "died")
    asked = [row["data"] for row in ledger_of(where, family.child)]
    assert [line.get("officer") is None for line in asked] == [True, False, False]


def test_an_organisations_standing_is_the_registers_word(where):
    desk = officer_of(where, story.AGENCY, "administrator")
    number = f"99{next(_serials):08d}"
    row = {"number": number, "standing": "locked", "acting": [], "at": AT}
    put(where, "data", {"organisations": [row]})
    asked = {"kind": "dissolved", "organisation": number}
    assert not desk.post("/v1/registers/organisations", asked).ok().body["is_confirmed"]
    assert desk.post("/v1/registers/organisations", {**asked, "kind": "locked"}).ok().body["is_confirmed"]


def test_a_citizen_has_no_organisation_to_ask_about(citizen):
    problem(citizen.post("/v1/me/organisation", {}), 403, "organisation_needed")
