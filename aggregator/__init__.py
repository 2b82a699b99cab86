"""Education news for a school portal: crawl, normalise, attribute, store, query."""

__version__ = "0.1.0"
