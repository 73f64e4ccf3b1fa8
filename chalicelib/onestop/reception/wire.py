"""What reception sends of what came on paper, and gets for it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.law.codes import EMAIL, LINE, PERSONAL_NUMBER, PHONE
from chalicelib.onestop.wire import PaperReceived


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Applicant(Strict):
    """Whose dossier it is, as their papers say; no account of theirs is asked for."""

    kind: Literal["CITIZEN", "FOREIGNER", "ORGANISATION"] = "CITIZEN"
    number: str = Field(
        min_length=1,
        max_length=40,
        description="Personal number, travel document (`USA:X1234567`), or number of the organisation",
        examples=["001195012345"],
    )
    name: str = Field(min_length=1, max_length=200, pattern=f"^{LINE}$", examples=["Nguyễn Thị Bích Liễu"])
    phone: str = Field(
        default="",
        max_length=40,
        pattern=f"^(?:{PHONE})?$",
        description="One telephone number, or nothing",
        examples=["0912345678"],
    )
    email: str = Field(
        default="",
        max_length=200,
        pattern=f"^(?:{EMAIL})?$",
        description="One e-mail address, or nothing",
        examples=["lieu@example.vn"],
    )
    address: str = Field(
        default="",
        max_length=500,
        pattern=f"^{LINE}$",
        description="Postal address, on one line",
        examples=["Thôn 3, xã Vĩnh Phước"],
    )


class Bringer(Strict):
    """Who came instead of the applicant: by a paper mandate, or for an organisation."""

    name: str = Field(min_length=1, max_length=100, pattern=f"^{LINE}$", examples=["Trần Văn Thưởng"])
    number: str = Field(pattern=f"^{PERSONAL_NUMBER}$", examples=["087084000999"])


class Paper(Strict):
    """A component that came on paper."""

    component: str = Field(max_length=60, examples=["000.00.00.G15-KQ004389"])
    originals: int = Field(default=0, ge=0, le=50, description="How many originals the agency keeps", examples=[1])
    copies: int = Field(default=0, ge=0, le=50, description="How many photocopies or certified copies", examples=[0])
    note: str = Field(default="", max_length=500, description="What to know of it", examples=["Có dấu bệnh viện"])


class TakeIn(Strict):
    """What came at the counter or by post, before one agency of the officer's."""

    channel: Literal["DIRECT", "POSTAL"] = Field(description="Handed in at the counter, or come by post")
    procedure: Annotated[str, Field(pattern=r"^[0-9A-Z.]{3,40}$", examples=["1.001193"])]
    agency: Annotated[str, Field(pattern=r"^[A-Y]\d{2}(\.[0-9A-Z]+)*$", max_length=35, examples=["H01.10.24"])]
    applicant: Applicant = Field(description="Whose dossier it is")
    brought_by: Bringer | None = Field(default=None, description="Null: the applicant came or sent it themselves")
    representation: Annotated[str, Field(pattern=r"^[0-9A-Z-]{4,40}$")] | None = Field(
        default=None, description="The electronic mandate by which somebody files for the applicant"
    )
    papers: list[Paper] = Field(default=[], max_length=100, description="Each component that came, once")
    form: dict[str, Any] = Field(default={}, description="The answers as read from paper; they may be incomplete")
    incomplete: bool = Field(
        default=False,
        description="Take it in though it lacks what this version asks for; a supplement asks for the rest",
    )


class Wanting(BaseModel):
    """A component that is asked for and did not come."""

    code: str
    name_vi: str
    name_en: str


class Broken(BaseModel):
    """A place of the form and the rule that it breaks."""

    pointer: str
    rule: str
    message: str


class Received(BaseModel):
    """A dossier in state 1, and what keeps it from being accepted: that is asked for by a supplement."""

    reference: str
    received_at: str
    channel: Literal["DIRECT", "POSTAL"]
    task: str = Field(
        description="The task of reception, which the officer has", examples=["MC-7K3D9M2QW8XZ4T1B.0-commune.receive"]
    )
    due_at: str = Field(description="By when reception accepts, asks for a supplement or refuses")
    papers: list[PaperReceived]
    missing: list[Wanting]
    form_errors: list[Broken]
