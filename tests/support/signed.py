"""Signed PDFs that are made here, by a key of a test's own, and what becomes of them when they are changed."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers


@cache
def keeper(name: str = "Cong ty An") -> signers.SimpleSigner:
    """A key with a certificate of its own."""
    key = rsa.generate_private_key(65537, 2048)
    called, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = pkcs12.serialize_key_and_certificates(None, key, made, None, serialization.NoEncryption())
    signer = signers.SimpleSigner.load_pkcs12_data(kept, other_certs=[])
    assert signer
    return signer


def root(name: str = "Cong ty An") -> bytes:
    """The certificate of that key, in DER."""
    certificate = keeper(name).signing_cert
    assert certificate
    return bytes(certificate.dump())


@cache
def blank(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    import pikepdf

    document, out = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return out.getvalue()


@cache
def printed() -> bytes:
    """A PDF of one page with a line of print."""
    import pikepdf
    from pikepdf import Dictionary, Name

    with pikepdf.open(BytesIO(blank())) as document:
        page, out = document.pages[0].obj, BytesIO()
        face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=face))
        page.Contents = document.make_stream(b"BT /F 32 Tf 60 700 Td (GIAY SO 1) Tj ET")
        document.save(out)
    return out.getvalue()


def signed(data: bytes = b"", name: str = "Cong ty An", field: str = "Signature1") -> bytes:
    """The same PDF with one more signature, nothing to be seen of it."""
    writer, out = IncrementalPdfFileWriter(BytesIO(data or blank())), BytesIO()
    fields.append_signature_field(writer, fields.SigFieldSpec(field))
    said = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    signers.sign_pdf(writer, said, keeper(name), output=out)
    return out.getvalue()


def changed(data: bytes) -> bytes:
    """One byte under the signature is another."""
    at = data.index(b"/MediaBox")
    at = data.index(b"842", at)
    return data[:at] + b"843" + data[at + 3 :]


def added_to(data: bytes) -> bytes:
    """A revision behind the signature that draws over the page."""
    from pyhanko.pdf_utils import generic

    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    stream = generic.StreamObject(stream_data=b"0 0 100 100 re f")
    writer.add_stream_to_page(0, writer.add_object(stream))
    writer.write(out)
    return out.getvalue()
