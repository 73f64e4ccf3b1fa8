"""One administrator alone makes nobody who counts: whom they enrol acts once another administrator confirmed it."""

from itertools import count

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from tests.http.test_administrators import FAR, first
from tests.http.test_staff import LONG_AGO, Staff, file, kept_agency, opened, person, today
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency

STRAW = ("reception", "processing", "scanning", "editor", "reviewer")
_SUBJECTS = count(1)


@pytest.fixture(scope="module")
def staff(cloud, where):
    """An agency of this file with two administrators, whose staff is kept here."""
    return opened(cloud, where, fresh_agency())


def held(*roles, opens=LONG_AGO, closes=None):
    return [{"role": role, "valid_from": opens, "valid_to": closes} for role in roles]


def fresh():
    return f"rom-{next(_SUBJECTS)}"


def proposed(staff, subject, *roles, by=None, **more):
    """Somebody whom one administrator enrolled, as they are until another one looks."""
    body = {"subject": subject, "name": "Rơm", "roles": held(*roles), **more}
    made = (by or staff.chief).post("/v1/officers", body).ok(201).body
    staff.ids[subject] = made["id"]
    return made


def of(staff, subject):
    return staff.chief.get(f"/v1/officers/{staff.ids[subject]}").ok().body


def change(staff, subject, roles):
    path = f"/v1/officers/{staff.ids[subject]}"
    return staff.chief.call("PATCH", path, {"roles": roles}, version=of(staff, subject)["version"])


def test_whom_one_administrator_enrolled_acts_as_nothing_until_another_one_confirmed(cloud, where, staff):
    subject = fresh()
    made = proposed(staff, subject, *STRAW)
    assert (made["waits"], made["acts_as"], {role["confirmed"] for role in made["roles"]}) == (True, [], {False})
    cloud.wait_idle()
    straw = person(where, subject, staff.agency, *STRAW)
    for path in ("/v1/tasks", "/v1/archives", "/v1/copies"):
        problem(straw.get(path), 403, "not_allowed")
    problem(staff.confirm(subject, by=staff.chief), 403, "same_person")
    done = staff.confirm(subject).ok().body
    assert (done["waits"], done["acts_as"]) == (False, sorted(STRAW))
    cloud.wait_idle()
    assert straw.get("/v1/archives").status == 200


@pytest.mark.parametrize("whose", ["second", "first"])
def test_an_administrator_whose_number_nobody_knows_is_no_second_one_and_nobody_is_theirs(cloud, where, whose):
    """By two accounts of which one says no number one person would make leaders and administrators."""
    here = opened(cloud, where, fresh_agency())
    chief, second = (
        person(where, f"{who}-{here.agency}", here.agency, **({"personal_id": None} if is_unknown else {}))
        for who, is_unknown in (("chief", whose == "first"), ("second", whose == "second"))
    )
    subject = fresh()
    made = proposed(here, subject, "leader", by=chief)
    refused = problem(here.confirm(subject, by=second, version=made["version"]), 403, "second_unknown")
    assert refused["whose"] == whose
    assert here.second.get(f"/v1/officers/{made['id']}").ok().body["acts_as"] == []


def test_more_roles_and_more_days_wait_and_fewer_count_at_once(staff):
    subject = fresh()
    proposed(staff, subject, "reception")
    change(staff, subject, held("reception", closes=today(30))).ok()
    staff.confirm(subject).ok()
    more = change(staff, subject, held("reception", "processing")).ok().body
    assert (more["waits"], more["acts_as"]) == (True, ["reception"])
    assert [(each["role"], each["valid_to"], each["confirmed"]) for each in more["roles"]] == [
        ("reception", today(30), True), ("reception", None, False), ("processing", None, False),
    ]  # fmt: skip
    staff.confirm(subject).ok()
    fewer = change(staff, subject, held("processing")).ok().body
    assert (fewer["waits"], fewer["acts_as"]) == (False, ["processing"])


