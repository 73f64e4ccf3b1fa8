"""A paper is valid when its own agency's key signed it, and the register knows the very file: nothing else is."""

import itertools
import json
import threading
from copy import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from typer.testing import CliRunner

from chalicelib.messages.keys import LocalKeys, _load
from chalicelib.messages.signing import sign
from chalicelib.messages.statement import Statement, initials
from chalicelib.messages.verification import verify
from infra.command.cli import app
from infra.local.pki import ensure_pki
from tests.support.sample import sampled
from tests.unit.messages.conftest import AGENCY, AGENCY_ID, OFFICER, OFFICER_ID, SIGNED_AT

OK, USAGE, NOT_FOUND, FINDINGS, UNDECIDED = 0, 2, 3, 7, 8
SIGNERS = ("agency", "other agency", "officer", "timestamp", "root", "stranger")
ROOTS = ("true", "stranger's", "none")
ANSWERS = ("same hash", "other hash", "unknown", "not asked")
CHANGES = ("none", "a byte", "a revision", "padding")
STATEMENT = Statement(
    kind="result",
    code="H01.10.24-261125-0001-KQ1",
    title="Giấy khai sinh",
    agency=AGENCY_ID,
    agency_name=AGENCY,
    holder=initials("Nguyễn Thị Ánh Nguyệt"),
    lookup="7K3D9M2QW8XZ4T1B",
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two PKIs in which everybody has the same names; the stranger made the second."""
    found = {}
    for whose in ("true", "stranger's"):
        found[whose] = tmp_path_factory.mktemp("pki") / "keys"
        ensure_pki(
            found[whose],
            agencies={AGENCY_ID: AGENCY, "H01.10.25": "Ủy ban nhân dân xã Bình Hòa Phước"},
            officers={OFFICER_ID: OFFICER},
            serving={OFFICER_ID: AGENCY_ID},
            now=SIGNED_AT,
        )
    return found


@pytest.fixture(scope="module")
def signed(folders, unsigned):
    """`signed(who, **changes)`: the certificate of a birth, signed as the agency would by somebody's key."""
    true, strangers = LocalKeys(folders["true"]), LocalKeys(folders["stranger's"])

    def identity(who):
        if who in ("timestamp", "root"):
            name = {"timestamp": "tsa", "root": "root"}[who]
            return _load((folders["true"] / f"{name}.pem").read_bytes())
        return {
            "agency": lambda: true.agency(AGENCY_ID),
            "other agency": lambda: true.agency("H01.10.25"),
            "officer": lambda: true.officer(OFFICER_ID),
            "stranger": lambda: strangers.agency(AGENCY_ID),
        }[who]()

    def make(who, statement=STATEMENT, field="AgencySignature"):
        given = {"field_name": field, "reason": "Cấp", "at": SIGNED_AT, "certify": True}
        stamper = (strangers if who == "stranger" else true).timestamper(SIGNED_AT)
        return sign(unsigned, identity(who), **given, statement=statement, timestamper=stamper)

    return make


def changed(pdf, how):
    if how == "a revision":
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        writer.root["/X"] = NameObject("/Y")
        writer.update_root()
        writer.write(out := BytesIO())
        return out.getvalue()
    after = int(PdfFileReader(BytesIO(pdf)).embedded_signatures[0].byte_range[2])
    place = {"none": None, "a byte": pdf.index(b"stream") + 40, "padding": after - 20}[how]
    return pdf if place is None else pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


@pytest.fixture
def register():
    """A register that answers for the look-up code with what it is given: `register.answer`."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = json.dumps({"sha256": server.answer}).encode()
            self.send_response(200 if server.answer else 404)
            self.end_headers()
            self.wfile.write(body if server.answer else b"{}")

        def log_message(self, *_):
            pass

    asked = []
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.answer, server.asked = "", asked
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(tmp_path, monkeypatch):
    """`told(pdf, *options)`: exit code and last line of the command, in a folder that offers a root, too."""
    monkeypatch.delenv("MOTCUA_ROOTS", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(pdf, *options):
        (tmp_path / "paper.pdf").write_bytes(pdf)
        done = CliRunner().invoke(app, ["verify", str(tmp_path / "paper.pdf"), *map(str, options)])
        return done.exit_code, (done.stdout.rstrip().splitlines() or [""])[-1], done.stdout

    return run


VALID, INTACT, NOT_VALID = "HỢP LỆ / VALID", "SIGNATURE INTACT, ORIGIN NOT ASKED", "KHÔNG HỢP LỆ / NOT VALID"


def expected(who, root, answer, change):
    """The last line that is due; empty when nothing is to be said without a root."""
    its_root = "stranger's" if who == "stranger" else "true"
    if root == "none":
        return ""
    if who not in ("agency", "stranger") or root != its_root or change != "none":
        return NOT_VALID
    return {"same hash": VALID, "not asked": INTACT}.get(answer, NOT_VALID)


@pytest.mark.parametrize("who", SIGNERS)
def test_no_paper_is_valid_but_the_one_that_is(told, folders, signed, register, who):
    original = signed(who)
    wrong, valid = [], []
    every = itertools.product(ROOTS, ANSWERS, CHANGES)
    for root, answer, change in sampled(every, 24, always=[("true", "same hash", "none")]):
        if root == "none" and change != "none":
            continue  # nothing is looked at without a root
        if who == "stranger" and root == "stranger's":
            continue  # who trusts a stranger's root and asks a stranger's register has chosen whom to believe
        pdf = changed(original, change)
        register.answer = {"same hash": sha256(original).hexdigest(), "other hash": "0" * 64}.get(answer, "")
        options = [] if root == "none" else ["--ca", folders[root] / "ca.pem"]
        options += [] if answer == "not asked" else ["--registry", register.url]
        code, last, _ = told(pdf, *options)
        want = expected(who, root, answer, change)
        codes = {VALID: OK, INTACT: UNDECIDED, "": USAGE, NOT_VALID: NOT_FOUND if answer == "unknown" else FINDINGS}
        if not last.endswith(want) or (not want and last) or code != codes[want]:
            wrong.append((root, answer, change, code, last))
        if code == OK or last == VALID:
            valid.append((root, answer, change))
    assert wrong == []
    assert valid == ([("true", "same hash", "none")] if who == "agency" else [])


def test_a_strangers_root_is_believed_only_when_it_is_given(told, folders, signed, tmp_path):
    forgery = signed("stranger")
    (tmp_path / "ca.pem").write_bytes((folders["stranger's"] / "ca.pem").read_bytes())
    assert told(forgery)[:2] == (USAGE, ""), "a root beside the file says nothing"
    assert told(forgery, "--ca", folders["true"] / "ca.pem")[:2] == (FINDINGS, NOT_VALID)


def test_the_roots_of_the_stage_are_its_setting(told, folders, signed, monkeypatch):
    monkeypatch.setenv("MOTCUA_ROOTS", str(folders["true"] / "ca.pem"))
    pdf = signed("agency")
    assert told(pdf, "--sha256", sha256(pdf).hexdigest())[:2] == (OK, VALID)


def test_the_answer_names_the_document_its_agency_and_its_holder_by_initials(told, folders, signed, register):
    pdf = signed("agency")
    register.answer = sha256(pdf).hexdigest()
    _, _, text = told(pdf, "--ca", folders["true"] / "ca.pem", "--registry", register.url)
    for said in (STATEMENT.code, "Giấy khai sinh", f"{AGENCY} ({AGENCY_ID})", "N.T.Á.N."):
        assert said in text
    assert "Nguyệt" not in text
    assert register.asked == ["/v1/verifications/7K3D9M2QW8XZ4T1B"]


def saying(**other):
    return replace(STATEMENT, **other)


@pytest.mark.parametrize(
    ("who", "statement", "fits"),
    [
        ("agency", STATEMENT, True),
        ("agency", saying(kind="copy"), False),
        ("agency", saying(agency="H01.10.25"), False),
        ("agency", saying(kind="pass"), False),
        ("officer", saying(kind="copy"), True),
        ("officer", saying(kind="copy", agency="H01.10.25"), False),
        ("agency", None, True),
        ("officer", None, False),
        ("other agency", None, False),
    ],
)
def test_a_certificate_fits_the_document_or_not(folders, signed, who, statement, fits):
    field = "OfficerSignature" if statement and statement.kind == "copy" and who == "officer" else "AgencySignature"
    verdict = verify(signed(who, statement, field), roots=folders["true"] / "ca.pem")
    assert next(c.ok for c in verdict.checks if c.name == "purpose") is fits
