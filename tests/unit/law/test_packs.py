from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from chalicelib.law import qr
from chalicelib.law.clock import OFFICE_HOURS
from chalicelib.law.codes import SCHEMES
from chalicelib.law.packs import BadPack, UnknownPack, UnknownRule, all_packs, build, pack, pack_on
from chalicelib.law.states import EDGES

NAMES = {
    "reception.notify_working_hours",
    "forward.direct_cutoff",
    "dossier_code.scheme",
    "result_code.suffix",
    "forms",
    "conversion.mark_text",
    "qr.fields",
    "supplement.max_requests",
    "supplement.appraisal_working_days",
    "extension.max",
    "working_hours",
    "identity.min_level",
    "digitisation.order",
    "digitisation.exemptions",
    "scan.min_dpi",
    "level.reasons",
}


@pytest.mark.parametrize(
    ("day", "pack_id"),
    [
        ("2024-10-23", "vn-2024-10-23"),
        ("2025-06-30", "vn-2024-10-23"),
        ("2025-07-01", "vn-2025-07-01"),
        ("2025-09-15", "vn-2025-09-15"),
        ("2026-01-25", "vn-2026-01-25"),
        ("2026-07-01", "vn-2026-07-01"),
        ("2026-08-04", "vn-2026-07-01"),
        ("2026-08-05", "vn-2026-08-05"),
        ("2026-11-25", "vn-2026-09-01"),
    ],
)
def test_a_day_has_the_pack_that_was_in_force(day, pack_id):
    found = pack_on(date.fromisoformat(day))
    assert found.id == pack_id
    assert found is pack(pack_id)


def test_no_pack_is_in_force_before_the_decree():
    with pytest.raises(UnknownPack, match="2024-10-22"):
        pack_on(date(2024, 10, 22))
    with pytest.raises(UnknownPack):
        pack("vn-2030-01-01")
    with pytest.raises(UnknownRule, match="no rule"):
        pack("vn-2026-09-01").value("no.such.rule")


def test_packs_follow_each_other_without_a_gap():
    packs = all_packs()
    for before, after in pairwise(packs):
        assert before.effective_to + timedelta(days=1) == after.effective_from
    assert packs[-1].effective_to is None


def test_every_pack_holds_every_rule_with_its_evidence():
    for each in all_packs():
        assert each.rules.keys() >= NAMES
        for rule in each.rules.values():
            assert rule.citation
            assert rule.kind == "law" or rule.note


def test_eight_working_hours_are_law_until_the_text_changed_and_policy_after():
    rules = [
        pack_on(date.fromisoformat(day)).rule("reception.notify_working_hours") for day in ("2026-08-04", "2026-08-05")
    ]
    assert [(rule.value, rule.kind) for rule in rules] == [(8, "law"), (8, "policy")]


def test_the_stop_notice_and_the_shifted_numbers_come_with_circular_03():
    old, new = pack("vn-2025-07-01").value("forms"), pack("vn-2025-09-15").value("forms")
    assert "stop" not in old
    assert (old["handover_slip"]["number"], new["handover_slip"]["number"], new["stop"]["number"]) == ("05", "06", "05")
    assert new["receipt"]["number"] == "01"
    assert new["receipt"]["name_vi"] == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert {edge.form for edge in EDGES if edge.form} <= new.keys()


def test_exemptions_from_digitising_follow_the_circular_of_the_day():
    codes = {
        pack_id: [entry["code"] for entry in pack(pack_id).value("digitisation.exemptions")]
        for pack_id in ("vn-2025-07-01", "vn-2026-09-01")
    }
    assert codes["vn-2025-07-01"] == ["already_shared", "photocopy"]
    assert codes["vn-2026-09-01"] == [
        "filed_online",
        "presented_only",
        "processing_output",
        "secret",
        "already_shared",
        "photocopy",
    ]
    for entry in pack("vn-2026-09-01").value("digitisation.exemptions"):
        assert entry.keys() == {"code", "text_vi", "text_en", "citation"}


def test_constants_in_code_agree_with_the_packs():
    for each in all_packs():
        assert each.value("dossier_code.scheme") in SCHEMES
        assert each.value("digitisation.order") == ("copy", "extract", "code", "store")
        fields = each.value("qr.fields")
        assert (fields["all"], fields["receipt"], fields["result"]) == (qr.FIELDS, qr.RECEIPT_FIELDS, qr.RESULT_FIELDS)
        windows = tuple(tuple(time.fromisoformat(edge) for edge in window) for window in each.value("working_hours"))
        assert windows == OFFICE_HOURS


@pytest.mark.rule("R41")
def test_a_pinned_pack_cannot_be_changed():
    values = pack("vn-2026-09-01")
    with pytest.raises(TypeError):
        values.value("forms")["receipt"] = {}
    with pytest.raises(TypeError):
        values.rules["extension.max"] = None


RULE = {"value": 1, "citation": "Decree", "kind": "law"}


def file_of(day="2024-10-23", continues=None, pack_id=None, rule=RULE):
    return {"id": pack_id or f"vn-{day}", "effective_from": day, "continues": continues, "rules": {"a": rule}}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([file_of(pack_id="vn-1")], "named by the day"),
        ([file_of(), file_of("2025-01-01")], "does not continue"),
        ([file_of(rule=RULE | {"kind": "rumour"})], "citation and a kind"),
        ([file_of(rule=RULE | {"kind": "policy"})], "policy says why"),
        ([file_of(rule=RULE | {"citation": ""})], "needs a citation"),
    ],
)
def test_a_rule_file_without_evidence_or_order_is_refused(files, words):
    with pytest.raises(BadPack, match=words):
        build(files)


def test_a_later_file_states_only_what_changed():
    first, second = build([file_of(), file_of("2025-01-01", "vn-2024-10-23", rule=RULE | {"value": 2})])
    assert (first.value("a"), second.value("a"), first.effective_to) == (1, 2, date(2024, 12, 31))
