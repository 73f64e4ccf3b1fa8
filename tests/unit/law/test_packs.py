import json
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from chalicelib.law import packs, qr
from chalicelib.law.clock import LITERAL, OFFICE_HOURS
from chalicelib.law.codes import SCHEMES, result_code
from chalicelib.law.packs import BadPack, UnknownPack, all_packs, build, newest, pack_on
from chalicelib.law.policy import day_end
from chalicelib.law.rules import BadRule, OfficialForms, Rule, Rules
from chalicelib.law.states import EDGES

NEWEST = date(2026, 9, 1)


def rules_on(day):
    return pack_on(date.fromisoformat(day)).rules


@pytest.mark.parametrize(
    ("day", "pack_id"),
    [
        ("2024-10-23", "vn-2024-10-23"),
        ("2025-06-30", "vn-2024-10-23"),
        ("2025-07-01", "vn-2025-07-01"),
        ("2025-09-15", "vn-2025-09-15"),
        ("2026-01-01", "vn-2026-01-01"),
        ("2026-01-25", "vn-2026-01-25"),
        ("2026-07-01", "vn-2026-07-01"),
        ("2026-08-04", "vn-2026-07-01"),
        ("2026-08-05", "vn-2026-08-05"),
        ("2026-09-27", "vn-2026-09-01"),
        ("2026-09-28", "vn-2026-09-28"),
        ("2026-11-25", "vn-2026-09-28"),
    ],
)
def test_a_day_has_the_pack_that_was_in_force(day, pack_id):
    found = pack_on(date.fromisoformat(day))
    assert found.id == pack_id
    assert found is next(each for each in all_packs() if each.id == pack_id)


def test_no_pack_is_in_force_before_the_decree():
    with pytest.raises(UnknownPack, match=r"on 2024-10-22; the first is vn-2024-10-23$"):
        pack_on(date(2024, 10, 22))


def test_the_newest_pack_has_no_end():
    assert newest() is all_packs()[-1]
    assert newest().effective_to is None


def test_packs_follow_each_other_without_a_gap():
    for before, after in pairwise(all_packs()):
        assert before.effective_to + timedelta(days=1) == after.effective_from


def test_every_rule_has_its_evidence():
    for each in all_packs():
        held = [getattr(each.rules, name) for name in Rules.__struct_fields__]
        for rule in filter(None, held):
            assert rule.citation
            assert rule.kind == "law" or rule.note


def test_a_rule_stays_until_a_later_pack_states_it_anew():
    assert [each.rules.outage_notice_working_days is None for each in all_packs()] == [True] * 5 + [False] * 4
    assert [each.rules.outage_repair_hours is None for each in all_packs()] == [True] * 7 + [False] * 2
    assert len({each.rules.conversion_mark_text for each in all_packs()}) == 1
    assert [each.rules.dossier_code_scheme.value for each in all_packs()] == [
        *["legacy-2018"] * 2,
        *["qd20"] * 4,
        *["observed-2026"] * 3,
    ]


def test_eight_working_hours_are_law_until_the_text_changed_and_policy_after():
    rules = [rules_on(day).reception_notify_working_hours for day in ("2026-08-04", "2026-08-05")]
    assert [(rule.value, rule.kind) for rule in rules] == [(8, "law"), (8, "policy")]


def test_the_stop_notice_and_the_shifted_numbers_come_with_circular_03():
    old, new = rules_on("2025-07-01").forms.value, rules_on("2025-09-15").forms.value
    assert old.stop is None
    assert (old.handover_slip.number, new.handover_slip.number, new.stop.number) == ("05", "06", "05")
    assert new.receipt.number == "01"
    assert new.receipt.name_vi == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert {edge.form for edge in EDGES if edge.form} <= {*OfficialForms.__struct_fields__}


def test_exemptions_from_digitising_follow_the_circular_of_the_day():
    codes = {
        day: [entry.code for entry in rules_on(day).digitisation_exemptions.value]
        for day in ("2025-07-01", "2026-09-01")
    }
    assert codes["2025-07-01"] == ["already_shared", "photocopy"]
    assert codes["2026-09-01"] == [
        "filed_online",
        "presented_only",
        "processing_output",
        "secret",
        "already_shared",
        "photocopy",
    ]


