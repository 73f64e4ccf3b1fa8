"""What notices are paid as: an e-mail each, an SMS by its parts in the alphabet of telephones."""

import pytest

from infra.cost.count import Messages
from infra.cost.messages import sms_parts, told


@pytest.mark.parametrize(("signs", "parts"), [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)])
def test_a_long_sms_is_paid_by_parts_of_which_each_has_less_room_than_one_alone(signs, parts):
    assert sms_parts("x" * signs) == parts


def test_signs_that_take_two_places_count_twice():
    assert sms_parts("~" * 80) == 1
    assert sms_parts("~" * 81) == 2


def test_each_notice_is_one_email_and_the_parts_of_its_sms():
    assert told(["x" * 100, "x" * 200, "x" * 310]) == Messages(emails=3, sms_parts=6)
    assert told([]) == Messages(emails=0, sms_parts=0)
