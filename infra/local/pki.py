"""The certificates of the local stage: a test root, one identity per agency and officer, a timestamping authority.

Nothing here has legal value; the root says so in its name. One file holds one identity (key, certificate, chain) and is
put in place by a rename, so a run killed at any point leaves whole identities, and the next run makes the rest.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chalicelib.messages.bearers import GOVERNMENT
from chalicelib.messages.fence import is_safe_id
from chalicelib.messages.keys import NO_LEGAL_VALUE
from infra.local.folder import make, private

ROOT_NAME = f"Một Cửa LOCAL TEST ROOT - {NO_LEGAL_VALUE}"
TSA_NAME = f"Một Cửa LOCAL TEST TSA - {NO_LEGAL_VALUE}"
ORGANISATION = "Một Cửa LOCAL TEST"

_ROOT_LIFE = timedelta(days=20 * 365)
_TSA_LIFE = timedelta(days=15 * 365)
_SIGNER_LIFE = timedelta(days=3 * 365)
_BACKDATED = timedelta(days=1)  # clocks of two machines differ
_RENEW_BEFORE = timedelta(days=30)
_NAME_BYTES = 64  # upper bound of a common name (X.520), which cryptography counts in bytes


class _Identity(NamedTuple):
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


def ensure_pki(
    folder: Path,
    *,
    agencies: Mapping[str, str],
    officers: Mapping[str, str],
    now: datetime,
    serving: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Make whatever is missing in `folder`: root, TSA, `ca.pem`, and an identity for each id -> name given.

    A certificate says whether it is an agency's or a person's; `serving` has the agency of an officer, where told.

    Idempotent, and safe beside another process doing the same. An identity is made again when its name changed, when
    `now` (aware) is outside its validity or within 30 days of its end, or when another root issued it. Identities not
    listed are left. Raises `ValueError` for an id that cannot be a file name.
    """
    wanted = {Path("agencies") / f"{_checked(i)}.pem": agency_subject(i, name) for i, name in agencies.items()}
    for i, name in officers.items():
        wanted[Path("officers") / f"{_checked(i)}.pem"] = officer_subject(i, name, serving.get(i, ""))
    for part in (folder, folder / "agencies", folder / "officers"):
        make(part)
    with _alone(folder):
        root = _read(folder / "root.pem")
        if root is None or not _current(root, _subject(ROOT_NAME), now, root):
            root = _root(now)
            _put(folder / "root.pem", _pem(root))
        _put_if_other(folder / "ca.pem", root.certificate.public_bytes(serialization.Encoding.PEM))
        _ensure(folder / "tsa.pem", _subject(TSA_NAME), now, root, tsa=True)
        for path, subject in wanted.items():
            _ensure(folder / path, subject, now, root, tsa=False)


def _checked(identifier: str) -> str:
    if not is_safe_id(identifier):
        raise ValueError(f"not usable as an id: {identifier!r}")
    return identifier


def _ensure(path: Path, subject: x509.Name, now: datetime, root: _Identity, *, tsa: bool) -> None:
    found = _read(path)
    if found is None or not _current(found, subject, now, root):
        made = _issue(subject, now, root, tsa=tsa)
        _put(path, _pem(made, root.certificate))


def _current(found: _Identity, subject: x509.Name, now: datetime, root: _Identity) -> bool:
    certificate = found.certificate
    if certificate.subject != subject or certificate.public_key() != found.key.public_key():
        return False
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - _RENEW_BEFORE:
        return False
    try:
        certificate.verify_directly_issued_by(root.certificate)
    except Exception:  # noqa: BLE001 - any doubt about the issuer means a new certificate
        return False
    return True


def _root(now: datetime) -> _Identity:
    key = _key()
    builder = _builder(_subject(ROOT_NAME), key.public_key(), now, _ROOT_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(ca=True), critical=True)
    return _Identity(key, builder.sign(key, hashes.SHA256()))


def _issue(subject: x509.Name, now: datetime, root: _Identity, *, tsa: bool) -> _Identity:
    key = _key()
    builder = _builder(subject, key.public_key(), now, _TSA_LIFE if tsa else _SIGNER_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(ca=False), critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    builder = builder.add_extension(issuer, critical=False)
    if tsa:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return _Identity(key, builder.sign(root.key, hashes.SHA256()))


def _key() -> rsa.RSAPrivateKey:
    """RSA-2048: pdfsig, openssl and pyHanko's timestamping stand-in (RSA only) all take it."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _builder(subject: x509.Name, key: rsa.RSAPublicKey, now: datetime, life: timedelta) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_subject(ROOT_NAME))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def agency_subject(identifier: str, name: str) -> x509.Name:
    """The subject of an agency's certificate, as `messages.bearers` reads it."""
    return _subject(name, (NameOID.ORGANIZATION_IDENTIFIER, f"{GOVERNMENT}{identifier}"))


def officer_subject(identifier: str, name: str, agency: str) -> x509.Name:
    """The subject of an officer's certificate; `agency` may be empty."""
    serves = [(NameOID.ORGANIZATION_IDENTIFIER, f"{GOVERNMENT}{agency}")] if agency else []
    return _subject(name, (NameOID.USER_ID, identifier), *serves)


def _subject(name: str, *more: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    own = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, ORGANISATION),
        (NameOID.COMMON_NAME, _fitted(name)),
    ]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in (*own, *more)])


def _fitted(name: str) -> str:
    """The name, cut at a letter to what a common name may hold."""
    if len(name.encode()) <= _NAME_BYTES:
        return name
    return name.encode()[: _NAME_BYTES - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(identity: _Identity, *chain: x509.Certificate) -> bytes:
    key = identity.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key + b"".join(c.public_bytes(serialization.Encoding.PEM) for c in (identity.certificate, *chain))


def _read(path: Path) -> _Identity | None:
    """The identity in a file, or None when there is none that can be read."""
    try:
        pem = path.read_bytes()
        # Ours: its primes were proved when it was made, and whether it fits the certificate is asked below.
        key = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
        certificate = x509.load_pem_x509_certificates(pem)[0]
    except (OSError, ValueError):
        return None
    return _Identity(key, certificate) if isinstance(key, rsa.RSAPrivateKey) else None


def _put_if_other(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        _put(path, content)


def _put(path: Path, content: bytes) -> None:
    """Write beside, flush to disk, rename: a reader sees the old file or the new one, never a part."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One maker at a time; the kernel drops the lock with the process, however it ends."""
    with open(folder / ".lock", "w", encoding="utf-8", opener=private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
