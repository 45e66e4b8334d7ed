"""Addresses of reports.ofsted.gov.uk: what they tell, and how they are made."""

import hashlib
import re
from datetime import date
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from scraper.pages.markup import PageBroken

LOCAL_AUTHORITY = "44"  # the site's provider type
_SOCIAL_CARE, _CHILDRENS_SERVICES = "3", "12"
_ROWS = 100  # the most the site gives since February 2025

_PROVIDER = re.compile(rf"/provider/{LOCAL_AUTHORITY}/(\d{{1,12}})/?$")
_FILE = re.compile(r"/v\d+/file/([A-Za-z0-9-]{1,40})/?$")
_OLD_FILE = re.compile(r"/provider/files/(\d{1,20})/urn/[^/]+\.pdf$", re.IGNORECASE)


def find_urn(url: str) -> str | None:
    """The URN in a local authority's page address; None for any other address."""
    found = _PROVIDER.search(_path(url))
    return found[1] if found else None


def get_file_id(url: str) -> str:
    """The id of a document's address; one of unknown shape gets a stable id made from the address."""
    found = _FILE.search(_path(url)) or _OLD_FILE.search(_path(url))
    if found:
        return found[1]
    return f"url-{hashlib.sha256(_canonical(url).encode()).hexdigest()[:16]}"


def join_url(page_url: str, href: str) -> str:
    """An absolute address; one that cannot be joined stays as it is, to be refused when it is asked for."""
    try:
        return urljoin(page_url, href)
    except ValueError:
        return href


def get_joined(page_url: str, href: str, what: str) -> str:
    """An absolute web address on a page; raises PageBroken where there is none."""
    url = join_url(page_url, href)
    if not href or not url.startswith(("http://", "https://")):
        raise PageBroken(f"{what} leads nowhere")
    return url


def provider_url(reports_url: str, urn: str) -> str:
    """The page of a local authority."""
    return f"{reports_url.rstrip('/')}/provider/{LOCAL_AUTHORITY}/{urn}"


def search_url(reports_url: str, *, newest_first: bool = False, since: date | None = None) -> str:
    """The search for all local authorities' children's services; `since` limits the newest report's date."""
    query = [
        ("q", ""),
        ("location", ""),
        ("lat", ""),
        ("lon", ""),
        ("radius", ""),
        ("level_1_types", _SOCIAL_CARE),
        ("level_2_types[]", _CHILDRENS_SERVICES),
        ("start", "0"),
        ("rows", str(_ROWS)),
    ]
    if newest_first:
        query += [("sort", "date"), ("order", "desc")]
    if since is not None:
        query.append(("latest_report_date_start", f"{since:%d-%m-%Y}"))
    return f"{reports_url.rstrip('/')}/search?{urlencode(query, safe='[]')}"


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _canonical(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.netloc.lower()}{parts.path}?{query}"
