"""What other rooms tell comes late and twice: a read model keeps the newest."""

from collections.abc import Mapping
from typing import Any

from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws


def newer(key: tuple[str, str], fields: Mapping[str, Any], at: str) -> aws.Op:
    """An item's new state, lost when what was told at this time or a later one wrote it."""
    return aws.update(
        TABLE(),
        key,
        put={**fields, "at": at},
        condition="attribute_not_exists(pk) OR #a < :newer",
        expect={"newer": at},
        reserved={"#a": "at"},
    )
