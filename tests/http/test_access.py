"""What get allows is what list shows: every route crossed with everybody (lesson 7)."""

import base64
import functools
import json
import uuid
from dataclasses import dataclass

import pytest
import requests

from chalicelib.kernel.endpoint import JSON
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, same_shape
from tests.support.catalogue import Desk, facts_of, fresh_code, imported
from tests.support.counter import paper
from tests.support.index_sheet import sheet as index_sheet
from tests.support.planned import Province, plan_of
from tests.support.sample import sampled
from tests.support.world import (
    ALL_ROLES,
    KEEPING_ROLES,
    NOBODYS,
    OTHER_AGENCY,
    events,
    officer_of,
    partition,
    publisher,
    ready,
    tables,
    whole_list,
)

NO_MANDATE = "MD-0000000000000000"
"""The name of a mandate that is never given."""


def mandate(number):
    """A mandate to whoever has this number, or nobody."""
    other = {"kind": "CITIZEN", "identity": number, "name": "Trần Văn Thưởng"}
    return {"role": "represented", "other": other, "procedures": [story.PROCEDURE], "storage": "PRINCIPAL"}


GONE = {"name": "Huỳnh Sổ Con", "born_on": "2020-05-05", "personal_id": "079220777001"}
CHILD = {**GONE, "ground": "parent"}
REGISTERED = "2026-07-01T00:00:00+07:00"
EVERY_ROLE = ALL_ROLES + KEEPING_ROLES
UNPROVED = {"nobody", "officer of no agency"}
"""Whose token proves nothing, or who have none."""


@dataclass
class World:
    """One citizen's things before one agency, and everybody who might look at them."""

    things: dict[str, str]
    people: dict[str, Client]
    holder: str


@pytest.fixture(scope="module")
def world(cloud, finished, small_scan):
    where = cloud.where()
    cloud.wait_idle()
    cloud.functions.call("measures_make_boards", {})
    holder = story.citizen(where, **finished.claims)
    draft = str(story.open_draft(holder).ok(201).body["reference"])
    upload = story.announce(holder, draft, small_scan).ok(201).body["id"]
    opened = story.submit(holder, ready(holder, small_scan)).ok(201).body["reference"]
    story.drop(where, opened, small_scan, "KQ003785.jpg")
    desk = story.officer(where, "reception")
    copy = story.until("the copy", lambda: story.copy_of(desk, opened))
    kept = Desk(where, fresh_code())
    imported(cloud, kept.code)
    kept.start("record").ok(201)
    private = Desk(where, fresh_code())
    private.start("facts", facts_of(private.code)).ok(201)
    told = {**OUTAGE, "services": ["1.004222"], "agency": story.AGENCY}
    outage = officer_of(where, story.AGENCY, "administrator").post("/v1/outages", told).ok(201).body["id"]
    counter = f"/v1/agencies/{story.AGENCY}/counters/{story.PROCEDURE}"
    for version, each in enumerate(("mot", "hai")):
        publisher(where, f"cong-bo-{each}", story.AGENCY).call("PUT", counter, COUNTER, version=version).ok()
    child = {"person.personal_id": CHILD["personal_id"], "person.full_name": CHILD["name"], "person.sex": "Nam"}
    known = {**child, "person.born_on": CHILD["born_on"], "parents": [finished.claims["personal_id"]], "at": REGISTERED}
    requests.put(f"{where['registers']}/data", json={"people": [known]}, timeout=60).raise_for_status()
    kept_child = holder.post("/v1/representations", CHILD).ok(201).body["id"]
    offered = holder.post("/v1/mandates", mandate(story.somebody()["personal_id"])).ok(201).body["id"]
    chief = officer_of(where, story.AGENCY, "administrator")
    subscribed = chief.post("/v1/subscriptions", {}).ok(201).body["id"]
    enrolled = chief.post("/v1/officers", {**ENROLLED, "subject": "officer-of-the-matrix"}).ok(201).body["id"]
    sheet = {"name": "1998", "index": index_sheet({"number": story.somebody()["personal_id"]})}
    archive = officer_of(where, story.AGENCY, "scanning").post("/v1/archives", sheet).ok(201).body
    planner = officer_of(where, story.AGENCY, "editor")
    drafted = planner.post("/v1/catalogue/plans", plan_of("H01")).ok(201).body["id"]
    guide = officer_of(where, story.AGENCY, "publisher")
    guided = guide.post("/v1/catalogue/guidance", {**GUIDED, "procedure": private.code}).ok(201).body["id"]
    cloud.wait_idle()
    return World(
        {
            "procedure": kept.code,
            "private": private.code,
            "draft": draft,
            "upload": upload,
            "open": opened,
            "component": story.dossier(holder, opened)["components"][0]["id"],
            "task": f"{opened}.0-commune.receive",
            "copy": copy,
            "reviewed": finished.copy,
            "finished": finished.reference,
            "code": finished.dossier["dossier_code"],
            "document": finished.dossier["vault_document"],
            "outage": outage,
            "plan draft": drafted,
            "guidance": guided,
            "issued plan": Province(where).issued(),
            "officer": enrolled,
            "archive": archive["id"],
            "mandate": offered,
            "representation": kept_child,
            "subscription": subscribed,
        },
        {
            "nobody": Client(where),
            "other citizen": story.citizen(where, **finished.claims | story.somebody()),  # of the same name
            "holder": holder,
            "holder of a lower level": story.citizen(where, **{**finished.claims, "level": 1}),
            "portal": Client.login(where, sub="portal", kind="PORTAL", client_id="dvc", roles=list(EVERY_ROLE)),
            "officer of another agency": officer_of(where, OTHER_AGENCY, *EVERY_ROLE),
            "officer of a neighbouring agency": officer_of(where, "H01.10.2", *EVERY_ROLE),
            "officer without a role": officer_of(where, story.AGENCY),
            "officer of an unknown role": officer_of(where, story.AGENCY, "admin", "citizen", "*"),
            **{role: officer_of(where, story.AGENCY, role) for role in EVERY_ROLE},
        },
        finished.claims["personal_id"],
    )


HOLDER = {"holder"}
STAFF = set(ALL_ROLES)
CITIZENS = {"holder", "other citizen"}
ALL_LEVELS = CITIZENS | {"holder of a lower level"}
SUBSCRIBED = {"officer of another agency"}
"""Whose agency another file of tests may have subscribed before on the same cloud: test_events.py."""
FOREIGN = {"officer of another agency", "officer of a neighbouring agency"}
KEEPERS = {"editor", "reviewer", "publisher"}
GUIDED = {"text_vi": "Bỏ giấy chứng sinh", "text_en": "Drop it", "basis": "Nghị quyết 66.7", "due": "2199-01-01"}
EVERYBODY = ...
PROCEDURE = "/v1/catalogue/procedures/{code}"
VERSION = PROCEDURE + "/versions/{version}"

