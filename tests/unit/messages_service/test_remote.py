"""An officer's key at a remote signing service: what passes comes again, what does not goes back with its reason."""

import base64
import threading

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec.structs import replace
from werkzeug.serving import make_server

from chalicelib.contracts.digitisation import Signer
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import SignatureRefused
from chalicelib.kernel import aws
from chalicelib.kernel.problem import TryAgain
from chalicelib.messages import remote_keys as module
from chalicelib.messages.cloud_keys import CloudKeys, KmsSigner
from chalicelib.messages.keys import certificates_of
from chalicelib.messages.model import WHY, message_key, refused_key
from chalicelib.messages.remote_keys import Client, CredentialUnusable, RemoteSigner, Service, SigningRefused
from chalicelib.messages.remote_keys import WrongSignature as Wrong
from chalicelib.messages.service import Signatures
from chalicelib.messages.store import Table
from chalicelib.messages.verification import verify
from infra.local.remote_signing import CLIENT, SigningService
from tests.fakes import people
from tests.unit.messages_service.test_publisher import GIVEN, content, placed, unsigned

__all__ = ["placed", "unsigned"]

OFFICER = people.SCANNER.subject
SIGN, ASK, LOOK, TOKEN = "signatures/signHash", "credentials/authorize", "credentials/info", "oauth2/token"


