"""The parts of guards and pace that no loopback server can show."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from twisted.internet.error import DNSLookupError

from spiders.guards import GuardedResolver, PrivateNetworkGuard, redirect_target
from spiders.refused import RefusedRequest
from spiders.robots import RobotsTxt


@dataclass
class Slot:
    delay: float = 1.0
    jitter: float = 0.5


@dataclass
class Downloader:
    slots: dict[str, Slot] = field(default_factory=dict)

    def get_slot_key(self, request: Request) -> str:
        return request.url.split("/")[2]


def robots_of(downloader: Downloader) -> RobotsTxt:
    crawler: Any = SimpleNamespace(
        settings={"ROBOTSTXT_USER_AGENT": "x"}, engine=SimpleNamespace(downloader=downloader)
    )
    found = RobotsTxt(crawler)
    found._delays["contoh.example"] = 10.0
    return found


def test_a_crawl_delay_survives_that_scrapy_forgets_the_host() -> None:
    downloader = Downloader()
    robots, request = robots_of(downloader), Request("https://contoh.example/a")
    for _ in range(2):
        downloader.slots["contoh.example"] = Slot()
        robots.slow_down(request)
        assert downloader.slots["contoh.example"] == Slot(delay=10.0, jitter=0.0)


def test_a_crawl_delay_is_its_hosts_alone() -> None:
    downloader = Downloader({"lain.example": Slot()})
    robots_of(downloader).slow_down(Request("https://lain.example/a"))
    assert downloader.slots["lain.example"] == Slot()


@pytest.mark.parametrize("host", ["10.0.0.1", "0x7f.1", "[::1]", "localhost", "2130706433"])
def test_a_number_that_leads_inside_is_refused(host: str) -> None:
    with pytest.raises(RefusedRequest, match="private network"):
        PrivateNetworkGuard(allowed=False).process_request(Request(f"http://{host}/"))


def test_the_guard_is_off_where_private_addresses_are_permitted() -> None:
    with pytest.raises(NotConfigured):
        PrivateNetworkGuard(allowed=True)


def resolver(allowed: bool = False) -> GuardedResolver:
    found = GuardedResolver.__new__(GuardedResolver)
    found.allowed, found.refused = allowed, set()
    return found


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.1.1"])
def test_an_address_inside_is_not_told(address: str) -> None:
    guarded = resolver()
    with pytest.raises(DNSLookupError):
        guarded._check(address, "contoh.example")
    assert guarded.refused == {"contoh.example"}


def test_an_address_outside_is_told() -> None:
    assert resolver()._check("8.8.8.8", "contoh.example") == "8.8.8.8"
    assert resolver(allowed=True)._check("127.0.0.1", "contoh.example") == "127.0.0.1"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"/a", "https://contoh.example/a"),
        (b"a?b=1", "https://contoh.example/x/a?b=1"),
        (b"//lain.example/a", "https://lain.example/a"),
        (b"///lain.example/a", "https://lain.example/a"),
        (b"http://lain.example", "http://lain.example"),
        ("/berita/naïf".encode(), "https://contoh.example/berita/na%C3%AFf"),
    ],
)
def test_where_a_redirect_leads(location: bytes, target: str) -> None:
    assert redirect_target("https://contoh.example/x/y", location) == target
