"""The dossier that is counted: two papers, one agency, every request that somebody needs, and none to wait."""

from collections.abc import Callable, Sequence
from typing import Final

from infra.demo import story
from infra.demo.client import Client, fetch
from infra.demo.run import BIRTH_SCAN, RESIDENCE_SCAN
from infra.demo.scans import make_scan
from infra.local.cloud import LocalCloud

TOLD: Final = (
    "the applicant looks at the procedure and its form, opens a draft, uploads one paper and looks at its verdict",
    "the applicant saves the form and submits",
    "the scanner of reception drops the second paper",
    "reception lists the copies, opens one, signs it; the paper is read, coded and converted",
    "reception lists its tasks, opens the dossier and the first paper, receives",
    "the officer who verifies lists the tasks, opens the dossier, verifies",
    "the applicant looks at the dossier and at the draft of the result, and confirms it",
    "the one who approves lists the tasks, opens the dossier, approves",
    "the applicant looks at the dossier and at the receipt, and opens the result in the vault",
)


BESIDE: Final = ("app", "post", "counter")
"""Where the result goes of the dossier that says what destinations beside the vault use more."""
HOME: Final = {"name": "Nguyễn Thị Hoa", "phone": "0912345678", "address": "số 12, thôn Đông, xã Vĩnh Phước"}


def live(cloud: LocalCloud, beside: Sequence[str] = ()) -> str:
    """One dossier's life, with a result that goes to these destinations too; answers its reference."""
    where = cloud.where()
    me = story.citizen(where, **story.somebody())
    reference = _submitted(cloud, me)
    _digitised(cloud, story.officer(where, "reception"), reference)
    for way in beside:
        wished = {"destination": way} | ({"address": HOME} if way == "post" else {})
        me.post(f"/v1/dossiers/{reference}/deliveries", wished).ok(201)
    for kind, role, outcome in story.STEPS:
        desk = story.officer(where, role)
        if kind == "approve" and story.confirm(me, reference):
            cloud.wait_idle()
        task, component = _opened(desk, reference, kind)
        if kind == "receive":
            fetch(desk.get(f"/v1/dossiers/{reference}/components/{component}").ok().body["url"])
        story.complete(desk, task, outcome).ok()
        cloud.wait_idle()
    if "counter" in beside:
        desk, handed = story.officer(where, "reception"), {"to": "applicant", "proof": "signature", "paper": "print"}
        desk.post(f"/v1/dossiers/{reference}/deliveries/counter/handover", handed).ok()
        cloud.wait_idle()
    done = me.get(f"/v1/dossiers/{reference}").ok().body
    fetch(me.get(f"/v1/messages/{done['receipt']}").ok().body["url"])
    fetch(me.get(f"/v1/vault/documents/{done['vault_document']}").ok().body["url"])
    return reference


def _submitted(cloud: LocalCloud, me: Client) -> str:
    me.get(f"/v1/services/{story.PROCEDURE}").ok()
    me.get(f"/v1/services/{story.PROCEDURE}/form").ok()
    draft = str(story.open_draft(me).ok(201).body["reference"])
    story.upload(me, draft, make_scan(**BIRTH_SCAN).jpeg)
    cloud.wait_idle()
    me.get(f"/v1/drafts/{draft}").ok()
    story.fill(me, draft).ok()
    reference = str(story.submit(me, draft).ok(201).body["reference"])
    cloud.wait_idle()
    return reference


def _opened(desk: Client, reference: str, kind: str) -> tuple[str, str]:
    """The task as its officer finds it on the list, and the first paper of the dossier, which is opened."""
    task = _found(f"the task {kind}", lambda: story.task_of(desk, reference, kind))
    return task, str(story.dossier(desk, reference)["components"][0]["id"])


def _digitised(cloud: LocalCloud, desk: Client, reference: str) -> None:
    story.scanned(desk, reference, make_scan(**RESIDENCE_SCAN).jpeg, "KQ003785 xác nhận cư trú.jpg")
    cloud.wait_idle()
    copy = _found("the copy", lambda: story.copy_of(desk, reference))
    fetch(desk.get(f"/v1/copies/{copy}/file").ok().body["url"])
    story.sign_copy(desk, copy).ok(202)
    cloud.wait_idle()
    story.look_over(copy, desk)
    cloud.wait_idle()


def _found(what: str, look: Callable[[], str | None]) -> str:
    """What is there once the cloud is idle. Raises story.Stuck."""
    found = look()
    if found is None:
        raise story.Stuck(f"{what}: not there though the cloud is idle")
    return found
