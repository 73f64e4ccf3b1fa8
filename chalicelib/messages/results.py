"""What each result says: a birth certificate, and the notice for every service without a document of its own.

Light like `model.py`, whose writing of times, dates and prices it uses.
"""

from dataclasses import dataclass
from datetime import date

from chalicelib.messages.model import Data, PriceLine, Published, day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentData:
    """A parent on the birth certificate; `born` is a date or a year as the register has it."""

    full_name: str
    born: str = ""
    ethnicity: str = ""
    nationality: str = ""
    residence: str = ""

    def as_data(self) -> Data:
        """The fields as the template prints them."""
        return {
            "full_name": self.full_name,
            "born": self.born,
            "ethnicity": self.ethnicity,
            "nationality": self.nationality,
            "residence": self.residence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthCertificateData(Published):
    """The result of a birth registration, Giấy khai sinh, as an electronic result (Decree 45/2020/ND-CP Art. 14(3)).

    `result_code` is the dossier code with `-KQn`. An unrecorded father or mother is None and prints as dots.
    """

    number: str
    result_code: str
    full_name: str
    born_on: date
    gender: str
    ethnicity: str
    nationality: str
    birth_place: str
    home_town: str
    personal_id: str
    mother: ParentData | None
    father: ParentData | None
    requester: str
    requester_paper: str
    registered_at: str
    registered_on: date
    signer: str
    signer_title: str

    def as_data(self) -> Data:
        """The fields as the template `birth_certificate` prints them."""
        nobody = ParentData(full_name="")
        return self.common_data() | {
            "number": self.number,
            "result_code": self.result_code,
            "full_name": self.full_name.upper(),
            "born_on": f"{self.born_on:%d/%m/%Y}",
            "born_in_words": day_in_words(self.born_on),
            "gender": self.gender,
            "ethnicity": self.ethnicity,
            "nationality": self.nationality,
            "birth_place": self.birth_place,
            "home_town": self.home_town,
            "personal_id": self.personal_id,
            "mother": (self.mother or nobody).as_data(),
            "father": (self.father or nobody).as_data(),
            "requester": self.requester,
            "requester_paper": self.requester_paper,
            "registered_at": self.registered_at,
            "registered_on": f"{self.registered_on:%d/%m/%Y}",
            "signer": self.signer,
            "signer_title": self.signer_title,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that was asked for: a field of the form and what the person put there."""

    label: str
    value: str

    def as_data(self) -> Data:
        """Printed strings."""
        return {"label": self.label, "value": self.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionData(Published):
    """Thông báo kết quả giải quyết: the result of any service that has no document of its own, as an electronic result.

    The law sets no form for it. `service_label` says what kind of service it is; an empty `validity` and empty
    `answers` or `prices` have no lines on the paper (Decree 45/2020/ND-CP Art. 14(3)).
    """

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

    def as_data(self) -> Data:
        """The fields as the template `decision` prints them."""
        return self.common_data() | {
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
            "prices": [price.as_data() for price in self.prices],
            "answers": [answer.as_data() for answer in self.answers],
        }
