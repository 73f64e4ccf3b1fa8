"""What this capability asks of its environment."""

from typing import Final

from chalicelib.digitisation.fence import TABLE as MESSAGES_TABLE
from chalicelib.kernel.settings import setting

__all__ = ["INTAKE_BUCKET", "MACHINE", "MALWARE_SCAN", "MESSAGES_BUCKET", "MESSAGES_TABLE", "PUBLIC_URL"]

MACHINE: Final = setting("MOTCUA_DIGITISATION_MACHINE", "ARN of the state machine of scanned papers.")
INTAKE_BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
MESSAGES_BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
MALWARE_SCAN: Final = setting(
    "MOTCUA_MALWARE_SCAN",
    "Who scans what arrives for malware: `GUARDDUTY`, `clamd:` with a socket or host:port, `NONE`.",
)
PUBLIC_URL: Final = setting(
    "MOTCUA_PUBLIC_URL", "Base address: it stands on papers, in QR codes and in the types of problems."
)
