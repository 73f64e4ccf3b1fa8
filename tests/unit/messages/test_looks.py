"""How papers look with the shortest and the longest texts: nothing runs out of its frame, or over something else."""

import re
from collections.abc import Iterator
from copy import replace
from functools import cache
from io import BytesIO
from itertools import product
from typing import NamedTuple

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from chalicelib.messages.keys import TRIAL
from tests.support import papers
from tests.support.sample import sampled

A4, A5 = (44, 14), (28, 12)
FRAME = {"receipt": A4, "receipt_2018": A5, "birth_certificate": (38, 34), "decision": (38, 14)} | {
    name: A5 if name.endswith("_2018") else A4 for name in papers.FORMS
}
FRAME["register"] = (32, 14)
"""How far text stays from the left and right edge of a paper and from its bottom, in points; one is framed."""
SMALLEST = 5.5
"""Points of the smallest letters in a visible signature."""
RESULTS = ("birth_certificate", "decision", "stop")
"""Papers that a person signs and then the agency."""


class Letters(NamedTuple):
    """The letters of a page; their boxes are x0, y0, x1, y1 in points from the bottom left."""

    text: str
    boxes: np.ndarray
    sizes: np.ndarray


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """`drawn(name, kind)`: one signed paper."""
    kept = papers.keys(tmp_path_factory.mktemp("looks") / "keys")
    return cache(lambda name, kind: papers.PAPERS[name](kind, kept))


def letters(page) -> Letters:
    text, found, boxes, sizes = page.get_textpage(), [], [], []
    for n in range(text.count_chars()):
        letter = text.get_text_range(n, 1)
        if letter.strip():
            left, bottom, right, top = text.get_charbox(n)
            found.append(letter)
            boxes.append((left, bottom, right, top))
            sizes.append(pdfium.FPDFText_GetFontSize(text.raw, n))
    return Letters("".join(found), np.array(boxes).reshape(-1, 4), np.array(sizes))


def pages(pdf) -> Iterator[tuple[Letters, Letters, float, float]]:
    """Of each page what the paper says, what its visible signatures say, its width and height."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            own = letters(page)
            assert page.flatten() in (pdfium.FLATTEN_SUCCESS, pdfium.FLATTEN_NOTHINGTODO, None)
            again = document[number]
            everything = letters(again)
            assert everything.text.startswith(own.text)
            n = len(own.boxes)
            stamps = Letters(everything.text[len(own.text) :], everything.boxes[n:], everything.sizes[n:])
            yield own, stamps, *again.get_size()


@pytest.fixture(scope="module")
def seen_on(drawn):
    """`seen_on(name, kind)`: what `pages` finds on a paper; several tests look at the same letters."""
    return cache(lambda name, kind: list(pages(drawn(name, kind))))


def signed_page(read):
    """The page with the visible signatures, of those that `pages` found."""
    (found,) = (page for page in read if len(page[1].boxes))
    return found


def fields(pdf):
    """The rectangles of the signatures, in the order in which they were made."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [tuple(map(float, field.Rect)) for field in document.Root.AcroForm.Fields]


def over(boxes: np.ndarray) -> int:
    """How many pairs of letters lie over each other, by more than a third of the smaller one.

    From the bottom up, 64 at a time with those above them that begin below their tops: no other pair can meet.
    """
    boxes = boxes[np.argsort(boxes[:, 1])]
    x0, y0, x1, y1 = boxes.T
    area = np.maximum((x1 - x0) * (y1 - y0), 0.01)
    found = 0
    for first in range(0, len(boxes), 64):
        few = slice(first, first + 64)
        near = slice(first, np.searchsorted(y0, y1[few].max()))
        across = np.minimum(x1[few, None], x1[near]) - np.maximum(x0[few, None], x0[near])
        up = np.minimum(y1[few, None], y1[near]) - np.maximum(y0[few, None], y0[near])
        shared = np.clip(across, 0, None) * np.clip(up, 0, None) / np.minimum(area[few, None], area[near])
        found += int((np.triu(shared, 1) > 1 / 3).sum())
    return found


