"""Keys of dossiers, made and unwrapped by KMS: it checks that a wrapped key is the one of this dossier and number."""

import base64
from datetime import datetime

import msgspec

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.sealing.model import Wrapped
from chalicelib.sealing.table import KEY


class _Answer(msgspec.Struct, frozen=True, rename={"blob": "CiphertextBlob", "key": "Plaintext"}):
    """What KMS answers: a key, as it may be kept, or in clear, or both."""

    blob: bytes = b""
    key: bytes = b""


def new_key(reference: str, number: int, now: datetime) -> tuple[bytes, Wrapped]:
    """A random key of 256 bits for a dossier, and the same as it may be kept: one call of KMS."""
    context = _context(reference, number)
    made = _answer(aws.client("kms").generate_data_key(KeyId=KEY(), KeySpec="AES_256", EncryptionContext=context))
    return made.key, Wrapped(number=number, blob=_text(made.blob), made_at=stamp(now))


def unwrapped(reference: str, wrapped: Wrapped) -> bytes:
    """The key behind a wrapped one: one call of KMS, which refuses another dossier's. Raises stored.Unreadable."""
    kms, context = aws.client("kms"), _context(reference, wrapped.number)
    try:
        answer = kms.decrypt(CiphertextBlob=base64.b64decode(wrapped.blob), EncryptionContext=context)
    except kms.exceptions.InvalidCiphertextException:
        raise Unreadable(f"Keys: key {wrapped.number} is not the one that KMS wrapped for it", reference) from None
    return _answer(answer).key


def wrapped_anew(reference: str, wrapped: Wrapped) -> Wrapped:
    """The same key under the wrapping key of today; it never leaves KMS."""
    context = _context(reference, wrapped.number)
    answer = aws.client("kms").re_encrypt(
        CiphertextBlob=base64.b64decode(wrapped.blob),
        SourceEncryptionContext=context,
        DestinationKeyId=KEY(),
        DestinationEncryptionContext=context,
    )
    return Wrapped(number=wrapped.number, blob=_text(_answer(answer).blob), made_at=wrapped.made_at)


def _answer(told: object) -> _Answer:
    return msgspec.convert(told, _Answer)


def _text(blob: bytes) -> str:
    return base64.b64encode(blob).decode()


def _context(reference: str, number: int) -> dict[str, str]:
    """What KMS binds a key to, and writes into the account's trail: no personal data."""
    return {"dossier": reference, "key": str(number)}
