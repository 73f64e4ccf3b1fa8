"""Turn the keys of dossiers: a new one to seal with, or all of them under another wrapping key. For operators."""

from chalicelib.kernel.problem import ContentErased, TryAgain
from chalicelib.sealing import table, wrapping
from chalicelib.sealing.door import ring
from chalicelib.sealing.model import FIRST, Keys


def turned(reference: str) -> int:
    """Give a dossier a new key, and answer its number: what is sealed from now on is under it, the rest stays readable.

    Raises ContentErased, TryAgain when somebody else changed its keys.
    """
    before = table.keys_of(reference) or Keys()
    if before.erased_at:
        raise ContentErased(dossier=reference)
    number = before.keys[-1].number + 1 if before.keys else FIRST
    _, wrapped = ring().made(reference, number)
    kept = table.keep(reference, before, (*before.keys, wrapped)) if before.keys else table.begin(reference, wrapped)
    ring().forget(reference)
    if not kept:
        raise TryAgain
    return number


def wrapped_anew() -> int:
    """Wrap the key of every day under the wrapping key of today, and answer how many: no key is shown to anybody.

    The keys of dossiers are under them and stay as they are. Raises TryAgain.
    """
    days = table.days()
    for day in days:
        before = table.day_key(day)
        if before and not table.keep_day(day, before, wrapping.day_wrapped_anew(day, before)):
            raise TryAgain
    ring().forget()
    return len(days)
