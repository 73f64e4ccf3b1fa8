"""What is spoken over HTTP by several subjects: codes, bodies without unknown names, what keeps a level back."""

from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from chalicelib.forms.letters import text_fault
from chalicelib.forms.problems import ANSWERS
from chalicelib.law.levels import Blocker

type Code = Annotated[str, Field(pattern=r"^[0-9A-Z.]{3,40}$", examples=["1.001193"])]


def _printed(text: str) -> str:
    """A text that stands on results: one that no paper could say is refused where it is written."""
    if rule := text_fault(text):
        raise PydanticCustomError(rule, "{said}", {"said": ANSWERS[rule][1]})
    return text


PRINTED: Final = AfterValidator(_printed)


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
