"""Figures over HTTP: a dossier is in them once it happened, for everybody, for officers, down to itself."""

import csv
import io

import pytest

from infra.demo import story
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, ready

MEASURES = "/v1/measures"


def indicator(answer, name):
    return next(each for each in answer.ok().body["indicators"] if each["id"] == name)


@pytest.fixture(scope="module")
def sent(cloud, where, small_scan):
    """A dossier that was submitted, and the year in which it was."""
    me = story.citizen(where, **story.somebody())
    told = story.submit(me, ready(me, small_scan)).ok(201).body
    cloud.wait_idle()
    return told["reference"], told["received_at"][:4]


def test_a_dossier_is_counted_and_a_figure_opens_down_to_it(cloud, where, sent):
    reference, year = sent
    desk = officer_of(where, story.AGENCY, "reception")
    at = f"{MEASURES}/{story.AGENCY}"

    def pages(count):
        cursor = ""
        while cursor is not None:
            page = desk.get(f"{at}/dossiers?count={count}&period={year}&cursor={cursor}").ok().body
            yield page
            cursor = page["next"]

    def opened(count):
        return {each["dossier"]: each for page in pages(count) for each in page["dossiers"]}

    before = desk.get(f"{at}?period={year}&alone=true").ok().body["counts"]
    withheld = sum(page["withheld"] for page in pages("received"))  # those that other tests let nobody read
    assert before["received"] == withheld + sum(each["adds"] for each in opened("received").values())
    assert opened("received")[reference]["party"] == "CITIZEN"
    assert reference not in opened("accepted")
    desk.post(f"/v1/tasks/{reference}.0-commune.receive/complete", {"outcome": "accepted"}).ok()
    cloud.wait_idle()
    assert reference in opened("accepted")
    after = desk.get(f"{at}?period={year}&alone=true").ok().body["counts"]
    assert after["accepted"] == before.get("accepted", 0) + 1


def test_everybody_reads_what_the_law_publishes_and_null_is_not_0(where, sent):
    _, year = sent
    anybody = story.citizen(where).get(f"{MEASURES}?unit={story.AGENCY}&period={year}")
    share = indicator(anybody, "online_share")
    assert (share["dataQualityStatus"], share["unit"]) == ("ok", "percent")
    assert share["ratio"] == round(100 * share["numerator"] / share["denominator"], 2)
    paid = indicator(anybody, "paid_online_share")
    assert [paid[name] for name in ("numerator", "denominator", "ratio", "dataQualityStatus")] == [
        *[None] * 3,
        "missing",
    ]
    assert (anybody.body["timeType"], anybody.body["period"]) == ("year", year)
    assert "counts" not in anybody.body
    nothing = story.citizen(where).get(f"{MEASURES}?unit={story.AGENCY}&period=2020-Q1")
    assert indicator(nothing, "online_share")["dataQualityStatus"] == "empty"
    assert indicator(nothing, "online_share")["ratio"] is None


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("unit=H01.10.24&period=2026-13", "/period"),
        ("unit=H01.10.24&period=2199", "/period"),
        ("unit=H01.10.24", "/period"),
        ("period=2026", "/unit"),
        ("unit=H01.10.24&period=2026&alone=yes", "/alone"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_place(where, query, pointer):
    answer = story.citizen(where).get(f"{MEASURES}?{query}")
    told = problem(answer, 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == [pointer]


def test_an_unknown_agency_and_somebody_elses_are_refused(where, sent):
    _, year = sent
    problem(story.citizen(where).get(f"{MEASURES}?unit=H99&period={year}"), 404, "not_found")
    others = officer_of(where, OTHER_AGENCY, "leader")
    problem(others.get(f"{MEASURES}/{story.AGENCY}?period={year}"), 403, "not_allowed")
    problem(others.get(f"{MEASURES}/{story.AGENCY}/dossiers?count=late&period={year}"), 403, "not_allowed")
    desk = officer_of(where, story.AGENCY, "reception")
    told = problem(desk.get(f"{MEASURES}/{story.AGENCY}/dossiers?count=lat&period={year}"), 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == ["/count"]


INDEX = "/v1/scores"


def test_everybody_reads_the_service_index_in_the_portals_shape(where, sent):
    _, year = sent
    told = story.citizen(where).get(f"{INDEX}?unit={story.AGENCY}&period={year}&group=online").ok().body
    assert (told["timeType"], told["period"], told["formula"]) == ("year", year, "qd766-portal-2026")
    (group,) = told["parent"]["groups"]
    offered, _, online = group["components"]
    assert (online["dataQualityStatus"], online["maxScore"], online["scoreDelta"]) == ("ok", 6, None)
    assert online["score"] == min(6.0, round(6 * online["numerator"] / online["denominator"] / 0.5, 2))
    nobody_has = [offered[name] for name in ("numerator", "denominator", "ratio", "score", "dataQualityStatus")]
    assert nobody_has == [*[None] * 4, "missing"]
    assert (group["score"], told["parent"]["total"]) == (None, None), "null is not 0"


def test_the_service_index_is_a_table_for_whoever_wants_one(where, sent):
    _, year = sent
    answer = story.citizen(where).call("GET", f"{INDEX}?unit={story.AGENCY}&period={year}", Accept="text/csv").ok()
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff"))))
    assert lines[0]["unit"] == story.AGENCY
    missing = next(each for each in lines if each["component"] == "3.1")
    assert (missing["score"], missing["dataQualityStatus"], missing["maxScore"]) == ("", "missing", "2")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("unit=H01.10.24&period=2026-13", "/period"),
        ("unit=H01.10.24&period=2025", "/formula"),
        ("unit=H01.10.24&period=2026&formula=x", "/formula"),
        ("unit=H01.10.24&period=2026&group=x", "/group"),
    ],
)
def test_an_index_that_there_is_not_is_refused_by_its_place(where, sent, query, pointer):
    told = problem(story.citizen(where).get(f"{INDEX}?{query}"), 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == [pointer]
