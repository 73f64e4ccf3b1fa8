"""EventBridge of moto 5.2.5: what rules bring to queues of work is in the journal when PutEvents answers.

Replaces:
- `Rule.send_to_targets` for queues of work: stock moto keeps what it sends in memory only; and S3 events all have the
  same id and sequencer, and `eTag` where AWS sends `etag`.
"""

import json
import time
import uuid
from typing import Any

from moto.events import models

from infra.local.shims.site import Site

Rule: Any = models.Rule  # Any: it is patched below


def as_aws(event: Any) -> dict[str, Any]:
    """An event as a function gets it from AWS."""
    plain: dict[str, Any] = json.loads(json.dumps(event, default=str))
    plain.pop("ingestion-time", None)
    if isinstance(plain.get("time"), float | int):
        plain["time"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(plain["time"]))
    thing = plain["detail"].get("object") if plain.get("source") == "aws.s3" else None
    if isinstance(thing, dict):
        plain["id"] = str(uuid.uuid4())
        thing["etag"] = thing.pop("eTag", "")
        thing["sequencer"] = f"{time.time_ns():016X}"
    return plain


def patch(site: Site) -> None:
    """Replace the method named above."""
    stock = Rule.send_to_targets

    def send(self: Any, original_event: Any, transform_input: bool = True) -> None:  # noqa: FBT001, FBT002 - moto's signature
        ours = [site.works[name] for t in self.targets if (name := t["Arn"].rpartition(":")[2]) in site.works]
        if self.scheduled_expression and site.journal is not None:
            return  # it has no pattern, which moto takes for one that every event fits; Delivery calls it
        if site.journal is None or not ours:
            stock(self, original_event, transform_input)
            return
        if self.state != "ENABLED" or not self.event_pattern.matches_event(original_event):
            return
        event = json.dumps(as_aws(original_event), ensure_ascii=False)
        with site.journal.tx():
            for function in ours:
                site.journal.send("target", self.name, function, event)

    Rule.send_to_targets = send
