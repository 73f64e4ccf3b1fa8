from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.law.levels import (
    Bar,
    Gates,
    Reason,
    ServiceLevel,
    judge,
)
from chalicelib.law.packs import all_packs, newest, pack_on

NAMES = Gates.__struct_fields__
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


@pytest.mark.rule("R02", "level")
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


@pytest.mark.rule("R02", "no_reason")
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
    needless = judge(OPEN, [PRESENCE], reviewed=True)
    assert (rules_of(needless), needless.reasons) == ([("/online/reasons", "R02")], (PRESENCE,))
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


PRESENT = {entry.gate: entry for entry in newest().rules.level_gates.value}
LAW, POST = "Luật Hộ tịch, Điều 16", "Hồ sơ nộp trực tiếp hoặc qua bưu chính theo quy định của thủ tục."
BY_HAND = "Hand the dossier in at the agency or by post, as the procedure provides."


@pytest.mark.rule("R01")
@pytest.mark.parametrize("basis", [f" {LAW} ", " "])
def test_the_notices_of_a_barred_procedure_in_full(basis):
    finding = judge(OPEN, bar=Bar(basis))
    ground = f" ({LAW})" if basis.strip() else ""
    barred = newest().rules.level_barred
    assert (finding.short_vi, finding.short_en) == (
        f"{barred.value.text_vi}{ground}.",
        f"{barred.value.text_en}{ground}.",
    )
    assert finding.notice_vi == f"{barred.value.text_vi}{ground}. {POST}"
    assert finding.notice_en == f"{barred.value.text_en}{ground}. {BY_HAND}"
    assert (finding.citation, finding.blockers, finding.reasons) == (barred.citation, (), ())


@pytest.mark.rule("R02")
def test_the_notices_of_a_partial_service_in_full():
    gates = replace(OPEN, no_physical_presence=False, eform_available=None)
    reasons = [Reason("presence", f" {LAW} "), Reason("technical_other", "Luật B")]
    finding = judge(gates, reasons)
    presence, other = TEXTS["presence"], TEXTS["technical_other"]
    form, present = PRESENT["eform_available"], PRESENT["no_physical_presence"]
    review = newest().rules.level_review.value
    open_vi = f"chưa xác định có hay không: {form.shut_vi}; {present.shut_vi}; {review.text_vi}"
    open_en = f"not known whether {form.shut_en}; {present.shut_en}; {review.text_en}"
    why_vi = f"Lý do: {presence.text_vi} ({LAW}); {other.text_vi} (Luật B)."
    why_en = f"Reason: {presence.text_en} ({LAW}); {other.text_en} (Luật B)."
    citation = newest().rules.level_reasons.citation
    assert finding.short_vi == f"Dịch vụ công trực tuyến một phần. {why_vi}"
    assert finding.short_en == f"This service is partly online. {why_en}"
    assert finding.notice_vi == (
        f"Dịch vụ công trực tuyến một phần. {why_vi} Chưa đủ điều kiện toàn trình: {open_vi}. ({citation})"
    )
    assert finding.notice_en == (
        f"This service is partly online. {why_en} What keeps it from being end to end: {open_en}. ({citation})"
    )
    assert [blocker.state for blocker in finding.blockers] == ["unknown", "shut", "missing"]
    assert (finding.citation, finding.reasons, finding.problems) == (citation, tuple(reasons), ())


@pytest.mark.rule("R43")
def test_the_notices_of_a_service_that_waits_for_its_review_in_full():
    finding = judge(OPEN)
    review = newest().rules.level_review
    assert finding.short_vi == f"Dịch vụ công trực tuyến một phần: {review.value.text_vi}."
    assert finding.short_en == f"This service is partly online: {review.value.text_en}."
    assert finding.notice_vi == (
        f"Dịch vụ công trực tuyến một phần. Chưa đủ điều kiện toàn trình: {review.value.text_vi}. ({review.citation})"
    )
    ends_en = f"What keeps it from being end to end: {review.value.text_en}. ({review.citation})"
    assert finding.notice_en == f"This service is partly online. {ends_en}"
    assert finding.citation == review.citation


def said(finding):
    return [problem[:4] for problem in finding.problems]


@pytest.mark.rule("R01")
def test_what_is_wrong_with_a_bar_is_said():
    assert said(judge(OPEN, [PRESENCE], bar=Bar("\n"))) == [
        (
            "/online/legal_basis",
            "R01",
            "Cần nêu căn cứ pháp lý của việc không thực hiện trực tuyến",
            "Name the law that bars electronic means",
        ),
        (
            "/online/reasons",
            "R01",
            "Thủ tục không được thực hiện trực tuyến thì không có lý do của mức một phần",
            "A procedure barred from electronic means has no reason to be partial",
        ),
    ]


@pytest.mark.rule("R02")
def test_what_is_wrong_with_reasons_is_said():
    closed = replace(OPEN, no_physical_presence=False, signing_supported=None)
    assert said(judge(OPEN, [PRESENCE], reviewed=True)) == [
        (
            "/online/reasons",
            "R02",
            "Mọi điều kiện đều đáp ứng nên không có lý do nào để chỉ làm một phần",
            "every gate is open: there is no reason to be partial",
        )
    ]
    assert said(judge(closed)) == [
        (
            "/online/reasons",
            "R02",
            "Dịch vụ một phần phải công bố lý do và căn cứ pháp lý",
            "a partial service needs a published reason; not open: no_physical_presence, signing_supported",
        )
    ]
    codes = ", ".join(TEXTS)
    shut = replace(OPEN, no_physical_presence=False)
    given = [Reason("too_busy", "Luật"), Reason("on_site", " "), Reason("on_site", "Luật")]
    assert said(judge(shut, given)) == [
        ("/online/reasons/0/code", "R02", f"Lý do phải thuộc danh mục: {codes}", f"the reason is one of {codes}"),
        (
            "/online/reasons/1/legal_basis",
            "R02",
            "Lý do cần căn cứ pháp lý",
            "the reason on_site needs its legal ground",
        ),
        ("/online/reasons/2/code", "R02", "Lý do này đã được nêu", "the reason on_site is given twice"),
        (
            "/online/gates/no_physical_presence",
            "R02",
            f"Điều kiện chưa đáp ứng ({PRESENT['no_physical_presence'].shut_vi}) cần một lý do: presence",
            "the gate no_physical_presence is shut: give a reason, presence",
        ),
        *(
            (
                f"/online/reasons/{place}/code",
                "R02",
                "Không có điều kiện nào chưa đáp ứng vì lý do này",
                "no gate is shut for the reason on_site",
            )
            for place in (1, 2)
        ),
    ]
    signing = judge(replace(OPEN, signing_supported=False), [PRESENCE])
    assert signing.problems[0].en == (
        "the gate signing_supported is shut: give a reason, technical_fault or technical_other"
    )
    assert "cần một lý do: technical_fault, technical_other" in signing.problems[0].vi


@pytest.mark.rule("R02")
def test_the_gates_that_are_shut_or_unknown_are_named_in_order():
    gates = replace(OPEN, no_physical_presence=False, eform_available=False, signing_supported=None)
    assert gates.shut() == ("eform_available", "no_physical_presence")
    assert gates.unknown() == ("signing_supported",)
    assert (OPEN.shut(), OPEN.unknown()) == ((), ())


def test_a_level_has_its_word_in_the_api_and_in_the_law():
    assert [(level.value, level.key) for level in ServiceLevel] == [
        ("toan_trinh", "full"),
        ("mot_phan", "partial"),
        ("khong", "none"),
    ]
