"""The page in a real Chromium: every page, by eye, by keyboard, without JavaScript, on a narrow screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from letterwatch.demo.corpus import load_corpus
from letterwatch.demo.corpus_story import morning_after
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.replica import Replica
from letterwatch.demo.stage import set_up
from tests.letterwatch.web.conftest import page_of, run_apart

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
           "--disable-background-networking", "--disable-component-update"]  # fmt: skip
LETTER = "/letter/80451/50121234"
PAGES = [
    "/",
    "/?q=neglect&kind=monitoring_visit",
    "/?q=xylophone",
    "/authority/80451",
    LETTER,
    "/compare?old=80451/50084977&new=80451/50121234",
    "/england",
    "/england?year=2019&by=watch",
    "/sources",
    "/deliveries",
    "/nothing-here",
]

FOCUSED = """(() => { const at = document.activeElement;
  return [at.outerHTML.slice(0, 90), getComputedStyle(at).outlineStyle]; })()"""
CONTRAST = {"runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def browser(page: str) -> Iterator[Browser]:  # the page first: it needs a loop of its own to come up
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def corpus_page(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over three documents of the corpus: reading and measuring them is what takes long."""
    whole = load_corpus(corpus)
    publications = whole.publications[::96]
    urns = {each.urn for each in publications}
    some = Replica(tuple(each for each in whole.authorities if each.urn in urns), publications)
    folder, now = tmp_path_factory.mktemp("corpus"), morning_after(whole)
    with Inbox() as inbox, set_up(Console(file=StringIO()), folder, some, now, inbox) as stage:
        run_apart(stage.look())
    with page_of(folder / "letterwatch.toml", now) as url:
        yield url


@dataclass
class Tab:
    """A tab that remembers what went wrong in it."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.url.rstrip("/") + path)

    def text(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def find_violations(self) -> list[str]:
        """What axe finds, one line each; in the dark, colours alone can differ."""
        self.page.emulate_media(color_scheme="light")
        found = list(Axe().run(self.page).response["violations"])
        self.page.emulate_media(color_scheme="dark")
        found += Axe().run(self.page, options=CONTRAST).response["violations"]
        return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@contextmanager
def tab(browser: Browser, url: str, **options: Any) -> Iterator[Tab]:
    """A fresh tab; afterwards nothing may have gone wrong in it, nor been asked of anybody else."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
    opened = Tab(context.new_page(), url)
    opened.page.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.page.on("console", lambda said: opened.wrong.append(said.text) if said.type == "error" else None)
    opened.page.on(
        "request",
        lambda asked: None if asked.url.startswith(url) else opened.wrong.append(f"asked {asked.url}"),
    )
    yield opened
    context.close()
    assert [line for line in opened.wrong if "404 (Not Found)" not in line] == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, page: str, path: str) -> None:
    with tab(browser, page) as opened:
        opened.open(path)
        assert opened.page.locator("h1").count() == 1
        assert opened.find_violations() == []


def test_nothing_is_wider_than_a_small_phone(browser: Browser, page: str) -> None:
    with tab(browser, page, viewport={"width": 320, "height": 640}) as opened:
        for path in PAGES:
            opened.open(path)
            assert (path, opened.page.evaluate("document.documentElement.scrollWidth")) == (path, 320)


def test_the_filters(browser: Browser, page: str) -> None:
    with tab(browser, page) as opened:
        for name, label in (
            ("Kind", "Monitoring visit"),
            ("Pace of progress", "Steady"),
            ("Region", "Yorkshire and the Humber"),
            ("Authority", "Wakefield"),
        ):
            opened.open("/")
            opened.page.get_by_label(name, exact=True).select_option(label=label)
            opened.page.get_by_role("button", name="Show").click()
            assert opened.page.get_by_label(name, exact=True).locator("option:checked").inner_text() == label
            shown = opened.page.locator(".letters article").all_inner_texts()
            assert shown
            if name == "Region":
                assert all("Yorkshire" in entry for entry in shown)
            if name == "Kind":
                assert all("Monitoring visit" in entry for entry in shown)
            if name == "Authority":
                assert all("Wakefield" in entry for entry in shown)


def test_the_search_marks_what_it_found(browser: Browser, page: str) -> None:
    with tab(browser, page) as opened:
        opened.open("/")
        opened.page.get_by_label("Words in the letters").fill("caseloads")
        opened.page.keyboard.press("Enter")
        opened.page.locator("mark").first.wait_for()
        marked = opened.page.locator("mark").all_inner_texts()
        assert {text.lower().removesuffix("s") for text in marked} == {"caseload"}
        opened.page.get_by_role("link", name="Clear").click()
        opened.page.wait_for_url(page)
        assert opened.page.locator("mark").count() == 0


