"""Signatures of webhooks: the vector of the specification, and what must not verify."""

import pytest

from chalicelib.subscriptions import signing
from tests.support.followed import secret_key

SECRET, MESSAGE, AT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
BODY = b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_vector_of_standard_webhooks_is_signed_as_there():
    assert signing.signature(secret_key(SECRET), MESSAGE, AT, BODY) == SIGNED


@pytest.mark.parametrize(
    "changed",
    [(MESSAGE, AT, b'{"test":2432232314}'), (MESSAGE, AT + 1, BODY), (MESSAGE + "x", AT, BODY)],
    ids=["the body in other words", "another time", "another message"],
)
def test_whatever_is_changed_has_another_signature(changed):
    assert signing.signature(secret_key(SECRET), *changed) != SIGNED


def test_a_message_is_signed_by_every_secret_that_is_valid():
    keys = [secret_key(SECRET), b"k" * 24]
    told = signing.headers(keys, MESSAGE, AT, BODY)
    assert told["webhook-signature"].split() == [signing.signature(key, MESSAGE, AT, BODY) for key in keys]
    assert (told["webhook-id"], told["webhook-timestamp"]) == (MESSAGE, str(AT))


def test_a_secret_needs_both_what_is_stored_and_the_installation():
    made = signing.derived("i" * 32, "nonce")
    assert made not in (signing.derived("i" * 32, "other"), signing.derived("j" * 32, "nonce"))
    assert secret_key(signing.secret_text(made)) == made
    assert len(made) >= 24
