"""What anyone may ask and read of a service's papers: which of them apply, and what is still to be answered."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, Json, StrictBool, StrictInt, StrictStr

from chalicelib.catalogue.services.told import BlankView

Channel = Literal["ONLINE", "POSTAL", "DIRECT"]
MOST, LONGEST = 100, 300
SPARED, CITED = "Why nobody brings it whose answers say so", "The clause, or the words of the record, that say so"
HINT = "Where one finds the answer, or what follows from it"
NOTHING: Any = None
"""What a parameter is when it was not sent; its type is that of a value that was."""

type Chosen = StrictBool | StrictInt | Annotated[StrictStr, Field(max_length=LONGEST)]
type Answers = Annotated[dict[Annotated[str, Field(max_length=LONGEST)], Chosen], Field(max_length=MOST)]


class ChecklistQuery(BaseModel):
    """My case and my channel."""

    case: str = Field(default=NOTHING, max_length=LONGEST, description="A code of `cases`")
    channel: Channel = Field(default="ONLINE", description="How I hand it in")
    answers: Json[Answers] = Field(
        default=NOTHING,
        description="Answers to `questions`, as a JSON object from `field` to value",
        examples=['{"/case/surrogacy": false}'],
    )


class DataSource(BaseModel):
    """Which database holds what a paper says, so that nobody is asked for it (Decree 224/2026 Art. 18(4))."""

    database: str
    owner: str
    instrument: str
    clause: str


class ConditionView(BaseModel):
    """On which answers a paper depends."""

    expression: str = Field(
        description="In the language of the form's rules; true: it is asked for", examples=["form.case.surrogacy"]
    )
    spared_vi: str = Field(description=SPARED, examples=["Trẻ không sinh ra do mang thai hộ"])
    spared_en: str = Field(description=SPARED, examples=["The child was not born by surrogacy"])
    cites: str | None = Field(description=CITED, examples=["Bản ghi 1.001193: KQ003303"])


class PaperView(BaseModel):
    """A component of the dossier."""

    code: str
    name_vi: str
    name_en: str | None
    originals: int | None
    copies: int | None
    cases: list[str] = Field(description="Cases that ask for it; empty when the record ties it to none")
    need: str = Field(
        description="always, case (only where it applies), form (the electronic form), paper (paper channels only), "
        "shown (to be shown, not handed in), data (a database answers instead), unknown (the record does not say)"
    )
    source: DataSource | None
    group_vi: str | None = Field(description="The heading it stands under")
    has_electronic_form: bool | None = Field(description="The record marks that there is an electronic form of it")
    is_processing_result: bool | None = Field(description="The record marks that the authorities make it themselves")
    blank_forms: list[BlankView]
    channels: list[str] = Field(default=[], description="Only of those who file by one of these; empty: by any")
    when: ConditionView | None = Field(default=None, description="Only when the answers say so; null: no condition")


class CaseView(BaseModel):
    """A case that the procedure tells apart."""

    code: str
    name_vi: str


class AnswerView(BaseModel):
    """An answer that spares a paper."""

    field: str = Field(description="A field of the form, by JSON Pointer", examples=["/case/surrogacy"])
    text_vi: str
    text_en: str
    value: str | int | bool = Field(description="What was answered", examples=[False])


class SparedView(PaperView):
    """A paper that is not asked for, and why."""

    why_vi: str
    why_en: str
    cites: str | None = Field(description=CITED, examples=["Bản ghi 1.001193: KQ003303"])
    answers: list[AnswerView] = Field(description="The answers that spare it; empty: the channel, case or a database")


class ChoiceView(BaseModel):
    """A choice of a question."""

    value: str | int | bool = Field(description="What is sent", examples=[False])
    text_vi: str
    text_en: str


class QuestionView(BaseModel):
    """A question whose answer still changes the list."""

    field: str | None = Field(
        description="A field of the form, by JSON Pointer: its value goes into `answers`. Null: it goes into `case`",
        examples=["/case/surrogacy"],
    )
    text_vi: str
    text_en: str
    hint_vi: str | None = Field(default=None, description=HINT, examples=["Xem trên VNeID"])
    hint_en: str | None = Field(default=None, description=HINT, examples=["VNeID shows it"])
    choices: list[ChoiceView] = Field(description="What may be answered")


class Checklist(BaseModel):
    """The papers that apply to me, from a few answers."""

    code: str
    case: str | None
    papers: list[PaperView]
    undecided: list[PaperView] = Field(description="Asked for or not: that depends on `questions`")
    not_needed: list[SparedView] = Field(description="Left out by the answers, or answered by a database")
    questions: list[QuestionView] = Field(description="What still changes the list")
