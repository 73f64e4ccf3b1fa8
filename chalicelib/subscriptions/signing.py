"""Signatures of webhooks by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`. Pure.

Ten lines of the standard library and not the package `standardwebhooks`: that brings an HTTP client of its own.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

PREFIX: Final = "whsec_"


def secret_text(key: bytes) -> str:
    """A secret as its owner gets it."""
    return PREFIX + base64.b64encode(key).decode()


def derived(installation: str, nonce: str) -> bytes:
    """The key of a secret: of the installation's secret and of what is stored, so that neither alone is enough."""
    return hmac.new(installation.encode(), f"webhook\x1f{nonce}".encode(), hashlib.sha256).digest()


def signature(key: bytes, message: str, timestamp: int, body: bytes) -> str:
    """The signature of one message under one secret."""
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(keys: Iterable[bytes], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a message, signed by every secret that is valid; `timestamp` in seconds, of this attempt."""
    return {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "motcua",
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, message, timestamp, body) for key in keys),
    }
