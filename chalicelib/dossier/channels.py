"""By what notices leave the portal, and when: e-mail, SMS and app, as an installation configures them. Pure.

The law asks for a notice of each transition (Decree 224/2026 Art. 15(1)(g)) and says neither the channels beside the
portal nor their hours: all of this is configuration.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final, Literal

import msgspec

from chalicelib.contracts.event import Malformed, heard
from chalicelib.dossier.notified import Channel
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.settings import NOBODY

PROVIDER: Final = re.compile(r"https://\S+")
"""What a deployed stage may send by; a developer's machine has stand-ins over http."""
LOCAL: Final = re.compile(r"https?://\S+")
NAMED: Final[Mapping[Channel, re.Pattern[str]]] = {
    "email": re.compile(r"ses:(?P<sender>[^\s@:#]+@[^\s@:#]+)(?:#(?P<set>[A-Za-z0-9_-]{1,64}))?"),
    "sms": re.compile(r"sns(?::(?P<sender>(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,11}))?"),
}
"""Amazon's services by name: `ses:<address>#<configuration set>` for e-mail, `sns:<name that is shown>` for SMS."""
CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "app")
LEAST_DAYS, MOST_DAYS = 4, 90
HOUR: Final = "[01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9]"


class Unconfigured(Exception):
    """The setting is none that we understand; the text names the field and the rule, never a value."""


class Quiet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """Hours of a Vietnamese day in which these channels wait, `since` included and `until` not; it may pass midnight.

    `but` names types of events whose notices do not wait.
    """

    since: str
    until: str
    channels: tuple[Channel, ...] = ("sms", "app")
    but: tuple[str, ...] = ()


class Channels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Providers of each channel, the first one first; a channel without any is not used. SMS has the first language.

    What could not be sent within `stale_days` of its step is sent no more: the portal shows where the dossier is now.
    """

    email: tuple[str, ...] = ()
    sms: tuple[str, ...] = ()
    app: tuple[str, ...] = ()
    languages: tuple[Literal["vi", "en"], ...] = ("vi", "en")
    quiet: Quiet | None = None
    stale_days: int = 7

    def providers(self, channel: Channel) -> tuple[str, ...]:
        """Of one channel."""
        of: dict[Channel, tuple[str, ...]] = {"email": self.email, "sms": self.sms, "app": self.app}
        return of[channel]

    def waits_until(self, channel: Channel, event: str, now: datetime) -> datetime | None:
        """When a notice may go that comes in a quiet hour; None: at once."""
        quiet = self.quiet
        if quiet is None or channel not in quiet.channels or event in quiet.but:
            return None
        here = now.astimezone(ZONE)
        since, until = time.fromisoformat(quiet.since), time.fromisoformat(quiet.until)
        clock = here.time()
        is_quiet = since <= clock < until if since < until else clock >= since or clock < until
        if not is_quiet:
            return None
        ends = here.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
        return ends if ends > here else ends + timedelta(days=1)


def channels_of(value: str, provider: re.Pattern[str] = LOCAL) -> Channels:
    """The setting as its type; none at all of `none`. Raises Unconfigured."""
    if value == NOBODY:
        return Channels()
    try:
        found = heard(Channels, msgspec.json.decode(value))
    except (msgspec.DecodeError, Malformed) as error:
        raise Unconfigured(str(error)) from None
    for channel in CHANNELS:
        known = NAMED.get(channel, provider)
        if not all(provider.fullmatch(each) or known.fullmatch(each) for each in found.providers(channel)):
            raise Unconfigured(f"{channel}: a provider is reached over https, or is ses:<address> or sns[:<name>]")
    if found.quiet and not all(re.fullmatch(HOUR, each) for each in (found.quiet.since, found.quiet.until)):
        raise Unconfigured("quiet hours are HH:MM")
    if found.quiet and found.quiet.since == found.quiet.until:
        raise Unconfigured("quiet hours begin and end at different times")
    if not LEAST_DAYS <= found.stale_days <= MOST_DAYS:
        raise Unconfigured(f"stale_days: from {LEAST_DAYS}, as attempts go on for 75 hours, to {MOST_DAYS}")
    if not found.languages:
        raise Unconfigured("languages: at least one")
    return found


def unfit(value: str) -> str:
    """Why a deployed stage may not have this setting; empty where it may."""
    try:
        channels_of(value, PROVIDER)
    except Unconfigured as error:
        return str(error)
    return ""
