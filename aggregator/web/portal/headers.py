"""What browsers are told about the public pages."""

from __future__ import annotations

from aggregator.web.headers import page_headers

# The publisher learns that a reader came from the school, not from which page.
HEADERS = page_headers(referrer="strict-origin-when-cross-origin")
