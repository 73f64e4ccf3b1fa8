"""From a closed review to the ordered data message: each once, in order, of the very pages that were read."""

from copy import replace

import pytest
from msgspec import json

from chalicelib.contracts.digitisation import (
    SignatureOrdered,
)
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import CopySigned, MessageConverted, SignatureRefused
from chalicelib.contracts.reviews import (
    ReviewClosed,
)
from chalicelib.contracts.stored import written
from chalicelib.digitisation.model import ConvertedPdf, PageText, Refused
from chalicelib.digitisation.paper import Reading, ReadPages, SignedCopy
from chalicelib.digitisation.ports import Marked
from chalicelib.digitisation.store import Files, Table
from chalicelib.kernel.clock import stamp
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import AGENCY, REFERENCE, dropped, paper, paper_steps, waits

CLOSED = ReviewClosed(reference=REFERENCE, component="c1", agency=AGENCY)
PAGE_READ = PageText("XAC NHAN", (), 0.0, 200, (800, 1000))


class Binds:
    """An opener that binds whatever it is given, and keeps what that was."""

    def __init__(self):
        self.given = []

    def pictures(self, data, media_type):
        """A sheet that parts papers, and two pages."""
        del media_type
        return (b"sheet", data, b"2")

    def convert(self, images, pages, mark, data):
        """A file."""
        self.given.append((list(images), list(pages), mark, json.decode(data)))
        return ConvertedPdf(b"%PDF", "ab" * 32, (1.0, 2.0, 3.0, 4.0))


class Folder:
    """What the paper belongs to: it takes any paper, or none; whoever turns one down asks it for the component."""

    def __init__(self, why=None):
        self.why, self.asked = why, []

    def component(self, reference, component):
        """There is none that could still be turned down."""
        self.asked.append((reference, component))

    def marked(self, paper):
        """What the code says."""
        return Marked(paper.reference, paper.procedure, "*********345")

    def require(self, paper, found):
        """Whether the paper is that of its folder."""
        del paper, found
        if self.why:
            raise self.why


@pytest.fixture
def opener():
    return Binds()


@pytest.fixture
def steps(tables, opener):
    del tables
    return replace(paper_steps(Clock(), lambda: "https://x"), opener=opener, folders=lambda _: Folder())


def kept(name, thing):
    return Files().keep(f"papers/{REFERENCE}/c1/{name}", json.encode(thing), "application/json")


def waiting(tables, *, apart=False, **changes):
    """A paper whose review is closed; `apart`: its pages in a file of their own, as an earlier release kept them."""
    said = written(Reading(code="SH-1", kind="", text="XAC NHAN", scan_sha256="a", copy_sha256="b", fields=()))
    pages = written(ReadPages(pages=(PAGE_READ,) * 2))
    place = kept("reading.json", said if apart else said | pages)
    version = tables.upload("INTAKE", dropped(REFERENCE), b"1")
    scan = {"key": dropped(REFERENCE), "version_id": version, "sha256": "ab" * 32, "pages": 2}
    given = {
        "step": "reviewed", "reading": place, "pages_read": kept("pages.json", pages) if apart else place,
        "officer": "An", "agency_name": "Xã", "digitised_code": "SH-1", "wl_pk": None, "wl_sk": None,
        "signed_copy": SignedCopy(key="k", version_id="v", sha256="cd" * 32, message="m"),
        "scan": replace(paper("c1", Clock()()).scan, **scan, sheets=1),
    }  # fmt: skip
    return waits("c1", Clock()(), **given | changes)


def orders(tables):
    rows = tables.events("Messages", paper("c1", Clock()()).pk)
    return [heard(SignatureOrdered, row["data"]) for row in rows if row["type"] == SignatureOrdered.type]


@pytest.mark.parametrize("apart", [False, True])
def test_the_data_message_is_made_of_the_pages_that_were_read_without_the_sheet_before_them(
    tables, steps, opener, apart
):
    waiting(tables, apart=apart)
    for _ in range(2):
        steps.convert_reviewed(CLOSED)
    ((images, pages, mark, data),) = opener.given
    assert (images, pages) == ([b"1", b"2"], [PAGE_READ] * 2)
    assert (mark.code, mark.converter_name, mark.agency_name, mark.agency_code) == ("SH-1", "An", "Xã", AGENCY)
    assert data["code"] == "SH-1"
    found = Table().paper(REFERENCE, "c1")
    assert (found.step, found.unsigned.sha256, found.unsigned.box) == (
        "stored",
        "ab" * 32,
        ("1.0", "2.0", "3.0", "4.0"),
    )
    assert found.converted_at == stamp(Clock()())
    assert [(order.order, order.then) for order in orders(tables)] == [("SH-1", MessageConverted.type)]


def test_of_two_who_convert_at_once_one_orders_the_signature(tables, steps):
    waiting(tables)
    tables.meanwhile(lambda: steps.convert_reviewed(CLOSED))
    steps.convert_reviewed(CLOSED)
    assert len(orders(tables)) == 1


def test_a_paper_that_was_rejected_while_its_message_was_made_stays_so(tables, steps):
    waiting(tables)
    before = Table().paper(REFERENCE, "c1")

    def rejected():
        head = tables.get("Messages", before.pk, "HEAD")
        tables.put("Messages", {**head, "step": "rejected", "version": head["version"] + 1})

    tables.meanwhile(rejected)
    steps.convert_reviewed(CLOSED)
    assert (Table().paper(REFERENCE, "c1").step, orders(tables)) == ("rejected", [])


@pytest.mark.parametrize("step", ["copied", "signature_ordered", "in_review", "stored", "converted", "rejected"])
def test_a_message_is_made_of_no_paper_whose_review_is_not_just_over(tables, steps, opener, step):
    waiting(tables, step=step)
    steps.convert_reviewed(CLOSED)
    assert (Table().paper(REFERENCE, "c1").step, opener.given, orders(tables)) == (step, [], [])


def test_a_closed_review_of_no_paper_is_nobodys(steps, opener):
    steps.convert_reviewed(CLOSED)
    assert opener.given == []


@pytest.mark.parametrize("absent", ["reading", "pages_read"])
def test_a_paper_of_which_nothing_was_read_breaks_and_is_parked(tables, steps, absent):
    waiting(tables, **{absent: None})
    with pytest.raises(LookupError, match="was not read"):
        steps.convert_reviewed(CLOSED)


def test_a_paper_that_is_not_its_folders_is_told_before_a_message_is_made(tables, steps, opener):
    waiting(tables)
    folder = Folder(Refused("other_owner", "Khác", "other"))
    replace(steps, folders=lambda _: folder).convert_reviewed(CLOSED)
    assert folder.asked == [(REFERENCE, "c1")], "it is turned down"
    assert (opener.given, orders(tables)) == ([], [])


def test_a_refused_signature_of_a_paper_that_is_not_there_changes_nothing(tables, steps):
    told = SignatureRefused(
        order="SH-1", order_event="e", then=CopySigned.type, signer="officer", reason_code="x", reason_vi="x",
        reason_en="x", reference=REFERENCE, component="c1", agency=AGENCY,
    )  # fmt: skip
    before = tables.writes
    steps.take_back(told)
    assert tables.writes == before
    assert Table().paper(REFERENCE, "c1") is None
