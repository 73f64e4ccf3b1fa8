"""Generated requests to every route of the catalogue: no fault of ours, no answer that its description lacks."""

import os
import random
import uuid
from collections import Counter
from functools import cache

import pytest
import requests
import schemathesis
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.catalogue.agencies import api as agencies
from chalicelib.catalogue.guidance import api as guidance
from chalicelib.catalogue.ownership import api as ownership
from chalicelib.catalogue.plans import api as plans
from chalicelib.catalogue.restructuring import api as restructuring
from chalicelib.catalogue.services import api as services
from chalicelib.catalogue.versions import api as versions
from infra.demo import story
from infra.reference.openapi import openapi
from tests.support.catalogue import MET, Desk, facts_of, fresh_agency, fresh_code, imported, in_days
from tests.support.planned import Province
from tests.support.planned import planned as service_of
from tests.support.sample import sampled
from tests.support.world import KEEPING_ROLES, officer_of, publisher

pytestmark = pytest.mark.story
"""What is withdrawn takes no other act any more: withdrawals are last."""
PLANS = "/v1/catalogue/plans"
CASES, SOAKED, SETS = 900, 30_000, 30
FIRST = int(os.environ.get("MOTCUA_TEST_SEED", "0"))
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
OURS = sorted(
    (
        (view.facts.method, view.facts.path)
        for module in (agencies, guidance, ownership, plans, restructuring, services, versions)
        for view in vars(module).values()
        if hasattr(view, "facts")
    ),
    key=lambda route: (route[0] != "PUT", route),
)
"""PUT first and withdrawals last."""


@cache
def description():
    """The description of the routes, as the running cloud serves it."""
    return schemathesis.openapi.from_dict(openapi())


@pytest.fixture(scope="module")
def kept(cloud):
    """Where to ask, as somebody with every role of the catalogue, and names and values of things that are there."""
    where = cloud.where()
    keeper = officer_of(where, story.AGENCY, *KEEPING_ROLES)
    draft, handed, reviewed, published = (Desk(where, fresh_code()) for _ in range(4))
    imported(cloud, draft.code)
    draft.start("record").ok(201)
    for desk in (handed, reviewed):
        desk.start("facts", facts_of(desk.code)).ok(201)
        desk.hand_over(1).ok()
    reviewed.review(1).ok()
    published.put_out(facts_of(published.code))
    offered = Desk(where, fresh_code(), fresh_agency())
    offered.start("facts", facts_of(offered.code)).ok(201)
    offer = f"/v1/catalogue/procedures/{offered.code}/transfer"
    offered.publisher.post(offer, {"to": story.AGENCY}).ok()
    planned = {
        "starts_at": "2199-01-01T08:00:00+07:00",
        "ends_at": "2199-01-02T08:00:00+07:00",
        "reason": "maintenance",
        "text_vi": "Bảo trì",
        "text_en": "Works",
        "fallback_vi": "Tại quầy",
        "fallback_en": "At the desk",
        "services": [published.code],
        "agency": story.AGENCY,
    }
    province = Province(where)
    plans = [province.draft() for _ in range(8)]
    for year in (2021, 2022, 2023):
        item = service_of("U.000001", province.name, quarter=f"{year}-Q1")
        plans.append(province.draft(province.body(first=f"{year}-Q1", last=f"{year}-Q4", items=[item])))
        province.review(plans[-1]).ok()
    plans.append(province.issued())
    guided = {"procedure": published.code, "text_vi": "Bỏ", "text_en": "Drop", "basis": "NQ 66.7", "due": "2199-01-01"}
    names = {
        "guidance": [keeper.post("/v1/catalogue/guidance", guided).ok(201).body["id"] for _ in range(8)],
        "plan": plans,
        "service": ["U.000001"],
        "code": [draft.code, handed.code, reviewed.code, published.code, offered.code],
        "version": ["1", "1", "1", "2"],
        "agency": [fresh_agency(), "H01.10.24"],
        "component": [each["code"] for each in facts_of(published.code)["components"]],
        "outage": [keeper.post("/v1/outages", each).ok(201).body["id"] for each in (planned,) * 3],
    }
    counter = {"entries": [{"valid_from": "2026-01-01", "hours_vi": "8:00-17:00"}]}
    for version, each in enumerate(("mot", "hai")):
        who = publisher(where, f"cong-bo-{each}", story.AGENCY)
        who.call("PUT", f"/v1/agencies/H01.10.24/counters/{published.code}", counter, version=version).ok()
    office = {"name": "Phòng Tư pháp", "level": "unit", "parent": "H01", "valid_from": "2026-01-01"}
    values = {
        "starts_at": ["2199-01-01T08:00:00+07:00"],
        "ends_at": ["2199-01-02T08:00:00+07:00", "2199-01-03T08:00:00+07:00"],
        "reason": ["Thủ tục bị bãi bỏ"],
        "why": ["Lâu hơn dự kiến"],
        "services": [[], [published.code]],
        "force_majeure": [None],
        "planned": [True],  # one that nobody foresaw is announced when it has begun, and these are of 2199
        "fallback_vi": ["Nộp tại quầy"],
        "fallback_en": ["At the desk"],
        "effective_from": [in_days(1).isoformat(), in_days(9).isoformat()],
        "findings": [MET],
        "entries": [[office], [{"valid_from": "2026-01-01", "hours_vi": "7:30-17:00"}]],
        "based_on": ["record", "current", "review"],
        "to": ["H01.10.25"],
        "row": [None],
        "issuer": [province.name],
        "kinds": [["public_utility"]],
        "first": ["2025-Q1"],
        "last": ["2025-Q4"],
        "items": [[service_of("U.000001", province.name)]],
        "replaces": [""],
        "day": [in_days(0).isoformat()],  # a decision of today: drafts are of today too
        "said": ["under_way", "dropped"],
        "procedure": [published.code],
        "due": [in_days(30).isoformat()],
        "basis": ["Nghị quyết 66"],  # no keyword of a schema says what a basis and a reason are
    }
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {keeper.token}"
        yield where["url"], session, names, values, officer_of(where, province.name, *KEEPING_ROLES)