def test_constants_in_code_agree_with_the_packs():
    for each in all_packs():
        assert each.rules.dossier_code_scheme.value in SCHEMES
        assert each.rules.digitisation_order.value == ("copy", "extract", "code", "store")
        assert each.rules.result_code_suffix.value.format(n=7) == result_code("H01-261125-0001", 7)[-4:]
        fields = each.rules.qr_fields.value
        assert (fields.all, fields.receipt, fields.result) == (qr.FIELDS, qr.RECEIPT_FIELDS, qr.RESULT_FIELDS)
        hours = tuple(tuple(map(time.fromisoformat, edges)) for edges in each.rules.working_hours.value)
        assert hours == OFFICE_HOURS
        assert day_end(each.rules.term_day_end.value) == LITERAL.day_end


def test_a_term_ends_with_its_last_day_by_law_and_not_when_the_office_closes():
    for each in all_packs():
        rule = each.rules.term_day_end
        assert (rule.value, rule.kind, rule.citation) == ("24:00", "law", "Civil Code 91/2015/QH13 Art. 147-148")


@pytest.mark.rule("R41")
def test_a_pinned_pack_cannot_be_changed():
    pack = pack_on(NEWEST)
    for thing, name in (
        (pack, "rules"),
        (pack.rules, "forms"),
        (pack.rules.forms, "value"),
        (pack.rules.forms.value, "stop"),
    ):
        with pytest.raises(AttributeError, match="immutable"):
            setattr(thing, name, None)
    hash(pack.rules)  # what could be changed has no hash


FIRST = json.loads((Path(packs.__file__).parent / "data" / "packs" / "vn-2024-10-23.json").read_text("utf-8"))
LATER = {"id": "vn-2025-01-01", "effective_from": "2025-01-01", "continues": FIRST["id"], "because": "Decree"}
LIMIT = {"value": 2, "citation": "Decree", "kind": "law"}


def built(*files):
    return build(json.dumps(file).encode() for file in files)


def first(**rules):
    return FIRST | {"rules": FIRST["rules"] | {name.replace("__", "."): given for name, given in rules.items()}}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([FIRST | {"id": "vn-1"}], "vn-1: a pack is named by the day it begins"),
        ([FIRST | {"continues": "vn-2024-01-01"}], "vn-2024-10-23: does not continue"),
        ([FIRST, LATER | {"continues": None, "rules": {}}], "vn-2025-01-01: does not continue"),
        ([first(extension__max=LIMIT | {"kind": "rumour"})], "Invalid enum value 'rumour' - at `..extension"),
        ([first(extension__max=LIMIT | {"kind": "policy"})], "policy says why"),
        ([first(extension__max=LIMIT | {"citation": ""})], "needs a citation"),
        ([first(extension__max=LIMIT | {"value": "one"})], "Expected `int`, got `str` - at `..extension"),
        ([first(extension__least=LIMIT)], "unknown field `extension.least`"),
        ([FIRST | {"rules": {}}], "vn-2024-10-23: Object missing required field `forms`"),
        ([FIRST | {"until": "2025-01-01"}], "a rule file: Object contains unknown field `until`"),
    ],
)
def test_a_rule_file_without_evidence_or_order_is_refused(files, words):
    with pytest.raises(BadPack, match=words):
        built(*files)


def test_a_later_file_states_only_what_changed():
    before, after = built(first(extension__max=LIMIT), LATER | {"rules": {"extension.max": LIMIT | {"value": 3}}})
    assert (before.rules.extension_max.value, after.rules.extension_max.value) == (2, 3)
    assert (before.effective_to, after.effective_to) == (date(2024, 12, 31), None)
    assert before.rules.forms == after.rules.forms


def test_a_policy_is_told_with_its_reason():
    assert Rule(1, "Decree", "policy", "not found").note == "not found"
    assert Rule(1, "Decree", "law").note == ""
    for given in (("", "law", "x"), ("Decree", "policy", "")):
        with pytest.raises(BadRule):
            Rule(1, *given)


def test_what_no_text_says_of_a_supplement_is_policy_in_every_pack_and_the_appraisal_law_once():
    for each in all_packs():
        rules = each.rules
        assert (rules.supplement_window_working_days.value, rules.supplement_window_working_days.kind) == (7, "policy")
        assert rules.supplement_lapses_to.kind == "policy"
        assert rules.supplement_clock.value == "restart"
    assert [each.rules.supplement_clock.kind for each in all_packs()[:2]] == ["law", "policy"]
