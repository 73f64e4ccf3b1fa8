"""One dossier of each kind of service, from its draft to its result (Decree 137/2024 Art. 8(5), rules R42, R44)."""

import pytest

from infra.demo import story
from tests.support.catalogue import PLAIN, opened
from tests.support.world import events

FORMS = {
    "1.001193": story.FORM,
    "S.000001": PLAIN,
    "U.000001": {
        "customer": "Cá nhân, hộ gia đình",
        "person": {"full_name": "Nguyễn Thị Bích Liễu", "personal_id": "001195012345"},
        "contact": {"phone": "0912345678"},
        "premises": {"address": "Thôn 3, xã Vĩnh Phước", "right": "Chủ sở hữu"},
        "purpose": "Sinh hoạt",
        "people": 4,
        "terms_read": True,
    },
}
KINDS = {"1.001193": "administrative_procedure", "S.000001": "public_non_business", "U.000001": "public_utility"}


@pytest.mark.rule("R42")
@pytest.mark.rule("R44", "non_business", "utility", "recorded")
@pytest.mark.parametrize("code", KINDS)
def test_a_dossier_of_each_kind_of_service_reaches_its_result(cloud, where, citizen, small_scan, code):
    service = citizen.get(f"/v1/services/{code}").ok().body
    assert (service["kind"], service["offered"]) == (KINDS[code], True)
    draft = opened(citizen, code)
    saved = story.fill(citizen, draft, FORMS[code]).ok().body
    assert saved["form_errors"] == []
    assert saved["online"]["level"] == service["online"]["level"]
    if code == story.PROCEDURE:
        assert story.checked(citizen, draft, story.upload(citizen, draft, small_scan))["status"] == "accepted"
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["missing"] == []
    reference = story.submit(citizen, draft).ok(201).body["reference"]
    story.through_the_desks(where, citizen, reference)
    done = story.until("the result", lambda: story.returned(citizen, reference))
    assert done["procedure"] == code
    documents = [d["id"] for d in citizen.get("/v1/vault/documents").ok().body["documents"]]
    assert documents == [done["vault_document"]] == done["results"]
    told = [e["data"] for e in events(where, reference) if "channel" in e["data"]]
    channels = {(each["channel"], each["service_channel"]) for each in told}
    assert channels == {("ONLINE", "authority_system")}, "recorded when the draft is opened and when it is received"
    assert citizen.get(f"/v1/dossiers/{reference}").ok().body["service_channel"] == "authority_system"


@pytest.mark.parametrize(("who", "asked"), [("person", 1), ("organisation", 1), ("", 0)])
def test_a_form_of_a_service_is_checked_by_its_own_rules(citizen, who, asked):
    form = {k: v for k, v in FORMS["U.000001"].items() if k != "person"}
    form |= {"customer": "Tổ chức"} if who != "person" else {"person": {"full_name": "7"}}
    if who == "organisation":
        form["organisation"] = {"name": "Hợp tác xã Sao Mai", "tax_code": "1"}
    saved = story.fill(citizen, opened(citizen, "U.000001"), form).ok().body
    broken = {e["pointer"] for e in saved["form_errors"]}
    assert broken
    assert len([p for p in broken if p.startswith(f"/{who}/")]) >= asked if who else broken == {"/organisation"}
    assert saved["form"]["needs_survey"] is False, "computed by the server"


def test_the_price_is_said_before_one_starts_and_no_fee(citizen):
    service = citizen.get("/v1/services/U.000001").ok().body
    assert [(p["amount"], p["unit_vi"]) for p in service["prices"]] == [(1_500_000, "lần"), (8_500, "m³")]
    assert service["fees"] == []
