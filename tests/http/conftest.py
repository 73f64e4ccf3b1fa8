"""What the tests of the API share: one dossier that lived its whole life, with values nobody else has."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from infra.local.cloud import LocalCloud
from infra.local.stage import keep_logs
from tests.support.world import Finished, finish, officer_of

CANARY = {
    "name": "Tôn Nữ Hoàng Ánh Tuyết",
    "personal_id": "079188123457",
}
CANARY_FORM = {
    "case": {"parents": "Có cha và mẹ", "surrogacy": False, "residence_known": True},
    "birth_proof": "Giấy chứng sinh",
    "child": {
        "full_name": "Huỳnh Tôn Thiên Kim",
        "sex": "Nữ",
        "born_on": "2026-11-03",
        "place_of_birth": "Nhà hộ sinh Sao Khuê, xã Tân Lộc Đông",
        "ethnicity": "Khơ Mú",
        "nationality": "Việt Nam",
        "home_town": "thôn Kỳ Hoa Thượng, xã Tân Lộc Đông",
    },
    "mother": {
        "full_name": "Tôn Nữ Hoàng Ánh Tuyết",
        "year_of_birth": 1988,
        "ethnicity": "La Chí",
        "nationality": "Việt Nam",
        "residence": "số 417 đường Hoa Gạo, xã Tân Lộc Đông",
        "personal_id": "079188123457",
    },
    "father": {
        "full_name": "Huỳnh Khắc Trọng Đạt",
        "year_of_birth": 1985,
        "ethnicity": "Pà Thẻn",
        "nationality": "Việt Nam",
        "residence": "số 419 đường Hoa Gạo, xã Tân Lộc Đông",
        "personal_id": "079085765431",
    },
    "requester": {"relationship": "Mẹ", "phone": "0977123098"},
}


def log_here(cloud) -> None:
    """Lines go to the log of this cloud: a command that another test of this process ran may have turned them away."""
    if isinstance(cloud, LocalCloud):
        keep_logs(cloud.folder / "log.jsonl")


@pytest.fixture(scope="session")
def finished(cloud, small_scan) -> Finished:
    """A dossier in state 10 with its receipt, copy, data message and result, of a holder with canary values."""
    log_here(cloud)
    system = officer_of(cloud.where(), story.AGENCY, "administrator")
    system.post("/v1/subscriptions", {}).ok(201)  # its agency follows it from the beginning, whichever test runs first
    life = finish(cloud.where(), small_scan, claims={"sub": "citizen-canary", **CANARY}, form=CANARY_FORM)
    cloud.wait_idle()
    return life


@pytest.fixture(autouse=True)
def _log(cloud) -> None:
    log_here(cloud)


@pytest.fixture
def holder(finished, where) -> Client:
    """The finished dossier's holder."""
    return story.citizen(where, **finished.claims)


@pytest.fixture
def draft(citizen) -> str:
    """An empty draft of this test's citizen."""
    return str(story.open_draft(citizen).ok(201).body["reference"])


@pytest.fixture(scope="session")
def routes(cloud) -> list:
    """What every route says of itself."""
    from app import app
    from infra.reference.openapi import routes

    return list(routes(app))
