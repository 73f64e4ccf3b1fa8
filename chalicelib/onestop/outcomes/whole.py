"""Whether what came on paper is complete: nobody but reception looks at it before its acceptance."""

from chalicelib.dossier.demanded import wanting
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.problem import FieldError
from chalicelib.onestop.refusals import DossierIncomplete


def require_whole(dossier: Dossier) -> None:
    """A dossier is accepted when it is full and correct (Decree 61/2018 Art. 17(1)(c)). Raises DossierIncomplete."""
    absent, form = wanting(dossier), dossier.form
    broken = form.errors if form else ()
    if absent or broken:
        raise DossierIncomplete(
            components=[{"code": c.code, "name_vi": c.name_vi, "name_en": c.name_en} for c in absent],
            fields=[FieldError(e.pointer, e.rule, e.message_vi, e.message_en) for e in broken],
        )
