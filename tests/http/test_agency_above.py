"""A commune of which everybody who may decide is on the dossier: it goes to the agency above, and to its end."""

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.demo import story
from infra.demo.client import Client
from tests.http.test_staff import LONG_AGO, Staff, file, kept_agency, on_list, opened, person, today
from tests.support import mandated
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency
from tests.support.world import enrol, partition, ready

EVERYTHING = ["reception", "processing", "leader"]


class Commune(Staff):
    """A commune with its staff here, under an agency whose provider names its officers."""

    def __init__(self, cloud, where):
        self.above = fresh_agency()
        kept_agency(where, self.above, level="province", name="Ủy ban nhân dân cấp trên")
        agency = fresh_agency()
        opened(cloud, where, agency)
        kept_agency(where, agency, parent=self.above)
        self.signer = f"tren-{self.above}"
        names = {self.signer: "Lý Thanh Oanh", f"ky-{agency}": "Lý Thanh Oanh", f"hai-{agency}": "Lý Thanh Oanh"}
        enrol(where, {self.above: "Ủy ban nhân dân cấp trên"}, names, self.above)
        super().__init__(where, agency)
        self.cloud = cloud

    def officer(self, subject, *roles, number=None):
        """Somebody enrolled, whose number the second administrator gave; their token says none."""
        made = self.enrol(
            f"{subject}-{self.agency}", *roles, by=self.second, **({"personal_id": number} if number else {})
        )
        assert (made.body["number_known"], made.body["number_waits"]) == (False, number is not None)
        self.cloud.wait_idle()
        return self.login(f"{subject}-{self.agency}")

    def login(self, subject):
        claims = {"sub": subject, "name": f"Cán bộ {subject}", "agency": self.agency, "personal_id": None}
        return Client.login(self.where, kind="OFFICER", **claims)

    def confirm(self, subject, by=None, version=None):
        return super().confirm(subject, by=by or self.chief, version=version)

    def superior(self, *roles):
        """An officer of the agency above, with a certificate."""
        return Client.login(
            self.where, sub=self.signer, kind="OFFICER", name="Lý Thanh Oanh", agency=self.above, roles=list(roles)
        )

    def filed(self, scan, **claims):
        me = story.citizen(self.where, **{**story.somebody(), **claims})
        reference = ready(me, scan, agency=self.agency)
        story.submit(me, reference).ok(201)
        return me, reference


@pytest.fixture
def commune(cloud, where):
    return Commune(cloud, where)


def task(reference, kind):
    return f"{reference}.0-commune.{kind}"


def elevate(who, name, *, key=None):
    return who.post(f"/v1/tasks/{name}/elevation", {}, key=key)


def test_the_dossier_of_a_communes_only_officer_is_settled_by_the_agency_above(cloud, where, commune, small_scan):
    number = story.somebody()["personal_id"]
    alone = commune.officer("ky", *EVERYTHING, number=number)
    me, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    told = problem(story.complete(alone, task(reference, "receive"), "accepted"), 403, "own_dossier")
    assert (told["officers"], told["agency_above"]) == ([], commune.above)
    superior = commune.superior(*EVERYTHING)
    problem(superior.get(f"/v1/dossiers/{reference}"), 404, "not_found")
    problem(elevate(superior, task(reference, "receive")), 404, "not_found")

    done = elevate(alone, task(reference, "receive"), key="up").ok().body
    assert (done["above"], done["status"]) == (commune.above, "open")
    assert elevate(alone, task(reference, "receive"), key="up").ok().body == done
    problem(elevate(alone, task(reference, "receive")), 409, "not_for_above")
    assert on_list(superior, reference)
    assert not on_list(alone, reference)
    assert alone.get(f"/v1/tasks/{task(reference, 'receive')}").ok().body["above"] == commune.above
    problem(story.complete(alone, task(reference, "receive"), "accepted"), 404, "not_found")

    superior.post(f"/v1/tasks/{task(reference, 'receive')}/claim", {}).ok()
    assert reference in [row["reference"] for row in superior.get("/v1/tasks?claimed=me").ok().body["tasks"]]
    for kind, _, outcome in story.STEPS:
        if kind == "approve":
            story.confirm(me, reference)
            other = Client.login(
                where,
                sub=f"hai-{commune.agency}",
                kind="OFFICER",
                name="Lý Thanh Oanh",
                agency=commune.above,
                roles=["leader"],
            )
            assert on_list(other, reference), "each next task stands there too, with nobody asked again"
            story.complete(other, task(reference, kind), outcome).ok()
        else:
            story.complete(superior, task(reference, kind), outcome).ok()
    done = story.until("the result", lambda: story.returned(me, reference))
    assert done["dossier_code"].startswith(commune.agency), "it stays a dossier of the commune"
    told = [row for row in partition(where, "Dossiers", reference) if row.get("type") == "vn.motcua.task.handed_up"]
    assert [row["data"]["to"] for row in told] == [commune.above]


