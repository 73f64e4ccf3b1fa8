"""A reason that somebody is told: there is one, in words."""

from typing import Final

from chalicelib.kernel.problem import BodyInvalid, FieldError

LEAST: Final = 5
"""Letters of a reason: fewer are no words that a citizen understands (policy; the law asks for a reason)."""


def require_reason(reason: str, pointer: str = "/reason") -> None:
    """Raise BodyInvalid, by the field, for a reason that is none: nothing, a sign, a code without a word."""
    if sum(letter.isalpha() for letter in reason) < LEAST or " " not in reason.strip():
        vi, en = "Nêu lý do bằng lời để người dân hiểu", "Say the reason in words that a citizen understands"
        raise BodyInvalid(fields=[FieldError(pointer, "reason", vi, en)])
