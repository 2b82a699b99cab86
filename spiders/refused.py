"""A request that we do not make."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from aggregator.model import EndState


class RefusedRequest(IgnoreRequest):
    """A request that we do not make, with the end state that its URL gets."""

    def __init__(self, state: EndState, reason: str) -> None:
        super().__init__(f"{state}: {reason}")
        self.state = state
        self.reason = reason
