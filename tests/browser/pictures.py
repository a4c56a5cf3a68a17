"""Screenshots made small: a page has few colours, and PNG can say so."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
COLOURS: Final = 256


def shrink(png: bytes) -> bytes:
    """The same picture with a palette: colours seldom used become the nearest that is used often."""
    width, height, channels, rows = _decode(png)
    pixels = [[tuple(row[i : i + 3]) for i in range(0, width * channels, channels)] for row in rows]
    often = Counter(pixel for row in pixels for pixel in row).most_common()
    palette = [pixel for pixel, _ in often[:COLOURS]]
    place = {pixel: index for index, pixel in enumerate(palette)}
    for pixel, _ in often[COLOURS:]:
        place[pixel] = min(range(len(palette)), key=lambda index: _distance(palette[index], pixel))
    data = b"".join(b"\0" + bytes(place[pixel] for pixel in row) for row in pixels)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(map(bytes, palette))),
        (b"IDAT", zlib.compress(data, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _decode(png: bytes) -> tuple[int, int, int, list[bytearray]]:
    """Width, height, bytes a pixel and the rows of a screenshot as Chromium makes them."""
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", dict(chunks)[b"IHDR"][:10])
    assert (depth, kind) in ((8, 2), (8, 6)), "not a screenshot"
    channels = 3 if kind == 2 else 4
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    size, rows = width * channels, list[bytearray]()
    before = bytearray(size)
    for start in range(0, len(data), size + 1):
        before = _unfilter(data[start], bytearray(data[start + 1 : start + 1 + size]), before, channels)
        rows.append(before)
    return width, height, channels, rows


def _unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """PNG, section 9: each byte was written as the difference with what its neighbours foretell."""
    for i in range(len(row) if kind else 0):
        left, up = (row[i - step] if i >= step else 0), above[i]
        corner = above[i - step] if i >= step else 0
        foretold = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        row[i] = (row[i] + foretold) & 255
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
