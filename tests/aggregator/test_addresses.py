"""Numbers that lead inside, in every notation that a connection understands."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.addresses import is_inside, is_public, number

INSIDE = {
    "loopback": "127.0.0.1",
    "loopback of IPv6": "::1",
    "in brackets": "[::1]",
    "private, class A": "10.0.0.1",
    "private, class B": "172.16.254.1",
    "private, class C": "192.168.1.1",
    "unspecified": "0.0.0.0",
    "unspecified of IPv6": "::",
    "link-local": "169.254.1.1",
    "the metadata address of clouds": "169.254.169.254",
    "the same of IPv6": "fd00:ec2::254",
    "carrier-grade NAT": "100.64.0.1",
    "unique local": "fc00::1",
    "link-local of IPv6": "fe80::1",
    "with a zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "multicast": "224.0.0.1",
    "multicast of IPv6": "ff02::1",
    "broadcast": "255.255.255.255",
    "reserved": "240.0.0.1",
    "documentation": "192.0.2.1",
    "documentation of IPv6": "2001:db8::1",
    "benchmarking": "198.18.0.1",
    "mapped": "::ffff:127.0.0.1",
    "mapped, in hexadecimal": "::ffff:7f00:1",
    "compatible": "::127.0.0.1",
    "NAT64": "64:ff9b::7f00:1",
    "local NAT64": "64:ff9b:1::a00:1",
    "6to4": "2002:7f00:1::",
    "Teredo": "2001:0:7f00:1::",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "hexadecimal parts": "0x7f.0x0.0x0.0x1",
    "octal": "0177.0.0.1",
    "octal, one number": "017700000001",
    "short": "127.1",
    "shorter": "0",
    "the root's dot": "127.0.0.1.",
    "escaped": "%31%32%37.0.0.1",
    "full width": "１２７．０．０．１",
    "this machine by name": "localhost",
    "the same in capitals": "LocalHost",
    "the same with the root's dot": "localhost.",
    "below it": "berita.localhost",
}

OUTSIDE = {
    "a public address": "8.8.8.8",
    "decimal": "134744072",
    "of IPv6": "2606:4700::1111",
    "mapped": "::ffff:8.8.8.8",
    "6to4": "2002:808:808::",
    "a name": "www.republika.co.id",
    "a name that begins with a number": "127.0.0.1.nip.io",
    "a name of digits and a letter": "10.0.0.x",
    "too large for a number": "4294967296",
    "five parts": "1.2.3.4.5",
    "a name like this machine's": "localhost.co.id",
    "nothing": "",
    "a number and more": "127.0.0.1 x",
}


@pytest.mark.parametrize("host", INSIDE.values(), ids=INSIDE)
def test_a_host_that_leads_inside(host: str) -> None:
    assert is_inside(host)


@pytest.mark.parametrize("host", OUTSIDE.values(), ids=OUTSIDE)
def test_a_host_that_does_not(host: str) -> None:
    assert not is_inside(host)


@given(st.integers(0, 2**32 - 1))
def test_every_notation_of_a_number_is_judged_alike(value: int) -> None:
    plain = ipaddress.IPv4Address(value)
    a, b, c, d = plain.packed
    notations = (
        str(value),
        hex(value),
        f"0{value:o}",
        f"0x{a:x}.{b}.0{c:o}.{d}",
        f"{a}.{value & 0xFFFFFF}",
        f"::ffff:{plain}",
    )
    judged = {is_inside(notation) for notation in notations}
    assert judged == {not is_public(plain)}


@given(st.from_regex(r"[0-9a-fx.]{1,16}", fullmatch=True))
def test_whatever_a_connection_takes_for_a_number_is_one(host: str) -> None:
    try:
        packed = socket.inet_aton(host)
    except OSError:
        return
    assert number(host.rstrip(".")) == ipaddress.IPv4Address(packed)
