"""Run by the bare interpreter for one function: load it, and do once what it does with its layers."""

import importlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def png(text: str = "") -> bytes:
    """A small page, with a line of text when there is one."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (900, 1200), 255)
    if text:
        from chalicelib.digitisation.copying import FONT_FOLDERS

        font = ImageFont.truetype(str(Path(FONT_FOLDERS[0]) / "LiberationSerif-Regular.ttf"), 48)
        ImageDraw.Draw(page).text((80, 200), text, 0, font)
    out = BytesIO()
    page.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def sealed() -> None:
    """Personal data is sealed and unsealed; only the keys are in memory."""
    from types import SimpleNamespace

    from chalicelib.sealing import door

    keys = SimpleNamespace(newest=lambda _: (1, bytes(32)), key=lambda *_: bytes(32))
    held, door.ring = door.ring, lambda: keys  # type: ignore[assignment]  # a stand-in for this one check
    assert door.unseal("MC-1", door.seal("MC-1", {"name": "Nguyễn"})) == {"name": "Nguyễn"}
    door.ring = held


def logged() -> None:
    """A log line is written."""
    from chalicelib.kernel.log import note

    note("worked")


def measured() -> None:
    """A metric is counted."""
    from chalicelib.kernel.log import measure

    measure(SweepRan=1)


def clients() -> None:
    """Every service that the product calls has its client, of the descriptions that the zip brings."""
    from chalicelib.kernel import aws
    from chalicelib.kernel.session import MODELS

    services = sorted(path.name for path in MODELS.iterdir() if path.is_dir())
    assert {"dynamodb", "s3"} <= {*services}
    for service in services:
        assert aws.client(service).meta.service_model.operation_names


def forms() -> None:
    """A form is checked."""
    from datetime import date

    from chalicelib.forms.evaluate import evaluate
    from chalicelib.forms.plain import plain_form

    assert evaluate(plain_form("1.001193", "Đăng ký khai sinh", None, ()), {}, date(2026, 1, 1)).errors


def words() -> None:
    """A service is found."""
    from chalicelib.catalogue.services.search import Entry, build

    assert build([Entry("1", "Đăng ký khai sinh")]).search("khai sinh").total == 1


def submitted() -> None:
    """A draft is submitted: what comes in, the seal, the answer; only the tables are in memory."""
    from types import SimpleNamespace

    from chalicelib.dossier.reading import WHOLE, dossier_of
    from chalicelib.kernel.access import Principal, Relation
    from chalicelib.submission.service import Submissions

    who = Principal("s", "CITIZEN", "n", level=2, personal_id="0" * 12)
    at = "2026-11-25T02:00:00.000+00:00"
    named, result = {"name_vi": "n", "name_en": "n"}, {"template": "decision", "name_vi": "n"}
    head = {
        "state": 0, "procedure": "1.001193", "procedure_version": 1, "agency": "H01", "holder": who.holder,
        "sealed": "-", "channel": "ONLINE", "mine_pk": "m", "mine_sk": "m", "expires_at": at,
        "form_version": 1, "form_sha256": "f",
    }  # fmt: skip
    plan = {
        "procedure": "1.001193", "version": 1, "min_level": 1, "components": [], "level": "full", "result": result,
        "route": [[{"leg": "commune", "agency": "@receiving"}]], "notice_vi": "", "notice_en": "", **named,
        "term": {"text": "1wd"}, "office": {"id": "H01", "name": "n", "one_stop": "n"},
    }  # fmt: skip
    texts = dict.fromkeys(("id", "code", "filename", "key", "version_id", "sha256", "media_type", "received_at"), "a")
    component = {**texts, "size": 1, "pages": 1, "origin": "upload", "digitisation": {"status": "exempt"}}
    items: dict[str, dict[str, object]] = {
        "HEAD": head,
        "PLAN": {"plan": plan},
        "FORM": {"sealed": "-", "version": 1},
        "COMPONENT#a": component,
    }
    draft = dossier_of([{"pk": "MC-1", "sk": sk, **item} for sk, item in items.items()], WHOLE)
    holds = Relation.HOLDER
    tables = SimpleNamespace(
        used_key=lambda *_: None, draft=lambda *_: draft, submit=lambda *_: None, relation=lambda *_: holds
    )
    done = Submissions(tables, lambda: NOW).submit(who, "MC-1", "key", b"{}")
    assert done.components[0].filename == "a"
    light("joserfc", "cryptography", "jsonschema_rs")


def checked() -> None:
    """A file is inspected."""
    from chalicelib.digitisation.checks import SignatureScanner, inspect
    from chalicelib.digitisation.model import Limits
    from chalicelib.digitisation.sandbox import Sandbox

    inspect(png(), Limits(), scanner=SignatureScanner())
    importlib.import_module("pyhanko.sign.validation")  # of a signed file the child looks at each signature
    opener = Sandbox()
    assert opener.inspect(png(), Limits(), with_codes=True).pages
    opener.close()


def copied() -> None:
    """A paper is copied, and its pages are found again."""
    from chalicelib.digitisation.copying import make_copy
    from chalicelib.digitisation.pages import page_images

    made = make_copy([png()], title="Giấy chứng sinh")
    assert page_images(made.pdf, "application/pdf")


def read() -> None:
    """A page is read and converted."""
    from chalicelib.digitisation.conversion import convert
    from chalicelib.digitisation.fields import extract
    from chalicelib.digitisation.model import ConversionMark
    from chalicelib.digitisation.reading import Reader

    page = png("Họ và tên: Nguyễn Văn An")
    found = Reader().read(page)
    assert "Nguyễn" in found.text, found.text
    extract("giay_chung_sinh", [found])
    mark = ConversionMark(
        text="m", converted_at=NOW, converter_name="n", agency_name="a", agency_code="b", code="c", lookup_url="u",
        qr_payload="q",
    )  # fmt: skip
    assert convert([page], [found], mark).pdf


def signed() -> None:
    """A document is printed, signed and verified."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    from chalicelib.messages.cloud_keys import CloudKeys
    from chalicelib.messages.keys import RsaSigner, SigningIdentity
    from chalicelib.messages.rendering import Look, render_stamp
    from chalicelib.messages.signing import sign
    from chalicelib.messages.verification import verify

    assert CloudKeys().timestamper().url
    importlib.import_module("pyhanko.sign.timestamps")  # what the local stage stamps with
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ủy ban")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(1))
        .not_valid_after(NOW + timedelta(365))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
    identity = SigningIdentity(certificate, RsaSigner(key), (), "Ủy ban")
    pdf = render_stamp(Look(("Ủy ban nhân dân", "Αθήνα")), 300, 200, at=NOW)  # Greek asks the second font
    done = sign(
        pdf, identity, field_name="S", reason="r", at=NOW, certify=True,
        seen=((0, (10.0, 10.0, 200.0, 80.0)), Look(("Người ký",))),
    )  # fmt: skip
    assert len(verify(done, roots=[certificate], at=NOW).signers) == 1


