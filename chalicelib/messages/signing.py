"""PAdES signatures: B-B, B-T when a timestamping authority is given, and B-LT and B-LTA with `evidence`.

The agency's signature certifies (DocMDP, no changes): after it, any change shows. The officer's signature on a scan
must not, or the file could never be carried further (Circular 01/2023/TT-VPCP Art. 8(1); Law 20/2023/QH15 Art. 12).
A result has two: the competent person certifies and leaves room for one more, the agency signs last and its field locks
the file (Decree 30/2020/ND-CP Art. 5(1), 13(7); ISO 32000-2, 12.8.2.4).
pyHanko does the cryptography and the file format; this module decides what is signed, when, and how it looks.
"""

import asyncio
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, Protocol

from chalicelib.messages.evidence import Evidence, context, path_of, raise_if_unproved, together
from chalicelib.messages.model import NeverSigned
from chalicelib.messages.rendering import Look, Rect, Seen, render_stamp
from chalicelib.messages.statement import Statement, written

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.signers import Signer as PyHankoSigner
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko.stamp import StaticStampStyle

    from chalicelib.messages.keys import SigningIdentity

DIGEST = "sha256"
COUNTRY = "Việt Nam"


class Signer(Protocol):
    """The door to a private key, in memory, in KMS or in an HSM."""

    @property
    def mechanism(self) -> str:
        """The CMS signature algorithm, `rsassa_pkcs1v15` or `ecdsa`."""
        ...

    @property
    def signature_size(self) -> int:
        """The most bytes one signature takes."""
        ...

    def sign_raw(self, data: bytes, digest: str) -> bytes:
        """Sign `data` hashed with `digest` ("sha256")."""
        ...


class Room(NamedTuple):
    """A field that one more signature will fill: it closes the whole file."""

    field: str
    page: int
    rect: Rect


class CannotSign(NeverSigned, ValueError):
    """The file is not a PDF that can take this signature: unreadable, encrypted, or closed by an earlier one."""

    code = "cannot_sign"


def sign(
    pdf: bytes,
    identity: "SigningIdentity",
    *,
    field_name: str,
    reason: str,
    at: datetime,
    seen: Seen | None = None,
    certify: bool | Room,
    timestamper: "TimeStamper | None" = None,
    statement: Statement | None = None,
    evidence: Evidence | None = None,
) -> bytes:
    """`pdf` with one more signature, appended as an increment; the given bytes stay as they are.

    `at` (aware) is the claimed signing time, written to the file; the trusted time is the `timestamper`'s. Without
    `seen` the signature is invisible. `certify` forbids any later change and must come first: on a signed file it
    raises `CannotSign`; a `Room` leaves room for one more signature, which then forbids any change. A field that stands
    in the file already is filled. `statement` says of what document this is a signature. `evidence` is put beside the
    signature, as its level says; a certificate whose issuer says that it was revoked, or says nothing, signs nothing.
    """
    if at.tzinfo is None:
        raise ValueError("the signing time needs an offset")
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError

    room = certify if isinstance(certify, Room) else None
    proof = evidence if evidence and evidence.is_embedded else None
    metadata = signers.PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm=DIGEST,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        location=COUNTRY,
        name=identity.display_name,
        contact_info=written(statement) if statement else None,
        certify=bool(certify),
        docmdp_permissions=fields.MDPPerm.FILL_FORMS if room else fields.MDPPerm.NO_CHANGES,
        embed_validation_info=proof is not None,
        validation_context=context(proof, at) if proof else None,
        dss_settings=together(),
    )
    page, rect = (seen[0][0], _whole(seen[0][1])) if seen else (0, None)
    signer = signers.PdfSigner(
        metadata,
        signer=_adapt(identity),
        timestamper=timestamper,
        stamp_style=_stamp(seen[1], rect, at) if seen and rect else None,
    )
    try:
        writer = _writer(pdf)
        _open_fields(writer, fields.SigFieldSpec(field_name, on_page=page, box=rect), room)
        signed = asyncio.run(_sign_at(signer, writer, at))
    except (PdfError, SigningError) as error:
        raise_if_unproved(error)
        raise CannotSign(str(error)) from error
    if proof and timestamper and proof.level == "B-LTA" and not room:
        return stamped(signed, timestamper, proof, at=at)
    return signed


