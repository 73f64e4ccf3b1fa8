"""The command line: results on stdout, words for people on stderr, exit codes that scripts can use."""

import hashlib
import json
import signal
import socket
import subprocess

import img2pdf
import pikepdf
import pytest
import requests
from typer.testing import CliRunner

from chalicelib.messages.verification import verify
from infra.command.cli import app
from infra.demo import story
from infra.demo.client import Client, fetch
from infra.local.cloud import LocalCloud
from tests.support.process import MOTCUA, Served

OK, USAGE, NOT_FOUND, UNAVAILABLE, FINDINGS, UNDECIDED = 0, 2, 3, 6, 7, 8


@pytest.fixture
def motcua(monkeypatch, tmp_path):
    """`motcua(*arguments)`: run it in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments):
        result = runner.invoke(app, [str(a) for a in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def paper(finished, holder, where, tmp_path):
    """The finished dossier's result with its root beside it, as a citizen would keep them."""
    pdf = fetch(holder.get(f"/v1/messages/{finished.dossier['results'][0]}").ok().body["url"])
    file = tmp_path / "result.pdf"
    file.write_bytes(pdf)
    (tmp_path / "ca.pem").write_bytes((LocalCloud.current.folder / "keys" / "ca.pem").read_bytes())
    return file


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


# --- verify -------------------------------------------------------------------------------------------------------


def test_a_paper_as_it_was_issued_is_valid(motcua, paper):
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--sha256", sha256(paper))
    assert told.exit_code == OK
    assert told.stdout.rstrip().endswith("HỢP LỆ / VALID")
    assert "Đặng Trọng Nghĩa" in told.stdout or "Ủy ban nhân dân xã Vĩnh Phước" in told.stdout


def test_a_verdict_is_one_json_document(motcua, paper):
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--sha256", sha256(paper), "--json")
    verdict = json.loads(told.stdout)
    assert (told.exit_code, verdict["valid"], verdict["sha256"]) == (OK, True, sha256(paper))
    asked = {c["name"] for c in verdict["checks"] if c["ok"]}
    assert asked >= {"integrity", "trust", "coverage", "registered_hash", "revocation"}
    assert verdict["unchecked"] == [], "what proves that no certificate was revoked is in the paper: level B-LT"


def test_without_a_registered_hash_the_verdict_says_what_it_does_not_prove(motcua, paper):
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--json")
    verdict = json.loads(told.stdout)
    assert (told.exit_code, verdict["valid"], verdict["state"]) == (UNDECIDED, False, "intact")
    assert "bytes no signature covers" in verdict["unchecked"]


def test_the_registry_is_asked_by_the_code_on_the_paper(motcua, paper, where):
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--registry", where["url"], "--json")
    verdict = json.loads(told.stdout)
    assert (told.exit_code, verdict["valid"]) == (OK, True)
    assert next(c["ok"] for c in verdict["checks"] if c["name"] == "registered_hash") is True


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.97])
def test_a_flipped_byte_is_found(motcua, paper, place):
    registered, pdf = sha256(paper), bytearray(paper.read_bytes())
    pdf[int(len(pdf) * place)] ^= 0x01
    paper.write_bytes(pdf)
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--sha256", registered, "--json")
    assert (told.exit_code, json.loads(told.stdout)["valid"]) == (FINDINGS, False)


def test_a_revision_appended_after_the_signature_is_found(motcua, paper):
    from io import BytesIO

    from pyhanko.pdf_utils.generic import NameObject, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    out, writer = BytesIO(), IncrementalPdfFileWriter(BytesIO(paper.read_bytes()))
    writer.root[NameObject("/Lang")] = pdf_string("en")
    writer.update_root()
    writer.write(out)
    paper.write_bytes(out.getvalue())
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem")
    assert told.exit_code == FINDINGS
    assert "KHÔNG HỢP LỆ / NOT VALID" in told.stdout
    paper.write_bytes(paper.read_bytes() + b"\n% one more line\n%%EOF\n")
    assert motcua("verify", paper, "--ca", paper.parent / "ca.pem").exit_code == FINDINGS


def test_another_hash_than_the_registered_one_is_found(motcua, paper):
    told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--sha256", "0" * 64, "--json")
    failed = [c["name"] for c in json.loads(told.stdout)["checks"] if c["ok"] is False]
    assert (told.exit_code, failed) == (FINDINGS, ["registered_hash"])


def test_a_paper_of_another_root_is_found(motcua, paper, tmp_path):
    from infra.local.stage import make_keys

    make_keys(tmp_path / "other")
    told = motcua("verify", paper, "--ca", tmp_path / "other" / "ca.pem", "--json")
    failed = [c["name"] for c in json.loads(told.stdout)["checks"] if c["ok"] is False]
    assert told.exit_code == FINDINGS
    assert "trust" in failed


