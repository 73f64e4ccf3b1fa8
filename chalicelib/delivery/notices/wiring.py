"""The use cases over DynamoDB, and the providers of this stage."""

from chalicelib.delivery.notices.amazon import Ses, Sns
from chalicelib.delivery.notices.ports import Sender
from chalicelib.delivery.notices.senders import RemoteSender
from chalicelib.delivery.notices.sending import Notifying
from chalicelib.delivery.notices.service import Renewing
from chalicelib.delivery.notices.settings import KEY
from chalicelib.delivery.notices.store import Orders, Table
from chalicelib.dossier.channels import CHANNELS, NAMED, Channels, channels_of
from chalicelib.dossier.notified import Channel
from chalicelib.dossier.notifying import NOTICES
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import PUBLIC_URL


def _sender(channel: Channel, provider: str) -> Sender:
    """One provider: Amazon's by name, or a gateway. Raises SettingMissing."""
    if channel in NAMED and (named := NAMED[channel].fullmatch(provider)):
        sender, *more = named.groups("")
        return Ses(sender, *more) if channel == "email" else Sns(sender)
    return RemoteSender(provider, KEY() if provider.startswith("https://") else "")


def notifying() -> Notifying:
    """The use cases of the worker. Raises Unconfigured, SettingMissing."""
    channels: Channels = channels_of(NOTICES())
    senders = {each: tuple(_sender(each, one) for one in channels.providers(each)) for each in CHANNELS}
    return Notifying(Table(), channels, dict(senders), PUBLIC_URL(), utc_now)


def renewing() -> Renewing:
    """The use case of officers."""
    return Renewing(Orders(), utc_now)