def test_an_administrator_gives_themselves_nothing(staff):
    mine = next(o for o in staff.chief.get("/v1/officers").ok().body["officers"] if o["subject"].startswith("chief-"))
    staff.ids["chief"] = mine["id"]
    told = change(staff, "chief", held("administrator", opens=today()) + held("reception", "processing")).ok().body
    assert (told["waits"], told["acts_as"]) == (True, ["administrator"])
    problem(staff.confirm("chief", by=staff.chief), 403, "same_person")
    change(staff, "chief", held("administrator", opens=today())).ok()


def test_nobody_stands_in_whom_one_administrator_alone_made(staff):
    straw, away = fresh(), fresh()
    proposed(staff, straw, "scanning")
    staff.enrol(away, "reception")
    body = {"valid_from": today(), "valid_to": today(3), "deputy": staff.ids[straw]}
    path = f"/v1/officers/{staff.ids[away]}/absences"
    assert rules(staff.chief.post(path, body)) == {"/deputy": "unconfirmed"}
    staff.confirm(straw).ok()
    staff.chief.post(path, body).ok()


def test_a_file_of_one_administrator_waits_and_one_of_who_operates_the_service_counts(where, staff, tmp_path):
    mine, theirs = fresh(), fresh()
    heading = "subject,name,roles,valid_from\n"
    text = f"{heading}{mine},Rơm,reception,{LONG_AGO}\n"
    (row,) = staff.chief.post("/v1/officers/import", {"csv": text}).ok().body["rows"]
    assert row["verdict"] == "proposed"
    given = tmp_path / "staff.csv"
    given.write_text(f"{heading}{theirs},Thật,reception scanning,{LONG_AGO}\n", "utf-8")
    told = CliRunner().invoke(app, ["officers", "import", str(given), "--agency", staff.agency, "--where", file(where)])
    assert told.exit_code == 0, told.output
    shown = {o["subject"]: o for o in staff.chief.get("/v1/officers").ok().body["officers"]}
    assert (shown[mine]["acts_as"], shown[theirs]["acts_as"]) == ([], ["reception", "scanning"])


# --- another administrator goes ---------------------------------


@pytest.fixture
def board(where):
    """An agency with two administrators and an officer, and the records of these."""
    agency = fresh_agency()
    kept_agency(where, agency)
    for who in ("chief", "second"):
        assert first(where, agency, f"{who}-{agency}").exit_code == 0
    found = Staff(where, agency)
    heads = found.chief.get("/v1/officers").ok().body["officers"]
    found.ids |= {head["subject"].removesuffix(f"-{agency}"): head["id"] for head in heads}
    found.enrol("anh", "reception")
    return found


def away(board, who, by, **more):
    body = {"valid_from": today(), "valid_to": FAR} | more
    return by.post(f"/v1/officers/{board.ids[who]}/absences", body)


def third(board):
    """A third administrator."""
    subject = f"third-{board.agency}"
    board.enrol(subject, "administrator")
    return person(board.where, subject, board.agency)


def operator(board, subject, *more):
    """Who operates the service confirms what waits of somebody."""
    told = ["officers", "confirm", subject, "--agency", board.agency, "--where", file(board.where), *more]
    return CliRunner().invoke(app, told)


def test_no_administrator_is_sent_away_by_another_one_alone(board):
    told = away(board, "second", board.chief).ok().body
    assert (told["waits"], told["acts_as"], told["absences"]) == (True, ["administrator"], [])
    assert told["departure"]["absence"]["valid_to"] == FAR
    assert board.second.get("/v1/officers").status == 200
    told = board.leave("second", "anh").ok().body
    assert (told["left_on"], told["departure"]["left_on"], told["departure"]["absence"]) == (None, today(), None)
    fewer = change(board, "second", held("reception"))
    assert rules(fewer) == {"/roles": "second_administrator"}
    for who in (board.chief, board.second):
        problem(board.confirm("second", by=who), 403, "same_person")
    assert board.second.get("/v1/officers").status == 200


