"""What the routes of the draft take."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class ConfirmPreview(BaseModel):
    """The draft is right, or what of it is wrong: one of the two."""

    model_config = ConfigDict(extra="forbid", strict=True)
    confirmed: bool = Field(default=False, description="The draft is right as it stands", examples=[True])
    corrections: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default=[],
        max_length=30,
        description="What is wrong and how it should read, in words, each thing once",
        examples=[["Ngày sinh của con là 18/11/2026"]],
    )
