"""What the routes of a dossier's thread take and answer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class WriteMessage(BaseModel):
    """What is said; no file comes with it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: str = Field(min_length=1, max_length=2_000, examples=["Tôi đã nộp giấy chứng sinh bản chính chưa?"])


class MarkRead(BaseModel):
    """Up to which message my side read, that one included."""

    model_config = ConfigDict(extra="forbid", strict=True)
    up_to: int = Field(ge=1, le=10**9, description="Number of the message", examples=[7])


class ThreadEntry(BaseModel):
    """A message of a dossier's thread."""

    number: int = Field(description="Its number within the dossier; not every number is a message", examples=[7])
    at: str
    side: Literal["applicant", "agency"] = Field(description="Whose side wrote it", examples=["agency"])
    author: str = Field(description="Who wrote it, by name", examples=["Lý Oanh"])
    text: str = Field(description="What it says", examples=["Mời ông bà đến nhận bản chính"])
    is_mine: bool = Field(description="Whether I wrote it")
    is_read: bool = Field(description="Whether the other side said that it read it")


class Thread(BaseModel):
    """A page of the thread, the newest first; `next` continues it."""

    messages: list[ThreadEntry] = Field(description="Of this page, the newest first")
    next: str | None = None


class ReadTo(BaseModel):
    """How far my side read."""

    side: Literal["applicant", "agency"] = Field(description="My side", examples=["applicant"])
    up_to: int = Field(description="Number of the last message that it read", examples=[7])