# route -> (paths by the names of things, who gets an answer). A list answers whoever has the role, each with their own.
READS = {
    "/v1/services": (["", "?q=khai+sinh"], EVERYBODY),
    "/v1/services/{code}": ([story.PROCEDURE, "procedure"], EVERYBODY),
    "/v1/services/{code}/checklist": ([story.PROCEDURE, "procedure"], EVERYBODY),
    "/v1/services/{code}/fee": (
        [f"{each}?channel=ONLINE&province=H01" for each in (story.PROCEDURE, "procedure")],
        EVERYBODY,
    ),
    "/v1/services/{code}/form": ([story.PROCEDURE, "procedure"], EVERYBODY),
    "/v1/catalogue/export": ([""], EVERYBODY),
    "/v1/agencies": ([""], EVERYBODY),
    "/v1/agencies/{agency}": (["H01"], EVERYBODY),
    "/v1/agencies/{agency}/counters/{code}": ([f"{story.AGENCY}/{story.PROCEDURE}"], EVERYBODY),
    "/v1/outages": ([""], EVERYBODY),
    "/v1/outages/{outage}": (["outage"], EVERYBODY),
    "/v1/plans": ([""], EVERYBODY),
    "/v1/public/petitions": ([f"?agency={story.AGENCY}"], EVERYBODY),
    "/v1/plans/{plan}": (["issued plan"], EVERYBODY),
    "/v1/plans/{plan}/services": (["issued plan"], EVERYBODY),
    "/v1/plans/{plan}/services/{service}": (["issued plan/U.000001"], EVERYBODY),
    "/v1/catalogue/guidance": ([""], KEEPERS | FOREIGN),
    "/v1/catalogue/guidance/{guidance}": (["guidance"], KEEPERS),
    "/v1/catalogue/plans": ([""], KEEPERS | FOREIGN),
    "/v1/catalogue/plans/{plan}": (["plan draft"], KEEPERS),
    "/v1/catalogue/versions": ([""], KEEPERS | FOREIGN),
    "/v1/catalogue/records": ([""], KEEPERS | FOREIGN),
    "/v1/catalogue/agencies": ([""], {"administrator"} | FOREIGN),
    "/v1/catalogue/counters": ([""], {"publisher"} | FOREIGN),
    "/v1/officers": ([""], {"administrator"} | FOREIGN),
    "/v1/officers/unmanned": ([""], {"administrator"} | FOREIGN),
    "/v1/officers/{officer}": (["officer"], {"administrator"}),
    PROCEDURE + "/versions": (["procedure"], KEEPERS),
    PROCEDURE + "/restructuring": (["procedure"], KEEPERS),
    PROCEDURE + "/transfer": (["procedure"], KEEPERS),
    VERSION: (["procedure/1"], KEEPERS),
    VERSION + "/diff": (["procedure/1"], KEEPERS),
    "/v1/verifications/{lookup}": (["lookup"], EVERYBODY),
    "/v1/drafts/{reference}": (["draft", "open", "finished"], HOLDER),
    "/v1/drafts/{reference}/form": (["draft", "open", "finished"], HOLDER),
    "/v1/dossiers": ([""], ALL_LEVELS),
    "/v1/dossiers/{dossier}": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/components/{component}": (["open/component"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/originals": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/deliveries": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/notices/sendings": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/synchronisation": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/messages": (["open", "finished", "code"], HOLDER | {"reception", "processing", "leader"}),
    "/v1/dossiers/{dossier}/timeline": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/notices": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/slip": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/supplement": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/duplicates": (["open"], {"reception"}),
    "/v1/dossiers/{dossier}/legs": (["open"], STAFF),
    "/v1/dossiers/{dossier}/consultations": (["open"], STAFF),
    "/v1/dossiers/{dossier}/preview": (["finished"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/rating": (["open", "finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/due": (["finished", "code"], HOLDER | STAFF),
    "/v1/dossiers/{dossier}/fee": (["finished", "code"], HOLDER | STAFF),
    "/v1/workload": ([""], {"leader"} | FOREIGN),
    "/v1/me/data/requests": ([""], ALL_LEVELS),
    "/v1/me/data/requests/{request}": (["DR-0000000000000000"], set()),  # nobody asked it
    "/v1/me/data/requests/{request}/notices": (["DR-0000000000000000"], set()),
    "/v1/data/requests": ([""], {"leader"} | FOREIGN),
    "/v1/data/requests/{request}": (["DR-0000000000000000"], set()),
    "/v1/me/petitions": ([""], ALL_LEVELS),
    "/v1/me/petitions/{petition}": (["PK-0000000000000000"], set()),  # nobody filed it
    "/v1/me/petitions/{petition}/notices": (["PK-0000000000000000"], set()),
    "/v1/petitions": ([""], {"leader", "reception"} | FOREIGN),
    "/v1/petitions/{petition}": (["PK-0000000000000000"], set()),
    "/v1/late/petitions": ([f"?agency={story.AGENCY}"], {"leader"}),
    "/v1/synchronisations/parked": ([""], {"leader"} | FOREIGN),
    "/v1/app/papers": ([""], {"leader"} | FOREIGN),
    "/v1/me/app/papers": ([""], ALL_LEVELS),
    "/v1/tasks": (["?kind=receive"], {"reception"} | FOREIGN),
    "/v1/tasks/{task}": (["task"], {"reception"}),
    "/v1/copies": ([""], {"reception", "scanning"} | FOREIGN),
    "/v1/copies/{copy}": (["copy"], {"reception", "scanning"}),
    "/v1/copies/{copy}/file": (["copy"], {"reception", "scanning"}),
    "/v1/copies/{copy}/original": (["copy"], {"reception", "scanning"}),
    "/v1/reviews": ([""], {"reception", "scanning"} | FOREIGN),
    "/v1/reviews/{review}": (["reviewed"], {"reception", "scanning"}),
    "/v1/reviews/{review}/fields/{field}": (["reviewed/ho_ten"], {"reception", "scanning"}),
    "/v1/drops": ([""], {"reception", "scanning"} | FOREIGN),
    "/v1/archives": ([""], {"reception", "scanning"} | FOREIGN),
    "/v1/archives/{archive}": (["archive"], {"reception", "scanning"}),
    "/v1/messages/{message}": (["message"], HOLDER | STAFF),
    "/v1/me": ([""], ALL_LEVELS | set(EVERY_ROLE) | FOREIGN | {"portal"}),
    "/v1/token/keys": ([""], EVERYBODY),
    "/v1/mandates": ([""], ALL_LEVELS),
    "/v1/representations": ([""], ALL_LEVELS),
    "/v1/representations/{representation}": (["representation"], HOLDER | {"holder of a lower level"}),
    "/v1/mandates/{mandate}": (["mandate"], HOLDER),
    "/v1/mandates/{mandate}/evidence": (["mandate"], set()),  # nobody posted it: tests/http/test_evidence.py
    "/v1/dossiers/{dossier}/evidence": (["open"], set()),  # of those under a mandate: tests/http/test_matrix.py
    "/v1/vault/documents": ([""], ALL_LEVELS),
    "/v1/vault/documents/{document}": (["document"], HOLDER),
    "/v1/vault/access": ([""], ALL_LEVELS),
    "/v1/vault/history": ([""], ALL_LEVELS),
    "/v1/measures": ([f"?unit={story.AGENCY}&period=2026"], EVERYBODY),
    "/v1/board": ([f"?unit={story.AGENCY}"], EVERYBODY),
    "/v1/scores": ([f"?unit={story.AGENCY}&period=2026"], EVERYBODY),
    "/v1/measures/{unit}": ([f"{story.AGENCY}?period=2026"], STAFF | {"administrator"}),
    "/v1/measures/{unit}/dossiers": ([f"{story.AGENCY}/dossiers?period=2026&count=late"], STAFF),
    "/v1/measures/{unit}/petitions": (
        [f"{story.AGENCY}/petitions?period=2026&count=petitions_late"],
        {"leader"},
    ),
    "/v1/measures/{unit}/findings": ([f"{story.AGENCY}/findings?period=2026"], STAFF),
    "/v1/figures": ([""], STAFF | {"administrator"} | FOREIGN),  # of their own agency
    "/v1/figures/versions": ([f"versions?unit={story.AGENCY}&period=2026"], STAFF | {"administrator"}),
    "/v1/figures/{batch}/rows": (["0000000000000000/rows"], set()),  # nobody sent it: tests/http/test_figures.py
    "/v1/events": ([""], STAFF),  # of who subscribed: tests/http/test_events.py
    "/v1/subscriptions": ([""], {"administrator", "portal"} | FOREIGN),
    "/v1/subscriptions/{subscription}": (["subscription"], {"administrator"}),
    "/v1/vault/grants": ([""], ALL_LEVELS),
    "/v1/vault/purposes": ([""], ALL_LEVELS),
    "/v1/vault/takeouts": ([""], ALL_LEVELS),
    "/v1/vault/uploads": ([""], ALL_LEVELS),
    "/v1/anomalies": ([""], {"leader"} | FOREIGN),
    "/v1/withdrawals": ([""], {"leader"} | FOREIGN),
    "/v1/vault/takeouts/{takeout}": (["TO-0000000000000000"], set()),  # nobody asked for it
    "/v1/received/documents": ([""], ALL_LEVELS | {"reception", "processing", "leader"} | FOREIGN),
    "/v1/received/documents/{grant}": (
        ["GR-0000000000000000"],
        set(),
    ),  # nobody gave it: tests/http/test_vault_matrix.py
}
ANNOUNCED = {"component": story.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 1}
NAMED = {"name": "Trần Văn Thưởng", "personal_id": "001093054321"}
TERMS = {"procedures": [story.PROCEDURE], "storage": "NONE"}
SUB = {k: v for k, v in mandate("001093054321").items() if k != "role"}
REFERRED = {"component": story.BIRTH_NOTICE, "document": "nothing"}
SHARED = {
    "document": "nothing",
    "receiver": {"kind": "agency", "identity": story.AGENCY},
    "purpose": "administrative_procedure",
    "until": "2199-01-01T00:00:00Z",
}
ACCEPTED, COMPARED = {"outcome": "accepted"}, {"compared_with_original": True}
OFFICE = {"name": "Ủy ban nhân dân", "level": "province", "valid_from": "2025-07-01"}
OUTAGE = {
    "starts_at": "2199-01-01T00:00:00Z",
    "ends_at": "2199-01-02T00:00:00Z",
    "reason": "maintenance",
    "text_vi": "Bảo trì",
    "text_en": "Works",
    "fallback_vi": "Tại quầy",
    "fallback_en": "At the desk",
}
ENROLLED = {"subject": "officer-x", "name": "X", "roles": [{"role": "scanning", "valid_from": "2026-01-01"}]}
NO_VERSION = [{"code": "9.999999", "version": 1}]
COUNTER = {"entries": [{"valid_from": "2026-01-01", "hours_vi": "7:30-17:00"}]}
OWED = {"amount": 150000, "reason": "Lệ phí cấp giấy phép"}
OPINION = {"agency": "H01.10.25", "content": "Đề nghị cho ý kiến về cư trú", "deadline": "2wd"}
NEVER = f"{NOBODYS}.0-commune.receive"
REPORTED = {"system": "x", "dialect": "emc", "version": 1, "rows": [{}]}
DROPPED = {"system": "x", "dialect": "emc", "version": 1, "file": "a.csv"}
# route -> (path, body, who may)
WRITES = {
    "/v1/figures": ("", REPORTED, set()),  # a system of an agency sends them: tests/http/test_figures.py
    "/v1/figures/drops": ("", DROPPED, set()),
    "/v1/token": ("", {}, {"portal"}),  # a form, and this is JSON: nobody else comes so far as to be told
    "/v1/drafts": ("", {"procedure": story.PROCEDURE, "agency": story.AGENCY}, CITIZENS),
    "/v1/drafts/{reference}/form": ("draft", {"form": {}}, HOLDER),
    "/v1/drafts/{reference}/holders": ("draft", NAMED, HOLDER),
    "/v1/drafts/{reference}/holders/confirmation": ("draft", {}, set()),
    "/v1/drafts/{reference}/renewal": ("draft", {}, HOLDER),
    "/v1/drafts/{reference}/uploads": ("draft", ANNOUNCED, HOLDER),
    "/v1/drafts/{reference}/documents": ("draft", REFERRED, HOLDER),
    "/v1/drafts/{reference}/lookups": ("draft", {"papers": []}, HOLDER),
    "/v1/drafts/{reference}/lookups/files": ("draft", {"component": story.BIRTH_NOTICE, "file": "0" * 16}, HOLDER),
    "/v1/vault/grants": ("", SHARED, HOLDER),
    "/v1/vault/links": ("", {k: v for k, v in SHARED.items() if k != "receiver"}, HOLDER),
    "/v1/vault/takeouts": ("", {}, ALL_LEVELS),
    "/v1/vault/uploads": ("", {"title": "Bằng lái xe", "media_type": "application/pdf", "size": 10}, ALL_LEVELS),
    "/v1/vault/documents/{document}/erasure": ("UP-0000000000000000", {}, set()),  # nobody uploaded it
    "/v1/vault/grants/{grant}/withdrawal": ("GR-0000000000000000", {}, set()),
    "/v1/received/links": ("", {"code": "0" * 32}, set()),
    "/v1/mandates": ("", mandate("001093054321"), CITIZENS),
    "/v1/me/data/requests": ("", {"kind": "view", "agency": story.AGENCY, "words": "Xin xem"}, ALL_LEVELS),
    "/v1/data/requests/{request}/answer": ("DR-0000000000000000", {}, set()),
    "/v1/data/requests/{request}/extension": ("DR-0000000000000000", {"reason": "Nhiều hồ sơ"}, set()),
    "/v1/data/requests/{request}/decision": (
        "DR-0000000000000000",
        {"outcome": "done", "reason": "Đã thực hiện"},
        set(),
    ),
    "/v1/me/petitions": (
        "",
        {"kind": "petition", "about": "rules", "agency": story.AGENCY, "words": "Xin hỏi"},
        ALL_LEVELS,
    ),
    "/v1/me/petitions/{petition}/supply": ("PK-0000000000000000", {"words": "x"}, set()),
    "/v1/me/petitions/{petition}/withdrawal": ("PK-0000000000000000", {}, set()),
    "/v1/petitions/{petition}/acceptance": ("PK-0000000000000000", {}, set()),
    "/v1/petitions/{petition}/forwarding": ("PK-0000000000000000", {"to": story.AGENCY}, set()),
    "/v1/petitions/{petition}/question": ("PK-0000000000000000", {"words": "x"}, set()),
    "/v1/petitions/{petition}/prolongation": ("PK-0000000000000000", {"reason": "Trùng nội dung"}, set()),
    "/v1/petitions/{petition}/answer": ("PK-0000000000000000", {"words": "x"}, set()),
    "/v1/petitions/{petition}/refusal": (
        "PK-0000000000000000",
        {"reason": "Trùng nội dung", "basis": "Điều 10"},
        set(),
    ),
    "/v1/petitions/{petition}/publication": ("PK-0000000000000000", {"question": "x", "answer": "y"}, set()),
    "/v1/petitions/{petition}/retraction": (
        "PK-0000000000000000",
        {"ground": "wrong", "reason": "Trùng nội dung"},
        set(),
    ),
    "/v1/petitions/{petition}/erasure": ("PK-0000000000000000", {"ground": "retention", "basis": "Điều 10"}, set()),
    "/v1/petitions/{petition}/erasure/confirmation": (
        "PK-0000000000000000",
        {"proposed_at": "x", "decision": "confirm"},
        set(),
    ),
    "/v1/petitions/{petition}/withholding": ("PK-0000000000000000", {"reason": "Trùng nội dung"}, set()),
    "/v1/representations": ("", CHILD, CITIZENS),
    "/v1/representations/{representation}/end": ("representation", {}, HOLDER),
    "/v1/me/register": ("", {"procedure": story.PROCEDURE, "born_on": "1988-02-03"}, CITIZENS),
    "/v1/me/numbers": ("", {"born_on": "1988-02-03"}, CITIZENS),
    "/v1/me/organisation": ("", {}, set()),  # for who acts for one
    "/v1/registers/persons": ("", {**GONE, "kind": "died"}, {"administrator"} | FOREIGN),
    "/v1/registers/organisations": ("", {"kind": "locked", "organisation": "0100109106"}, {"administrator"} | FOREIGN),
    "/v1/mandates/{mandate}": ("mandate", TERMS, HOLDER),
    "/v1/mandates/{mandate}/confirmation": ("mandate", {"terms": 1}, HOLDER),
    "/v1/mandates/{mandate}/refusal": ("mandate", {"terms": 1}, HOLDER),
    "/v1/mandates/{mandate}/revocation": ("mandate", {"reason": "Không còn cần"}, HOLDER),
    "/v1/mandates/{mandate}/submandates": ("mandate", SUB, HOLDER),
    "/v1/mandates/{mandate}/evidence": ("mandate", {"terms": 1, "media_type": "image/png", "size": 1}, HOLDER),
    "/v1/mandates/{mandate}/evidence/check": ("mandate", {"terms": 1}, HOLDER),
    "/v1/dossiers": ("", {"draft": "draft", "declares_true": True}, HOLDER),
    "/v1/receptions": ("", paper(), {"reception"}),
    "/v1/dossiers/{dossier}/originals/{original}/handover": (
        "open/1",
        {"name": "Oanh"},
        {"reception", "processing", "leader"},
    ),
    "/v1/dossiers/{dossier}/originals/{original}/return": (
        "open/1",
        {"to": "applicant", "proof": "signature"},
        {"reception", "processing"},
    ),
    "/v1/dossiers/{dossier}/deliveries": (
        "open",
        {"destination": "counter"},
        HOLDER | {"reception", "processing", "leader"},
    ),
    "/v1/dossiers/{dossier}/deliveries/{destination}/handover": (
        "finished/counter",
        {"to": "applicant", "proof": "signature", "paper": "print"},
        {"reception", "processing"},
    ),
    "/v1/dossiers/{dossier}/deliveries/{destination}/retry": (
        "finished/app",
        {},
        {"reception", "processing", "leader"},
    ),
    "/v1/dossiers/{dossier}/deliveries/{destination}/withdrawal": ("open/counter", {}, HOLDER),
    "/v1/dossiers/{dossier}/notices/sendings/{sending}/retry": (
        "finished/000001.sms.applicant",
        {},
        {"reception", "processing", "leader"},
    ),
    "/v1/dossiers/{dossier}/synchronisation/redelivery": ("finished", {}, {"reception", "processing", "leader"}),
    "/v1/me/app/papers/{document}/showing": ("nodocument", {}, set()),  # nobody's: test_id_app.py
    "/v1/me/app/papers/{document}/withdrawal": ("nodocument", {}, set()),
    "/v1/app/papers/{paper}/retry": ("nodocument", {}, set()),
    "/v1/app/papers/{paper}/hand": ("nodocument", {}, set()),
    "/v1/dossiers/{dossier}/messages": ("open", {"text": "Xin hỏi"}, HOLDER | {"reception", "processing", "leader"}),
    "/v1/dossiers/{dossier}/messages/read": ("open", {"up_to": 1}, HOLDER | {"reception", "processing", "leader"}),
    "/v1/dossiers/{dossier}/withdrawal": ("open", {}, HOLDER),
    "/v1/dossiers/{dossier}/payment/request": ("open", OWED, {"reception", "processing"}),
    "/v1/dossiers/{dossier}/payment": ("open", {"proof": "BL-0019"}, {"reception", "processing"}),
    "/v1/dossiers/{dossier}/payment/confirmation": ("open", {}, {"reception", "processing"}),
    "/v1/dossiers/{dossier}/extension": ("open", {"term": "3wd", "reason": "Chưa có kết quả"}, {"leader"}),
    "/v1/dossiers/{dossier}/correction": ("finished", {"reason": "Ngày sinh in sai"}, {"processing", "leader"}),
    "/v1/dossiers/{dossier}/upstream": (
        "open",
        {"leg": "birth", "reason": "Ngày sinh in sai"},
        {"processing", "leader"},
    ),
    "/v1/dossiers/{dossier}/confirmation": ("open", {"confirmed": True}, HOLDER),
    "/v1/tasks/{task}/consultations": ("task", OPINION, set()),  # its task is reception's: who verifies asks
    "/v1/dossiers/{dossier}/slips": ("open", {}, HOLDER | STAFF),
    "/v1/messages/{message}/prints": ("document", {}, HOLDER | STAFF),
    "/v1/messages/{message}/withdrawal": ("nodocument", {"decision": "12/QĐ-UBND", "reason": "court"}, {"leader"}),
    "/v1/messages/{message}/withdrawal/confirmation": (
        "nodocument",
        {"proposal": 1, "verdict": "confirm"},
        {"leader"},
    ),
    "/v1/verifications": ("", {"sha256": "ab" * 32}, EVERYBODY),
    "/v1/verifications/{lookup}": ("lookup", {}, EVERYBODY),  # a form, and this is JSON: told so to everybody
    "/v1/messages/registers": (
        "",
        {"first_day": "2026-11-01", "last_day": "2026-11-02"},
        {"reception", "leader"} | FOREIGN,
    ),
    "/v1/measures/{unit}/reports": (story.AGENCY, {"period": "2026"}, {"leader"}),
    "/v1/dossiers/{dossier}/uploads": ("open", ANNOUNCED, HOLDER),
    "/v1/dossiers/{dossier}/rating": ("finished", {"satisfied": True}, HOLDER),
    "/v1/dossiers/{dossier}/supplement": ("open", {}, HOLDER | {"reception"}),
    "/v1/dossiers/{dossier}/supplement/objection": ("open", {"reason": "Không đúng"}, HOLDER),
    "/v1/tasks/{task}/complete": ("task", ACCEPTED, {"reception"}),
    "/v1/tasks/{task}/claim": ("task", {}, {"reception"}),
    "/v1/tasks/{task}/release": ("task", {}, {"reception", "leader"}),
    "/v1/tasks/{task}/elevation": ("task", {}, {"reception", "leader"}),  # who may not do it either: it says why
    "/v1/tasks/{task}/assign": ("task", {"officer": "0" * 32}, {"leader"}),
    "/v1/copies/{copy}/rejection": ("copy", {"reason": "unreadable"}, {"reception", "scanning"}),
    "/v1/copies/{copy}/rejection/decline": ("copy", {}, {"reception", "scanning"}),
    "/v1/copies/{copy}/sorting": ("copy", {"component": "KQ003785"}, {"reception", "scanning"}),
    "/v1/drops": ("", {"filename": "a.jpg", "media_type": "image/jpeg"}, {"scanning"} | FOREIGN),
    "/v1/archives": ("", {"name": "x", "index": "no sheet"}, {"scanning"} | FOREIGN),
    "/v1/drops/{drop}/acknowledgement": ("nodrop", {"seen": True}, {"reception", "scanning"}),
    "/v1/copies/signatures": (
        "",
        COMPARED | {"copies": ["MC-0000000000000000.x"]},
        {"reception", "scanning"} | FOREIGN,
    ),
    "/v1/copies/{copy}/signature": ("copy", COMPARED, {"reception", "scanning"}),
    "/v1/reviews/{review}/claim": ("copy", {}, {"reception", "scanning"}),
    "/v1/reviews/{review}/release": ("copy", {}, {"reception", "scanning"}),
    "/v1/reviews/{review}/rejection": ("copy", {"reason": "unreadable"}, {"reception", "scanning"}),
    "/v1/reviews/{review}/answers": (
        "copy",
        {"answers": [{"field": "ho_ten", "verb": "confirm"}]},
        {"reception", "scanning"},
    ),
    "/v1/reviews/{review}/fields/{field}/answer": ("copy/ho_ten", {"verb": "confirm"}, {"reception", "scanning"}),
    "/v1/catalogue/drafts": ("", {"codes": ["9.999999"]}, {"editor"} | FOREIGN),
    "/v1/catalogue/handovers": ("", {"versions": NO_VERSION}, {"editor"} | FOREIGN),
    "/v1/catalogue/reviews": (
        "",
        {"versions": NO_VERSION, "accepted": False},
        {"reviewer"} | FOREIGN,
    ),
    "/v1/catalogue/publications": (
        "",
        {"versions": NO_VERSION, "effective_from": "2199-01-01"},
        {"publisher"} | FOREIGN,
    ),
    "/v1/catalogue/guidance": ("", {**GUIDED, "procedure": "private"}, {"publisher"}),
    "/v1/catalogue/guidance/{guidance}/end": ("guidance", {"said": "dropped", "why": "Luật đã sửa"}, {"publisher"}),
    "/v1/catalogue/plans": ("", plan_of(story.AGENCY), {"editor"} | FOREIGN),
    "/v1/catalogue/plans/{plan}": ("plan draft", plan_of("H01"), {"editor"}),
    "/v1/catalogue/plans/{plan}/review": ("plan draft", {"accepted": False}, {"reviewer"}),
    "/v1/catalogue/plans/{plan}/issue": ("plan draft", {"number": "1/KH", "day": "2025-01-02"}, set()),
    "/v1/catalogue/plans/{plan}/services/{service}": ("plan draft/U.000001", {"said": "under_way"}, {"editor"}),
    PROCEDURE + "/versions": ("procedure", {"based_on": "record"}, {"editor"}),
    VERSION: ("procedure/1", {"facts": facts_of("1.000001")}, {"editor"}),
    VERSION + "/handover": ("procedure/1", {}, {"editor"}),
    VERSION + "/review": ("procedure/1", {"accepted": False}, {"reviewer"}),
    VERSION + "/publication": ("procedure/1", {"effective_from": "2199-01-01"}, {"publisher"}),
    VERSION + "/withdrawal": ("procedure/1", {"reason": "Thủ tục bị bãi bỏ"}, {"publisher"}),
    PROCEDURE + "/restructuring/{component}": ("procedure/x", {"row": 1}, {"reviewer"}),
    PROCEDURE + "/transfer": ("procedure", {"to": "H01.10.99"}, {"publisher"}),
    PROCEDURE + "/transfer/acceptance": ("procedure", {}, set()),
    PROCEDURE + "/transfer/end": ("procedure", {}, set()),
    "/v1/agencies/{agency}": ("H01", {"entries": [OFFICE]}, {"administrator"} | FOREIGN),
    "/v1/agencies/{agency}/counters/{code}": (f"{story.AGENCY}/{story.PROCEDURE}", COUNTER, {"publisher"}),
    "/v1/officers": ("", ENROLLED, {"administrator"} | FOREIGN),
    "/v1/officers/import": (
        "",
        {"rows": [{"subject": "z", "name": "Z", "roles": "scanning", "valid_from": "2026-01-01"}]},
        {"administrator"} | FOREIGN,
    ),
    "/v1/officers/{officer}": ("officer", {"position": "Khác"}, {"administrator"}),
    "/v1/officers/{officer}/confirmation": ("officer", {"version": 1}, {"administrator"}),
    "/v1/officers/{officer}/absences": (
        "officer",
        {"valid_from": "2199-01-01", "valid_to": "2199-01-02"},
        {"administrator"},
    ),
    "/v1/officers/{officer}/return": ("officer", {"on": "2199-01-01"}, {"administrator"}),
    "/v1/officers/{officer}/leaving": (
        "officer",
        {"left_on": "2199-01-01", "hand_over_to": "0" * 32},
        {"administrator"},
    ),
    "/v1/outages": ("", OUTAGE, {"administrator"} | FOREIGN),
    "/v1/outages/{outage}": ("outage", {"ends_at": OUTAGE["ends_at"], "why": "Lâu hơn"}, {"administrator"}),
    "/v1/outages/{outage}/withdrawal": ("outage", {"why": "Không làm nữa"}, {"administrator"}),
    "/v1/subscriptions": ("", {}, {"administrator", "portal"} | FOREIGN),
    "/v1/subscriptions/{subscription}/secrets": ("subscription", {}, {"administrator"}),
    "/v1/subscriptions/{subscription}/redelivery": ("subscription", {}, {"administrator"}),
    "/v1/subscriptions/{subscription}/end": ("subscription", {}, {"administrator"}),
}


def filled(world, route, names):
    """The path of a route with the names of things put in, and a query."""
    names, mark, query = names.partition("?")
    parts = iter(names.split("/"))
    path = "/".join(world.things.get(p := next(parts), p) if x.startswith("{") else x for x in route.split("/"))
    return path + mark + query


def test_every_route_says_in_this_test_who_may(routes):
    assert {r.path for r in routes if r.method == "GET"} == set(READS)
    assert {r.path for r in routes if r.method != "GET"} == set(WRITES)
    public = {r.path for r in routes if r.act is None}
    open_to_all = {path for path, (_, who) in READS.items() if who is EVERYBODY}
    assert public == open_to_all | {path for path, (*_, who) in WRITES.items() if who is EVERYBODY}


@pytest.mark.parametrize("route", sampled(READS, 40))
def test_a_read_answers_those_who_may_and_nobody_else(world, finished, route):
    names, allowed = READS[route]
    if names == ["message"]:
        names = finished.messages
    if names == ["lookup"]:
        views = [world.people["holder"].get(f"/v1/messages/{m}").ok().body for m in finished.messages]
        names = [view["lookup"] for view in views]
    for name in names:
        path, answers = filled(world, route, name), {}
        for who, client in world.people.items():
            answer = client.get(path)
            if answer.status == 200:
                answers[who] = answer
            else:
                problem(answer, answer.status)
                assert answer.status in (401, 403, 404), (who, path, answer.body)
                assert (answer.status == 401) == (who in UNPROVED), (who, path, answer.body)
        told = set(answers) - SUBSCRIBED if route == "/v1/events" else set(answers)
        assert told == (set(world.people) if allowed is EVERYBODY else allowed), path


@pytest.mark.parametrize("route", sampled((r for r, (*_, who) in WRITES.items() if who is not EVERYBODY), 48))
def test_a_write_of_somebody_who_may_not_is_refused_and_changes_nothing(cloud, where, world, routes, route):
    name, body, allowed = WRITES[route]
    facts = next(r for r in routes if r.path == route and r.method != "GET")
    body = {k: world.things.get(v, v) if isinstance(v, str) else v for k, v in body.items()}
    cloud.wait_idle()
    before = tables(where)
    for who, client in world.people.items():
        if who in allowed:
            continue
        version = {"version": 0 if "drafts" in route else 1} if facts.versioned else {}
        sent = {"facts": facts_of(world.things["procedure"])} if "facts" in body else body
        version |= {"Content_Type": facts.takes} if facts.takes != JSON else {}
        answer = client.call(facts.method, filled(world, route, name), sent, **version)
        problem(answer, answer.status)
        assert answer.status == (401 if who in UNPROVED else answer.status)
        assert answer.status in (401, 403, 404), (who, route, answer.body)
    assert tables(where) == before


def test_what_get_allows_is_what_the_lists_show(world, finished):
    """Each thing is on exactly the lists of those who get it."""
    seen = {
        "/v1/dossiers": ("dossiers", "reference", {"draft", "open", "finished"}, HOLDER),
        "/v1/tasks?kind=receive": ("tasks", "id", {"task"}, {"reception"}),
        "/v1/copies": ("copies", "id", {"copy"}, {"reception", "scanning"}),
        "/v1/archives": ("archives", "id", {"archive"}, {"reception", "scanning"}),
        "/v1/mandates": ("mandates", "id", {"mandate"}, HOLDER),
        "/v1/representations": ("representations", "id", {"representation"}, HOLDER | {"holder of a lower level"}),
        "/v1/vault/documents": ("documents", "id", {"document"}, HOLDER),
        "/v1/vault/access": ("lines", "document", {"document"}, HOLDER),
    }
    for path, (name, field, things, readers) in seen.items():
        ours = {world.things[t] for t in things}
        for who, client in world.people.items():
            if client.get(path).status != 200:
                assert who not in readers, (who, path)
                continue
            shown = {row[field] for row in whole_list(client, path, name)}
            assert shown & ours == (ours if who in readers else set()), (who, path)
            text = json.dumps(whole_list(client, path, name), ensure_ascii=False)
            if who not in readers:
                assert not [v for v in world.things.values() if v in text], (who, path)


def test_whoever_sees_a_task_on_a_list_gets_its_dossier(world):
    desk = world.people["reception"]
    for task in whole_list(desk, "/v1/tasks?kind=receive", "tasks"):
        assert desk.get(f"/v1/dossiers/{task['reference']}").status == 200


def test_whoever_sees_a_dossier_on_a_list_gets_it(world):
    me = world.people["holder"]
    for row in whole_list(me, "/v1/dossiers", "dossiers"):
        kind = "drafts" if row["state"] is None else "dossiers"
        assert me.get(f"/v1/{kind}/{row['reference']}").status == 200


def test_two_citizens_whose_tokens_have_no_number_share_nothing(where):
    for claims in ({"personal_id": ""}, {"personal_id": "0"}, {"name": "", "personal_id": "001195012345"}):
        nameless = Client.login(where, sub="citizen-nameless", kind="CITIZEN", level=2, **{"name": "Ẩn Danh", **claims})
        for path in ("/v1/dossiers", "/v1/vault/documents", "/v1/vault/access"):
            problem(nameless.get(path), 401)
        problem(story.open_draft(nameless), 401)


def test_the_same_person_under_another_subject_has_the_same_things(where, world, finished):
    again = story.citizen(where, **finished.claims | {"sub": "another-login"})
    assert again.get(f"/v1/drafts/{world.things['draft']}").status == 200


# --- no name tells whether it exists ------------------------------------------------------------------------------


KEPT = "/v1/catalogue/procedures"
NEVER_KEPT = "1.000001"
"""A code that no procedure here has."""
KEEPING = [
    ("GET", "/versions", None),
    ("GET", "/restructuring", None),
    ("GET", "/versions/1", None),
    ("GET", "/versions/2", None),
    ("GET", "/versions/1/diff", None),
    *(("POST", "/versions", {"based_on": begin}) for begin in ("record", "current", "review")),
    ("PUT", "/versions/1", {"facts": {}}),  # its code is put in below
    ("POST", "/versions/1/handover", {}),
    ("POST", "/versions/1/review", {"accepted": False}),
    ("POST", "/versions/1/publication", {"effective_from": "2199-01-01"}),
    ("POST", "/versions/1/withdrawal", {"reason": "Thủ tục bị bãi bỏ"}),
    ("PUT", "/restructuring/x", {"row": 1}),
    ("GET", "/transfer", None),
    ("POST", "/transfer", {"to": "H01.10.99"}),
    ("POST", "/transfer/acceptance", {}),
    ("POST", "/transfer/end", {}),
]
FOREIGN_THINGS = [
    ("other citizen", "GET", "/v1/drafts/{draft}", "/v1/drafts/{nobodys}", None),
    ("other citizen", "PUT", "/v1/drafts/{draft}/form", "/v1/drafts/{nobodys}/form", {"form": {}}),
    ("other citizen", "POST", "/v1/drafts/{draft}/uploads", "/v1/drafts/{nobodys}/uploads", ANNOUNCED),
    ("other citizen", "GET", "/v1/dossiers/{open}", "/v1/dossiers/{nobodys}", None),
    ("other citizen", "GET", "/v1/dossiers/{code}", "/v1/dossiers/H01.10.24-261125-9999", None),
    ("other citizen", "GET", "/v1/dossiers/{draft}", "/v1/dossiers/{nobodys}", None),
    *(
        ("other citizen", "GET", f"/v1/dossiers/{{finished}}/{x}", f"/v1/dossiers/{{nobodys}}/{x}", None)
        for x in ("timeline", "notices", "notices/sendings", "slip", "due", "deliveries", "synchronisation")
    ),
    ("other citizen", "GET", "/v1/dossiers/{open}/components/{component}", "/v1/dossiers/{nobodys}/components/x", None),
    *(
        ("other citizen", method, f"/v1/mandates/{{mandate}}{path}", f"/v1/mandates/{NO_MANDATE}{path}", body)
        for method, path, body in (
            ("GET", "", None),
            ("PUT", "", TERMS),
            ("POST", "/confirmation", {"terms": 1}),
            ("POST", "/refusal", {"terms": 1}),
            ("POST", "/revocation", {"reason": "Không còn cần"}),
            ("POST", "/submandates", SUB),
        )
    ),
    ("other citizen", "GET", "/v1/representations/{representation}", "/v1/representations/LR-0000000000000000", None),
    (
        "other citizen",
        "POST",
        "/v1/representations/{representation}/end",
        "/v1/representations/LR-0000000000000000/end",
        {},
    ),
    ("other citizen", "GET", "/v1/vault/documents/{document}", "/v1/vault/documents/nothing-KQ1", None),
    ("other citizen", "GET", "/v1/messages/{document}", "/v1/messages/nothing-KQ1", None),
    ("other citizen", "GET", "/v1/messages/RECEIPT.{code}", "/v1/messages/RECEIPT.nothing", None),
    ("officer of another agency", "GET", "/v1/dossiers/{open}", "/v1/dossiers/{nobodys}", None),
    ("officer of another agency", "GET", "/v1/dossiers/{code}", "/v1/dossiers/H01.10.24-261125-9999", None),
    ("officer of another agency", "GET", "/v1/messages/{document}", "/v1/messages/nothing-KQ1", None),
    ("officer of another agency", "GET", "/v1/tasks/{task}", f"/v1/tasks/{NEVER}", None),
    ("officer of another agency", "POST", "/v1/tasks/{task}/complete", f"/v1/tasks/{NEVER}/complete", ACCEPTED),
    ("officer of another agency", "POST", "/v1/copies/{copy}/signature", "/v1/copies/{nobodys}.x/signature", COMPARED),
    *(
        ("officer of another agency", method, f"/v1/copies/{{copy}}{path}", f"/v1/copies/{{nobodys}}.x{path}", body)
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/file", None),
            ("GET", "/original", None),
            ("POST", "/rejection", {"reason": "unreadable"}),
            ("POST", "/rejection/decline", {}),
            ("POST", "/sorting", {"component": "x"}),
        )
    ),
    ("officer of another agency", "GET", "/v1/archives/{archive}", "/v1/archives/LT-0000000000000000", None),
    *(
        ("officer of another agency", method, f"/v1/reviews/{{copy}}{path}", f"/v1/reviews/{{nobodys}}.x{path}", body)
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/fields/ho_ten", None),
            ("POST", "/claim", {}),
            ("POST", "/release", {}),
            ("POST", "/rejection", {"reason": "unreadable"}),
        )
    ),
    *(
        (who, method, f"{KEPT}/{{private}}{path}", f"{KEPT}/{{never}}{path}", body)
        for who in ("officer of another agency", "officer of a neighbouring agency")
        for method, path, body in KEEPING
    ),
]  # fmt: skip


