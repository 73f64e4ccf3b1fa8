"""Where a webhook may go: https on 443 to a name whose every address is public. Pure.

Python's `is_private` and `is_global` both miss addresses, so what they miss is listed here. A resolver is asked once,
and the connection goes to that very address: `sender.py`.
"""

import ipaddress
import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

LONGEST: Final = 1_000
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LAST: Final = re.compile(r"[a-z][a-z0-9-]*")
"""The last label of a name has a letter first: `127.1`, `0x7f.1` and `2130706433` are addresses to a resolver."""
LONGEST_NAME: Final = 253
REFUSED: Final = tuple(
    ipaddress.ip_network(each)
    for each in (
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "::/96",  # IPv4-compatible
        "::ffff:0:0:0/96",  # IPv4-translated
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local
        "ff00::/8",
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # Azure's metadata
        "100.64.0.0/10",  # between carriers; Alibaba's metadata
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)


class Target(NamedTuple):
    """A judged address: the name to ask the resolver for, and what to ask it for."""

    host: str
    path: str


class TargetRefused(Exception):
    """An address that no webhook may have; `rule` names what it breaks."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def target_of(url: str) -> Target:
    """What a URL means. Raises TargetRefused: `spelling`, `https`, `userinfo`, `port`, `fragment`, `name`."""
    if not url.isascii() or len(url) > LONGEST or any(c <= " " or c in '\\"<>^`{|}\x7f' for c in url):
        raise TargetRefused("spelling")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise TargetRefused("spelling") from None
    faults = {
        "https": parts.scheme != "https",
        "userinfo": "@" in parts.netloc,
        "port": port not in (None, 443) or parts.netloc.endswith(":"),
        "fragment": "#" in url,
        "name": not _is_name((parts.hostname or "").lower()),
    }
    for rule, broken in faults.items():
        if broken:
            raise TargetRefused(rule)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target((parts.hostname or "").lower(), path)


def _is_name(host: str) -> bool:
    labels = host.split(".")
    return (
        len(host) <= LONGEST_NAME
        and len(labels) > 1
        and all(_LABEL.fullmatch(each) for each in labels)
        and _LAST.fullmatch(labels[-1]) is not None
    )


def is_public(address: str) -> bool:
    """Whether an address that a resolver gave is one of the public Internet; False for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None:
            return False
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
    elsewhere = found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    inside = found.is_private or found.is_link_local or not found.is_global
    return not (elsewhere or inside or any(found in net for net in REFUSED if net.version == found.version))
