"""Run as a program: ``aggregator schedule`` over a fictional publisher on a loopback address.

    python scheduled.py BASE_URL DATABASE_URL [--once] [--channels NAME …] [--min 1s] [--max 3s]

Prints the JSON lines of ``aggregator schedule --json`` and exits as the command does.
"""

from __future__ import annotations

import argparse
import sys

from aggregator import settings
from aggregator.cli.output import Output
from aggregator.cli.schedule import event_json, exit_code
from aggregator.config import Config
from aggregator.errors import AggregatorError
from aggregator.loop import Polled, Trouble, schedule
from aggregator.times import parse_span
from tests.e2e.loopback import RSS, loopback_publisher


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("database")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--channels", nargs="+", default=[RSS])
    parser.add_argument("--min", default="1s")
    parser.add_argument("--max", default="3s")
    parser.add_argument("--delay", type=float, default=0.02)
    options = parser.parse_args()
    settings.DOWNLOAD_DELAY = options.delay
    config = Config(
        database_url=options.database,
        contact="uji@sekolah.example",
        allow_private_network=True,
        min_interval=parse_span(options.min),
        max_interval=parse_span(options.max),
    )
    out = Output()

    def tell(event: Polled | Trouble) -> None:
        out.json_line(event_json(event))
        sys.stdout.flush()

    registered = {"contoh": loopback_publisher(options.base, options.channels)}
    try:
        tally = schedule(config, (), tell, once=options.once, registered=registered)
    except AggregatorError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return exit_code(tally, once=options.once)


if __name__ == "__main__":
    sys.exit(main())
