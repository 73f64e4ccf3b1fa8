"""What a packaged function knows of AWS's services: all that botocore would, but the prose."""

import json
from pathlib import Path

import botocore.session
import pytest
from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader

from chalicelib.kernel import session as kernel
from infra.build import models


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    models.write(folder)
    return folder / kernel.MODELS.name


@pytest.fixture
def packaged(written, monkeypatch):
    monkeypatch.setattr(kernel, "MODELS", written)
    kernel.session.cache_clear()
    yield kernel.session()
    kernel.session.cache_clear()


def sent(session, service):
    """What a client of a session would send, and to whom, for a call of each kind."""
    made = session.create_client(
        service, region_name="ap-southeast-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    model = made.meta.service_model
    operations = [model.operation_model(name) for name in model.operation_names]
    choices = [each.name for each in model.client_context_parameters]
    return (
        made.meta.endpoint_url,
        choices,
        {each.name: (each.http, sorted(getattr(each.input_shape, "members", ()))) for each in operations},
    )


@pytest.mark.parametrize("service", models.services())
def test_a_packaged_client_sends_what_any_other_would(packaged, service):
    assert sent(packaged, service) == sent(botocore.session.get_session(), service)


@pytest.mark.parametrize("service", models.services())
def test_nothing_but_the_prose_is_left_out(written, service):
    ours = Loader([str(written)], include_default_search_paths=False)
    for kind in ("service-2", "endpoint-rule-set-1", "paginators-1"):
        whole = Loader().load_service_model(service, kind)
        assert ours.load_service_model(service, kind) == models._plain(whole)
    text = (written / service).rglob("service-2.json")
    assert all("<p>" not in path.read_text("utf-8") for path in text)


OURS = {"dynamodb", "events", "kms", "lambda", "s3", "sns", "sqs", "states"}
"""Of SES, which is not in this list under the name of its client, the description of the service says where it is."""


def test_addresses_of_our_services_are_whole_in_every_part_of_aws(written):
    given = json.loads((written / "endpoints.json").read_text("utf-8"))["partitions"]
    whole = json.loads((models.DATA / "endpoints.json").read_text("utf-8"))["partitions"]
    for short, full in zip(given, whole, strict=True):
        assert short["regions"] == full["regions"]
        assert {*short["services"]} == OURS & {*full["services"]}
        assert all(short["services"][name] == full["services"][name] for name in short["services"])


def test_a_service_that_no_code_of_ours_names_is_unknown_there(packaged):
    with pytest.raises(UnknownServiceError, match="ec2"):
        packaged.create_client("ec2", region_name="ap-southeast-1")


def test_from_a_source_tree_botocore_reads_its_own(monkeypatch):
    assert not kernel.MODELS.exists()
    monkeypatch.setattr(kernel, "MODELS", Path("/nowhere"))
    kernel.session.cache_clear()
    assert "ec2" in kernel.session().get_available_services()
    kernel.session.cache_clear()
