"""What digitisation takes and answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class SignCopy(BaseModel):
    """The officer's statement that the copy is whole and exact (Circular 01/2023/TT-VPCP Art. 8(2))."""

    model_config = ConfigDict(extra="forbid", strict=True)
    compared_with_original: Literal[True]


class CopyView(BaseModel):
    """A copy that waits for its officer's signature, or has it ordered."""

    id: str = Field(description="What signs it: <reference>.<component>")
    reference: str
    component: str
    opened_at: str
    step: str = Field(description="`copied`: it waits for an officer's signature")
    reason_code: str | None = Field(default=None, description="Why a signature that was ordered will never be")
    reason: str | None = Field(default=None, description="The same in words; the signature may be ordered again")


class CopyList(BaseModel):
    """Copies of my agency that wait for a signature, the oldest first."""

    copies: list[CopyView]
    next: str | None = None


class RefusedDrop(BaseModel):
    """A dropped file that became no component, and why."""

    key: str
    reason_code: str
    reason: str


class RefusedDrops(BaseModel):
    """Drops of my agency that were refused."""

    drops: list[RefusedDrop]
    next: str | None = None
