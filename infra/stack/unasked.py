"""Rights for what nobody asks of an installation in a common dossier: feeds, figures, notices, a vault taken away."""

from collections.abc import Mapping
from typing import Final

SEALED: Final = ("dynamodb:GetItem Sealing", "kms:Decrypt SealingKey")

UNASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "in a common dossier nobody follows dossiers": (
        "audit_sweep dynamodb:Query Subscriptions",
        *(
            f"{name} dynamodb:{right}"
            for name in ("outbox_publish", "outbox_replay")
            for right in ("BatchGetItem Dossiers", "PutItem Subscriptions", "UpdateItem Subscriptions")
        ),
        "outbox_replay dynamodb:BatchGetItem Subscriptions",
        *(
            f"{name} dynamodb:{right}"
            for name in ("subscriptions_api", "subscriptions_push")
            for right in (
                "BatchGetItem Dossiers",
                "DeleteItem Subscriptions",
                "GetItem Dossiers",
                "GetItem Subscriptions",
                "PutItem Subscriptions",
                "Query Dossiers",
                "UpdateItem Subscriptions",
            )
        ),
        "subscriptions_api dynamodb:BatchGetItem Subscriptions",
        "subscriptions_api dynamodb:Query Subscriptions",
        "subscriptions_push dynamodb:Query Subscriptions",  # by the clock, when a demo lasts for a minute
    ),
    "in a common dossier nobody reads figures, and none goes to another agency": (
        *(f"measures_api dynamodb:BatchGetItem {table}" for table in ("Dossiers", "Measures")),
        *(
            f"measures_api dynamodb:{right} {table}"
            for right in ("GetItem", "Query")
            for table in ("Dossiers", "Measures")
        ),
        "measures_api dynamodb:PutItem Messages",  # nor has them printed
        *(f"outbox_{name} dynamodb:DeleteItem Measures" for name in ("publish", "replay")),
        *(f"outbox_replay dynamodb:{right} Measures" for right in ("GetItem", "PutItem", "UpdateItem")),
        "outbox_replay dynamodb:Query Dossiers",
    ),
    "in a common dossier no other system reports figures": (
        "measures_api dynamodb:PutItem Measures",
        "measures_api s3:PutObject IntakeBucket/figures/*",
        "measures_api kms:GenerateDataKey PapersKey",
        *(f"measures_take_in dynamodb:{right} Measures" for right in ("GetItem", "PutItem", "Query")),
        "measures_take_in s3:GetObjectVersion IntakeBucket/figures/*",
    ),
    "in a common dossier nobody takes their vault away": (
        *(f"vault_make_takeout dynamodb:{name} Vaults" for name in ("GetItem", "PutItem", "Query", "UpdateItem")),
        *(f"vault_make_takeout s3:GetObjectVersion MessagesBucket/{name}/*" for name in ("papers", "results")),
        *(f"vault_make_takeout s3:{name} MessagesBucket/takeouts/*" for name in ("AbortMultipartUpload", "PutObject")),
        "vault_make_takeout s3:GetObjectVersion IntakeBucket/vaults/*",
        "vault_make_takeout kms:GenerateDataKey PapersKey",
    ),
    "in a common dossier no notice leaves the portal": (
        *(f"delivery_notify dynamodb:{name} Dossiers" for name in ("GetItem", "PutItem", "Query", "UpdateItem")),
        "delivery_notify dynamodb:Query Dossiers/index/worklist",
        *(f"delivery_notify {right}" for right in SEALED),
        *(f"delivery_notify {right}" for right in ("ses:SendEmail", "sns:Publish")),
        "outbox_publish dynamodb:PutItem Dossiers",
        "outbox_replay dynamodb:PutItem Dossiers",
    ),
    "in a common dossier nobody asks about their data": (
        *(
            f"identity_watch_requests dynamodb:{name} Identity"
            for name in ("DeleteItem", "GetItem", "PutItem", "UpdateItem")
        ),
        "identity_watch_requests dynamodb:Query Identity/index/listed",
        "vault_keep_upload dynamodb:DeleteItem Vaults",
        "vault_keep_upload dynamodb:Query Vaults",
    ),
    "in a common dossier no national ID app is connected": (
        *(f"delivery_integrate dynamodb:{name} Dossiers" for name in ("GetItem", "PutItem", "Query", "UpdateItem")),
        *(f"delivery_integrate dynamodb:{name} Ledgers" for name in ("GetItem", "PutItem", "UpdateItem")),
        "delivery_integrate dynamodb:Query Dossiers/index/worklist",
        *(f"delivery_integrate s3:GetObjectVersion MessagesBucket/{name}/*" for name in ("papers", "results")),
        *(f"delivery_integrate {right}" for right in SEALED),
        "delivery_api dynamodb:Query Dossiers/index/sought",
    ),
    "in a common dossier no national portal is connected": (
        *(f"delivery_synchronise dynamodb:{name} Dossiers" for name in ("GetItem", "Query", "UpdateItem")),
        "delivery_synchronise dynamodb:Query Dossiers/index/worklist",
        *(f"delivery_synchronise {right}" for right in SEALED),
        "delivery_api dynamodb:BatchGetItem Dossiers",
        "delivery_api dynamodb:Query Dossiers/index/worklist",
        *(
            f"outbox_{name} dynamodb:{right} Dossiers"
            for name in ("publish", "replay")
            for right in ("GetItem", "UpdateItem")
        ),
    ),
}
