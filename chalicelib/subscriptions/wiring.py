"""The use cases over DynamoDB and HTTPS."""

import random
import secrets
from functools import cache

from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import SECRET
from chalicelib.subscriptions.pushing import Pusher
from chalicelib.subscriptions.reading import Feed
from chalicelib.subscriptions.sender import Https
from chalicelib.subscriptions.service import Subscribing
from chalicelib.subscriptions.store import Table

NONCE = 16


def feed() -> Feed:
    """The use case of readers."""
    return Feed(Table(), utc_now)


def subscribing() -> Subscribing:
    """The use cases of subscribers."""
    return Subscribing(Table(), Table(), utc_now, lambda: secrets.token_hex(NONCE), SECRET)


@cache
def _https() -> Https:
    return Https()


def pusher() -> Pusher:
    """The use case of the clock."""
    return Pusher(Table(), Table(), feed(), _https(), utc_now, random.random, SECRET)
