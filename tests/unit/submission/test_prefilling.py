"""Of several papers that have a value for a field of the form, the one that was received last counts."""

from itertools import permutations
from types import SimpleNamespace

import pytest

from chalicelib.contracts.digitisation import Digitisation
from chalicelib.dossier.items import Component
from chalicelib.dossier.readings import sealed_values
from chalicelib.forms.form import form_of
from chalicelib.submission.prefilling import from_papers
from tests.fakes import people

REFERENCE = "MC-0000000000000001"
SAID = {
    "c1": ("Nam", "2026-11-27T00:00:00Z"),
    "c2": ("Nữ", "2026-11-29T00:00:00Z"),
    "c3": ("Nam", "2026-11-28T00:00:00Z"),
}


def paper(name):
    printed, received = SAID[name]
    return Component(
        id=name,
        code="KQ1",
        filename="a.jpg",
        key="k",
        version_id="v",
        size=1,
        sha256="ab" * 32,
        media_type="image/jpeg",
        pages=1,
        origin="drop",
        received_at=received,
        digitisation=Digitisation(status="converted"),
        read_values=sealed_values(REFERENCE, "giay_chung_sinh", {"gioi_tinh_con": printed}),
    )


@pytest.mark.parametrize("order", [*permutations(SAID)], ids="-".join)
def test_the_paper_that_came_last_counts_in_whatever_order_they_stand(tables, order):
    draft = SimpleNamespace(reference=REFERENCE, components=tuple(map(paper, order)), form=None)
    (found,) = from_papers(draft, form_of(people.form_document()))
    assert (found.component, found.looked) == ("c2", None)
    assert found.prefilled.pointer == "/child/sex"
