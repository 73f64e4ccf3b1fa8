"""What was appended to a proved file is a signature in every part of it, and the file before it is found again."""

from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from chalicelib.archive.increments import only_signatures_added, unsigned_part

SIGNATURE = {"/Subtype": pdf_name("/Widget"), "/FT": pdf_name("/Sig")}
LINK = {"/Subtype": pdf_name("/Link"), "/A": DictionaryObject({pdf_name("/S"): pdf_name("/URI")})}


class Increment(IncrementalPdfFileWriter):
    """One that leaves the metadata as they are, as whoever signs does."""

    def _update_meta(self):
        pass


def blank():
    """A file of one blank page."""
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out := BytesIO())
    return out.getvalue()


def marked(before, marks):
    """The same file, with these marks on its page and a signature in its form."""
    writer = Increment(BytesIO(before))
    made = [
        writer.add_object(DictionaryObject({pdf_name(name): value for name, value in mark.items()})) for mark in marks
    ]
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Annots")] = ArrayObject(made)
    writer.update_container(page)
    signed = [at for at, mark in zip(made, marks, strict=True) if mark is SIGNATURE]
    writer.root[pdf_name("/AcroForm")] = DictionaryObject({pdf_name("/Fields"): ArrayObject(signed)})
    writer.update_root()
    writer.write(out := BytesIO())
    return out.getvalue()


@pytest.mark.parametrize(
    ("marks", "is_so"),
    [((SIGNATURE,), True), ((SIGNATURE, SIGNATURE), True), ((LINK, SIGNATURE), False), ((SIGNATURE, LINK), False)],
)
def test_each_new_mark_on_a_page_is_a_signature(marks, is_so):
    before = blank()
    assert only_signatures_added(before, marked(before, marks)) is is_so


@pytest.mark.parametrize("ends", [0, 1, 2])
def test_a_file_is_found_again_however_many_ends_it_had_before_it_was_signed(ends):
    unsigned = b"%PDF-1.7\n" + b"part\n%%EOF\n" * (ends + 1)
    assert unsigned_part(unsigned + b"signature\n%%EOF\n", sha256(unsigned).hexdigest()) == unsigned