def test_who_may_of_the_agency_is_named_and_nothing_goes_up_meanwhile(commune, small_scan):
    number = story.somebody()["personal_id"]
    mine = commune.officer("ky", *EVERYTHING, number=number)
    commune.officer("hai", *EVERYTHING, number=story.somebody()["personal_id"])
    commune.officer("ba", "processing", number=story.somebody()["personal_id"])
    commune.officer("bon", *EVERYTHING)
    _, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    told = problem(story.complete(mine, task(reference, "receive"), "accepted"), 403, "own_dossier")
    assert told["officers"] == [f"Cán bộ hai-{commune.agency}"], (
        "not who has another role, nor whose number nobody knows"
    )
    assert told["agency_above"] is None
    refused = problem(elevate(mine, task(reference, "receive")), 409, "not_for_above")
    assert refused["officers"] == told["officers"]


def test_the_deputy_of_who_is_absent_comes_before_the_agency_above(commune, small_scan):
    number = story.somebody()["personal_id"]
    mine = commune.officer("ky", *EVERYTHING, number=number)
    commune.officer("hai", "reception", number=story.somebody()["personal_id"])
    commune.officer("thay", "scanning", number=story.somebody()["personal_id"])
    days = {"valid_from": today(-1), "valid_to": today(300), "deputy": commune.ids[f"thay-{commune.agency}"]}
    commune.chief.post(f"/v1/officers/{commune.ids[f'hai-{commune.agency}']}/absences", days).ok()
    commune.cloud.wait_idle()
    _, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    told = problem(story.complete(mine, task(reference, "receive"), "accepted"), 403, "own_dossier")
    assert told["officers"] == [f"Cán bộ thay-{commune.agency}"]
    problem(elevate(mine, task(reference, "receive")), 409, "not_for_above")
    deputy = commune.login(f"thay-{commune.agency}")
    done = story.complete(deputy, task(reference, "receive"), "accepted").ok().body
    assert done["acted_for"] == commune.ids[f"hai-{commune.agency}"]


def test_a_deputy_does_not_do_their_own_for_who_is_absent(commune, small_scan):
    number = story.somebody()["personal_id"]
    commune.officer("hai", "reception", number=story.somebody()["personal_id"])
    commune.officer("thay", "scanning", number=number)
    days = {"valid_from": today(-1), "valid_to": today(300), "deputy": commune.ids[f"thay-{commune.agency}"]}
    commune.chief.post(f"/v1/officers/{commune.ids[f'hai-{commune.agency}']}/absences", days).ok()
    commune.cloud.wait_idle()
    _, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    deputy = commune.login(f"thay-{commune.agency}")
    problem(story.complete(deputy, task(reference, "receive"), "accepted"), 403, "own_dossier")
    assert elevate(deputy, task(reference, "receive")).ok().body["above"] == commune.above


def test_a_task_is_given_to_nobody_whose_own_it_is(commune, small_scan):
    number = story.somebody()["personal_id"]
    commune.officer("ky", "reception", number=number)
    commune.officer("hai", "reception", number=story.somebody()["personal_id"])
    leader = commune.officer("ba", "leader", number=story.somebody()["personal_id"])
    _, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")

    def give(subject):
        body = {"officer": commune.ids[f"{subject}-{commune.agency}"], "name": "Cán bộ"}
        return leader.post(f"/v1/tasks/{task(reference, 'receive')}/assign", body)

    problem(give("ky"), 409, "officer_unfit")
    give("hai").ok()


def test_a_supervisor_takes_no_task_of_their_own_dossier_from_anybody(commune, small_scan):
    number = story.somebody()["personal_id"]
    leader = commune.officer("ky", "leader", "reception", number=number)
    other = commune.officer("hai", "reception", number=story.somebody()["personal_id"])
    _, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    other.post(f"/v1/tasks/{task(reference, 'receive')}/claim", {}).ok()
    problem(leader.post(f"/v1/tasks/{task(reference, 'receive')}/release", {}), 403, "own_dossier")
    other.post(f"/v1/tasks/{task(reference, 'receive')}/release", {}).ok()


# --- the number ------------------------------------------------------------------------------------------------------


