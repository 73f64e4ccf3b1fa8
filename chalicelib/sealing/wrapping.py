"""Keys of days, made and unwrapped by KMS, and keys of dossiers, made here and wrapped under them."""

import base64
import secrets
from datetime import datetime
from typing import Final

import msgspec

from chalicelib.contracts.event import told
from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import canonical
from chalicelib.sealing import box
from chalicelib.sealing.model import Content, DayKey, Wrapped
from chalicelib.sealing.table import KEY

BYTES: Final = 32


class _Answer(msgspec.Struct, frozen=True, rename={"blob": "CiphertextBlob", "key": "Plaintext"}):
    """What KMS answers: a key, as it may be kept, or in clear, or both."""

    blob: bytes = b""
    key: bytes = b""


# --- the key of a day --------------------------------------------------------------------------------------------


def new_day(day: str, now: datetime) -> tuple[bytes, DayKey]:
    """A random key for a day, and the same as it may be kept: one call of KMS."""
    made = _answer(aws.client("kms").generate_data_key(KeyId=KEY(), KeySpec="AES_256", EncryptionContext=_context(day)))
    return made.key, DayKey(blob=_text(made.blob), made_at=stamp(now))


def day_unwrapped(day: str, kept: DayKey) -> bytes:
    """The key of a day: one call of KMS, which refuses another day's. Raises stored.Unreadable."""
    kms = aws.client("kms")
    try:
        answer = kms.decrypt(CiphertextBlob=base64.b64decode(kept.blob), EncryptionContext=_context(day))
    except kms.exceptions.InvalidCiphertextException:
        raise Unreadable("DayKey: not the one that KMS wrapped for it", f"DAY#{day}") from None
    return _answer(answer).key


def day_wrapped_anew(day: str, kept: DayKey) -> DayKey:
    """The same key of a day under the wrapping key of today; it never leaves KMS."""
    answer = aws.client("kms").re_encrypt(
        CiphertextBlob=base64.b64decode(kept.blob),
        SourceEncryptionContext=_context(day),
        DestinationKeyId=KEY(),
        DestinationEncryptionContext=_context(day),
    )
    return DayKey(blob=_text(_answer(answer).blob), made_at=kept.made_at)


# --- the key of a dossier ----------------------------------------------------------------------------------------


def new_key(day: str, day_key: bytes, reference: str, number: int, now: datetime) -> tuple[bytes, Wrapped]:
    """A random key for a dossier, and the same under the key of a day, bound to this dossier and number."""
    key = secrets.token_bytes(BYTES)
    content = canonical(told(Content(dossier=reference, number=number, key=key.hex())))
    blob = box.locked(content.encode(), day_key, day)
    return key, Wrapped(number=number, day=day, blob=blob, made_at=stamp(now))


def unwrapped(wrapped: Wrapped, day_key: bytes, reference: str) -> bytes:
    """The key behind a wrapped one. Raises stored.Unreadable for one that is another dossier's, or was changed."""
    from joserfc.errors import JoseError

    try:
        content = msgspec.json.decode(box.opened(wrapped.blob, lambda _: day_key), type=Content)
    except (JoseError, ValueError):
        content = Content(dossier="", number=0, key="")
    if (content.dossier, content.number) != (reference, wrapped.number):
        raise Unreadable(f"Keys: key {wrapped.number} is not the one that was wrapped for it", reference)
    return bytes.fromhex(content.key)


def _answer(answer: object) -> _Answer:
    return msgspec.convert(answer, _Answer)


def _text(blob: bytes) -> str:
    return base64.b64encode(blob).decode()


def _context(day: str) -> dict[str, str]:
    """What KMS binds a key to, and writes into the account's trail: no personal data."""
    return {"day": day}