@pytest.mark.parametrize("goes", ["absent", "gone"])
def test_a_third_administrator_confirms_that_one_goes(board, goes):
    other = third(board)
    (away(board, "second", board.chief) if goes == "absent" else board.leave("second", "anh")).ok()
    told = board.confirm("second", by=other).ok().body
    assert (told["waits"], told["departure"], bool(told["absences"]), bool(told["left_on"])) == (
        False, None, goes == "absent", goes == "gone",
    )  # fmt: skip
    problem(board.second.get("/v1/officers"), 403, "not_allowed")


def test_an_administrator_goes_by_their_own_word_at_once(board):
    away(board, "second", board.chief).ok()
    told = away(board, "second", board.second, valid_to=today(3)).ok().body
    assert (told["departure"], [each["valid_to"] for each in told["absences"]]) == (None, [today(3)])
    problem(board.second.get("/v1/officers"), 403, "not_allowed")
    chief = change(board, "anh", held("reception")).ok()
    assert chief.body["acts_as"] == ["reception"]


def test_what_waits_is_taken_back_and_is_looked_at_anew_when_it_is_confirmed(board):
    other = third(board)
    board.leave("second", "anh").ok()
    path = f"/v1/officers/{board.ids['second']}/return"
    assert rules(board.second.post(path, {"on": today(-1)})) == {"/on": "past"}
    back = board.second.post(path, {"on": today()}).ok().body
    assert (back["waits"], back["departure"]) == (False, None)
    problem(board.confirm("second", by=other), 409, "nothing_to_confirm")
    board.leave("second", "anh").ok()
    board.enrol("lan", "reception")
    board.leave("anh", "lan").ok()
    assert rules(board.confirm("second", by=other)) == {"/hand_over_to": "gap"}
    assert board.second.get("/v1/officers").status == 200


def test_who_operates_the_service_confirms_where_nobody_else_is_there(board):
    subject, second = fresh(), f"second-{board.agency}"
    assert operator(board, fresh()).exit_code == 3
    assert operator(board, second).exit_code == 4, "nothing waits"
    proposed(board, subject, "reception")
    assert operator(board, subject).exit_code == 4, "two are there"
    away(board, "second", board.chief).ok()
    done = operator(board, second, "--json")
    assert done.exit_code == 0, done.output
    assert board.ids["second"] in done.output
    problem(board.second.get("/v1/officers"), 403, "not_allowed")
    assert operator(board, subject).exit_code == 0
    assert of(board, subject)["acts_as"] == ["reception"]
    assert first(board.where, board.agency, f"third-{board.agency}").exit_code == 0, "nobody is locked out"


def test_a_file_sends_no_administrator_away_by_one_alone(board):
    heading = "subject,left_on,hand_over_to\n"
    text = f"{heading}second-{board.agency},{today()},anh\n"
    for verdict in ("proposed", "unchanged"):
        (row,) = board.chief.post("/v1/officers/import", {"csv": text}).ok().body["rows"]
        assert row["verdict"] == verdict
    assert board.second.get("/v1/officers").status == 200


# --- who alone is there for a role ------------------------------


def absent(board, who, days=9, **more):
    return away(board, who, board.chief, valid_to=today(days), **more)


def test_nobody_who_alone_has_a_role_is_sent_away_by_one_administrator(board):
    """What happened: one administrator put the only leader away to 2199, so that nobody could deal with a complaint."""
    board.enrol("lan", "leader")
    for who, role in (("lan", "leader"), ("anh", "reception")):
        told = absent(board, who).ok().body
        assert (told["waits"], told["acts_as"], told["absences"]) == (True, [role], [])
        told = board.leave(who, "anh" if who == "lan" else "lan").ok().body
        assert (told["left_on"], told["departure"]["left_on"]) == (None, today())
        for fewer in (held("scanning"), held(role, closes=today(30)), held(role, opens=today(3))):
            assert rules(change(board, who, fewer)) == {"/roles": "second_administrator"}
        assert of(board, who)["acts_as"] == [role]
        problem(board.confirm(who, by=board.chief), 403, "same_person")
    told = board.confirm("lan").ok().body
    assert (told["waits"], told["left_on"]) == (False, today())


