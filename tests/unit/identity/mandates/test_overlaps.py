"""Two who represent one person in one procedure at one time: seen also where one of them has no end."""

import pytest

from chalicelib.identity.mandates.model import Claim, Claims, overlapping, without

JAN, FEB, MAR, APR = (f"2026-0{month}-01T00:00:00.000+00:00" for month in range(1, 5))


def claim(opens, closes, mandate="MD-1", who="a", procedures=("P",)):
    return Claim(mandate=mandate, representative=who, procedures=procedures, opens=opens, closes=closes)


@pytest.mark.parametrize(
    ("one", "other", "is_seen"),
    [
        ((JAN, None), (FEB, None), True),
        ((FEB, None), (JAN, None), True),
        ((JAN, None), (FEB, MAR), True),
        ((FEB, MAR), (JAN, None), True),
        ((JAN, FEB), (FEB, None), False),
        ((FEB, None), (JAN, FEB), False),
        ((FEB, None), (JAN, MAR), True),
        ((JAN, MAR), (FEB, None), True),
        ((JAN, FEB), (FEB, MAR), False),
        ((FEB, MAR), (JAN, FEB), False),
        ((JAN, MAR), (FEB, APR), True),
        ((FEB, APR), (JAN, MAR), True),
        ((JAN, APR), (FEB, MAR), True),
        ((FEB, MAR), (JAN, APR), True),
        ((JAN, FEB), (MAR, APR), False),
    ],
)
def test_an_overlap_is_seen_with_an_end_and_without_one(one, other, is_seen):
    wanted = claim(*other, mandate="MD-2", who="b")
    assert (overlapping([claim(*one)], wanted) is not None) == is_seen


def test_the_second_of_two_claims_is_seen_too():
    known = [claim(JAN, FEB), claim(MAR, None, mandate="MD-3", who="c")]
    assert overlapping(known, claim(MAR, APR, mandate="MD-2", who="b")).mandate == "MD-3"


def test_the_same_representative_the_same_mandate_and_another_procedure_do_not_overlap():
    known = [claim(JAN, None)]
    assert overlapping(known, claim(JAN, None, mandate="MD-2", who="a")) is None
    assert overlapping(known, claim(JAN, None, mandate="MD-1", who="b")) is None
    assert overlapping(known, claim(JAN, None, mandate="MD-2", who="b", procedures=("Q",))) is None
    assert overlapping(known, claim(JAN, None, mandate="MD-2", who="b", procedures=("Q", "P")))


def test_claims_without_an_end_stay_and_those_that_are_over_go():
    kept = Claims(claims=(claim(JAN, FEB), claim(JAN, None, mandate="MD-2"), claim(JAN, MAR, mandate="MD-3")))
    assert [each.mandate for each in without(kept, "MD-3", FEB).claims] == ["MD-2"]
    assert [each.mandate for each in without(kept, "MD-9", JAN).claims] == ["MD-1", "MD-2", "MD-3"]
