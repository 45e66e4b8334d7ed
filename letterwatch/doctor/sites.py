"""Ofsted's site as it is now: names, certificates, clock, robots.txt, and its pages as we read them."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

from protego import Protego

from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.doctor.asking import AskError, ask, find_expiry
from letterwatch.doctor.finding import Finding, fail, ok, warn
from letterwatch.reading.documents import find_rules
from letterwatch.reading.exchange import Answer
from letterwatch.watching.crawl import user_agent
from scraper.fetches import Expected, judge_fetch
from scraper.pages import PageBroken, parse_provider_page, parse_search_page, provider_url, search_url
from scraper.settings import ROBOTSTXT_USER_AGENT
from state import Outcome

SKEW = timedelta(minutes=2)
SOON = timedelta(days=14)
AUTHORITIES = 153
_NETWORK = "see whether this machine reaches the network; else wait: the watch backs off and tries again"

Page = TypeVar("Page")


def check_hosts(config: Config) -> Iterator[Finding]:
    """DNS, and TLS where it is spoken, of every host that the watch asks."""
    scheme = urlsplit(config.ofsted.reports_url).scheme
    for host in config.ofsted.allowed_hosts:
        parts = urlsplit(f"{scheme}://{host}")
        name, port = parts.hostname or host, parts.port or (443 if scheme == "https" else 80)
        yield _check_host(name, port, secure=scheme == "https")


def _check_host(name: str, port: int, *, secure: bool) -> Finding:
    where = f"host {name}:{port}"
    try:
        socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except OSError:
        return fail(where, "its name is not found", "check DNS on this machine", outside=True)
    try:
        if secure:
            left = find_expiry(name, port) - Clock().now()
            words = f"name found, certificate trusted, {left.days} days left"
            return (
                ok(where, words)
                if left > SOON
                else warn(where, words, "nothing to do here; Ofsted must renew it")
            )
        socket.create_connection((name, port), timeout=10).close()
    except (AskError, OSError) as error:
        words = str(error) if isinstance(error, AskError) else "nobody answers there"
        return fail(where, words, _NETWORK, outside=True)
    return ok(where, "name found, it answers")


def check_site(config: Config) -> Iterator[Finding]:
    """Our clock by the site's, its robots.txt, and a search page and an authority's page as we read them."""
    site = config.ofsted.reports_url
    agent, rules = user_agent(config), find_rules(config)
    search = search_url(site, newest_first=True)
    try:
        robots = ask(f"{site}/robots.txt", agent=agent, rules=rules)
        yield check_clock(robots)
        yield _check_robots(robots, (search, provider_url(site, "80451")))
        answer = ask(search, agent=agent, rules=rules)
        page, finding = _read(answer, Expected.SEARCH, "search page", parse_search_page)
        yield finding
        if page is None:
            return
        yield _judge_total(page.total)
        if page.rows:
            answer = ask(page.rows[0].page_url, agent=agent, rules=rules)
            provider, finding = _read(answer, Expected.PROVIDER, "authority's page", parse_provider_page)
            yield finding
            if provider is not None:
                yield ok("reading", f"{provider.name}: {len(provider.entries)} publications read")
    except AskError as error:
        yield fail("site", str(error), _NETWORK, outside=True)


def check_clock(answer: Answer) -> Finding:
    """This machine's clock by a server's Date header."""
    try:
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        return warn("clock", "the site sends no date to compare with", "compare this machine's clock by hand")
    skew = Clock().now() - theirs
    if abs(skew) <= SKEW:
        return ok("clock", f"within {SKEW.seconds} seconds of the site's")
    direction = "ahead of" if skew > timedelta(0) else "behind"
    return fail(
        "clock", f"{abs(skew)} {direction} the site's".split(".")[0], "set this machine's clock, e.g. by NTP"
    )


def _check_robots(answer: Answer, urls: tuple[str, ...]) -> Finding:
    if answer.status in (403, 429) or answer.status >= 500:
        words = f"robots.txt answered {answer.status}"
        return fail("robots.txt", words, "write to the site's keepers, with your contact", outside=True)
    rules = Protego.parse(answer.body.decode(errors="replace") if answer.status == 200 else "")
    kept = [url for url in urls if not rules.can_fetch(url, ROBOTSTXT_USER_AGENT)]
    if kept:
        words = f"it forbids us {urlsplit(kept[0]).path}"
        return fail("robots.txt", words, "ask the site's keepers for leave; it is obeyed", outside=True)
    return ok("robots.txt", f"it lets {ROBOTSTXT_USER_AGENT} ask for the search and authorities' pages")


def _read(
    answer: Answer, expected: Expected, what: str, parse: Callable[[bytes, str], Page]
) -> tuple[Page | None, Finding]:
    """A page as the spider judges and reads it."""
    judgement = judge_fetch(answer.status, answer.headers, answer.body, expected)
    if judgement.outcome is not Outcome.OK:
        words = f"{judgement.outcome.value}: {judgement.cause}"
        return None, fail(what, words, "wait where it is blocked or busy, else report it", outside=True)
    try:
        return parse(answer.body, answer.url), ok(what, "it is what it should be")
    except PageBroken as broken:
        mend = "the site has changed: look for a newer Letterwatch, else report it"
        return None, fail(what, broken.cause, mend, outside=True)


def _judge_total(total: int) -> Finding:
    if total >= AUTHORITIES * 9 // 10:
        return ok("search count", f"it lists {total} authorities")
    words = f"it lists {total} authorities, {AUTHORITIES} are known"
    return warn("search count", words, "compare with the site in a browser")
