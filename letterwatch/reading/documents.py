"""The documents that a command is given: files and addresses, read in a limited process."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from letterwatch.config import Config, load_config
from letterwatch.reading.exchange import OpenRules
from letterwatch.reading.fetching import FetchError, fetch_document
from scraper.addresses import HostRules
from scraper.letters import LetterReader, ReaderError
from state import Letter


class DocumentError(Exception):
    """A document that could not be opened or read; the message is one line for a person."""


def read_letter(source: str, reader: LetterReader, config: Path | None) -> Letter:
    """The letter in a file or behind an address; raises DocumentError."""
    try:
        reading = reader.read(load_document(source, config))
    except ReaderError as error:
        raise DocumentError(f"{source}: {error}") from error
    if reading.letter is None:
        raise DocumentError(f"{source}: {reading.unreadable}")
    return reading.letter


def load_document(source: str, config: Path | None) -> bytes:
    """The bytes of a file or behind an address; raises DocumentError."""
    if "://" in source:
        try:
            return fetch_document(source, find_rules(load_config(config, os.environ)))
        except FetchError as error:
            raise DocumentError(str(error)) from error
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise DocumentError(f"{source}: {os.strerror(error.errno or 0)}") from error


def find_rules(config: Config) -> OpenRules:
    """What may be asked: hosts that the configuration names, whatever their address, and public ones."""
    feeds = (urlsplit(entry.address) for entry in config.news if entry.address)
    named = (f"{feed.scheme}://{feed.netloc}" for feed in feeds)
    return OpenRules(HostRules.of(config.ofsted.reports_url, [*config.ofsted.files_hosts, *named]))
