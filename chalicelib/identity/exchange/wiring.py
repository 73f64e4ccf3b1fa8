"""The exchange's use cases over KMS and DynamoDB."""

from chalicelib.identity import tokens, trust
from chalicelib.identity.exchange.keys import KeyRing
from chalicelib.identity.exchange.model import Terms
from chalicelib.identity.exchange.proofs import Proofs
from chalicelib.identity.exchange.service import Exchange
from chalicelib.identity.exchange.settings import KEYS, SECONDS
from chalicelib.identity.exchange.store import Table
from chalicelib.kernel.clock import utc_now


def exchange() -> Exchange:
    """The use cases, with the world's clock. No token lives longer than the stage takes one."""
    seconds = min(int(SECONDS()), int(tokens.TOKEN_LIFETIME()))
    terms = Terms(trust.exchange_issuer(), tokens.AUDIENCE(), seconds)
    return Exchange(Proofs(), KeyRing(tuple(KEYS().split(","))), Table(), terms, utc_now)
