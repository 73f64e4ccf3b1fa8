"""The service index: published scores are reckoned again, what is not known has no score, what is wrong is named."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from chalicelib.law.index_counts import BadCounts, Period, units_of
from chalicelib.law.index_formulas import BadFormula, UnknownFormula, formula_named, formula_set, formula_sets
from chalicelib.law.index_scores import NotInForce, scored
from infra.command.cli import app

DATA = Path(__file__).parents[2] / "law_second"
INPUTS = DATA / "qd766_inputs.json"
EXPECTED = json.loads((DATA / "qd766_expected.json").read_text("utf-8"))
PORTAL, XLSX = "qd766-portal-2026", "qd766-xlsx-2026"
NEAR = 0.015
"""What the portal rounds on its way."""
UNIT = {"code": "H99", "period": "year 2026"}


def one(formula=PORTAL, **groups):
    """The score of a unit with these groups."""
    (counts,) = units_of(json.dumps({"units": [{**UNIT, **groups}]}).encode())
    return scored(counts, formula_named(formula))


def component(told, name):
    return next(each for group in told.groups for each in group.components if each.id == name)


def published():
    found = json.loads(CliRunner().invoke(app, ["index", "score", str(INPUTS), "--json"]).stdout)
    return {each["unit"]: each for each in found["units"]}


@pytest.mark.parametrize("unit", EXPECTED["units"], ids=lambda unit: unit["code"])
def test_what_the_portal_published_of_a_unit_is_reckoned_again(unit):
    """All but its online group, of which the portal published no counts."""
    told = published()[unit["code"]]
    groups = {each["id"]: each for each in told["groups"]}
    assert groups.keys() == unit["groups"].keys()
    for name, theirs in unit["groups"].items():
        if name == "online":
            assert groups[name]["score"] is None
            assert {each["dataQualityStatus"] for each in groups[name]["components"]} == {"missing"}
            continue
        assert groups[name]["score"] == pytest.approx(theirs["score"], abs=NEAR), name
        if "component_scores" in theirs:
            ours = [each["score"] for each in groups[name]["components"]]
            assert ours == pytest.approx(theirs["component_scores"], abs=NEAR)
    assert told["total"] is None
    assert (told["of"], told["scored"]) == (
        88,
        pytest.approx(unit["sum_of_groups"] - unit["groups"]["online"]["score"], abs=NEAR),
    )


@pytest.mark.parametrize("seen", EXPECTED["online_parent_observations"], ids=lambda seen: seen["id"])
def test_what_the_portal_published_of_the_online_group_is_reckoned_again(seen):
    told = published()[seen["id"]]
    online = next(each for each in told["groups"] if each["id"] == "online")
    assert online["score"] == pytest.approx(seen["score"], abs=NEAR)
    assert (told["period"], told["of"], told["total"]) == (seen["period"], 12, None)


def test_the_command_reads_no_scores(tmp_path):
    """In a folder of its own, without what is expected beside it."""
    alone = tmp_path / "counts.json"
    alone.write_bytes(INPUTS.read_bytes())
    run = CliRunner().invoke(app, ["index", "score", str(alone), "--formula", PORTAL])
    assert run.exit_code == 0
    assert "H44.101  UBND Phường Nông Trang  year 2026: total none, 59.88 of 88 known" in run.stdout


@pytest.mark.parametrize(
    ("counts", "expected", "quality"),
    [
        ({"satisfied": [88, 100]}, 5.87, "ok"),
        ({"satisfied": [90, 100]}, 6.0, "ok"),
        ({"satisfied": [100, 100]}, 6.0, "ok"),
        ({"satisfied": [0, 0]}, 0.0, "empty"),
        ({"satisfied": [101, 100]}, None, "impossible"),
        ({"satisfied": [None, 100]}, None, "missing"),
        ({"satisfied": [5, None]}, None, "missing"),
        ({}, None, "missing"),
        ({"satisfied": None}, None, "missing"),
    ],
)
def test_a_share_is_full_at_its_threshold_and_nothing_unknown_is_nought(counts, expected, quality):
    told = component(one(satisfaction=counts), "5.4")
    assert (told.score, told.data_quality_status) == (expected, quality)


def test_without_a_petition_petitions_give_the_full_score_and_one_that_is_late_does_not():
    told = one(satisfaction={"satisfied": [1, 1], "petition_on_time": [0, 0], "petition_satisfied": [0, 1]})
    assert [component(told, name).score for name in ("5.2", "5.3")] == [6.0, 0.0]


def test_a_half_of_a_hundredth_goes_up_and_a_group_adds_what_was_rounded():
    told = one(transparency={"PUBLISH_ON_TIME": [1, 1], "PUBLIC_CONTENT_FULL": [801, 1600], "DOSSIER_SYNC": [1, 1],
                             "PUBLIC_UPDATE_ON_TIME": [1, 800]})  # fmt: skip
    assert component(told, "1.3").score == 1.0  # 1.00125
    assert component(told, "1.2").score == 0.01  # 0.005
    assert told.groups[0].score == 13.01


def test_a_unit_with_every_count_has_a_total():
    whole = json.loads(INPUTS.read_bytes())
    unit = {k: v for k, v in whole["units"][0].items() if k not in {"period", "code"}}
    online = {k: v for k, v in whole["online_parent_observations"][0].items() if k not in {"id", "period"}}
    told = one(**unit, online=online)
    assert (told.total, told.scored, told.of) == (61.89, 61.89, 100)
    assert component(told, "4.6").data_quality_status == "assumed"
    assert component(told, "3.1").numerator == 52


def test_the_sets_differ_where_their_sources_do():
    counts = {
        "digitisation": {"dossiers": 100, "digitised": 80},
        "online": {"fullOnlineDossiers": 1, "fullOnlineEligible": 4},
    }
    assert component(one(**counts), "4.2").score == 3.2
    told = one(XLSX, **counts)
    assert (component(told, "4.2").score, component(told, "3.x").score) == (4.0, 3.0)


@pytest.mark.parametrize(
    ("told", "where", "rule"),
    [
        (b"{", "file", "no JSON"),
        (b"[]", "units", "a list of units"),
        ({"units": [], "online_parent_observations": {}}, "online_parent_observations", "a list"),
        ({"units": ["H44"]}, "units[0]", "an object"),
        ({"units": [{"period": "year 2026"}]}, "units[0].code", "says its code"),
        ({"units": [{"code": "H1"}]}, "units[0].period", "says its period"),
        ({"units": [{"code": "H1", "period": "Q5 2026"}]}, "units[0].period", "'Q5 2026' is no period"),
        ({"units": [{"code": "H1", "period": "year 0000"}]}, "units[0].period", "is no period"),
        ({"units": [{**UNIT, "progress": 7}]}, "units[0].progress", "an object"),
        ({"units": [{**UNIT, "progress": {"recieved": 7}}]}, "units[0].progress.recieved", "no formula set has"),
        ({"units": [{**UNIT, "speed": {"max": 18}}]}, "units[0].speed.max", "no formula set gives 18"),
        ({"units": [{**UNIT, "progress": {"max": 21}}]}, "units[0].progress.max", "no formula set gives 21"),
        ({"units": [{**UNIT, "progress": {"received": -1}}]}, "units[0].progress.received", "between 0 and"),
        ({"units": [{**UNIT, "progress": {"received": 1.5}}]}, "units[0].progress.received", "a whole number"),
        ({"units": [{**UNIT, "progress": {"received": True}}]}, "units[0].progress.received", "a whole number"),
        ({"units": [{**UNIT, "progress": {"received": 10**13}}]}, "units[0].progress.received", "between 0 and"),
        (
            {"units": [{**UNIT, "transparency": {"DOSSIER_SYNC": [1]}}]},
            "units[0].transparency.DOSSIER_SYNC",
            "a numerator and a denominator",
        ),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_is_refused_by_name(told, where, rule):
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    with pytest.raises(BadCounts) as refusal:
        units_of(content)
    assert refusal.value.field == where
    assert rule in refusal.value.rule


def test_periods_begin_on_their_day():
    assert [Period.parse(each).first.isoformat() for each in ("year 2026", "Q3 2026", "2026-09")] == [
        "2026-01-01",
        "2026-07-01",
        "2026-09-01",
    ]


def test_a_set_holds_for_its_time_only():
    (counts,) = units_of(json.dumps({"units": [{**UNIT, "period": "Q4 2025"}]}).encode())
    with pytest.raises(NotInForce, match="qd766-portal-2026 does not hold for Q4 2025"):
        scored(counts, formula_named(PORTAL))
    ended = msgspec.structs.replace(formula_named(PORTAL), effective_to=formula_named(PORTAL).effective_from)
    with pytest.raises(NotInForce):
        scored(units_of(json.dumps({"units": [{**UNIT, "period": "Q2 2026"}]}).encode())[0], ended)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": "other"}, "is named as its file"),
        ({"effective_to": "2025-01-01"}, "ends before it begins"),
        ({"groups": []}, "add up to 0"),
        ({"citation": None}, "Expected `str`"),
    ],
)
def test_a_set_that_contradicts_itself_is_not_read(change, why):
    told = {**msgspec.to_builtins(formula_named(PORTAL)), **change}
    with pytest.raises(BadFormula, match=why):
        formula_set(json.dumps(told).encode(), PORTAL)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"max": 5}, "do not add up to its 20"),
        ({"full_at": 0}, "a score or a threshold that is none"),
        ({"id": "1.1"}, "stands in it twice"),
        ({"numerator": []}, "that is none"),
    ],
)
def test_a_component_that_is_none_is_not_read(change, why):
    told = msgspec.to_builtins(formula_named(PORTAL))
    groups = [{**each, "components": list(each["components"])} for each in told["groups"]]
    groups[1]["components"][0] = {**groups[1]["components"][0], **change}
    told["groups"] = groups
    with pytest.raises(BadFormula, match=why):
        formula_set(json.dumps(told).encode(), PORTAL)


def test_every_set_names_its_source_and_words_in_two_languages():
    for formula in formula_sets().values():
        assert all((formula.citation, formula.evidence))
        assert all(each.vi and each.en and each.vi != each.en for each in (*formula.groups, *formula.components))


def test_an_unknown_set_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownFormula, match=f"{PORTAL}, {XLSX}"):
        formula_named("qd766")
    run = CliRunner().invoke(app, ["index", "score", str(INPUTS), "--formula", "qd766"])
    assert (run.exit_code, PORTAL in run.stderr) == (2, True)


def test_impossible_counts_are_findings(tmp_path):
    file = tmp_path / "counts.json"
    file.write_text(json.dumps({"units": [{**UNIT, "progress": {"received": 3, "on_time": 4}}]}))
    run = CliRunner().invoke(app, ["index", "score", str(file)])
    assert run.exit_code == 7
    assert "2.1            none of 20  4 of 3  impossible" in run.stdout
