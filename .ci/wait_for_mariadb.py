"""Exit 0 once the test server answers, 1 when it has not after the given seconds."""

import os
import sys
import time
from urllib.parse import urlsplit

import pymysql

url = urlsplit(os.environ["AGGREGATOR_TEST_MARIADB_URL"])
deadline = time.monotonic() + float(sys.argv[1])
while True:
    try:
        pymysql.connect(
            host=url.hostname or "127.0.0.1",
            port=url.port or 3306,
            user=url.username or "root",
            password=url.password or "",
            connect_timeout=2,
        ).close()
        sys.exit(0)
    except pymysql.MySQLError as error:
        if time.monotonic() > deadline:
            sys.stderr.write(f"no MariaDB at {url.hostname}:{url.port}: {error}\n")
            sys.exit(1)
        time.sleep(0.5)
