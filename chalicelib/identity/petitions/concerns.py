"""Whom a petition may be about: the officer whom it names, and whoever acted on the dossier that it names. Pure.

No text that was read says who then deals with it: that they do not is ours.
"""

from collections.abc import Collection
from typing import Literal

from chalicelib.identity.petitions.items import Asked
from chalicelib.identity.petitions.likeness import disguised_in, says_name, words_in
from chalicelib.identity.petitions.mentions import meant_by, told_of, without_titles
from chalicelib.kernel.access import Principal, did

type Concern = Literal["named", "acted", "unmatched", "own", "erased"]


def concern_of(who: Principal, asked: Asked, actors: Collection[str], listed: str = "") -> Concern | None:
    """Why an officer does not deal with a petition; None for whom it does not concern.

    `listed` is their name on the list of their agency: what their provider or their agency calls them otherwise does
    not take them out. `actors` are accounts and personal numbers of those who acted, all keyed hashes but for accounts
    as a log has them.
    """
    if named_by(who, asked, listed):
        return "named"
    return "acted" if any(did(who, each, actors) for each in actors) else None


def named_by(who: Principal, asked: Asked, listed: str = "") -> str:
    """By which words a petition may mean an officer; nothing where by none.

    By those in which the person names somebody, where a part or a likeness is enough, and by those that they tell.
    """
    names = [name for name in (who.name, listed) if name]
    found = (meant_by(asked.officer, name) or told_of(asked.words, name) for name in names)
    return next(filter(None, found), "")


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
    parts = (without_titles(words) for words in (words_in(said), disguised_in(said)))
    return says_name(said, name) or any(part and whole >= set(part) for part in parts)
