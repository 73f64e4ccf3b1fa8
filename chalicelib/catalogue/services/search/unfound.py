"""What is kept of a query that found nothing: its words, without the person."""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST: Final = 12


def nameless(text: str) -> list[str]:
    """Some words of a query, in alphabetical order, so that whoever keeps the word lists learns what people say.

    Numbers are left out, and words with a capital that do not begin the query: names of people and places. What is
    written without capitals stays, which is why the words lose their order.
    """
    found = [(at, word.group()) for at, word in enumerate(_WORD.finditer(text))]
    whole = text == text.upper()
    kept = {word.casefold() for at, word in found if not word[0].isupper() or (at == 0 and not whole)}
    return sorted(kept)[:_MOST]
