import numpy as np
import pytest
from PIL import Image, ImageDraw

from chalicelib.digitisation.ink import ink_of, marks_of, ranked, runs_of, without


def bits(*rows):
    return np.array([[letter == "#" for letter in row] for row in rows])


def test_runs_are_stretches_of_a_row():
    runs = runs_of(bits("##.#", "....", "####"))
    assert list(zip(*runs, strict=True)) == [(0, 0, 2), (0, 3, 4), (2, 0, 4)]


@pytest.mark.parametrize(
    ("rows", "boxes"),
    [
        (("#..#", "#..#", "####"), [(0, 0, 4, 3, 8)]),  # joined at the bottom
        (("#.", ".#"), [(0, 0, 2, 2, 2)]),  # by a corner
        (("#.#", "..."), [(0, 0, 1, 1, 1), (2, 0, 3, 1, 1)]),
        (("...#", "#..."), [(3, 0, 4, 1, 1), (0, 1, 1, 2, 1)]),  # the end of a row is not beside the next
        (("####", "#..#", "#.##", "#..."), [(0, 0, 4, 4, 10)]),
    ],
)
def test_marks_are_what_hangs_together(rows, boxes):
    marks = marks_of(bits(*rows))
    found = zip(marks.left, marks.top, marks.right, marks.bottom, marks.weight, strict=True)
    assert sorted(tuple(int(each) for each in box) for box in found) == sorted(boxes)


def test_nothing_and_noise_have_no_marks():
    assert len(marks_of(np.zeros((20, 20), bool)).left) == 0
    noise = np.zeros((1200, 1200), bool)
    noise[:, ::2] = True
    assert len(marks_of(noise).left) == 0


def test_ink_is_darker_than_its_surroundings_whatever_the_light():
    page = Image.fromarray(np.tile(np.linspace(90, 250, 400).astype(np.uint8), (200, 1)))
    pen = ImageDraw.Draw(page)
    for left, paper in ((40, 106), (340, 226)):
        pen.rectangle((left, 90, left + 5, 96), fill=paper - 70)
    ink = ink_of(page, 200)
    assert ink[93, 43]
    assert ink[93, 343]
    assert ink.sum() < 200


def test_ink_is_the_same_whatever_else_is_on_the_page():
    """Rows with something dark are looked at by themselves: what stands far above and below changes no pixel."""
    page = Image.new("L", (1203, 1601), 240)
    pen = ImageDraw.Draw(page)
    for top in (60, 410, 1205):
        pen.rectangle((90, top, 700, top + 11), fill=130)
        pen.rectangle((720, top + 2, 724, top + 9), fill=225)
    alone = page.copy()
    ImageDraw.Draw(alone).rectangle((0, 600, 1203, 1601), fill=240)
    whole, upper = ink_of(page, 200), ink_of(alone, 200)
    assert (whole[:600] == upper[:600]).all()
    assert [int(row) for row in np.flatnonzero(np.diff(whole.any(axis=1).astype(int)))] == [
        59, 71, 409, 421, 1204, 1216,
    ]  # fmt: skip
    assert not whole[:, 715:].any(), "too faint for ink"


@pytest.mark.parametrize("share", [0.5, 0.75])
@pytest.mark.parametrize("values", [[3], [9, 1], [5, 5, 2], [7, 1, 4, 9], [0.5, 2.25, 1.0, 8.0, 3.5]])
def test_a_rank_is_what_numpy_says(values, share):
    assert ranked(np.array(values), share) == np.percentile(values, 100 * share)


def test_marks_without_some_of_them_are_those_of_the_picture_without():
    ink = np.zeros((60, 80), np.bool_)
    for number, (top, left) in enumerate(((3, 5), (20, 30), (40, 10), (41, 60))):
        ink[top : top + 5 + number, left : left + 8] = True
        ink[top + 2, left + 3] = False
    marks = marks_of(ink)
    gone = marks.top == 20
    rest = ink.copy()
    rest[20:26, 30:38] = False
    for ours, theirs in zip(without(marks, gone)[:5], marks_of(rest)[:5], strict=True):
        assert np.array_equal(ours, theirs)
    assert np.array_equal(without(marks, gone).of_run, marks_of(rest).of_run)
    assert np.array_equal(np.stack(without(marks, gone).runs), np.stack(marks_of(rest).runs))
