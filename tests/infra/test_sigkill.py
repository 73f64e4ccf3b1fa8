import os
import signal
import subprocess
import sys

import boto3
from botocore.config import Config

from tests.infra.conftest import seen


class Process:
    """A sample cloud in a process of its own."""

    def __init__(self, folder):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_ENDPOINT", "MOTO_"))}
        command = [sys.executable, "-m", "tests.infra.sample.serve", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env)
        self.url, self.endpoint = self.process.stdout.readline().split()

    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="ap-southeast-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}),
        )

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


def test_what_was_acknowledged_survives_sigkill(tmp_path, clouds, http):
    process = Process(tmp_path / "data")
    try:
        for i in range(5):
            assert http(process, "POST", "/v1/things", {"id": f"k{i}"}, Authorization="Bearer ok").status == 201
        s3, sfn = process.client("s3"), process.client("stepfunctions")
        s3.put_object(Bucket="motcua-intake-bucket", Key="scan", Body=b"bytes", Metadata={"by": "test"})
        machine = sfn.list_state_machines()["stateMachines"][0]["stateMachineArn"]
        given = '{"dossier": "K", "attempt": 1, "timeout": 600, "stages": [[{"leg": "1", "agency": "A"}]]}'
        sfn.start_execution(stateMachineArn=machine, name="K-1", input=given)
        for one in (s3, sfn):
            one.close()
    finally:
        process.kill()

    cloud = clouds()
    cloud.wait_idle()
    s3 = boto3.client("s3")
    kept = s3.get_object(Bucket=os.environ["INTAKE"], Key="scan")
    assert (kept["Body"].read(), kept["Metadata"]) == (b"bytes", {"by": "test"})
    s3.close()
    for i in range(5):
        assert http(cloud, "GET", f"/v1/things/k{i}").json["found"]
    assert [(e["name"], e["status"]) for e in cloud.executions()] == [("K-1", "RUNNING")]
    assert len(seen("token")) == 1


def test_ctrl_c_ends_the_process(tmp_path):
    process = Process(tmp_path / "data")
    process.process.send_signal(signal.SIGINT)
    try:
        assert process.process.wait(60) == 0
        assert process.process.stdout.read() == "bye\n"
    finally:
        process.process.stdout.close()