def test_the_slider_moves_the_map_and_the_table(browser: Browser, page: str) -> None:
    with tab(browser, page) as opened:
        opened.open("/england")
        slider = opened.page.locator("#year")
        slider.focus()
        year = int(slider.input_value())
        for _ in range(year - 2020):
            opened.page.keyboard.press("ArrowLeft")
        opened.page.get_by_text("As they stood on 31 December 2020").wait_for()
        assert opened.text("#year-shown") == "2020"
        assert "year=2020" in opened.page.url
        assert opened.page.evaluate("document.activeElement.id") == "year"
        row = opened.page.locator("tbody tr", has_text="Wakefield")
        assert "Inadequate" in row.inner_text()
        assert opened.page.locator(".hex.watched", has_text="Wakefield").count() == 1
        assert opened.page.locator(".hexes .hex").count() == 153


def test_everything_works_without_javascript(browser: Browser, page: str) -> None:
    with tab(browser, page, java_script_enabled=False) as opened:
        opened.open("/")
        opened.page.locator("#q").fill("neglect")
        opened.page.locator("#kind").select_option("monitoring_visit")
        opened.page.locator("form button").click()
        assert opened.page.locator("mark").count() > 0
        opened.open("/england")
        opened.page.locator(".yearlist a", has_text="2019").click()
        assert "31 December 2019" in opened.text(".lead")
        opened.page.locator("#by").select_option("watch")
        opened.page.locator("form button").click()
        assert opened.page.locator(".by-watch").count() == 1
        opened.page.locator("tbody a", has_text="Wakefield").first.click()
        assert opened.text("h1") == "Wakefield"
        opened.page.locator(".timeline a", has_text="Monitoring visit").first.click()
        assert opened.text("h1").startswith("Monitoring visit")


def test_by_keyboard_alone(browser: Browser, page: str) -> None:
    with tab(browser, page) as opened:
        opened.open("/")
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate("document.activeElement.innerText") == "Skip to the content"
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id || location.hash") in {"main", "#main"}
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate("document.activeElement.id") == "q"
        opened.page.keyboard.type("caseloads")
        opened.page.keyboard.press("Enter")
        opened.page.locator("mark").first.wait_for()
        for path in ("/", LETTER, "/england"):
            opened.open(path)
            seen = set()
            for _ in range(25):
                opened.page.keyboard.press("Tab")
                where, outline = opened.page.evaluate(FOCUSED)
                assert (where, outline != "none") == (where, True)
                seen.add(where)
            assert len(seen) > 8


def test_a_quotation_leads_to_its_page_of_the_document(browser: Browser, page: str) -> None:
    with tab(browser, page) as opened:
        opened.open(LETTER)
        link = opened.page.locator(".summary .page").last.get_attribute("href") or ""
        assert link.endswith("#page=2")
        answer = opened.page.request.get(page.rstrip("/") + link)
        assert answer.headers["content-type"] == "application/pdf"


def test_the_citation_can_be_copied(browser: Browser, page: str) -> None:
    with tab(browser, page, permissions=["clipboard-read", "clipboard-write"]) as opened:
        opened.open(LETTER)
        opened.page.get_by_role("button", name="Copy").click()
        opened.page.get_by_role("button", name="Copied").wait_for()
        copied = opened.page.evaluate("navigator.clipboard.readText()")
        assert copied == opened.text("#citation")


def test_on_paper_the_letter_is_what_remains(browser: Browser, page: str) -> None:
    with tab(browser, page) as opened:
        opened.open(LETTER)
        opened.page.emulate_media(media="print")
        assert not opened.page.locator(".masthead nav").is_visible()
        assert opened.page.locator(".summary").is_visible()


@pytest.mark.timeout(300)
def test_real_documents(corpus_page: str, browser: Browser) -> None:
    with tab(browser, corpus_page) as opened:
        opened.open("/")
        links = opened.page.locator(".letters h2 a")
        letters = [links.first.get_attribute("href") or "", links.last.get_attribute("href") or ""]
        for path in ("/", "/england", *letters):
            opened.open(path)
            if path == letters[0]:  # what axe says of the rest, it says of the demo's pages
                assert opened.find_violations() == []
            opened.page.set_viewport_size({"width": 320, "height": 640})
            assert (path, opened.page.evaluate("document.documentElement.scrollWidth")) == (path, 320)
            opened.page.set_viewport_size({"width": 1280, "height": 900})
