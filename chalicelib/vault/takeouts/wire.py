"""What owners ask and are told of their take-outs."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class AskTakeout(BaseModel):
    """What to take: everything, or one dossier's documents."""

    model_config = ConfigDict(extra="forbid")

    dossier_code: str = Field(
        default="", max_length=60, description="Only the documents of this dossier", examples=["H01.10.24-261125-0001"]
    )
    after: str = Field(default="", max_length=2000, description="`next` of the take-out before, whose archive was full")


class TakeoutView(BaseModel):
    """An archive of my vault, from the moment I asked for it."""

    id: str = Field(description="Name of the take-out", examples=["TO-7K3D9M2QW8XZ4T1B"])
    dossier_code: str | None = Field(default=None, description="The only dossier of it; null: the whole vault")
    standing: Literal["being_made", "ready", "empty", "failed", "ended"] = Field(
        description="Only what is `ready` has a link; `empty`: nothing was found; `failed`: `document` is damaged"
    )
    asked_at: str
    ends_at: str | None = Field(default=None, description="When the archive is deleted")
    documents: int = Field(default=0, description="How many documents are in it", examples=[12])
    withheld: int = Field(default=0, description="How many more a higher level of identity would take")
    size: int | None = Field(default=None, description="Bytes of the archive", examples=[1048576])
    sha256: str | None = Field(default=None, description="Hash of the archive")
    document: str | None = Field(default=None, description="The document whose file is not what was registered")
    next: str | None = Field(default=None, description="`after` of the take-out that goes on; null: nothing is left")


class TakeoutList(BaseModel):
    """A page of the archives that I asked for."""

    takeouts: list[TakeoutView]
    withheld: int = Field(default=0, description="How many more of this page a higher level of identity would show")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")


class OpenedTakeout(BaseModel):
    """An archive and, once it is ready, a link to it that lives five minutes."""

    takeout: TakeoutView
    url: str | None = Field(default=None, description="Null while there is nothing to fetch")
