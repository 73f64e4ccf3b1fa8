"""S3's events on EventBridge carry the key as it is; LocalStack quotes it as in bucket notifications."""

import json
from typing import Any
from urllib.parse import unquote

from localstack.runtime import hooks


@hooks.on_infra_start()
def raw_keys() -> None:
    """Replace `EventBridgeNotifier._get_event_payload`."""
    from localstack.services.s3.notifications import EventBridgeNotifier

    stock = EventBridgeNotifier._get_event_payload

    def payload(ctx: Any, config_id: Any = None) -> Any:
        entry = stock(ctx, config_id)
        detail = json.loads(entry["Detail"])
        detail["object"]["key"] = unquote(detail["object"]["key"])
        return entry | {"Detail": json.dumps(detail, ensure_ascii=False)}

    EventBridgeNotifier._get_event_payload = staticmethod(payload)
