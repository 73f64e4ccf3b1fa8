"""What comes in wrongly: the rule that was broken is named, in the reader's language, and nothing happens."""

import json
import uuid
from itertools import product

import pytest
import requests

from chalicelib.kernel.endpoint import JSON
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.counter import paper
from tests.support.index_sheet import sheet
from tests.support.planned import plan_of
from tests.support.sample import sampled
from tests.support.world import NOBODYS, officer_of

FORM_TYPE = "application/x-www-form-urlencoded"
NO_PROCEDURE = "9.999999"
VERSION = f"/v1/catalogue/procedures/{NO_PROCEDURE}/versions/1"
FACTS = {"code": NO_PROCEDURE, "name_vi": "Thủ tục không có", "kind": "administrative_procedure"}
TOLD = {"reason": "maintenance", "text_vi": "Bảo trì hệ thống", "text_en": "Maintenance"}
NO_OFFICER = f"/v1/officers/{'0' * 32}"
NO_OUTAGE = "/v1/outages/0123456789abcdef"
OFFICE = {"name": "Ủy ban nhân dân", "level": "commune", "valid_from": "2026-01-01"}
OTHER = {"kind": "CITIZEN", "identity": "001093054321", "name": "Trần Văn Thưởng"}
CHILD = {"name": "Không Ai", "born_on": "2020-05-05", "personal_id": "079220777999"}
NO_MANDATE = "/v1/mandates/MD-0000000000000000"
VALID = {
    "drafts": {"procedure": story.PROCEDURE, "agency": story.AGENCY},
    "uploads": {"component": story.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 10},
    "renewal": {},
    "holders": {"name": "Trần Văn Thưởng", "personal_id": "001093054321"},
    "holding": {},
    "documents": {"component": story.BIRTH_NOTICE, "document": "nothing"},
    "lookups": {"papers": [{"component": story.BIRTH_NOTICE}]},
    "lookup-files": {"component": story.BIRTH_NOTICE, "file": "0" * 16},
    "grants": {
        "document": "nothing",
        "receiver": {"kind": "agency", "identity": story.AGENCY},
        "purpose": "administrative_procedure",
        "until": "2199-01-01T00:00:00Z",
    },
    "links": {"document": "nothing", "purpose": "proof", "until": "2199-01-01T00:00:00Z"},
    "grant-withdrawal": {},
    "received-links": {"code": "0" * 32},
    "dossiers": {"draft": NOBODYS, "declares_true": True},
    "more-uploads": {"component": story.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 10},
    "dossier-supplement": {"fields": {"/child/full_name": "Khác"}},
    "objection": {"reason": "Không đúng"},
    "form": {"form": {}},
    "receptions": {name: value for name, value in paper().items() if name not in ("papers", "form")},
    "complete": {"outcome": "accepted"},
    "dossier-withdrawal": {},
    "dossier-originals/{original}/handover": {"name": "Lý Oanh"},
    "dossier-originals/{original}/return": {"to": "applicant", "proof": "signature"},
    "dossier-deliveries": {"destination": "counter"},
    "dossier-deliveries/{destination}/handover": {"to": "applicant", "proof": "signature", "paper": "print"},
    "dossier-deliveries/{destination}/retry": {},
    "dossier-deliveries/{destination}/withdrawal": {},
    "dossier-notices/sendings/{sending}/retry": {},
    "dossier-synchronisation/redelivery": {},
    "app-paper-showing": {},
    "app-paper-withdrawal": {},
    "app-paper-retry": {},
    "app-paper-hand": {},
    "dossier-messages": {"text": "Xin hỏi"},
    "dossier-messages/read": {"up_to": 1},
    "assign": {"officer": "0" * 32},
    "elevation": {},
    "dossier-payment/request": {"amount": 150000, "reason": "Lệ phí cấp giấy phép"},
    "dossier-payment": {"proof": "BL-0017"},
    "dossier-payment/confirmation": {},
    "dossier-confirmation": {"confirmed": True},
    "dossier-rating": {"satisfied": True},
    "consultations": {"agency": "H01.10.25", "content": "Đề nghị cho ý kiến về cư trú", "deadline": "2wd"},
    "dossier-correction": {"reason": "Ngày sinh in sai do nhập liệu"},
    "dossier-upstream": {"leg": "birth", "reason": "Ngày sinh không khớp giấy chứng sinh"},
    "dossier-extension": {"term": "3wd", "reason": "Cơ quan phối hợp chưa trả lời"},
    "claim": {},
    "release": {},
    "signature": {"compared_with_original": True},
    "signatures": {"compared_with_original": True, "copies": [f"{NOBODYS}.x"]},
    "rejection": {"reason": "unreadable"},
    "decline": {},
    "answer": {"verb": "confirm"},
    "answers": {"answers": [{"field": "ho_ten", "verb": "confirm"}]},
    "sorting": {"component": "KQ003785"},
    "drops": {"filename": "a.jpg", "media_type": "image/jpeg"},
    "acknowledgement": {"seen": True},
    "archives": {"name": "1998", "index": sheet({})},
    "versions": {"based_on": "record"},
    "version": {"facts": FACTS},
    "handover": {},
    "review": {"accepted": True},
    "publication": {"effective_from": "2026-12-01"},
    "withdrawal": {"reason": "Thủ tục bị bãi bỏ"},
    "catalogue-drafts": {"codes": [NO_PROCEDURE]},
    "handovers": {"versions": [{"code": NO_PROCEDURE, "version": 1}]},
    "reviews": {"versions": [{"code": NO_PROCEDURE, "version": 1}], "accepted": True},
    "publications": {"versions": [{"code": NO_PROCEDURE, "version": 1}], "effective_from": "2026-12-01"},
    "component": {"row": 1},
    "transfer": {"to": "H01.10.25"},
    "guidance": {
        "procedure": NO_PROCEDURE,
        "text_vi": "Bỏ",
        "text_en": "Drop",
        "basis": "Nghị quyết",
        "due": "2199-01-01",
    },
    "guidance-end": {"said": "done"},
    "plans": plan_of(story.AGENCY),
    "plan": plan_of(story.AGENCY),
    "plan-review": {"accepted": True},
    "plan-issue": {"number": "1/KH", "day": "2025-01-02"},
    "plan-services/{service}": {"said": "under_way"},
    "acceptance": {},
    "end": {},
    "agency": {"entries": [OFFICE]},
    "code": {"entries": []},
    "outages": {"starts_at": "2026-12-10T22:00:00+07:00", "ends_at": "2026-12-10T23:00:00+07:00", **TOLD},
    "outage": {"ends_at": "2026-12-11T01:00:00+07:00", "why": "Bảo trì lâu hơn dự kiến"},
    "mandates": {"role": "represented", "other": OTHER, "procedures": [story.PROCEDURE]},
    "mandate": {"procedures": [story.PROCEDURE]},
    "representations": {"ground": "parent", **CHILD},
    "register": {"procedure": NO_PROCEDURE, "born_on": "1995-04-12"},
    "numbers": {"born_on": "1995-04-12"},
    "organisation": {},
    "dossier-slips": {},
    "prints": {},
    "withdrawal-of-paper": {"decision": "12/QĐ-UBND", "reason": "court"},
    "withdrawal-of-paper-confirmation": {"proposal": 1, "verdict": "confirm"},
    "verifications": {"sha256": "ab" * 32},
    "registers": {"first_day": "2026-11-01", "last_day": "2026-11-02"},
    "reports": {"period": "2026-11"},
    "persons": {"kind": "died", **CHILD},
    "organisations": {"kind": "locked", "organisation": "9900000000"},
    "confirmation": {"terms": 1},
    "refusal": {"terms": 1},
    "revocation": {"reason": "Không còn cần"},
    "evidence": {"terms": 1, "media_type": "image/png", "size": 10},
    "check": {"terms": 1},
    "submandates": {"other": OTHER, "procedures": [story.PROCEDURE]},
    "outage-withdrawal": {"why": "Không bảo trì nữa"},
    "officers": {"subject": "officer-x", "name": "X", "roles": [{"role": "scanning", "valid_from": "2026-01-01"}]},
    "import": {"rows": [{"subject": "y", "name": "Y", "roles": "scanning", "valid_from": "2026-01-01"}]},
    "officer": {},
    "officer-confirmation": {"version": 1},
    "absences": {"valid_from": "2199-01-01", "valid_to": "2199-01-02"},
    "return": {"on": "2199-01-01"},
    "leaving": {"left_on": "2199-01-01", "hand_over_to": "0" * 32},
    "subscriptions": {"url": "https://nhan.example.vn/"},
    "secrets": {},
    "redelivery": {"after": ""},
    "data-requests": {"kind": "view", "agency": story.AGENCY, "words": "Xin xem dữ liệu về tôi"},
    "data-answer": {},
    "data-extension": {"reason": "Nhiều hồ sơ"},
    "data-decision": {"outcome": "done", "reason": "Đã thực hiện"},
    "petitions": {"kind": "petition", "about": "rules", "agency": story.AGENCY, "words": "Xin hỏi"},
    "petition-supply": {"words": "Ngày 20"},
    "petition-withdrawal": {},
    "petition-acceptance": {},
    "petition-forwarding": {"to": story.AGENCY},
    "petition-question": {"words": "Ngày nào?"},
    "petition-prolongation": {"reason": "Nhiều bên liên quan"},
    "petition-answer": {"words": "Đã trả lời"},
    "petition-refusal": {"reason": "Trùng nội dung", "basis": "Điều 10"},
    "petition-publication": {"question": "Hỏi", "answer": "Đáp"},
    "petition-retraction": {"ground": "wrong", "reason": "Sai nội dung"},
    "petition-erasure": {"ground": "retention", "basis": "Điều 14"},
    "petition-erasure/confirmation": {"proposed_at": "2026-12-01T08:00:00+07:00", "decision": "confirm"},
    "petition-withholding": {"reason": "Lộ danh tính"},
    "takeouts": {"dossier_code": "H01.10.24-20261125-9999999"},
    "own-uploads": {"title": "Bằng lái xe", "media_type": "application/pdf", "size": 10},
    "erasure": {},
    "figures": {
        "system": "one-stop",
        "dialect": "portal_report",
        "version": 1,
        "rows": [
            {
                "departmentId": story.AGENCY,
                "timeType": "year",
                "year": 2025,
                "formula": "monitoring-2026",
                "indicator": "online_share",
                "numerator": 1,
                "denominator": 2,
            }
        ],
    },
    "figure-drops": {"system": "one-stop", "dialect": "portal_report", "version": 1, "file": "a.csv"},
}
"""A body of each route that takes one, by the last word of its path; these alone name nothing that is there."""


