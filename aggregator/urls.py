"""Canonical URLs and identities: pure functions over tables.

A publisher declares its ``UrlRules``; the general tables (tracking parameters, mobile and AMP
prefixes) are here. ``canonicalize`` is idempotent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, unquote_plus, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from aggregator.errors import InvalidURLError

# Grouped by who adds them. Sources: the vendors' own documentation of campaign tagging and click
# identifiers; ``source`` because Republika's robots.txt bars it.
TRACKING_PARAMETERS = frozenset(
    {
        # campaign tagging (Google Analytics, Matomo)
        "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id",
        "pk_campaign", "pk_kwd", "mtm_campaign", "mtm_source", "mtm_medium",
        # click identifiers
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
        "igshid", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl",
        # where the reader came from
        "ref", "source", "from", "feature", "share", "ocid", "cmpid",
    }
)  # fmt: skip

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_")

# Labels that say "same page, other device". ``www`` is one of them because publishers mix both.
DEVICE_LABELS = ("www", "m", "amp", "mobile")

AMP_CACHE_SUFFIX = ".cdn.ampproject.org"

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+(?::\d+)?|\[[0-9a-f:.]+\](?::\d+)?")
_AMP_CACHE_PATH = re.compile(r"/[a-z]/(?:s/)?(?P<host>[^/]+\.[^/]+)(?P<path>/.*)?")
_AMP_AT_START = re.compile(r"^(?:/amp)+(?=/)")
_AMP_AT_END = re.compile(r"(?<=.)(?:/amp)+$")


@dataclass(frozen=True, kw_only=True, eq=False)
class UrlRules:
    """What one publisher's addresses mean.

    ``hosts`` are registered domains; every sub-domain belongs. ``aliases`` maps a host without its
    device label to the host to use. ``identities`` are patterns over ``host/path`` (no scheme, no
    query) whose named group ``id`` is the publisher's own identifier and whose optional named group
    ``site`` is prefixed to it, since some publishers count per site. ``moved`` rewrites
    ``host/path`` of addresses that changed their host for the same identifier.
    """

    hosts: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[tuple[re.Pattern[str], str], ...] = ()
    identities: tuple[re.Pattern[str], ...] = ()
    articles: tuple[re.Pattern[str], ...] = ()
    """What an article's ``host/path`` looks like, beyond ``identities``."""
    kept_parameters: frozenset[str] = frozenset()
    """Query parameters that select the text; all others are dropped."""


NO_RULES = UrlRules(hosts=())


# The parts of one page and one listing ask for the same few addresses again and again.
@lru_cache(maxsize=1024)
def canonicalize(url: str, rules: UrlRules = NO_RULES) -> str:
    """The one address under which we hold what ``url`` shows. Idempotent.

    Raises ``InvalidURLError`` for anything that is not an absolute http(s) address.
    """
    scheme, host, path, query = _split(url)
    host, path = _unwrap_amp_cache(host, path)
    if not _HOST.fullmatch(host):
        raise InvalidURLError(url)
    base = _without_device_label(host)
    if owns(base, rules):
        host, path = _moved(rules.aliases.get(base, base), _without_amp(path), rules)
        query = "&".join(p for p in query.split("&") if _parameter(p) in rules.kept_parameters)
    else:
        query = _untracked(query)
    return urlunsplit((scheme, host, path, query, ""))


def identify(canonical_url: str, rules: UrlRules) -> str | None:
    """The publisher's own identifier in an address, or ``None`` where there is none."""
    target = _host_and_path(canonical_url)
    for pattern in rules.identities:
        found = pattern.search(target)
        if found:
            site = found.groupdict().get("site")
            return f"{site}/{found['id']}" if site else found["id"]
    return None


def is_article(canonical_url: str, rules: UrlRules) -> bool:
    """Whether an address has the shape of one of the publisher's articles."""
    target = _host_and_path(canonical_url)
    if not owns(target.partition("/")[0], rules):
        return False
    return any(p.search(target) for p in (*rules.identities, *rules.articles))


def owns(host: str, rules: UrlRules) -> bool:
    """Whether a host is one of the publisher's."""
    return any(host == own or host.endswith(f".{own}") for own in rules.hosts)


def is_tracking(parameter: str) -> bool:
    name = parameter.lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def without_tracking(url: str) -> str:
    """``url`` fit for a request: tracking parameters and fragment cut, the rest as it is.

    Raises ``InvalidURLError``.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidURLError(url) from error
    return urlunsplit((parts.scheme, parts.netloc, parts.path, _untracked(parts.query), ""))


def host_of(url: str) -> str:
    """The host of an address in lower case; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def authority(url: str) -> str:
    """Who answers a request: the host, with its port where that is not the scheme's own.

    Empty for what no publisher of ours can mean: another scheme, a broken port, or a user name,
    which makes an address look like another host's.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc:
        return ""
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _split(url: str) -> tuple[str, str, str, str]:
    """Scheme, host, path and query, each in its canonical spelling."""
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
        port = parts.port
    except ValueError as error:
        raise InvalidURLError(url) from error
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".").lower()
    if scheme not in _DEFAULT_PORTS or not host:
        raise InvalidURLError(url)
    host = f"[{host}]" if ":" in host else host
    if port is not None and port not in _DEFAULT_PORTS.values():
        # A port is part of who answers: it and the scheme stay (test servers, intranets).
        host = f"{host}:{port}"
    else:
        scheme = "https"
    return scheme, host, _resolved(parts.path), parts.query


def _resolved(path: str) -> str:
    """``path`` without empty and dot segments and without a slash at its end."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            segments = segments[:-1]
        elif segment not in ("", "."):
            segments.append(segment)
    # An empty parameter at the end (";") is dropped by w3lib once nothing follows it.
    return "/" + "/".join(segments).rstrip("/;")


def _parameter(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _untracked(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not is_tracking(_parameter(pair)))


def _unwrap_amp_cache(host: str, path: str) -> tuple[str, str]:
    """``x-y.cdn.ampproject.org/c/s/x.y/path`` is a copy of ``x.y/path``."""
    while host.endswith(AMP_CACHE_SUFFIX):
        found = _AMP_CACHE_PATH.fullmatch(path)
        if found is None:
            break
        host, path = found["host"].lower(), found["path"] or "/"
    return host, path


def _without_device_label(host: str) -> str:
    label, _, rest = host.partition(".")
    while label in DEVICE_LABELS and "." in rest:
        host = rest
        label, _, rest = host.partition(".")
    return host


def _without_amp(path: str) -> str:
    return _AMP_AT_END.sub("", _AMP_AT_START.sub("", path))


def _moved(host: str, path: str, rules: UrlRules) -> tuple[str, str]:
    for pattern, replacement in rules.moved:
        target, count = pattern.subn(replacement, host + path, count=1)
        if count:
            host, slash, rest = target.partition("/")
            return host, slash + rest
    return host, path


def _host_and_path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.netloc + unquote(parts.path)).lower()
