"""Strangers' files are opened by a process that they may kill, and by no other."""

import os
import signal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from chalicelib.archive.pdfa import NotArchivable
from chalicelib.digitisation import inside, jobs
from chalicelib.digitisation.model import JPEG, PDF, Limits, Refused
from chalicelib.digitisation.sandbox import PATIENCE, Sandbox, Unfinished
from tests.support.signed import blank, signed


def jpeg(width=600, height=400):
    out, page = BytesIO(), Image.new("RGB", (width, height), "white")
    page.paste("black", (60, 100, 300, 120))
    page.save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


def seen_through(width, height):
    """A large page that is transparent all over: it needs much memory to be read, and is not refused."""
    out = BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, "PNG", dpi=(200, 200), compress_level=1)
    return out.getvalue()


def endless(kilobytes=400):
    """A page whose content goes on for hours: a path that is stroked over and over again."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    line = b"0 0 m 595 842 l 100 w [0.001 0.001] 0 d S "
    pdf.pages[0].Contents = pdf.make_stream(line * (kilobytes * 1000 // len(line)))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox()
    yield made
    made.close()


def test_a_good_file_goes_through_and_the_process_stays(sandbox):
    found = sandbox.inspect(jpeg(), Limits())
    assert (found.media_type, len(found.pages)) == (JPEG, 1)
    first = sandbox.process
    assert sandbox.pictures(jpeg(), JPEG) == (jpeg(),)
    assert sandbox.copy([jpeg()], title="A", expected_pages=1).pages == 1
    assert sandbox.read(jpeg()).text == ""
    assert sandbox.process == first
    assert first not in (0, os.getpid())


def test_a_refusal_comes_back_as_it_was_said(sandbox):
    with pytest.raises(Refused) as refused:
        sandbox.inspect(b"MZ", Limits())
    assert refused.value.code == "wrong_type"
    assert refused.value.message_en.startswith("The file is EXE; ")


def test_what_a_library_says_of_a_file_is_in_no_log(capfd):
    """A signer's certificate has their name and number: a library that does not trust it says them in a traceback."""
    made = Sandbox()
    (seen,) = made.inspect(signed(blank(), name="Nguyen Thi Bich 001195012345"), Limits()).signatures
    made.close()
    assert (seen.intact, seen.trusted) == (True, False)
    assert capfd.readouterr().err == ""


def test_a_failure_of_ours_is_told_and_blames_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))  # the model of the reader is missing
    made = Sandbox()
    for image in (jpeg(), b"no picture"):
        with pytest.raises(Unfinished, match="RuntimeError"):
            made.read(image)
    assert made.process
    made.close()