def test_letters_over_each_other_are_counted_wherever_they_stand():
    chance = np.random.default_rng(3)
    corners = chance.uniform(0, 200, (700, 2))
    boxes = np.hstack((corners, corners + chance.uniform(2, 9, (700, 2))))
    boxes[40] = (0, 0, 200, 180)  # one that begins below nearly all and reaches over them

    def shared(a, b):
        across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
        return max(across, 0) * max(up, 0) / smaller

    one_by_one = sum(shared(a, b) > 1 / 3 for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert over(boxes) == one_by_one > 700
    assert over(boxes[:1]) == over(boxes[:0]) == 0


EACH = sampled(product(papers.PAPERS, papers.KINDS), 26)
"""A paper and how long its texts are."""


@pytest.mark.parametrize(("name", "kind"), EACH)
def test_no_letter_lies_over_another_and_none_leaves_the_page(seen_on, name, kind):
    for own, stamps, width, height in seen_on(name, kind):
        seen = own if name not in ("copy", "data_message") else banded(own, height)
        boxes = np.concatenate((seen.boxes, stamps.boxes))
        edge, floor = FRAME.get(name, (8, 0))
        assert over(boxes) == 0
        if len(boxes):
            assert edge <= boxes[:, 0].min()
            assert boxes[:, 2].max() <= width - edge
            assert boxes[:, 1].min() > floor
            assert boxes[:, 3].max() < height


@pytest.fixture(scope="module")
def longest(tmp_path_factory):
    """`longest(name)`: a form whose people are called by 250 letters, with thirty lines and reasons of 2,000."""
    kept, named = papers.keys(tmp_path_factory.mktemp("longest") / "keys"), papers.KINDS["long"]
    texts = replace(named, person=" ".join(["Công Tằng Tôn Nữ Hoàng Thị"] * 10)[:250])
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(papers.KINDS, "long", texts)
        yield cache(lambda name: papers.PAPERS[name]("long", kept))


@pytest.mark.parametrize("name", ["receipt", "supplement", "refusal", "apology_2018", "stop", "slip_2018"])
def test_names_of_250_letters_fit_and_the_signature_never_stands_alone(longest, name):
    """An office would not sign a page that says nothing but its name."""
    pdf = longest(name)
    edge, floor = FRAME[name]
    read = list(pages(pdf))
    for own, stamps, width, _ in read:
        boxes = np.concatenate((own.boxes, stamps.boxes))
        assert over(boxes) == 0
        assert edge <= boxes[:, 0].min()
        assert boxes[:, 2].max() <= width - edge
        assert boxes[:, 1].min() > floor
    own, *_ = signed_page(read)
    *_, top = fields(pdf)[-1]
    assert (own.boxes[:, 1] > top).sum() > 150, "the last lines stay with it"


@pytest.mark.parametrize("kind", papers.KINDS)
def test_a_certificate_of_birth_is_one_page_whatever_is_typed(seen_on, kind):
    assert len(seen_on("birth_certificate", kind)) == 1


def banded(own, height):
    """What the band of a first page says: the text below it is invisible, and lies on its picture."""
    top = own.boxes[:, 1] > height - 104 if len(own.boxes) else np.zeros(0, bool)
    return Letters("", own.boxes[top], own.sizes[top])


@pytest.mark.parametrize(("name", "kind"), EACH)
def test_what_a_visible_signature_says_stands_in_its_box_and_nowhere_else(drawn, seen_on, name, kind):
    own, stamps, _, height = signed_page(seen_on(name, kind))
    own = banded(own, height) if name in ("copy", "data_message") else own
    rects = fields(drawn(name, kind))
    inside = np.zeros(len(stamps.boxes), bool)
    for x0, y0, x1, y1 in rects:
        b = stamps.boxes
        inside |= (b[:, 0] >= x0) & (b[:, 1] >= y0) & (b[:, 2] <= x1) & (b[:, 3] <= y1)
        o = own.boxes
        meets = (o[:, 0] < x1 - 1) & (o[:, 2] > x0 + 1) & (o[:, 1] < y1 - 1) & (o[:, 3] > y0 + 1)
        assert not meets.any(), "a signature lies over what the paper says"
    assert inside.all()
    assert stamps.text.count("".join(TRIAL.split())) == len(rects), "each says to its end that it is worth nothing"
    assert stamps.sizes.min() >= SMALLEST


@pytest.mark.parametrize("kind", papers.KINDS)
@pytest.mark.parametrize("name", RESULTS)
def test_the_seal_covers_a_third_of_the_persons_signature_and_no_word_of_either(drawn, seen_on, name, kind):
    """Decree 30/2020/ND-CP, appendix I, part I, II.7-8: between position and name, the seal over its left third."""
    person, seal = fields(drawn(name, kind))
    assert (seal[2] - person[0]) / (person[2] - person[0]) == pytest.approx(1 / 3, abs=0.02)
    assert seal[0] < person[0] < seal[2]
    assert (seal[1] + seal[3]) / 2 == pytest.approx((person[1] + person[3]) / 2, abs=1)
    own, stamps, *_ = signed_page(seen_on(name, kind))
    shared = (stamps.boxes[:, 2] > person[0]) & (stamps.boxes[:, 0] < seal[2])
    assert not shared.any()
    assert (stamps.boxes[:, 0] >= seal[2]).sum() > 20
    assert (stamps.boxes[:, 2] <= person[0]).sum() > 20
    position = own.text.index("NGƯỜIKÝ")
    signer = own.text.rindex("".join(papers.KINDS[kind].person.split())[:8])
    assert own.boxes[position, 1] >= person[3] - 1
    assert own.boxes[signer, 3] <= person[1] + 1


INTERNAL = re.compile(r"[a-z]+_[a-z]+|UNCLASSIFIED|None|null|vn\.motcua|23 giờ 59|T\d\d:\d\d|\b\d*[a-f][\da-f]{7,}")
"""Names that only programs use, a day's last minute, a cut hash."""
ENGLISH = re.compile(r"\b(the|of|and|signed|received|document|page|code|file|agency|unknown|test)\b", re.IGNORECASE)


def said_in(pdf):
    """What a paper and its visible signatures say, on one line."""
    said = []
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for number in range(len(document)):
            document[number].flatten()
            said.append(document[number].get_textpage().get_text_range())
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize("name", papers.PAPERS)
def test_no_paper_says_a_word_that_only_programs_know(drawn, name):
    text = re.sub(r"https?://\S+", "", said_in(drawn(name, "usual")))
    assert INTERNAL.findall(text) == []
    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize("name", papers.PAPERS)
def test_papers_and_their_signatures_write_a_time_alike(drawn, name):
    """As appendix I of Decree 30/2020/ND-CP wants it of a signature; a receipt has the words of its form beside it."""
    times = re.findall(r"\S+ \d\d:\d\d\S*(?: \+\S+)?", said_in(drawn(name, "usual")))
    assert times
    assert [time for time in times if not re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d \+07:00", time)] == []
