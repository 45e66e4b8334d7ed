"""A crawl's copy of the settings is its own."""

from letterwatch.config import Config
from letterwatch.watching.crawl import crawl_settings

NESTED = "DOWNLOADER_MIDDLEWARES"


def test_a_copy_is_equal_and_changes_nothing_of_its_origin() -> None:
    settings = crawl_settings(Config())
    before = {name: settings[name] for name in settings if name != NESTED}
    nested = dict(settings[NESTED])
    twin = settings.copy()
    assert dict(twin[NESTED]) == nested
    assert {name: twin[name] for name in twin if name not in (NESTED, *_groups(twin))} == {
        name: value for name, value in before.items() if name not in _groups(settings)
    }
    assert all(twin.getpriority(name) == settings.getpriority(name) for name in settings)
    twin.set("DOWNLOAD_DELAY", 77, "cmdline")
    twin[NESTED]["another"] = 1
    twin["LETTERWATCH_FILES_HOSTS"].append("elsewhere.test")
    assert settings["DOWNLOAD_DELAY"] == 1.0
    assert dict(settings[NESTED]) == nested
    assert "elsewhere.test" not in settings["LETTERWATCH_FILES_HOSTS"]
    settings.freeze()
    assert not twin.frozen


def _groups(settings: object) -> set[str]:
    """Settings that hold settings; each is an object of its own."""
    return {name for name in settings if hasattr(settings[name], "attributes")}  # type: ignore[attr-defined,index]
