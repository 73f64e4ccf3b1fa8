"""A deployed stage signs with keys that never leave KMS; the embedded cloud plays KMS and S3."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key

from chalicelib.kernel import aws
from chalicelib.messages.cloud_keys import CloudKeys
from chalicelib.messages.keys import UnknownSigner
from chalicelib.messages.signing import sign
from chalicelib.messages.verification import verify
from infra.demo.story import AGENCY
from infra.local import pki


def certificate(public_key, root, now):
    """What the test root says of a key whose private half it never saw."""
    builder = pki._builder(
        pki.agency_subject(AGENCY, "Ủy ban nhân dân xã Vĩnh Phước"), public_key, now, timedelta(days=30)
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(pki._usage(ca=False), critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    return builder.add_extension(issuer, critical=False).sign(root.key, hashes.SHA256())


@pytest.fixture(scope="module")
def roots(cloud, where, tmp_path_factory):
    """An agency's key in KMS, its certificate in the messages bucket; answers the roots they lead to."""
    now, folder = datetime.now(UTC), tmp_path_factory.mktemp("trial") / "keys"
    pki.ensure_pki(folder, agencies={}, officers={}, now=now)
    root = pki._read(folder / "root.pem")
    kms = boto3.client("kms", endpoint_url=where["endpoint"], region_name=where["region"])
    key = kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec="RSA_2048")["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/motcua/trial/agencies/H01_10_24", TargetKeyId=key)
    public = load_der_public_key(kms.get_public_key(KeyId=key)["PublicKey"])
    pem = certificate(public, root, now).public_bytes(Encoding.PEM)
    s3 = boto3.client("s3", endpoint_url=where["endpoint"], region_name=where["region"])
    s3.put_object(Bucket=where["bucket.MessagesBucket"], Key=f"signers/agencies/{AGENCY}.pem", Body=pem)
    return folder / "ca.pem"


@pytest.fixture
def stage(roots, monkeypatch):
    """A stage named `trial`."""
    monkeypatch.setenv("MOTCUA_STAGE", "trial")
    return roots


@pytest.fixture(scope="module")
def unsigned(small_scan) -> bytes:
    from chalicelib.digitisation.copying import make_copy

    return make_copy([small_scan], title="trial").pdf


