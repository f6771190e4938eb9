"""Which addresses on the network may be spoken to on behalf of somebody who gave us an address.

`ipaddress.is_global` is not enough: it knows nothing of what is carried inside an IPv6 address, nor of services of
clouds on addresses that look public. So everything that is not plainly a host on the internet is listed here.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 in which hosts on the internet live: loopback, local, multicast, mapped and translated
addresses (`::/96`, `::ffff:0:0/96`, `64:ff9b::/96`, `64:ff9b:1::/48`, `fc00::/7`, `fe80::/10`, `fec0::/10`,
`ff00::/8`) all lie outside of it."""
BLOCKED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' translation; one cloud's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # one cloud's host services, on an address that looks public
        "169.254.0.0/16",  # link-local; the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; one cloud's metadata
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays from 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocol assignments, Teredo and benchmarks among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""The third quarter of an IPv6 address whose last one is an IPv4 address to tunnel to."""
BAD_PORTS = frozenset((
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
))  # fmt: skip
"""Ports of other protocols, whose servers might take a request for something else: the list of the Fetch standard."""


class Refused(httpx.TransportError):
    """An address that nobody is spoken to at, or an answer that is not taken. Says why, in one sentence."""


@dataclass(frozen=True)
class Walls:
    """What an operator has opened (private networks, where `http` is allowed too) and closed in addition."""

    opened: tuple[Network, ...] = ()
    closed: tuple[Network, ...] = ()

    def is_open(self, address: Address) -> bool:
        """Whether the operator has opened a network with this address."""
        return _inside(address, self.opened)

    def may_reach(self, address: Address, scheme: str) -> bool:
        """Whether this very address may be connected to."""
        if self.is_open(address):
            return True
        return scheme == "https" and not _inside(address, self.closed) and is_public(address)

    def judge(self, url: httpx.URL) -> None:
        """Refuse what can be seen to be wrong without asking anybody for the name's addresses."""
        if url.scheme not in ("https", "http"):
            raise Refused("The address has to begin with https://.")
        if url.scheme == "http" and not self.opened:
            raise Refused("The address has to begin with https://; this one could be read on the way.")
        if url.userinfo:
            raise Refused("The address may not contain a user name or a password.")
        if url.port is not None and url.port in BAD_PORTS:
            raise Refused(f"Port {url.port} belongs to another protocol.")
        host = url.host.rstrip(".")
        if not host or "%" in host or len(host) > 253:
            raise Refused("The address has no host name that could be found.")
        literal = literal_address(host)
        if literal is not None and not self.may_reach(literal, url.scheme):
            raise Refused("The address does not lead to a host on the internet.")


def literal_address(host: str) -> Address | None:
    """The address that a host already is, in any spelling that a system takes (`127.1`, `0x7f.1`, `2130706433`)."""
    name = host.lower()
    if name == "localhost" or name.endswith(".localhost"):
        return IPv4Address("127.0.0.1")
    try:
        return ip_address(name)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(name))
    except OSError:
        return None


def is_public(address: Address) -> bool:
    """Whether this is plainly a host on the internet."""
    if _inside(address, BLOCKED) or not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv4Address):
        return True
    if address.scope_id is not None or address not in GLOBAL_UNICAST:
        return False
    tunnelled = (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP
    return not tunnelled or is_public(IPv4Address(int(address) & 0xFFFF_FFFF))


def _inside(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
