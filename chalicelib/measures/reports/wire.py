"""What is asked for a report on paper, and answered."""

from pydantic import BaseModel, ConfigDict, Field


class OrderReport(BaseModel):
    """Of which period."""

    model_config = ConfigDict(extra="forbid")
    period: str = Field(
        min_length=4,
        max_length=10,
        description="A year, a quarter or a month: 2026, 2026-Q3, 2026-09",
        examples=["2026-Q3"],
    )


class OrderedReport(BaseModel):
    """The paper that will be there: ask for it under /v1/messages."""

    message: str = Field(description="Its name among the messages", examples=["REPORT.H01.2026-Q3.0123456789abcdef"])
