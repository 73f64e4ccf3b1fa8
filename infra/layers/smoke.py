"""Run by the bare interpreter for one function: load it, and do once what it does with its layers."""

import importlib
import sys
from datetime import UTC, datetime
from io import BytesIO

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def png(text: str = "") -> bytes:
    """A small page."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (900, 1200), 255)
    if text:
        from pathlib import Path
        import os
        from PIL import ImageFont

        font = ImageFont.truetype(str(Path(os.environ["MOTCUA_FONTS"]) / "LiberationSerif-Regular.ttf"), 48)
        ImageDraw.Draw(page).text((80, 200), text, 0, font)
    out = BytesIO()
    page.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def sealed() -> None:
    from chalicelib.kernel.ids import seal, unseal

    assert unseal(seal({"name": "Nguyễn"})) == {"name": "Nguyễn"}


def logged() -> None:
    from chalicelib.kernel.log import note

    note("worked")


def forms() -> None:
    from chalicelib.submission.forms import form_errors

    schema = {"type": "object", "required": ["a"]}
    assert form_errors(schema, {})


def checked() -> None:
    from chalicelib.digitisation.checks import SignatureScanner, inspect
    from chalicelib.digitisation.model import Limits

    inspect(png(), Limits(), scanner=SignatureScanner())


def copied() -> None:
    from chalicelib.digitisation.copying import make_copy
    from chalicelib.digitisation.pages import page_images

    made = make_copy([png()], title="Giấy chứng sinh")
    assert page_images(made.pdf, "application/pdf")


def read() -> None:
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
    from asn1crypto import keys, x509
    from cryptography import x509 as certificates
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
    from datetime import timedelta
    from pyhanko.sign.timestamps import DummyTimeStamper

    from chalicelib.messages.keys import RsaSigner, SigningIdentity
    from chalicelib.messages.rendering import render_stamp
    from chalicelib.messages.signing import sign
    from chalicelib.messages.verification import verify

    key = rsa.generate_private_key(65537, 2048)
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Ủy ban")])
    made = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(1))
        .not_valid_after(NOW + timedelta(365))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
    identity = SigningIdentity(made, RsaSigner(key), (), "Ủy ban")
    pdf = render_stamp(["Ủy ban nhân dân", "Αθήνα"], 300, 200, at=NOW)
    done = sign(pdf, identity, field_name="S", reason="r", location="l", at=NOW, box=(0, (10.0, 10.0, 200.0, 80.0)),
                lines=["Người ký"], certify=True)  # fmt: skip
    assert len(verify(done, roots=[made], at=NOW).signers) == 1
    assert keys and x509 and DummyTimeStamper


WORK = {
    "catalogue_api": (logged,),
    "submission_api": (logged, sealed, forms),
    "onestop_api": (logged, sealed),
    "digitisation_api": (logged,),
    "messages_api": (logged,),
    "vault_api": (logged,),
    "bearer": (),
    "decide": (logged, sealed),
    "intake": (logged, checked),
    "copy": (logged, copied),
    "read": (logged, sealed, read),
    "issue": (logged, sealed, signed),
    "sign": (logged, sealed, signed),
}

if __name__ == "__main__":
    function, handler = sys.argv[1:]
    sys.path.pop(0)  # this folder
    module, _, attribute = handler.rpartition(".")
    assert callable(getattr(importlib.import_module(module), attribute))
    if function == "bearer":
        assert not {"pydantic", "boto3"} & sys.modules.keys()
        from joserfc import jwt

        assert jwt
    for work in WORK.get(function, (logged,)):
        work()
