"""A draft that may be submitted, as read from the items of its partition; standard library and msgspec only."""

from typing import Any

from chalicelib.dossier.reading import WHOLE, Dossier, dossier_of

AT = "2026-11-25T02:00:00.000+00:00"
OFFICE = {"id": "H01.10.24", "name": "Ủy ban nhân dân xã Vĩnh Phước", "one_stop": "Trung tâm", "place": "Vĩnh Phước"}


def draft(reference: str = "MC-1", *, holder: str, agency: str = OFFICE["id"], procedure: str = "1.001193") -> Dossier:
    """A draft of one component with its form filled in; its HEAD is as long as a real one."""
    head = {
        "state": 0, "version": 4, "seq": 4, "chain": "c" * 32, "created_at": AT,
        "procedure": procedure, "procedure_version": 1, "agency": agency, "holder": holder, "channel": "ONLINE",
        "form_version": 1, "form_sha256": "f" * 64, "sealed": "s" * 300, "expires_at": AT,
        "mine_pk": f"HOLDER#{holder}", "mine_sk": f"{AT}#{reference}", "shape": 1,
    }  # fmt: skip
    plan: dict[str, Any] = {
        "procedure": procedure, "version": 1, "min_level": 1, "name_vi": "n", "name_en": "n", "term": {"text": "1wd"},
        "route": [[{"leg": "commune", "agency": "@receiving"}]], "components": [], "level": "full",
        "result": {"template": "decision", "name_vi": "n"}, "notice_vi": "", "notice_en": "", "office": OFFICE,
    }  # fmt: skip
    component = {
        "id": "1" * 16, "code": "G15", "key": "uploads/1", "version_id": "v" * 32, "size": 400_000, "sha256": "a" * 64,
        "media_type": "image/jpeg", "filename": "giay.jpg", "pages": 1, "origin": "upload", "received_at": AT,
        "digitisation": {"status": "exempt", "code": "filed_online"}, "shape": 1,
    }  # fmt: skip
    items = {
        "HEAD": head,
        "PLAN": {"plan": plan, "shape": 1},
        "FORM": {"sealed": "-", "version": 1, "shape": 1},
        f"COMPONENT#{component['id']}": component,
    }
    found = dossier_of([{"pk": reference, "sk": sk, **item} for sk, item in items.items()], WHOLE)
    assert found is not None
    return found
