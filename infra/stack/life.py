"""How long what is kept, where a stage may say so (`docs/explanation/life-of-data.md`)."""

from typing import Any, Final

LOG_DAYS: Final = (400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""What CloudWatch takes of the days that cover the rule `logs.kept_months` of the law: 365 are no leap year's."""

LIFE: Final[dict[str, dict[str, Any]]] = {
    "DraftDays": {
        "Type": "Number",
        "Default": 30,
        "MinValue": 1,
        "Description": "Whole days that a draft is kept after its owner changed it; no text of law says how long",
    },
    "RetainYears": {
        "Type": "Number",
        "Default": 0,
        "MinValue": 0,
        "MaxValue": 100,
        "Description": "Years for which nobody deletes a receipt or result, where law says none; 0 sets no end",
    },
    "StampDays": {
        "Type": "Number",
        "Default": 365,
        "MinValue": 1,
        "Description": "Days before the end of a paper's last timestamp from which on it gets another",
    },
    "LockMode": {
        "Type": "String",
        "Default": "NONE",
        "AllowedValues": ["NONE", "GOVERNANCE", "COMPLIANCE"],
        "Description": "Object lock of receipts and results for RetainYears; COMPLIANCE can be undone by nobody",
    },
}
"""Parameters of the app stack."""
OF_LIFE: Final = {
    "MOTCUA_DRAFT_DAYS": "DraftDays",
    "MOTCUA_RETAIN_YEARS": "RetainYears",
    "MOTCUA_STAMP_DAYS": "StampDays",
    "MOTCUA_LOCK_MODE": "LockMode",
}
"""Setting of a function -> its parameter."""
