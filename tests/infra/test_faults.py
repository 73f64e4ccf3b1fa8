"""What breaks the cloud on purpose breaks it in the same way each time, and as AWS would."""

import asyncio

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from chalicelib.kernel import aws
from infra.local import server
from infra.local.authority import MOUNT, Authority
from infra.local.faults import CANCELLED, CODES, Throttling
from infra.local.names import HOST
from infra.local.shims import SITE
from infra.local.stage import make_keys


def drawn(seed):
    made = Throttling(0.2, seed)
    return [(made.refusal(a, 3) or ("",))[0] for a in ["GetItem", "TransactWriteItems"] * 500]


def test_the_same_calls_are_refused_again_by_the_same_seed_and_a_fifth_of_them():
    assert drawn(7) == drawn(7) != drawn(8)
    assert 150 < sum(bool(x) for x in drawn(7)) < 250


def test_what_does_not_touch_items_is_let_through():
    made = Throttling(1.0, 1)
    assert made.refusal("DescribeTable") is None
    assert made.refusal("GetItem") is not None
    assert (made.asked, sum(made.refused.values())) == (1, 1)


@pytest.fixture
def throttled(cloud, monkeypatch):
    monkeypatch.setattr(SITE, "throttling", Throttling(1.0, 1))


def test_a_refusal_reaches_a_client_as_awss_own_and_passes(cloud, throttled):
    once = boto3.client("dynamodb", config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(ClientError) as refused:
        once.get_item(TableName="any", Key={"pk": {"S": "a"}})
    assert refused.value.response["Error"]["Code"] in CODES
    assert aws.passes(refused.value)
    put = {"Put": {"TableName": "any", "Item": {"pk": {"S": "a"}}}}
    found = set()
    for _ in range(40):
        with pytest.raises(ClientError) as refused:
            once.transact_write_items(TransactItems=[put, put])
        found.add(refused.value.response["Error"]["Code"])
        if reasons := refused.value.response.get("CancellationReasons"):
            assert sorted(r["Code"] for r in reasons) == ["None", "ThrottlingError"]
    assert found == {*CODES, CANCELLED}


def test_the_authority_is_down_for_as_many_questions_as_it_is_told_and_stamps_then(tmp_path):
    make_keys(tmp_path)
    listener = server.bind(0)
    front = server.Front(listener, Authority(tmp_path))
    front.start()
    url = f"http://{HOST}:{listener.getsockname()[1]}{MOUNT}"
    try:
        requests.put(url, data="2", timeout=30).raise_for_status()
        for _ in range(2):
            with pytest.raises(TimestampRequestError):
                asyncio.run(HTTPTimeStamper(url).async_timestamp(b"0" * 32, "sha256"))
        assert asyncio.run(HTTPTimeStamper(url).async_timestamp(b"0" * 32, "sha256"))
        assert requests.get(url, timeout=30).json() == {"refuses": 0, "refused": 2, "answered": 1}
    finally:
        front.stop()
