"""What each result says: a birth certificate, and the notice for every service without a document of its own.

Light like `model.py`, whose writing of times, dates and prices it uses.
"""

from datetime import date
from typing import ClassVar

from chalicelib.contracts.onestop import Answer
from chalicelib.contracts.plan import Part, PriceLine
from chalicelib.messages.model import Fields, Published, day_in_words, price_fields


class Child(Part, frozen=True, kw_only=True):
    """The child of a birth registration, as the form asks."""

    full_name: str
    sex: str
    born_on: date
    ethnicity: str
    nationality: str
    place_of_birth: str
    home_town: str


class Parent(Part, frozen=True, kw_only=True):
    """A parent, as the form asks."""

    full_name: str
    year_of_birth: int
    ethnicity: str
    nationality: str
    residence: str


class BirthForm(Part, frozen=True, kw_only=True):
    """What the certificate takes from the form of a birth registration; a parent who is not named is None."""

    child: Child
    mother: Parent | None = None
    father: Parent | None = None


class BirthCertificateData(Published, frozen=True, kw_only=True):
    """The result of a birth registration, Giấy khai sinh, as an electronic result (Decree 45/2020/ND-CP Art. 14(3)).

    `result_code` is the dossier code with `-KQn`. A parent who is not named prints as dots, and so does the
    child's personal number, which nobody has given yet.
    """

    template: ClassVar[str] = "birth_certificate"

    number: str
    result_code: str
    child: Child
    mother: Parent | None
    father: Parent | None
    requester: str
    requester_paper: str
    registered_at: str
    registered_on: date
    signer: str
    signer_title: str

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        child = self.child
        return Published.fields(self) | {
            "number": self.number,
            "result_code": self.result_code,
            "full_name": child.full_name.upper(),
            "born_on": f"{child.born_on:%d/%m/%Y}",
            "born_in_words": day_in_words(child.born_on),
            "gender": child.sex,
            "ethnicity": child.ethnicity,
            "nationality": child.nationality,
            "birth_place": child.place_of_birth,
            "home_town": child.home_town,
            "mother": _parent(self.mother),
            "father": _parent(self.father),
            "requester": self.requester,
            "requester_paper": self.requester_paper,
            "registered_at": self.registered_at,
            "registered_on": f"{self.registered_on:%d/%m/%Y}",
            "signer": self.signer,
            "signer_title": self.signer_title,
        }


def _parent(parent: Parent | None) -> Fields:
    if parent is None:
        return dict.fromkeys(("full_name", "born", "ethnicity", "nationality", "residence"), "")
    return {
        "full_name": parent.full_name,
        "born": str(parent.year_of_birth),
        "ethnicity": parent.ethnicity,
        "nationality": parent.nationality,
        "residence": parent.residence,
    }


class DecisionData(Published, frozen=True, kw_only=True):
    """Thông báo kết quả giải quyết: the result of any service that has no document of its own, as an electronic result.

    The law sets no form for it. `service_label` says what kind of service it is; an empty `validity` and empty
    `answers` or `prices` have no lines on the paper (Decree 45/2020/ND-CP Art. 14(3)).
    """

    template: ClassVar[str] = "decision"

    result_code: str
    service_label: str
    service: str
    result_name: str
    holder: str
    holder_id: str
    decision: str
    provider: str
    signer: str
    validity: str = ""
    prices: tuple[PriceLine, ...] = ()
    answers: tuple[Answer, ...] = ()

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return Published.fields(self) | {
            "result_code": self.result_code,
            "service_label": self.service_label,
            "service": self.service,
            "result_name": self.result_name,
            "holder": self.holder,
            "holder_id": self.holder_id,
            "decision": self.decision,
            "provider": self.provider,
            "signer": self.signer,
            "validity": self.validity,
            "prices": [price_fields(price) for price in self.prices],
            "answers": [{"label": answer.label, "value": answer.value} for answer in self.answers],
        }
