"""KMS of moto 5.2.5: the key that wraps the keys of dossiers survives a restart, with the data that it is for.

Replaces nothing: stock moto keeps keys in memory only and draws their material, so a key of the data folder's own
material is put among them.
"""

from typing import Final

from moto.kms.models import kms_backends

from infra.local.names import ACCOUNT, REGION

_KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/"
ARN: Final = f"{_KEY}5ea11000-0000-4000-8000-000000000001"


def restore(material: bytes, arn: str = ARN) -> None:
    """The wrapping key of a data folder into memory, under its name; `material` has 32 bytes."""
    backend = kms_backends[ACCOUNT][REGION]
    made = backend.create_key(None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "keys of dossiers", None)
    del backend.keys[made.id]
    made.id, made.arn, made.key_material = arn.removeprefix(_KEY), arn, material
    backend.keys[made.id] = made