OPTIONAL = {
    "takeouts",
    "lookups",
    "officer",
    "redelivery",
    "subscriptions",
    "dossier-withdrawal",
    "dossier-confirmation",
    "dossier-supplement",
}
"""Bodies that may change any of their fields, or leave all of them out."""
MANDATE = ("confirmation", "refusal", "revocation", "submandates", "evidence")
KEEPING = ("handover", "review", "publication", "withdrawal")


def name_of(route):
    """The name of a route's body here: the last word of its path, of an outage's or of a dossier's with that word
    before it, of drafts of versions with that of the catalogue, of an officer's confirmation with that before it."""
    last = route.path.rsplit("/", 1)[1].strip("{}")
    whole = {
        "/v1/messages/{message}/withdrawal": "withdrawal-of-paper",
        "/v1/messages/{message}/withdrawal/confirmation": "withdrawal-of-paper-confirmation",
        "/v1/catalogue/drafts": "catalogue-drafts",
        "/v1/catalogue/guidance/{guidance}/end": "guidance-end",
        "/v1/vault/grants/{grant}/withdrawal": "grant-withdrawal",
        "/v1/received/links": "received-links",
        "/v1/me/app/papers/{document}/showing": "app-paper-showing",
        "/v1/me/app/papers/{document}/withdrawal": "app-paper-withdrawal",
        "/v1/app/papers/{paper}/retry": "app-paper-retry",
        "/v1/app/papers/{paper}/hand": "app-paper-hand",
        "/v1/vault/uploads": "own-uploads",
        "/v1/figures/drops": "figure-drops",
        "/v1/drafts/{reference}/lookups/files": "lookup-files",
        "/v1/me/data/requests": "data-requests",
        "/v1/dossiers/{dossier}/uploads": "more-uploads",
        "/v1/dossiers/{dossier}/supplement/objection": "objection",
    }
    if route.path in whole:
        return whole[route.path]
    if route.path.endswith("/holders/confirmation"):
        return "holding"
    if route.path.endswith("{officer}/confirmation"):
        return "officer-confirmation"
    things = {
        "/v1/dossiers/{dossier}/": "dossier",
        "/v1/catalogue/plans/{plan}/": "plan",
        "/v1/data/requests/{request}/": "data",
        "/v1/petitions/{petition}/": "petition",
        "/v1/me/petitions/{petition}/": "petition",
    }
    for place, thing in things.items():
        if route.path.startswith(place):
            return f"{thing}-{route.path.removeprefix(place)}"
    return f"outage-{last}" if "/{outage}/" in route.path else last


