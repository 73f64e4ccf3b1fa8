"""What agencies that work on one dossier ask and see of one another."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class AskOpinion(BaseModel):
    """Which agency is asked for its opinion, on what, until when."""

    model_config = ConfigDict(extra="forbid", strict=True)
    agency: str = Field(max_length=35, description="The agency that is asked", examples=["H01.10.25"])
    content: str = Field(
        max_length=2_000,
        description="What it is asked, in words",
        examples=["Đề nghị cho ý kiến về tình trạng cư trú của cha mẹ"],
    )
    deadline: str = Field(
        max_length=10, description="How long it has, as a term; never longer than the dossier's", examples=["2wd"]
    )


class ConsultationView(BaseModel):
    """A question to an agency and what became of it."""

    task: str = Field(description="The task of the asked agency", examples=["MC-7K3D9M2QW8XZ4T1B.0-commune.consult"])
    leg: str = Field(description="The part of the dossier in which it was asked", examples=["0-commune"])
    asks: str = Field(description="The agency that asks", examples=["H01.10.24"])
    agency: str = Field(description="The agency that is asked", examples=["H01.10.25"])
    content: str = Field(description="What it is asked", examples=["Đề nghị cho ý kiến về tình trạng cư trú"])
    asked_at: str
    due_at: str
    outcome: Literal["agreed", "disagreed", "unanswered"] | None = Field(
        description="Null: it may answer still; `unanswered`: the deadline passed in silence", examples=["agreed"]
    )
    opinion: str = Field(description="What it answered, in words", examples=["Thống nhất"])
    answered_at: str | None = Field(
        description="When it answered, or its silence was recorded", examples=["2026-11-25T09:00:00+07:00"]
    )


class ConsultationList(BaseModel):
    """The consultations of a dossier, in the order in which they were asked."""

    consultations: list[ConsultationView]


class LegView(BaseModel):
    """An agency's part of a dossier."""

    leg: str = Field(description="Its name inside the dossier, by the number of its stage", examples=["0-commune"])
    agency: str
    lead: bool = Field(description="Whether its approval is what is decided", examples=[False])
    status: Literal["waiting", "open", "done"] = Field(description="Whether it has begun", examples=["open"])
    due_at: str | None = Field(description="When its open task is due", examples=["2026-11-26T17:00:00+07:00"])
    outcome: str | None = Field(description="What it came to; null: it is not done", examples=["disagreed"])
    reason: str | None = Field(
        description="Why, in the agency's words; null: it gave none", examples=["Nơi cư trú chưa được xác minh"]
    )
    done_at: str | None


class LegList(BaseModel):
    """The agencies' parts of a dossier in the order of its route, and what its applicant wants corrected."""

    legs: list[LegView]
    corrections: list[str] = Field(
        description="What the applicant found wrong in the draft of the result, the last time",
        examples=[["Ngày sinh của con là 18/11/2026"]],
    )
