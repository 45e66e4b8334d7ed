"""Which publication a person means: by id, file id, address, or authority and day."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from state.authorities import Register, RegisterError
from state.errors import StateError
from state.records.filed import Filed
from state.settling.filing import SHELVES, read_filed
from state.storage.schema import publications

_MOST_NAMED = 8


def get_publication(connection: sa.Connection, words: str) -> str:
    """The id '<urn>/<file_id>' of the one that is meant; StateError where it is none or several.

    `words`: an id, a file id, the document's address, or an authority with a day of publication or
    visit: "wakefield 2019-11-01".
    """
    found = _find(connection, words.strip())
    if len(found) == 1:
        return "/".join(found[0].sighting.key)
    if not found:
        raise StateError(
            f'there is no publication "{words}"; name it by URN/FILE_ID, file id, address, or authority and '
            'day, such as "wakefield 2019-11-01"; `letterwatch publications` lists them'
        )
    named = "; ".join(map(_name, found[:_MOST_NAMED]))
    more = f"; and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise StateError(f'"{words}" may mean {len(found)} publications, name one: {named}{more}')


def _find(connection: sa.Connection, words: str) -> Sequence[Filed]:
    urn, _, file_id = words.partition("/")
    if urn.isdecimal() and file_id:
        return _select(connection, (publications.c.urn == urn) & (publications.c.file_id == file_id))
    if words.startswith(("http://", "https://")):
        address = words.partition("#")[0]
        return _select(connection, publications.c.url == address) or _select(
            connection, publications.c.page_url == address
        )
    by_file = _select(connection, publications.c.file_id == words)
    return by_file or _find_by_authority(connection, words)


def _find_by_authority(connection: sa.Connection, words: str) -> Sequence[Filed]:
    name, _, last = words.rpartition(" ")
    try:
        day = date.fromisoformat(last)
    except ValueError:
        name, day = words, None
    try:
        urns = {each.urn for each in Register.load().select(name.strip())}
    except RegisterError:
        return ()
    theirs = _select(connection, publications.c.urn.in_(urns))
    if day is None:
        return theirs
    return [filed for filed in theirs if day in (filed.published_on, *filed.visit, filed.sighting.visited_on)]


def _select(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Sequence[Filed]:
    order = publications.c.published_on.desc().nulls_last()
    return [read_filed(row) for row in connection.execute(SHELVES.where(which).order_by(order))]


def _name(filed: Filed) -> str:
    day = f", {filed.published_on:%Y-%m-%d}" if filed.published_on else ""
    kind = filed.kind.value.replace("_", " ")
    return f"{'/'.join(filed.sighting.key)} ({filed.sighting.authority}, {kind}{day})"
