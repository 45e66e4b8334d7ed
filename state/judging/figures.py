"""What a run counts: the names of its figures and what they mean, told once for lists and documents."""

from collections.abc import Mapping

RUN_FIGURES: Mapping[str, str] = {
    "search_pages": "pages of the search that were asked for",
    "search_rows": "rows on them",
    "search_dated": "rows that bear a date",
    "search_bytes": "size of the largest of them",
    "authorities_counted": "how many authorities the search counts",
    "authorities": "authorities on the search",
    "canaries": "the newest reports known, which must stand on the search",
    "canaries_found": "how many of them do",
    "newest_days": "days since the newest report, announced silences left out",
    "pages": "authorities' pages asked for; of a round of news: feeds; of GOV.UK: lists",
    "pages_unmodified": "of these, how many had not changed",
    "pages_failed": "of these, how many were not obtained",
    "entries": "letters and reports on those pages",
    "documents": "documents asked for",
    "documents_failed": "of these, how many were not obtained",
    "stories_opened": "news stories looked into",
    "stories_failed": "of these, how many were not obtained",
    "articles": "stories judged",
    "notices": "announcements found",
    "bytes": "bytes of bodies, as received",
}
"""The figures of all sorts of sources; a run has those that it could count."""
