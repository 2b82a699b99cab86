"""A plain grey picture, for portals that print a broken one where a post has none."""

from __future__ import annotations

import struct
import zlib

from aggregator.pictures import Picture

WIDTH, HEIGHT = 28, 15
"""The shape in which CMS Sekolahku shows large images."""
GREY = b"\xee"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png() -> bytes:
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    rows = (b"\x00" + GREY * WIDTH) * HEIGHT
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


PLACEHOLDER = Picture(body=_png(), media_type="image/png")