def light(*unwanted: str) -> None:
    """Nothing of this was loaded."""
    heavy = set(unwanted) & sys.modules.keys()
    assert not heavy, heavy


def tokens() -> None:
    """The authorizer has its tokens' library and nothing heavy."""
    importlib.import_module("joserfc.jwt")
    light("pydantic", "boto3", "botocore")


WORK: dict[str, tuple[Callable[[], None], ...]] = {
    "identity_authorize": (tokens,),
    "catalogue_api": (logged, forms, words),
    "catalogue_load": (logged, forms, words),
    "catalogue_make_list": (logged, words),
    "submission_api": (logged, sealed, forms),
    "submit_api": (logged, submitted, clients),
    "onestop_api": (logged, sealed),
    "onestop_decide": (logged, sealed, clients),
    "onestop_sweep": (logged, measured),
    "submission_sweep_drafts": (logged, measured),
    "outbox_replay": (logged, measured),
    "outbox_redrive": (logged, measured, clients),
    "digitisation_take_in": (logged, checked),
    "digitisation_make_copy": (logged, copied),
    "digitisation_read_copy": (logged, sealed, read),
    "messages_issue_paper": (logged, sealed, signed),
    "messages_sign_copy": (logged, signed),
    "messages_stamp_again": (logged, measured, signed),
}
"""What a function does beside its own code; every other one only logs."""


def main(function: str, handler: str) -> None:
    """Load the handler, then do the work."""
    sys.path.remove(str(Path(__file__).parent))
    module, _, attribute = handler.rpartition(".")
    assert callable(getattr(importlib.import_module(module), attribute))
    for work in WORK.get(function, (logged,)):
        work()


if __name__ == "__main__":
    main(*sys.argv[1:])
