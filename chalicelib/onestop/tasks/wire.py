"""What the routes of tasks of persons take and answer."""

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A body of which every name is known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ClaimTask(Strict):
    """That an officer takes a task: who they are, their token says."""


class ReleaseTask(Strict):
    """That a task is anybody's again."""


class Assign(Strict):
    """To whom a supervisor gives a task."""

    officer: str = Field(
        pattern="^[0-9a-f]{32}$",
        description="The officer by their record: `id` of `GET /v1/officers`, or `officer` of a claim",
        examples=["9f86d081884c7d659a2feaa0c55ad015"],
    )
    name: str = Field(default="", max_length=120, description="Their name, for whoever reads the list")