def test_a_file_of_one_administrator_sends_nobody_away_who_alone_has_a_role(board):
    board.enrol("lan", "leader")
    text = f"subject,left_on,hand_over_to\nlan,{today()},anh\n"
    (row,) = board.chief.post("/v1/officers/import", {"csv": text}).ok().body["rows"]
    assert row["verdict"] == "proposed"
    assert of(board, "lan")["acts_as"] == ["leader"]


def test_who_is_not_alone_in_a_role_goes_by_the_word_of_one(board):
    board.enrol("lan", "leader")
    board.enrol("minh", "leader", "reception")
    told = absent(board, "minh").ok().body
    assert (told["waits"], told["acts_as"]) == (False, [])
    assert absent(board, "lan").ok().body["waits"], "the other leader is not there"
    board.chief.post(f"/v1/officers/{board.ids['minh']}/return", {"on": today()}).ok()
    assert not board.leave("anh", "minh").ok().body["waits"]
    assert change(board, "lan", held("processing")).ok().body["roles"][0]["role"] == "processing"
    assert rules(change(board, "minh", held("processing"))) == {"/roles": "second_administrator"}


def test_a_deputy_who_does_the_role_leaves_it_to_somebody(board):
    board.enrol("lan", "leader")
    told = absent(board, "anh", deputy=board.ids["lan"]).ok().body
    assert (told["waits"], told["absences"][0]["deputy"]) == (False, board.ids["lan"])


def test_no_administrator_makes_themselves_the_deputy_of_an_officer_alone(board):
    """What happened: one administrator put reception away, stood in for it and ended a stranger's dossier."""
    board.enrol("minh", "reception")
    told = absent(board, "anh", deputy=board.ids["chief"]).ok().body
    assert (told["waits"], told["absences"], told["acts_as"]) == (True, [], ["reception"])
    problem(board.confirm("anh", by=board.chief), 403, "same_person")
    told = board.confirm("anh").ok().body
    assert (told["waits"], told["absences"][0]["deputy"]) == (False, board.ids["chief"])
    told = absent(board, "minh", deputy=board.ids["second"]).ok().body
    assert not told["waits"], "a colleague is named by the word of one"


def test_an_absence_lasts_no_longer_than_the_pack_says(board):
    board.enrol("minh", "reception")
    long = absent(board, "anh", days=367)
    assert rules(long) == {"/valid_to": "absence_longest"}
    assert "chính sách" in long.body["errors"][0]["message"]
    absent(board, "anh", days=366).ok()


def test_no_administrator_changes_what_another_one_is_called_or_may_do(board):
    """What happened: one administrator ended the certificate of the only other one, and gave them another name."""
    path = f"/v1/officers/{board.ids['second']}"
    signs = {"serial": "1", "valid_from": "2020-01-01", "valid_to": "2021-01-01"}
    for field, value in (("name", "Kẻ Khác"), ("kinds", ["consult"]), ("areas", ["H01"]), ("certificate", signs)):
        body, version = {field: value}, of(board, "second")["version"]
        refused = board.chief.call("PATCH", path, body, version=version)
        assert rules(refused) == {f"/{field}": "second_administrator"}
        board.second.call("PATCH", path, body, version=version).ok()
    version = of(board, "second")["version"]
    board.chief.call("PATCH", path, {"position": "Chuyên viên"}, version=version).ok()
    board.enrol("minh", "reception")
    changed(board, "anh", kinds=["receive"], name="Anh").ok()


def changed(board, who, **fields):
    path = f"/v1/officers/{board.ids[who]}"
    return board.chief.call("PATCH", path, fields, version=of(board, who)["version"])


def renamed(staff, subject, name):
    path = f"/v1/officers/{staff.ids[subject]}"
    return staff.chief.call("PATCH", path, {"name": name}, version=of(staff, subject)["version"]).ok().body


