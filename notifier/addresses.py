"""Mail servers and mail addresses as the configuration writes them. Pure."""

from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_EXAMPLE = '"smtps://user:password@mail.example.org" or "smtp://mail.example.org:587?starttls=required"'
_MARKS = "in user and password write @ as %40, / as %2F, # as %23, ? as %3F"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mails are handed in, and how the connection is kept private."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    starttls: bool = False

    @classmethod
    def parse(cls, url: str) -> Self:
        """From smtp://user:password@host:port?starttls=required or smtps://…; ValueError shows no secret."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise _no_server(url) from None
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
            raise _no_server(url)
        if parts.fragment or "@" in (parts.username or "") + (parts.password or ""):
            raise _no_server(url)
        tls, starttls = parts.scheme == "smtps", _wants_starttls(parts)
        if parts.password and not (tls or starttls or parts.hostname in _LOOPBACK):
            raise ValueError("the password would travel unprotected; add ?starttls=required or use smtps://")
        return cls(
            host=parts.hostname,
            port=port or (465 if tls else 587 if starttls else 25),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
            starttls=starttls,
        )


def _no_server(url: str) -> ValueError:
    """What to write instead; where there is a password, how its marks are written that end an address."""
    marks = f"; {_MARKS}" if url.startswith(("smtp://", "smtps://")) and "@" in url else ""
    return ValueError(f"not the address of a mail server; write {_EXAMPLE}{marks}")


def _wants_starttls(parts: SplitResult) -> bool:
    """Whether ?starttls=required is asked for; any other option is an error."""
    options = parse_qs(parts.query, keep_blank_values=True)
    if set(options) - {"starttls"} or options.get("starttls", ["required"]) != ["required"]:
        raise ValueError('only "?starttls=required" may follow the mail server\'s name')
    return "starttls" in options


def parse_address(text: str) -> Address:
    """From "Letterwatch <letterwatch@example.org>" or the address alone; raises ValueError."""
    name, bracket, rest = text.strip().rpartition("<")
    spec = rest.removesuffix(">") if bracket else text.strip()
    try:
        address = Address(display_name=name.strip().strip('"') if bracket else "", addr_spec=spec)
    except (HeaderParseError, ValueError, IndexError):
        several = "; each stands in quotation marks of its own" if text.count("@") > 1 and "," in text else ""
        raise ValueError(f'"{text}" is not a mail address{several}') from None
    if not address.domain or not address.username or not text.isprintable() or not spec.isascii():
        raise ValueError(f'"{text}" is not a mail address')
    return address
