from dataclasses import fields, replace

import pytest

from chalicelib.law.levels import BadReasons, Gates, Reason, ReasonCode, ServiceLevel, assess
from chalicelib.law.packs import pack

OPEN = Gates(**{gate.name: True for gate in fields(Gates)})
BOTH = (Reason(ReasonCode.PRESENCE, "Luật Hộ tịch"), Reason(ReasonCode.ON_SITE, "Luật Đất đai"))


def test_a_service_is_full_only_when_all_seven_gates_are_open():
    assert len(fields(Gates)) == 7
    finding = assess(OPEN)
    assert (finding.level, finding.blockers, finding.notice_vi, finding.notice_en) == (ServiceLevel.FULL, (), "", "")
    assert "Decree 224/2026/ND-CP Art. 14" in finding.citation


@pytest.mark.parametrize("gate", [gate.name for gate in fields(Gates)])
def test_one_shut_gate_makes_the_service_partial_and_publishes_the_reason(gate):
    finding = assess(replace(OPEN, **{gate: False}), BOTH)
    assert (finding.level, finding.blockers) == ("mot_phan", (gate,))
    assert "Pháp luật yêu cầu có mặt" in finding.notice_vi
    assert "Luật Hộ tịch" in finding.notice_vi
    assert "Luật Đất đai" in finding.notice_en


def test_a_partial_service_without_reason_or_ground_cannot_be_enabled():
    shut = replace(OPEN, eform_available=False)
    with pytest.raises(BadReasons, match="eform_available"):
        assess(shut)
    with pytest.raises(BadReasons, match="legal ground"):
        assess(shut, [Reason(ReasonCode.TECHNICAL_FAULT, " ")])


@pytest.mark.parametrize(("gate", "other"), [("no_physical_presence", BOTH[1]), ("no_onsite_verification", BOTH[0])])
def test_presence_and_on_site_verification_each_need_their_own_reason(gate, other):
    with pytest.raises(BadReasons, match=gate):
        assess(replace(OPEN, **{gate: False}), [other])


def test_a_full_service_with_a_reason_to_be_partial_is_a_contradiction():
    with pytest.raises(BadReasons, match="every gate is open"):
        assess(OPEN, BOTH)


def test_the_citation_is_that_of_the_pack():
    assert "Decree 42/2022" in assess(OPEN, pack=pack("vn-2024-10-23")).citation


def test_every_reason_code_has_its_words_in_the_packs():
    for code in ReasonCode:
        assert assess(replace(OPEN, no_physical_presence=False), [BOTH[0], Reason(code, "Luật")]).notice_en