def stamped(pdf: bytes, timestamper: "TimeStamper", evidence: Evidence, *, at: datetime) -> bytes:
    """A signed file with one more timestamp, over all of it, and with what proves the one before.

    It is appended as an increment, which a signature that forbids any change allows (ISO 32000-2, 12.8.2.2.2).
    Raises CannotSign for what is no PDF, TryAgain when an issuer does not say whether the former authority still holds.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    try:
        return asyncio.run(_stamp_at(pdf, timestamper, evidence, at))
    except (PdfError, SigningError) as error:
        raise_if_unproved(error)
        raise CannotSign(str(error)) from error


async def _stamp_at(pdf: bytes, timestamper: "TimeStamper", evidence: Evidence, at: datetime) -> bytes:
    from pyhanko.sign.signers import PdfTimeStamper

    writer, rules = _writer(pdf), context(evidence, at)
    before = writer.prev.embedded_timestamp_signatures
    output = await PdfTimeStamper(timestamper, field_name=f"Timestamp{len(before) + 1}").async_timestamp_pdf(
        writer,
        DIGEST,
        rules,
        validation_paths=[await path_of(before[-1], rules)] if before else [],
        dss_settings=together().get_settings_for_ts(),
        embed_roots=False,
    )
    return bytes(output.getvalue())


def _open_fields(writer: "IncrementalPdfFileWriter", own: "SigFieldSpec", room: Room | None) -> None:
    """The field of this signature, unless it was left open before, and the field of the one to come."""
    from pyhanko.sign import fields

    if all(name != own.sig_field_name for name, _, _ in fields.enumerate_sig_fields(writer.prev)):
        fields.append_signature_field(writer, own)
    if room:
        closing = fields.SigFieldSpec(
            room.field,
            on_page=room.page,
            box=_whole(room.rect),
            doc_mdp_update_value=fields.MDPPerm.NO_CHANGES,
            field_mdp_spec=fields.FieldMDPSpec(fields.FieldMDPAction.ALL),
        )
        fields.append_signature_field(writer, closing)


async def _sign_at(signer: "PdfSigner", writer: "IncrementalPdfFileWriter", at: datetime) -> bytes:
    """`PdfSigner.async_sign_pdf` with the signing time given instead of read from the clock."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    session = signer.init_signing_session(writer)
    session.system_time = at
    proved = await session.perform_presign_validation(writer)
    reserved = await session.estimate_signature_container_size(validation_info=proved)
    document = session.prepare_tbs_document(validation_info=proved, bytes_reserved=reserved)
    digest, output = document.digest_tbs_document()
    done = await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at))
    await done.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())


def _whole(rect: Rect) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = map(round, rect)
    return x0, y0, x1, y1


def _writer(pdf: bytes) -> "IncrementalPdfFileWriter":
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class SignatureOnlyWriter(IncrementalPdfFileWriter):
        """An increment without pyHanko's own note of the change: the metadata say what was archived, and stay."""

        def _update_meta(self) -> None:
            """Leave `/Info` and the XMP packet alone."""

    return SignatureOnlyWriter(BytesIO(pdf))


def _adapt(identity: "SigningIdentity") -> "PyHankoSigner":
    """An identity of ours as a signer of pyHanko's."""
    from asn1crypto.algos import SignedDigestAlgorithm
    from asn1crypto.x509 import Certificate
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class PortSigner(signers.Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's signature
            port = identity.signer
            return bytes(port.signature_size) if dry_run else port.sign_raw(data, digest_algorithm)

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(map(Certificate.load, identity.chain))
    names = {"rsassa_pkcs1v15": "sha256_rsa", "ecdsa": "sha256_ecdsa"}
    return PortSigner(
        signing_cert=Certificate.load(identity.certificate),
        cert_registry=store,
        signature_mechanism=SignedDigestAlgorithm({"algorithm": names[identity.signer.mechanism]}),
        embed_roots=False,
    )


def _stamp(look: Look, rect: Rect, at: datetime) -> "StaticStampStyle":
    from pyhanko.pdf_utils import layout
    from pyhanko.stamp import StaticStampStyle

    page = render_stamp(look, rect[2] - rect[0], rect[3] - rect[1], at=at)
    fill = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins(0, 0, 0, 0),
    )
    return StaticStampStyle(background=_page_content(page), background_layout=fill, border_width=0)


def _page_content(pdf: bytes) -> "PdfContent":
    """The first page of `pdf` as content of another file (pyHanko's own class for this reads only from a path)."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Page(PdfContent):
        def render(self) -> bytes:
            assert self.writer is not None
            form = self.writer.import_page_as_xobject(PdfFileReader(BytesIO(pdf)), page_ix=0)
            self.resources.xobject["/Stamp"] = form
            x0, y0, x1, y1 = form.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(x1 - x0), height=abs(y1 - y0))
            return b"/Stamp Do"

    return Page()
