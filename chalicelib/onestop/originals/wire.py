"""What the routes of paper originals take and answer."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.law.codes import LINE, PERSONAL_NUMBER


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class HandOn(Strict):
    """To whom an original goes: an agency of the dossier, and there an officer or a unit, by name."""

    agency: Annotated[str, Field(pattern=r"^[A-Y]\d{2}(\.[0-9A-Z]+)*$", max_length=35)] | None = Field(
        default=None, description="An agency of the dossier's route; null: it stays in this one", examples=["H01.10.24"]
    )
    officer: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = Field(
        default=None,
        description="The officer by their record; null: a unit",
        examples=["9f86d081884c7d659a2feaa0c55ad015"],
    )
    name: str = Field(
        min_length=1,
        max_length=100,
        pattern=f"^{LINE}$",
        description="Name of the officer or unit",
        examples=["Lý Oanh"],
    )
    note: str = Field(default="", max_length=200)


class GiveBack(Strict):
    """To whom an original is returned: the applicant, or an agent by name, number and right; and what proves it."""

    to: Literal["applicant", "agent"]
    proof: Literal["signature", "identity_document", "postal_receipt"] = Field(
        description="By what they showed that they took it"
    )
    name: str = Field(
        default="",
        max_length=100,
        pattern=f"^{LINE}$",
        description="With `agent`: their name",
        examples=["Trần Văn Thưởng"],
    )
    number: Annotated[str, Field(pattern=f"^{PERSONAL_NUMBER}$", examples=["087084000999"])] | None = Field(
        default=None, description="With `agent`: their personal number"
    )
    authorisation: str | None = Field(
        default=None,
        max_length=64,
        description="With `agent`, unless their mandate on the dossier holds: the component that is the scan of the"
        " paper by which they may take it",
    )


class HandedOn(BaseModel):
    """A hand-over of an original."""

    at: str
    by: str = Field(description="Who handed it on", examples=["Phan Bích Lượng"])
    agency: str
    to: str = Field(description="Officer or unit that has it since", examples=["Bộ phận thẩm tra"])


class Returned(BaseModel):
    """A return of an original."""

    at: str
    by: str = Field(description="The officer who returned it", examples=["Phan Bích Lượng"])
    to: str | None = Field(description="Who took it; null: the dossier was erased", examples=["Trần Văn Thưởng"])
    proof: str | None = Field(description="What proves it; null of what earlier releases wrote", examples=["signature"])
    authorisation: str | None = Field(description="The component by which an agent without a mandate took it")


class OriginalView(BaseModel):
    """An original: what it is, who has it since when; once it was returned, to whom."""

    number: int = Field(description="Its number within the dossier", examples=[1])
    component: str
    name: str = Field(description="Name of the component", examples=["Giấy chứng sinh"])
    agency: str = Field(description="The agency that has it, or had it last", examples=["H01.10.24"])
    holder: str = Field(description="Officer or unit that has it, or whoever took it back", examples=["Lý Oanh"])
    since: str
    handed: list[HandedOn] = Field(description="Each hand-over, in order")
    returned: Returned | None = Field(description="Null: the agency has it still")


class OriginalList(BaseModel):
    """The originals of a dossier; none of what was filed online."""

    originals: list[OriginalView]
