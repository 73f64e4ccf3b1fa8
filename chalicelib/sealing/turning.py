"""Turn the keys of dossiers: a new one to seal with, or all of them under another wrapping key. For operators."""

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import ContentErased, TryAgain
from chalicelib.sealing import table, wrapping
from chalicelib.sealing.door import ring
from chalicelib.sealing.model import Keys


def turned(reference: str, clock: Clock) -> int:
    """Give a dossier a new key, and answer its number: what is sealed from now on is under it, the rest stays readable.

    Raises ContentErased, TryAgain when somebody else changed its keys.
    """
    before = _keys(reference)
    number = before.keys[-1].number + 1 if before.keys else 1
    _, wrapped = wrapping.new_key(reference, number, clock())
    kept = table.keep(reference, before, (*before.keys, wrapped)) if before.keys else table.begin(reference, wrapped)
    return _settled(reference, number, is_kept=kept)


def wrapped_anew(reference: str) -> int:
    """Wrap the keys of a dossier under the wrapping key of today, and answer how many; no key is shown to anybody.

    Raises ContentErased, TryAgain.
    """
    before = _keys(reference)
    keys = tuple(wrapping.wrapped_anew(reference, each) for each in before.keys)
    return _settled(reference, len(keys), is_kept=not keys or table.keep(reference, before, keys))


def _keys(reference: str) -> Keys:
    found = table.keys_of(reference) or Keys()
    if found.erased_at:
        raise ContentErased(dossier=reference)
    return found


def _settled(reference: str, answer: int, *, is_kept: bool) -> int:
    ring().forget(reference)
    if not is_kept:
        raise TryAgain
    return answer
