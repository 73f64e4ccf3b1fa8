"""Holdings of a vault and its access ledger, pure."""

from collections.abc import Mapping
from typing import Any

STORED, READ = "stored", "read"
HELD = ("code", "key", "version_id", "sha256", "size", "title", "procedure", "reference", "dossier_code", "agency")


def holding(data: Mapping[str, Any], at: str) -> dict[str, Any]:
    """A result as the vault holds it: the signed file by key, version and hash (Circular 01/2023 Art. 24(2)(d))."""
    return {
        "sk": f"DOC#{data['code']}",
        "id": data["code"],
        "provenance": "NATIVE_ESIGNED",
        "stored_at": at,
        **{k: data[k] for k in HELD},
    }


def access(number: int, act: str, document: str, by: str, basis: str, at: str) -> dict[str, Any]:
    """A line of the ledger: who did what to which document, on which ground."""
    return {"sk": f"ACCESS#{number:06d}", "act": act, "document": document, "by": by, "basis": basis, "at": at}