def test_a_seal_made_in_kms_is_valid(stage: Path, unsigned):
    signed = sign(
        unsigned,
        CloudKeys().agency(AGENCY),
        field_name="AgencySignature",
        reason="trial",
        at=datetime.now(UTC),
        certify=True,
    )
    assert verify(signed, roots=stage).state == "intact"
    flipped = bytearray(signed)
    flipped[len(unsigned) // 2] ^= 1
    assert verify(bytes(flipped), roots=stage).state == "invalid"


def test_the_picture_of_a_seal_stands_beside_its_certificate_or_there_is_none(stage, where):
    agency = CloudKeys().agency(AGENCY)
    assert agency.picture() == b""
    s3 = boto3.client("s3", endpoint_url=where["endpoint"], region_name=where["region"])
    place = {"Bucket": where["bucket.MessagesBucket"], "Key": f"signers/agencies/{AGENCY}.png"}
    s3.put_object(**place, Body=b"a seal")
    assert agency.picture() == b"a seal"
    s3.delete_object(**place)


@pytest.mark.parametrize(("status", "absent"), [(403, True), (404, True), (503, False)])
def test_a_store_that_does_not_answer_is_not_taken_for_a_signer_without_a_picture(stage, status, absent):
    """Who may not list a bucket is refused what is not there."""
    agency = CloudKeys().agency(AGENCY)
    with Stubber(aws.client("s3")) as stub:
        stub.add_client_error("get_object", http_status_code=status)
        if absent:
            assert agency.picture() == b""
        else:
            with pytest.raises(ClientError):
                agency.picture()


@pytest.mark.parametrize("who", ["H01.99", "../secret", ""])
def test_who_has_no_certificate_cannot_sign(stage, who):
    with pytest.raises(UnknownSigner):
        CloudKeys().agency(who)


PEM = b"-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
DOUBTFUL = "H01.98"


@pytest.fixture
def registered(stage, where):
    """`registered(pem)`: what stands in the register for an agency, until the test is over."""
    s3 = boto3.client("s3", endpoint_url=where["endpoint"], region_name=where["region"])
    place = {"Bucket": where["bucket.MessagesBucket"], "Key": f"signers/agencies/{DOUBTFUL}.pem"}
    yield lambda pem: s3.put_object(**place, Body=pem)
    s3.delete_object(**place)


@pytest.mark.parametrize("kept", [b"", b"no certificate", PEM % b"AAAA", PEM % b"?"])
def test_who_has_a_certificate_that_cannot_be_read_cannot_sign(registered, kept):
    """The order goes back to a person, who has it mended; a fault would be tried again for hours, and parked."""
    registered(kept)
    with pytest.raises(UnknownSigner, match=DOUBTFUL):
        CloudKeys().agency(DOUBTFUL)


@pytest.mark.parametrize("of", ["a key that is no RSA key", "nobody"])
def test_who_has_a_certificate_that_says_no_signer_cannot_sign(registered, roots, of):
    now, root = datetime.now(UTC), pki._read(roots.parent / "root.pem")
    key = ec.generate_private_key(ec.SECP256R1()) if of != "nobody" else root.key
    subject = x509.Name([]) if of == "nobody" else pki.agency_subject(AGENCY, "Xã")
    made = pki._builder(subject, key.public_key(), now, timedelta(days=1)).sign(root.key, hashes.SHA256())
    registered(made.public_bytes(Encoding.PEM))
    with pytest.raises(UnknownSigner, match=DOUBTFUL):
        CloudKeys().agency(DOUBTFUL)


def test_the_timestamp_authority_is_a_setting(stage, monkeypatch):
    monkeypatch.setenv("MOTCUA_TIMESTAMP_URL", "https://tsa.example.vn")
    assert CloudKeys().timestamper().url == "https://tsa.example.vn"


def test_a_stage_proves_its_signatures_by_the_roots_beside_its_certificates(stage, where):
    assert not CloudKeys().evidence(datetime.now(UTC)).is_embedded
    with pytest.raises(LookupError, match=r"roots/trusted\.pem"):
        CloudKeys("B-LT").evidence(datetime.now(UTC))
    s3 = boto3.client("s3", endpoint_url=where["endpoint"], region_name=where["region"])
    place = {"Bucket": where["bucket.MessagesBucket"], "Key": "roots/trusted.pem"}
    s3.put_object(**place, Body=stage.read_bytes())
    found = CloudKeys("B-LTA").evidence(datetime.now(UTC))
    assert (found.level, len(found.roots), found.lists, found.fetches) == ("B-LTA", 1, (), True)
    s3.delete_object(**place)


def test_what_stands_in_for_issuers_and_authorities_is_of_a_local_stage_only(stage, monkeypatch, tmp_path):
    """A root that says whom it has revoked, a clock that stamps: no deployed stage can be told to use them."""
    from chalicelib.kernel.settings import DECLARED, STAGE, UnsafeSetting, boot
    from chalicelib.messages.wiring import signing_keys

    monkeypatch.setenv("MOTCUA_SIGNATURE_LEVEL", "B-LT")
    monkeypatch.setenv("MOTCUA_KEYS_FOLDER", str(tmp_path))
    assert isinstance(signing_keys("trial"), CloudKeys)
    for name, value in (
        ("MOTCUA_KEYS_FOLDER", str(tmp_path)),
        ("MOTCUA_TIMESTAMP_URL", "http://127.0.0.1:8000/local/timestamps"),
        ("MOTCUA_SIGNATURE_LEVEL", "B-X"),
    ):
        with monkeypatch.context() as patch:
            for known in DECLARED.keys() - {STAGE.name}:  # what the embedded cloud set, each alone would be refused
                patch.delenv(known, raising=False)
            patch.setenv(name, value)
            boot.cache_clear()
            with pytest.raises(UnsafeSetting, match=name):
                boot()
    boot.cache_clear()


def signers_of(s3, bucket):
    """The first certificate of every chain in the register that is one: the cloud of the run registers its own."""
    listed = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="signers/")
    for key in (each["Key"] for page in listed for each in page["Contents"]):
        pem = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        if b"BEGIN CERTIFICATE" in pem:
            yield x509.load_pem_x509_certificates(pem)[0].public_bytes(Encoding.DER)


def test_every_registered_certificate_is_counted_down_and_one_that_cannot_be_read_keeps_no_other(stage, where):
    s3, bucket = (
        boto3.client("s3", endpoint_url=where["endpoint"], region_name=where["region"]),
        where["bucket.MessagesBucket"],
    )
    added = {"signers/agencies/H01.00.pem": b"a certificate", f"signers/agencies/{AGENCY}.png": b"a seal"}
    for key, body in added.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    found, expected = list(CloudKeys().certificates()), list(signers_of(s3, bucket))
    for key in added:
        s3.delete_object(Bucket=bucket, Key=key)
    assert CloudKeys().agency(AGENCY).certificate in found
    assert found == expected, "no picture, and no root"
