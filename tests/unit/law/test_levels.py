from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law.levels import (
    Bar,
    Gates,
    Reason,
    ServiceLevel,
    judge,
)
from chalicelib.law.packs import all_packs, newest, pack_on

NAMES = tuple(gate.name for gate in fields(Gates))
OPEN = Gates(**dict.fromkeys(NAMES, True))
OWN = {"no_physical_presence": "presence", "no_onsite_verification": "on_site"}
TECHNICAL = ("technical_fault", "technical_other")
PRESENCE = Reason("presence", "Luật Hộ tịch")
TEXTS = {entry.code: entry for entry in newest().rules.level_reasons.value}


def fitting(gate, technical="technical_other"):
    return Reason(OWN.get(gate, technical), f"Căn cứ của {gate}")


def rules_of(finding):
    return [(problem.pointer, problem.rule) for problem in finding.problems]


@pytest.mark.rule("R02")
def test_a_service_is_full_only_when_all_seven_gates_are_open_and_reviewed():
    assert len(NAMES) == 7
    finding = judge(OPEN, reviewed=True)
    assert (finding.level, finding.blockers, finding.problems) == (ServiceLevel.FULL, (), ())
    assert (finding.notice_vi, finding.notice_en, finding.short_vi, finding.short_en) == ("", "", "", "")
    assert "Decree 224/2026/ND-CP Art. 14" in finding.citation


@pytest.mark.rule("R43")
def test_without_a_recorded_review_end_to_end_is_not_offered_and_the_finding_says_so():
    finding = judge(OPEN)
    assert finding.level is ServiceLevel.PARTIAL
    assert [(blocker.gate, blocker.state) for blocker in finding.blockers] == [("review", "missing")]
    assert "rà soát" in finding.notice_vi
    assert "review" in finding.short_en
    assert "Art. 8(2)" in finding.citation


@pytest.mark.rule("R02")
@given(
    values=st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES}),
    technical=st.sampled_from(TECHNICAL),
    reviewed=st.booleans(),
)
def test_level_reasons_and_notice_follow_the_gates_exactly(values, technical, reviewed):
    gates = Gates(**values)
    closed = [name for name in NAMES if values[name] is not True]
    reasons = list({reason.code: reason for reason in (fitting(name, technical) for name in closed)}.values())
    finding = judge(gates, reasons, reviewed=reviewed)
    assert finding.problems == ()
    assert (finding.level is ServiceLevel.FULL) == (not closed and reviewed)
    states = {blocker.gate: blocker.state for blocker in finding.blockers if blocker.gate != "review"}
    assert states == {name: "shut" if values[name] is False else "unknown" for name in closed}
    assert ("review" in {blocker.gate for blocker in finding.blockers}) == (not reviewed)
    given_codes = {reason.code for reason in reasons}
    for code, text in TEXTS.items():
        assert (text.text_vi in finding.notice_vi) == (code in given_codes)
        assert (text.text_en in finding.short_en) == (code in given_codes)
    for reason in reasons:
        assert reason.legal_basis in finding.short_vi
    for blocker in finding.blockers:
        assert blocker.vi in finding.notice_vi
        assert blocker.en in finding.notice_en


@pytest.mark.rule("R02")
@given(gate=st.sampled_from(NAMES), known=st.booleans(), blank=st.sampled_from(["", " ", "\t\n"]))
def test_no_gate_closes_without_a_reason_and_its_ground(gate, known, blank):
    gates = replace(OPEN, **{gate: False if known else None})
    without = judge(gates, reviewed=True)
    assert rules_of(without) == [("/online/reasons", "R02")]
    assert gate in without.problems[0].en
    groundless = judge(gates, [fitting(gate)._replace(legal_basis=blank)], reviewed=True)
    assert rules_of(groundless) == [("/online/reasons/0/legal_basis", "R02")]
    assert "legal ground" in groundless.problems[0].en


@pytest.mark.rule("R02")
@pytest.mark.parametrize("gate", NAMES)
def test_an_unknown_gate_is_named_as_unknown_and_never_counts_as_open(gate):
    finding = judge(replace(OPEN, **{gate: None}), [fitting(gate)], reviewed=True)
    assert finding.level is ServiceLevel.PARTIAL
    (blocker,) = finding.blockers
    assert (blocker.gate, blocker.state) == (gate, "unknown")
    assert "chưa xác định" in finding.notice_vi
    assert "not known" in finding.notice_en
    assert finding.problems == ()


