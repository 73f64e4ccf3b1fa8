import pytest

from chalicelib.law.states import EDGES, TERMINAL, DossierState, ForbiddenTransition, check, label

# Rows are where a dossier stands, columns where it goes; the table of law/one-stop.md section 7 written out by hand.
ALLOWED = {
    None: {1},
    1: {2, 3, 5, 7},
    2: {4, 6, 7},
    3: set(),
    4: {5, 6, 7, 8, 9},
    5: {1, 2, 4, 7, 8},
    6: {4, 7},
    7: {1, 2, 4, 5, 6, 8},
    8: set(),
    9: {10},
    10: set(),
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
        assert dst.name in str(refusal.value)


def test_the_codes_are_the_portals_ten():
    assert [state.value for state in DossierState] == list(range(1, 11))
    assert label(DossierState.REGISTERED) == "Mới đăng ký"
    assert label(DossierState.RESULT_RETURNED) == "Đã trả kết quả"
    assert label(DossierState.STOPPED, "en") == "Stopped"
    assert len({label(state, language) for state in DossierState for language in ("vi", "en")}) == 20


def test_nothing_leaves_a_terminal_state():
    assert {state for state in DossierState if not any(edge.src is state for edge in EDGES)} == TERMINAL
    assert len({(edge.src, edge.dst) for edge in EDGES}) == len(EDGES)


def test_every_edge_has_a_trigger_and_a_clause():
    assert all(edge.trigger and edge.citation for edge in EDGES)
    assert check(DossierState.REGISTERED, DossierState.ACCEPTED).form == "receipt"
    assert check(DossierState.WITHDRAWAL_REQUESTED, DossierState.STOPPED).form == "stop"
