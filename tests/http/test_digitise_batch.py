"""`motcua digitise` over files and folders: a line each, nothing half-written, and the same command goes on."""

import json
import os
import signal
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
import typer
from PIL import Image, ImageDraw
from typer.testing import CliRunner

from chalicelib.digitisation.model import Limits
from chalicelib.messages.verification import verify
from infra.command.batch import Batch
from infra.command.cli import app
from infra.command.workers import PARTS, Work
from infra.papers import corpus
from tests.support.hostile_set import good
from tests.support.signed import blank, changed, signed

OK, USAGE, NOT_FOUND, FINDINGS = 0, 2, 3, 7
WHOLE = {"copy.pdf", "component.pdf", "text.txt", "fields.json", "conversion.json", "ca.pem", "result.json"}


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A folder with scans of two people: a good one each, and one that is none."""
    monkeypatch.chdir(tmp_path)
    for name, data in (("a/1.jpg", good(1)), ("b/1.jpg", good(2)), ("b/text.jpg", b"text"), ("b/.hidden", b"?")):
        file = tmp_path / "scans" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "scans"


def run(*arguments):
    told = CliRunner().invoke(app, ["digitise", *map(str, arguments)])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def lines(*arguments):
    """The lines of a run by their file, and its exit code."""
    told = run(*arguments, "--json")
    return {line["file"]: line for line in map(json.loads, told.stdout.splitlines())}, told.exit_code


def test_each_input_has_one_line_and_the_same_again_makes_nothing_anew(folder, tmp_path):
    found, code = lines(folder, "--out", "out", "--jobs", 2)
    one, two, text = (found[str(folder / name)] for name in ("a/1.jpg", "b/1.jpg", "b/text.jpg"))
    assert (code, len(found)) == (FINDINGS, 3)
    assert (one["state"], two["state"], text["state"]) == ("digitised", "digitised", "refused")
    assert text["reason_code"] == "wrong_type"
    assert text["reason_vi"]
    assert text["reason_en"]
    assert one["pages"] == 1
    assert one["cpu_seconds"] > 0
    assert one["code"] != two["code"]
    out = tmp_path / "out"
    assert {p.name for p in (out / "scans/a/1.jpg").iterdir()} == WHOLE
    assert {p.name for p in (out / "scans/b/text.jpg").iterdir()} == {"result.json"}
    assert not (out / PARTS).exists()
    message = (out / "scans/b/1.jpg/component.pdf").read_bytes()
    assert verify(message, roots=out / "ca.pem", registered_sha256=None).state == "intact"

    (folder / "a/1.jpg").write_bytes(good(3))
    again, _ = lines(folder, "--out", "out")
    assert {name: line["resumed"] for name, line in again.items()} == {
        one["file"]: False, two["file"]: True, text["file"]: True,
    }  # fmt: skip
    assert again[one["file"]]["sha256"] != one["sha256"]
    assert again[two["file"]] == two | {"resumed": True}
    assert (out / "scans/b/1.jpg/component.pdf").read_bytes() == message
    tried, _ = lines(folder, "--out", "out", "--again")
    assert [name for name, line in tried.items() if not line["resumed"]] == [text["file"]]


def test_fields_are_told_with_how_sure_they_are(tmp_path, birth_scan, folder):
    (tmp_path / "birth.jpg").write_bytes(birth_scan)
    told, code = lines("birth.jpg", "scans/a", "--out", "out", "--kind", "giay_chung_sinh")
    assert code == OK
    fields = told["birth.jpg"]["fields"]
    assert any(f["confidence"] > 0.5 and not f["needs_review"] for f in fields)
    assert {"name", "label", "value", "confidence", "needs_review", "reason"} == set(fields[0])
    other, _ = lines("birth.jpg", "scans/a", "--out", "out")
    assert not other["birth.jpg"]["resumed"], "as another kind of paper it is read anew"


def test_what_was_left_half_done_by_a_run_that_was_killed_is_no_result(folder, tmp_path):
    half = tmp_path / "out" / PARTS / "1-1"
    half.mkdir(parents=True)
    (half / "copy.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "out/scans/a/1.jpg").mkdir(parents=True)
    (tmp_path / "out/scans/a/1.jpg/result.json").write_text('{"file":')
    found, _ = lines(folder, "--out", "out")
    assert found[str(folder / "a/1.jpg")]["state"] == "digitised"
    assert not found[str(folder / "a/1.jpg")]["resumed"]
    assert not (tmp_path / "out" / PARTS).exists()


def test_inputs_that_cannot_be_are_told_before_anything_is_made(folder, tmp_path):
    assert run("scans/a", "nowhere", "--out", "out").exit_code == NOT_FOUND
    assert run("scans/a/1.jpg", "scans/b/1.jpg", "--out", "out").exit_code == USAGE
    (tmp_path / "empty").mkdir()
    assert run("empty", "--out", "out").exit_code == NOT_FOUND
    assert not (tmp_path / "out").exists()


def test_results_in_the_folder_of_scans_are_no_scans(folder):
    for _ in range(2):
        found, _ = lines(folder, "--out", "scans/out")
        assert len(found) == 3


# --- what dies under a batch ---------------------------------------------------------------------------------------


@pytest.fixture
def works(folder, tmp_path):
    """Two good files, and between them one whose reading waits for ever."""
    os.mkfifo(tmp_path / "waits.jpg")
    files = (folder / "a/1.jpg", tmp_path / "waits.jpg", folder / "b/1.jpg")
    return [Work(file=str(file), kind="", out=str(tmp_path / "out" / file.parent.name / file.name)) for file in files]


def when_opened(fifo, do, until=None):
    """Do something once a worker has opened what waits for ever; its other end stays open until then."""

    def watch():
        while True:
            try:
                end = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody reads yet
                time.sleep(0.01)
                continue
            Path(fifo).unlink()
            do()
            if until is not None:
                until.wait(300)
            os.close(end)
            return

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def told(capsys):
    return {line["file"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}


def test_the_death_of_a_worker_is_the_reason_of_one_file(works, tmp_path, capsys):
    batch = Batch(tmp_path / "out", 1)
    killer = when_opened(works[1].file, lambda: os.kill(batch.workers[0].process, signal.SIGKILL))
    counts = batch.run(works, as_json=True)
    killer.join()
    assert counts == {"digitised": 2, "failed": 1}
    line = told(capsys)[works[1].file]
    assert (line["state"], line["reason_code"]) == ("failed", "worker_ended")

    (tmp_path / "waits.jpg").write_bytes(good(4))
    assert Batch(tmp_path / "out", 1).run(works, as_json=True) == {"digitised": 3}
    assert {name: line["resumed"] for name, line in told(capsys).items()} == {
        works[0].file: True, works[1].file: False, works[2].file: True,
    }  # fmt: skip


@pytest.fixture
def first_told(monkeypatch):
    """Set once the batch has told the first result: a worker may open its next file long before that."""
    said, once = threading.Event(), typer.echo

    def echo(*given, **more):
        once(*given, **more)
        said.set()

    monkeypatch.setattr("infra.command.batch.typer.echo", echo)
    return said


@pytest.fixture
def _interrupts():
    """An interrupt is one, as at a prompt: whoever starts the suite in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interrupts")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_who_interrupts_a_batch_keeps_what_is_done(works, tmp_path, capsys, how, first_told):
    batch, is_over = Batch(tmp_path / "out", 1), threading.Event()

    def interrupt():
        first_told.wait(300)
        signal.pthread_kill(threading.main_thread().ident, how)  # no other thread may take it

    killer = when_opened(works[1].file, interrupt, is_over)
    with pytest.raises(KeyboardInterrupt):
        batch.run(works, as_json=True)
    is_over.set()
    killer.join()
    assert [line["state"] for line in told(capsys).values()] == ["digitised"]
    assert not (tmp_path / "out" / PARTS).exists()
    assert list((tmp_path / "out").rglob("result.json")) == [tmp_path / "out/a/1.jpg/result.json"]
    assert [worker.process for worker in batch.workers] == [0]

    (tmp_path / "waits.jpg").write_bytes(good(4))
    assert Batch(tmp_path / "out", 1).run(works, as_json=True) == {"digitised": 3}
    assert [line["file"] for line in told(capsys).values() if line["resumed"]] == [works[0].file]


