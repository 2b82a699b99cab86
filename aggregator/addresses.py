"""Which addresses lie in the public internet: pure functions over hosts as they are written.

A host that is a number can be written in many ways, and the functions that connect understand all
of them: ``127.0.0.1`` is also ``2130706433``, ``0x7f.1``, ``0177.0.0.1`` and ``127.1``. A host that
is a name says nothing here; what it resolves to is judged when it resolves.
"""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from urllib.parse import unquote

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is handed out to the internet (RFC 4291 2.4). What lies outside is local,
multicast, or an IPv4 address in disguise (NAT64, IPv4-compatible)."""


def is_inside(host: str) -> bool:
    """Whether ``host`` leads into a private network, to this machine or to no single machine."""
    name = _written_plainly(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = number(name)
    return address is not None and not is_public(address)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, as it is usually written."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def number(host: str) -> Address | None:
    """The address that a host is written for in whatever notation; ``None`` for a name."""
    name = _written_plainly(host)
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    if " " in name:
        return None  # ``inet_aton`` stops reading there
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except OSError:
        return None


def is_public(address: Address) -> bool:
    """Whether an address is one machine's in the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    return address.is_global and address in GLOBAL_UNICAST


def _written_plainly(host: str) -> str:
    """Without escapes, full-width digits, brackets and the root's dot."""
    plain = unicodedata.normalize("NFKC", unquote(host)).strip().lower()
    return plain.removeprefix("[").removesuffix("]").rstrip(".")
