"""The limited process: what goes wrong in it ends with it, and the next document is read all the same."""

import os
import signal
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from scraper.letters import LetterReader, read_document
from tests.letters.maker import load_plan, print_document

LETTER = print_document(load_plan("wakefield-2019-11-01-monitoring"))


@pytest.fixture
def reader() -> Iterator[LetterReader]:
    with LetterReader() as opened:
        yield opened


def child_of(reader: LetterReader) -> psutil.Process:
    assert reader._child is not None
    return psutil.Process(reader._child.process.pid)


def print_bomb(content: bytes, times: int) -> bytes:
    """A small PDF whose one page unpacks to `times` repetitions of its content."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(content * 1000) for _ in range(times // 1000)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content_of in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content_of)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    xref = b"xref\n0 5\n0000000000 65535 f \n" + table
    return body + xref + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def test_reads_as_in_this_process_and_keeps_its_child(reader: LetterReader) -> None:
    assert reader.read(LETTER) == read_document(LETTER)
    child = child_of(reader)
    assert reader.read(b"junk").unreadable == "the file is not a PDF"
    assert reader.read(LETTER).letter is not None
    assert child_of(reader) == child


def test_many_threads_share_one_reader(reader: LetterReader) -> None:
    with ThreadPoolExecutor(4) as threads:
        readings = set(threads.map(lambda _: reader.read(LETTER).text_sha256, range(12)))
    assert readings == {read_document(LETTER).text_sha256}


def test_a_child_that_died_while_idle_is_replaced(reader: LetterReader) -> None:
    reader.read(LETTER)
    child = child_of(reader)
    os.kill(child.pid, signal.SIGKILL)
    child.wait(timeout=5)
    assert reader.read(LETTER).letter is not None


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with LetterReader(seconds=3) as reader:
        reader.read(LETTER)
        child = child_of(reader)
        os.kill(child.pid, signal.SIGSTOP)
        assert reader.read(LETTER).unreadable == "reading it took longer than 3 seconds"
        assert not child.is_running()
        assert reader.read(LETTER).letter is not None


def test_a_bomb_of_memory_is_stopped_and_the_next_letter_read() -> None:
    bomb = print_bomb(b"BT /F1 12 Tf 72 720 Td (Inspectors found) Tj ET\n", 6_000_000)
    with LetterReader(memory_bytes=128 * 1024 * 1024) as reader:
        reading = reader.read(bomb)
        assert len(bomb) < 2_000_000
        assert reading.letter is None
        assert reading.unreadable is not None
        assert reader.read(LETTER).letter is not None


def test_closing_leaves_no_process_behind() -> None:
    before = psutil.Process().children()
    reader = LetterReader()
    reader.read(LETTER)
    child = child_of(reader)
    reader.close()
    assert not child.is_running()
    assert psutil.Process().children() == before
    reader.close()
