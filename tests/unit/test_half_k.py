"""Half `k`, beyond what all halves have to keep."""

import pytest

from infra.papers import assorted, corpus, diverse, fresh, half_k, mixed, motley, scattered, sundry
from infra.papers.contents import KINDS, LISTS
from infra.papers.rare import RarePool


def filled(number):
    kind, style, _ = corpus.planned("k", number)
    return half_k.fill(corpus.invented("k", kind, 7_000 + number), style)


def test_it_has_lists_in_each_layout():
    numbers = range(len(KINDS), 4 * (len(KINDS) + 1), len(KINDS) + 1)
    assert {corpus.planned("k", number)[:2] for number in numbers} == {(LISTS, style) for style in half_k.STYLES}
    assert [filled(number).fields for number in numbers] == [{}] * 4


def test_its_first_pages_are_each_of_its_layouts_once():
    assert len({corpus.planned("k", number)[:2] for number in range(44)}) == 44


def test_it_has_a_pool_of_its_own():
    pool = motley.MotleyPool(1)
    names = [pool.person() for _ in range(900)]
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5}
    assert len(set(names)) > 600
    others = (scattered.ScatteredPool, diverse.DiversePool, mixed.MixedPool, assorted.AssortedPool, fresh.FreshPool)
    for said, own in ((other.words, pool.words) for other in (*others, sundry.SundryPool, RarePool)):
        assert not set(own.communes) & set(said.communes)
        assert not set(own.hospitals) & set(said.hospitals)
        assert not set(own.others) & set(said.others)
    older = [commune for commune in pool.words.communes if commune.count(", ") > 1]
    assert 0.25 < len(older) / len(pool.words.communes) < 0.4


@pytest.mark.parametrize(
    ("style", "ending"), [("enacted", "UBND"), ("interfaced", "BHXH"), ("published", "ĐHSP"), ("kept", "TCLĐ")]
)
def test_a_decision_has_the_number_and_a_matter_of_who_makes_it(style, ending):
    paper = motley.paper("quyet_dinh", 5)
    fields = half_k.fill(paper, style).fields
    assert fields["so"] == paper.values["so"].replace("UBND", ending)
    assert (fields["ve_viec"] == paper.values["ve_viec"]) == (style == "enacted")


def test_a_sheet_that_is_typed_throughout_looks_alike_in_every_font():
    said = half_k.fill(motley.paper("trich_luc_khai_tu", 5), "kept")
    one, other = (half_k.draw(said, "kept", font, 100, bare=True).pieces for font in half_k.FONTS[:2])
    assert one == other


def test_a_typewriter_sets_values_a_little_above_and_below_the_line_of_their_labels():
    assert corpus.planned("k", 33)[:2] == ("giay_khai_sinh", "kept")
    sheet = half_k.draw(filled(33), "kept", half_k.FONTS[0], 100, bare=True)
    rows = [row for row in sheet.rows() if row[0].text.endswith(":") and len(row) > 1]
    apart = [row[1].baseline - row[0].baseline for row in rows]
    assert len(rows) > 10
    assert min(apart) < 0 < max(apart)
    assert max(map(abs, apart)) < sheet.px(4)


def test_colons_that_dots_lead_to_stand_one_below_the_other_and_values_behind_them():
    assert corpus.planned("k", 3)[:2] == ("trich_luc_khai_tu", "kept")
    sheet = half_k.draw(filled(3), "kept", half_k.FONTS[0], 100, bare=True)
    rows = [row for row in sheet.rows() if any(piece.text == ":" for piece in row)]
    assert len(rows) == 12
    assert {row[1].text for row in rows} == {":"}
    assert len({row[1].box[0] for row in rows}) == 1
