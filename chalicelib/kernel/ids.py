"""Names that cannot be guessed, and keyed hashes for what must not be read."""

import hashlib
import hmac
import json
import secrets
from typing import Any

from chalicelib.kernel.settings import SECRET

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: read aloud at a desk without mistakes
REFERENCE_LENGTH = 16  # 80 random bits
_AS_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def new_reference(prefix: str = "MC") -> str:
    """A random reference such as `MC-7K3D9M2QW8XZ4T1B`: unique without a counter, tells nothing of its owner."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))


def lookup_code(message: str) -> str:
    """The code by which anyone who holds a paper asks about it: 80 bits that only this installation can make.

    The same paper always has the same one, so a second rendering after a crash prints it again.
    """
    return _letters(keyed_hash("lookup", message))


def reference_of(prefix: str, fact: str) -> str:
    """A reference that only this installation can make of a fact, always the same: what is asked twice is one thing."""
    return f"{prefix}-{_letters(keyed_hash(prefix, fact))}"


def _letters(hexadecimal: str) -> str:
    bits = int(hexadecimal, 16)
    return "".join(ALPHABET[bits >> 5 * n & 31] for n in reversed(range(REFERENCE_LENGTH)))


def as_lookup(text: str) -> str:
    """A look-up code as people type it: either case, hyphens and spaces, `O` for `0`, `I` and `L` for `1`."""
    return text.upper().translate(_AS_TYPED)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal characters that name a business fact; the same fact always has the same name."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def keyed_hash(purpose: str, value: str) -> str:
    """Thirty-two hexadecimal characters that stand for a personal identifier in keys and indexes."""
    key = SECRET().encode()
    return hmac.new(key, f"{purpose}\x1f{value}".encode(), hashlib.sha256).hexdigest()[:32]


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces, so that equal values have equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
