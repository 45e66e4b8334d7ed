"""Who is let in, and under which names."""

import base64

import pytest
from starlette.datastructures import Headers

from letterwatch.config import WebConfig
from letterwatch.web.access import Access

TOKEN = "a-token-of-some-length"


def basic(password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"me:{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("settings", "host", "known"),
    [
        ({}, "127.0.0.1:8600", True),
        ({}, "localhost:8600", True),
        ({}, "[::1]:8600", True),
        ({}, "LOCALHOST", True),
        ({}, "evil.example.org:8600", False),
        ({}, "127.0.0.1.evil.example.org", False),
        ({}, "", False),
        ({"hosts": ["letters.example.org"]}, "letters.example.org", True),
        ({"hosts": ["letters.example.org"]}, "other.example.org", False),
        ({"listen": "0.0.0.0:8600", "token": TOKEN}, "any.example.org", True),
        ({"listen": "0.0.0.0:8600", "token": TOKEN, "hosts": ["a.example"]}, "b.example", False),
    ],
)
def test_the_host_header_is_held_against_our_names(settings, host, known):
    access = Access(WebConfig.model_validate(settings))
    assert access.is_for_us(Headers({"host": host})) is known


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, False),
        ({"authorization": f"Bearer {TOKEN}"}, True),
        ({"authorization": f"bearer {TOKEN}"}, True),
        ({"authorization": f"Bearer {TOKEN}x"}, False),
        ({"authorization": "Bearer "}, False),
        ({"authorization": TOKEN}, False),
        (basic(TOKEN), True),
        (basic("wrong"), False),
        ({"authorization": "Basic ÿÿ"}, False),
        ({"x-forwarded-user": "me"}, False),
    ],
)
def test_a_token_is_asked_for(headers, allowed):
    access = Access(WebConfig.model_validate({"listen": "0.0.0.0:8600", "token": TOKEN}))
    assert access.is_allowed("/", Headers(headers), "10.0.0.9") is allowed
    assert access.is_allowed("/healthz", Headers(headers), "10.0.0.9")
    assert access.is_allowed("/static/page.css", Headers(headers), "10.0.0.9")


@pytest.mark.parametrize(
    ("header", "peer", "allowed"),
    [
        ("ada", "10.0.0.2", True),
        ("ada", "10.0.0.3", False),
        ("", "10.0.0.2", False),
        (" ", "10.0.0.2", False),
    ],
)
def test_a_proxys_word_counts_from_the_proxy_alone(header, peer, allowed):
    settings = {"listen": "0.0.0.0:8600", "proxy_header": "X-User", "proxies": ["10.0.0.2"]}
    access = Access(WebConfig.model_validate(settings))
    assert access.is_allowed("/", Headers({"x-user": header}), peer) is allowed


@pytest.mark.parametrize("listen", ["0.0.0.0:8600", "[::]:8600", "192.168.1.5:8600", "letters.example:80"])
def test_other_machines_need_a_token(listen):
    with pytest.raises(ValueError, match="can be reached from other machines: set token"):
        WebConfig.model_validate({"listen": listen})


@pytest.mark.parametrize("listen", ["127.0.0.1:0", "localhost:8600", "[::1]:8600", "127.9.9.9:1"])
def test_this_machine_needs_none(listen):
    assert WebConfig.model_validate({"listen": listen}).listen == listen


def test_a_short_token_is_none():
    with pytest.raises(ValueError, match="16"):
        WebConfig.model_validate({"token": "short"})


def test_half_a_proxy_is_refused():
    with pytest.raises(ValueError, match="belong together"):
        WebConfig.model_validate({"proxy_header": "X-User"})
