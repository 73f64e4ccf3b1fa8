"""The settings of the audit. It reads every table that has chains, and writes none of them."""

from typing import Final

from chalicelib.audit.fence import TABLE
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.settings import setting
from chalicelib.ledger.table import TABLE as LEDGERS

MESSAGES: Final = setting("MOTCUA_MESSAGES_TABLE", "Table of copies, conversions and signed data messages.")
VAULTS: Final = setting("MOTCUA_VAULTS_TABLE", "Table of the vaults of persons and organisations.")
CATALOGUE: Final = setting("MOTCUA_CATALOGUE_TABLE", "Table of published procedures.")
IDENTITY: Final = setting(
    "MOTCUA_IDENTITY_TABLE", "Table of mandates, of agencies' officers, and of what registers said."
)
SUBSCRIPTIONS: Final = setting(
    "MOTCUA_SUBSCRIPTIONS_TABLE", "Table of subscriptions, and of the feeds that they keep alive."
)
INTAKE_BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
MESSAGES_BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
IN_KMS: Final = "arn:"
ANCHOR_KEY: Final = setting(
    "MOTCUA_ANCHOR_KEY",
    "HMAC key of the anchors in KMS, by its ARN; in the local stage the file that holds it.",
    unsafe=lambda value: "" if value.startswith(IN_KMS) else "a deployed stage anchors with a key in KMS",
)
UNLOCKED: Final = "NONE"
LOCK_MODE: Final = setting(
    "MOTCUA_LOCK_MODE",
    "S3's object lock of receipts, results and heads of chains: `NONE`, `GOVERNANCE` or `COMPLIANCE`.",
)
SWEEP_DAYS: Final = setting("MOTCUA_SWEEP_DAYS", "Days within which every chain is looked at again.")

CHAINS: Final = (DOSSIERS, MESSAGES, VAULTS, LEDGERS, CATALOGUE, IDENTITY, SUBSCRIPTIONS)
NEEDS: Final = (TABLE, *CHAINS, INTAKE_BUCKET, MESSAGES_BUCKET, ANCHOR_KEY, SWEEP_DAYS, LOCK_MODE)
