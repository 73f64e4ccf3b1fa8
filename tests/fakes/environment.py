"""The settings of a function on a developer's machine, for one test."""

from collections.abc import Iterator

import pytest

from chalicelib.kernel.settings import boot
from infra.local.shims import kms
from infra.stack.resources import TABLES, UNLOGGED

SETTINGS = {
    "MOTCUA_STAGE": "local",
    "MOTCUA_SECRET": "local-0123456789abcdef0123456789abcdef",
    **{f"MOTCUA_{table.upper()}_TABLE": table.lower() for table in (*TABLES, *UNLOGGED)},
    **{f"MOTCUA_{kind.upper()}_BUCKET": kind.lower() for kind in ("Intake", "Messages", "Exports", "Letters")},
    "MOTCUA_BUS": "bus",
    "MOTCUA_ONE_STOP_MACHINE": "arn:aws:states:ap-southeast-1:123456789012:stateMachine:OneStop",
    "MOTCUA_DELIVERY_MACHINE": "arn:aws:states:ap-southeast-1:123456789012:stateMachine:Delivery",
    "MOTCUA_DIGITISATION_MACHINE": "arn:aws:states:ap-southeast-1:123456789012:stateMachine:Digitisation",
    "MOTCUA_ISSUER": "http://127.0.0.1:8000/local/issuer",
    "MOTCUA_AUDIENCE": "motcua",
    "MOTCUA_JWKS_URL": "http://127.0.0.1:8000/local/issuer/jwks",
    "MOTCUA_OTHER_ISSUERS": "none",
    "MOTCUA_EXCHANGE_KEYS": "/nowhere",
    "MOTCUA_EXCHANGE_SECONDS": "300",
    "MOTCUA_TOKEN_TYPES": "at+jwt",
    "MOTCUA_TOKEN_LIFETIME": "86400",
    "MOTCUA_PORTALS": "none",
    "MOTCUA_OWN_CLIENTS": "sandbox-app",
    "MOTCUA_OFFICERS_KNOWN_FROM": "2099-01-01",
    "MOTCUA_KEYS_FOLDER": "/nowhere",
    "MOTCUA_PUBLIC_URL": "https://motcua.example.vn",
    "MOTCUA_ANCHOR_KEY": "/nowhere",
    "MOTCUA_SWEEP_DAYS": "90",
    "MOTCUA_SEALING_KEY": f"{kms.ARN[:-1]}2",  # a cloud of the same process has the other one
    "MOTCUA_SEALING_SECONDS": "300",
    "MOTCUA_DRAFT_DAYS": "30",
    "MOTCUA_DRIVEN_LEGS": "2",
    "MOTCUA_PLANS_BY_HASH": "1",
    "MOTCUA_RETAIN_YEARS": "0",
    "MOTCUA_LOCK_MODE": "NONE",
    "MOTCUA_MALWARE_SCAN": "NONE",
    "MOTCUA_READS_MINUTES": "60",
    "MOTCUA_READS_SUBJECTS": "60",
    "MOTCUA_READS_CLOSED": "10",
    "MOTCUA_VAULT_BYTES": "1073741824",
    "MOTCUA_VAULT_DOCUMENTS": "1000",
    "MOTCUA_DAY_LIMITS": "draft=10000,mandate=10000,own_upload=10000,petition=10000",
    "MOTCUA_TIMESTAMP_URL": "https://tsa.example.vn",
    "MOTCUA_SIGNATURE_LEVEL": "B-T",
    "MOTCUA_STAMP_DAYS": "365",
    "MOTCUA_REGISTERS_URL": "none",
    "MOTCUA_REGISTERS_KEY": "registers-0123456789abcdef",
    "MOTCUA_REGISTERS_SECONDS": "3",
    "MOTCUA_DELIVERY_URL": "none",
    "MOTCUA_DELIVERY_KEY": "delivery-0123456789abcdef",
    "MOTCUA_NATIONAL_PORTAL": "none",
    "MOTCUA_NATIONAL_PORTAL_KEY": "portal-0123456789abcdef",
    "MOTCUA_ID_APP": "none",
    "MOTCUA_ID_APP_KEY": "idapp-0123456789abcdef",
    "MOTCUA_NATIONAL_STORE": "none",
    "MOTCUA_NATIONAL_STORE_KEY": "store-0123456789abcdef",
    "MOTCUA_NOTICES": "none",
    "MOTCUA_NOTICES_KEY": "notices-0123456789abcdef",
    "MOTCUA_CSC_URL": "https://csc.example.vn/v2",
    "MOTCUA_CSC_CLIENT": "motcua",
    "MOTCUA_CSC_SECRET": "csc-0123456789abcdef0123456789abcdef",
}


@pytest.fixture(autouse=True)
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The local stage; import it into a conftest and every test beside it has it."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    boot.cache_clear()
    yield monkeypatch
    boot.cache_clear()
