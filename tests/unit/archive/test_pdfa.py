"""One place makes PDF/A-2b, and what cannot be made so is not handed out."""

from datetime import datetime
from io import BytesIO

import pikepdf
import pytest
import typst

from chalicelib.archive.pdfa import NotArchivable, archived
from tests.support.increments import is_archivable

AT = datetime.fromisoformat("2026-11-25T09:20:05+07:00")
PAGE = '#set text(font: "Liberation Serif")\n#set page(width: 80pt, height: 60pt)\nGiấy chứng sinh'


@pytest.fixture(scope="module")
def printed():
    """A page as typst prints it, with its subset of a font."""
    return typst.compile(PAGE.encode(), format="pdf")


def opened(data):
    return pikepdf.open(BytesIO(data))


def made(data, at=None):
    with opened(data) as document:
        return archived(document, at=at)


def metadata_date(data):
    with opened(data) as document:
        return document.open_metadata().get("xmp:MetadataDate")


def test_a_printed_page_becomes_archivable(printed):
    assert not is_archivable(printed)
    assert is_archivable(made(printed))
    assert is_archivable(made(printed, AT))


def test_equal_documents_are_equal_bytes_and_no_clock_is_read(printed):
    assert made(printed) == made(printed)
    assert made(printed, AT) == made(printed, AT) != made(printed)
    assert metadata_date(made(printed)) is None
    assert datetime.fromisoformat(metadata_date(made(printed, AT))) == AT


def test_a_script_and_a_font_that_is_not_there_are_refused_with_what_was_found(printed):
    with opened(printed) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = document.make_indirect(script)
        with pytest.raises(NotArchivable, match="OpenAction"):
            archived(document)
    document = pikepdf.new()
    document.add_blank_page(page_size=(80, 60)).obj.Contents = document.make_stream(b"BT /Nope 12 Tf (x) Tj ET")
    with pytest.raises(NotArchivable):
        archived(document)
