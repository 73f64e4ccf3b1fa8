"""Key and condition by which another room's transaction proves that a document of a vault may be shared or reused."""

from typing import Final

from chalicelib.kernel import aws
from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_VAULTS_TABLE", "Table of the vaults of persons and organisations.")
"""Declared here: another capability's transaction loads the fence and nothing else of the vault."""
_WHOLE: Final = "attribute_exists(pk) AND attribute_not_exists(withdrawn_at) AND attribute_not_exists(replaced_by)"
_VALID: Final = f"{_WHOLE} AND (attribute_not_exists(valid_until) OR valid_until >= :today)"


def partition(owner: str) -> str:
    """Where an owner's vault stands; `owner` is a keyed hash."""
    return f"OWNER#{owner}"


def document_key(owner: str, document: str) -> tuple[str, str]:
    """Where a document of an owner's vault stands."""
    return partition(owner), f"DOC#{document}"


def usable(owner: str, document: str, today: str) -> aws.Op:
    """A condition that fails a transaction unless the document is there, neither withdrawn nor replaced, and valid.

    `today` is a day of Viet Nam. Its owner may share what they uploaded themselves; to be reused is `reusable`.
    """
    return aws.check(TABLE(), document_key(owner, document), _VALID, {"today": today})


def reusable(owner: str, document: str, today: str) -> aws.Op:
    """As `usable`, and an agency stands for it: an own upload is no agency's result before one converts it."""
    by_agency = "(attribute_not_exists(provenance) OR provenance <> :own)"
    expect = {"today": today, "own": "SELF_UPLOADED"}
    return aws.check(TABLE(), document_key(owner, document), f"{_VALID} AND {by_agency}", expect)
