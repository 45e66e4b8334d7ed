"""Settings module of `scrapy crawl` in tests: the house's rules and a desk that only remembers."""

import os

from scrapy.crawler import Crawler

from scraper import settings as house_rules
from scraper.desk import seat
from state import Reading
from tests.scraper.crawling import LETTER, RecordingDesk


class SeatDesk:
    """Seats a desk whose reader reads the same letter from everything."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SeatDesk":
        seat(crawler, RecordingDesk(reading=Reading(letter=LETTER, text_sha256="0")))
        return cls()


globals().update({name: value for name, value in vars(house_rules).items() if name.isupper()})
LETTERWATCH_REPORTS_URL = os.environ["TEST_REPORTS_URL"]
LETTERWATCH_FILES_HOSTS = [LETTERWATCH_REPORTS_URL.partition("://")[2]]
DOWNLOAD_DELAY = 0
EXTENSIONS: dict[object, int] = {SeatDesk: -1}
EXTENSIONS.update(house_rules.EXTENSIONS)
