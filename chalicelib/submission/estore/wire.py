"""What portals send to and get from look-ups of the national e-data store."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

type Component = Annotated[
    str,
    Field(min_length=1, max_length=60, description="Code of the component", examples=["000.00.00.G15-KQ004389"]),
]
type Number = Annotated[
    str, Field(max_length=60, description="Number of the paper, where it is known; else empty", examples=["15/GCS"])
]


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SoughtPaper(Strict):
    """A component that is looked for in the national e-data store."""

    component: Component
    number: Number = ""


class LookUpPapers(Strict):
    """Which components to look for; none named: all that are missing."""

    papers: list[SoughtPaper] = Field(default=[], max_length=40, description="What is looked for")


class TakePaper(Strict):
    """A file that a look-up named."""

    component: Component
    number: Number = ""
    file: str = Field(pattern=r"^[0-9a-f]{16}$", description="`id` of the file", examples=["3f9a0c61d2b84e57"])


class HeldFileView(BaseModel):
    """A file of a paper that is held."""

    id: str = Field(description="By which it is taken", examples=["3f9a0c61d2b84e57"])
    name: str = Field(description="What it is called there", examples=["giay-chung-sinh.pdf"])


class HeldPaperView(BaseModel):
    """A paper that the national e-data store says it holds: it need not be asked of the person."""

    component: str = Field(description="The component that it is", examples=["000.00.00.G15-KQ004389"])
    title: str = Field(description="What it is called there", examples=["Giấy chứng sinh"])
    number: str = Field(description="Its number", examples=["15/GCS"])
    issuer: str = Field(description="The agency that keeps it, as the store names it", examples=["G15.03"])
    files: list[HeldFileView] = Field(description="Its files")


class LookUpView(BaseModel):
    """What was found. Nothing of it is kept; the draft waits for no answer."""

    is_answered: bool = Field(description="Whether the store answered; false: go on without it", examples=[True])
    reason: Literal["off", "no_number", "down", "slow", "refused", "unreadable"] | None = Field(
        description="Why it did not: `off`, this installation is connected to none", examples=[None]
    )
    papers: list[HeldPaperView] = Field(description="What it holds of what was looked for")
    asked_at: str = Field(description="When it was asked", examples=["2026-11-28T09:00:00.000+07:00"])


class TakenView(BaseModel):
    """A file that was taken: an upload of the draft, which is checked as each one."""

    upload: str = Field(description="`id` among the uploads of the draft", examples=["9c1d5a2e7b3f4086"])
    component: str = Field(description="The component that it is", examples=["000.00.00.G15-KQ004389"])
    status: Literal["pending", "accepted", "refused"] = Field(
        description="How far its checks are", examples=["pending"]
    )
