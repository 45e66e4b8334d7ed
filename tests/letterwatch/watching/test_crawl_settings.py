"""A crawl's copy of the settings is its own."""

from letterwatch.config import Config
from letterwatch.watching.crawl import crawl_settings

NESTED = "DOWNLOADER_MIDDLEWARES"


def test_a_copy_is_equal_and_changes_nothing_of_its_origin() -> None:
    settings = crawl_settings(Config())
    before, nested = _plain(settings), dict(settings[NESTED])
    twin = settings.copy()
    assert _plain(twin) == before
    assert all(twin.getpriority(name) == settings.getpriority(name) for name in settings)

    twin.set("DOWNLOAD_DELAY", 77, "cmdline")
    twin[NESTED]["another"] = 1
    twin.set("LETTERWATCH_NEW", 1)
    assert twin["DOWNLOAD_DELAY"] == 77
    assert dict(twin[NESTED]) == {**nested, "another": 1}
    assert _plain(settings) == _plain(settings.copy()) == before

    settings.freeze()
    assert not twin.frozen


def _plain(settings: object) -> dict[str, object]:
    """All values, those that hold settings as dictionaries."""
    named = dict(settings)  # type: ignore[call-overload]
    return {name: dict(each) if hasattr(each, "attributes") else each for name, each in named.items()}