@pytest.mark.parametrize(("who", "method", "theirs", "nobodys", "body"), FOREIGN_THINGS)
def test_another_persons_thing_looks_like_one_that_never_was(world, who, method, theirs, nobodys, body):
    names = world.things | {"nobodys": NOBODYS, "never": NEVER_KEPT}
    version, asked = 0 if method == "PUT" else None, []
    for path in (theirs, nobodys):
        code = names["never" if path is nobodys else "private"]
        sent = {"facts": facts_of(code)} if body == {"facts": {}} else body
        asked.append(world.people[who].call(method, path.format(**names), sent, version=version))
    same_shape(*asked)


def test_every_route_of_the_keepers_is_tried_from_another_agency(routes):
    named = {"{private}": "{code}", "/1": "/{version}", "/restructuring/x": "/restructuring/{component}"}
    tried = {(method, functools.reduce(lambda text, name: text.replace(name, named[name]), named, path))
             for _, method, path, *_ in FOREIGN_THINGS if path.startswith(KEPT)}  # fmt: skip
    assert {(r.method, r.path) for r in routes if r.path.startswith(KEPT)} <= tried


def test_another_persons_draft_cannot_be_submitted_and_looks_like_none(world):
    other = world.people["other citizen"]
    same_shape(story.submit(other, world.things["draft"]), story.submit(other, NOBODYS))
    same_shape(story.submit(other, world.things["open"]), story.submit(other, NOBODYS))


