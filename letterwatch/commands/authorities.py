"""`letterwatch authorities`: the register."""

from dataclasses import dataclass

import click

from letterwatch.commands.options import json_option
from letterwatch.output import print_rows
from state import Authority, Register


@dataclass(frozen=True)
class AuthorityRow:
    """An authority as the table shows it; the lists that JSON has, in words."""

    urn: str | None
    la_code: str
    gss_code: str
    name: str
    region: str
    also: str


@click.command()
@click.argument("which", nargs=-1, metavar="[NAME]...")
@json_option
def command(which: tuple[str, ...], wants_json: bool) -> None:
    """The register: every authority with its codes, region, other names and trust.

    NAME is a name in use, a URN, "region:NAME" or "neighbours:NAME"; JSON has the neighbours, too.

    \b
    letterwatch authorities
    letterwatch authorities Hull "neighbours:Wakefield" --json
    """
    register = Register.load()
    chosen = {authority: None for name in which or ("all",) for authority in register.select(name)}
    rows = list(chosen) if wants_json else [_row(authority, register) for authority in chosen]
    columns = {
        "urn": "URN",
        "la_code": "LA",
        "gss_code": "GSS",
        "name": "name",
        "region": "region",
        "also": "also",
    }
    print_rows(rows, columns, wants_json=wants_json, empty="No authority was chosen.")


def _row(authority: Authority, register: Register) -> AuthorityRow:
    names = "; ".join((*authority.aliases, *authority.trusts))
    successors = " and ".join(register.get(urn).name for urn in authority.successors)
    return AuthorityRow(
        urn=authority.urn,
        la_code=authority.la_code,
        gss_code=authority.gss_code,
        name=authority.name,
        region=authority.region,
        also=names if authority.current else f"abolished; now {successors}",
    )
