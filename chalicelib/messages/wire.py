"""What the messages answer."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.messages import RecallReason
from chalicelib.contracts.provenance import Compared
from chalicelib.dossier.recall_reasons import RECALL_REASONS
from chalicelib.kernel.words import BASIS
from chalicelib.law.codes import LINE
from chalicelib.messages.model import Standing


class MessageView(BaseModel):
    """A signed document and a link to it that lives five minutes."""

    message: str
    kind: str
    title: str
    sha256: str
    size: int
    signed_at: str
    url: str
    lookup: str | None = Field(description="The code on the paper by which anyone who holds it may ask about it")
    retain_until: str | None = Field(description="Until then nobody deletes it; null: no end is set")
    sheet_url: str | None = None


class OrderRegister(BaseModel):
    """Which part of which register is to be printed."""

    model_config = ConfigDict(extra="forbid")

    agency: Annotated[str | None, Field(max_length=35, description="Whose register; null: my agency's")] = None
    first_day: date = Field(description="The first day, Vietnamese")
    last_day: date = Field(description="The last day, Vietnamese: at most 31 days in all")
    part: Annotated[int, Field(ge=1, le=1000, description="Its n-th part of 500 dossiers")] = 1


class OrderSlip(BaseModel):
    """The path says of which dossier."""

    model_config = ConfigDict(extra="forbid")


class OrderPrint(BaseModel):
    """The path says of which document."""

    model_config = ConfigDict(extra="forbid")


class Ordered(BaseModel):
    """The paper that will be there: ask for it under /v1/messages."""

    message: str


class Withdraw(BaseModel):
    """By which decision a document is to be withdrawn, and why."""

    model_config = ConfigDict(extra="forbid")

    decision: Annotated[
        str,
        BASIS,
        Field(min_length=1, max_length=200, pattern=f"^{LINE}$", description="Number and date of the decision"),
    ]
    reason: RecallReason = Field(description="Why: its owner is told in words", examples=["wrong_facts"])


class DecideWithdrawal(BaseModel):
    """Confirm or decline what a leader proposed."""

    model_config = ConfigDict(extra="forbid")

    proposal: Annotated[int, Field(ge=1, le=1_000_000, description="`proposal` of what was read")]
    verdict: Literal["confirm", "decline"]


class RecallReasonView(BaseModel):
    """Why a document is withdrawn: a code of our list, in words."""

    code: RecallReason
    text_vi: str
    text_en: str

    @classmethod
    def of(cls, code: RecallReason) -> Self:
        """The reason with its words."""
        vi, en = RECALL_REASONS[code]
        return cls(code=code, text_vi=vi, text_en=en)


class WithdrawalView(BaseModel):
    """A document that is to be withdrawn, or was."""

    message: str
    decision: str
    reason: RecallReasonView | None = Field(description="Null of what a release withdrew that asked for none")
    proposed_at: str | None
    proposal: int | None = Field(description="Its number, by which it is confirmed or declined")
    above: str | None
    declined_at: str | None = None
    withdrawn_at: str | None = Field(description="Null: a second leader has not confirmed it")


class WaitingWithdrawal(BaseModel):
    """A withdrawal that waits for a second leader."""

    message: str
    reference: str
    agency: str
    title: str
    proposal: int = Field(description="Its number, by which it is confirmed or declined")
    proposed_at: str
    decision: str
    reason: RecallReasonView


class WithdrawalList(BaseModel):
    """Withdrawals that wait for a second leader of my agency, or of mine as the agency above."""

    withdrawals: list[WaitingWithdrawal]


class CheckFile(BaseModel):
    """A file to be checked: its SHA-256, or the file itself where it is small."""

    model_config = ConfigDict(extra="forbid")

    sha256: Annotated[str | None, Field(pattern="^[0-9A-Fa-f]{64}$", description="SHA-256 of the whole file")] = None
    file: Annotated[
        str | None,
        Field(max_length=190_000, description="The file in Base64, at most 140 kB; of a larger one send the SHA-256"),
    ] = None
    lookup: Annotated[str | None, Field(max_length=40, description="The look-up code on the document")] = None


class SignatureView(BaseModel):
    """Whose signature a document has."""

    kind: str = Field(description="agency, or person: who signs by their office")
    name: str = Field(description="As the certificate says")


class PageQuery(BaseModel):
    """How the page of a paper is shown."""

    language: Annotated[Literal["vi", "en"] | None, Field(description="Of the page that a browser is shown")] = None


class VerificationQuery(PageQuery):
    """What may be told besides the code."""

    sha256: Annotated[str | None, Field(pattern="^[0-9A-Fa-f]{64}$")] = None


class SentFile(BaseModel):
    """A file to be compared, in a form as a browser sends it."""

    model_config = ConfigDict(extra="forbid")

    file: bytes = Field(description="The whole file: a form has at most 4 MB", examples=["%PDF-1.7 ..."])


class Verification(BaseModel):
    """What stands in the register for a document; compare `sha256` with the file in hand where none was sent."""

    standing: Standing
    said_vi: str
    said_en: str
    message: str
    title: str
    agency: str
    agency_name: str
    sha256: str = Field(description="SHA-256 of the whole signed file, in its newest version")
    size: int
    signed_at: str
    origin: str | None = Field(
        description="converted: from paper; copied: the copy of a paper; native: made as a data message"
    )
    signatures: list[SignatureView] = Field(
        description="In their order; each covers the whole file as it was then, the last one the whole file"
    )
    data_attached: bool = Field(description="Whether extracted data are in the file, under its signature")
    owner_compared: Compared | None = Field(
        default=None,
        description="Of what was converted from paper, whose it is: read on it and compared by machine, the name "
        "confirmed by two officers, name and number by two officers, or not compared; null of anything else",
    )
    earlier: list[str]
    withdrawn_at: str | None = None
    decision: str | None = None
