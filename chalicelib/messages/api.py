"""Routes of signed documents."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint
from pydantic import BaseModel

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import settings
from chalicelib.messages.service import Publisher
from chalicelib.messages.store import Table
from chalicelib.messages.wire import MessageView, Verification

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)


def publisher() -> Publisher:
    """The use cases over DynamoDB, S3 and the keys of this stage."""
    return Publisher(Table(), utc_now, settings().public_url)


def _given(found: Mapping[str, Any], view: type[BaseModel]) -> dict[str, Any]:
    return {k: found[k] for k in view.model_fields if k not in ("url", "signed_at")}


@api.route("GET", "/v1/messages/{message}", act="message.read", answer=MessageView)
def read_message(call: Call) -> MessageView:
    """Get a receipt, copy, data message or result that concerns me or my agency."""
    found, url = publisher().read(call.principal, call.path["message"])
    return MessageView(url=url, signed_at=said(found["signed_at"]) or "", **_given(found, MessageView))


@api.route("GET", "/v1/verifications/{message}", act=None, answer=Verification)
def verify_message(call: Call) -> Verification:
    """Look up a document by the code on it: its agency, time and hash. No personal data."""
    found = publisher().registered(call.path["message"])
    return Verification(signed_at=said(found["signed_at"]) or "", **_given(found, Verification))