@pytest.fixture(scope="module")
def listening(keys_folder):
    """A service that listens, and its address without a version."""
    service = SigningService(keys_folder)
    server = make_server("127.0.0.1", 0, service, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield service, f"http://127.0.0.1:{server.server_port}/csc"
    service.held.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def service(listening):
    """The stand-in, which behaves; it and our process know nothing of each other yet."""
    found, _ = listening
    found.faults.clear()
    found.asked.clear()
    found.held.set()
    module._tokens.clear()
    return found


@pytest.fixture
def url(listening):
    return f"{listening[1]}/v2"


@pytest.fixture
def remote(tables, stage, service, url):
    """A deployed stage with a signing service; the officer's credential is in the register."""
    stage.setenv("MOTCUA_STAGE", "trial")
    for name, value in zip(("URL", "CLIENT", "SECRET"), (url, *CLIENT), strict=True):
        stage.setenv(f"MOTCUA_CSC_{name}", value)
    register(service, {"csc-credential": f"officers/{OFFICER}"})
    return service


def register(service, metadata, officer=OFFICER):
    """The chain of an officer's certificates in the register, without any key."""
    pem = (service.keys / "officers" / f"{OFFICER}.pem").read_bytes()
    chain = pem[pem.index(b"-----BEGIN CERTIFICATE") :]
    key = f"signers/officers/{officer}.pem"
    aws.client("s3").put_object(Bucket="messages", Key=key, Body=chain, Metadata=metadata)


@pytest.fixture
def sign(remote, keys, clock, placed, order):
    """`sign()` carries out an order of the officer's signature."""

    class Elsewhere(CloudKeys):
        def timestamper(self, at=None):
            return keys.timestamper(at)

    ready = placed(replace(order, signer=Signer(kind="officer", id=OFFICER)))
    return lambda: Signatures(Table(), Elsewhere(), lambda _: "", clock).sign(ready, GIVEN)


def signed(tables, order):
    return tables.get("Messages", message_key(order.order), "HEAD")


def refused(tables, order):
    return [heard(SignatureRefused, row["data"]) for row in tables.events("Messages", refused_key(order.order))]


def test_a_signature_of_a_remote_key_is_intact(tables, sign, order, keys, remote):
    sign()
    assert verify(content(signed(tables, order)), roots=keys.roots_path).state == "intact"
    assert remote.asked == {TOKEN: 1, LOOK: 1, ASK: 1, SIGN: 1}
    sign()
    assert remote.asked[SIGN] == 1, "an order that is done asks nobody"


def test_whose_chain_names_no_credential_has_a_key_in_kms(remote):
    register(remote, {}, "another")
    assert isinstance(CloudKeys().officer("another").signer, KmsSigner)
    assert isinstance(CloudKeys().officer(OFFICER).signer, RemoteSigner)


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_either_version_of_the_interface_is_spoken(service, listening, version):
    url = f"{listening[1]}/{version}"
    assert signer(service, url).sign_raw(b"data", "sha256")
    service.faults[LOOK] = [lambda a: a | {"authMode": "explicit", "auth": {"mode": "explicit"}}]
    with pytest.raises(CredentialUnusable, match="authorization explicit"):
        signer(service, url).sign_raw(b"data", "sha256")


def test_what_passes_is_tried_again_and_told_to_nobody(tables, sign, order, remote):
    remote.faults[SIGN] = [(503, "server_error")]
    with pytest.raises(TryAgain):
        sign()
    assert (signed(tables, order), refused(tables, order)) == (None, [])
    sign()
    assert signed(tables, order)


def test_what_fails_for_good_goes_back_with_its_reason(tables, sign, order, remote):
    remote.faults[ASK] = [(400, "access_denied")]
    sign()
    assert signed(tables, order) is None
    (told,) = refused(tables, order)
    assert (told.reason_code, told.reason_vi, told.reason_en) == ("signing_refused", *WHY["signing_refused"])


def signer(service, url, seconds=600, client=CLIENT):
    pem = (service.keys / "officers" / f"{OFFICER}.pem").read_bytes()
    der = certificates_of(pem)[0].public_bytes(Encoding.DER)
    return RemoteSigner(Client(Service(url, *client, seconds)), f"officers/{OFFICER}", der, 256)


@pytest.mark.parametrize("path", [TOKEN, LOOK, ASK, SIGN])
@pytest.mark.parametrize("status", [408, 425, 429, 500, 503, 302])
def test_haste_and_trouble_of_the_service_pass(service, url, path, status):
    service.faults[path] = [(status, "server_error")]
    with pytest.raises(TryAgain):
        signer(service, url).sign_raw(b"data", "sha256")
    assert service.asked.keys() <= {TOKEN, LOOK, ASK, SIGN}, "what we are known by goes nowhere else"
    assert signer(service, url).sign_raw(b"data", "sha256")


@pytest.mark.parametrize("path", [LOOK, ASK, SIGN])
@pytest.mark.parametrize(
    ("status", "word", "error"),
    [
        (400, "access_denied", SigningRefused),
        (403, "user_denied", SigningRefused),
        (400, "invalid_request", CredentialUnusable),
        (404, "no words of ours", CredentialUnusable),
    ],
)
def test_who_said_no_is_told_from_a_key_that_cannot(service, url, path, status, word, error):
    service.faults[path] = [(status, word)]
    with pytest.raises(error, match=word):
        signer(service, url).sign_raw(b"data", "sha256")


CHANGES = {
    "a locked key": (LOOK, lambda a: a | {"key": {"status": "disabled"}}, CredentialUnusable),
    "an ended certificate": (LOOK, lambda a: a | {"cert": {"status": "expired"}}, CredentialUnusable),
    "one that says nothing of who is asked": (
        LOOK,
        lambda a: {k: v for k, v in a.items() if k not in {"auth", "authMode"}},
        CredentialUnusable,
    ),
    "another's certificate": (
        LOOK,
        lambda a: a | {"cert": {"status": "valid", "certificates": ["AAAA"]}},
        CredentialUnusable,
    ),
    "a signature of something else": (
        SIGN,
        lambda a: {"signatures": [base64.b64encode(bytes(256)).decode()]},
        Wrong,
    ),
    "no signature": (SIGN, lambda a: {"signatures": []}, Wrong),
    "two signatures": (SIGN, lambda a: {"signatures": a["signatures"] * 2}, Wrong),
    "no base64": (SIGN, lambda a: {"signatures": ["*"]}, Wrong),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_does_not_fit_never_stands_in_a_file(service, url, name):
    path, change, error = CHANGES[name]
    service.faults[path] = [change]
    with pytest.raises(error):
        signer(service, url).sign_raw(b"data", "sha256")


def test_the_signature_of_another_hash_is_found(service, url):
    """A right signature by the right key, of what nobody asked for."""
    other = []

    def of_another(answer):
        other.append(answer["signatures"][0])
        return answer

    service.faults[SIGN] = [of_another, lambda _: {"signatures": other}]
    signer(service, url).sign_raw(b"one", "sha256")
    with pytest.raises(Wrong):
        signer(service, url).sign_raw(b"two", "sha256")


def test_a_service_that_is_slow_or_not_there_passes(service, url):
    service.held.clear()
    with pytest.raises(TryAgain):
        signer(service, url, seconds=0.2).sign_raw(b"data", "sha256")
    service.held.set()
    with pytest.raises(TryAgain):
        signer(service, "http://127.0.0.1:1/csc/v2").sign_raw(b"data", "sha256")
    assert signer(service, url).sign_raw(b"data", "sha256")


@pytest.mark.parametrize("path", [TOKEN, LOOK, ASK, SIGN])
def test_nonsense_passes(service, url, path):
    service.faults[path] = [lambda _: {"signatures": 7}]
    made = signer(service, url)
    if path == LOOK:
        with pytest.raises(CredentialUnusable, match="authorization"):
            made.sign_raw(b"data", "sha256")
        return
    with pytest.raises(TryAgain):
        made.sign_raw(b"data", "sha256")


def test_a_token_is_asked_for_once_and_anew_when_the_service_takes_it_no_more(service, url):
    for _ in range(2):
        signer(service, url).sign_raw(b"data", "sha256")
    assert service.asked[TOKEN] == 1
    service.faults[SIGN] = [(401, "invalid_token")]
    assert signer(service, url).sign_raw(b"data", "sha256")
    assert service.asked[TOKEN] == 2
    service.faults[SIGN] = [(401, "invalid_token")] * 2
    with pytest.raises(TryAgain):
        signer(service, url).sign_raw(b"data", "sha256")


def test_a_token_is_not_used_past_its_end(service, url):
    now = [0.0]
    asked = Client(Service(url, *CLIENT), lambda: now[0])
    for now[0], times in ((0.0, 1), (3569.0, 1), (3570.0, 2)):
        asked._token()
        assert service.asked[TOKEN] == times


def test_a_service_that_does_not_know_us_is_no_officers_matter(service, url):
    with pytest.raises(TryAgain):
        signer(service, url, client=("who", "ever")).sign_raw(b"data", "sha256")


def test_what_we_are_known_by_is_sent_nowhere_without_tls(service, listening):
    for url in ("http://10.0.0.1/csc/v2", "ftp://127.0.0.1/v1", "file:///v1"):
        with pytest.raises(TryAgain):
            signer(service, url).sign_raw(b"data", "sha256")
    assert service.asked == {}


def test_who_says_no_is_told_from_who_cannot():
    assert {each.code for each in (SigningRefused, CredentialUnusable, Wrong)} <= WHY.keys()