def test_a_component_or_upload_of_another_dossier_is_none_of_this_one(where, world, citizen, small_scan):
    mine = story.submit(citizen, ready(citizen, small_scan, agency=OTHER_AGENCY)).ok(201).body["reference"]
    same_shape(
        citizen.get(f"/v1/dossiers/{mine}/components/{world.things['component']}"),
        citizen.get(f"/v1/dossiers/{mine}/components/nothing"),
    )


def test_a_refused_drop_tells_no_agency_about_a_dossier_of_another(cloud, where, world, small_scan):
    desk, name = officer_of(where, OTHER_AGENCY, "scanning"), uuid.uuid4().hex
    for reference in (world.things["open"], NOBODYS, world.things["code"], world.things["draft"]):
        story.drop(where, reference, small_scan, f"{name}.jpg", agency=OTHER_AGENCY)
    cloud.wait_idle()
    drops = [d for d in whole_list(desk, "/v1/drops", "drops") if name in d["key"]]
    assert len(drops) == 4
    assert len({(d["reason_code"], d["reason"]) for d in drops}) == 1


def test_the_public_register_tells_no_person(finished, holder, where):
    for message in finished.messages:
        lookup = holder.get(f"/v1/messages/{message}").ok().body["lookup"]
        text = json.dumps(Client(where).get(f"/v1/verifications/{lookup}").ok().body, ensure_ascii=False)
        for value in (finished.claims["name"], finished.claims["personal_id"], finished.form["child"]["full_name"]):
            assert value not in text
        assert finished.reference not in text.replace(message, "")


