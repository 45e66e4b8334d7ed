"""Only configured hosts are asked, and only as they are configured."""

import pytest

from scraper.addresses import HostRules

LIVE = HostRules.of("https://reports.ofsted.gov.uk", ["files.ofsted.gov.uk", "reports.ofsted.gov.uk"])
REPLICA = HostRules.of("http://127.0.0.1:8123", ["127.0.0.1:8124", "localhost"])


@pytest.mark.parametrize(
    ("rules", "url"),
    [
        (LIVE, "https://reports.ofsted.gov.uk/search?q="),
        (LIVE, "https://FILES.ofsted.gov.uk:443/v1/file/1"),
        (LIVE, "https://files.ofsted.gov.uk./v1/file/1"),
        (REPLICA, "http://127.0.0.1:8123/search"),
        (REPLICA, "http://127.0.0.1:8124/v1/file/1"),
        (REPLICA, "https://127.0.0.1:8124/v1/file/1"),
        (REPLICA, "http://localhost/v1/file/1"),
        (HostRules.of("https://a.example", ["http://b.example:81"]), "http://b.example:81/1"),
    ],
)
def test_configured_addresses_pass(rules: HostRules, url: str) -> None:
    assert rules.find_objection(url) is None


@pytest.mark.parametrize(
    ("rules", "url", "objection"),
    [
        (LIVE, "https://evil.example/1", "the address leads to evil.example, which is not a configured host"),
        (LIVE, "https://files.ofsted.gov.uk.evil.example/1", "leads to files.ofsted.gov.uk.evil.example,"),
        (
            LIVE,
            "http://files.ofsted.gov.uk/1",
            "leads to http://files.ofsted.gov.uk, which is not configured so",
        ),
        (LIVE, "https://files.ofsted.gov.uk:8443/1", "files.ofsted.gov.uk:8443, which is not configured so"),
        (LIVE, "http://169.254.169.254/latest", "169.254.169.254, which is not a configured host"),
        (LIVE, "http://[::1]/", "::1, which is not a configured host"),
        (LIVE, "https://user:pass@files.ofsted.gov.uk/1", "the address carries a user name"),
        (LIVE, "https://files.ofsted.gov.uk/" + "a" * 2000, "longer than 2000 characters"),
        (LIVE, "file:///etc/passwd", "no web address but file"),
        (LIVE, "javascript:alert(1)", "no web address but javascript"),
        (LIVE, "/v1/file/1", "no web address but relative"),
        (LIVE, "http://[oops", "the address is malformed"),
        (LIVE, "https://files.ofsted.gov.uk:port/1", "the address is malformed"),
        (REPLICA, "http://127.0.0.1/1", "http://127.0.0.1, which is not configured so"),
        (REPLICA, "http://127.0.0.1:22/1", "http://127.0.0.1:22, which is not configured so"),
    ],
)
def test_everything_else_is_objected_to_by_name(rules: HostRules, url: str, objection: str) -> None:
    assert objection in (rules.find_objection(url) or "")
