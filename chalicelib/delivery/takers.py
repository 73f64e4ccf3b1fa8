"""Who takes a paper result: the applicant, or an agent whose right to it is there to be read, never a name alone."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.contracts.delivery import Proof, ResultTaken
from chalicelib.delivery.ports import Dossiers
from chalicelib.delivery.refusals import ConversionNotValid
from chalicelib.dossier.agents import authorisation_of, require_other_taker, taken_words
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import Delivery
from chalicelib.dossier.noticed import told_of
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.sealing.door import seal


class Took(Struct, frozen=True, kw_only=True):
    """Who took a paper result and the number of their proof, as it is kept encrypted."""

    name: str
    number: str
    proof_number: str | None = None


class Handing(Struct, frozen=True, kw_only=True):
    """What an officer says of a hand-over; of the applicant the dossier knows name and number.

    `conversion` is the component that the paper result became, where it is no print of the electronic one.
    `authorisation` is the scan of the paper by which an agent may take it, who has no mandate on the dossier.
    """

    to: Literal["applicant", "agent"]
    proof: Proof
    name: str = ""
    number: str | None = None
    proof_number: str | None = None
    paper: Literal["print", "original"]
    conversion: str | None = None
    authorisation: str | None = None


def took(dossier: Dossier, handing: Handing, delivery: Delivery) -> Took:
    """Name and number of who took it. Raises BodyInvalid, ContentErased."""
    absent = []
    if handing.to == "agent":
        absent += [at for at, text in (("/name", handing.name.strip()), ("/number", handing.number)) if not text]
    if delivery.destination == "post" and not handing.proof_number:
        absent.append("/proof_number")
    if absent:
        vi, en = "Cần nêu khi bàn giao cho người này hoặc qua bưu chính", "Needed for this receiver, or by post"
        raise BodyInvalid(fields=[FieldError(at, "required", vi, en) for at in absent])
    if handing.to == "agent":
        return Took(name=handing.name, number=handing.number or "", proof_number=handing.proof_number)
    holder = holder_of(dossier.head)
    return Took(name=holder.name, number=holder.personal_id, proof_number=handing.proof_number)


def authority_of(dossier: Dossier, handing: Handing, dossiers: Dossiers, who: Principal, now: datetime) -> str | None:
    """The scan by which an agent may take the result; None for the applicant, and under a mandate that holds.

    Raises OwnDossier for an officer who hands it to themselves, MandateEnded, BodyInvalid, ContentErased.
    """
    if handing.to == "applicant":
        return None
    require_other_taker(who, dossier.head, handing.number, now)
    state = dossiers.mandate_state(dossier.head, now)
    return authorisation_of(dossier, handing.number, handing.authorisation, state)


def tell_taken(change: Change, handing: Handing, document: str, authorisation: str | None, who: Principal) -> None:
    """The applicant is told who took it, by which right and what proof, also that they did; no number is said."""
    head, name = change.head, handing.name if handing.to == "agent" else ""
    event = ResultTaken(
        **told_of(head, who.name, change.now),
        document=document,
        to=handing.to,
        authorisation=authorisation,
        sealed=seal(head.pk, {"reason": f"Người nhận: {taken_words(name, authorisation, handing.proof)}"}),
    )
    change.tell(event, actor=who.subject)


def converted(dossier: Dossier, handing: Handing) -> str | None:
    """The data message that the paper result became; None of a print, whose electronic result is there.

    Raises ConversionNotValid: a paper result may not end its delivery before (Decree 137/2024 Art. 8(4)).
    """
    if handing.paper == "print":
        return None
    found = next((each for each in dossier.components if each.id == handing.conversion), None)
    done = (
        found.digitisation if found and found.superseded_by is None and dossier.head.paper_result == found.id else None
    )
    if done is None or done.status != "converted" or not (done.conversion_id and done.agency_signature):
        raise ConversionNotValid(conversion=handing.conversion)
    return done.conversion_id