@pytest.fixture(scope="module")
def send(cloud):
    """`send(name, body, **headers)`: a body to the route of that name, by somebody whose role it is."""
    where = cloud.where()
    me, desk = story.citizen(where, **story.somebody()), officer_of(where, story.AGENCY, "reception")
    draft = story.open_draft(me).ok(201).body["reference"]
    scanner = officer_of(where, story.AGENCY, "scanning")
    system = Client.login(where, sub="figures", kind="SERVICE", name="S", agency=story.AGENCY, roles=["integration"])
    leader = officer_of(where, story.AGENCY, "leader")
    keeper = officer_of(where, story.AGENCY, "editor", "reviewer", "publisher", "administrator")
    routes = {
        "drafts": (me, "POST", "/v1/drafts"),
        "uploads": (me, "POST", f"/v1/drafts/{draft}/uploads"),
        "holders": (me, "POST", f"/v1/drafts/{draft}/holders"),
        "holding": (me, "POST", f"/v1/drafts/{draft}/holders/confirmation"),
        "documents": (me, "POST", f"/v1/drafts/{draft}/documents"),
        "renewal": (me, "POST", f"/v1/drafts/{draft}/renewal"),
        "lookups": (me, "POST", f"/v1/drafts/{draft}/lookups"),
        "lookup-files": (me, "POST", f"/v1/drafts/{draft}/lookups/files"),
        "grants": (me, "POST", "/v1/vault/grants"),
        "links": (me, "POST", "/v1/vault/links"),
        "grant-withdrawal": (me, "POST", "/v1/vault/grants/GR-0000000000000000/withdrawal"),
        "takeouts": (me, "POST", "/v1/vault/takeouts"),
        "data-requests": (me, "POST", "/v1/me/data/requests"),
        **{
            f"data-{name}": (leader, "POST", f"/v1/data/requests/DR-0000000000000000/{name}")
            for name in ("answer", "extension", "decision")
        },
        "petitions": (me, "POST", "/v1/me/petitions"),
        **{
            f"petition-{name}": (me, "POST", f"/v1/me/petitions/PK-0000000000000000/{name}")
            for name in ("supply", "withdrawal")
        },
        **{
            name: (leader, "POST", f"/v1/petitions/PK-0000000000000000/{name.removeprefix('petition-')}")
            for name in VALID
            if name.startswith("petition-") and name not in ("petition-supply", "petition-withdrawal")
        },
        "app-paper-showing": (me, "POST", "/v1/me/app/papers/nothing-KQ1/showing"),
        "app-paper-withdrawal": (me, "POST", "/v1/me/app/papers/nothing-KQ1/withdrawal"),
        "app-paper-retry": (leader, "POST", "/v1/app/papers/nothing/retry"),
        "app-paper-hand": (leader, "POST", "/v1/app/papers/nothing/hand"),
        "own-uploads": (me, "POST", "/v1/vault/uploads"),
        "erasure": (me, "POST", "/v1/vault/documents/UP-0000000000000000/erasure"),
        "received-links": (me, "POST", "/v1/received/links"),
        "dossiers": (me, "POST", "/v1/dossiers"),
        "more-uploads": (me, "POST", f"/v1/dossiers/{NOBODYS}/uploads"),
        "dossier-supplement": (me, "POST", f"/v1/dossiers/{NOBODYS}/supplement"),
        "objection": (me, "POST", f"/v1/dossiers/{NOBODYS}/supplement/objection"),
        "form": (me, "PUT", f"/v1/drafts/{draft}/form"),
        "receptions": (desk, "POST", "/v1/receptions"),
        "complete": (desk, "POST", f"/v1/tasks/{NOBODYS}.0-commune.receive/complete"),
        "dossier-withdrawal": (me, "POST", f"/v1/dossiers/{NOBODYS}/withdrawal"),
        "dossier-rating": (me, "POST", f"/v1/dossiers/{NOBODYS}/rating"),
        "dossier-confirmation": (me, "POST", f"/v1/dossiers/{NOBODYS}/confirmation"),
        "consultations": (leader, "POST", f"/v1/tasks/{NOBODYS}.0-commune.approve/consultations"),
        "assign": (leader, "POST", f"/v1/tasks/{NOBODYS}.0-commune.receive/assign"),
        "elevation": (leader, "POST", f"/v1/tasks/{NOBODYS}.0-commune.receive/elevation"),
        **{
            f"dossier-{name}": (
                officer,
                "POST",
                f"/v1/dossiers/{NOBODYS}/{name.format(original=1, destination='counter', sending='1.sms.app')}",
            )
            for name, officer in (
                ("originals/{original}/handover", desk),
                ("originals/{original}/return", desk),
                ("deliveries", desk),
                ("deliveries/{destination}/handover", desk),
                ("deliveries/{destination}/retry", desk),
                ("deliveries/{destination}/withdrawal", me),
                ("notices/sendings/{sending}/retry", desk),
                ("synchronisation/redelivery", desk),
                ("messages", desk),
                ("messages/read", desk),
                ("payment/request", desk),
                ("payment", desk),
                ("payment/confirmation", desk),
                ("extension", leader),
                ("correction", leader),
                ("upstream", leader),
            )
        },
        "claim": (desk, "POST", f"/v1/tasks/{NOBODYS}.0-commune.receive/claim"),
        "release": (desk, "POST", f"/v1/tasks/{NOBODYS}.0-commune.receive/release"),
        "signature": (desk, "POST", f"/v1/copies/{NOBODYS}.x/signature"),
        "signatures": (desk, "POST", "/v1/copies/signatures"),
        "rejection": (desk, "POST", f"/v1/copies/{NOBODYS}.x/rejection"),
        "decline": (desk, "POST", f"/v1/copies/{NOBODYS}.x/rejection/decline"),
        "sorting": (desk, "POST", f"/v1/copies/{NOBODYS}.x/sorting"),
        "answer": (desk, "POST", f"/v1/reviews/{NOBODYS}.x/fields/ho_ten/answer"),
        "answers": (desk, "POST", f"/v1/reviews/{NOBODYS}.x/answers"),
        "drops": (scanner, "POST", "/v1/drops"),
        "archives": (scanner, "POST", "/v1/archives"),
        "figures": (system, "POST", "/v1/figures"),
        "figure-drops": (system, "POST", "/v1/figures/drops"),
        "acknowledgement": (desk, "POST", "/v1/drops/0123456789abcdef/acknowledgement"),
        "versions": (keeper, "POST", VERSION.removesuffix("/1")),
        "version": (keeper, "PUT", VERSION),
        **{name: (keeper, "POST", f"{VERSION}/{name}") for name in KEEPING},
        "component": (keeper, "PUT", f"{VERSION.removesuffix('/versions/1')}/restructuring/x"),
        "transfer": (keeper, "POST", f"{VERSION.removesuffix('/versions/1')}/transfer"),
        "acceptance": (keeper, "POST", f"{VERSION.removesuffix('/versions/1')}/transfer/acceptance"),
        "end": (keeper, "POST", f"{VERSION.removesuffix('/versions/1')}/transfer/end"),
        "guidance": (keeper, "POST", "/v1/catalogue/guidance"),
        "guidance-end": (keeper, "PUT", "/v1/catalogue/guidance/0123456789abcdef/end"),
        "plans": (keeper, "POST", "/v1/catalogue/plans"),
        "plan": (keeper, "PUT", "/v1/catalogue/plans/0123456789abcdef"),
        **{
            f"plan-{name}": (keeper, "PUT", f"/v1/catalogue/plans/0123456789abcdef/{name.format(service='x')}")
            for name in ("review", "issue", "services/{service}")
        },
        "catalogue-drafts": (keeper, "POST", "/v1/catalogue/drafts"),
        "handovers": (keeper, "POST", "/v1/catalogue/handovers"),
        "reviews": (keeper, "POST", "/v1/catalogue/reviews"),
        "publications": (keeper, "POST", "/v1/catalogue/publications"),
        "mandates": (me, "POST", "/v1/mandates"),
        "representations": (me, "POST", "/v1/representations"),
        "register": (me, "POST", "/v1/me/register"),
        "numbers": (me, "POST", "/v1/me/numbers"),
        "organisation": (me, "POST", "/v1/me/organisation"),
        "dossier-slips": (desk, "POST", f"/v1/dossiers/{NOBODYS}/slips"),
        "registers": (desk, "POST", "/v1/messages/registers"),
        "reports": (leader, "POST", f"/v1/measures/{story.AGENCY}/reports"),
        "prints": (desk, "POST", "/v1/messages/RECEIPT.none/prints"),
        "withdrawal-of-paper": (leader, "POST", "/v1/messages/RECEIPT.none/withdrawal"),
        "withdrawal-of-paper-confirmation": (leader, "POST", "/v1/messages/RECEIPT.none/withdrawal/confirmation"),
        "verifications": (me, "POST", "/v1/verifications"),
        "persons": (keeper, "POST", "/v1/registers/persons"),
        "organisations": (keeper, "POST", "/v1/registers/organisations"),
        "mandate": (me, "PUT", NO_MANDATE),
        **{name: (me, "POST", f"{NO_MANDATE}/{name}") for name in MANDATE},
        "check": (me, "POST", f"{NO_MANDATE}/evidence/check"),
        "agency": (keeper, "PUT", "/v1/agencies/H99.99"),
        "code": (keeper, "PUT", f"/v1/agencies/{story.AGENCY}/counters/9.999999"),
        "outages": (keeper, "POST", "/v1/outages"),
        "outage": (keeper, "PATCH", NO_OUTAGE),
        "outage-withdrawal": (keeper, "POST", NO_OUTAGE + "/withdrawal"),
        "officers": (keeper, "POST", "/v1/officers"),
        "import": (keeper, "POST", "/v1/officers/import"),
        "officer": (keeper, "PATCH", NO_OFFICER),
        "officer-confirmation": (keeper, "POST", NO_OFFICER + "/confirmation"),
        **{name: (keeper, "POST", f"{NO_OFFICER}/{name}") for name in ("absences", "return", "leaving")},
        "subscriptions": (keeper, "POST", "/v1/subscriptions"),
        **{name: (keeper, "POST", f"/v1/subscriptions/SUB-0/{name}") for name in ("secrets", "redelivery")},
    }

    def send(name, body, **headers):
        who, method, path = routes[name]
        versioned = method != "POST" or name in ("dossier-supplement", "answer", "answers")
        return who.call(method, path, body, version=0 if versioned else None, **headers)

    return send


