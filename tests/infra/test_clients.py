"""The door to LocalStack's clients: the address given holds, whatever the environment says."""

import pytest

from infra.build.stacks import Deployer
from infra.localstack.clients import clients
from infra.localstack.deployed import Deployed
from infra.localstack.product import Stacks

HERE, ELSEWHERE = "http://127.0.0.1:45661", "http://127.0.0.1:9"
USED = (
    "apigateway", "cloudformation", "cloudwatch", "dynamodb", "events", "iam", "kms", "lambda", "logs", "s3", "sqs",
    "stepfunctions", "sts",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _another_cloud(monkeypatch):
    """The environment names another cloud, as that of a process in which the embedded one runs."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", ELSEWHERE)
    monkeypatch.setenv("LOCALSTACK_HOST", "localhost:1")


@pytest.mark.parametrize("service", USED)
def test_a_client_asks_the_address_that_was_given_in_its_region_with_localstacks_keys(service):
    made = clients(HERE, "ap-southeast-1").client(service)
    assert (made.meta.endpoint_url, made.meta.region_name) == (HERE, "ap-southeast-1")
    assert made._request_signer._credentials.get_frozen_credentials()[:3] == ("test", "test", None)


def test_a_client_of_another_role_has_its_keys_and_token():
    own = {"aws_access_key_id": "AKIA1", "aws_secret_access_key": "s"}
    made = clients(HERE, "ap-southeast-1", own).client("dynamodb", aws_session_token="t")
    assert made._request_signer._credentials.get_frozen_credentials()[:3] == ("AKIA1", "s", "t")


@pytest.mark.parametrize(
    ("of", "seconds"),
    [(lambda: Stacks(HERE), 300), (lambda: Deployed({"endpoint": HERE, "region": "ap-southeast-1"}), 130)],
    ids=["stacks", "deployed"],
)
def test_who_deploys_there_and_who_asks_there_waits_for_slow_functions(of, seconds):
    made = of().client("lambda")
    assert made.meta.endpoint_url == HERE
    assert (made.meta.config.read_timeout, made.meta.config.retries["total_max_attempts"]) == (seconds, 2)


def test_who_deploys_says_to_which_cloud():
    with pytest.raises(TypeError, match="abstract"):
        Deployer()
