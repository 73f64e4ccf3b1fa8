"""The lines of a term as an editor sends them: the record's words, what they are read as, and for whom."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.catalogue.procedures.terms import AREAS, Area, Reading
from chalicelib.catalogue.procedures.wire import Strict

type Words = Annotated[str, Field(max_length=30_000)]
type Number = Annotated[int | float, Field(ge=0, le=10**9)]
type Areas = Annotated[list[Area], Field(max_length=len(AREAS))]
MOST_LINES = 200


class SaidFacts(Strict):
    """A sentence of the record; `reading`: this line's term (here), another line's (elsewhere), none (aside)."""

    words_vi: Words
    quantity: Number | None = None
    unit: Annotated[str, Field(max_length=10)] | None = None
    added: bool = False
    areas: Areas = Field(default=[])
    reading: Reading | None = Field(default=None, description="What it is to this line; null: not decided")


class AnsweredFacts(Strict):
    """A field of the form by JSON Pointer, and the value that it must have."""

    field: str = Field(
        min_length=2, max_length=300, pattern=r"^/", description="A field, by JSON Pointer", examples=["/kind"]
    )
    value: Annotated[str, Field(max_length=300)] | bool | int = Field(description="Its value", examples=["a"])


class LineFacts(Strict):
    """One line of a term: for whom (what is left out sets no condition), how long, and what is not counted."""

    channels: list[Literal["ONLINE", "POSTAL", "DIRECT"]] = Field(default=[], max_length=3)
    case: Annotated[str, Field(max_length=300)] | None = Field(
        default=None, description="Code of the case, which `when` tells; null: in every case", examples=["1.115784#a"]
    )
    areas: Areas = Field(default=[])
    when: list[AnsweredFacts] = Field(default=[], max_length=5)
    condition_vi: Words | None = None
    quantity: Number | None = None
    unit: Annotated[str, Field(max_length=10)] | None = None
    text: Annotated[str, Field(max_length=10, examples=["3wd"])] | None = None
    record: Annotated[str, Field(max_length=2_000)] | None = None
    not_counted_vi: list[Words] = Field(default=[], max_length=20)
    note_vi: Words | None = None
    sentences: list[SaidFacts] = Field(default=[], max_length=200)
