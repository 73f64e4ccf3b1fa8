"""Work that a worker failed at for hours goes back into its queue by the clock, a few times; then it gets a reason.

A queue that parks a message tells neither why nor how often that happened. So each round is counted in the message
itself (`redriven`, beside what the bus wrote; no contract reads it). After the last round Lambda is told to call the
worker with it, past its queue: what fails then it parks with the error, and that waits for a person.
"""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.kernel import aws, log
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.settings import STAGE, is_elsewhere
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)
ROUNDS: Final = 3
"""How often a message goes back into its queue, which tries it for six hours each time."""
LASTS: Final = timedelta(minutes=13)
"""How long a run begins with further messages: less than its time-out."""
HIDDEN: Final = 900
"""Seconds for which nobody else sees a message that a run took; what it leaves it gives back when it ends."""
PAGE: Final = 10


class Worker(msgspec.Struct, frozen=True):
    """A worker: how its function is called, and its queues by name."""

    function: str
    work: str
    parked: str


class Workers(msgspec.Struct, frozen=True):
    """What the schedule says: everybody whose parked work goes back."""

    workers: tuple[Worker, ...] = ()


class Parked(msgspec.Struct, frozen=True, rename={"receipt": "ReceiptHandle", "body": "Body"}):
    """A message of a parked queue."""

    receipt: str
    body: str


class Page(msgspec.Struct, frozen=True, rename={"messages": "Messages"}):
    """What a receive brings."""

    messages: tuple[Parked, ...] = ()


class Found(msgspec.Struct, frozen=True, rename={"url": "QueueUrl"}):
    """Where a queue is."""

    url: str


class Told(msgspec.Struct, frozen=True, rename={"lambda_says": "requestContext"}):
    """What a parked message says of itself: its rounds; only a letter of Lambda's, which has a reason, says whose."""

    redriven: int = 0
    lambda_says: object = None


@dataclass
class Done:
    """What a run did: messages that went back, that Lambda calls a last time, that wait for a person, that failed.

    `unfinished` is 1 when its time was over before the queues were empty.
    """

    again: int = 0
    last: int = 0
    left: int = 0
    failed: int = 0
    unfinished: int = 0


def next_round(body: str) -> str | None:
    """A message as its queue gets it for one more round; None when it had all, or is nothing that counts."""
    try:
        rounds = msgspec.json.decode(body, type=Told).redriven
        fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        return None
    if rounds >= ROUNDS:
        return None
    return msgspec.json.encode({**fields, "redriven": msgspec.Raw(str(rounds + 1).encode())}).decode()


def has_reason(body: str) -> bool:
    """Whether it is a letter of Lambda's: that one waits for a person."""
    try:
        return msgspec.json.decode(body, type=Told).lambda_says is not None
    except msgspec.DecodeError:
        return False


def payload(body: str) -> str:
    """A message as a function may be called with it: what is no JSON is a text, which no contract takes."""
    try:
        msgspec.json.decode(body)
    except msgspec.DecodeError:
        return msgspec.json.encode(body).decode()
    return body


@dataclass
class Run:
    """A run over the parked queues of workers. Nothing is lost: a message is deleted once it is on its way again."""

    clock: Clock
    done: Done = field(default_factory=Done)

    def empty(self, workers: Iterable[Worker]) -> Done:
        """Put on their way what may go; what fails in one queue holds back no other."""
        begun = self.clock()
        for worker in workers:
            try:
                self._queue(worker, begun + LASTS)
            except Exception as error:  # noqa: BLE001 - the other queues must not wait for this one
                self._failed(worker, error)
        return self.done

    def _queue(self, worker: Worker, until: datetime) -> None:
        address, kept = _address(worker.parked), list[Parked]()
        try:
            for message in _taken(address):
                if self.clock() >= until:
                    self.done.unfinished = 1
                    kept.append(message)
                    return
                if not self._gone(worker, address, message):
                    kept.append(message)
        finally:
            for message in kept:
                _give_back(address, message)

    def _gone(self, worker: Worker, address: str, message: Parked) -> bool:
        if has_reason(message.body):
            self.done.left += 1
            return False
        try:
            if again := next_round(message.body):
                aws.client("sqs").send_message(QueueUrl=_address(worker.work), MessageBody=again)
                self.done.again += 1
            else:
                given = payload(message.body).encode()
                aws.client("lambda").invoke(FunctionName=worker.function, InvocationType="Event", Payload=given)
                self.done.last += 1
            aws.client("sqs").delete_message(QueueUrl=address, ReceiptHandle=message.receipt)
        except Exception as error:  # noqa: BLE001 - whatever it is, the message stays, and the next one is tried
            self._failed(worker, error)
            return False
        return True

    def _failed(self, worker: Worker, error: Exception) -> None:
        log.trouble("work not redriven", error, function="outbox_redrive", record=worker.parked)
        self.done.failed += 1


def _address(queue: str) -> str:
    return heard(Found, aws.client("sqs").get_queue_url(QueueName=queue)).url


def _taken(address: str) -> Iterator[Parked]:
    """Messages until a receive finds none; on AWS one that waits asks all servers."""
    wait = 0 if is_elsewhere() else 1
    while True:
        answer = aws.client("sqs").receive_message(
            QueueUrl=address, MaxNumberOfMessages=PAGE, VisibilityTimeout=HIDDEN, WaitTimeSeconds=wait
        )
        found = heard(Page, answer).messages
        if not found:
            return
        yield from found


def _give_back(address: str, message: Parked) -> None:
    from botocore.exceptions import ClientError

    with contextlib.suppress(ClientError):  # else it comes back by itself after HIDDEN seconds
        sqs = aws.client("sqs")
        sqs.change_message_visibility(QueueUrl=address, ReceiptHandle=message.receipt, VisibilityTimeout=0)


@called(bp, "outbox_redrive", Workers, needs=(STAGE,))
def outbox_redrive(told: Workers) -> dict[str, int]:
    """Every hour what workers gave up goes back to them, or gets its reason."""
    done = Run(utc_now).empty(told.workers)
    log.measure(
        WorkRedriven=done.again,
        WorkCalledLast=done.last,
        WorkLeft=done.left,
        RedriveFailures=done.failed,
        RedriveUnfinished=done.unfinished,
    )
    return asdict(done)
