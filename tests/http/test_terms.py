"""A term with its conditions: from two national records to two dossiers of two places, each due by its own line."""

import copy
from datetime import datetime

import pytest

from infra.demo import story
from tests.support.asserts import problem, rules
from tests.support.catalogue import PLAIN, Desk, completed, fresh_code, imported, opened
from tests.support.world import administrator, enrol, officer_of

BORDER = ["border", "island", "remote", "hard", "hardest"]
MOUNTAIN = ["mountain", "island", "remote", "hard", "hardest"]
PLACES = {"H01.10.81": [], "H01.10.82": ["mountain", "border"], "H01.10.83": None}
"""A commune of no kind, one of two kinds, and one whose agency does not say."""


@pytest.fixture(scope="module")
def places(cloud, where):
    """Three communes with their officers, each with what its agency says of it."""
    for code, areas in PLACES.items():
        keep(where, code, areas)
        enrol(where, {code: f"Ủy ban nhân dân xã {code[-2:]}"}, {f"officer-{code}-reception": "Lê Thị Hòa"}, code)
    cloud.wait_idle()
    return PLACES


def keep(where, code, areas, version=0, who=None):
    entry = {"name": f"Ủy ban nhân dân xã {code[-2:]}", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
    entry |= {} if areas is None else {"areas": areas}
    chief = who or officer_of(where, code, "administrator")
    return chief.call("PUT", f"/v1/agencies/{code}", {"entries": [entry]}, version=version).ok()


def begun(cloud, where, like):
    """A draft from a record, with all but its term completed."""
    desk = Desk(where, fresh_code())
    imported(cloud, desk.code, like=like)
    started = desk.start("record").ok(201).body
    return desk, completed(started["facts"]), started["form"]


def refused(desk, facts, form=None):
    """What keeps these facts from publication: told with the draft that is saved, and refused to its publisher."""
    draft = desk.start("facts", facts).ok(201).body["version"]
    read = desk.save(draft, facts, 1, form).ok().body
    desk.hand_over(draft).ok()
    desk.review(draft).ok()
    told = rules(desk.publish(draft))
    assert told.items() >= {p["pointer"]: p["rule"] for p in read["problems"] if "/term" in p["pointer"]}.items()
    return told


def decided(line, text, reading="here", **more):
    """A line of the draft as an officer decides it: each sentence is this line's, or as `reading` says."""
    sentences = [{**each, "reading": reading} for each in line["sentences"]]
    return {**line, "text": text, "sentences": sentences, **more}


def due(where, citizen, code, agency, form, to=None):
    """The due date of a dossier filed with an agency, as its holder reads it."""
    reference = opened(citizen, code, agency=agency)
    story.fill(citizen, reference, form).ok()
    story.submit(citizen, reference).ok(201)
    desk = officer_of(where, agency, "reception")
    answer = story.complete(desk, f"{reference}.0-commune.receive", "accepted")
    if to is not None:
        return problem(answer, *to), reference
    answer.ok()
    return citizen.get(f"/v1/dossiers/{reference}/due").ok().body, reference


def first_case(form):
    """A person's answer to a plain form that asks for the case."""
    return {**PLAIN, "case": form["schema"]["properties"]["case"]["enum"][0]}


def asking(form):
    """The plain form with one question more, on which the case depends."""
    asked = copy.deepcopy(form)
    asked["schema"]["properties"]["kind"] = {"enum": ["a", "b"]}
    asked["ui"]["fields"]["/kind"] = {
        "label_vi": "Trường hợp", "label_en": "Case", "key": "residence.case", "source": None,
        "asked_because_vi": "Quyết định thời hạn", "asked_because_en": "Decides the term",
    }  # fmt: skip
    asked["ui"]["pages"][-1]["fields"].append("/kind")
    return asked


def test_the_other_term_of_remote_communes_is_decided_before_anybody_publishes(cloud, where, places, citizen):
    """1.115784: 8 days, 15 in remote communes; 10 and 19 in the other case."""
    desk, facts, form = begun(cloud, where, "1.115784")
    public = citizen.get(f"/v1/services/{desk.code}").ok().body
    assert [(t["quantity"], t["unit"], t["term"], t["certain"]) for t in public["times"]] == [
        (n, "wd", None, False) for n in (8, 15, 10, 19)
    ]
    assert "Đối với các xã biên giới, hải đảo" in public["times"][1]["text_vi"], "the record's words, at once"
    assert {f"/times/{n}/term" for n in range(4)} <= {u["pointer"] for u in public["unknown"]}

    told = refused(desk, facts)
    lines = facts["term"]["lines"]
    remote = "/facts/term/lines/1/sentences/0/reading"
    assert told[remote] == "decide"
    assert told["/facts/term/lines/1/text"] == "term"
    known = refused(desk, {**facts, "term": {"text": "8wd"}})
    assert known["/facts/term/lines"] == "record_words", "what the record says is not lost by leaving it out"
    general = {**facts, "term": {**facts["term"], "lines": [decided(each, "8wd") for each in lines]}}
    assert refused(desk, general)["/facts/term/lines/1/sentences/0"] == "area", "read, but no line is for such communes"
    longer = [decided(lines[1], "16wd", areas=BORDER), *(decided(lines[n], "8wd") for n in (0, 2, 3))]
    wrong = refused(desk, {**facts, "term": {**facts["term"], "lines": longer}})
    assert (wrong["/facts/term/lines/0/text"], wrong["/facts/term/lines/2"]) == ("longer", "unreached")

    case = f"{desk.code}#a"
    asked = {"case": case, "when": [{"field": "/kind", "value": "a"}]}
    good = {
        **facts,
        "cases": [{"code": case, "name_vi": "Giấy chứng nhận cấp trước ngày 01 tháng 8 năm 2024"}],
        "term": {
            "citation": facts["term"]["citation"],
            "lines": [
                decided(lines[1], "15wd", areas=BORDER, **asked),
                decided(lines[3], "19wd", areas=BORDER),
                decided(lines[0], "8wd", **asked),
                decided(lines[2], "10wd"),
            ],
        },
    }
    assert refused(desk, good)["/facts/term/lines/0/when/0"] == "answer", "the plain form does not ask for the case"
    desk.put_out(good, asking(form))
    cloud.wait_idle()
    shown = citizen.get(f"/v1/services/{desk.code}").ok().body
    assert [(t["term"], t["areas"], t["case"]) for t in shown["times"]] == [
        ("15wd", BORDER, case), ("19wd", BORDER, None), ("8wd", [], case), ("10wd", [], None),
    ]  # fmt: skip
    assert not [u for u in shown["unknown"] if "/term" in u["pointer"]]

    found = {
        (agency, kind): due(where, citizen, desk.code, agency, {**PLAIN, "kind": kind})[0]
        for agency in ("H01.10.81", "H01.10.82")
        for kind in ("a", "b")
    }
    assert [each["explanation"]["term"] for each in found.values()] == ["8wd", "10wd", "15wd", "19wd"]
    assert len({each["due_at"] for each in found.values()}) == 4
    line = found["H01.10.82", "a"]["line"]
    assert (line["line"], line["of"], line["text"], line["case"]) == (1, 4, "15wd", case)
    assert "Không quá 10 ngày làm việc" in line["condition_vi"]
    assert line["place_areas"] == ["mountain", "border"]
    assert line["why"] == "xã nơi nộp thuộc: biên giới; trả lời trong biểu mẫu: /kind = a"
    assert found["H01.10.81", "b"]["line"]["why"] == "không dòng nào khác áp dụng"


def test_ten_days_more_in_remote_communes(cloud, where, places, citizen):
    """1.115370: 7.5 days, ten more in remote communes; the record's fields have the sum, 17.5, for everybody."""
    desk, facts, form = begun(cloud, where, "1.115370")
    told = refused(desk, facts)
    assert {told[f"/facts/term/lines/{n}/text"] for n in (0, 1)} == {"term"}, "17.5 is no term of the clock"
    assert told["/facts/term/lines/0/sentences/1/reading"] == "decide"
    lines = facts["term"]["lines"]
    good = {
        **facts,
        "term": {
            "citation": facts["term"]["citation"],
            "lines": [decided(lines[0], "17wd", areas=MOUNTAIN), decided(lines[1], "7wd")],
        },
    }
    desk.put_out(good)
    cloud.wait_idle()
    plain, _ = due(where, citizen, desk.code, "H01.10.81", first_case(form))
    remote, reference = due(where, citizen, desk.code, "H01.10.82", first_case(form))
    assert (plain["explanation"]["term"], remote["explanation"]["term"]) == ("7wd", "17wd")
    assert datetime.fromisoformat(remote["due_at"]) > datetime.fromisoformat(plain["due_at"])
    assert remote["line"]["record"] == "17.5 WORKING_DAY"
    assert "tăng thêm 10 ngày làm việc" in remote["line"]["condition_vi"]
    assert (remote["line"]["why"], plain["line"]["place_areas"]) == ("xã nơi nộp thuộc: miền núi", [])

    keep(where, "H01.10.82", [], version=1)
    cloud.wait_idle()
    after = citizen.get(f"/v1/dossiers/{reference}/due").ok().body
    assert after == remote, "what was promised stays, with its reason"
    keep(where, "H01.10.82", PLACES["H01.10.82"], version=2)
    cloud.wait_idle()


def test_a_place_that_nobody_classified_is_not_guessed(cloud, where, places, citizen):
    desk, facts, form = begun(cloud, where, "1.115370")
    lines = facts["term"]["lines"]
    found = [decided(lines[0], "17wd", areas=MOUNTAIN), decided(lines[1], "7wd")]
    desk.put_out({**facts, "term": {**facts["term"], "lines": found}})
    cloud.wait_idle()
    told, reference = due(where, citizen, desk.code, "H01.10.83", first_case(form), to=(409, "term_open"))
    assert (told["agency"], told["areas"]) == ("H01.10.83", MOUNTAIN)
    keep(where, "H01.10.83", ["island"], version=1, who=administrator(where, "chu-tich-xa-83", "H01.10.83"))
    keep(where, "H01.10.83", ["island"], version=2, who=administrator(where, "quan-tri-tinh"))
    cloud.wait_idle()
    story.complete(officer_of(where, "H01.10.83", "reception"), f"{reference}.0-commune.receive", "accepted").ok()
    assert citizen.get(f"/v1/dossiers/{reference}/due").ok().body["explanation"]["term"] == "17wd"
