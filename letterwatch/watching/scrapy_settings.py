"""The settings module of `scrapy crawl` (see scrapy.cfg): the house's rules and the configured state.

A manual crawl reads the same configuration, compares against the same state, is settled by the same
rules and delivers what is due, exactly as `letterwatch check` does.
"""

import os

from letterwatch.config import load_config
from letterwatch.watching.crawl import crawl_settings
from letterwatch.watching.manual import ManualCrawl
from scraper.settings import EXTENSIONS as HOUSE_EXTENSIONS

_rules = crawl_settings(load_config(None, os.environ))
globals().update({name: _rules[name] for name in _rules if _rules.getpriority(name)})  # Scrapy knows the rest
EXTENSIONS: dict[object, int | None] = dict(HOUSE_EXTENSIONS) | {ManualCrawl: 0}
