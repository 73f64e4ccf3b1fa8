"""What is spoken over HTTP by several subjects: codes, bodies without unknown names, what keeps a level back."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.law.levels import Blocker

type Code = Annotated[str, Field(pattern=r"^[0-9A-Z.]{3,40}$", examples=["1.001193"])]


class Strict(BaseModel):
    """Takes no name it does not know: a misspelt one is told, not lost."""

    model_config = ConfigDict(extra="forbid")


class BlockerView(BaseModel):
    """What keeps a service from being end to end."""

    gate: str
    status: Literal["shut", "unknown", "missing"]
    vi: str
    en: str

    @classmethod
    def of(cls, blocker: Blocker) -> Self:
        """What the law of levels found."""
        return cls(gate=blocker.gate, status=blocker.state, vi=blocker.vi, en=blocker.en)