# --- bodies ------------------------------------------------------------------------------------------------------


def test_every_body_of_the_api_is_in_this_matrix(routes):
    assert {name_of(r) for r in routes if r.body and r.takes == JSON} == set(VALID)


NO_JSON = [b"", b"{", b'{"a": 1,}', b"\xef\xbb\xbf{}", b'{"a": "\\ud800"}', b"[" * 40, b"nul", b"{}{}"]


@pytest.mark.parametrize(("name", "text"), sampled(product(VALID, NO_JSON), 160))
def test_malformed_json_is_422(send, name, text):
    assert rules(send(name, text)) == {"": "json_invalid"}


TWICE = [
    ("drafts", '{"procedure": "1.001193", "agency": "H01.10.24", "agency": "H01.10.25"}', "/agency"),
    ("drafts", '{"procedure": "1.001193", "agency": "H01.10.24", "\\u0061gency": "H01.10.25"}', "/agency"),
    ("dossiers", '{"draft": "x", "declares_true": true, "declares_true": true}', "/declares_true"),
    ("form", '{"form": {"child": {"full_name": "A:", "full_name": "B"}}}', "/form"),
    ("form", '{"form": {"Bí Mật": 1, "Bí Mật": 2}}', "/form"),
    ("drafts", '{"Bí Mật": 1, "Bí Mật": 2}', ""),
    ("review", '{"accepted": true, "findings": [{"note": ""}, {"note": "x", "note": "y"}]}', "/findings/1/note"),
    ("version", '{"facts": {"components": [{"code": "a", "code": "b"}]}}', "/facts/components/0/code"),
]


