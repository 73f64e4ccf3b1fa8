"""What an editor sends of the child dossier that a leg of a bundle starts."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.catalogue.procedures.wire import Code, Strict

type Short = Annotated[str, Field(max_length=300)]
type Long = Annotated[str, Field(max_length=2_000)]
type Pointer = Annotated[str, Field(max_length=300, pattern=r"^(/[^/]+)+$", examples=["/child/full_name"])]
type Length = Annotated[str, Field(max_length=10, examples=["10min", "2wh", "5wd"])]


class SupplementFacts(Strict):
    """The procedure's own rule of supplements; what is left out is as the rule pack says."""

    window_working_days: Annotated[int, Field(ge=1, le=250)] | None = Field(
        default=None, description="Working days to answer in", examples=[7]
    )
    lapses_to: Literal["not_accepted", "stopped"] | None = Field(default=None, description="When no answer came")
    clock: Literal["restart", "suspend"] | None = Field(
        default=None, description="What the answer does to the term: begins it anew, or lets it go on"
    )
    appraisal_working_days: Annotated[int, Field(ge=1, le=250)] | None = Field(
        default=None, description="Working days from acceptance within which verification may ask"
    )
    citation: Long | None = Field(default=None, description="The clause that says so")


class TakeFacts(Strict):
    """A field of the child's form, and the one thing that it is filled with."""

    field: Pointer = Field(description="A field of the child's form", examples=["/child/full_name"])
    answer: Pointer | None = Field(default=None, description="A field of the bundle's form")
    of: Short | None = Field(default=None, description="An earlier leg", examples=["birth"])
    result: Literal["code", "number", "dossier_code", "title", "decided_on"] | None = Field(
        default=None, description="What of that leg's result"
    )
    value: str | int | bool | None = Field(default=None, description="Always this")


class TakenPaperFacts(Strict):
    """A component of the child: a file that came with the bundle, or an earlier result."""

    code: Short
    component: Short | None = Field(default=None, description="A component of the bundle: the same file")
    of: Short | None = Field(default=None, description="An earlier leg: its result", examples=["birth"])


class TimerFacts(Strict):
    """A time of the leg; when it passed, the agencies of both ends are told once."""

    name: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$", examples=["acknowledge"])]
    term: Length
    begins: Literal["opened", "made", "accepted"] = Field(description="From when it runs")
    ends: Literal["made", "acknowledged", "accepted", "verified", "ended"] = Field(description="What ends it in time")
    text_vi: Long
    text_en: Long
    citation: Long | None = None
    fix: Length | None = Field(default=None, description="How long to mend a miss: told once more after it")


class StartsFacts(Strict):
    """The child dossier that a leg starts."""

    procedure: Code
    needs: list[Short] = Field(default=[], max_length=20, description="Earlier legs whose result it needs")
    when: Annotated[str, Field(max_length=2_000)] | None = Field(
        default=None, description="An expression over the bundle's form: the leg is not wanted where it is false"
    )
    takes: list[TakeFacts] = Field(default=[], max_length=200, description="What fills the fields of the child's form")
    papers: list[TakenPaperFacts] = Field(default=[], max_length=50, description="What the child has as components")
    defects: Length | None = Field(default=None, description="How long reception has to notify defects")
    supplement: SupplementFacts | None = Field(default=None, description="Instead of the child's own rule")
    timers: list[TimerFacts] = Field(default=[], max_length=20, description="Times beside the deadline")
    citation: Long | None = None