def test_a_signed_file_is_no_paper_and_the_batch_goes_on(folder, tmp_path, capfd):
    (folder / "a/signed.pdf").write_bytes(signed(blank()))
    (folder / "a/changed.pdf").write_bytes(changed(signed(blank())))
    found, code = lines(folder / "a", "--out", "out", "--jobs", 1)
    said = {Path(name).name: (line["state"], line["reason_code"]) for name, line in found.items()}
    assert code == FINDINGS
    assert said == {
        "1.jpg": ("digitised", None),
        "signed.pdf": ("refused", "signed_electronically"),
        "changed.pdf": ("refused", "signature_broken"),
    }
    assert {p.name for p in (tmp_path / "out/a/signed.pdf").iterdir()} == {"result.json"}, "nothing was made of it"
    alone = run(folder / "a/signed.pdf", "--out", "one")
    assert (alone.exit_code, len(alone.output.splitlines())) == (FINDINGS, 1)
    assert "[signed_electronically]" in alone.output
    assert capfd.readouterr().err == "", "what a library says of the signature is no line for people"


def test_a_name_that_is_no_utf_8_is_escaped_and_its_file_digitised_as_the_others(folder, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(folder / "a") + b"/anh\xe1.jpg"))
    odd.write_bytes(good(7))
    found, code = lines(folder / "a", "--out", "out", "--jobs", 1)
    assert (code, {line["state"] for line in found.values()}, len(found)) == (OK, {"digitised"}, 2)
    (line,) = [line for name, line in found.items() if name.endswith("/anh\\xe1.jpg")]
    assert {p.name for p in Path(os.fsdecode(os.fsencode(tmp_path) + b"/out/a/anh\xe1.jpg")).iterdir()} == WHOLE
    again, _ = lines(folder / "a", "--out", "out", "--jobs", 1)
    assert again[line["file"]] == line | {"resumed": True}
    told = run(folder / "a", "--out", "out", "--jobs", 1)
    assert "anh\\xe1.jpg" in told.output
    alone = run(odd, "--out", "one")
    assert alone.exit_code == OK, alone.output


