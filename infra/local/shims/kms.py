"""KMS of moto 5.2.5: the key that wraps the keys of dossiers survives a restart, with the data that it is for.

Replaces:
- `models.generate_private_key` for symmetric keys: stock moto draws an RSA key of 2,048 bits for each, which nothing
  asks it for, and that is a tenth of a second of processor time.

Stock moto keeps keys in memory only and draws their material, so a key of the data folder's own material is put among
them.
"""

from typing import Any, Final

from moto.kms import models
from moto.kms.models import kms_backends

from infra.local.names import ACCOUNT, REGION
from infra.local.shims.site import Site

stock_models: Any = models  # Any: it is patched below

_KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/"
SYMMETRIC: Final = "SYMMETRIC_DEFAULT"
ARN: Final = f"{_KEY}5ea11000-0000-4000-8000-000000000001"


def restore(material: bytes, arn: str = ARN) -> None:
    """The wrapping key of a data folder into memory, under its name; `material` has 32 bytes."""
    backend = kms_backends[ACCOUNT][REGION]
    made = backend.create_key(None, "ENCRYPT_DECRYPT", SYMMETRIC, "keys of dossiers", None)
    del backend.keys[made.id]
    made.id, made.arn, made.key_material = arn.removeprefix(_KEY), arn, material
    backend.keys[made.id] = made


def patch(site: Site) -> None:
    """Replace what is named above."""
    del site  # with or without a cloud
    stock = stock_models.generate_private_key
    stock_models.generate_private_key = lambda key_spec: None if key_spec == SYMMETRIC else stock(key_spec)
