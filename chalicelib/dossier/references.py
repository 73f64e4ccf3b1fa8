"""What leads to a dossier beside its reference: its code, and the Idempotency-Key under which something was done."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.contracts.stored import Stored, read, written
from chalicelib.dossier.table import TABLE, code_key, used_key
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp

KEYS_LAST: Final = timedelta(days=30)
"""How long it is known at least what was done under an Idempotency-Key: no client tries again for so long."""


class CodeItem(Stored, frozen=True, kw_only=True):
    """Which dossier a code names."""

    shape = 1

    reference: str


class UsedKey(Stored, frozen=True, kw_only=True):
    """What was done under an Idempotency-Key: a digest of the body, the reference, the event that told it.

    `forget_at` is when DynamoDB may delete it, in seconds since 1970; what earlier releases wrote stays.
    """

    shape = 1

    body: str
    reference: str
    at: str
    event: int | None = None
    forget_at: int | None = None


def by_code(code: str) -> str | None:
    """The reference behind a dossier code."""
    found = aws.get(TABLE(), *code_key(code))
    return read(CodeItem, found).reference if found else None


def read_used_key(holder: str, key: str) -> UsedKey | None:
    """What was done under this Idempotency-Key."""
    found = aws.get(TABLE(), *used_key(holder, key))
    return read(UsedKey, found) if found else None


def keyed(reference: str) -> str:
    """A reference or a code: the reference, or the empty string when there is no such code."""
    return reference if reference.startswith("MC-") else by_code(reference) or ""


def coded(code: str, reference: str) -> aws.Op:
    """A dossier gets its code, which is no other's."""
    return aws.put_new(TABLE(), code_row(code, reference))


CODE: Final = "dossier_code"
"""The field of HEAD in which a dossier has its code."""


def code_place(code: str) -> tuple[str, str]:
    """Where the row stands by which a code leads to its dossier."""
    return code_key(code)


def code_row(code: str, reference: str) -> aws.Item:
    """The row by which a code leads to its dossier."""
    pk, sk = code_key(code)
    return {"pk": pk, "sk": sk, **written(CodeItem(reference=reference))}


def used(holder: str, key: str, body: str, reference: str, event: int | None, now: datetime) -> aws.Op:
    """Something is done under an Idempotency-Key, which came nowhere before."""
    pk, sk = used_key(holder, key)
    until = int((now + KEYS_LAST).timestamp())
    act = UsedKey(body=body, reference=reference, at=stamp(now), event=event, forget_at=until)
    return aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(act)})
