"""What people and officers ask and are told of requests about personal data."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.data_requests import DataRequestAct
from chalicelib.kernel.words import BASIS, REASON

AGENCY = r"^[A-Z0-9][A-Z0-9.]{0,39}$"


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AskData(Strict):
    """A request about one's own data, to an agency."""

    kind: Literal["view", "correct", "provide", "withdraw_consent", "restrict", "object", "delete"]
    agency: str = Field(pattern=AGENCY, description="Which agency is asked", examples=["H01.10.24"])
    words: str = Field(min_length=1, max_length=4000, description="What is asked, in words")
    own_files: bool = Field(
        default=False, description="With `delete`: what I uploaded to my store until now is erased when it is granted"
    )


class AnswerData(Strict):
    """Tell who asked that the agency acts on it."""


class ExtendData(Strict):
    """Extend the time to act, once."""

    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=2000, description="Why, in words that a citizen understands"
    )


class EndData(Strict):
    """Say that it was acted on, or refuse."""

    outcome: Literal["done", "refused"]
    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=2000, description="What was done, or why nothing is"
    )
    basis: Annotated[str, BASIS] = Field(default="", max_length=300, description="The clause; needed to refuse")


class DataRequestView(BaseModel):
    """A request about personal data. `see` is where what this installation keeps is seen or done by oneself.

    `name` and `words` are told to who asks, and to the officer who reads that one request: the list of an agency and
    the answer to an officer's act leave them out.
    """

    id: str
    kind: Literal["view", "correct", "provide", "withdraw_consent", "restrict", "object", "delete"]
    agency: str
    progress: Literal["asked", "answered", "done", "refused"]
    name: str | None = None
    words: str | None = None
    asked_at: str
    answer_by: str
    answered_at: str | None = None
    act_by: str
    extended_at: str | None = None
    extended_why: str | None = None
    extended_by: str | None = Field(default=None, description="The officer who extended it", examples=["Lý Thanh Oanh"])
    ended_at: str | None = None
    ended_why: str | None = None
    ended_by: str | None = Field(default=None, description="The officer who decided it", examples=["Lý Thanh Oanh"])
    basis: str | None = None
    due_soon: bool = False
    overdue: bool
    passed_act_by: str | None = None
    erased_at: str | None = None
    see: list[str] = Field(default=[], description="Routes", examples=[["/v1/vault/documents"]])


class DataRequestNotice(BaseModel):
    """What an agency did, with the five facts of a notice, why, by which clause, and all of it in words."""

    about: DataRequestAct
    agency: str
    handler: str = Field(description="The officer", examples=["Lý Thanh Oanh"])
    received_at: str
    processed_at: str
    due_at: str | None
    reason: str | None = None
    basis: str | None = None
    told_vi: str
    told_en: str


class DataRequestNoticeList(BaseModel):
    """The notices of a request."""

    notices: list[DataRequestNotice]


class DataRequestList(BaseModel):
    """A page of requests."""

    requests: list[DataRequestView]
    next: str | None = None
