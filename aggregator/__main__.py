"""``python -m aggregator`` is ``aggregator``."""

from aggregator.cli.main import entry

# Not in the processes of ``serve --workers``, which import it as another.
if __name__ == "__main__":
    entry()
