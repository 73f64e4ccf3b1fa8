"""What the routes of tasks of persons take and answer."""

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.law.codes import LINE


class Strict(BaseModel):
    """A body of which every name is known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ClaimTask(Strict):
    """That an officer takes a task: who they are, their token says."""


class ReleaseTask(Strict):
    """That a task is anybody's again."""


class HandUp(Strict):
    """That a task goes to the agency above, as nobody of one's own may do it."""


class Assign(Strict):
    """To whom a supervisor gives a task."""

    officer: str = Field(
        pattern="^[0-9a-f]{32}$",
        description="The officer by their record: `id` of `GET /v1/officers`, or `officer` of a claim",
        examples=["9f86d081884c7d659a2feaa0c55ad015"],
    )
    name: str = Field(
        default="", max_length=120, pattern=f"^{LINE}$", description="Their name, for whoever reads the list"
    )


class KindLoad(BaseModel):
    """Open tasks of one kind."""

    kind: str = Field(description="Kind of the tasks", examples=["verify"])
    open: int = Field(description="How many are open", examples=[12])
    unclaimed: int = Field(description="How many of them nobody took", examples=[3])
    overdue: int = Field(description="How many of them are past their time", examples=[1])
    ages: dict[str, int] = Field(
        description="By working days since each was opened", examples=[{"0-1": 8, "2-3": 3, "4-7": 1, "8+": 0}]
    )
    at_least: bool = Field(description="Whether there are more, which were not counted: those due last")


class OfficerLoad(BaseModel):
    """What an officer took and did not do yet."""

    officer: str = Field(description="The officer by their record", examples=["9f86d081884c7d659a2feaa0c55ad015"])
    name: str = Field(description="Their name, as their claim says it", examples=["Lý Oanh"])
    open: int = Field(description="How many they have", examples=[7])
    overdue: int = Field(description="How many of them are past their time", examples=[1])
    kinds: dict[str, int] = Field(description="The same by kind", examples=[{"verify": 7}])


class DataLoad(BaseModel):
    """Requests about personal data that my agencies have to see to: `GET /v1/data/requests` lists them."""

    due_soon: int = Field(description="How many are due soon", examples=[1])
    overdue: int = Field(description="How many are past their time", examples=[0])
    first_due_at: str | None
    at_least: bool = Field(description="Whether there are more, which were not counted", examples=[False])


class Workload(BaseModel):
    """The open work of my agencies."""

    at: str
    kinds: list[KindLoad]
    officers: list[OfficerLoad] = Field(description="Those who took most first")
    bottleneck: str | None = Field(
        description="The kind with most tasks past their time; null: none is", examples=["verify"]
    )
    data_requests: DataLoad = Field(description="Requests about personal data that are due soon, or overdue")
