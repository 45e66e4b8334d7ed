"""An opened state: its database and the register, which every door to it shares."""

from state.authorities import Register
from state.storage.database import Database


class Opened:
    """The base of `Store` and of its rooms."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._register = {authority.urn: authority for authority in Register.load() if authority.urn}