# --- cursors --------------------------------------------------------------------------------------------------------


def cursor(**keys):
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()


def worklist(world, agency, kind):
    reference, leg, task = world.things["task"].split(".")[0], "0-commune", "receive"
    row = {"pk": reference, "sk": f"TASK#{leg}#{task}", "wl_pk": f"{agency}#{kind}"}
    row["wl_sk"] = "2026-01-01T00:00:00.000+00:00"
    return base64.urlsafe_b64encode(json.dumps([row]).encode()).decode()


def test_a_cursor_of_another_agency_or_list_is_refused(world):
    foreign, own = world.people["officer of another agency"], world.people["reception"]
    problem(foreign.get(f"/v1/tasks?kind=receive&cursor={worklist(world, story.AGENCY, 'receive')}"), 404, "not_found")
    problem(own.get(f"/v1/tasks?kind=receive&cursor={worklist(world, story.AGENCY, 'approve')}"), 404, "not_found")
    mixed = foreign.get(f"/v1/tasks?kind=receive&cursor={worklist(world, OTHER_AGENCY, 'receive')}")
    assert world.things["open"] not in json.dumps(mixed.ok().body), "another list's place shows nothing of it"


def test_a_cursor_of_another_person_is_refused(where, world, finished):
    head = next(r for r in partition(where, "Dossiers", world.things["draft"]) if r["sk"] == "HEAD")
    theirs = cursor(**{k: head[k] for k in ("pk", "sk", "mine_pk", "mine_sk")})
    problem(world.people["other citizen"].get(f"/v1/dossiers?cursor={theirs}"), 404, "not_found")
    assert world.people["holder"].get(f"/v1/dossiers?cursor={theirs}").status == 200


