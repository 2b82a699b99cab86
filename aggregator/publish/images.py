"""Images that a portal is given: where the school shows any, and from the hosts that it lists."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from aggregator.config import Config
from aggregator.identity import user_agent
from aggregator.pictures import Fetcher, NoPictureError, Picture
from aggregator.publish.port import Image

log = logging.getLogger(__name__)

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}

Fetch = Callable[[str], Picture | None]
"""The picture at an address; ``None``: there is none that could be used, for whatever reason. An
article does not wait for one."""


def fetch_of(config: Config) -> Fetch | None:
    """``None``: the school shows no images."""
    if not config.portal.images:
        return None
    fetcher = Fetcher(
        hosts=config.portal.image_hosts,
        agent=user_agent(config.contact),
        allow_private=config.allow_private_network,
    )

    def fetch(url: str) -> Picture | None:
        try:
            return fetcher.fetch(url)
        except NoPictureError as error:
            log.info("no picture from %s: %s", url, error)
            return None

    return fetch


def digest_of(picture: Picture) -> str:
    """The same bytes have the same name."""
    return hashlib.sha256(picture.body).hexdigest()[:32]


def suffix_of(picture: Picture) -> str:
    return SUFFIXES[picture.media_type]


def photo_words(image: Image | None) -> str:
    """Caption and credit, where both or one are known: a photo is printed with its credit."""
    words = [image.caption, image.credit] if image else []
    return " – ".join(" ".join(word.split()) for word in words if word)
