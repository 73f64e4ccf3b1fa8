import re

import pytest

from chalicelib.law.states import EDGES, TERMINAL, DossierState, ForbiddenTransition, check, label, ways_from

# Rows are where a dossier stands, columns where it goes; the table of law/one-stop.md section 7 written out by hand.
ALLOWED = {
    None: {1},
    1: {2, 3, 5, 7},
    2: {4, 5, 6, 7},
    3: set(),
    4: {5, 6, 7, 8, 9},
    5: {1, 2, 3, 4, 7, 8},
    6: {4, 7},
    7: {1, 2, 4, 5, 6, 8},
    8: set(),
    9: {10},
    10: set(),
}


LABELS = {
    1: ("Mới đăng ký", "Registered"),
    2: ("Được tiếp nhận", "Accepted"),
    3: ("Không được tiếp nhận", "Not accepted"),
    4: ("Đang xử lý", "In process"),
    5: ("Yêu cầu bổ sung giấy tờ", "Supplement requested"),
    6: ("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment requested"),
    7: ("Công dân yêu cầu rút hồ sơ", "Withdrawal requested"),
    8: ("Dừng xử lý", "Stopped"),
    9: ("Đã xử lý xong", "Processed"),
    10: ("Đã trả kết quả", "Result returned"),
}
CLAUSE = re.compile(r"((Decree|Circular) )?\d+/\d{4}/[A-Z-]+ Art\. \d+[^A-Z]*|Our reading: [^A-Z]+")
FORMS = {  # the paper that goes with a move, by the states it leads between; the others have none
    (1, 2): "receipt",
    (1, 3): "refusal",
    (1, 5): "supplement_request",
    (2, 4): "handover_slip",
    (2, 5): "supplement_request",
    (4, 5): "supplement_request",
    (4, 8): "refusal",
    (5, 3): "refusal",
    (5, 8): "stop",
    (7, 8): "stop",
}


@pytest.mark.parametrize("src", [None, *DossierState])
@pytest.mark.parametrize("dst", list(DossierState))
def test_only_the_edges_of_the_table_are_open(src, dst):
    if dst.value in ALLOWED[None if src is None else src.value]:
        edge = check(src, dst)
        assert (edge.src, edge.dst) == (src, dst)
    else:
        with pytest.raises(ForbiddenTransition) as refusal:
            check(src, dst)
        assert (refusal.value.src, refusal.value.dst) == (src, dst)
        assert str(refusal.value) == f"no way from {src.name if src else 'nothing'} to {dst.name}"


def test_the_codes_are_the_portals_ten():
    assert [state.value for state in DossierState] == list(range(1, 11))
    assert {state: (label(state), label(state, "en")) for state in DossierState} == LABELS


def test_nothing_leaves_a_terminal_state():
    assert {state for state in DossierState if not any(edge.src is state for edge in EDGES)} == TERMINAL
    assert len({(edge.src, edge.dst) for edge in EDGES}) == len(EDGES)


# Where from, where to, by what, and the form that goes with it; the same table again, by hand.
MOVES = """
0 1 technical_check_passed
1 2 officer_accepts receipt
1 3 officer_refuses refusal
1 5 dossier_incomplete supplement_request
2 4 forwarded handover_slip
2 6 fee_noticed
4 6 fee_noticed
6 4 fee_paid
4 5 not_eligible_after_appraisal supplement_request
2 5 incomplete_before_forwarding supplement_request
5 1 supplement_received
5 2 supplement_received
5 4 supplement_received
5 3 supplement_lapsed refusal
5 8 supplement_lapsed stop
1 7 withdrawal_asked
2 7 withdrawal_asked
4 7 withdrawal_asked
5 7 withdrawal_asked
6 7 withdrawal_asked
7 8 withdrawal_confirmed stop
7 1 withdrawal_refused
7 2 withdrawal_refused
7 4 withdrawal_refused
7 5 withdrawal_refused
7 6 withdrawal_refused
4 8 agency_stops refusal
4 9 decision_signed
9 10 delivered
"""


def test_every_edge_has_its_trigger_its_form_and_a_clause():
    moves = [
        " ".join(filter(None, (str(int(edge.src or 0)), str(int(edge.dst)), edge.trigger, edge.form))) for edge in EDGES
    ]
    assert sorted(moves) == sorted(MOVES.split("\n")[1:-1])
    assert all("Art." in edge.citation or "our reading" in edge.citation.lower() for edge in EDGES)


@pytest.mark.parametrize("src", list(DossierState))
def test_the_ways_from_a_state_are_those_of_the_table(src):
    assert ways_from(src) == tuple(sorted(ALLOWED[src.value]))
