"""The use cases over DynamoDB, and the providers of this stage."""

from chalicelib.delivery.notices.senders import RemoteSender
from chalicelib.delivery.notices.sending import Notifying
from chalicelib.delivery.notices.settings import KEY
from chalicelib.delivery.notices.store import Table
from chalicelib.dossier.channels import Channels, channels_of
from chalicelib.dossier.notified import Channel
from chalicelib.dossier.notifying import NOTICES
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import PUBLIC_URL

CHANNELS: tuple[Channel, ...] = ("email", "sms", "app")


def _sender(provider: str) -> RemoteSender:
    """One provider. Raises SettingMissing."""
    return RemoteSender(provider, KEY() if provider.startswith("https://") else "")


def notifying() -> Notifying:
    """The use cases of the worker. Raises Unconfigured, SettingMissing."""
    channels: Channels = channels_of(NOTICES())
    senders = {each: tuple(map(_sender, channels.providers(each))) for each in CHANNELS}
    return Notifying(Table(), channels, dict(senders), PUBLIC_URL(), utc_now)
