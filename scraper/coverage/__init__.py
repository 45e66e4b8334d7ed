"""Which letter does this article report? Pure: articles and letters in, facts out."""

from scraper.coverage.judging import judge_article
from scraper.coverage.linking import Weighed, is_near, link_article, weigh_letters

__all__ = ["Weighed", "is_near", "judge_article", "link_article", "weigh_letters"]
