"""The real WordPress of Debian's package, served by PHP's own web server on MariaDB.

A site is a folder of links to /usr/share/wordpress with our wp-config.php, and a database of its
own; ``serve`` puts a web server before it, as many as a test needs, each with its own faults.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

WORDPRESS = Path("/usr/share/wordpress")
OURS = Path(__file__).parent / "wordpress"
ADVICE = (
    "apt-get install wordpress wordpress-theme-twentytwentythree php-cli php-mysql php-xml php-gd "
    "mariadb-server, start MariaDB, "
    "and set AGGREGATOR_TEST_MARIADB_URL (mysql+pymysql://root@127.0.0.1:3306 unless set)"
)
ROLES = ("editor", "author", "contributor", "subscriber")

_numbers = itertools.count()


def missing() -> str | None:
    """What keeps WordPress from running here."""
    if not (WORDPRESS / "wp-load.php").exists():
        return "WordPress is not installed"
    if not any((WORDPRESS / "wp-content" / "themes").glob("*/style.css")):
        return "WordPress has no theme, so its pages would be empty"
    if shutil.which("php") is None:
        return "php is not installed"
    host, port = _server()[:2]
    try:
        socket.create_connection((host, int(port)), timeout=3).close()
    except OSError:
        return f"no MariaDB answers at {host}:{port}"
    return None


def need() -> None:
    """Skips what cannot run here; in CI it must."""
    problem = missing()
    if problem and os.environ.get("CI"):
        pytest.fail(f"{problem}; {ADVICE}")
    if problem:
        pytest.skip(f"{problem}; {ADVICE}")


def _server() -> tuple[str, str, str, str]:
    """Host, port, user and password of MariaDB."""
    default = "mysql+pymysql://root@127.0.0.1:3306"
    parts = urlsplit(os.environ.get("AGGREGATOR_TEST_MARIADB_URL") or default)
    host, port = parts.hostname or "127.0.0.1", str(parts.port or 3306)
    return host, port, parts.username or "root", parts.password or ""


@dataclass(frozen=True, kw_only=True)
class Site:
    folder: Path
    environment: Mapping[str, str]
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Application passwords, by the name of a user, which is the name of a role."""

    @contextmanager
    def serve(self, **faults: str) -> Iterator[str]:
        """The site's address while it is served; ``faults`` as in the PHP files (SITE_…)."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        log = self.folder.parent / "server.log"
        with log.open("ab") as output:
            server = subprocess.Popen(
                [
                    "php",
                    "-d",
                    "opcache.enable_cli=1",
                    "-S",
                    address,
                    "-t",
                    self.folder,
                    OURS / "router.php",
                ],
                env={**self.environment, **faults},
                stdout=output,
                stderr=output,
            )
        try:
            _wait_for(address, server, log)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(timeout=10)

    def run(self, php: str) -> str:
        """What code prints that runs inside WordPress."""
        load = 'define("ABSPATH", getenv("SITE_FOLDER") . "/"); require ABSPATH . "wp-load.php";'
        return _php(["-r", load + php], self.environment)

    def rows(self, table: str) -> int:
        """How many there are, revisions and all."""
        return int(
            self.run(f'global $wpdb; echo $wpdb->get_var("SELECT COUNT(*) FROM wp_{table}");')
        )


@contextmanager
def site(folder: Path, *, permalinks: str = "/%year%/%monthnum%/%postname%/") -> Iterator[Site]:
    """A site with its people and the category "Berita". ``permalinks=""``: plain ones."""
    root = folder / "site"
    content = root / "wp-content"
    for made in ("uploads", "mu-plugins"):
        (content / made).mkdir(parents=True)
    for name in ("themes", "plugins"):
        (content / name).symlink_to(WORDPRESS / "wp-content" / name)
    for path in WORDPRESS.iterdir():
        if path.name not in ("wp-config.php", "wp-content", ".htaccess"):
            (root / path.name).symlink_to(path)
    shutil.copy(OURS / "wp-config.php", root)
    shutil.copy(OURS / "site-plugin.php", content / "mu-plugins")
    host, port, user, password = _server()
    environment = {
        "PATH": os.environ["PATH"],
        "SITE_FOLDER": str(root),
        "SITE_DATABASE": f"aggregator_wordpress_{os.getpid()}_{next(_numbers)}",
        "SITE_DATABASE_HOST": f"{host}:{port}",
        "SITE_DATABASE_ONLY_HOST": host,
        "SITE_DATABASE_PORT": port,
        "SITE_DATABASE_USER": user,
        "SITE_DATABASE_PASSWORD": password,
        "SITE_PERMALINKS": permalinks,
    }
    try:
        passwords = json.loads(_php([str(OURS / "install.php")], environment))
        yield Site(folder=root, environment=environment, passwords=passwords)
    finally:
        _php([str(OURS / "drop.php")], environment)


def _php(arguments: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        ["php", *arguments], env=dict(environment), capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise RuntimeError(f"php {arguments[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(f"http://{address}/readme.html", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"php -S did not start: {log.read_text()[-2000:]}")
