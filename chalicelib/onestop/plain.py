"""What an officer writes to a citizen or another agency: words and no code of a system, a length of time. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.terms import BadTerm, Term

LEAST: Final = 3
"""Words of letters alone that a sentence has: ours, as the law asks for a reason and counts no words (R09)."""
MOST: Final = 2_000
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ENDS: Final = ".,;:!?()\"'“”…"


def says_something(text: str) -> bool:
    """Whether a text has words that a person reads: `E_1023` and `INVALID-DOC` are none."""
    words = [each.strip(_ENDS) for each in text.split()]
    return sum(bool(_WORD.fullmatch(word)) for word in words) >= LEAST


def unplain(pointer: str, text: str) -> Iterator[FieldError]:
    """What is wrong with a text that a citizen is to understand."""
    if not says_something(text):
        vi = f"Ghi rõ bằng lời để người dân hiểu được, ít nhất {LEAST} từ; mã kỹ thuật không phải là lý do"
        en = f"Say it in words that a citizen understands, at least {LEAST}; a technical code is no reason"
        yield FieldError(pointer, "plain_words", vi, en)


def require_reason(reason: str, pointer: str = "/reason") -> None:
    """Raise BodyInvalid, by the field, for a reason that a citizen does not understand."""
    if problems := list(unplain(pointer, reason)):
        raise BodyInvalid(fields=problems)


def unfounded(pointer: str, text: str) -> Iterator[FieldError]:
    """What is wrong with a clause that is named."""
    if not text.strip():
        yield FieldError(pointer, "required", "Cần nêu căn cứ pháp lý", "The legal basis is needed")


def term_in(text: str, pointer: str, vi: str, en: str) -> Term:
    """A length of time that an officer gives. Raises BodyInvalid, by the field, for what is no term, or none at all."""
    try:
        term = Term.parse(text)
    except BadTerm:
        term = None
    if term is None or term.amount == 0:
        given = FieldError(pointer, "term", f"{vi} như 3wd, 5d, 8wh", f"{en}, such as 3wd, 5d, 8wh")
        raise BodyInvalid(fields=[given])
    return term