def test_administrators_see_whose_number_nobody_knows_and_a_token_that_says_it_is_enough(commune, where, small_scan):
    commune.officer("khong", "reception")
    commune.officer("co", "reception", number=story.somebody()["personal_id"])

    def unknown():
        listed = commune.chief.get("/v1/officers?number_known=false").ok().body["officers"]
        assert not any(each["number_known"] for each in listed)
        return {each["subject"].partition("-")[0] for each in listed}

    assert unknown() == {"chief", "second", "khong"}
    known = commune.chief.get("/v1/officers?number_known=true").ok().body["officers"]
    assert [each["subject"].partition("-")[0] for each in known] == ["co"]
    _, reference = commune.filed(small_scan)
    nameless = commune.login(f"khong-{commune.agency}")
    problem(story.complete(nameless, task(reference, "receive"), "accepted"), 403, "number_unknown")
    said = person(where, f"khong-{commune.agency}", commune.agency)
    story.complete(said, task(reference, "receive"), "accepted").ok()
    assert unknown() == {"chief", "second"}
    assert not any("personal_id" in str(row) for row in partition(where, "Dossiers", f"STAFF#{commune.agency}"))


def test_a_number_is_kept_as_its_hash_and_nobody_gives_their_own(commune, where, small_scan):
    number = story.somebody()["personal_id"]
    ky = commune.officer("ky", "reception", number=number)
    path = f"/v1/officers/{commune.ids[f'ky-{commune.agency}']}"
    rows = str(partition(where, "Identity", f"OFFICER#{commune.agency}#{path.rsplit('/', 1)[1]}"))
    assert number not in rows
    assert number not in commune.chief.get(path).ok().body.values()
    _, reference = commune.filed(small_scan, personal_id=number, sub=f"citizen-{number}")
    problem(story.complete(ky, task(reference, "receive"), "accepted"), 403, "own_dossier")
    assert rules(commune.chief.call("PATCH", path, {"personal_id": "12"}, version=1)) == {
        "/personal_id": "string_pattern_mismatch"
    }
    me_admin = next(
        each for each in commune.chief.get("/v1/officers").ok().body["officers"] if each["subject"].startswith("chief")
    )
    own = f"/v1/officers/{me_admin['id']}"
    body = {"personal_id": story.somebody()["personal_id"]}
    problem(commune.chief.call("PATCH", own, body, version=me_admin["version"]), 403, "same_person")
    done = commune.second.call("PATCH", own, body, version=me_admin["version"]).ok().body
    assert (done["number_known"], done["number_waits"]) == (False, True)
    told = ["officers", "confirm", me_admin["subject"], "--agency", commune.agency, "--where", file(where)]
    assert CliRunner().invoke(app, told).exit_code == 0, "no third administrator is there"
    assert commune.second.get(own).ok().body["number_known"]


def test_a_file_gives_the_numbers_of_those_who_are_enrolled_already(commune):
    row = {"subject": f"tep-{commune.agency}", "name": "Cán bộ tệp", "roles": "reception", "valid_from": LONG_AGO}
    number = story.somebody()["personal_id"]

    def taken(**more):
        return [
            each["verdict"]
            for each in commune.chief.post("/v1/officers/import", {"rows": [row | more]}).ok().body["rows"]
        ]

    assert taken() == ["proposed"]
    assert taken(personal_id=number) == ["proposed"]
    assert taken(personal_id=number) == ["unchanged"]
    assert taken() == ["unchanged"]
    csv = "subject,name,roles,valid_from,personal_id\nx,X,reception,2026-01-01,12\n"
    assert rules(commune.chief.post("/v1/officers/import", {"csv": csv})) == {"/csv/2/personal_id": "pattern"}


def test_who_has_a_mandate_with_the_applicant_is_left_out_of_those_who_may(cloud, where, commune, small_scan):
    applicant, tied = mandated.person(where, "Lê Văn Ủy"), mandated.person(where, "Đỗ Thị Quyền")
    mandated.mandated(cloud, applicant, tied)
    mine = commune.officer("ky", "reception", number=applicant.number)
    other = commune.officer("hai", "reception", number=tied.number)
    reference = ready(applicant.client, small_scan, agency=commune.agency)
    story.submit(applicant.client, reference).ok(201)
    for officer in (mine, other):
        told = problem(story.complete(officer, task(reference, "receive"), "accepted"), 403, "own_dossier")
        assert (told["officers"], told["agency_above"]) == ([], commune.above)
    assert elevate(other, task(reference, "receive")).ok().body["above"] == commune.above
