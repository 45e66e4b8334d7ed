"""Scrapy's settings, of which every crawl makes itself a copy."""

from copy import copy
from typing import Self, TypeVar

from scrapy.settings import BaseSettings, Settings, SettingsAttribute

AnySettings = TypeVar("AnySettings", bound=BaseSettings)


class CrawlSettings(Settings):
    """Settings whose copies share plain values, which nobody changes: deep ones cost a fifth of a poll."""

    def copy(self) -> Self:
        """Settings that can be changed without changing these."""
        return _copy(self)


def _copy(settings: AnySettings) -> AnySettings:
    twin = copy(settings)
    twin.attributes = {name: _copy_attribute(each) for name, each in settings.attributes.items()}
    return twin


def _copy_attribute(attribute: SettingsAttribute) -> SettingsAttribute:
    twin = copy(attribute)
    if isinstance(twin.value, BaseSettings):
        twin.value = _copy(twin.value)
    elif isinstance(twin.value, list | dict | set):
        twin.value = copy(twin.value)
    return twin
