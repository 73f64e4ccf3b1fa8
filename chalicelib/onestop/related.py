"""What is answered of a state, of the children of a bundle, and of what was read on papers."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from chalicelib.law.states import DossierState, label

UNREADABLE: Any = Field(
    default=[],
    description="Rows that are not as they were written, by their places: the operator was told, the rest is here",
    examples=[["MC-7K3D9M2QW8XZ4T1B/EVENT#000004"]],
)


class StateView(BaseModel):
    """One of the ten states of the National Portal."""

    code: int
    key: str
    label_vi: str
    label_en: str


def state_view(code: int) -> StateView:
    """A state with its names."""
    state = DossierState(code)
    return StateView(code=code, key=state.name, label_vi=label(state, "vi"), label_en=label(state, "en"))


class TimelineEntry(BaseModel):
    """One event of the log."""

    number: int
    type: str
    at: str
    state: StateView | None
    hash: str


class ChildView(BaseModel):
    """A leg of a bundle: the child dossier that it started, where that stands, and what the leg came to."""

    leg: str = Field(description="Its stage and name", examples=["1-residence"])
    procedure: str = Field(description="Code of the child's procedure", examples=["1.004222"])
    deadline: str | None = Field(description="Its term, as the bundle sets it", examples=["2wd"])
    reference: str | None = Field(
        description="The child dossier; null: not started, or never will be", examples=["MC-7K3D9M2QW8XZ4T1B"]
    )
    agency: str | None = Field(description="Before which agency it is; null: not started", examples=["H01.10.24"])
    state: StateView | None = Field(description="Where the child stands; null: not started")
    due_at: str | None = Field(description="When it is due; null: not accepted yet")
    answer_by: str | None = Field(
        description="Until when the applicant has to supplement the child, there; null: nothing is asked for"
    )
    results: list[str] = Field(description="Codes of its results", examples=[["H01.10.24-20261125-0000001-KQ1"]])
    outcome: str | None = Field(
        description="done, refused, stopped, not_wanted, not_started (it needs a result that is not there); null: open",
        examples=["done"],
    )
    missed: list[str] = Field(description="Times of the leg that passed, by name", examples=[["acknowledge"]])


class ComparedView(BaseModel):
    """A place of the form beside what a paper says of it. Capitals, blanks and signs make no difference."""

    pointer: str = Field(description="The place of the form", examples=["/child/born_on"])
    label_vi: str
    label_en: str
    written: Any | None = Field(description="What the applicant wrote; null: nothing", examples=["2026-11-18"])
    read: Any = Field(description="What the paper says, as the form would have it", examples=["2026-11-17"])
    agreement: Literal["same", "differs", "not_answered"]
    confirmed_by: list[str] = Field(description="Officers who looked at the value; none: it was read surely")
    confirmed_at: str | None = Field(description="When they did", json_schema_extra={"format": "date-time"})


class ReadingView(BaseModel):
    """A paper of the dossier that was digitised: what it says of what the form asks."""

    component: str = Field(description="The component that was read", examples=["3f9a0c61d2b84e57"])
    name_vi: str
    name_en: str
    kind: str = Field(description="The kind of paper as which it was read", examples=["giay_chung_sinh"])
    fields: list[ComparedView] = Field(description="In the order of the form")


class Timeline(BaseModel):
    """The log in order; `unbroken` says whether every hash follows from the one before it."""

    reference: str
    unbroken: bool
    events: list[TimelineEntry]
    unreadable: list[str] = UNREADABLE
