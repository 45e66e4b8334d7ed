"""The register of feeds: every authority served, every row sound, and what the configuration makes of it."""

from urllib.parse import urlsplit

import pytest

from letterwatch.config import Config
from letterwatch.sources.news import find_news
from letterwatch.sources.press import PressRegister
from state import Register

REGISTER, PRESS = Register.load(), PressRegister.load()
CURRENT = [authority for authority in REGISTER if authority.current and authority.urn]
NOBODY: tuple[str, ...] = ()


def names(config: dict[str, object], watched: tuple[str, ...] = NOBODY) -> set[str]:
    found = find_news(Config.model_validate(config), REGISTER, lambda: watched)
    return {source.name for source in found}


@pytest.mark.parametrize("authority", CURRENT, ids=lambda authority: authority.name)
def test_every_authority_has_a_bbc_area_and_a_paper_besides(authority) -> None:  # type: ignore[no-untyped-def]
    serving = [feed for feed in PRESS if authority.urn in feed.source.urns]
    groups = {feed.group for feed in serving}
    assert "BBC" in groups
    assert groups - {"BBC", "ModernGov", "council newsroom"}


def test_every_row_is_sound() -> None:
    feeds = list(PRESS)
    assert len(feeds) >= 361
    assert len({feed.source.name.casefold() for feed in feeds}) == len(feeds)
    assert len({feed.source.url for feed in feeds}) == len(feeds)
    known = {authority.urn for authority in CURRENT}
    for feed in feeds:
        assert set(feed.source.urns) <= known
        assert urlsplit(feed.source.url).scheme == "https"
        assert feed.sure in ("confirmed", "pattern")
        assert feed.source.council is (feed.group in ("council newsroom", "ModernGov"))
    assert sum(feed.group == "BBC" for feed in feeds) == 39


def test_auto_covers_who_is_under_watch_and_whom_subscriptions_name() -> None:
    channel = {"channels": {"desk": {"type": "console"}}}
    subscription = {"name": "a", "channel": "desk", "authorities": ["Bradford", "all"]}
    auto = names({"news": "auto", "subscriptions": [subscription], **channel}, ("80451",))
    assert {"Wakefield Express", "Telegraph & Argus", "BBC West Yorkshire", "Community Care"} <= auto
    assert "Kent Online" not in auto
    assert names({"news": "auto"}) == set()
    assert names({}) == set()


def test_authorities_alone_mean_the_registers_feeds_of_these() -> None:
    chosen = names({"news": [{"name": "here", "authorities": ["Sunderland"]}]})
    assert {"Sunderland Echo", "BBC Tyne and Wear", "Chronicle Live"} <= chosen
    assert "Wakefield Express" not in chosen


def test_an_own_source_takes_the_registered_ones_place() -> None:
    own = {"name": "wakefield express", "feed": "http://127.0.0.1:8000/rss", "authorities": ["Wakefield"]}
    entries = [own, {"name": "here", "authorities": ["watched"]}]
    found = find_news(Config.model_validate({"news": entries}), REGISTER, lambda: ("80451",))
    assert [source.url for source in found if "wakefield express" in source.name.lower()] == [own["feed"]]
    assert found[0].urns == ("80451",)


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "a"},
        {"name": "a", "feed": "https://a.example/rss", "page": "https://a.example/"},
        {"name": "a", "feed": "file:///etc/passwd"},
        {"name": "a", "feed": "https://user:secret@a.example/rss"},
    ],
)
def test_a_source_that_means_nothing_is_refused(entry: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="news"):
        Config.model_validate({"news": [entry]})
