"""Rights that no call of a whole dossier shows, beside those in `rights.py`: each under the reason why it is needed."""

from collections.abc import Mapping
from typing import Final

_SENDS: Final = ("delivery_send", "delivery_sweep")
_SEALED: Final = ("dynamodb:GetItem Sealing", "kms:Decrypt SealingKey")

RARE: Final[Mapping[str, tuple[str, ...]]] = {
    "a draft that nobody changed for a month": (
        "submission_sweep_drafts dynamodb:DeleteItem Dossiers",
        "submission_sweep_drafts dynamodb:GetItem Dossiers",
        "submission_sweep_drafts dynamodb:PutItem Dossiers",
        "submission_sweep_drafts dynamodb:Query Dossiers",
        "submission_sweep_drafts dynamodb:UpdateItem Dossiers",
        "submission_sweep_drafts dynamodb:UpdateItem Sealing",
        "submission_sweep_drafts s3:DeleteObjectVersion IntakeBucket/uploads/*",
        "submission_sweep_drafts s3:ListBucketVersions IntakeBucket",
    ),
    "in the demo the vault alone has the result": (
        *(
            f"delivery_api {right}"
            for right in (
                "dynamodb:ConditionCheckItem Identity",
                "dynamodb:GetItem Dossiers",
                "dynamodb:PutItem Dossiers",
                "dynamodb:Query Dossiers",
                "dynamodb:UpdateItem Dossiers",
                "dynamodb:UpdateItem Sealing",
                "kms:GenerateDataKey SealingKey",
                *_SEALED,
            )
        ),
        *(
            f"{name} {right}"
            for name in _SENDS
            for right in (
                "dynamodb:GetItem Dossiers",
                "dynamodb:GetItem Ledgers",
                "dynamodb:PutItem Dossiers",
                "dynamodb:PutItem Ledgers",
                "dynamodb:Query Dossiers",
                "dynamodb:UpdateItem Dossiers",
                "dynamodb:UpdateItem Ledgers",
                "s3:GetObjectVersion MessagesBucket/results/*",
                *_SEALED,
            )
        ),
        "onestop_record_delivery dynamodb:Query Dossiers",
    ),
}
