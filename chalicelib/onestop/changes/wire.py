"""What the acts on a dossier take and answer."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.lifecycle import PaidBy
from chalicelib.kernel.words import REASON
from chalicelib.onestop.related import StateView


class Withdraw(BaseModel):
    """The applicant asks to stop; a reason may be given and is kept encrypted."""

    model_config = ConfigDict(extra="forbid", strict=True)
    reason: str = Field(default="", max_length=1000, examples=["Tôi nộp lại hồ sơ tại nơi thường trú"])


class AskPayment(BaseModel):
    """What the applicant has to pay, and why."""

    model_config = ConfigDict(extra="forbid", strict=True)
    amount: int = Field(ge=1, le=10**12, description="In whole units of the currency", examples=[150000])
    currency: str = Field(default="VND", pattern=r"^[A-Z]{3}$", examples=["VND"])
    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=2000, examples=["Lệ phí cấp giấy phép theo Thông tư của Bộ Tài chính"]
    )
    pay_by: date | None = Field(
        default=None, strict=False, description="The last day to pay; null: with the dossier", examples=["2026-12-10"]
    )


_NUMBER = r"^[A-Za-z0-9](?:[A-Za-z0-9 ./_-]*[A-Za-z0-9])?$"
"""Plain letters and digits: letters that only look alike would make two numbers of one receipt."""


class RecordPayment(BaseModel):
    """That it was paid."""

    model_config = ConfigDict(extra="forbid", strict=True)
    proof: str = Field(
        min_length=1,
        max_length=100,
        pattern=_NUMBER,
        description="Number of the receipt, with its symbol where it has one (`26TAA-0012345`): it serves one payment",
        examples=["26TAA-0012345"],
    )
    paid_by: PaidBy | None = Field(default=None, description="How it was paid; null: unsaid", examples=["counter"])
    transaction: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        pattern=_NUMBER,
        description="The number that the portal's payment platform gave it; what says `portal` without one is listed",
        examples=["PP-2026-11-0004711"],
    )


class ConfirmPayment(BaseModel):
    """That a second officer saw the payment: who they are, their token says."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Extend(BaseModel):
    """The one new date of a dossier, with the reason that its apology gives."""

    model_config = ConfigDict(extra="forbid", strict=True)
    term: str = Field(max_length=10, description="How much longer, as the law of terms reads it", examples=["3wd"])
    reason: Annotated[str, REASON] = Field(max_length=2000, examples=["Cơ quan phối hợp chưa trả lời kết quả xác minh"])


class Correct(BaseModel):
    """What was wrong with the result, in words for its holder."""

    model_config = ConfigDict(extra="forbid", strict=True)
    reason: Annotated[str, REASON] = Field(
        max_length=2000, examples=["Ngày sinh trên giấy khai sinh in sai do nhập liệu"]
    )


class SendUpstream(BaseModel):
    """An error in the result of an earlier child of the same bundle."""

    model_config = ConfigDict(extra="forbid", strict=True)
    leg: str = Field(max_length=300, description="The leg whose result is wrong, by its name", examples=["birth"])
    reason: Annotated[str, REASON] = Field(
        max_length=2000, examples=["Ngày sinh trên giấy khai sinh không khớp giấy chứng sinh"]
    )


class ActDone(BaseModel):
    """What an act came to: the same for the same Idempotency-Key, whatever became of the dossier since."""

    reference: str
    number: int = Field(description="The event of the log that tells it", examples=[7])
    at: str
    state: StateView | None = Field(description="The state that it led to; null: the act moved none")
    due_at: str | None = Field(description="When the result is due since; null: nobody said a date yet")
    correction: str | None = Field(
        default=None, description="The new dossier that mends an error", examples=["MC-7K3D9M2QW8XZ4T1B"]
    )
    waits_for: int = Field(
        default=0, description="Of a withdrawal that all holders have to ask for: how many did not", examples=[0]
    )
