"""Where a picture lies on its page: whole, in the middle, no larger than its paper."""

import itertools
import math

import pytest

from chalicelib.digitisation.places import A4, natural, on_a4

MM = 72 / 25.4
SIZES = [(210, 297), (297, 210), (297, 420), (148, 210), (85.6, 54), (80, 600), (600, 80)]
BAND = 104.0


def corners(place):
    """The corners of the turned picture."""
    turn = math.radians(-place.turn)
    x, y = place.left + place.width / 2, place.bottom + place.height / 2
    for across, up in itertools.product((-place.width / 2, place.width / 2), (-place.height / 2, place.height / 2)):
        yield x + across * math.cos(turn) - up * math.sin(turn), y + across * math.sin(turn) + up * math.cos(turn)


@pytest.mark.parametrize("band", [0.0, BAND])
@pytest.mark.parametrize("turn", [-6.0, -1.3, 0.0, 0.4, 6.0])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_paper_is_whole_on_a4_under_the_band_and_no_larger_than_it_is(size, turn, band):
    width, height = size[0] * MM, size[1] * MM
    place = on_a4(width, height, band, turn)
    assert sorted((place.page_width, place.page_height)) == sorted(A4)
    xs, ys = zip(*corners(place), strict=True)
    assert min(xs) >= -0.01
    assert max(xs) <= place.page_width + 0.01
    assert min(ys) >= -0.01
    assert max(ys) <= place.page_height - band + 0.01
    assert place.width / place.height == pytest.approx(width / height)
    assert place.width <= width + 0.01
    full = max(xs) - min(xs) > place.page_width - 0.1 or max(ys) - min(ys) > place.page_height - band - 0.1
    assert full or place.width == pytest.approx(width), "a paper is shown smaller only where it must be"
    assert min(xs) == pytest.approx(place.page_width - max(xs)), "in the middle"


def test_the_page_lies_across_only_where_that_shows_the_paper_larger():
    assert on_a4(297 * MM, 210 * MM, 0, 0).page_width == A4[1]
    assert on_a4(85.6 * MM, 54 * MM, BAND, 0).page_width == A4[0]
    assert on_a4(210 * MM, 148 * MM, BAND, 0).page_width == A4[0]


def test_a_page_of_its_own_is_as_large_as_the_paper_under_its_band():
    assert natural(600, 800, 0.0)[:2] == (600, 800)
    assert natural(600, 800, 64.0)[:6] == (600, 864, 0, 0, 600, 800)
    assert natural(240, 150, 64.0)[:6] == (420, 214, 90, 0, 240, 150)
