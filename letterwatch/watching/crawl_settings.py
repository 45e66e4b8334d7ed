"""Scrapy's settings, of which every crawl makes itself a copy."""

from copy import copy
from typing import Any, Self

from scrapy.settings import BaseSettings, Settings, SettingsAttribute


class CrawlSettings(Settings):
    """Settings whose copies share plain values until one is set: deep copies cost a fifth of a poll.

    Plain values are replaced, never changed in place; Scrapy does change those that hold settings.
    """

    def copy(self) -> Self:
        """Settings that can be changed without changing these."""
        twin = copy(self)
        groups = {
            name: SettingsAttribute(BaseSettings(each.value), each.priority)
            for name, each in self.attributes.items()
            if isinstance(each.value, BaseSettings)
        }
        twin.attributes = self.attributes | groups
        return twin

    def set(self, name: Any, value: Any, priority: int | str = "project") -> None:
        """Sets a value here and in no copy."""
        if name in self.attributes:
            self.attributes[name] = copy(self.attributes[name])
        super().set(name, value, priority)
