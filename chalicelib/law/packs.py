"""Rule packs: what the law says on a day, as data with citations; a dossier stays with the pack of its reception."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec

from chalicelib.law.errors import LawError
from chalicelib.law.rules import Rules


class UnknownPack(LawError):
    """No rule pack was in force on this day."""


class BadPack(LawError):
    """A packaged rule file contradicts itself, or a rule in it is not what its type says."""


class PackFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of a rule file: what changed on its day, and why."""

    id: str
    effective_from: date
    continues: str | None
    because: str
    rules: dict[str, msgspec.Raw]


class RulePack(msgspec.Struct, frozen=True):
    """The rules in force from a date (Vietnamese day) to another, both included; `effective_to` None means today's."""

    id: str
    effective_from: date
    effective_to: date | None
    rules: Rules


def pack_on(day: date) -> RulePack:
    """The pack in force on a Vietnamese day. Raises UnknownPack before Decree 137/2024 (2024-10-23)."""
    for candidate in reversed(all_packs()):
        if candidate.effective_from <= day:
            return candidate
    raise UnknownPack(f"no rule pack was in force on {day.isoformat()}; the first is {all_packs()[0].id}")


def pinned(name: str | None, day: date) -> RulePack:
    """The pack that was named when a dossier was accepted, whichever came since; that of the day when none was named.

    Raises UnknownPack.
    """
    return next((pack for pack in all_packs() if pack.id == name), None) or pack_on(day)


def newest() -> RulePack:
    """The pack that applies from the last change of the law on."""
    return all_packs()[-1]


@cache
def all_packs() -> tuple[RulePack, ...]:
    """Every packaged pack in order of date, read once; each file states only what changed on its day."""
    folder = Path(__file__).parent / "data" / "packs"
    return build(path.read_bytes() for path in sorted(folder.glob("*.json")))


def build(contents: Iterable[bytes]) -> tuple[RulePack, ...]:
    """Packs from the contents of rule files in order of date: each goes on from the one before. Raises BadPack."""
    files = [_read(content, PackFile, "a rule file") for content in contents]
    packs: list[RulePack] = []
    rules: dict[str, msgspec.Raw] = {}
    for place, file in enumerate(files):
        if file.id != f"vn-{file.effective_from.isoformat()}":
            raise BadPack(f"{file.id}: a pack is named by the day it begins")
        if file.continues != (packs[-1].id if packs else None):
            raise BadPack(f"{file.id}: does not continue the pack before it")
        rules |= file.rules
        last_day = files[place + 1].effective_from - timedelta(days=1) if place + 1 < len(files) else None
        packs.append(
            RulePack(
                id=file.id,
                effective_from=file.effective_from,
                effective_to=last_day,
                rules=_read(msgspec.json.encode(rules), Rules, file.id),
            )
        )
    return tuple(packs)


def _read[T](content: bytes, kind: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError as error:
        raise BadPack(f"{name}: {error}") from error
