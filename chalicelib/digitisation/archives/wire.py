"""What archives take and answer."""

from typing import ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.provenance import Compared
from chalicelib.digitisation.archives.sheet import COLUMNS, MOST, NEEDED
from chalicelib.law.codes import LINE

LONGEST: Final = 1_200_000
"""Letters of a sheet."""

EXAMPLE: Final = (
    "number,kind,owner_name,owner_number,issued_on,issued_by,file\n"
    "127/1998,Giấy khai sinh,Nguyễn Thị Bích Liễu,079198000127,31/05/1998,UBND xã Bình Khánh,0001.pdf\n"
)

type Seen = Literal["waiting", "refused", "taken", "copied", "in_review", "read", "stored"]


class OpenArchive(BaseModel):
    """An index sheet of papers that my agency issued in former years."""

    LARGEST: ClassVar[int] = 3_000_000
    """Bytes of such a body: half of what a function is handed."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(min_length=1, max_length=200, pattern=f"^{LINE}$", examples=["Khai sinh 1998-2005"])
    index: str = Field(
        min_length=1,
        max_length=LONGEST,
        description=f"CSV, a header and 1 to {MOST} lines. Columns: {', '.join(COLUMNS)}; needed: {', '.join(NEEDED)}",
        examples=[EXAMPLE],
    )
    days: int = Field(default=30, ge=1, le=3660, description="In how many days every file should be there")


class ArchiveView(BaseModel):
    """An archive: papers of one index sheet."""

    id: str = Field(description="The same sheet sent again has the same")
    name: str
    lines: int = Field(description="Papers that the sheet names")
    sha256: str = Field(description="Of the sheet as it was sent, hexadecimal")
    opened_at: str = Field(json_schema_extra={"format": "date-time"})
    opened_by: str
    files_by: str = Field(
        description="Until when every file should be there", json_schema_extra={"format": "date-time"}
    )


class ArchiveList(BaseModel):
    """Archives of my agency, the oldest first."""

    archives: list[ArchiveView]
    next: str | None = None


class ArchivedView(BaseModel):
    """A line of the sheet, and how far its paper is. Whose it is stands in the sheet and in the owner's vault alone."""

    line: int = Field(description="Its number in the sheet; 1 is the header")
    number: str = Field(description="Of the paper")
    kind: str = Field(description="What the sheet calls it")
    file: str
    step: Seen = Field(
        description="`waiting` for its file; `refused`: another may come; `taken`; `copied`: an officer signs; "
        "`in_review`; `read`: the agency's signature is awaited; `stored`: a data message"
    )
    late: bool = Field(description="Its file should be there")
    version: int = Field(description="Grows with whatever happens to it; 0 before its first file")
    reason_code: str | None = Field(default=None, description="Why the last file was refused")
    reason: str | None = Field(default=None, description="The same in words")
    copy_id: str | None = Field(default=None, description="Its name among copies and reviews")
    code: str | None = Field(default=None, description="Of its data message, once there is one")
    title: str = Field(description="Of its data message: its kind's own, whatever the sheet calls it")
    owner_compared: Compared | None = Field(
        description="How it is known whose it is, once it is a data message: two officers said name and number "
        "(always where a vault has it), two said the name, the reader alone found it, or nobody compared it"
    )
    held_by: Literal["owner", "agency"] = Field(
        description="Whose store keeps it; the agency's where no owner is known"
    )


class Counts(BaseModel):
    """How many lines are how far."""

    waiting: int = Field(description="For their file")
    taken: int = Field(description="On their way")
    refused: int = Field(description="They wait for another file")
    stored: int = Field(description="Data messages")


class ArchiveProgress(ArchiveView):
    """An archive with how far its papers are, in the order of the sheet."""

    counts: Counts
    papers: list[ArchivedView]
    next: str | None = None


class ArchivesQuery(BaseModel):
    """Which page of a list."""

    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class ProgressQuery(ArchivesQuery):
    """Which lines, and which page of them."""

    step: Seen | None = None
