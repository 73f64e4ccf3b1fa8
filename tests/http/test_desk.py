"""The scanning desk: who cannot sign is told before, and what cannot be signed comes back."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem
from tests.support.world import aws, ready


@pytest.fixture
def paper(where, small_scan):
    """A dropped paper of a submitted dossier whose copy waits: the dossier's reference, and the copy's id."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    story.drop(where, reference, small_scan, "KQ003785.jpg")
    desk = story.officer(where, "reception")
    return reference, story.until("the copy", lambda: story.copy_of(desk, reference))


def scanner(where, sub):
    """Somebody of the demo's agency who may scan."""
    return Client.login(where, sub=sub, kind="OFFICER", name="Lý Thanh Oanh", agency=story.AGENCY, roles=["scanning"])


def on_desk(desk, copy):
    """The copy as the desk lists it."""
    return next((each for each in desk.get("/v1/copies").ok().body["copies"] if each["id"] == copy), None)


def test_a_signature_that_cannot_be_made_is_refused_before_or_brings_the_copy_back(where, paper):
    reference, copy = paper
    without = scanner(where, f"officer-{copy[-8:]}")
    told = problem(story.sign_copy(without, copy), 409, "no_signing_certificate")
    assert (told["signer"], on_desk(without, copy)["step"]) == ("officer", "copied")

    with aws(where, "s3") as s3:  # a certificate is registered, and the key behind it is nowhere
        s3.put_object(
            Bucket=where["bucket.MessagesBucket"],
            Key=f"signers/officers/officer-{copy[-8:]}.pem",
            Body=b"a certificate",
        )
    assert story.sign_copy(without, copy, key="first").ok(202).body["step"] == "signature_ordered"
    back = story.until("the copy is back", lambda: on_desk(without, copy))
    assert (back["step"], back["reason_code"]) == ("copied", "no_signing_certificate")
    assert back["reason"] == "Người ký chưa đăng ký chứng thư chữ ký số"
    assert story.sign_copy(without, copy, key="first").ok(202).body["reason_code"] == back["reason_code"]

    desk = story.officer(where, "reception")
    story.sign_copy(desk, copy).ok(202)
    story.until("the data message", lambda: story.settled(desk, reference))
    assert on_desk(desk, copy) is None