def made_known(case, data, kept):
    """Put names and values of things that are there into a request, so that it gets beyond the first refusal."""
    url, session, names, values, _ = kept
    for name in case.path_parameters or {}:
        case.path_parameters[name] = data.draw(st.sampled_from(names[name]))
    (case.headers or {}).pop("Authorization", None)
    if "If-Match" in (case.headers or {}):
        place = case.formatted_path
        if place.startswith(PLANS):
            place = "/".join(place.split("/")[: len(f"{PLANS}/x".split("/"))])
        now = session.get(url + place, timeout=300).headers.get("ETag", '"0"')
        case.headers["If-Match"] = data.draw(st.sampled_from([now, now, now, '"0"', '"1"', '"3"']))
    if isinstance(case.body, dict):
        values = values | ({"reason": ["maintenance"]} if case.path == "/v1/outages" else {})  # a code there, no words
        for name in values.keys() & case.body.keys():
            case.body[name] = data.draw(st.sampled_from(values[name]))
        if isinstance(case.body.get("facts"), dict):
            code = case.path_parameters["code"]
            case.body["facts"] = facts_of(code) if data.draw(st.booleans()) else {**case.body["facts"], "code": code}


def fuzz(kept, method, path, cases, first):
    """Send so many generated requests, well-formed and broken ones, and check each answer; `first` is their seed.

    A set of them in which none was carried out shows too little: another one follows.
    """
    url, session, *_, committee = kept
    keeper = session.headers["Authorization"]
    operation, modes = description()[path][method], schemathesis.GenerationMode
    made = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in (modes.POSITIVE, modes.NEGATIVE)))
    seen = Counter()

    @settings(max_examples=cases, phases=[Phase.generate])
    @given(data=st.data())
    def some(data):
        case, headers = data.draw(made), {"Authorization": session.headers["Authorization"]}
        if data.draw(st.integers(0, 3)):
            made_known(case, data, kept)
            if method == "POST":
                headers["Idempotency-Key"] = uuid.uuid4().hex
        answer = case.call(base_url=url, session=session, headers=headers, timeout=300)
        case.validate_response(answer, checks=CHECKS)
        seen[answer.status_code] += 1

    if path.startswith(PLANS):  # an agency that the law lets issue plans
        session.headers["Authorization"] = f"Bearer {committee.token}"
    for number in range(first, first + SETS):
        seed(number)(some)()
        if min(seen) < 400:
            break
    session.headers["Authorization"] = keeper
    assert min(seen) < 400, f"never succeeded: {seen}"
    return seen.total()


def test_every_route_of_the_catalogue_is_fuzzed(routes):
    ours = ("/v1/services", "/v1/catalogue", "/v1/agencies", "/v1/outages", "/v1/plans")
    assert set(OURS) == {(r.method, r.path) for r in routes if r.path.startswith(ours)}


@pytest.mark.parametrize(("method", "path"), sampled(OURS, 20))
def test_no_generated_request_breaks_a_route_or_its_description(kept, method, path):
    assert fuzz(kept, method, path, -(-CASES // len(OURS)), FIRST) >= CASES // len(OURS)


@pytest.mark.soak
@pytest.mark.parametrize(("method", "path"), OURS)
def test_no_request_of_thirty_times_as_many_does(kept, method, path):
    assert fuzz(kept, method, path, -(-SOAKED // len(OURS)), random.randrange(10**6)) >= SOAKED // len(OURS)
