"""What the acts on a dossier take and answer."""

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.onestop.wire import StateView


class Withdraw(BaseModel):
    """The applicant asks to stop; a reason may be given and is kept encrypted."""

    model_config = ConfigDict(extra="forbid", strict=True)
    reason: str = Field(default="", max_length=1000, examples=["Tôi nộp lại hồ sơ tại nơi thường trú"])


class ActDone(BaseModel):
    """What an act came to: the same for the same Idempotency-Key, whatever became of the dossier since."""

    reference: str
    number: int = Field(description="The event of the log that tells it", examples=[7])
    at: str
    state: StateView | None = Field(description="The state that it led to; null: the act moved none")
    due_at: str | None = Field(description="When the result is due since; null: nobody said a date yet")
    waits_for: int = Field(
        default=0, description="Of a withdrawal that all holders have to ask for: how many did not", examples=[0]
    )
