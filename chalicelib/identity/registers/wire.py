"""Requests and answers of registers and of representation by law."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.law.codes import PERSONAL_NUMBER

type PersonalNumber = Annotated[str, Field(pattern=f"^{PERSONAL_NUMBER}$", examples=["079188123457"])]
type PersonName = Annotated[str, Field(min_length=1, max_length=200, examples=["Huỳnh Tôn Thiên Kim"])]
type FieldName = Annotated[str, Field(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$", examples=["person.birth_year"])]
type Procedure = Annotated[str, Field(pattern=r"^[0-9A-Z.]{3,40}$", examples=["1.001193"])]
type Verdict = Literal["match", "no_match", "no_data", "insufficient_ground"]
type BirthDay = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31), examples=["2026-11-03"])]


class Body(BaseModel):
    """Takes no name that it does not know."""

    model_config = ConfigDict(extra="forbid")


class RepresentationBody(Body):
    """The child or ward, as the register is to know them: all three are needed (Circular 117/2026/TT-BCA Art. 9)."""

    ground: Literal["parent", "guardian"]
    name: PersonName
    born_on: BirthDay
    personal_id: PersonalNumber


class EndBody(Body):
    """Nothing is to be said."""


class Warned(BaseModel):
    """What should be looked at, and refuses nothing."""

    rule: str
    message: str


class RepresentationView(BaseModel):
    """A representation by law, as one of the two sides sees it."""

    id: str
    kind: Literal["parent", "guardian"]
    status: Literal["active", "ended"]
    side: Literal["representative", "represented"]
    represented: str
    representative: str
    may: list[str]
    acting: Literal["representative", "minor_with_consent", "minor", "adult"]
    acting_basis: str
    not_known: list[str]
    opens: str
    closes: str | None
    register_name: str
    confirmed_at: str
    basis: str
    ended_at: str | None
    ended_why: str | None
    warnings: list[Warned] = []


class RepresentationList(BaseModel):
    """My representations by law, on either side."""

    representations: list[RepresentationView]


class SaidField(Body):
    """A field as I said it."""

    field: FieldName
    value: str = Field(max_length=500)


class RegisterBody(Body):
    """What to ask the population register about me, for a procedure's form."""

    procedure: Procedure
    born_on: BirthDay
    fields: list[FieldName] = Field(default=[], max_length=50)
    said: list[SaidField] = Field(default=[], max_length=50)


class RegisterValue(BaseModel):
    """A field as the register has it."""

    field: str
    value: str | int | list[str]
    source: str
    at: str


class RegisterDifference(BaseModel):
    """A field in which the register says otherwise."""

    field: str
    outcome: Literal["warn", "refuse"]


class RegisterAnswer(BaseModel):
    """What the register says of me; nothing of it is kept here."""

    values: list[RegisterValue]
    differences: list[RegisterDifference]
    basis: str
    asked_at: str


class NumbersBody(Body):
    """The birth date, by which the register is asked."""

    born_on: BirthDay


class JoinedNumbers(BaseModel):
    """How many numbers are known to be mine, the present one among them."""

    count: int


class StandingBody(Body):
    """Nothing is to be said."""


class StandingView(BaseModel):
    """How the organisation stands for which I act."""

    standing: Literal["active", "locked", "suspended", "dissolved"]
    is_acting_person: bool
    may_act: bool


class PersonChangeBody(Body):
    """What somebody in office heard of a person; the register is asked whether it is so."""

    kind: Literal["died", "incapacitated"]
    name: PersonName
    born_on: BirthDay
    personal_id: PersonalNumber


class OrganisationChangeBody(Body):
    """What somebody in office heard of an organisation; the register is asked whether it is so."""

    kind: Literal["locked", "suspended", "dissolved", "reopened"]
    organisation: str = Field(pattern=r"^[0-9A-Z-]{3,35}$", examples=["0100109106"])


class ChangeOutcome(BaseModel):
    """What the register said, and what ended by that."""

    is_confirmed: bool
    ended: int
