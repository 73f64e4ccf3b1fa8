import json
import urllib.error
import urllib.request
from dataclasses import dataclass

import boto3
import pytest

from infra.local.cloud import LocalCloud
from tests.infra.sample import app as sample
from tests.infra.sample.stack import cloud as make
from tests.support.world import resting


@pytest.fixture(scope="package", autouse=True)
def alone():
    """A cloud of other tests rests while these run: there is one at a time."""
    with resting():
        yield


@pytest.fixture(autouse=True)
def fresh():
    sample.SEEN.clear()
    sample.FAIL.clear()


@pytest.fixture
def clouds(tmp_path):
    """Start clouds, one after the other, in the same folder unless another is given."""
    made = [LocalCloud.current] if LocalCloud.current else []

    def start(folder=tmp_path / "data", **more):
        for old in made:
            old.stop()
        made.append(make(folder, **more).start())
        return made[-1]

    yield start
    for old in made:
        old.stop()


@pytest.fixture(scope="package")
def shared(tmp_path_factory):
    one = make(tmp_path_factory.mktemp("cloud") / "data")
    yield one
    one.stop()


@pytest.fixture
def cloud(shared):
    """One cloud for all tests that do not start their own; it goes on in its folder."""
    return shared if LocalCloud.current is shared else shared.start()


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


def call(cloud, method, path, body=None, **headers):
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    sent = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    request = urllib.request.Request(cloud.url + path, data, sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


@pytest.fixture(scope="session")
def http():
    return call


@pytest.fixture(scope="session")
def client():
    """boto3 clients of the running cloud; the endpoint is the same for the whole process."""
    made = {}

    def get(service):
        if service not in made:
            made[service] = boto3.client(service)
        return made[service]

    yield get
    for one in made.values():
        one.close()


def seen(kind):
    return [value for k, value in sample.SEEN if k == kind]