def test_a_file_that_is_no_paper_is_found(motcua, paper):
    for content in (b"", b"text", b"%PDF-1.7\n%%EOF"):
        paper.write_bytes(content)
        assert motcua("verify", paper, "--ca", paper.parent / "ca.pem").exit_code == FINDINGS


def test_a_file_that_is_not_there_is_3_and_says_which(motcua, paper, tmp_path):
    told = motcua("verify", tmp_path / "nothing.pdf")
    assert (told.exit_code, told.stdout) == (NOT_FOUND, "")
    assert "nothing.pdf" in told.stderr
    assert motcua("verify", tmp_path).exit_code == NOT_FOUND
    told = motcua("verify", paper, "--ca", tmp_path / "nothing.pem")
    assert told.exit_code == NOT_FOUND
    assert "--ca" in told.stderr, "it says what to try"
    told = motcua("verify", paper)
    assert (told.exit_code, told.stdout) == (USAGE, ""), "a root beside the file is none"
    assert "--ca" in told.stderr


def test_a_registry_that_does_not_answer_is_6(motcua, paper):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        told = motcua("verify", paper, "--ca", paper.parent / "ca.pem", "--registry", address)
    assert (told.exit_code, told.stdout) == (UNAVAILABLE, "")
    assert address in told.stderr


def test_a_paper_that_the_registry_does_not_know_is_3(motcua, paper, where, small_scan, tmp_path):
    import img2pdf

    (tmp_path / "other.pdf").write_bytes(img2pdf.convert(small_scan))
    told = motcua("verify", tmp_path / "other.pdf", "--ca", tmp_path / "ca.pem", "--registry", where["url"])
    assert told.exit_code == NOT_FOUND


# --- clock ----------------------------------------------------------------------------------------------------------

VECTORS = [
    (("2026-02-12T10:00", "3wd"), "2026-02-24"),  # Thursday before Tết
    (("2026-11-25T10:00", "1wd"), "2026-11-26"),
    (("2026-11-27T16:00", "1wd"), "2026-11-30"),  # Friday
    (("2026-11-25T10:00", "24h"), "2026-11-26T10:00"),
    (("2026-11-25T10:00", "5d"), "2026-11-30"),
    (("2026-11-25T10:00+00:00", "24h"), "2026-11-26T17:00"),
]


@pytest.mark.parametrize(("given", "expected"), VECTORS)
def test_a_due_date_is_computed_and_explained(motcua, given, expected):
    received, term = given
    told = motcua("clock", "due", "--received", received, "--term", term, "--json")
    found = json.loads(told.stdout)
    assert told.exit_code == OK
    assert found["due_at"].startswith(expected), found["due_at"]
    assert found["due_at"].endswith("+07:00")
    assert found["citations"]
    assert motcua("clock", "due", "--received", received, "--term", term).stdout.startswith(found["due_at"])


def test_a_due_date_is_explained_in_the_language_asked_for(motcua):
    vi, en = (
        motcua("clock", "due", "--received", "2026-02-12T10:00", "--term", "3wd", "--lang", x).stdout
        for x in ("vi", "en")
    )
    assert vi != en
    assert "Tết" in vi or "nghỉ" in vi


def test_a_cutoff_moves_what_comes_after_it(motcua):
    due = {
        (at, after): json.loads(
            motcua("clock", "due", "--received", f"2026-11-25T{at}", "--term", "1wd", "--cutoff", "15:00",
                   "--after-cutoff", after, "--json").stdout
        )["due_at"][:10]
        for at in ("14:00", "15:30") for after in ("literal", "deemed")
    }  # fmt: skip
    assert due["14:00", "literal"] == due["14:00", "deemed"] == due["15:30", "literal"] == "2026-11-26"
    assert due["15:30", "deemed"] == "2026-11-27"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--received", "2026-02-12T10:00", "--term", "3 weeks"),
        ("--received", "2026-02-12T10:00", "--term", ""),
        ("--received", "2026-02-12T10:00", "--term", "-3wd"),
        ("--received", "yesterday", "--term", "3wd"),
        ("--received", "2026-02-30T10:00", "--term", "3wd"),
        ("--received", "2026-02-12T10:00", "--term", "3wd", "--cutoff", "25:00"),
        ("--received", "2026-02-12T10:00", "--term", "3wd", "--after-cutoff", "maybe"),
        ("--received", "2026-02-12T10:00", "--term", "3wd", "--lang", "fr"),
        ("--received", "2026-02-12T10:00"),
        ("--term", "3wd"),
    ],
)
def test_what_the_clock_cannot_read_is_2_and_says_why(motcua, arguments):
    told = motcua("clock", "due", *arguments)
    assert (told.exit_code, told.stdout) == (USAGE, "")
    assert told.stderr.strip()
    assert "Traceback" not in told.stderr


# --- digitise -------------------------------------------------------------------------------------------------------