@pytest.mark.parametrize(("name", "text", "place"), TWICE)
def test_a_name_that_comes_twice_is_refused_by_its_place_but_never_by_a_name_of_the_users_own(send, name, text, place):
    answer = send(name, text.encode())
    assert rules(answer) == {place: "duplicate_key"}
    assert "Bí Mật" not in json.dumps(answer.body, ensure_ascii=False)


def test_a_colon_in_a_text_is_no_name(send):
    assert send("drafts", b'{"procedure": "1.001193", "agency": "H01.10.24", "channel": "ONLINE" }').status == 201
    problem(send("dossiers", {"draft": 'a":: "b', "declares_true": True}), 404, "not_found")


TOO_DEEP = [b"[" * 100_000, b"[" * 60 + b"]" * 60, b'{"a":' * 60 + b"1" + b"}" * 60]


@pytest.mark.parametrize(("name", "deep"), sampled(product(VALID, TOO_DEEP), 60))
def test_a_body_that_is_nested_too_deep_is_refused(send, name, deep):
    assert rules(send(name, deep)) == {"": "too_deep"}


def test_a_form_may_be_nested_as_deep_as_a_body_and_no_deeper(send):
    deep = lambda levels: json.loads("[" * levels + "]" * levels)  # noqa: E731 - one expression, used at once
    assert rules(send("form", {"form": {"child": deep(47)}})) == {"": "too_deep"}
    assert send("form", {"form": {"child": deep(46)}}).status in (200, 412)


@pytest.mark.parametrize(("name", "body"), sampled(product(VALID, [[], "text", 1, None, True]), 100))
def test_json_that_is_no_object_is_422(send, name, body):
    assert set(rules(send(name, json.dumps(body).encode()))) == {""}


@pytest.mark.parametrize("name", VALID)
def test_an_unknown_field_is_named(send, name):
    assert rules(send(name, VALID[name] | {"admin": True})) == {"/admin": "extra_forbidden"}
    awkward = rules(send(name, VALID[name] | {"a/b~c": 1}))
    assert awkward == {"/a~1b~0c": "extra_forbidden"}


@pytest.mark.parametrize("name", VALID)
def test_every_required_field_is_named_when_it_is_missing(send, name):
    if needed := VALID[name] if name not in OPTIONAL else {}:
        assert rules(send(name, {})) == {f"/{k}": "missing" for k in needed}
    elif name == "dossier-confirmation":
        assert rules(send(name, {})) == {"/confirmed": "one_of"}  # to confirm, or to say what is wrong
    elif name == "subscriptions":
        assert send(name, {}).status == 201  # whoever names no address asks for events
    elif name in ("lookups", "renewal"):
        # whoever names no paper looks for all that are missing; a draft of the version in force stays as it is
        assert send(name, {}).status == 200
    elif name == "takeouts":
        assert send(name, {}).status in (
            202,
            409,
        )  # whoever names no dossier takes everything, unless that is under way
    elif name == "organisation":
        problem(send(name, {}), 403, "organisation_needed")  # it asks about the one for which somebody acts
    else:
        problem(send(name, {}), 404, "not_found")


