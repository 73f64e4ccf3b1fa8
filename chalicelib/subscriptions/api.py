"""Routes of the feed of events, and of its subscriptions."""

from typing import Any, Final

from chalice import Blueprint
from msgspec import to_builtins

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.settings import SECRET
from chalicelib.subscriptions import acts, wire
from chalicelib.subscriptions.fence import TABLE
from chalicelib.subscriptions.service import Shown, order
from chalicelib.subscriptions.wiring import feed, subscribing

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=lambda who: as_enrolled(who, utc_now()))
SUBSCRIPTION: Final = "/v1/subscriptions/{subscription}"
WHY: Final = {
    "schedule_ended": (
        "Đã thử đủ 10 lần trong 75 giờ mà không nhận được trả lời 2xx; gửi lại bằng POST .../redelivery",
        "Ten attempts in 75 hours had no answer of 2xx; go on by POST .../redelivery",
    ),
    "gone": (
        "Nơi nhận trả lời 410: không nhận nữa; gửi lại bằng POST .../redelivery",
        "The receiver said 410, that it takes no more; go on by POST .../redelivery",
    ),
    "forgotten": (
        "Sự kiện tiếp theo đã quá thời gian lưu; gửi lại từ một thời điểm sau đó bằng POST .../redelivery",
        "What follows is no longer kept; go on from a later time by POST .../redelivery",
    ),
}


def _name(call: Call) -> str:
    """What the path calls the subscription."""
    return call.path["subscription"]


def _facts(shown: Shown) -> dict[str, Any]:
    held, pushing = shown.subscription, shown.pushing
    lines = pushing.lines if pushing else held.lines
    worst = max(lines, key=lambda line: line.attempts, default=None)
    why = WHY[held.why] if held.why else (None, None)
    return {
        "id": held.id,
        "url": held.url,
        "types": list(held.types),
        "delivery": held.state,
        "why": held.why,
        "why_vi": why[0],
        "why_en": why[1],
        "stopped_at": said(held.stopped_at),
        "opened_at": said(held.opened_at) or "",
        "failing_since": said(worst.failing_since) if worst else None,
        "attempts": worst.attempts if worst else 0,
        "next_attempt_at": said(worst.due_at) if worst and worst.attempts and pushing else None,
        "last_status": worst.status if worst else None,
        "secrets_until": [said(each.until) for each in held.valid(utc_now())],
        "version": held.version,
    }


def _view(shown: Shown) -> Reply:
    return Reply(wire.SubscriptionView(**_facts(shown)), version=shown.subscription.version)


def _opened(shown: Shown, location: str = "") -> Reply:
    view = wire.OpenedSubscription(**_facts(shown), secret=shown.secret)
    return Reply(view, version=shown.subscription.version, location=location)


@api.route("GET", "/v1/events", act=acts.READ, answer=wire.EventPage, query=wire.EventQuery)
def read_events(call: Call) -> wire.EventPage:
    """Read the events of my dossiers after a cursor, in order for each of them."""
    asked: wire.EventQuery = call.asked
    page = feed().page(call.principal, asked.after, asked.limit, frozenset({asked.type} - {""}))
    events = [wire.CloudEvent(**to_builtins(each)) for each in page.events]
    return wire.EventPage(events=events, next=page.next, more=page.more)


@api.route("GET", "/v1/subscriptions", act=acts.KEEP, answer=wire.SubscriptionList)
def list_subscriptions(call: Call) -> wire.SubscriptionList:
    """List the subscriptions of my agency or portal."""
    found = [wire.SubscriptionView(**_facts(each)) for each in subscribing().all(call.principal)]
    return wire.SubscriptionList(subscriptions=found)


@api.route(
    "POST",
    "/v1/subscriptions",
    act=acts.KEEP,
    body=wire.OpenSubscription,
    answer=wire.OpenedSubscription,
    status=201,
)
def open_subscription(call: Call) -> Reply:
    """Subscribe to the events of my dossiers; the secret of a webhook is shown this once."""
    body: wire.OpenSubscription = call.body
    asked = order(call.principal, call.key, call.raw)
    shown = subscribing().open(asked, body.url, tuple(dict.fromkeys(body.types)))
    return _opened(shown, f"/v1/subscriptions/{shown.subscription.id}")


@api.route("GET", SUBSCRIPTION, act=acts.KEEP, answer=wire.SubscriptionView)
def read_subscription(call: Call) -> Reply:
    """Read a subscription: whether it is delivered, since when it fails, why it stopped."""
    return _view(subscribing().one(call.principal, _name(call)))


@api.route("POST", f"{SUBSCRIPTION}/secrets", act=acts.KEEP, body=wire.RotateSecret, answer=wire.OpenedSubscription)
def rotate_secret(call: Call) -> Reply:
    """Make a new secret of a webhook, shown this once; the one before signs beside it for 24 hours."""
    asked = order(call.principal, call.key, call.raw)
    return _opened(subscribing().rotate(asked, _name(call)))


@api.route("POST", f"{SUBSCRIPTION}/redelivery", act=acts.KEEP, body=wire.Redeliver, answer=wire.SubscriptionView)
def redeliver(call: Call) -> Reply:
    """Deliver at once, from where it stands, from a cursor or from a time on; what stopped goes on."""
    body: wire.Redeliver = call.body
    return _view(subscribing().redeliver(call.principal, _name(call), body.after, body.since))


@api.route(
    "POST",
    f"{SUBSCRIPTION}/end",
    act=acts.KEEP,
    body=wire.EndSubscription,
    answer=wire.SubscriptionView,
)
def end_subscription(call: Call) -> Reply:
    """End a subscription; the feed of my dossiers stays."""
    return _view(subscribing().end(call.principal, _name(call)))