def test_a_scan_becomes_a_signed_data_message(motcua, birth_scan, tmp_path):
    scan, out = tmp_path / "scan.jpg", tmp_path / "out"
    scan.write_bytes(birth_scan)
    told = motcua("digitise", scan, "--out", out, "--kind", "giay_chung_sinh", "--json")
    assert told.exit_code == OK
    report = json.loads(told.stdout)
    assert {p.name for p in out.iterdir() if p.is_file()} >= {
        "copy.pdf", "component.pdf", "text.txt", "fields.json", "conversion.json", "ca.pem",
    }  # fmt: skip
    conversion = json.loads((out / "conversion.json").read_text(encoding="utf-8"))
    assert conversion == {k: v for k, v in report.items() if k != "fields"}
    assert conversion["source_sha256"] == sha256(scan)
    assert conversion["copy_sha256"] == sha256(out / "copy.pdf")
    assert conversion["output_sha256"] == sha256(out / "component.pdf")
    for name in ("copy.pdf", "component.pdf"):
        assert verify((out / name).read_bytes(), roots=out / "ca.pem", registered_sha256=sha256(out / name)).valid
    assert json.loads((out / "fields.json").read_text(encoding="utf-8")) == report["fields"]
    assert any(f["value"] and not f["needs_review"] for f in report["fields"])
    assert "GIẤY CHỨNG SINH" in (out / "text.txt").read_text(encoding="utf-8").upper()


@pytest.mark.parametrize(("content", "code"), [(b"text", "wrong_type"), (b"", "empty"), (b"\xff\xd8\xff", "truncated")])
def test_a_scan_that_is_none_is_refused_with_its_reason(motcua, tmp_path, content, code):
    (tmp_path / "scan.jpg").write_bytes(content)
    told = motcua("digitise", tmp_path / "scan.jpg", "--out", tmp_path / "out")
    assert (told.exit_code, told.stdout) == (FINDINGS, "")
    assert code in told.stderr
    assert not (tmp_path / "out").exists(), "nothing is made of what was refused"


def test_a_pdf_of_several_pages_is_digitised_as_one_paper(motcua, birth_scan, small_scan, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(img2pdf.convert([birth_scan, small_scan]))
    told = motcua("digitise", tmp_path / "scan.pdf", "--out", tmp_path / "out", "--json")
    assert told.exit_code == OK
    for name in ("copy.pdf", "component.pdf"):
        with pikepdf.open(tmp_path / "out" / name) as pdf:
            assert len(pdf.pages) == 2
    assert (tmp_path / "out" / "text.txt").read_text(encoding="utf-8").count("\f") == 1


def test_a_scan_that_is_not_there_is_3(motcua, tmp_path):
    assert motcua("digitise", tmp_path / "no.jpg", "--out", tmp_path / "out").exit_code == NOT_FOUND


def test_an_unknown_kind_of_paper_is_2(motcua, small_scan, tmp_path):
    (tmp_path / "scan.jpg").write_bytes(small_scan)
    told = motcua("digitise", tmp_path / "scan.jpg", "--out", tmp_path / "out", "--kind", "passport")
    assert (told.exit_code, told.stdout) == (USAGE, "")
    assert "giay_chung_sinh" in told.stderr, "it says which there are"


# --- help, serve ----------------------------------------------------------------------------------------------------


def commands(group=app, before=()):
    """Every command there is, as one types it."""
    for command in group.registered_commands:
        yield (*before, command.name or command.callback.__name__)
    for inner in group.registered_groups:
        yield from commands(inner.typer_instance, (*before, inner.name))


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_help_has_an_example(motcua, command):
    told = motcua(*command, "--help")
    assert told.exit_code == OK
    _, _, example = " ".join(told.stdout.split()).partition("Example: ")
    assert f"motcua {' '.join(command)}" in example[:60]


def test_the_commands_of_the_brief_are_there():
    assert {("demo",), ("serve",), ("verify",), ("digitise",), ("clock", "due")} <= set(commands())


def test_no_arguments_show_the_commands_and_a_wrong_one_is_2(motcua):
    assert "verify" in motcua().output
    assert motcua("verfy").exit_code == USAGE


def test_serve_says_where_it_is_answers_and_ends_when_told(tmp_path):
    served = Served(tmp_path / "cloud")
    try:
        assert requests.get(served.where["url"] + "/health", timeout=300).json()["status"] == "ok"
        assert Client(served.where).get(f"/v1/services/{story.PROCEDURE}").status == 200
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            taken = subprocess.run(
                [MOTCUA, "serve", "--port", str(busy.getsockname()[1]), "--folder", str(tmp_path / "cloud")],
                cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
            )  # fmt: skip
        assert (taken.returncode, taken.stdout) == (UNAVAILABLE, "")
        assert "try: " in taken.stderr
        assert "Traceback" not in taken.stderr
    finally:
        assert served.end(signal.SIGTERM) == 0
