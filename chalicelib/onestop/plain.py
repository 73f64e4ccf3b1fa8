"""What an officer writes to a citizen or another agency: words and no code of a system, a length of time. Pure."""

from collections.abc import Iterator
from typing import Final

from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.kernel.words import BASIS, REASON, is_reason
from chalicelib.law.terms import BadTerm, Term

MOST: Final = 2_000


def unplain(pointer: str, text: str) -> Iterator[FieldError]:
    """What is wrong with a text that a citizen is to understand."""
    if not is_reason(text):
        yield FieldError(pointer, *REASON.rule)


def require_reason(reason: str, pointer: str = "/reason") -> None:
    """Raise BodyInvalid, by the field, for a reason that a citizen does not understand."""
    if problems := list(unplain(pointer, reason)):
        raise BodyInvalid(fields=problems)


def unfounded(pointer: str, text: str) -> Iterator[FieldError]:
    """What is wrong with a clause that is named."""
    if not text.strip():
        yield FieldError(pointer, "required", "Cần nêu căn cứ pháp lý", "The legal basis is needed")
    elif rule := BASIS.fault_of(text):
        yield FieldError(pointer, *rule)


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
