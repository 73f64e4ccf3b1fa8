"""Whom a petition may be about: the officer whom it names, and whoever acted on the dossier that it names. Pure.

No text that was read says who then deals with it: that they do not is ours.
"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Literal

from chalicelib.identity.petitions.items import Asked
from chalicelib.identity.petitions.likeness import disguised_in, says_name, words_in
from chalicelib.kernel.access import Principal, did

type Concern = Literal["named", "acted", "unmatched", "own", "erased"]

_FORMS: Final = frozenset({"ong", "ba", "anh", "chi", "co", "chu", "bac", "em", "dong", "can", "bo", "mr", "mrs", "ms"})
"""Words of address before a name; without one that is a name too, whoever is called by that alone is meant."""


def concern_of(who: Principal, asked: Asked, actors: Collection[str], listed: str = "") -> Concern | None:
    """Why an officer does not deal with a petition; None for whom it does not concern.

    `listed` is their name on the list of their agency: what their provider or their agency calls them otherwise does
    not take them out. `actors` are accounts and personal numbers of those who acted, all keyed hashes but for accounts
    as a log has them.
    """
    if any(is_named(asked.officer, name) for name in (who.name, listed)):
        return "named"
    return "acted" if any(did(who, each, actors) for each in actors) else None


def is_unmatched(said: str, names: Collection[str]) -> bool:
    """Whether nobody on an agency's list may be meant, so that anybody may be; of no list, nobody can say."""
    return bool(said and names) and not any(is_named(said, name) for name in names)


def is_named(said: str, name: str) -> bool:
    """Whether somebody of a name may be meant: all of it stands in what was said, or all that was said in it.

    Accents, capitals and gaps make no difference; a mistake shuts somebody out whom it does not concern, and no other.
    """
    whole = set(words_in(name))
    if not whole:
        return False
    return says_name(said, name) or any(_is_part(words, whole) for words in (words_in(said), disguised_in(said)))


def _is_part(words: Sequence[str], whole: AbstractSet[str]) -> bool:
    meant = [word for word in words if word not in _FORMS] or words
    return bool(meant) and whole >= set(meant)
