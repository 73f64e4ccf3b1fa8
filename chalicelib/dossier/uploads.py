"""Files of a draft that are none any more, as its version does not ask for them."""

from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Upload
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws

NOT_ASKED = "not_asked"


def leave_out(change: Change, component: Component) -> None:
    """A component is gone from a draft."""
    change.also(f"no more component {component.id}", aws.delete(TABLE(), (change.head.pk, f"COMPONENT#{component.id}")))


def refuse(change: Change, upload: Upload) -> None:
    """An upload is refused though it was accepted or awaited; its part is lost when it is not there."""
    reason = {
        "status": "refused",
        "reason_code": NOT_ASKED,
        "reason_vi": "Phiên bản thủ tục hiện hành không hỏi giấy tờ này",
        "reason_en": "The version of the procedure in force does not ask for this paper",
    }
    place = (change.head.pk, f"UPLOAD#{upload.id}")
    op = aws.update(TABLE(), place, put=reason, condition="attribute_exists(pk)")
    change.also(f"upload {upload.id}", op, upload)