WRONG = [
    ("drafts", "procedure", 1001193, "string_type"),
    ("drafts", "procedure", "khai-sinh", "string_pattern_mismatch"),
    ("drafts", "procedure", "1.001193\n", "string_pattern_mismatch"),
    ("drafts", "agency", None, "string_type"),
    ("drafts", "agency", "h01", "string_pattern_mismatch"),
    ("drafts", "agency", "H01" + ".1" * 20, "string_too_long"),
    ("drafts", "channel", "TELEPATHY", "literal_error"),
    ("documents", "component", "x" * 61, "string_too_long"),
    ("documents", "document", "", "string_too_short"),
    ("lookups", "papers", [{"component": story.BIRTH_NOTICE}] * 41, "too_long"),
    ("lookup-files", "component", "", "string_too_short"),
    ("lookup-files", "number", "x" * 61, "string_too_long"),
    ("lookup-files", "file", "../../etc/passwd", "string_pattern_mismatch"),
    ("takeouts", "dossier_code", "x" * 61, "string_too_long"),
    ("petitions", "kind", "letter", "literal_error"),
    ("petitions", "about", "weather", "literal_error"),
    ("petitions", "agency", "h01", "string_pattern_mismatch"),
    ("petitions", "words", "", "string_too_short"),
    ("petitions", "words", "x" * 8001, "string_too_long"),
    ("petitions", "earlier", "PK-1", "string_pattern_mismatch"),
    ("petition-forwarding", "to", "h01", "string_pattern_mismatch"),
    ("data-requests", "kind", "forget", "literal_error"),
    ("data-requests", "agency", "h01", "string_pattern_mismatch"),
    ("data-requests", "words", "", "string_too_short"),
    ("data-requests", "words", "x" * 4001, "string_too_long"),
    ("data-extension", "reason", "", "string_too_short"),
    ("data-decision", "outcome", "later", "literal_error"),
    ("data-decision", "reason", "", "string_too_short"),
    ("data-decision", "basis", "x" * 301, "string_too_long"),
    ("takeouts", "after", 1, "string_type"),
    ("grants", "document", 7, "string_type"),
    ("grants", "until", "2026-12-25T00:00:00", "timezone_aware"),
    ("links", "until", "soon", "datetime_from_date_parsing"),
    ("received-links", "code", "", "string_too_short"),
    ("uploads", "component", "x" * 61, "string_too_long"),
    ("uploads", "filename", "", "string_too_short"),
    ("uploads", "filename", "x" * 201, "string_too_long"),
    ("uploads", "filename", {"name": "a"}, "string_type"),
    ("uploads", "media_type", "x" * 101, "string_too_long"),
    ("holders", "name", "", "string_too_short"),
    ("holders", "name", "x" * 101, "string_too_long"),
    ("holders", "personal_id", "123", "string_pattern_mismatch"),
    ("holders", "personal_id", 1093054321, "string_type"),
    ("uploads", "size", "many", "int_type"),
    ("uploads", "size", [1], "int_type"),
    ("uploads", "size", None, "int_type"),
    ("uploads", "size", 1.5, "int_type"),
    ("dossiers", "draft", "x" * 41, "string_too_long"),
    ("dossiers", "draft", 7, "string_type"),
    ("dossiers", "declares_true", False, "literal_error"),
    ("dossiers", "declares_true", "true", "literal_error"),
    ("form", "form", [], "dict_type"),
    ("form", "form", None, "dict_type"),
    ("form", "form", "{}", "dict_type"),
    ("assign", "officer", "officer-1", "string_pattern_mismatch"),
    ("assign", "name", "x" * 121, "string_too_long"),
    ("complete", "outcome", "rejected", "literal_error"),
    ("complete", "outcome", 1, "literal_error"),
    ("complete", "note", "x" * 501, "string_too_long"),
    ("complete", "note", ["x"], "string_type"),
    ("signature", "compared_with_original", False, "literal_error"),
    ("signature", "compared_with_original", "yes", "literal_error"),
    ("signatures", "compared_with_original", False, "literal_error"),
    ("signatures", "copies", [], "too_short"),
    ("signatures", "copies", ["x"] * 101, "too_long"),
    ("answers", "answers", [], "too_short"),
    ("answers", "answers", [{"field": "ho_ten", "verb": "confirm"}] * 51, "too_long"),
    ("answers", "answers", {}, "list_type"),
    ("archives", "name", "x" * 201, "string_too_long"),
    ("archives", "index", "", "string_too_short"),
    ("archives", "days", 0, "greater_than_equal"),
    ("archives", "days", "30", "int_type"),
    ("versions", "based_on", "nothing", "literal_error"),
    ("version", "form", [], "dict_type"),
    ("review", "accepted", "perhaps", "bool_parsing"),
    ("review", "findings", {}, "list_type"),
    ("publication", "effective_from", "01/12/2026", "date_from_datetime_parsing"),
    ("publication", "effective_from", "1999-12-31", "greater_than_equal"),
    ("publication", "effective_from", "2200-01-01", "less_than"),
    ("catalogue-drafts", "codes", [], "too_short"),
    ("catalogue-drafts", "codes", [NO_PROCEDURE] * 26, "too_long"),
    ("catalogue-drafts", "codes", ["khong co"], "string_pattern_mismatch"),
    ("handovers", "versions", [{"code": NO_PROCEDURE, "version": 1}] * 26, "too_long"),
    ("handovers", "only_whole", "có", "bool_parsing"),
    ("reviews", "versions", [], "too_short"),
    ("reviews", "versions", [{"code": NO_PROCEDURE, "version": 1}] * 26, "too_long"),
    ("publications", "effective_from", "2200-01-01", "less_than"),
    ("withdrawal", "reason", "vì", "string_too_short"),
    ("agency", "entries", [], "too_short"),
    ("code", "entries", {}, "list_type"),
    ("outages", "starts_at", "2026-12-10T22:00:00", "timezone_aware"),
    ("outages", "starts_at", "9999-12-31T23:59:59-12:00", "moment_range"),
    ("outages", "ends_at", "tomorrow", "datetime_from_date_parsing"),
    ("outages", "services", ["khai-sinh"], "string_pattern_mismatch"),
    ("outages", "reason", 7, "string_type"),
    ("outages", "reason", "x" * 41, "string_too_long"),
    ("outages", "fallback_vi", "x" * 1001, "string_too_long"),
    ("drafts", "service_channel", "telex", "literal_error"),
    ("outage", "ends_at", "2026-12-10T22:00:00", "timezone_aware"),
    ("outage", "why", "vì", "string_too_short"),
    ("outage", "force_majeure", "x" * 501, "string_too_long"),
    ("mandates", "role", "giver", "literal_error"),
    ("representations", "ground", "aunt", "literal_error"),
    ("representations", "name", "", "string_too_short"),
    ("representations", "born_on", "2020-02-30", "date_from_datetime_parsing"),
    ("representations", "born_on", "1899-12-31", "greater_than_equal"),
    ("representations", "personal_id", "12345", "string_pattern_mismatch"),
    ("register", "fields", ["person"], "string_pattern_mismatch"),
    ("register", "fields", ["a.b"] * 51, "too_long"),
    ("persons", "kind", "renumbered", "literal_error"),
    ("organisations", "organisation", "x y", "string_pattern_mismatch"),
    ("mandates", "procedures", ["khai sinh"], "string_pattern_mismatch"),
    ("mandates", "procedures", [NO_PROCEDURE] * 51, "too_long"),
    ("mandates", "may", ["vote"], "literal_error"),
    ("mandates", "storage", "NOWHERE", "literal_error"),
    ("mandates", "form", "oral", "literal_error"),
    ("mandates", "other", OTHER | {"identity": "12345"}, "value_error"),
    ("mandates", "other", OTHER | {"kind": "ORGANISATION"}, "value_error"),
    ("mandates", "starts_on", "01/12/2026", "date_from_datetime_parsing"),
    ("mandate", "ends_on", "2200-01-01", "moment_range"),
    ("mandate", "for_one_act", "perhaps", "bool_parsing"),
    ("confirmation", "terms", "1", "int_type"),
    ("confirmation", "terms", 0, "greater_than_equal"),
    ("refusal", "terms", 1_000_000, "less_than"),
    ("evidence", "media_type", "text/html", "literal_error"),
    ("evidence", "size", 0, "greater_than_equal"),
    ("evidence", "size", 20 * 1024 * 1024 + 1, "less_than_equal"),
    ("check", "terms", "1", "int_type"),
    ("revocation", "reason", "vì", "string_too_short"),
    ("revocation", "reason", "x" * 501, "string_too_long"),
    ("submandates", "other", None, "model_type"),
    ("outage-withdrawal", "why", "     ", "blank"),
    *(
        (name, field, text, "string_pattern_mismatch")
        for name, field in (
            ("officers", "name"),
            ("officers", "subject"),
            ("officers", "position"),
            ("officer", "name"),
            ("holders", "name"),
            ("assign", "name"),
            ("archives", "name"),
        )
        for text in ("Lý\nOanh", "Lý\x00Oanh", "Lý\x85Oanh", "Lý\u2028Oanh", "Oanh\n")
    ),
    ("outage-withdrawal", "why", "x" * 501, "string_too_long"),
]


