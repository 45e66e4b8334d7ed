"""The static copy: what it holds, that its links hold, and that nothing leaves its folder."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from letterwatch.commands.export import command
from letterwatch.demo.story import LETTER
from letterwatch.web.site import SiteError, SiteFigures, copy_site
from letterwatch.web.site.addresses import Address, link_between
from letterwatch.web.site.files import MANIFEST, SiteFolder
from letterwatch.web.site.rewriting import ORIGIN, open_forms, relink_calendar, relink_names, relink_page
from tests.letterwatch.web.conftest import Told, opened

WAKEFIELD = "80451"
LINK = re.compile(r'\s(?:href|src)="([^"]*)"')


def copy(told: Told, folder: Path, **options: Any) -> SiteFigures:
    with opened(told.config) as app:
        return asyncio.run(
            copy_site(
                folder,
                store=app.store,
                archive=app.archive,
                register=app.register,
                config=app.config,
                rehearsal=True,
                **options,
            )
        )


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def links_of(file: Path) -> Iterator[str]:
    for link in LINK.findall(file.read_text("utf-8")):
        parts = urlsplit(unescape(link))
        if not parts.scheme:
            yield unquote(parts.path)


@pytest.fixture(scope="session")
def site(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    figures = copy(told, folder)
    assert figures.files == figures.written - 1  # and its list
    return folder


def test_every_publication_and_authority_has_its_files(site: Path, told: Told) -> None:
    with opened(told.config) as app:
        stored = app.store.publications()
    files = tree(site)
    assert "index.html" in files
    assert f"feeds/authority/{WAKEFIELD}.atom" in files
    assert f"badge/{WAKEFIELD}.svg" in files
    assert {"latest.csv", "england.csv", "calendar/all.ics", "feeds/region/london.atom"} <= set(files)
    assert {f"letter/{row.id}.html" for row in stored} <= set(files)


def test_no_link_is_dead(site: Path) -> None:
    pages = [file for file in site.rglob("*") if file.suffix in {".html", ".atom"}]
    assert len(pages) > 100
    dead = [
        f"{file.relative_to(site)}: {link}"
        for file in pages
        for link in links_of(file)
        if link and not (file.parent / link).is_file()
    ]
    assert dead == []


def test_no_link_needs_a_server_or_leaves_the_copy(site: Path, told: Told) -> None:
    with opened(told.config) as app:
        ofsted = app.config.ofsted.reports_url.encode()  # which the demo has on this machine
    for name, body in tree(site).items():
        assert b"site.invalid" not in body, name
        text = body.replace(ofsted, b"https://ofsted.test")
        if name.endswith((".html", ".atom")):
            assert not re.search(rb'(href|src|action)="(/|http://(127|localhost))', text), name


def test_nobody_s_deliveries_are_in_it(site: Path) -> None:
    files = tree(site)
    assert not [name for name in files if name.startswith(("deliveries", "api", "metrics", "healthz"))]
    assert not [name for name, body in files.items() if b"improvement@example.org" in body]


def test_the_same_state_gives_the_same_bytes_and_what_is_gone_goes(
    site: Path, told: Told, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    stale = folder / "letter" / "80451" / "1.html"
    stale.write_text("gone", "utf-8")
    listed = (folder / MANIFEST).read_text("utf-8")
    (folder / MANIFEST).write_text(listed.replace("[", '["letter/80451/1.html",', 1), "utf-8")
    (folder / "index.html").write_text("spoilt", "utf-8")
    stamps = {file: file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}
    figures = copy(told, folder)
    assert (figures.written, figures.removed) == (2, 1)  # the page and the list
    assert tree(folder) == tree(site)
    changed = {
        file.name for file, stamp in stamps.items() if file != stale and file.stat().st_mtime_ns != stamp
    }
    assert changed == {"index.html", MANIFEST}


def test_a_folder_that_holds_something_else_is_left_alone(told: Told, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(SiteError, match=r"thesis\.txt"):
        copy(told, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_command_copies_documents_and_tells_feeds_the_copy_s_address(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERWATCH_AT", "2026-07-29T09:00Z")
    folder = tmp_path / "site"
    words = ["site", str(folder), "--config", str(told.config), "--documents", "--url"]
    refused = CliRunner().invoke(command, [*words, "letters.example.org"])
    assert "not an address" in refused.output
    done = CliRunner().invoke(command, [*words, "https://letters.example.org/watch/"], catch_exceptions=False)
    assert re.search(r"\d+ files, \d+ written, 0 removed", done.output)
    read = feedparser.parse((folder / "feeds" / "authority" / f"{WAKEFIELD}.atom").read_bytes())
    entry = next(each for each in read.entries if each.id.endswith(LETTER))
    assert entry.link == f"https://letters.example.org/watch/letter/{WAKEFIELD}/{LETTER}.html"
    with opened(told.config) as app:
        digests = {row.sha256 for row in app.store.publications() if row.sha256}
    copied = {file.stem for file in (folder / "document").iterdir() if file.read_bytes()[:5] == b"%PDF-"}
    assert copied == digests


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("/", "index.html"),
        ("/?page=2", "index~page-2.html"),
        ("/authority/80451", "authority/80451.html"),
        ("/feeds/all.atom", "feeds/all.atom"),
        ("/static/page.css?7a7f", "static/page.css"),
        ("/document/ab12", "document/ab12.pdf"),
        ("/letter/80451/50121234?version=1", "letter/80451/50121234~version-1.html"),
    ],
)
def test_addresses_become_files(link: str, file: str) -> None:
    address = Address.parse(link)
    assert address
    assert str(address.file) == file


@given(st.text(max_size=60), st.text(max_size=40))
def test_no_address_leaves_the_folder(path: str, query: str) -> None:
    for address in (Address("/" + path, query), Address.parse(f"/{path}?{query}")):
        if address:
            parts = address.file.parts
            assert not address.file.is_absolute()
            assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]*", part) for part in parts)


@pytest.mark.parametrize("name", ["..", "%2e%2e", "..%2f..%2fetc", "con", "a\x00b", "a" * 300, "C:\\x"])
def test_hostile_names_are_tamed(name: str) -> None:
    address = Address(f"/letter/{name}/{name}")
    assert all(part.startswith("x-") for part in address.file.parts[1:])


def test_a_link_out_of_the_folder_by_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    folder, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    target = SiteFolder(folder)
    (folder / "letter").symlink_to(outside)
    with pytest.raises(SiteError, match="would leave"):
        target.put(PurePosixPath("letter/1.html"), b"x")
    with pytest.raises(SiteError, match="would leave"):
        target.put(PurePosixPath("../1.html"), b"x")
    assert list(outside.iterdir()) == []


def resolve(link: str) -> str | None:
    address = Address.parse(link)
    if address is None or address.path.startswith("/deliveries"):
        return None
    return link_between(PurePosixPath("letter/80451/1.html"), address)


def test_links_are_made_relative_and_dead_ones_taken_out() -> None:
    page = (
        '<ul><li><a href="/">Latest</a></li>\n'
        '<li><a href="/deliveries" aria-current="page">Deliveries</a></li>\n</ul>'
        '<a class="x" href="/authority/80451#top">A &amp; B</a> <a href="/deliveries?state=held">held</a>'
        '<a href="https://example.org/">elsewhere</a> href=&#34;/text&#34;'
    )
    assert relink_page(page, resolve) == (
        '<ul><li><a href="../../index.html">Latest</a></li>\n</ul>'
        '<a class="x" href="../../authority/80451.html#top">A &amp; B</a> held'
        '<a href="https://example.org/">elsewhere</a> href=&#34;/text&#34;'
    )


def test_a_form_s_short_choices_become_links() -> None:
    form = (
        '<form action="/" method="get"><input name="q"><select id="kind" name="kind">'
        '<option value="">Any</option>'
        '<option value="send" selected>SEND</option></select></form>'
    )
    assert open_forms(f"a{form}b") == (
        'a<nav class="yearlist" aria-label="Choices"><ul><li><a href="/">Any</a></li>'
        '<li><a href="/?kind=send">SEND</a></li></ul></nav>b'
    )
    assert open_forms('<form class="pairing" action="/compare"><select name="old"></select></form>') == ""


def test_feeds_and_calendars_keep_no_made_up_host() -> None:
    assert relink_names(f'<link href="{ORIGIN}/?region=A&amp;page=2"/>', resolve) == (
        '<link href="../../index~page-2_region-A.html"/>'
    )
    calendar = f"BEGIN:VEVENT\r\nURL:{ORIGIN}/authority/8\r\n 0451\r\nEND:VEVENT\r\n"
    assert relink_calendar(calendar, resolve) == "BEGIN:VEVENT\r\nEND:VEVENT\r\n"
    full = relink_calendar(calendar, lambda link: f"https://example.org{link}.html")
    assert "URL:https://example.org/authority/80451.html\r\n" in full
