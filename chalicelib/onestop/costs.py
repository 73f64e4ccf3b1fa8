"""What a dossier costs, as the routes show it."""

from pydantic import BaseModel, Field


class FiledLine(BaseModel):
    """A fee as it stood on the day of filing."""

    type: str | None = Field(description="Type of the fee; empty for a price", examples=["FEE"])
    before: int | None = Field(description="Before any preference", examples=[20000])
    amount: int | None
    currency: str | None
    taken: str | None = Field(description="The preference that was taken", examples=["vneid-2026"])
    why_vi: str = Field(description="The line that was taken, or why nobody knows", examples=["Mức của kênh nộp này"])
    why_en: str = Field(description="The same in English", examples=["The fee of this channel"])


class FiledGiven(BaseModel):
    """What was said at filing that a fee may depend on, and where."""

    name: str = Field(description="payer, quantity, value or capital", examples=["quantity"])
    value: str | int = Field(description="The group of payers (none: of none), the number, or the sum", examples=[3])
    field: str | None = Field(
        default=None, description="The field of the form; null: said when it was submitted", examples=["/copies"]
    )


class FiledFee(BaseModel):
    """What a dossier costs; a null amount was not known at filing. Nobody's account was asked then."""

    amount: int | None
    currency: str | None
    why_vi: str = Field(description="What the amount is, or why it is unknown", examples=["Tổng các khoản"])
    why_en: str = Field(description="The same in English", examples=["The sum of the lines"])
    lines: list[FiledLine] = Field(description="Each fee of the channel, or each price")
    given: list[FiledGiven] | None = Field(description="What was taken of the applicant's answers; null: nothing")


class DossierFee(BaseModel):
    """The fee line that a dossier was filed under: a later version or preference does not move it."""

    reference: str
    submitted_at: str
    fee: FiledFee | None = Field(description="Null: the procedure names nothing that is owed, or an earlier release")