@pytest.mark.parametrize(
    "text",
    [
        "x", "%C3%A9", "e30", base64.urlsafe_b64encode(b"[1]").decode(), base64.urlsafe_b64encode(b"7").decode(),
        base64.urlsafe_b64encode(b"\xff").decode(), cursor(pk=1, sk=2, mine_pk=3, mine_sk=4), cursor(mine_pk="x"),
        base64.urlsafe_b64encode(b"[" * 3000).decode(), base64.urlsafe_b64encode(b"null").decode(),
    ],
)  # fmt: skip
def test_a_cursor_that_we_did_not_give_is_422(world, text):
    for who, path in (("holder", "/v1/dossiers?"), ("reception", "/v1/tasks?kind=receive&")):
        problem(world.people[who].get(f"{path}cursor={text}"), 422, "body_invalid")


def test_an_unknown_kind_of_task_is_422(world):
    for kind in ("reject", "receive%23", "x" * 500):
        problem(world.people["reception"].get(f"/v1/tasks?kind={kind}"), 422, "body_invalid")


def test_a_long_list_goes_on_where_it_ended(where, citizen):
    opened = [story.open_draft(citizen).ok(201).body["reference"] for _ in range(53)]
    first = citizen.get("/v1/dossiers").ok().body
    assert len(first["dossiers"]) == 50
    found = [row["reference"] for row in whole_list(citizen, "/v1/dossiers", "dossiers")]
    assert found == opened[::-1], "each once, the newest first"
    other = story.citizen(where, **story.somebody())
    problem(other.get(f"/v1/dossiers?cursor={first['next']}"), 404, "not_found")


def test_no_refused_drop_is_ever_out_of_sight(cloud, where):
    agency = "H99.01"
    for number in range(52):
        story.drop(where, NOBODYS, b"x", f"{number:02d}.jpg", agency=agency)
    cloud.wait_idle()
    keys = [d["key"] for d in whole_list(officer_of(where, agency, "scanning"), "/v1/drops", "drops")]
    assert len(keys) == len(set(keys)) == 52


def test_what_was_read_is_in_no_log_but_the_ledger(cloud, where, world, finished):
    def told():
        return [row for row in events(where, finished.reference) if not row["pk"].startswith("LEDGER#")]

    cloud.wait_idle()
    before = told()
    world.people["holder"].get(f"/v1/dossiers/{finished.reference}").ok()
    world.people["leader"].get(f"/v1/messages/{finished.messages[0]}").ok()
    assert told() == before
    lines = whole_list(world.people["holder"], "/v1/vault/access", "lines")
    world.people["holder"].get(f"/v1/vault/documents/{world.things['document']}").ok()
    after = whole_list(world.people["holder"], "/v1/vault/access", "lines")
    assert after[:-1] == lines
    assert (after[-1]["act"], after[-1]["by"]) == ("read", "owner")
