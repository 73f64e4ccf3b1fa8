"""What other rooms tell comes late and twice: a read model keeps the newest."""

from collections.abc import Mapping
from typing import Any

from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws


def newer(key: tuple[str, str], fields: Mapping[str, Any], at: str | int, *, by: str = "at") -> aws.Op:
    """An item's new state, lost when what was told at this time or a later one wrote it.

    `by` is the attribute that says so: when it was told, or the version of the record that told it.
    """
    return aws.update(
        TABLE(),
        key,
        put={**fields, by: at},
        condition="attribute_not_exists(pk) OR #a < :newer",
        expect={"newer": at},
        reserved={"#a": by},
    )