def test_another_name_of_an_officer_takes_two_administrators(staff):
    """A complaint finds its officer by the name: one administrator renamed a leader into it, and back."""
    subject = fresh()
    proposed(staff, subject, "leader")
    staff.confirm(subject).ok()
    told = renamed(staff, subject, "Nguyễn Văn An")
    assert (told["name"], told["name_proposed"], told["waits"]) == ("Rơm", "Nguyễn Văn An", True)
    problem(staff.confirm(subject, by=staff.chief), 403, "same_person")
    assert of(staff, subject)["name"] == "Rơm"
    done = staff.confirm(subject).ok().body
    assert (done["name"], done["name_proposed"], done["waits"]) == ("Nguyễn Văn An", None, False)
    assert renamed(staff, subject, "Lý Thanh Oanh")["waits"]
    back = renamed(staff, subject, "Nguyễn Văn An")
    assert (back["name"], back["name_proposed"], back["waits"]) == ("Nguyễn Văn An", None, False), "it is taken back"


def test_who_comes_back_under_another_name_keeps_theirs_until_two_say_it(staff):
    """One administrator let somebody leave and enrolled them again under another name: no complaint found them."""
    subject, other = fresh(), fresh()
    for each in (subject, other):
        proposed(staff, each, "reception")
        staff.confirm(each).ok()
    staff.leave(subject, other).ok()
    again = {"subject": subject, "name": "Tên Thứ Tư", "roles": held("reception")}
    told = staff.chief.post("/v1/officers", again).ok(201).body
    assert (told["name"], told["name_proposed"], told["waits"]) == ("Rơm", "Tên Thứ Tư", True)
    done = staff.confirm(subject).ok().body
    assert (done["name"], done["name_proposed"]) == ("Tên Thứ Tư", None)


@pytest.mark.parametrize("wide", [{"kinds": []}, {"kinds": ["objection", "approve"]}, {"areas": []}])
def test_no_administrator_alone_lets_a_role_do_more(staff, wide):
    """One whom two had made a leader of objections alone made themselves one who approves, by a word of their own."""
    subject, narrow = fresh(), {"kinds": ["objection"], "areas": ["H01.10.24"]}
    proposed(staff, subject, "leader", **narrow)
    staff.confirm(subject).ok()
    field, value = next(iter(wide.items()))
    path, more = f"/v1/officers/{staff.ids[subject]}", narrow | wide

    def change(who, body):
        return who.call("PATCH", path, body, version=of(staff, subject)["version"])

    for _ in range(2):
        told = change(staff.chief, wide).ok().body
        assert (told[field], told["waits"]) == (narrow[field], True)
        assert (told["work"]["kinds"], told["work"]["areas"]) == (more["kinds"], more["areas"])
    problem(staff.confirm(subject, by=staff.chief), 403, "same_person")
    assert change(staff.chief, {field: narrow[field]}).ok().body["work"] is None, "it is taken back"
    change(staff.chief, wide).ok()
    done = staff.confirm(subject).ok().body
    assert (done[field], done["work"], done["waits"]) == (value, None, False)
    assert change(staff.chief, {field: narrow[field]}).ok().body[field] == narrow[field], "less is at once"


def test_no_administrator_alone_takes_their_work_from_who_is_the_only_one_with_a_role(board):
    """What happened: the only leader could do objections alone, with a certificate that had ended: nobody approved."""
    board.enrol("lan", "leader")
    signs = {"serial": "1", "valid_from": LONG_AGO, "valid_to": today(400)}
    changed(board, "lan", certificate=signs).ok()
    less = {"kinds": ["objection"], "areas": ["H99.99"], "certificate": {**signs, "valid_to": today(30)}}
    for field, value in less.items():
        assert rules(changed(board, "lan", **{field: value})) == {f"/{field}": "second_administrator"}
    assert rules(changed(board, "lan", certificate={**signs, "valid_from": today(3)})) == {
        "/certificate": "second_administrator"
    }
    for more in ({"certificate": {**signs, "serial": "2", "valid_to": today(900)}}, {"position": "Chủ tịch"}):
        changed(board, "lan", **more).ok()
    board.enrol("minh", "leader", "reception")
    assert rules(changed(board, "lan", **less)).keys() == {f"/{field}" for field in less}, "without a certificate"
    changed(board, "minh", certificate={**signs, "valid_to": today(900)}).ok()
    for field, value in less.items():
        changed(board, "lan", **{field: value}).ok()
    refused = changed(board, "minh", kinds=["objection"])
    assert rules(refused) == {"/kinds": "second_administrator"}, "who does less is not there for it: one, then two"
    assert rules(change(board, "minh", held("reception"))) == {"/roles": "second_administrator"}


