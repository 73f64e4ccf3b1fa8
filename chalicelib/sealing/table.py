"""The table of keys, wrapped: one small item a dossier, the only place where its key exists, and one a day."""

from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.kernel.settings import SECRET, setting
from chalicelib.sealing.model import DayKey, Keys, Wrapped

TABLE: Final = setting("MOTCUA_SEALING_TABLE", "Table of the keys of dossiers and of days, each wrapped.")
KEY: Final = setting("MOTCUA_SEALING_KEY", "Key in KMS that wraps the keys of days, by its ARN.")
SECONDS: Final = setting(
    "MOTCUA_SEALING_SECONDS",
    "Seconds for which a process may go on with a dossier's key that it unwrapped: so long may an erased one live on.",
)
SEALING: Final = (TABLE, KEY, SECONDS, SECRET)
"""What a function needs that seals or unseals; the secret is for what earlier releases sealed."""
_SK: Final = "KEYS"
_DAY: Final = "DAY#"


class _Place(Struct, frozen=True):
    pk: str


def keys_of(reference: str) -> Keys | None:
    """The keys of a dossier; None when it has none yet. Raises stored.Unreadable."""
    found = aws.get(TABLE(), reference, _SK)
    return read(Keys, found) if found else None


def keys_of_many(references: Collection[str]) -> dict[str, Keys]:
    """The keys of at most a hundred dossiers, as they stood a moment ago: one call for a page of a list."""
    found = aws.many(TABLE(), [(reference, _SK) for reference in sorted(references)])
    return {heard(_Place, item).pk: read(Keys, item) for item in found}


def begin(reference: str, first: Wrapped) -> bool:
    """Keep the first key of a dossier; False when another came first, or when it was erased."""
    keys = written(Keys(keys=(first,), version=1))
    op = aws.update(TABLE(), (reference, _SK), put=keys, condition="attribute_not_exists(pk)")
    return aws.updated(op) is not None


def keep(reference: str, before: Keys, keys: Sequence[Wrapped]) -> bool:
    """Keep other keys in the place of those that were read; False when somebody changed them meanwhile."""
    op = aws.update(
        TABLE(),
        (reference, _SK),
        put={"keys": [told(each) for each in keys], "version": before.version + 1},
        condition="#v = :read",
        expect={"read": before.version},
        reserved={"#v": "version"},
    )
    return aws.updated(op) is not None


def destroy(reference: str, at: str) -> bool:
    """Nobody will have the keys of this dossier any more, nor make it new ones; False when it was so before."""
    bare = {"erased_at": at, "keys": [], "shape": Keys.shape}
    op = aws.update(
        TABLE(), (reference, _SK), put=bare, remove=("version",), condition="attribute_not_exists(erased_at)"
    )
    return aws.updated(op) is not None


def day_key(day: str) -> DayKey | None:
    """The key of a day; None when nothing was sealed on it yet. Raises stored.Unreadable."""
    found = aws.get(TABLE(), *_place(day))
    return read(DayKey, found) if found else None


def begin_day(day: str, key: DayKey) -> bool:
    """Keep the key of a day; False when another came first."""
    op = aws.update(TABLE(), _place(day), put=written(key), condition="attribute_not_exists(pk)")
    return aws.updated(op) is not None


def keep_day(day: str, before: DayKey, key: DayKey) -> bool:
    """Keep the key of a day as it is wrapped now; False when somebody changed that meanwhile."""
    op = aws.update(
        TABLE(),
        _place(day),
        put=told(key),
        condition="#b = :read",
        expect={"read": before.blob},
        reserved={"#b": "blob"},
    )
    return aws.updated(op) is not None


def days() -> list[str]:
    """Every day that has a key: the whole table is read, for work that is done once."""
    found = aws.scanned(TABLE(), "begins_with(pk, :d)", {":d": _DAY}, "pk")
    return sorted(heard(_Place, item).pk.removeprefix(_DAY) for item in found)


def _place(day: str) -> tuple[str, str]:
    return f"{_DAY}{day}", "KEY"