@pytest.mark.rule("R02")
@pytest.mark.parametrize("gate", OWN)
def test_presence_and_on_site_verification_each_need_their_own_reason(gate):
    both = replace(OPEN, no_physical_presence=False, no_onsite_verification=False)
    other = next(code for name, code in OWN.items() if name != gate)
    finding = judge(both, [Reason(other, "Luật Đất đai")], reviewed=True)
    assert rules_of(finding) == [(f"/online/gates/{gate}", "R02")]


@pytest.mark.rule("R02")
def test_a_reason_that_no_gate_stands_behind_is_refused():
    finding = judge(replace(OPEN, eform_available=False), [PRESENCE, fitting("eform_available")], reviewed=True)
    assert rules_of(finding) == [("/online/reasons/0/code", "R02")]
    papers = replace(OPEN, all_components_submittable_electronically=False)
    assert rules_of(judge(papers, [PRESENCE], reviewed=True)) == [("/online/reasons/0/code", "R02")]
    both = replace(papers, no_physical_presence=False)
    assert rules_of(judge(both, [PRESENCE], reviewed=True)) == []
    assert rules_of(judge(OPEN, [PRESENCE], reviewed=True)) == [("/online/reasons", "R02")]
    assert "every gate is open" in judge(OPEN, [PRESENCE], reviewed=True).problems[0].en


@pytest.mark.rule("R02")
def test_a_reason_outside_the_closed_list_or_given_twice_is_refused():
    shut = replace(OPEN, no_physical_presence=False)
    assert rules_of(judge(shut, [PRESENCE, Reason("too_busy", "Luật")], reviewed=True)) == [
        ("/online/reasons/1/code", "R02")
    ]
    assert rules_of(judge(shut, [PRESENCE, PRESENCE], reviewed=True)) == [("/online/reasons/1/code", "R02")]


@pytest.mark.rule("R01")
def test_a_procedure_that_the_law_bars_has_level_none_and_says_by_which_law():
    finding = judge(OPEN, reviewed=True, bar=Bar("Luật Giám định tư pháp, Điều 1"))
    assert (finding.level, finding.level.key) == (ServiceLevel.NONE, "none")
    assert "Luật Giám định tư pháp, Điều 1" in finding.short_vi
    assert "Luật Giám định tư pháp, Điều 1" in finding.notice_en
    assert "Art. 8(1)" in finding.citation


@pytest.mark.rule("R01")
def test_a_bar_needs_its_law_and_takes_no_reason_to_be_partial():
    assert rules_of(judge(OPEN, [PRESENCE], bar=Bar(" "))) == [
        ("/online/legal_basis", "R01"),
        ("/online/reasons", "R01"),
    ]
    assert rules_of(judge(OPEN, bar=Bar("Luật Đất đai"))) == []


@pytest.mark.rule("R02")
def test_every_problem_is_said_in_both_languages():
    shut = Gates(**dict.fromkeys(NAMES, False))
    found = judge(shut, [Reason("nothing", ""), PRESENCE, PRESENCE]).problems
    assert len(found) > 5
    found += judge(OPEN, [PRESENCE], bar=Bar("")).problems + judge(OPEN, [PRESENCE], reviewed=True).problems
    found += judge(shut).problems + judge(replace(OPEN, eform_available=False), [PRESENCE]).problems
    for problem in found:
        assert problem.pointer.startswith("/online/")
        assert problem.vi
        assert problem.en
        assert problem.vi != problem.en


def test_the_citation_is_that_of_the_pack():
    shut = replace(OPEN, eform_available=False)
    old = judge(shut, [fitting("eform_available")], pack=pack_on(date(2024, 10, 23)))
    assert "Decree 42/2022" in old.citation
    assert "Decree 42/2022" in old.notice_en


@pytest.mark.parametrize("each", all_packs(), ids=lambda each: each.id)
def test_every_pack_speaks_of_these_gates_and_of_reasons_in_its_list(each):
    entries = each.rules.level_gates.value
    assert [entry.gate for entry in entries] == list(NAMES)
    codes = {entry.code for entry in each.rules.level_reasons.value}
    assert codes == {*OWN.values(), *TECHNICAL}
    for entry in entries:
        assert entry.reasons
        assert codes.issuperset(entry.reasons)