def test_two_pages_in_one_picture_are_told_and_one_wide_page_is_not(folder, tmp_path):
    pages = [Image.open(BytesIO(corpus.page("c", "clean", number).jpeg)).convert("L") for number in (0, 1)]
    both = Image.new("L", (sum(p.width for p in pages), max(p.height for p in pages)), 255)
    both.paste(pages[0], (0, 0))
    both.paste(pages[1], (pages[0].width, 0))
    both.save(folder / "a/both.jpg", "JPEG", dpi=(200, 200))
    found, code = lines(folder / "a", "--out", "out", "--jobs", 1, "--kind", "giay_chung_sinh")
    one, two = (next(x for name, x in found.items() if name.endswith(end)) for end in ("1.jpg", "both.jpg"))
    assert (code, one["warnings"]) == (OK, [])
    (warning,) = two["warnings"]
    assert warning.startswith("two_pages: ")
    assert all(field["needs_review"] for field in two["fields"])
    assert "two_pages: " in run(folder / "a/both.jpg", "--out", "one").output
    assert warning in run(folder / "a", "--out", "out").output


@pytest.mark.parametrize(
    ("data", "code", "vi", "en"),
    [
        (b"RIFF\x24\0\0\0WEBPVP8 ", "wrong_type", "WebP", "WebP"),
        (b"GIF89a" + bytes(40), "wrong_type", "GIF", "GIF"),
        (bytes(range(7, 60)), "wrong_type", "Không rõ loại tệp", "not known"),
        (b"\xff\xd8\xff" + bytes(Limits().max_bytes), "too_large", "20 MB", "20 MB"),
    ],
)
def test_what_is_not_taken_is_told_in_words_of_people(folder, data, code, vi, en):
    (folder / "a/other.jpg").write_bytes(data)
    found, _ = lines(folder / "a", "--out", "out", "--jobs", 1)
    (line,) = [line for name, line in found.items() if name.endswith("other.jpg")]
    assert (line["state"], line["reason_code"]) == ("refused", code)
    assert vi in line["reason_vi"]
    assert en in line["reason_en"]
    assert "byte" not in line["reason_vi"] + line["reason_en"]
    if code == "wrong_type":
        assert "JPEG, PNG, TIFF" in line["reason_en"], "what is taken is said"


def test_a_screen_that_is_dark_is_no_scan_with_the_lid_open(folder):
    screen = Image.new("RGB", (1200, 1600), (24, 26, 27))
    for number in range(20):
        ImageDraw.Draw(screen).text((80, 80 + 60 * number), f"Thông tin {number}", fill=(220, 220, 220), font_size=30)
    screen.save(folder / "a/screen.png", dpi=(200, 200))
    Image.effect_noise((1200, 1600), 12).point(lambda level: max(0, level - 108)).save(folder / "a/lid.png")
    found, _ = lines(folder / "a", "--out", "out", "--jobs", 1)
    said = {Path(name).name: line["reason_code"] for name, line in found.items()}
    assert (said["screen.png"], said["lid.png"]) == ("dark_screen", "black_page")
    (line,) = [line for name, line in found.items() if name.endswith("screen.png")]
    assert ("nền tối" in line["reason_vi"], "máy quét" in line["reason_vi"]) == (True, False)
