"""What only the receipt (form 01) may say: the applicant, how they are reached, each paper and file by its name."""

from collections.abc import Iterator

from chalicelib.contracts.onestop import ReceiptComponent, ReceiptPrivate
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.on_paper import PapersItem
from chalicelib.dossier.people import co_holders_of, filer_of, holder_of
from chalicelib.dossier.reached import contact_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.access import Principal
from chalicelib.onestop.paid import fee_text


def receipt_private(dossier: Dossier, who: Principal) -> ReceiptPrivate:
    """By a dossier read with components, events, form, papers and plan; `who` receives it. Raises ContentErased."""
    head, submitted = dossier.head, dossier.first(DossierSubmitted)
    holder, filer, contact = holder_of(head), filer_of(head), contact_of(dossier)
    return ReceiptPrivate(
        name=holder.name,
        personal_id=holder.personal_id,
        kind=holder.kind,
        submitter=filer.name if filer else holder.by,
        together=co_holders_of(head),
        officer=who.name,
        phone=contact.phone,
        email=contact.email,
        address=contact.address,
        channel=head.channel,
        components=(*_on_paper(dossier), *_files(dossier)),
        fee=fee_text(submitted.fee if submitted else None),
    )


def _on_paper(dossier: Dossier) -> Iterator[ReceiptComponent]:
    """Papers as they were counted, originals and copies each on a line of their own."""
    names = {c.code: c.name_vi for c in dossier.plan.components}
    for line in (dossier.papers or PapersItem()).lines:
        name = names.get(line.code, line.code)
        if line.originals:
            yield ReceiptComponent(
                code=line.code, name=name, filename="", size=0, sha256="", kind="original", count=line.originals
            )
        if line.copies:
            yield ReceiptComponent(
                code=line.code, name=name, filename="", size=0, sha256="", kind="copy", count=line.copies
            )


def _files(dossier: Dossier) -> Iterator[ReceiptComponent]:
    """Files that count; the scan of a paper that is listed is none of its own."""
    names = {c.code: c.name_vi for c in dossier.plan.components}
    listed = {line.code for line in (dossier.papers or PapersItem()).lines}
    for c in dossier.components:
        if c.digitisation.status != "rejected" and c.superseded_by is None and c.code not in listed:
            name = names.get(c.code, c.filename)
            yield ReceiptComponent(code=c.code, name=name, filename=c.filename, size=c.size, sha256=c.sha256)
