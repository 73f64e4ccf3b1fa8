"""How the applicant of a dossier is reached: telephone, e-mail and address, unsealed here."""

import contextlib

from msgspec import Struct

from chalicelib.contracts.event import Malformed, heard
from chalicelib.dossier.on_paper import Contact
from chalicelib.dossier.reading import Dossier
from chalicelib.sealing.door import unseal


class _Requester(Struct, frozen=True):
    """Whoever asks, as a form may name them."""

    phone: str = ""
    email: str = ""
    residence: str = ""


class _Answers(Struct, frozen=True):
    """What is looked for in any form."""

    requester: _Requester = _Requester()


def contact_of(dossier: Dossier) -> Contact:
    """As they said at the counter, else as the form says. Of a dossier read with form and papers. Raises ContentErased.

    A form that asks otherwise, and what was read from paper and is no text, names none.
    """
    counter, form = counter_of(dossier), _Answers()
    with contextlib.suppress(Malformed):
        form = heard(_Answers, unseal(dossier.reference, dossier.form.sealed)) if dossier.form else form
    requester = form.requester
    return Contact(
        phone=counter.phone or requester.phone,
        email=counter.email or requester.email,
        address=counter.address or requester.residence,
    )


def counter_of(dossier: Dossier) -> Contact:
    """As they said at the counter alone; empty of a dossier that came online. Raises ContentErased."""
    said = dossier.papers.contact if dossier.papers else ""
    return heard(Contact, unseal(dossier.reference, said)) if said else Contact()
