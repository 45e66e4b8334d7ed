"""The limited process: what goes wrong in it ends with it, and the next document is read all the same."""

import fcntl
import os
import signal
import struct
import termios
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from scraper.letters import LetterReader, ReaderError, read_document
from tests.letters.maker import load_plan, print_document

LETTER = print_document(load_plan("wakefield-2019-11-01-monitoring"))


@pytest.fixture
def reader() -> Iterator[LetterReader]:
    with LetterReader() as opened:
        yield opened


def child_of(reader: LetterReader) -> psutil.Process:
    assert reader._child is not None
    return psutil.Process(reader._child.process.pid)


def break_starts(folder: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Lets every child that starts from now on do something else first."""
    (folder / "sitecustomize.py").write_text(f"import os, signal, sys\n{how}\n", "utf-8")
    monkeypatch.syspath_prepend(folder)


def wait_in_hand(reader: LetterReader, size: int) -> None:
    """Until a child that stands still has so many bytes waiting for it."""
    assert reader._child is not None
    waiting = 0
    while waiting < size:
        answer = fcntl.ioctl(reader._child.documents.fileno(), termios.FIONREAD, bytes(4))
        (waiting,) = struct.unpack("i", answer)


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


def test_a_child_that_cannot_start_says_nothing_of_the_document(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.syspath_prepend(tmp_path)  # an upgrade that is half done
        (tmp_path / "pypdfium2.py").write_text("raise ImportError('no libpdfium')", "utf-8")
        with pytest.raises(ReaderError, match=r"install it anew: .* start \(ImportError: no libpdfium\)$"):
            reader.read(LETTER)
    assert not psutil.Process().children()
    assert reader.read(LETTER).letter is not None


def test_a_start_that_fails_once_is_tried_again(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = tmp_path / "once"
    once.touch()
    break_starts(
        tmp_path, monkeypatch, f"if os.path.exists({str(once)!r}): os.remove({str(once)!r}); os._exit(3)"
    )
    assert reader.read(LETTER).letter is not None
    assert not once.exists()


def test_a_child_that_is_not_ready_in_time_says_nothing_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_starts(tmp_path, monkeypatch, "signal.pause()")
    with (
        LetterReader(start_seconds=0.1) as reader,
        pytest.raises(ReaderError, match="it was not ready in 0 seconds"),
    ):
        reader.read(LETTER)
    assert not psutil.Process().children()


def test_a_child_without_a_python_says_nothing_of_the_document(
    reader: LetterReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with pytest.raises(ReaderError, match="No such file or directory"):
        reader.read(LETTER)


def test_a_child_of_another_version_says_nothing_of_the_document(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_starts(
        tmp_path,
        monkeypatch,
        "import scraper.letters.child as child, types\n"
        'answer = types.SimpleNamespace(model_dump_json=lambda: \'{"letter": "tomorrow"}\')\n'
        "child.read_document = lambda body: answer",
    )
    with pytest.raises(ReaderError, match="another version's"):
        reader.read(LETTER)


def test_a_child_that_was_killed_over_a_document_reads_it_again(reader: LetterReader) -> None:
    reader.read(b"junk")
    child = child_of(reader)
    child.suspend()
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(reader.read, LETTER)
        wait_in_hand(reader, min(len(LETTER), 4096))
        child.kill()
        assert reading.result().letter is not None


def test_a_service_that_is_stopped_ends_no_document_in_the_middle(reader: LetterReader) -> None:
    reader.read(LETTER)
    child = child_of(reader)
    child.terminate()
    child.send_signal(signal.SIGHUP)
    assert reader.read(LETTER).letter is not None
    assert child_of(reader) == child


def test_what_a_library_complains_of_never_fills_a_pipe(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_starts(
        tmp_path,
        monkeypatch,
        "import scraper.letters.child as child\n"
        "read = child.read_document\n"
        "child.read_document = lambda body: (os.write(2, bytes(1 << 20)), read(body))[1]",
    )
    assert reader.read(LETTER).letter is not None