def profiled(mode, kind="JPEG", *, device=b"mntr", space=b"RGB ", major=2):
    """A page with a colour profile that opens, whatever its header says."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[8], profile[12:16], profile[16:20] = major, device, space
    out, page = BytesIO(), Image.new(mode, (600, 400), "white")
    page.paste(Image.new(mode, (240, 20)), (60, 100))
    page.save(out, kind, dpi=(200, 200), icc_profile=bytes(profile))
    return out.getvalue()


@pytest.mark.parametrize(
    "image",
    [
        profiled("L", "PNG"),
        profiled("RGB", space=b"GRAY"),
        profiled("RGB", device=b"link"),
        profiled("RGB", major=5),
        b"none",
    ],
    ids=["grey as colours", "colours as grey", "of a link", "version 5", "no picture"],
)
def test_what_binds_a_blank_page_and_not_this_one_blames_this_one(sandbox, image):
    with pytest.raises(Refused) as refused:
        sandbox.copy([image], title="A", expected_pages=1)
    assert refused.value.code == "not_archivable"
    assert len(refused.value.message_en) < 400
    assert sandbox.copy([profiled("RGB")], title="A", expected_pages=1).pages == 1


def test_what_reads_a_blank_page_and_not_this_one_blames_this_one(sandbox):
    with pytest.raises(Refused) as refused:
        sandbox.read(b"no picture")
    assert (refused.value.code, refused.value.message_en.split(":")[1]) == ("unreadable", " UnidentifiedImageError")


def test_a_copy_that_binds_no_page_at_all_is_a_failure_of_ours(monkeypatch):
    def broken(*_args, **_more):
        raise NotArchivable("a font that is not in it")

    monkeypatch.setattr("chalicelib.digitisation.copying.finished", broken)
    told = inside.answered(jobs.Copy((jpeg(),), "A", 1))
    assert told == jobs.Broke("NotArchivable: a font that is not in it")


@pytest.mark.parametrize("title", ["a\x00b", "\u202egpj.exe", "🍼", "", " \u200b", "Z" + "\u0338" * 40, "漢" * 200])
def test_no_name_that_people_give_a_file_keeps_it_from_being_copied(sandbox, title):
    assert sandbox.copy([jpeg()], title=title, expected_pages=1).pages == 1


def test_what_takes_too_long_ends_its_process_and_the_next_file_has_another():
    small = Sandbox(seconds=1)
    small.inspect(jpeg(), Limits())
    before = small.process
    with pytest.raises(Refused) as refused:
        small.inspect(endless(), Limits())
    assert refused.value.code == "file_kills_reader"
    assert small.inspect(jpeg(), Limits()).media_type == JPEG
    assert small.process != before
    small.close()
    assert small.process == 0


def test_what_takes_too_much_memory_ends_its_process():
    small = Sandbox(memory=160 << 20)
    small.inspect(jpeg(), Limits())
    with pytest.raises(Refused) as refused:
        small.read(jpeg(5000, 7000))
    assert refused.value.code == "file_kills_reader"
    small.close()


def test_a_process_that_only_waits_is_given_up():
    hasty = Sandbox(patience=0.01)  # less than it takes to start
    with pytest.raises(Refused) as refused:
        hasty.inspect(jpeg(), Limits())
    assert refused.value.code == "file_kills_reader"
    hasty.close()


def test_a_process_that_stands_still_is_given_up_for_another(monkeypatch):
    lazy = Sandbox()
    lazy.inspect(jpeg(), Limits())
    os.kill(before := lazy.process, signal.SIGSTOP)
    stock = lazy._told

    def told(given):
        lazy._patience = 0.1 if lazy.process == before else PATIENCE  # another one has the time that it takes to start
        return stock(given)

    monkeypatch.setattr(lazy, "_told", told)
    assert lazy.inspect(jpeg(), Limits()).media_type == JPEG
    assert lazy.process != before
    lazy.close()


def test_what_ran_out_of_time_or_memory_is_not_tried_again(monkeypatch):
    small, asked = Sandbox(seconds=1), []
    stock = small._told
    monkeypatch.setattr(small, "_told", lambda given: [asked.append(1), stock(given)][1])
    with pytest.raises(Refused):
        small.inspect(endless(), Limits())
    assert len(asked) == 1
    small.close()


def test_what_a_library_says_of_a_file_is_a_verdict_on_the_file(monkeypatch):
    def broken(*_args, **_more):
        raise KeyError("/Pages")

    monkeypatch.setattr("chalicelib.digitisation.checks.inspect", broken)
    told = inside.answered(jobs.Inspect(b"%PDF-", Limits()))
    assert isinstance(told, jobs.Declined)
    assert (told.code, told.message_en) == ("truncated", "KeyError: '/Pages'")


def test_a_process_that_somebody_else_killed_is_not_the_files_fault(sandbox):
    sandbox.inspect(jpeg(), Limits())
    os.kill(sandbox.process, signal.SIGKILL)
    assert sandbox.inspect(jpeg(), Limits()).media_type == JPEG


def test_a_process_that_needed_much_is_followed_by_a_fresh_one(sandbox):
    sandbox.read(jpeg())
    before = sandbox.process
    assert sandbox.read(seen_through(5000, 7000)).size == (5000, 7000)
    assert sandbox.inspect(jpeg(), Limits()).media_type == JPEG
    assert sandbox.process != before


def test_it_knows_no_key_and_no_setting_of_ours(monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "k")
    monkeypatch.setenv("MOTCUA_SECRET", "s")
    made = Sandbox()
    made.inspect(jpeg(), Limits())
    environment = Path(f"/proc/{made.process}/environ").read_bytes()
    names = {entry.partition(b"=")[0] for entry in environment.split(b"\0")}
    assert not [name for name in names if name.startswith((b"AWS_", b"MOTCUA_"))]
    made.close()


def test_it_needs_no_shared_memory_which_lambda_has_not():
    made = Sandbox()
    made.inspect(jpeg(), Limits())
    assert "/dev/shm" not in Path(f"/proc/{made.process}/maps").read_text()
    made.close()


def test_it_ends_with_whoever_asked():
    made = Sandbox()
    made.inspect(jpeg(), Limits())
    child = made._child
    made._pipe.close()
    assert child.wait(timeout=60) == 0


def test_each_page_is_drawn_before_its_dossier_waits_for_it(monkeypatch):
    drawn = []
    monkeypatch.setattr("chalicelib.digitisation.pages.try_pages", drawn.append)
    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(out)
    for data in (out.getvalue(), jpeg()):
        assert isinstance(inside.answered(jobs.Inspect(data, Limits())), jobs.Done)
    assert drawn == [out.getvalue()]
    assert PDF == "application/pdf"
