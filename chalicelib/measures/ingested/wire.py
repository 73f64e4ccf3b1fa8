"""What the routes of reported figures take and answer."""

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.measures.ingested.dialects import MOST_ROWS
from chalicelib.measures.ingested.model import Judgement, Way
from chalicelib.measures.reported import Dialect
from chalicelib.measures.wire import PERIOD, ReportedFigures

SYSTEM = "One of your systems, by a name of your own"
VERSION = "A whole number; a correction of the same unit and period has a higher one"


class SendFigures(BaseModel):
    """Figures of a system of my agency: all rows are taken, or none."""

    model_config = ConfigDict(extra="forbid", strict=True)
    system: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description=SYSTEM, examples=["one-stop"])
    dialect: Dialect = Field(description="In whose fields the rows are", examples=["portal_report"])
    version: int = Field(ge=1, le=999_999_999_999_999, description=VERSION, examples=[1])
    period: str = Field(default="", max_length=10, description=f"Of rows that are dossiers. {PERIOD}", examples=[""])
    rows: list[dict[str, str | int | None]] = Field(
        min_length=1,
        max_length=MOST_ROWS,
        description="Rows in the fields of the dialect, and no other: none of a person",
        examples=[
            [
                {
                    "departmentId": "H01.10.24",
                    "timeType": "month",
                    "year": 2026,
                    "month": 10,
                    "formula": "monitoring-2026",
                    "indicator": "online_share",
                    "numerator": 40,
                    "denominator": 50,
                }
            ]
        ],
    )


class DropFigures(BaseModel):
    """Where a file of figures is to stand."""

    model_config = ConfigDict(extra="forbid", strict=True)
    system: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description=SYSTEM, examples=["one-stop"])
    dialect: Dialect = Field(description="In whose fields the rows are", examples=["portal_report"])
    version: int = Field(ge=1, le=999_999_999_999_999, description=VERSION, examples=[1])
    period: str = Field(
        default="",
        pattern=r"^(20\d\d(-Q[1-4]|-\d\d)?)?$",
        description=f"Of rows that are dossiers. {PERIOD}",
        examples=[""],
    )
    file: str = Field(max_length=90, description="Its name, `.csv` or `.json`", examples=["october.csv"])


class FigureForm(BaseModel):
    """A form to post one file with, as multipart/form-data; it may be used for a quarter of an hour."""

    url: str = Field(description="Where to post")
    fields: dict[str, str] = Field(
        description="Fields of the form, before the field `file`", examples=[{"key": "figures/H01/one-stop/..."}]
    )


class FigureTicket(BaseModel):
    """Where a file of figures may be dropped."""

    post: FigureForm
    key: str = Field(description="What the object will be called")
    max_bytes: int = Field(description="The largest file that is taken")


class FigureBatch(BaseModel):
    """A batch that was taken, and what it says of each unit and period."""

    batch: str
    is_new: bool = Field(description="False: the same batch came before, and nothing was changed")
    received_at: str
    rows: int
    reports: list["UnitReport"]


class UnitReport(BaseModel):
    """What a source reported of a unit and period."""

    unit: str
    period: str
    figures: ReportedFigures


class ArrivalQuery(BaseModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")
    cursor: str = Field(default="", max_length=4000, description="`next` of the page before")


class FaultView(BaseModel):
    """What was wrong with a file."""

    pointer: str
    rule: str
    message_vi: str
    message_en: str


class FigureArrival(BaseModel):
    """What became of a batch or file."""

    id: str
    way: Way
    at: str
    verdict: Judgement
    file: str | None = Field(description="A dropped file, by its place in the folder of its agency")
    batch: str | None = Field(description="The batch that it was, or that came before")
    errors: list[FaultView]


class ArrivalPage(BaseModel):
    """What came of my agency's systems, the newest first."""

    arrivals: list[FigureArrival]
    next: str | None = Field(description="Send it as `cursor`")


class VersionQuery(BaseModel):
    """Of whom, and when."""

    model_config = ConfigDict(extra="forbid")
    unit: str = Field(max_length=60, description="The agency, by its identifier", examples=["H01"])
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    cursor: str = Field(default="", max_length=2000, description="`next` of the page before")


class VersionList(BaseModel):
    """A page of every version of every report of a unit and period, source by source, the oldest first."""

    versions: list[ReportedFigures]
    next: str | None = Field(description="Send it as `cursor`")


class RowQuery(BaseModel):
    """Which rows."""

    model_config = ConfigDict(extra="forbid")
    unit: str = Field(default="", max_length=60, description="Of this agency alone")
    cursor: str = Field(default="", max_length=200, description="`next` of the page before")


class FigureRow(BaseModel):
    """A row as it came."""

    row: int = Field(description="Its number in the batch, from 0")
    unit: str
    told: dict[str, str | int | None] = Field(
        description="Its fields, in the words of its dialect", examples=[{"SiteId": "H01.10.24", "Status": 3}]
    )


class RowPage(BaseModel):
    """Rows behind reported figures."""

    batch: str
    source: str
    version: int
    dialect: Dialect
    rows: list[FigureRow]
    withheld: int = Field(description="Those of this page of units that are not mine")
    next: str | None = Field(description="Send it as `cursor`")
