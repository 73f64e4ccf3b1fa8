"""The dossiers that the words of a petition name, by their reference or their code, as people write these. Pure."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from chalicelib.identity.petitions.likeness import skeleton
from chalicelib.kernel.ids import ALPHABET, REFERENCE_LENGTH, as_lookup

MOST: Final = 8
"""Dossiers that are looked for in one text: each is read."""
_GAP: Final = r"[\s._/‐-―-]{0,3}"
_REFERENCE: Final = re.compile(rf"(?<![0-9A-Z])MC(?:{_GAP}[0-9A-Z]){{{REFERENCE_LENGTH}}}(?![0-9A-Z])")
_CODE: Final = re.compile(
    rf"(?<![0-9A-Z])([0-9A-Z]{{3}}(?:\s?\.\s?[0-9A-Z]+)*){_GAP}(?<![0-9A-Z])([0-9]{{8}}|[0-9]{{6}}){_GAP}(?<![0-9A-Z])"
    r"([0-9A-Z]{4,16})(?![0-9A-Z])"
)


def dossiers_in(text: str) -> tuple[str, ...]:
    """References and codes that a text may name, at most so many, each once; they may be nobody's.

    Capitals, gaps, accents and letters of another script make no difference.
    """
    return tuple(islice(dict.fromkeys(_named_in(skeleton(text).upper())), MOST))


def _named_in(text: str) -> Iterator[str]:
    for found in _REFERENCE.finditer(text):
        letters = as_lookup(re.sub(r"[^0-9A-Z]", "", found[0][2:]))
        if set(letters) <= set(ALPHABET):
            yield f"MC-{letters}"
    for agency, day, serial in _CODE.findall(text):
        yield f"{re.sub(r'\s', '', agency)}-{day}-{serial}"
