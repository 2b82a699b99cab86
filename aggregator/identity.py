"""Under which name other people's servers are asked: our own, everywhere."""

from __future__ import annotations

from aggregator import __version__

PRODUCT = "school-news-aggregator"
"""Without "Scrapy" in it: Republika's robots.txt bars that name."""
AGENT = f"{PRODUCT}/{__version__}"


def user_agent(contact: str | None, agent: str = AGENT) -> str:
    """Our name, with the address that whoever is asked can write to."""
    return f"{agent} (+{contact})" if contact else agent
