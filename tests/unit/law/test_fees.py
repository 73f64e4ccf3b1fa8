"""What a filing costs, by channel, day, place, payer and quantity; the highest preference, never the sum of them."""

from datetime import date

import pytest

from chalicelib.law.fees import Charge, Filing, Preference, preferences, reckon
from chalicelib.law.rules import BadRule

DAY = date(2026, 11, 26)
FILING = Filing("1.004222", "Đăng ký thường trú", "ONLINE", DAY, "H01")
EXACT = Charge("FEE", 20_000, "VND", "exact")


def preference(name, percent, **more):
    said = {"id": name, "citation": "Luật thử nghiệm", "source": "text", "kind": "law"}
    said |= {"text_vi": "Giảm", "text_en": "Less"}
    days = {"effective_from": date(2026, 1, 1), "effective_to": None, "procedures": ("1.004222",)}
    return Preference(**{**said, **days, "percent": percent, **more})


def owed(charge=EXACT, *known, **asked):
    found = reckon([charge], FILING._replace(**asked), known=known)
    return found.amount, found.currency, found.lines[0].taken


# --- without preferences ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charge", "asked", "amount"),
    [
        (EXACT, {}, 20_000),
        (EXACT, {"quantity": 3}, 20_000),
        (Charge("FEE", 8_000, "VND", "each"), {"quantity": 3}, 24_000),
        (Charge("FEE", 70, "USD", "exact"), {}, 70),
        (Charge("FEE", 0, None, "free"), {}, 0),
        (Charge("FEE", 8_000, None, "exact"), {}, None),
        (Charge("FEE", 8_000, "VND", "conditional"), {}, None),
        (Charge("FEE", None, None, "elsewhere"), {}, None),
        (Charge("FEE", 8_000, "VND", None), {}, None),
    ],
)
def test_a_fee_comes_to_what_was_decided_and_to_nothing_that_was_not(charge, asked, amount):
    found = reckon([charge], FILING._replace(**asked), known=())
    assert (found.amount, found.lines[0].before, found.lines[0].taken) == (amount, amount, None)
    assert found.currency == (charge.currency if amount else None)
    assert found.why_vi != found.why_en
    assert found.lines[0].why_vi != found.lines[0].why_en


def test_lines_are_added_only_where_all_of_them_are_owed_in_one_money():
    other = Charge("SERVICE_FEE", 5_000, "VND", "exact")
    free, dollars = Charge("OTHER", 0, None, "free"), Charge("OTHER", 5, "USD", "exact")
    unknown, again = Charge("OTHER", None, None, None), Charge("FEE", 7_000, "VND", "each")
    sums = [reckon(each, FILING, known=())[:2] for each in (
        [EXACT, other], [EXACT, free], [free], [EXACT, dollars], [EXACT, unknown], [EXACT, again], [],
    )]  # fmt: skip
    nothing = (None, None)
    assert sums == [(25_000, "VND"), (20_000, "VND"), (0, None), nothing, nothing, nothing, nothing]
    assert reckon([], FILING, is_free=True, known=())[:2] == (0, None)


# --- preferences -----------------------------------------------------------------------------------------------------


def test_of_several_preferences_the_highest_is_taken_and_never_the_sum():
    """Circular 117/2026 Art. 2(2)."""
    half, third = preference("half", 50), preference("third", 30)
    for known in ((half, third), (third, half)):
        assert owed(EXACT, *known) == (10_000, "VND", "half")
        considered = reckon([EXACT], FILING, known=known).lines[0].considered
        assert {(each.id, each.outcome) for each in considered} == {("half", "applies"), ("third", "applies")}
    assert owed(EXACT, half, third, preference("whole", 100)) == (0, None, "whole")


@pytest.mark.parametrize(
    ("more", "asked", "holds"),
    [
        ({"effective_from": DAY}, {}, True),
        ({"effective_from": date(2026, 11, 27)}, {}, False),
        ({"effective_to": DAY}, {}, True),
        ({"effective_to": date(2026, 11, 25)}, {}, False),
        ({"channels": ("ONLINE",)}, {}, True),
        ({"channels": ("ONLINE",)}, {"channel": "DIRECT"}, False),
        ({"provinces": ("H01",)}, {}, True),
        ({"provinces": ("H01",)}, {"province": "H01.10.24"}, True),
        ({"provinces": ("H01",)}, {"province": "H010"}, False),
        ({"provinces": ("H01",)}, {"province": "H02"}, False),
        ({"payers": ("child",)}, {"payer": "child"}, True),
        ({"payers": ("child",)}, {"payer": "elderly"}, False),
        ({"payers": ("child",)}, {}, False),
        ({"on_request_with_papers": True}, {"has_papers": True}, True),
        ({"on_request_with_papers": True}, {}, False),
        ({"procedures": ("1.000001",)}, {}, False),
    ],
)
def test_a_preference_holds_only_where_every_condition_does(more, asked, holds):
    assert owed(EXACT, preference("p", 50, **more), **asked) == (
        (10_000, "VND", "p") if holds else (20_000, "VND", None)
    )


