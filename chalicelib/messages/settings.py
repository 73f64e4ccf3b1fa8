"""What the messages ask of the environment."""

from typing import Final

from chalicelib.kernel.settings import setting
from chalicelib.messages.levels import LEVELS

TABLE: Final = setting("MOTCUA_MESSAGES_TABLE", "Table of copies, conversions and signed data messages.")
BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
KEYS_FOLDER: Final = setting(
    "MOTCUA_KEYS_FOLDER",
    "Folder of local signing keys; only the local stage has one.",
    unsafe=lambda _: "signing keys in files are for the local stage only",
)
TIMESTAMP_URL: Final = setting(
    "MOTCUA_TIMESTAMP_URL",
    "Timestamp authority (RFC 3161) of a deployed stage.",
    unsafe=lambda value: "" if value.startswith("https://") else "a timestamp authority is asked over https",
)
SIGNATURE_LEVEL: Final = setting(
    "MOTCUA_SIGNATURE_LEVEL",
    "How far signatures can be proved later: `B-T`, `B-LT` or `B-LTA` of PAdES.",
    unsafe=lambda value: "" if value in LEVELS else "no level of PAdES that we make",
)
STAMP_DAYS: Final = setting(
    "MOTCUA_STAMP_DAYS", "Days before the end of a paper's last timestamp from which on it gets another."
)
CSC_URL: Final = setting(
    "MOTCUA_CSC_URL",
    "Remote signing service (Cloud Signature Consortium), ending in `/v1` or `/v2`; for keys that are not in KMS.",
    unsafe=lambda value: "" if value.startswith("https://") else "a signing service is asked over https",
)
CSC_CLIENT: Final = setting("MOTCUA_CSC_CLIENT", "What the remote signing service knows this installation by.")
CSC_SECRET: Final = setting("MOTCUA_CSC_SECRET", "The secret of that client, from Secrets Manager.")
REMOTE: Final = (CSC_URL, CSC_CLIENT, CSC_SECRET)
RETAIN_YEARS: Final = setting(
    "MOTCUA_RETAIN_YEARS", "Years for which nobody deletes a receipt or result, where law says none; 0: no end is set."
)
UNLOCKED: Final = "NONE"
LOCK_MODE: Final = setting(
    "MOTCUA_LOCK_MODE",
    "S3's object lock of receipts, results and heads of chains: `NONE`, `GOVERNANCE` or `COMPLIANCE`.",
)
PUBLIC_URL: Final = setting(
    "MOTCUA_PUBLIC_URL", "Base address: it stands on papers, in QR codes and in the types of problems."
)
