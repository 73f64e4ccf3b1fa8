import numpy as np
import pytest
from PIL import Image, ImageDraw

from chalicelib.digitisation.ink import ink_of, marks_of, runs_of, without


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
