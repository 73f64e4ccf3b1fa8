"""Routes of the exchange of tokens (RFC 8693)."""

from chalice import Blueprint

from chalicelib.identity import acts, tokens
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.exchange.settings import KEYS, SECONDS
from chalicelib.identity.exchange.wire import ExchangedToken, ExchangeToken, KeySet, PublicKey
from chalicelib.identity.exchange.wiring import exchange
from chalicelib.identity.trust import EXCHANGE, EXCHANGE_KEYS
from chalicelib.kernel.endpoint import FORM, Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.table import TABLE as LEDGERS

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(*tokens.NEEDS, KEYS, SECONDS, LEDGERS, SECRET))


@api.route("POST", EXCHANGE, act=acts.EXCHANGE, body=ExchangeToken, answer=ExchangedToken, takes=FORM)
def exchange_token(call: Call) -> ExchangedToken:
    """Get a short token for a person who signed in at my portal (RFC 8693)."""
    asked: ExchangeToken = call.body
    targets = tuple(each for each in (asked.audience, asked.resource) if each)
    given = exchange().exchange(call.principal, asked.grant_type, asked.subject_token, targets)
    return ExchangedToken(access_token=given.token, expires_in=given.seconds)


@api.route("GET", EXCHANGE_KEYS, act=None, answer=KeySet, cache="public, max-age=60")
def read_token_keys(call: Call) -> KeySet:
    """Read the public keys of tokens that were exchanged here."""
    del call
    return KeySet(keys=[PublicKey.model_validate(key) for key in exchange().published()])
