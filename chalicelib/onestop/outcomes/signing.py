"""Who must be able to sign, and what must be drawn, before anybody promises a paper."""

from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.problem import NoSigningCertificate
from chalicelib.onestop.ports import Previews, Signers
from chalicelib.onestop.refusals import ResultNotDrawn, Unprintable


def require_agency(signers: Signers, dossier: Dossier) -> None:
    """The receipt and the result are signed by the agency: nothing is promised that nobody could sign."""
    if not signers.has_agency(dossier.head.agency):
        raise NoSigningCertificate(signer="agency")


def require_preview(previews: Previews, dossier: Dossier) -> None:
    """The result was drawn before somebody approves it. Raises Unprintable, ResultNotDrawn."""
    if previews.has(dossier.reference):
        return
    if fault := dossier.head.result_fault:
        raise Unprintable(reason_code=fault.code, reason_vi=fault.vi, reason_en=fault.en)
    raise ResultNotDrawn
