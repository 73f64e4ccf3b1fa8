"""SQS of moto 5.2.5: what is sent to a queue of work waits in the journal, from which its function gets it.

Replaces:
- `Queue.add_message` for queues of work: stock moto keeps the message in memory and calls no function of ours.
"""

from typing import Any

from moto.sqs import models

from infra.local.shims.site import Site

SENT = "sent"
"""Source of a message that somebody sent, and no rule."""

Queue: Any = models.Queue  # Any: it is patched below


def patch(site: Site) -> None:
    """Replace the method named above."""
    stock = Queue.add_message

    def add(self: Any, message: Any) -> None:
        if site.journal is None or self.name not in site.works:
            stock(self, message)
            return
        site.journal.send("target", SENT, site.works[self.name], message.body)

    Queue.add_message = add