@pytest.mark.parametrize(("name", "field", "value", "rule"), WRONG)
def test_a_value_that_breaks_a_rule_is_named_with_it(send, name, field, value, rule):
    (place, found), *more = rules(send(name, VALID[name] | {field: value})).items()
    assert (place.removesuffix("/0"), found, more) == (f"/{field}", rule, [])


@pytest.mark.parametrize("value", ["412345", "10", True])
def test_a_size_is_a_whole_number_as_the_description_says(send, value):
    assert set(rules(send("uploads", VALID["uploads"] | {"size": value}))) == {"/size"}


def test_several_broken_fields_are_named_at_once(send):
    assert rules(send("uploads", {"component": 1, "filename": "", "size": "x", "more": 1})) == {
        "/component": "string_type",
        "/filename": "string_too_short",
        "/media_type": "missing",
        "/size": "int_type",
        "/more": "extra_forbidden",
    }


def told(answer):
    body = problem(answer, answer.status)
    return {"": body["title"]} | {e["pointer"]: e["message"] for e in body.get("errors", [])}


@pytest.mark.parametrize(("name", "field", "value", "rule"), [*WRONG, ("form", "more", 1, "extra_forbidden")])
def test_each_rule_is_told_in_vietnamese_and_in_english(send, name, field, value, rule):
    body = VALID[name] | {field: value}
    vi, en = (send(name, body, Accept_Language=language) for language in ("vi", "en"))
    assert (vi.headers["Content-Language"], en.headers["Content-Language"]) == ("vi", "en")
    assert told(vi).keys() == told(en).keys()
    for pointer, sentence in told(vi).items():
        assert sentence != told(en)[pointer]
        assert rule not in sentence, "a rule's name is no sentence"
        assert told(en)[pointer].isascii()


@pytest.mark.parametrize(
    ("header", "language"),
    [("en-GB,en;q=0.9", "en"), ("EN", "en"), ("vi-VN", "vi"), ("fr", "vi"), ("", "vi"), ("*", "vi"), ("x" * 300, "vi")],
)
def test_vietnamese_unless_english_is_asked_for(send, header, language):
    answer = send("drafts", {}, Accept_Language=header)
    assert answer.headers["Content-Language"] == language


def test_what_was_typed_is_never_repeated(send):
    secret = "Nguyễn Thị Bí Mật 001195099999"
    for name, valid in VALID.items():
        for body in ({secret: 1}, {field: [secret] for field in valid}, secret, [secret]):
            answer = send(name, json.dumps(body).encode())
            shown = json.dumps([e["message"] for e in answer.body.get("errors", ())], ensure_ascii=False)
            assert "Bí Mật" not in shown
            assert "001195099999" not in shown


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "01", "+1", "0x10", ".5"])
def test_what_is_no_json_number_is_refused(send, number):
    assert set(rules(send("form", f'{{"form": {{"child": {number}}}}}'.encode()))) == {""}


# --- sizes, types, methods, paths -------------------------------------------------------------------------------


def test_a_body_over_the_limit_is_refused(send):
    assert rules(send("form", {"form": {"child": {"full_name": "x" * 200_001}}})) == {"": "max_bytes"}
    problem(send("form", b" " * (10 * 1024 * 1024 + 1)), 413)


def test_a_body_of_another_type_is_415(send):
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", FORM_TYPE, "application/jsonx"):
        for name, valid in VALID.items():
            problem(send(name, valid, Content_Type=kind), 415, "type_not_supported")


def test_json_with_a_charset_is_json(send):
    assert send("drafts", VALID["drafts"], Content_Type="application/json; charset=utf-8").status == 201


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "PUT", "POST", "GET", "HEAD", "TRACE", "LINK"])
def test_a_method_that_a_path_does_not_have_is_405(where, citizen, routes, method):
    has = {}
    for route in routes:
        has.setdefault(route.path, set()).update({"GET": ("GET", "HEAD")}.get(route.method, (route.method,)))
    for path, methods in has.items():
        if method in methods:
            continue
        answer = citizen.call(method, path.replace("{", "").replace("}", ""), {} if method == "POST" else None)
        assert answer.status == 405
        assert set(answer.headers["Allow"].split(", ")) >= methods
        if method != "HEAD":
            problem(answer, 405, "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    ["/v1/", "/v1/nothing", "/v1/drafts/x/y/z", "/v2/drafts", "/v1//dossiers", "/nothing", "/v1/%00"],
)
def test_an_unknown_path_is_404(citizen, path):
    problem(citizen.get(path), 404, "not_found")


ASKED = {
    "/v1/services/{code}/fee": "?channel=ONLINE&province=H01",
    "/v1/figures/versions": f"?unit={story.AGENCY}&period=2026-11",
    "/v1/measures/{unit}": "?period=2026-11",
    "/v1/measures/{unit}/dossiers": "?period=2026-11&count=late",
    "/v1/measures/{unit}/findings": "?period=2026-11",
    "/v1/measures/{unit}/petitions": "?period=2026-11&count=petitions_late",
}
"""What a route cannot answer without."""


