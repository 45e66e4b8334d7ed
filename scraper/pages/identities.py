"""Which story an address stands for: the publisher's own id where it carries one, else its canonical form."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

# What campaigns, shares and feeds hang onto an address; the page is the same without.
_TRACKING = re.compile(
    r"utm_\w+|at_\w+|ns_\w+|mc_\w+|pk_\w+|fbclid|gclid|msclkid|cmp|cmpid|ito|ref|ref_src|source|src|service|amp"
    r"|outputtype|ocid|xtor|share|igshid|traffic_source|itm_\w+|_ga",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(r"(?:\.amp|/amp)/?$", re.IGNORECASE)
_FRONT = re.compile(r"^(?:www\d?|amp|m|mobile|feeds)\.")
_BBC = ("bbc.co.uk", "bbc.com", "bbci.co.uk")

_NEWSQUEST = re.compile(r"/(\d{7,9})\.[^/]*/?$")
_JADU = re.compile(r"/(?:news/)?article/(\d{1,7})(?:/|$)")
_COMMITTEE_PAPER = re.compile(r"/documents/(s\d+)(?:/|$)", re.IGNORECASE)
_TRAILING_ID = re.compile(r"[^/\d](?:-|/)(\d{6,8})(?:\.html?)?/?$")
_OLD_NATIONAL_WORLD = re.compile(r"-1-(\d{6,8})/?$")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_IN_A_SECTION = re.compile(r"/[\w-]*news/[\w-]+/[^/]+$", re.IGNORECASE)


def canonicalise(url: str) -> str:
    """An address without fragment, campaign's marks and AMP; raises ValueError for what is no address."""
    parts = urlsplit(url.strip())
    path = _AMP_PATH.sub("", parts.path) or "/"
    host = _netloc(parts)
    kept = [(name, value) for name, value in _query(parts) if not _TRACKING.fullmatch(name)]
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(kept), ""))


def find_identity(url: str) -> str:
    """The story's name, the same for every address it is known by: "yorkpress.co.uk/24012345".

    Publishers' ids stay when the headline, and with it the address, changes.
    """
    parts = urlsplit(canonicalise(url))
    family = host_family(url)
    number = _find_number(parts, family)
    if number is not None:
        return f"{family}/{number}"
    query = urlencode(sorted((name.lower(), value) for name, value in _query(parts)))
    return f"{family}{parts.path.rstrip('/').lower() or '/'}{f'?{query}' if query else ''}"


def host_family(url: str) -> str:
    """The host without its "www.", "amp." or "m."; the BBC's hosts are one."""
    parts = urlsplit(url)
    host = _FRONT.sub("", (parts.hostname or "").rstrip("."))
    if any(host == name or host.endswith(f".{name}") for name in _BBC):
        return "bbc.co.uk"
    return host if parts.port is None else f"{host}:{parts.port}"


def is_paper(url: str) -> bool:
    """True for a document: a PDF, or a paper of a committee site."""
    path = urlsplit(url).path
    return path.lower().endswith(".pdf") or bool(_COMMITTEE_PAPER.search(path))


def is_same_family(one: str, other: str) -> bool:
    """True where two addresses belong to one publisher's host; a malformed one belongs to nobody's."""
    try:
        return host_family(one) == host_family(other)
    except ValueError:
        return False


def _find_number(parts: SplitResult, family: str) -> str | None:
    path = parts.path
    if family == "bbc.co.uk":
        last = path.rstrip("/").rpartition("/")[2]
        return last if re.search(r"\d", last) else None
    for pattern, form in (
        (_NEWSQUEST, "{}"),
        (_COMMITTEE_PAPER, "documents/{}"),
        (_JADU, "article/{}"),
        (_OLD_NATIONAL_WORLD, "{}"),
    ):
        found = pattern.search(path)
        if found:
            return form.format(found[1].lower())
    found = _TRAILING_ID.search(path)
    if found is None or (_DAY.fullmatch(found[1]) and not _IN_A_SECTION.search(path)):
        return None  # a slug that ends in a day is no id: several stories end so
    return found[1]


def _netloc(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError(f"no host in {parts.geturl()[:100]!r}")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port is None else f"{host}:{parts.port}"


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
