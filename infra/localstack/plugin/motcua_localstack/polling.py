"""Forty queues of work are waited at, not asked again and again; what nobody reads is not counted.

Stock LocalStack asks each queue three times a second, each time through its own server, and writes each call of a
function and of a queue as a metric: idle, that is three quarters of the one core that it has.
"""

from typing import Any, Final

from localstack.runtime import hooks

SECONDS: Final = 3
"""How long a queue is waited at. A poller whose function was changed takes what comes meanwhile: so it is not 20."""


@hooks.on_infra_start()
def wait_at_queues() -> None:
    """Let `SqsPoller` say how long it waits; a message that comes ends the wait."""
    from localstack.services.lambda_.event_source_mapping.pollers.sqs_poller import SqsPoller

    stock = SqsPoller._register_client_hooks

    def wait(params: dict[str, Any], **_: Any) -> None:
        params["WaitTimeSeconds"] = params.get("WaitTimeSeconds") or SECONDS

    def register(self: Any) -> None:
        stock(self)
        self.source_client.meta.events.register("provide-client-params.sqs.ReceiveMessage", wait)

    SqsPoller._register_client_hooks = register


@hooks.on_infra_start()
def count_no_calls() -> None:
    """Leave out the metrics of functions that LocalStack writes by itself; ours are in the log."""
    from localstack.services.lambda_.invocation import version_manager

    def none(*_: Any, **__: Any) -> None:
        return

    version_manager.record_cw_metric_invocation = none
    version_manager.record_cw_metric_error = none
