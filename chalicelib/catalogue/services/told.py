"""Parts of what anyone reads of a service: whose it is, and the rest of its record in the record's words."""

from pydantic import BaseModel, Field


class Authority(BaseModel):
    """A name with its code; the name may be a record's own words."""

    code: str | None
    name_vi: str


class Place(BaseModel):
    """A province, by the code of its People's Committee; the name is null where no promulgator tells it."""

    code: str = Field(examples=["H35"])
    name_vi: str | None = Field(examples=["tỉnh Lai Châu"])


class Variant(BaseModel):
    """Another service of the same name: whose it is."""

    code: str = Field(examples=["1.115784"])
    promulgated_by: Authority | None
    area: Place | None
    level: str = Field(description="full, partial, none or unknown")
    offered: bool = Field(description="Whether a draft can be opened here")


class BlankView(BaseModel):
    """A blank form to fill in. Records name the file and its place in their database's store, and give no address."""

    name: str | None = Field(description="File name", examples=["Mẫu số 24.docx"])
    url: str | None = Field(description="Where people can open it; null: nobody said, `unknown` points here")
    store: str | None = Field(description="The store of the database that has it")
    path: str | None = Field(description="Its place in that store")
    id: str | None


class NoteView(BaseModel):
    """What the record writes among its papers and is none."""

    text_vi: str
    cases: list[str] = Field(description="Cases that it is for; empty: it is tied to none")
    group_vi: str | None = Field(description="The heading it stands under")
    blank_forms: list[BlankView]


class StepView(BaseModel):
    """A step, in the record's words and order."""

    name_vi: str | None
    text_vi: str | None


class ReturnView(BaseModel):
    """How the result comes back."""

    filed: str | None = Field(description="ONLINE or OFFLINE: how it was filed", examples=["ONLINE"])
    ways: list[str] = Field(description="AT_HOME, AT_SUBMISSION_PLACE, ONLINE")


class FlagsView(BaseModel):
    """What the record marks; null: it carries no such mark."""

    full_process: bool | None
    shared: bool | None
    offline_only: bool | None
    non_territorial: bool | None
