"""Answers that are small on the way and huge when unpacked, in every encoding that we say we take."""

import gzip
import resource
import zlib

import brotli
import pytest
from backports import zstd

from scraper.settings import DOWNLOAD_MAXSIZE
from scraper.sources import NewsSource
from state import Outcome
from tests.scraper.crawling import RecordingDesk
from tests.scraper.spiders.newsroom import crawl
from tests.servers.web import Answer, WebServer

SIZE = 400_000_000  # bytes, unpacked
MOST_GROWTH = 200_000  # kilobytes: the limit, its copies, and room
PIECE = bytes(10_000_000)


def pack_brotli() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(PIECE) for _ in range(SIZE // len(PIECE))) + packer.finish()


def pack_gzip() -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    return b"".join(packer.compress(PIECE) for _ in range(SIZE // len(PIECE))) + packer.flush()


def pack_deflate() -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(PIECE) for _ in range(SIZE // len(PIECE))) + packer.flush()


def pack_zstd() -> bytes:
    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(PIECE) for _ in range(SIZE // len(PIECE))) + packer.flush()


BOMBS = {
    "br": pack_brotli,
    "gzip": pack_gzip,
    "deflate": pack_deflate,
    "zstd": pack_zstd,
    "gzip, gzip": lambda: gzip.compress(pack_gzip(), 1),
}


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_bomb_is_not_unpacked_beyond_the_limit(web: WebServer, encoding: str) -> None:
    bomb = BOMBS[encoding]()
    assert len(bomb) < DOWNLOAD_MAXSIZE / 10
    web.serve("/rss", Answer(bomb, headers={"Content-Encoding": encoding}))
    desk = RecordingDesk()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    crawl(desk, NewsSource("Bomber", web.url("/rss")))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    look = desk.feeds[0].look
    assert (look.outcome, look.cause) == (Outcome.BROKEN, "the answer is larger than allowed")
    assert grown < MOST_GROWTH