@pytest.mark.parametrize(
    "name", sampled(["x" * 3000, "%2e%2e%2f", "a%00b", "%C3%A9", "%FF", "MC-%23", "%20", "MC-", "CODE%23x"], 3)
)
def test_a_strange_name_in_a_path_is_404_and_breaks_nothing(where, citizen, routes, name):
    desk = officer_of(where, story.AGENCY, "reception", "processing", "leader", "scanning")
    keeper = officer_of(where, story.AGENCY, "editor", "reviewer", "publisher", "administrator")
    for route in routes:
        if "{" not in route.path or route.takes != JSON:  # the form of a page: tests/http/test_look.py
            continue
        path = "/".join(name if part.startswith("{") else part for part in route.path.split("/"))
        body = VALID[name_of(route)] if route.body else None
        path += ASKED.get(route.path, "")
        for who in (citizen, desk, keeper):
            answer = who.call(route.method, path, body, version=0)
            named = answer.status == 422 and set(rules(answer)) <= {"/facts/code", "/entries/0/id"}
            assert named or answer.status in (403, 404), (answer.status, route.path, answer.body)


def test_what_is_no_utf8_is_400(send):
    problem(send("drafts", b'{"procedure": "\xff\xfe"}'), 400)


# --- keys and versions -------------------------------------------------------------------------------------------


def test_every_post_needs_an_idempotency_key(send, routes):
    keyed = [name_of(r) for r in routes if r.keyed]
    assert len(keyed) >= 10
    for name in keyed:
        problem(send(name, VALID[name], key=""), 400, "key_missing")


def test_a_key_has_a_longest_length(send):
    assert problem(send("drafts", VALID["drafts"], key="k" * 201), 400, "key_missing")["limit"] == 200
    assert send("drafts", VALID["drafts"], key="k" * 200).status == 201


def test_a_change_without_the_version_it_was_made_on_is_428(citizen, draft):
    problem(citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": {}}), 428, "version_missing")


@pytest.mark.parametrize("text", ['"x"', "*", "-1", "1.0", "\u00b2", "9" * 5000, '"0", "1"', "W/0"])
def test_a_version_that_is_none_is_412(citizen, draft, text):
    answer = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": {}}, If_Match=text)
    problem(answer, 412, "lost_update")


def test_a_change_on_a_stale_version_is_412_and_says_the_current_one(citizen, draft):
    story.fill(citizen, draft, {"requester": {"relationship": "Mẹ"}}, 0).ok()
    lost = problem(story.fill(citizen, draft, {}, 0), 412, "lost_update")
    assert lost["current_version"] == 1
    kept = citizen.get(f"/v1/drafts/{draft}").ok()
    assert (kept.body["form"], kept.headers["ETag"]) == ({"requester": {"relationship": "Mẹ"}}, '"1"')
    assert story.fill(citizen, draft, {}, lost["current_version"]).ok().body["form_version"] == 2


def test_the_same_key_opens_one_draft(citizen):
    key = uuid.uuid4().hex
    one, two = (story.open_draft(citizen, key=key).ok(201) for _ in range(2))
    assert one.body == two.body
    problem(story.open_draft(citizen, key=key, agency="H01.10.25"), 409, "key_reused")
    assert len(citizen.get("/v1/dossiers").ok().body["dossiers"]) == 1


def test_a_key_belongs_to_its_person(where, citizen):
    other, key = story.citizen(where, **story.somebody()), uuid.uuid4().hex
    one, two = (story.open_draft(who, key=key).ok(201).body["reference"] for who in (citizen, other))
    assert one != two


def test_the_same_key_announces_one_upload(citizen, draft):
    key = uuid.uuid4().hex
    one, two = (story.announce(citizen, draft, b"x", key=key).ok(201).body["id"] for _ in range(2))
    assert one == two
    problem(story.announce(citizen, draft, b"xy", key=key), 409, "key_reused")
    assert len(citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"]) == 1


# --- procedures, agencies, announcements ------------------------------------------------------------------------


def test_an_unknown_procedure_or_agency_is_404(citizen):
    unknown = {"procedure": "9.999999", "agency": story.AGENCY}
    assert problem(citizen.post("/v1/drafts", unknown), 404, "not_found")["what"] == "procedure"
    assert problem(story.open_draft(citizen, agency="H99.99.99"), 404, "not_found")["what"] == "agency"
    problem(citizen.get("/v1/services/9.999999"), 404, "not_found")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"media_type": "text/plain"}, {"/media_type": "accepted_types"}),
        ({"media_type": "image/svg+xml"}, {"/media_type": "accepted_types"}),
        ({"media_type": ""}, {"/media_type": "blank"}),
        ({"size": 0}, {"/size": "max_bytes"}),
        ({"size": -1}, {"/size": "max_bytes"}),
        ({"size": 20 * 1024 * 1024 + 1}, {"/size": "max_bytes"}),
        ({"size": 10**30}, {"/size": "max_bytes"}),
        ({"component": "000.00.00.G15-KQ999999"}, {"/component": "unknown"}),
        ({"component": "UNCLASSIFIED", "size": 0}, {"/component": "unknown", "/size": "max_bytes"}),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_when_it_is_announced(citizen, draft, change, expected):
    assert rules(citizen.post(f"/v1/drafts/{draft}/uploads", VALID["uploads"] | change)) == expected
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"] == []


def test_a_draft_takes_forty_files(citizen, draft):
    for _ in range(40):
        story.announce(citizen, draft, b"x").ok(201)
    assert rules(story.announce(citizen, draft, b"x")) == {"": "max_uploads"}


# --- one shape for every refusal --------------------------------------------------------------------------------


def test_every_refusal_has_the_one_shape(where, citizen, send):
    for answer in (
        Client(where).get("/v1/dossiers"),
        citizen.get("/v1/tasks"),
        citizen.get("/v1/drafts/x"),
        citizen.get("/nothing"),
        citizen.call("DELETE", "/v1/drafts"),
        send("form", {}),
        citizen.get("/v1/dossiers?cursor=x"),
        citizen.call("DELETE", "/health"),
    ):
        body = problem(answer, answer.status)
        assert len(answer.headers["X-Request-Id"]) == len(body["request_id"]) == 36


def test_two_requests_never_have_one_name(citizen):
    names = {citizen.get("/v1/drafts/x").body["request_id"] for _ in range(5)}
    assert len(names) == 5


def test_a_request_line_that_is_none_is_refused(where):
    answer = requests.get(f"{where['url']}/v1/dossiers", headers={"Authorization": "x" * 70_000}, timeout=300)
    assert 400 <= answer.status_code < 500
