"""What the words of a petition name, as people write it: dossiers, by reference or code; petitions; requests. Pure."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from chalicelib.identity.petitions.likeness import skeleton
from chalicelib.kernel.ids import ALPHABET, REFERENCE_LENGTH, as_lookup

MOST: Final = 8
"""Dossiers that are looked for in one text: each is read."""
_GAP: Final = r"[\s._/‐-―-]{0,3}"
_REFERENCE: Final = re.compile(rf"(?<![0-9A-Z])(MC|DR|PK)((?:{_GAP}[0-9A-Z]){{{REFERENCE_LENGTH}}})(?![0-9A-Z])")
_CODE: Final = re.compile(
    rf"(?<![0-9A-Z])([0-9A-Z]{{3}}(?:\s?\.\s?[0-9A-Z]+)*){_GAP}(?<![0-9A-Z])([0-9]{{8}}|[0-9]{{6}}){_GAP}(?<![0-9A-Z])"
    r"([0-9A-Z]{4,16})(?![0-9A-Z])"
)


def dossiers_in(text: str) -> tuple[str, ...]:
    """References and codes that a text may name, at most so many, each once; they may be nobody's.

    Capitals, gaps, accents and letters of another script make no difference.
    """
    written = skeleton(text).upper()
    named = chain(_references_in(written, "MC"), _codes_in(written))
    return tuple(islice(dict.fromkeys(named), MOST))


def cases_in(text: str) -> tuple[str, ...]:
    """The same of requests about data (`DR-`) and of petitions and complaints (`PK-`)."""
    return tuple(islice(dict.fromkeys(_references_in(skeleton(text).upper(), "DR", "PK")), MOST))


def _references_in(text: str, *kinds: str) -> Iterator[str]:
    for found in _REFERENCE.finditer(text):
        letters = as_lookup(re.sub(r"[^0-9A-Z]", "", found[2]))
        if found[1] in kinds and set(letters) <= set(ALPHABET):
            yield f"{found[1]}-{letters}"


def _codes_in(text: str) -> Iterator[str]:
    for agency, day, serial in _CODE.findall(text):
        yield f"{re.sub(r'\s', '', agency)}-{day}-{serial}"