@pytest.mark.parametrize("more", [{"procedures": None}, {"percent": None}, {"procedures": (), "near": ("thường trú",)}])
def test_a_preference_of_which_something_is_not_known_makes_the_sum_unknown_but_not_what_is_spared_whole(more):
    doubt = preference("doubt", **{"percent": 50, **more})
    assert owed(EXACT, doubt) == (None, None, None)
    assert owed(EXACT, doubt, preference("half", 50)) == (None, None, None), "it may be the higher one"
    assert owed(EXACT, doubt, preference("whole", 100)) == (0, None, "whole"), "no higher one is possible"
    assert owed(Charge("FEE", 0, None, "free"), doubt) == (0, None, None)
    assert owed(EXACT._replace(has_preferences=False), doubt) == (20_000, "VND", None), "a price is no fee of the law"


def test_what_is_spared_whole_needs_no_sum():
    assert owed(Charge("FEE", None, None, "elsewhere"), preference("whole", 100)) == (0, None, "whole")


def test_a_fee_spares_the_payers_that_its_own_words_name():
    fee = Charge("FEE", 20_000, "VND", "conditional", ("child", "elderly"))
    assert owed(fee, payer="child") == (0, None, "fee-exempts")
    assert owed(fee, payer="disabled") == (None, None, None)
    assert owed(fee) == (None, None, None)


# --- the preferences that we know ------------------------------------------------------------------------------------


def weighed(charge=EXACT, **asked):
    found = reckon([charge], FILING._replace(**asked))
    return found.amount, {each.id: each.outcome for each in found.lines[0].considered}


def test_an_account_with_the_papers_pays_nothing_for_the_listed_kinds_in_its_time():
    """Resolution 66.22/2026, Circular 117/2026: 15/08/2026 to 28/02/2027."""
    days = {date(2026, 8, 14): 20_000, date(2026, 8, 15): 0, date(2027, 2, 28): 0, date(2027, 3, 1): 20_000}
    assert {day: weighed(on=day, has_papers=True)[0] for day in days} == days
    assert weighed()[0] == 20_000, "only at its holder's request"
    assert weighed(procedure="1.115784", name_vi="Đăng ký đất đai", has_papers=True)[0] == 20_000
    near = weighed(procedure="1.010028", name_vi="Xóa đăng ký tạm trú", has_papers=True)
    assert (near[0], near[1]["vneid-2026"]) == (None, "unknown")
    tax = weighed(procedure="1.007277", name_vi="Khai lệ phí trước bạ nhà, đất", has_papers=True)
    assert (tax[0], tax[1]["vneid-2026-registration"]) == (None, "unknown")


@pytest.mark.parametrize("payer", ["child", "poor_household", "elderly", "disabled", "revolution_contributor",
                                   "minority_hard_commune"])  # fmt: skip
def test_a_group_of_the_law_on_fees_may_be_exempt_and_nobody_guesses_how_far(payer):
    """Law 97/2015 Art. 10: who sets a fee says which groups it spares."""
    amount, outcomes = weighed(payer=payer)
    assert (amount, outcomes["law-97-2015-art-10"]) == (None, "unknown")
    assert weighed(payer=payer, has_papers=True)[0] == 0, "the highest: nothing is left to spare"


def test_a_provinces_list_that_was_not_read_is_unknown_there_and_nowhere_else():
    days = {date(2026, 8, 7): "not", date(2026, 8, 8): "unknown"}
    assert {day: weighed(on=day, province="H24")[1]["hai-phong-23-2026"] for day in days} == days
    assert weighed(province="H24", channel="DIRECT")[0] == weighed(province="H01")[0] == 20_000
    assert weighed(province="H24")[0] is None


def test_every_preference_has_its_citation_and_says_what_is_ours_in_it():
    found = preferences()
    assert len({each.id for each in found}) == len(found) == 4
    assert {each.id for each in found if each.source == "secondary"} == {"hai-phong-23-2026"}
    assert all(each.text_vi != each.text_en and each.citation for each in found)
    with pytest.raises(BadRule):
        preference("p", 1, kind="policy")
    with pytest.raises(BadRule):
        preference("p", 1, citation="")


@pytest.mark.parametrize(
    ("before", "percent", "after"), [(1, 50, 0), (3, 50, 1), (99, 10, 89), (101, 10, 90), (7, 99, 0), (1, 1, 0)]
)
def test_a_share_of_a_fee_is_rounded_down_for_who_pays(before, percent, after):
    assert owed(Charge("FEE", before, "VND", "exact"), preference("p", percent))[0] == after


@pytest.mark.parametrize("order", [(30, 50, 20), (50, 30, 20), (20, 30, 50)])
def test_the_highest_preference_is_taken_wherever_it_stands(order):
    known = [preference(f"p-{each}", each) for each in order]
    assert owed(EXACT, *known) == (10_000, "VND", "p-50")


@pytest.mark.parametrize(("ends", "percent"), [(None, 50), (DAY, 50), (date(2026, 11, 25), None)])
def test_a_preference_holds_to_its_last_day_included_and_without_an_end_for_ever(ends, percent):
    taken = owed(EXACT, preference("p", 50, effective_to=ends))[2]
    assert taken == ("p" if percent else None)


def test_a_preference_holds_from_its_first_day_on():
    assert owed(EXACT, preference("p", 50, effective_from=DAY))[2] == "p"
    assert owed(EXACT, preference("p", 50, effective_from=date(2026, 11, 27)))[2] is None
