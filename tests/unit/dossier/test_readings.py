"""What was read on papers stands sealed with their components, and goes with them into another dossier."""

import pytest
from msgspec import structs

from chalicelib.contracts.digitisation import Digitisation, Reviewed
from chalicelib.dossier.items import Component
from chalicelib.dossier.readings import carried, read_papers, sealed_values
from chalicelib.sealing.door import SealedForAnother

REFERENCE, OTHER = "MC-0000000000000001", "MC-0000000000000002"
LOOKED = Reviewed(field="gioi_tinh_con", verb="confirm", by=("Lý An",), at="2026-11-27T00:00:00Z")


def component(values, **changes):
    given = {
        "id": "c1",
        "code": "KQ1",
        "filename": "a.jpg",
        "key": "k",
        "version_id": "v",
        "size": 1,
        "sha256": "ab" * 32,
        "media_type": "image/jpeg",
        "pages": 1,
        "origin": "drop",
        "received_at": "2026-11-27T00:00:00Z",
        "digitisation": Digitisation(status="converted", reviewed=(LOOKED,)),
        "read_values": values,
    }
    return Component(**given | changes)


@pytest.fixture
def values(tables):
    return sealed_values(REFERENCE, "giay_chung_sinh", {"gioi_tinh_con": "Nam", "so_con": "1", "noi_sinh": ""})


def test_only_what_forms_ask_is_kept_and_nothing_in_clear(values, tables):
    assert "Nam" not in values
    (paper,) = read_papers(REFERENCE, [component(values)])
    assert (paper.kind, [(each.field, each.printed) for each in paper.said]) == (
        "giay_chung_sinh",
        [("gioi_tinh_con", "Nam")],
    )
    assert (paper.confirmed("gioi_tinh_con"), paper.confirmed("noi_sinh")) == (LOOKED, None)
    assert sealed_values(REFERENCE, "xac_nhan_cu_tru", {"ho_ten": "Lê An"}) is None
    assert sealed_values(REFERENCE, "giay_chung_sinh", {"so_con": "1"}) is None


def test_a_paper_that_does_not_count_says_nothing(values):
    kept = component(values)
    for other in (
        structs.replace(kept, superseded_by="c2"),
        structs.replace(kept, digitisation=Digitisation(status="rejected")),
        structs.replace(kept, read_values=None),
    ):
        assert list(read_papers(REFERENCE, [other])) == []


def test_what_was_read_goes_with_the_component_into_another_dossier_under_its_key(values):
    kept = component(values)
    with pytest.raises(SealedForAnother):
        list(read_papers(OTHER, [kept]))
    bare = structs.replace(kept, id="c2", read_values=None)
    taken = carried([kept, bare], REFERENCE, OTHER)
    (paper,) = read_papers(OTHER, taken)
    assert paper.said[0].value == "Nam"
    assert taken[1] == bare
