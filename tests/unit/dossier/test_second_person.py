"""The rule of two: known and known, and not one person."""

import pytest

from chalicelib.dossier.second_person import doer_of, judge, require_second, unlisted, with_numbers
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import NotAllowed, SecondUnknown
from tests.fakes.environment import stage

__all__ = ["stage"]
pytestmark = pytest.mark.usefixtures("stage")
ONE, TWO = "001195012345", "001195012346"


def officer(subject, number=""):
    return Principal(subject=subject, kind="OFFICER", name="Lý Thanh Oanh", agency="H01.10.24", personal_id=number)


def hashed(number):
    return holder_of("CITIZEN", number)


def account(subject):
    return keyed_hash("officer", subject)


@pytest.mark.parametrize(
    ("second", "accounts", "numbers", "said"),
    [
        (("b", TWO), ["a"], [ONE], "other"),
        (("a", TWO), ["a"], [ONE], "same"),
        (("b", ONE), ["a"], [ONE], "same"),
        (("a", ""), ["a"], [], "same"),
        (("b", ""), ["a"], [ONE], "second"),
        (("b", TWO), ["a"], [], "first"),
        (("b", ""), ["a"], [], "second"),
        (("b", TWO), [], [], "other"),
    ],
)
def test_a_second_person_is_known_and_another_one(second, accounts, numbers, said):
    by = doer_of(officer(*second))
    for names in (accounts, [account(each) for each in accounts]):
        assert judge(by, names, [hashed(each) for each in numbers]).said == said


def test_the_refusal_names_whose_number_is_missing():
    with pytest.raises(SecondUnknown) as told:
        require_second(doer_of(officer("b")), ["a"], [hashed(ONE)], NotAllowed())
    assert told.value.facts == {"whose": "second", "officer": account("b")}
    with pytest.raises(SecondUnknown) as told:
        require_second(doer_of(officer("b", TWO)), [account("a")], [], NotAllowed())
    assert told.value.facts == {"whose": "first", "officer": account("a")}
    with pytest.raises(NotAllowed):
        require_second(doer_of(officer("b", ONE)), ["a"], [hashed(ONE)], NotAllowed())


def test_a_staff_list_makes_both_known_and_names_one_person():
    listed = {account("a"): {hashed(ONE)}, account("b"): {hashed(TWO)}, account("c"): {hashed(ONE)}}

    def find(name):
        return listed.get(name, ())

    assert judge(doer_of(officer("b")), [account("a")], [], find).said == "other"
    assert judge(doer_of(officer("c")), [account("a")], [], find).said == "same"
    assert judge(doer_of(officer("d", ONE)), [account("a")], [], find).said == "same"
    assert judge(doer_of(officer("d", TWO)), [account("a")], [], find).said == "other"


def test_of_several_who_did_it_each_is_known():
    kept = with_numbers(with_numbers((), officer("a", ONE)), officer("c"))
    assert judge(doer_of(officer("b", TWO)), ["a", "c"], kept) == ("first", account("c"))
    known = with_numbers(kept, officer("c", "001195012347"))
    assert judge(doer_of(officer("b", TWO)), ["a", "c"], known).said == "other"
    assert judge(doer_of(officer("b", "001195012347")), ["a", "c"], known).said == "same"


def test_what_is_missing_alone_is_looked_up():
    asked = list[str]()

    def find(name):
        asked.append(name)
        return unlisted(name)

    judge(doer_of(officer("b", TWO)), ["a"], [hashed(ONE)], find)
    assert asked == []
