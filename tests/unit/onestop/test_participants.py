"""What an agency that only takes part may do: it hands on the paper that it has, and reads no letters."""

import pytest

from chalicelib.dossier.change import Change
from chalicelib.dossier.on_paper import Original, PapersItem
from chalicelib.dossier.reading import Part
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NotAllowed
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.originals.hands import Originals, Receiver, Taker
from chalicelib.onestop.refusals import OriginalNotHere
from chalicelib.onestop.thread.writing import Threads
from tests.fakes import people
from tests.support.hall import Hall

COMMUNE, POLICE = people.OFFICE["id"], people.OTHER_OFFICE["id"]
ROUTE = [
    [
        {"leg": "commune", "agency": "@receiving", "deadline": "2wd", "lead": True},
        {"leg": "police", "agency": POLICE, "deadline": "1wd"},
    ]
]
ITS = people.officer("processing", agency=POLICE, name="Cán bộ công an")


@pytest.fixture
def hall(tables):
    return Hall(tables, route=ROUTE, term={"text": "5wd"})


@pytest.fixture
def reference(hall):
    """An accepted dossier of which the police have a part, with an original that the commune has."""
    found = hall.at("receive")
    original = Original(
        n=1, code=people.BIRTH_NOTICE, agency=COMMUNE, since=stamp(hall.clock()), name="Bộ phận tiếp nhận"
    )
    Change(hall.draft(found).head, hall.clock()).keep_papers(PapersItem(originals=(original,))).move(
        has_originals=True
    ).write()
    return found


@pytest.fixture
def acts(hall):
    return Acts(hall.dossiers, hall.views, hall.clock)


def test_it_reads_and_writes_no_letters_between_the_applicant_and_who_decides(reference, acts):
    threads = Threads(acts)
    threads.write(Asked(people.CITIZEN, reference, "write-1", b"{}"), "Tôi đã nộp bản chính")
    with pytest.raises(NotAllowed):
        threads.page(ITS, reference, "")
    with pytest.raises(NotAllowed):
        threads.write(Asked(ITS, reference, "write-2", b"{}"), "Ông bà nộp thêm")
    with pytest.raises(NotAllowed):
        threads.mark_read(Asked(ITS, reference, "read-1", b"{}"), 1)
    _, page = threads.page(people.PROCESSING, reference, "")
    assert len(page.messages) == 1


def test_it_hands_on_the_original_that_it_has_and_returns_none(reference, acts):
    originals = Originals(acts)
    back = Receiver(name="Bộ phận tiếp nhận", agency=COMMUNE)
    with pytest.raises(OriginalNotHere):
        originals.hand_on(Asked(ITS, reference, "hand-0", b"{}"), 1, back)
    to_police = Receiver(name="Công an xã", agency=POLICE)
    originals.hand_on(Asked(people.PROCESSING, reference, "hand-1", b"{}"), 1, to_police)
    with pytest.raises(NotAllowed):
        originals.give_back(Asked(ITS, reference, "back-1", b"{}"), 1, Taker(to="applicant", proof="signature"))
    originals.hand_on(Asked(ITS, reference, "hand-2", b"{}"), 1, back)
    (original,) = acts.dossiers.dossier(reference, Part.PAPERS).papers.originals
    assert (original.agency, [each.agency for each in original.handed]) == (COMMUNE, [POLICE, COMMUNE])
