"""Looking at the sources: when, with which crawl, and how a look is settled."""
