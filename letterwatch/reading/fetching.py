"""Fetches one document that a person named, within strict limits: for `letterwatch read` and `compare`."""

import requests

from letterwatch.reading.doors import Rules
from letterwatch.reading.exchange import ExchangeError, Limits, exchange

LIMITS = Limits(megabytes=30, seconds=60)


class FetchError(Exception):
    """A document that could not or must not be fetched; the message is one line for a person."""


def fetch_document(url: str, rules: Rules, agent: str | None = None) -> bytes:
    """The body behind an address, asked as `agent`; every redirect is judged as it is. Raises FetchError."""
    try:
        answer = exchange(url, rules, LIMITS, agent)
    except ExchangeError as error:
        reason = str(error) or f"could not be fetched ({type(error.__cause__).__name__})"
        raise FetchError(f"{error.url}: {reason}") from error
    if answer.status != requests.codes.ok:
        raise FetchError(f"{answer.url}: the server answered {answer.status}")
    return answer.body
