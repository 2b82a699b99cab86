"""``python -m aggregator`` is ``aggregator``."""

from aggregator.cli.main import entry

entry()
