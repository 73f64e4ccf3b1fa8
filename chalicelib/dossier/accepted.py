"""What an agency accepted on a day, in the order of its dossier codes: what its register of dossiers is made of."""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import batched
from operator import itemgetter
from typing import Final

import msgspec

from chalicelib.contracts.stored import Unreadable, read, typed
from chalicelib.dossier.items import FormItem, Head
from chalicelib.dossier.lists import behind
from chalicelib.dossier.references import CodeItem
from chalicelib.dossier.table import TABLE, code_key, taken_key
from chalicelib.kernel import aws
from chalicelib.law import codes, packs

_AT_ONCE: Final = 50
"""Dossiers of one call: HEAD and plan of each are a hundred items."""


_PK: Final = itemgetter("pk")


class _Counter(msgspec.Struct, frozen=True):
    """How many serials were taken, used or not."""

    taken: int


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier of the register: its HEAD, the name of its procedure, its form where one was kept."""

    head: Head
    procedure_name: str
    form: FormItem | None = None


def accepted_on(agency: str, day: date) -> list[str]:
    """References of what an agency accepted on a Vietnamese day, by serial; a serial that nobody used is no dossier."""
    scheme = packs.pack_on(day).rules.dossier_code_scheme.value
    counted = aws.get(TABLE(), *taken_key(agency, day))
    last = typed(_Counter, counted, counted).taken if counted else 0
    serials = range(1, last + 1)
    known = [codes.dossier_code(agency, day, serial, scheme=scheme) for serial in serials]
    found: dict[str, str] = {}
    for some in batched(known, 2 * _AT_ONCE, strict=False):
        rows = aws.many(TABLE(), [code_key(code) for code in some])
        found |= {_PK(row): read(CodeItem, row).reference for row in rows}
    return [found[key] for key in (code_key(code)[0] for code in known) if key in found]


def entries(references: Sequence[str]) -> Iterator[Accepted]:
    """The dossiers in this order; one that cannot be read is left out: it must not hide the others."""
    for some in batched(references, _AT_ONCE, strict=False):
        known = behind(some)
        forms = {_PK(row): row for row in aws.many(TABLE(), [(reference, "FORM") for reference in some])}
        for reference in some:
            if reference not in known:
                continue
            form = None
            with contextlib.suppress(Unreadable, KeyError):
                form = read(FormItem, forms[reference])
            yield Accepted(head=known[reference].head, procedure_name=known[reference].procedure_name, form=form)
