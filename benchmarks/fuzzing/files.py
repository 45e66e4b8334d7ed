"""Documents, configurations and backups: read, or refused in words of ours."""

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.fuzzing.target import HOSTILE, Target, expect
from benchmarks.mutations import damage
from letterwatch.config import ConfigError, load_config
from letterwatch.config.starter import render_starter, terminal_channel
from scraper.letters import LetterReader, compare_versions, find_findings
from scraper.letters.fields.authority import find_in_register
from scraper.letters.reading import _read_letter
from scraper.letters.text.furniture import sort_out
from scraper.letters.text.layout import lay_out
from scraper.letters.text.lines import Line, Page
from scraper.letters.text.paragraphs import build_blocks
from scraper.letters.text.pdf import read_pages
from state import Archive, Letter, StateError, Store, make_backup
from state.keeping.backups import check_backup

ROOT = Path(__file__).resolve().parents[2]
SOUND = ROOT / "letterwatch" / "demo" / "letters"
MOST_LETTERS = 8
_SPACE = re.compile(r"\s+")
_EXAMPLE = re.compile(r"^```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def list_file_targets(folder: Path, reader: LetterReader) -> Iterator[Target]:
    """Everything that is a file; `folder` is for what must lie on a disk."""
    sound = [path.read_bytes() for path in sorted(SOUND.glob("*.pdf"))]
    yield Target("PDFs, in their limited process", sound, lambda body: _read_pdf(body, reader), _make_pdf)
    readable = (body for body in sound if reader.read(body).letter)
    pages = [_print_lines(read_pages(body)) for body in islice(readable, MOST_LETTERS)]
    yield Target("letters' text to Letter", pages, _read_text, _make_lines)
    yield Target("configurations", list_configurations(), lambda body: _configure(body, folder))
    yield Target("backups", [_make_backup(folder)], lambda body: _check(body, folder))


def _make_pdf(bodies: list[bytes], dice: Random) -> bytes:
    return damage(bodies, dice) + b"\n%%EOF\n"


def _read_pdf(body: bytes, reader: LetterReader) -> str:
    reading = reader.read(body)
    expect((reading.letter is None) != (reading.unreadable is None), "no answer, or two")
    expect("the reader failed" not in (reading.unreadable or ""), reading.unreadable or "")
    return "read" if reading.letter else "refused"


def _print_lines(pages: tuple[Page, ...]) -> bytes:
    """Lines as text, so that a line can be damaged without its PDF: a line a row, its figures in front."""
    rows = [
        f"{line.page}|{line.left:.0f}|{line.top:.0f}|{line.size:.0f}|{int(line.bold)}|{int(line.bullet)}|{line.text}"
        for page in pages
        for line in page.lines
    ]
    return "\n".join(rows).encode()


def _make_lines(bodies: list[bytes], dice: Random) -> bytes:
    """Rows swapped, left out, doubled, and words damaged; figures stay figures."""
    rows = bytearray(damage(bodies, dice, HOSTILE)).split(b"\n")
    if dice.random() < 0.3:
        dice.shuffle(rows)
    return b"\n".join(rows)


def _parse_lines(body: bytes) -> tuple[Page, ...]:
    pages: dict[int, list[Line]] = {}
    for row in body.decode(errors="replace").split("\n"):
        *figures, text = row.split("|", 6) if row.count("|") >= 6 else ("1", "71", "700", "12", "0", "0", row)
        page, left, top, size, bold, bullet = (
            float(f) if re.fullmatch(r"-?\d{1,4}", f, re.ASCII) else 1.0 for f in figures
        )
        if text.strip():
            right = left + 5.6 * len(text)
            line = Line(
                int(page), text, left, right, top, top - size, size, bool(bold), bool(bold), bool(bullet)
            )
            pages.setdefault(int(page), []).append(line)
    return tuple(Page(number, 595.0, 842.0, tuple(lines)) for number, lines in sorted(pages.items()))


def _read_text(body: bytes) -> str:
    pages = _parse_lines(body)
    if not pages:
        return "empty"
    text = sort_out(lay_out(pages))
    blocks = build_blocks(text.sheets)
    letter = _read_letter(text, blocks, find_in_register)
    find_findings(letter.sections)
    expect(Letter.model_validate_json(letter.model_dump_json()) == letter, "a letter that does not come back")
    expect(not compare_versions(letter, letter), "a letter that differs from itself")
    whole = _squeeze(
        " ".join(paragraph.text for section in letter.sections for paragraph in section.paragraphs)
    )
    for quotation in letter.summary:
        expect(_squeeze(quotation.quote) in whole, f"a quotation that is not there: {quotation.quote[:80]!r}")
    return letter.kind.value


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def list_configurations() -> list[bytes]:
    """What `init` writes, and every example of the documentation."""
    documented = _EXAMPLE.findall((ROOT / "docs" / "configuration.md").read_text("utf-8"))
    starter = render_starter(
        "desk@example.org", ["Wakefield"], terminal_channel(), secrets_apart=False, news=True
    )
    return [text.encode() for text in (starter, *documented)]


def _configure(body: bytes, folder: Path) -> str:
    file = folder / "letterwatch.toml"
    file.write_bytes(body)
    try:
        load_config(file, {})
    except ConfigError as error:
        expect(str(error).strip(), "no reason given")
        return "refused"
    return "understood"


def _make_backup(folder: Path) -> bytes:
    url = f"sqlite:///{folder / 'state.db'}"
    Store.open(url, rehearsal=False).close()
    archive = Archive(str(folder / "archive"))
    with tempfile.TemporaryDirectory() as place:
        now = datetime(2019, 11, 1, tzinfo=UTC)
        for body in (b"one document", b"another"):
            archive.put(body, url="https://reports.test/1", headers={}, at=now)
        made = make_backup(url, archive, Path(place) / "b.tar", letterwatch="1", now=now)
        return made.path.read_bytes()


def _check(body: bytes, folder: Path) -> str:
    file = folder / "damaged.tar"
    file.write_bytes(body)
    try:
        check_backup(file)
    except StateError as error:
        expect("\n" not in str(error), "a cause of several lines")
        return "refused"
    return "sound"
