"""Who must be able to sign, and what must be drawn, before anybody promises a paper."""

from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import lead_of
from chalicelib.kernel.problem import NoSigningCertificate
from chalicelib.onestop.ports import Previews, Signers
from chalicelib.onestop.refusals import ResultNotDrawn, Unprintable


def require_agency(signers: Signers, dossier: Dossier) -> None:
    """The receiving agency signs the receipt, the leading one the result: nothing is promised that nobody could sign.

    The dossier was read with its plan.
    """
    for agency in {dossier.head.agency, lead_of(dossier.plan).agency}:
        if not signers.has_agency(agency):
            raise NoSigningCertificate(signer="agency")


def require_preview(previews: Previews, dossier: Dossier) -> None:
    """The result was drawn, from the form as it is now, before somebody says yes to it: approves or confirms it.

    The dossier was read with its tasks. Raises Unprintable, ResultNotDrawn.
    """
    if previews.has(dossier):
        return
    if fault := dossier.head.result_fault:
        raise Unprintable(reason_code=fault.code, reason_vi=fault.vi, reason_en=fault.en)
    raise ResultNotDrawn
