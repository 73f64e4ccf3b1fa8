"""What is deployed is idle when nothing runs and no queue of work holds or hides anything."""

import pytest

from infra.local.cloud import NotIdle
from infra.localstack import deployed
from infra.localstack.deployed import Deployed

WHERE = {
    "queue.VaultStoreResultWork": "work",
    "queue.VaultStoreResultParked": "parked",
    "queue.OnestopDecideWork": "other",
    "function.vault_store_result": "f:live",
}
EMPTY = dict.fromkeys(deployed.HELD, "0")


class Queues:
    """SQS as far as it is asked: each queue says what is given for it, one thing after the other, then nothing."""

    def __init__(self, **given: list[str]) -> None:
        self.given, self.asked = given, list[str]()

    def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]):  # noqa: N803 - AWS's name
        """What a queue holds."""
        self.asked.append(QueueUrl)
        held = self.given.get(QueueUrl)
        return {"Attributes": {name: EMPTY[name] for name in AttributeNames} | ({held.pop(0): "1"} if held else {})}


@pytest.fixture
def quiet(monkeypatch):
    """`quiet(queues)`: what is deployed where nothing runs and nothing was called for long."""

    def made(queues: Queues) -> Deployed:
        monkeypatch.setattr(Deployed, "activity", lambda _: {"running": {}, "quiet": deployed.QUIET})
        monkeypatch.setattr(Deployed, "client", lambda _, service: {"sqs": queues}[service])
        return Deployed(WHERE)

    return made


def test_without_messages_it_is_idle_and_what_is_parked_stays_parked(quiet):
    queues = Queues()
    quiet(queues).wait_idle()
    assert sorted(queues.asked) == ["other", "work"]


def test_what_waits_or_comes_again_after_hours_is_waited_for(quiet):
    queues = Queues(work=list(deployed.HELD))
    quiet(queues).wait_idle()
    assert queues.asked.count("work") == len(deployed.HELD) + 1


def test_who_waits_in_vain_is_told_for_what(quiet):
    with pytest.raises(NotIdle, match=r"'OnestopDecideWork': 1"):
        quiet(Queues(other=["ApproximateNumberOfMessagesNotVisible"] * 1000)).wait_idle(0)
