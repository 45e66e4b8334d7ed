"""Pages that were read are not parsed again."""

import pytest

from scraper.pages import PageBroken
from scraper.spiders.remembering import Remembered


def test_the_same_bytes_of_the_same_address_are_parsed_once() -> None:
    asked: list[bytes] = []

    def parse(body: bytes, url: str) -> tuple[bytes, str]:
        asked.append(body)
        return body, url

    read = Remembered(parse, most=2)
    assert read(b"one", "/a") is read(b"one", "/a")
    assert asked == [b"one"]
    assert read(b"one", "/b") == (b"one", "/b")
    assert read(b"two", "/a") == (b"two", "/a")
    assert asked == [b"one", b"one", b"two"]
    read(b"one", "/a")  # two others were read since
    assert asked[3:] == [b"one"]


def test_a_page_that_could_not_be_read_is_tried_again() -> None:
    tries = []

    def refuse(body: bytes, url: str) -> str:
        tries.append(body)
        raise PageBroken("no heading")

    read = Remembered(refuse, most=2)
    for _ in range(2):
        with pytest.raises(PageBroken):
            read(b"", "/a")
    assert len(tries) == 2