# --- who says it, and who stands in -----------------------------


def test_who_says_that_a_colleague_goes_is_not_who_is_left(board):
    """What happened: one who administers, verifies and leads let both colleagues leave, and approved alone."""
    for role in ("processing", "leader"):
        board.enrol(f"cua-{role}", role)
    board.enrol("xep", "administrator", "processing", "leader")
    me = person(board.where, "xep", board.agency)
    for role in ("processing", "leader"):
        who = f"cua-{role}"
        assert board.leave(who, "xep", by=me).ok().body["departure"]["left_on"] == today()
        assert away(board, who, me, valid_to=today(9)).ok().body["departure"]["absence"]["valid_to"] == today(9)
        version, path = of(board, who)["version"], f"/v1/officers/{board.ids[who]}"
        fewer = me.call("PATCH", path, {"roles": held("reception")}, version=version)
        assert rules(fewer) == {"/roles": "second_administrator"}
        problem(board.confirm(who, by=me), 403, "same_person")
    board.enrol("them", "processing")
    assert board.leave("cua-processing", "them", by=me).ok().body["left_on"] == today(), "a third one is there"
    assert board.leave("cua-leader", "xep", by=board.chief).ok().body["left_on"] == today(), "by who does not lead"


def test_a_deputy_of_who_alone_has_a_role_leaves_by_two(board):
    """What happened: the only reception got a deputy, who left a moment later: nobody received for 300 days."""
    board.enrol("d", "processing")
    board.enrol("e", "processing")
    assert not absent(board, "anh", days=300, deputy=board.ids["d"]).ok().body["waits"]
    assert rules(absent(board, "d")) == {"/valid_from": "chain"}
    told = board.leave("d", "e", today(3)).ok().body
    assert (told["left_on"], told["departure"]["left_on"], told["acts_as"]) == (None, today(3), ["processing"])
    late = change(board, "d", held("processing", opens=today(3)))
    assert rules(late) == {"/roles": "second_administrator"}
    problem(board.confirm("d", by=board.chief), 403, "same_person")
    assert board.confirm("d").ok().body["left_on"] == today(3)


def test_a_deputy_leaves_by_one_after_the_absence_or_where_a_colleague_has_the_role(board):
    board.enrol("d", "processing")
    board.enrol("e", "processing")
    absent(board, "anh", deputy=board.ids["d"]).ok()
    assert not board.leave("d", "e", today(9)).ok().body["waits"], "the day on which the absence is over"
    board.enrol("g", "processing")
    board.enrol("minh", "reception")
    absent(board, "minh", deputy=board.ids["g"]).ok()
    assert board.leave("g", "e").ok().body["left_on"] == today(), "another one stands in for reception"


def test_a_deputy_does_work_by_what_the_absent_one_may(board):
    """Their own fewer kinds take nothing from whom they stand in for; their certificate does, from who alone leads."""
    board.enrol("lan", "leader")
    signs = {"serial": "1", "valid_from": LONG_AGO, "valid_to": today(400)}
    board.enrol("d", "processing", certificate=signs)
    board.enrol("e", "processing", certificate=signs)
    absent(board, "lan", days=300, deputy=board.ids["d"]).ok()
    board.confirm("lan").ok()
    changed(board, "d", kinds=["consult"]).ok()
    less = changed(board, "d", certificate={**signs, "valid_to": today(3)})
    assert rules(less) == {"/certificate": "second_administrator"}
