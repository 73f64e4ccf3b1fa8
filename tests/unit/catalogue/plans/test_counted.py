"""What everybody may know of the dossiers of a planned service: no small group, and no month that is not over."""

import json
from pathlib import Path

import pytest

from chalicelib.catalogue.plans.counted import came, least
from chalicelib.catalogue.restructuring.running import CameBy

FEW = {"national_portal": None, "authority_system": None, "provider_portal": None}


def own(*monthly, channel="authority_system"):
    return [CameBy(f"2026-{month:02d}", channel, count) for month, count in enumerate(monthly, 1)]


def test_the_least_is_that_by_which_boards_name_procedures():
    assert least() == json.loads(Path("chalicelib/measures/boards/data/procedures.json").read_bytes())["least"] == 5


@pytest.mark.parametrize(
    ("monthly", "told"),
    [((4,), None), ((5,), 5), ((2, 3), 5), ((6, 1), 6), ((6, 1, 4), 11), ((6, 4, 0, 1, 9), 20), ((0, 0), None)],
)
def test_a_number_and_the_difference_of_two_are_of_no_small_group(monthly, told):
    found = came(own(*monthly), "2026-11")
    assert (found.by_channel["authority_system"], found.dossiers) == (told, told)
    assert found.until == "2026-10"


def test_a_month_that_runs_is_not_told_and_what_is_not_told_of_a_channel_is_not_in_the_sum():
    assert came(own(0, 9), "2026-02").by_channel == FEW
    assert came(own(0, 9), "2026-03").dossiers == 9
    both = came([*own(9), *own(3, channel="national_portal")], "2026-02")
    assert (both.dossiers, both.by_channel) == (9, FEW | {"authority_system": 9})
    assert came((), "2026-01") == ("2025-12", FEW)


def test_months_of_two_channels_are_counted_by_channel():
    both = [*own(3, 3), *own(4, 4, channel="national_portal")]
    assert came(both, "2026-11").by_channel == FEW | {"authority_system": 6, "national_portal": 8}
