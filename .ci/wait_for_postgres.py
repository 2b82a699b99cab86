"""Exit 0 once the test server answers, 1 when it has not after the given seconds."""

import os
import sys
import time

import psycopg

url = os.environ["AGGREGATOR_TEST_POSTGRES_URL"].replace("postgresql+psycopg://", "postgresql://")
deadline = time.monotonic() + float(sys.argv[1])
while True:
    try:
        psycopg.connect(url, connect_timeout=2).close()
        sys.exit(0)
    except psycopg.OperationalError as error:
        if time.monotonic() > deadline:
            sys.stderr.write(f"no PostgreSQL at {url}: {error}\n")
            sys.exit(1)
        time.sleep(0.5)
