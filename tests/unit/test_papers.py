import numpy as np
import pytest

from infra.papers import corpus, half_a, half_b, plain
from infra.papers.contents import KINDS, content
from infra.papers.grades import GRADES
from infra.papers.score import error_rate, words_found


@pytest.mark.parametrize("half", ["a", "b"])
def test_a_half_has_every_kind_in_every_layout(half):
    drawn = {corpus.planned(half, number)[:2] for number in range(40)}
    styles = {"a": half_a, "b": half_b}[half].STYLES
    assert drawn == {(kind, style) for kind in KINDS for style in styles}


def test_the_halves_share_no_layout():
    assert not set(half_a.STYLES) & set(half_b.STYLES)


@pytest.mark.parametrize("grade", GRADES)
def test_the_same_page_is_the_same_bytes(grade):
    assert corpus.page("a", grade, 3).jpeg == corpus.page("a", grade, 3).jpeg


def test_a_page_says_its_values():
    page = corpus.page("a", "clean", 3)
    said = page.text.replace("\n", " ")
    assert all(value in said for value in page.fields.values())


def test_every_name_of_a_value_has_a_label_in_both_halves():
    for kind in KINDS:
        for name in content(kind, 1).values:
            assert half_a.called(kind, name)
            assert half_b.called(kind, name)


def test_the_matrix_leads_from_the_picture_to_the_sheet():
    page = corpus.page("a", "phone", 0)
    corner = page.seen @ np.array([page.sheet.image.width / 2, page.sheet.image.height / 2, 1])
    assert corner[:2] / corner[2] == pytest.approx([each / 2 for each in page.sheet.image.size])


def test_scores():
    assert error_rate("Trần\nLê", "Trần Lê") == 0
    assert error_rate("Trần", "Trân") == 0.25
    assert words_found("a b b", "b a") == pytest.approx(2 / 3)


def test_a_plain_page_is_nothing_but_text():
    first, again = plain.page("clean", 1), plain.page("clean", 1, bare=True)
    assert (first.jpeg, first.text) == (again.jpeg, again.text)
    assert not first.fields
    assert "{" not in first.text
    assert len(first.text) > 1500
