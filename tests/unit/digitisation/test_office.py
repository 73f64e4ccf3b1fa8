"""Office files: judged from their parts, printed by a program on PATH, refused by name without one.

No LibreOffice stands on the machine of these tests: a script of ours stands in for it.
"""

import os
import zipfile
from io import BytesIO

import pytest

from chalicelib.digitisation import converter
from chalicelib.digitisation.model import DOCX, ODT, XLSX, Limits, Refused
from chalicelib.digitisation.office import COMPOUND, office_kind
from chalicelib.digitisation.sandbox import Sandbox
from tests.support.office_files import FAILS, HANGS, LINK, RELS, docx, odt, packed, stand_in, xlsx


def refusal(work, *given):
    with pytest.raises(Refused) as refused:
        work(*given)
    assert refused.value.message_vi
    return refused.value.code


def locked():
    data = bytearray(docx())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(("data", "kind"), [(docx(), DOCX), (xlsx(), XLSX), (odt(), ODT)])
def test_three_kinds_are_known_by_their_parts(data, kind):
    assert office_kind(data) == kind


def test_a_link_that_a_reader_may_follow_is_no_harm():
    assert office_kind(docx(**{RELS: LINK.format("hyperlink")})) == DOCX
    assert office_kind(odt(**{"a.xml": '<text:a xlink:href="https://example.invalid/"/>'})) == ODT


REFUSED = {
    "macros of Word": (docx(**{"word/vbaProject.bin": b"x"}), "macros"),
    "macros of Excel": (xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "macros of ODF": (odt(**{"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
    "a script of ODF": (odt(**{"Scripts/python/a.py": "x"}), "macros"),
    "a type with macros": (
        packed({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled", "word/document.xml": "<x/>"}),
        "macros",
    ),
    "an embedded object": (docx(**{"word/embeddings/oleObject1.bin": b"x"}), "active_content"),
    "a control": (docx(**{"word/activeX/activeX1.xml": "<x/>"}), "active_content"),
    "another book": (xlsx(**{"xl/externalLinks/externalLink1.xml": "<x/>"}), "active_content"),
    "a connection": (xlsx(**{"xl/connections.xml": "<x/>"}), "active_content"),
    "a template elsewhere": (docx(**{RELS: LINK.format("attachedTemplate")}), "active_content"),
    "a picture elsewhere": (docx(**{RELS: LINK.format("image")}), "active_content"),
    "a picture of ODF elsewhere": (odt(**{"a.xml": '<draw:image xlink:href="https://a.invalid"/>'}), "active_content"),
    "a field that starts a program": (
        docx(**{"word/a.xml": "<w:instrText>DDEAUTO c:\\\\cmd</w:instrText>"}),
        "active_content",
    ),
    "entities": (docx(**{"word/a.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "active_content"),
    "a lock of ODF": (odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "encrypted"),
    "a lock of ZIP": (locked(), "encrypted"),
    "a lock of Office": (COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "Word of 1997": (COMPOUND + bytes(600), "wrong_type"),
    "a ZIP": (packed({"a.txt": "a"}), "wrong_type"),
    "a way out": (docx(**{"../../a": "a"}), "wrong_type"),
    "another program's": (odt(mimetype="application/epub+zip"), "wrong_type"),
    "too many parts": (docx(**{f"a{n}": "" for n in range(2001)}), "too_heavy"),
    "cut": (docx()[:200], "truncated"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_acts_reaches_out_or_is_locked_is_refused_by_name(name):
    data, code = REFUSED[name]
    assert refusal(office_kind, data) == code


def test_a_part_that_unpacks_to_gigabytes_is_not_unpacked():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        with made.open("word/document.xml", "w") as part:
            for _ in range(200):
                part.write(bytes(1 << 20))
    assert len(out.getvalue()) < 1 << 20
    assert refusal(office_kind, out.getvalue()) == "too_heavy"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_twice_is_two_files_at_once():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ("[Content_Types].xml", "word/document.xml", "word/document.xml"):
            made.writestr(name, "<x/>")
    assert refusal(office_kind, out.getvalue()) == "wrong_type"


@pytest.fixture
def opener():
    made = Sandbox()
    yield made
    made.close()


def test_without_a_program_it_is_refused_by_name(opener, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [refusal(opener.inspect, made(), Limits()) for made in (docx, xlsx, odt)] == ["no_converter"] * 3
    assert refusal(opener.inspect, REFUSED["macros of Word"][0], Limits()) == "macros"


def test_with_one_its_pages_are_those_that_were_printed(opener, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", stand_in(tmp_path) + os.pathsep + os.environ["PATH"])
    known = opener.inspect(docx(), Limits(), with_codes=True)
    assert (known.media_type, len(known.pages), known.size) == (DOCX, 2, len(docx()))
    pictures = opener.pictures(docx(), DOCX)
    assert [each[:2] for each in pictures] == [b"\xff\xd8"] * 2
    assert opener.copy(pictures, title="A", expected_pages=2).pages == 2


def test_a_program_that_fails_or_hangs_is_a_verdict(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", stand_in(tmp_path, FAILS) + os.pathsep + os.environ["PATH"])
    assert refusal(converter.LibreOffice().pdf, docx(), DOCX) == "truncated"
    monkeypatch.setattr(converter, "PATIENCE", 1)
    stand_in(tmp_path, HANGS)
    assert refusal(converter.LibreOffice().pdf, docx(), DOCX) == "too_heavy"
    stand_in(tmp_path, "os.kill(os.getpid(), 9)")
    assert refusal(converter.LibreOffice().pdf, docx(), DOCX) == "too_heavy"
    monkeypatch.setattr(converter, "LARGEST", 10)
    stand_in(tmp_path)
    assert refusal(converter.LibreOffice().pdf, docx(), DOCX) == "too_heavy"
